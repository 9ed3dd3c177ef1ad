"""Limits on the screen: within Telegram's rules, honest about what counts, and warning only where due."""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.cap_views import AccountCap, CapsView
from bot.domain.caps import Cap, Spending, Tally
from bot.domain.errors import CapReached
from bot.domain.money import Money
from bot.domain.views import BalanceView
from bot.i18n import Translator
from bot.telegram import callbacks, cap_callbacks, rent_callbacks
from bot.telegram.screens import caps, failures, offers
from bot.telegram.screens.auto_cancel import auto_cancel
from bot.telegram.screens.balance import balances
from bot.telegram.screens.screen import Screen, Style
from tests.screens import samples
from tests.screens.judge import judged
from tests.screens.samples import LONG, UGLY, roubles

HUGE = Money(Decimal("999999.999999"), "RUB")


def tally(cap: Money | None = None, *, paid: str = "12.50", untold: int = 0, endings: str = "") -> Tally:
    """Return how an account stands; of its endings ``+`` brought an SMS and ``-`` did not."""
    return Tally(cap, Spending({"RUB": Decimal(paid)}, untold, tuple(one == "+" for one in endings)))


def account_cap(cap: Money | None = None, label: str = "Get-SMS", **facts: int) -> AccountCap:
    """Return the cap of an account with the longest id."""
    return AccountCap(samples.account(2**53, label), "RUB", tally(cap, **facts))  # type: ignore[arg-type]


def every_screen(t: Translator, catalog: Catalog) -> Iterator[Screen]:
    """Yield every screen of limits, as ugly as it can be."""
    many = tuple(account_cap(HUGE if number % 2 else None, LONG) for number in range(12))
    for page in (0, 2, 9):
        yield caps.settings(CapsView(999, 12345, many), page, t)
    yield caps.settings(CapsView(None, 0, ()), 0, t)
    for minutes in (None, 2, 10):
        yield auto_cancel(minutes, t)
    for many_open in (None, 1, 7):
        yield caps.open_cap(CapsView(many_open, 3, ()), t)
    for cap in (None, HUGE, roubles("300")):
        yield caps.day_cap(account_cap(cap, UGLY, untold=3), t)
    yield caps.day_cap_refused(account_cap(), t)
    yield caps.day_cap_prompt(account_cap(None, LONG), t)
    yield failures.failed(CapReached(Cap.OPEN, 3, 3), t, None)
    for kind in (Cap.DAY, Cap.FOREIGN):
        yield failures.failed(CapReached(kind, HUGE, HUGE, 2**53), t, None)
    warned = replace(samples.offer_view(), tally=tally(HUGE, untold=21, endings="-" * 20))
    yield offers.offer(warned, t, catalog)
    accounts = tuple(samples.account(number, LONG) for number in range(1, 20))
    told = {view.account.id: BalanceView(view, HUGE, None) for view in accounts}
    tallies = {view.account.id: tally(HUGE) for view in accounts}
    yield balances(accounts, told, t, is_done=True, tallies=tallies)


def test_every_screen_keeps_to_the_rules(t: Translator, catalog: Catalog) -> None:
    """Eight rows, labels that a phone shows, 64 bytes a button, and text that Telegram takes."""
    for screen in every_screen(t, catalog):
        judged(screen)


def test_the_choice_of_now_is_marked(t: Translator) -> None:
    """Of presets and *No limit* exactly one is marked, or none where another amount is set."""

    def marked(screen: Screen) -> int:
        return sum(button.style is Style.SUCCESS for row in screen.rows for button in row)

    assert [marked(caps.day_cap(account_cap(cap), t)) for cap in (None, roubles("300"), HUGE)] == [1, 1, 0]
    assert [marked(caps.open_cap(CapsView(most, 0, ()), t)) for most in (None, 2, 7)] == [1, 1, 0]


