"""Services, countries and offers: what can be picked and where it leads."""

import pytest

from bot.catalog import Catalog
from bot.domain.errors import KeyRejected, Unreachable
from bot.domain.finding import Look, Sort, Taste
from bot.i18n import Translator
from bot.telegram.callbacks import Confirm, ReplaceKey, ShowCountries, ShowOffer, ShowOffers
from bot.telegram.screens import buy, countries
from bot.telegram.screens.offers import dearer, offers
from bot.telegram.screens.screen import Button, Screen, Style
from tests.screens import samples
from tests.screens.judge import judged


def buttons(screen: Screen) -> list[Button]:
    """Return every button, in reading order."""
    return [button for row in screen.rows for button in row]


def test_one_offer_is_the_confirm_screen(en: Translator, catalog: Catalog) -> None:
    """With one offer there is nothing to choose: its facts and one button, *Confirm* with the price."""
    screen = offers(samples.offers_view(samples.offer()), 0, (), en, catalog)
    confirm = buttons(screen)[0]
    assert confirm.text == "Confirm · ₽12.50"
    assert confirm.data == Confirm(token="A" * 22)
    assert confirm.style is Style.SUCCESS
    assert [type(button.data) for button in buttons(screen)] == [Confirm, ShowCountries]
    assert "15 minutes" in judged(screen).text


def test_several_offers_are_a_list(t: Translator, catalog: Catalog) -> None:
    """Several offers stand cheapest first as they come, each leading to its own confirm screen."""
    view = samples.offers_view(samples.offer(price="2"), samples.offer(price="3"))
    screen = offers(view, 0, (), t, catalog)
    leading = [button for button in buttons(screen) if isinstance(button.data, ShowOffer)]
    assert t.money(samples.roubles("2")) in leading[0].text
    assert t.money(samples.roubles("3")) in leading[1].text
    assert not any(isinstance(button.data, Confirm) for button in buttons(screen))


def test_what_is_sold_out_cannot_be_confirmed(t: Translator, catalog: Catalog) -> None:
    """Without stock the screen says so and offers other countries that have some, the empty one left out."""
    view = samples.offers_view(samples.offer(stock=0))
    elsewhere = samples.countries_view(["RU", "TR", "DE", "US"]).choices
    screen = offers(view, 0, elsewhere, t, catalog)
    countries = [button.data.country for button in buttons(screen) if isinstance(button.data, ShowOffers)]
    assert countries[:3] == ["TR", "DE", "US"]
    assert t.plain("offers-none") in judged(screen).text
    assert not any(isinstance(button.data, Confirm) for button in buttons(screen))


def test_an_account_that_cannot_be_asked_is_named(t: Translator, catalog: Catalog) -> None:
    """When no account answers, it is not called an empty stock: the reason stands there, with another try."""
    screen = offers(samples.offers_view(error=Unreachable("getsms", "quotes")), 0, (), t, catalog)
    shown = judged(screen).text
    assert t.plain("error-unreachable", provider="Get-SMS") in shown
    assert t.plain("offers-none") not in shown
    assert buttons(screen)[0].data == ShowOffers(service="telegram", country="RU")


def test_a_rejected_key_can_be_replaced_at_once(t: Translator, catalog: Catalog) -> None:
    """A key that the provider refuses brings the button that replaces it."""
    screen = offers(samples.offers_view(error=KeyRejected("getsms", "quotes")), 0, (), t, catalog)
    assert ReplaceKey(account_id=1) in [button.data for button in buttons(screen)]


def test_a_risen_price_is_asked_again(t: Translator, catalog: Catalog) -> None:
    """After a rise the new price has its own confirm button, under the word that nothing was bought."""
    screen = dearer(samples.offers_view(samples.offer(price="99")), t, catalog)
    assert judged(screen).text.startswith(t.plain("error-price-rose"))
    assert t.money(samples.roubles("99")) in buttons(screen)[0].text


@pytest.mark.parametrize(("sort", "first"), [(Sort.PRICE, "RU"), (Sort.STOCK, "US")])
def test_countries_are_sorted(t: Translator, catalog: Catalog, sort: Sort, first: str) -> None:
    """By price the engine's order stays; by stock the fullest shelf comes first."""
    screen = countries.countries(
        samples.countries_view(["RU", "TR", "DE", "US"]), Look(Taste(sort)), 0, t, catalog
    )
    assert buttons(screen)[0].data == ShowOffers(service="telegram", country=first)


def test_a_country_whose_code_fits_no_button_is_left_out(t: Translator, catalog: Catalog) -> None:
    """A provider's own code that is too long for a button does not break the screen of all the others."""
    screen = countries.countries(samples.countries_view(["getsms:" + "z" * 60, "TR"]), Look(), 0, t, catalog)
    assert buttons(screen)[0].data == ShowOffers(service="telegram", country="TR")


def test_pages_turn_round(t: Translator, catalog: Catalog) -> None:
    """Behind the last page comes the first; a page beyond the end is the last."""
    ids = [country.id for country in catalog.countries][:12]
    screen = countries.countries(samples.countries_view(ids), Look(), 99, t, catalog)
    turning = next(row for row in screen.rows if row[0].text == "‹")
    assert [button.text for button in turning] == ["‹", "3 / 3", "›"]
    assert turning[2].data == ShowCountries(service="telegram", page=0)


def test_what_was_searched_is_shown_escaped(t: Translator, catalog: Catalog) -> None:
    """A search for markup is shown as it was typed, and as no more than that."""
    shown = judged(buy.hits("<i>x</i> & y", [], [], t, catalog))
    assert "<i>x</i> & y" in shown.text
    assert shown.entities == []
