"""Where a provider tells no price before a purchase: said in words, and no screen stumbles over it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import Catalog, load_catalog
from bot.domain.deals import Choice, Deal
from bot.domain.finding import Look
from bot.domain.offers import Offer
from bot.domain.orders import OPEN, Action, State
from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.domain.views import (
    CountriesView,
    CountryChoice,
    ForeignOrder,
    ImportsView,
    OffersView,
    OfferView,
    OrdersPage,
    OrderView,
)
from bot.i18n import LANGUAGES, Translations, Translator
from bot.telegram.screens import countries, imports, numbers, offers
from bot.telegram.screens.card import card
from bot.telegram.screens.code import code_message
from bot.telegram.screens.notices import order_notice
from bot.telegram.screens.orders import orders
from tests.screens import samples
from tests.screens.judge import judged

TEXTS = Translations.load(Path(__file__).resolve().parents[2] / "locales", strict=True)
UNTOLD = samples.offer(price=None, stock=None)
SMS = Sms("Your code: 1234", "1234")


def offer_view(sold: Offer = UNTOLD, deal: Deal = Deal.BUY) -> OfferView:
    """Return an offer for which all choices were possible, had it a price."""
    view = samples.offer_view(sold)
    return replace(view, draft=replace(view.draft, deal=deal), choices=frozenset(Choice))


money = st.none() | st.builds(samples.roubles, st.sampled_from(["0", "-3.50", "100", "12345678.90"]))
views = st.builds(
    lambda state, received, ready_first, **changes: replace(
        samples.order_view(state, *([SMS] * received), actions=tuple(Action), price=None, **changes),
        ready_first=ready_first,
    ),
    st.sampled_from(State),
    st.integers(0, 2),
    st.booleans(),
    phone=st.sampled_from([None, "79969817867"]),
    is_ready=st.booleans(),
    deal=st.sampled_from(Deal),
    balance_before=money,
    balance_after=money,
    error=st.sampled_from([None, "outcome-unknown", "low-balance", "no-numbers", "price-too-low"]),
    minimum=money,
)


@given(view=views, language=st.sampled_from(list(LANGUAGES)))
def test_no_screen_stumbles_over_an_order_without_a_price(view: OrderView, language: str) -> None:
    """In whatever state: its card, both lists, its code, its notices and its confirm screens can be sent."""
    t, catalog = TEXTS.get(language), load_catalog()
    shown = [
        card(view, t, catalog),
        orders(OrdersPage((view,), 0, 1, view.order.state in OPEN, 1), t, catalog),
        code_message(SMS, view, t, catalog),
        *(order_notice(notice, view, t, catalog) for notice in Notice if notice is not Notice.KEY_REJECTED),
        *(numbers.again(offer_view(deal=deal), view, t, catalog) for deal in Deal),
    ]
    for screen in shown:
        assert "None" not in judged(screen).text


def test_the_confirm_screen_says_so(t: Translator, catalog: Catalog) -> None:
    """In words beside the button, and short on it; a highest price cannot be chosen, other things can."""
    screen = offers.offer(offer_view(), t, catalog)
    assert t.plain("offer-unpriced", provider="Get-SMS") in judged(screen).text
    labels = [button.text for row in screen.rows for button in row]
    assert labels[0] == t.plain("button-confirm", price=t.plain("price-untold"))
    assert t.plain("button-highest-price") not in labels
    assert t.plain("button-operator") in labels


def test_lists_say_it_short(t: Translator, catalog: Catalog) -> None:
    """A country with nothing but untold prices says so in place of a price; a price that is told is shown."""
    choices = (
        CountryChoice("KZ", samples.offer(country="KZ"), 5, (samples.roubles("12.50"),)),
        CountryChoice("RU", UNTOLD, None),
    )
    screen = countries.countries(CountriesView("telegram", choices, ()), Look(), 0, t, catalog)
    told, untold = (row[0].text for row in screen.rows[:2])
    assert t.money(samples.roubles("12.50")) in told
    assert t.plain("price-untold") in untold
    listed = OffersView("telegram", "RU", (offer_view(samples.offer()), offer_view()), ())
    labels = [row[0].text for row in offers.offers(listed, 0, (), t, catalog).rows]
    assert labels[1] == f"{t.plain('price-untold')} · Get-SMS"
    bundle = offer_view()
    bundle = replace(bundle, draft=replace(bundle.draft, further=(UNTOLD,)))
    assert judged(offers.offer(bundle, t, catalog)).text.count(t.plain("price-untold")) == 2
    alone = offers.sold_out("telegram", "DE", choices, t, catalog)
    assert t.plain("price-untold") in alone.rows[1][0].text


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("card-price", {}),
        ("card-unpriced", {"price": None}),
        ("card-worked-out", {"is_worked_out": True}),
    ],
)
def test_the_card_says_whose_word_a_price_is(
    t: Translator, catalog: Catalog, key: str, changes: dict[str, object]
) -> None:
    """A provider's price, a price that nobody told, and what the balance lost read differently."""
    shown = judged(card(samples.order_view(**changes), t, catalog)).text  # type: ignore[arg-type]  # columns by name
    price = {} if "price" in changes else {"price": t.money(samples.roubles("12.50"))}
    assert t.plain(key, account="Get-SMS", **price) in shown


def test_who_must_be_told_of_the_sms_is_named(t: Translator, catalog: Catalog) -> None:
    """Where no SMS is awaited before *SMS sent*, the card asks for the tap while it is due."""
    view = samples.order_view(actions=(Action.READY,))
    asks = judged(card(replace(view, ready_first=True), t, catalog)).text
    words = t.plain("card-ready-first", provider="Get-SMS").replace("<b>", "").replace("</b>", "")
    assert words in asks
    assert t.plain("button-ready") in words
    for other in (
        view,
        replace(view, ready_first=True, actions=()),
        replace(view, ready_first=True, order=replace(view.order, phone=None)),
    ):
        assert words not in judged(card(other, t, catalog)).text


def test_an_import_without_a_price_shows_none(t: Translator, catalog: Catalog) -> None:
    """What was bought elsewhere is told without a price where the provider does not tell it."""
    found = ForeignOrder(samples.account(), UNTOLD, "1", "79969817867")
    shown = judged(imports.imports(ImportsView((found,), (), 1), 0, t, catalog)).text
    assert "₽" not in shown
    assert "Get-SMS" in shown
