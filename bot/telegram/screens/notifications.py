"""What the bot tells, and does, by itself: gathered on one screen, with the silent hours behind it."""

from datetime import datetime

from bot.domain.quiet import HOURS, NotificationsView, QuietHours, offset_name
from bot.i18n import Html, Translator
from bot.telegram.cap_callbacks import ShowSettings
from bot.telegram.quiet_callbacks import (
    End,
    LiftQuiet,
    SetQuiet,
    SetReminders,
    SetZone,
    ShowCities,
    ShowHours,
    ShowNotifications,
    ShowOffsets,
    ShowQuiet,
)
from bot.telegram.screens.auto_cancel import auto_cancel_button
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs

_USUAL = (QuietHours(22, 7), QuietHours(23, 8), QuietHours(0, 9))
_CITIES = (
    "Europe/Istanbul",
    "Europe/Moscow",
    "Europe/Kyiv",
    "Europe/Minsk",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Baku",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Asia/Vladivostok",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Warsaw",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Jakarta",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
)
_OFFSETS = tuple(
    sorted([*(hour * 60 for hour in range(-11, 15)), -570, -210, -150, 210, 270, 330, 345, 390, 570, 630])
)
_CITIES_A_PAGE = 10
_OFFSETS_A_PAGE = 18
_IN_A_ROW = 4


def notifications(view: NotificationsView, t: Translator) -> Screen:
    """Draw what the bot tells, and does, by itself, with a button to change each."""
    quiet = _quiet_now(view, t) if view.manner.quiet else t.t("quiet-off")
    told = lines(quiet, t.t("reminders-on") if view.reminded else t.t("reminders-off"))
    turn = t.plain("button-reminders-off") if view.reminded else t.plain("button-reminders-on")
    rows: tuple[Row, ...] = (
        (Button(t.plain("button-quiet"), ShowQuiet()),),
        (Button(turn, SetReminders(wanted=not view.reminded)),),
        (auto_cancel_button(view.auto_cancel, t),),
        (Button(t.plain("button-back"), ShowSettings()),),
    )
    return Screen(paragraphs(t.t("notifications-title"), told, t.t("notifications-text")), rows)


def quiet(view: NotificationsView, t: Translator) -> Screen:
    """Draw the silent hours with the choice of others; without a known zone, the choice of that first."""
    if view.there is None:
        return cities(view, 0, t)
    hours = view.manner.quiet
    usual = tuple(
        Button(
            _span(one),
            SetQuiet(begin=one.begin, end=one.end),
            style=Style.SUCCESS if one == hours else None,
        )
        for one in _USUAL
    )
    ends: Row = ()
    if hours is not None:
        ends = (
            Button(t.plain("button-quiet-from", hour=_clock(hours.begin)), ShowHours(which=End.BEGIN)),
            Button(t.plain("button-quiet-to", hour=_clock(hours.end)), ShowHours(which=End.END)),
        )
    off = Button(t.plain("button-quiet-off"), LiftQuiet(), style=None if hours else Style.SUCCESS)
    zone = Button(t.plain("button-zone", zone=zone_name(view.manner.zone, t)), ShowCities())
    now = _quiet_now(view, t) if hours else t.t("quiet-off")
    there = t.t("quiet-there", time=_time(view.there), zone=zone_name(view.manner.zone, t))
    text = paragraphs(t.t("quiet-title"), t.t("quiet-text"), lines(now, there))
    back = (Button(t.plain("button-back"), ShowNotifications()),)
    return Screen(text, (usual, *([ends] if ends else []), (off,), (zone,), back))


def hours(view: NotificationsView, which: End, t: Translator) -> Screen:
    """Draw the hours that the silence can begin or end with; the other end stays."""
    now = view.manner.quiet
    if now is None:
        return quiet(view, t)
    is_begin = which is End.BEGIN
    chosen, other = (now.begin, now.end) if is_begin else (now.end, now.begin)
    buttons = [
        Button(
            _clock(hour),
            SetQuiet(begin=hour, end=other) if is_begin else SetQuiet(begin=other, end=hour),
            style=Style.SUCCESS if hour == chosen else None,
        )
        for hour in range(HOURS)
        if hour != other
    ]
    title = t.t("quiet-from-title") if is_begin else t.t("quiet-to-title")
    return Screen(title, (*_grid(buttons), (Button(t.plain("button-back"), ShowQuiet()),)))


def cities(view: NotificationsView, page: int, t: Translator) -> Screen:
    """Draw the cities whose time a person may have, in their language; other zones go by the distance."""
    shown, page, pages = page_of(_CITIES, page, _CITIES_A_PAGE)
    buttons = [_zone_button(name, view, t) for name in shown]
    rows = tuple(tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2))
    nav = turning(page, pages, lambda number: ShowCities(page=number))
    other: Row = (
        Button(t.plain("button-offsets"), ShowOffsets()),
        Button(t.plain("button-back"), ShowNotifications()),
    )
    return Screen(paragraphs(t.t("zone-title"), t.t("zone-text")), (*rows, *nav, other))


def offsets(view: NotificationsView, page: int, t: Translator) -> Screen:
    """Draw the distances from UTC."""
    shown, page, pages = page_of(_OFFSETS, page, _OFFSETS_A_PAGE)
    buttons = [_zone_button(offset_name(minutes), view, t) for minutes in shown]
    rows = tuple(tuple(buttons[first : first + 3]) for first in range(0, len(buttons), 3))
    nav = turning(page, pages, lambda number: ShowOffsets(page=number))
    back = Button(t.plain("button-back"), ShowCities())
    return Screen(paragraphs(t.t("zone-title"), t.t("zone-offsets")), (*rows, *nav, (back,)))


def zone_name(zone: str | None, t: Translator) -> str:
    """Return a zone as its people call it: by its city, or by the distance from UTC; plain."""
    return "" if zone is None else t.city(zone)


def _zone_button(name: str, view: NotificationsView, t: Translator) -> Button:
    is_set = name == view.manner.zone
    return Button(zone_name(name, t), SetZone(zone=name), style=Style.SUCCESS if is_set else None)


def _quiet_now(view: NotificationsView, t: Translator) -> Html:
    hours = view.manner.quiet
    return t.t("quiet-on", hours=_span(hours)) if hours else Html("")


def _grid(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(tuple(buttons[first : first + _IN_A_ROW]) for first in range(0, len(buttons), _IN_A_ROW))


def _span(hours: QuietHours) -> str:
    return f"{_clock(hours.begin)}–{_clock(hours.end)}"


def _clock(hour: int) -> str:
    return f"{hour:02}:00"


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
