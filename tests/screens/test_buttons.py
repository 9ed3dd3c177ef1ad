"""Buttons: what they carry fits, and English labels are the agreed ones."""

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.finding import Sort
from bot.domain.orders import Action
from bot.i18n import Translator
from bot.telegram import callbacks
from bot.telegram.callbacks import LAST_PAGE, LONGEST, fits
from bot.telegram.screens.keys import one_key, removal
from bot.telegram.screens.screen import Screen, Style
from bot.telegram.screens.start import welcome
from tests.screens import samples

_ROW = 2**63 - 1


def test_the_longest_of_each_fits(catalog: Catalog) -> None:
    """Every action with its longest values is at most 64 bytes, for each service and country there is."""
    service = max((service.id for service in catalog.services), key=len)
    country = "getsms:" + max(
        (catalog.countries.code("getsms", one.id) or "" for one in catalog.countries), key=len
    )
    longest: list[CallbackData] = [
        callbacks.ShowServices(page=LAST_PAGE, country=country),
        callbacks.ShowOwnServices(provider="p" * 24, country="US-virtual", page=LAST_PAGE),
        callbacks.ShowCountries(service=service, sort=Sort.STOCK, page=LAST_PAGE),
        callbacks.ShowOffers(service=service, country=country, page=LAST_PAGE),
        callbacks.BuyAnother(service=service, country=country),
        callbacks.Confirm(token="A" * 22),
        callbacks.ShowOffer(token="A" * 22),
        callbacks.ShowOrder(order_id=_ROW, is_open=False, page=LAST_PAGE),
        callbacks.Act(order_id=_ROW, action=Action.CANCEL),
        callbacks.RemoveKey(account_id=_ROW, sure=True),
        callbacks.AddKey(provider="p" * 32),
        callbacks.AddHost(account_id=_ROW),
        callbacks.PickCurrency(currency="USD"),
        callbacks.ShowTargets(account_id=_ROW, page=LAST_PAGE),
        callbacks.MoveKey(account_id=_ROW, provider="p" * 24, sure=True),
    ]
    assert {type(data).__name__: len(data.pack().encode()) for data in longest if not fits(data)} == {}
    assert max(len(data.pack().encode()) for data in longest) <= LONGEST


def test_prefixes_differ() -> None:
    """No two actions share a prefix: a button means one thing."""
    prefixes = [
        kind.__prefix__ for kind in CallbackData.__subclasses__() if kind.__module__ == callbacks.__name__
    ]
    assert len(prefixes) > 15
    assert len(prefixes) == len(set(prefixes))


@pytest.mark.parametrize("packed", ["v|0|1|0", "v|99999999999999999999|1|0", "v|x|1|0", "v|1|1|-1", "v|1"])
def test_ids_made_by_hand_are_not_taken(packed: str) -> None:
    """An id or page that no button of ours could carry is refused before it reaches the database."""
    with pytest.raises((ValueError, TypeError)):
        callbacks.ShowOrder.unpack(packed)


def test_a_newcomer_has_one_button(en: Translator) -> None:
    """/start shows a newcomer *Add a key* and nothing else."""
    screen = welcome(en, has_keys=False)
    assert [[button.text for button in row] for row in screen.rows] == [["Add a key"]]


def test_english_labels_are_the_agreed_ones(en: Translator) -> None:
    """The labels that others rely on, letter by letter."""
    agreed = {
        "button-add-key": "Add a key",
        "button-copy-number": "Copy number",
        "button-copy-code": "Copy code",
        "button-cancel": "Cancel",
        "button-ban": "Ban",
        "button-retry": "Another SMS",
        "button-buy-another": "Buy another",
        "button-buy": "Buy a number",
        "button-try-again": "Try again",
    }
    assert {key: en._format(key, {}) for key in agreed} == agreed


def test_removal_is_dangerous_and_asked_twice(t: Translator) -> None:
    """*Remove* is red, and the first press only asks."""
    first = _dangerous(one_key(samples.account(), t))
    second = _dangerous(removal(samples.account(), t))
    assert first == [callbacks.RemoveKey(account_id=1)]
    assert second == [callbacks.RemoveKey(account_id=1, sure=True)]


def _dangerous(screen: Screen) -> list[CallbackData | None]:
    return [button.data for row in screen.rows for button in row if button.style is Style.DANGER]