def test_presets_are_of_the_size_of_the_currency(en: Translator) -> None:
    """A number costs tens of roubles, and a part of a dollar."""
    dollars = AccountCap(samples.account(), "USD", Tally(None, Spending({}, 0)))
    labels = [button.text for row in caps.day_cap(dollars, en).rows for button in row]
    assert labels[:4] == ["$2", "$5", "$20", "$50"]
    assert caps.day_cap(account_cap(), en).rows[0][0].text == "₽100"


@pytest.mark.parametrize(
    ("endings", "warns"),
    [
        ("", False),
        ("----", False),
        ("-----", True),
        ("-----++++", True),
        ("-----+++++", False),
        ("-" * 11 + "+" * 9, True),
        ("-" * 10 + "+" * 10 + "-" * 30, False),
        ("+" * 20 + "-" * 30, False),
    ],
)
def test_the_warning_comes_where_it_is_due(
    en: Translator, catalog: Catalog, endings: str, *, warns: bool
) -> None:
    """Five of the last twenty without an SMS, and more than half of them; the newest come first."""
    view = replace(samples.offer_view(), tally=tally(endings=endings))
    screen = offers.offer(view, en, catalog)
    assert ("brought no SMS" in screen.text) is warns
    assert screen.rows[0][0].text == "Confirm · ₽12.50"


def test_what_is_not_counted_is_told(en: Translator, catalog: Catalog) -> None:
    """With a limit, the confirm screen says how many purchases are in no sum; without one nothing."""
    limited = replace(samples.offer_view(), tally=tally(roubles("20"), untold=2))
    told = offers.offer(limited, en, catalog).text
    assert "Last 24 hours: ₽12.50 of at most ₽20" in told
    assert "2 purchases are not counted, because nobody told their price." in told
    free = replace(samples.offer_view(), tally=tally(untold=2))
    assert "24 hours" not in offers.offer(free, en, catalog).text


def test_a_denial_leads_to_its_limit(en: Translator) -> None:
    """No box over the chat, which has no button, but a message with the way to the very limit."""
    day = CapReached(Cap.DAY, roubles("20"), roubles("12.50"), 7)
    opened = CapReached(Cap.OPEN, 2, 2)
    assert failures.box(day, en) is None
    assert failures.failed(day, en, None).rows[0][0].data == cap_callbacks.ShowDayCap(account_id=7)
    assert failures.failed(opened, en, None).rows[0][0].data == cap_callbacks.ShowOpenCap()


def test_prefixes_differ() -> None:
    """No button of limits can be taken for another one; all begin with W."""

    def prefixes(module: object) -> list[str]:
        kinds = (kind for kind in vars(module).values() if inspect.isclass(kind))
        own = (kind for kind in kinds if issubclass(kind, CallbackData) and kind is not CallbackData)
        return [kind.__prefix__ for kind in own]

    ours = prefixes(cap_callbacks)
    assert len(ours) == len(set(ours)) > 5
    assert all(prefix.startswith("W") for prefix in ours)
    assert not set(ours) & {*prefixes(callbacks), *prefixes(rent_callbacks)}


@pytest.mark.parametrize("packed", ["We|1|-1", "We|1|1000001", "We|1|NaN", "We|0|5", "We|1", "We|x|5"])
def test_amounts_made_by_hand_are_not_taken(packed: str) -> None:
    """What no button of ours could carry is refused before it reaches the database."""
    with pytest.raises((ValueError, TypeError)):
        cap_callbacks.SetDayCap.unpack(packed)


@pytest.mark.parametrize("amount", ["1E-400000000", "1E+9", "NaN", "-1", "0.123456789"])
def test_an_amount_made_up_by_hand_is_no_button(amount: str) -> None:
    """Whoever makes up callback data gets no further than a person's own few digits."""
    with pytest.raises(ValueError, match="amount"):
        cap_callbacks.SetDayCap.unpack(f"{cap_callbacks.SetDayCap.__prefix__}|1|{amount}")
