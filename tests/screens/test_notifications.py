"""*Notifications* on the screen: within Telegram's rules, in every state that it can be in."""

import inspect
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.domain.quiet import Manner, NotificationsView, QuietHours, zone_of
from bot.i18n import Translator
from bot.telegram import quiet_callbacks
from bot.telegram.quiet_callbacks import End, SetQuiet, SetZone
from bot.telegram.screens import notifications as screens
from bot.telegram.screens.screen import Screen, Style
from tests.screens.judge import judged

ZONES = (None, "Europe/Istanbul", "America/Los_Angeles", "UTC+05:45")


def view(zone: str | None, quiet: QuietHours | None, *, reminded: bool = True) -> NotificationsView:
    """Return what somebody in a zone has set."""
    there = None if zone is None else datetime(2026, 1, 15, 22, 5, tzinfo=ZoneInfo("UTC"))
    return NotificationsView(Manner("en", zone, quiet), reminded, 10 if reminded else None, there)


def every_screen(t: Translator) -> Iterator[Screen]:
    """Yield every screen of the topic."""
    for zone in ZONES:
        for hours in (None, QuietHours(23, 8), QuietHours(1, 2)):
            seen = view(zone, hours, reminded=hours is None)
            yield screens.notifications(seen, t)
            yield screens.quiet(seen, t)
            yield from (screens.hours(seen, which, t) for which in End)
            yield from (screens.cities(seen, page, t) for page in range(4))
            yield from (screens.offsets(seen, page, t) for page in range(3))


def test_every_screen_keeps_to_the_rules(t: Translator) -> None:
    """Eight rows, labels that a phone shows, 64 bytes a button, and text that Telegram takes."""
    for screen in every_screen(t):
        judged(screen)


def test_every_city_and_distance_is_a_zone(en: Translator) -> None:
    """Each button of the choice carries a zone that this machine knows, and none stands twice."""
    shown = [screens.cities(view(None, None), page, en) for page in range(3)]
    shown += [screens.offsets(view(None, None), page, en) for page in range(2)]
    wanted = [
        button.data.zone
        for screen in shown
        for row in screen.rows
        for button in row
        if isinstance(button.data, SetZone)
    ]
    assert len(wanted) == len(set(wanted)) > 50
    assert all(zone_of(zone) is not None for zone in wanted)


def test_cities_bear_the_readers_names(t: Translator) -> None:
    """Istanbul is written as the reader writes it."""
    assert t.city("Europe/Istanbul") == {"en": "Istanbul", "ru": "Стамбул", "tr": "İstanbul"}[t.language]
    assert t.city("UTC+03:00") == "UTC+03:00"


def test_no_hour_ends_where_it_begins(en: Translator) -> None:
    """The hour of one end is no choice for the other; the present one is marked."""
    for which in End:
        screen = screens.hours(view("Europe/Istanbul", QuietHours(23, 8)), which, en)
        buttons = [button for row in screen.rows for button in row if isinstance(button.data, SetQuiet)]
        assert len(buttons) == 23
        marked = [button.text for button in buttons if button.style is Style.SUCCESS]
        assert marked == ["23:00" if which is End.BEGIN else "08:00"]


def test_prefixes_are_this_topics_own() -> None:
    """No button of notifications can be taken for another one; all begin with N."""
    kinds = (kind for kind in vars(quiet_callbacks).values() if inspect.isclass(kind))
    own = [k.__prefix__ for k in kinds if issubclass(k, CallbackData) and k is not CallbackData]
    assert len(own) == len(set(own)) > 5
    assert all(prefix.startswith("N") for prefix in own)
