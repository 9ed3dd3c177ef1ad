"""*Defaults* on the screen: within Telegram's rules, and plain about what is dear."""

import inspect
from collections.abc import Iterator
from decimal import Decimal

from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.defaults import DefaultsView
from bot.domain.money import Money
from bot.i18n import Translator
from bot.telegram import default_callbacks
from bot.telegram.default_callbacks import BuyDear, ShowDefaults
from bot.telegram.screens import defaults as screens
from bot.telegram.screens.screen import Screen, Style
from tests.screens import samples
from tests.screens.judge import judged
from tests.screens.samples import LONG, roubles

HUGE = Money(Decimal("999999.999999"), "RUB")


def every_screen(t: Translator, catalog: Catalog) -> Iterator[Screen]:
    """Yield every screen of the topic, as ugly as it can be."""
    accounts = tuple(samples.account(2**53 - number, LONG) for number in range(12))
    currencies = ("RUB", "USD", "EUR", "TRY", "KZT")
    full = DefaultsView(accounts[0], "BA", {"RUB": HUGE}, accounts, currencies)
    for view in (full, DefaultsView()):
        yield screens.defaults(view, t, catalog)
        yield from (screens.accounts(view, page, t) for page in (0, 2))
        yield from (screens.countries(view, page, t, catalog) for page in (0, 1, 7, 99))
        yield from (screens.dear(view, currency, t) for currency in ("RUB", "USD"))
    yield screens.dear_prompt("RUB", t)
    token = "f" * 40
    for price in (None, HUGE):
        yield screens.is_dear(full, price, BuyDear(token=token), ShowDefaults(), t)


def test_every_screen_keeps_to_the_rules(t: Translator, catalog: Catalog) -> None:
    """Eight rows, labels that a phone shows, 64 bytes a button, and text that Telegram takes."""
    for screen in every_screen(t, catalog):
        judged(screen)


def test_what_is_dear_is_above_the_limit_of_its_currency() -> None:
    """At the limit nothing is asked; another currency has none; no price is asked about where one is."""
    view = DefaultsView(dear={"RUB": roubles("50")})
    asked = [view.asks_about(price) for price in (roubles("50"), roubles("50.01"), Money(Decimal(99), "USD"))]
    assert asked == [False, True, False]
    assert view.asks_about(None)
    assert not DefaultsView().asks_about(None)


def test_the_upper_button_of_the_question_buys_nothing(t: Translator) -> None:
    """Who taps twice at the place of the confirm button goes back; only the lower one buys."""
    view = DefaultsView(dear={"RUB": roubles("50")})
    screen = screens.is_dear(view, roubles("60"), BuyDear(token="f"), ShowDefaults(), t)
    assert screen.rows[0][0].data == ShowDefaults()
    assert screen.rows[1][0].data == BuyDear(token="f")
    assert screen.rows[1][0].style is Style.DANGER
    assert t.money(roubles("60")) in screen.text


def test_prefixes_are_this_topics_own() -> None:
    """No button of defaults can be taken for another one; all begin with D."""
    kinds = (kind for kind in vars(default_callbacks).values() if inspect.isclass(kind))
    own = [k.__prefix__ for k in kinds if issubclass(k, CallbackData) and k is not CallbackData]
    assert len(own) == len(set(own)) == 10
    assert all(prefix.startswith("D") for prefix in own)
