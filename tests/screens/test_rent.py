"""The way to a rental: what can be picked, where it leads, and that it fits a phone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.catalog import Catalog
from bot.domain.errors import KeyRejected, Unreachable
from bot.domain.periods import Period, Unit
from bot.i18n import Translator
from bot.telegram.callbacks import AddKey, ReplaceKey
from bot.telegram.rent_callbacks import (
    WHOLE,
    AddExtra,
    AddRentService,
    PayBill,
    RentAccounts,
    RentCountries,
    RentOperators,
    RentPeriods,
    RentServices,
    SeekRentService,
    ShowBill,
    ShowExtra,
    ShowProlongs,
    ShowRental,
)
from bot.telegram.screens import rent, rent_periods, rent_services
from bot.telegram.screens.screen import Button, Screen
from tests.screens import rent_samples, samples
from tests.screens.judge import judged
from tests.screens.samples import LONG, NOW, UGLY

HERE = RentServices(account_id=1, country="RU")
PERIODS = RentPeriods(account_id=1, country="RU", service="telegram")
MANY = ("telegram", "whatsapp", "viber", "avito", "uber", "ozon", "steam", "twitter")


def buttons(screen: Screen) -> list[Button]:
    """Return every button, in reading order."""
    return [button for row in screen.rows for button in row]


def data(screen: Screen) -> list[object]:
    """Return what the buttons carry, in reading order."""
    return [button.data for button in buttons(screen)]


def ugly_screens(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    """Yield every screen on the way, with the longest and ugliest content."""
    foreign = rent_samples.FOREIGN_COUNTRY
    accounts = [samples.account(2**53 + number, LONG) for number in range(30)]
    yield "accounts", rent.accounts(accounts, RentAccounts(service="telegram", country="RU", page=2), t)
    yield "no key", rent.invitation([samples.CLOSED] * 4, t)
    yield "no accounts", rent.no_accounts([samples.CLOSED] * 4, t)
    found = [*catalog.services][:9]
    yield "hits", rent.hits(UGLY * 20, found, [*catalog.countries][:9], t, catalog, "RU")
    yield "no hits", rent.hits(UGLY * 20, [], [], t, catalog)
    everywhere = rent_samples.countries_view([one.id for one in catalog.countries], LONG)
    missing = RentCountries(account_id=2**53, service="telegram", country=foreign, page=9)
    yield "countries", rent.countries(everywhere, missing, t, catalog)
    few = rent_samples.countries_view([foreign] * 9, LONG)
    yield "foreign countries", rent.countries(few, RentCountries(account_id=1), t, catalog)
    yield "no countries", rent.countries(rent_samples.countries_view([]), missing, t, catalog)
    operators = [LONG[:9], *(f"operator {number}" for number in range(30))]
    wanted = RentOperators(account_id=1, country="RU", service="telegram", page=1)
    yield "operators", rent.operators(operators, wanted, t)
    yield "no operators", rent.operators([], wanted, t)
    error = KeyRejected("getsms", "quotes", text=UGLY * 90)
    yield "trouble", rent.trouble(error, samples.GETSMS, 1, HERE, t)
    yield from _ugly_services(t, catalog)
    yield from _ugly_periods(t, catalog)


def _ugly_services(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    choices = [
        replace(rent_samples.service(f"getsms:{number}", "98765.4321", 12345), name=LONG)
        for number in range(30)
    ]
    choices[3] = replace(choices[3], period=Period(Unit.MONTH, 1), estimated=True)
    full = rent_samples.services_view(*choices, has_operators=True)
    wanted = RentServices(account_id=1, country="RU", operator="tele2", page=2)
    yield "services", rent_services.services(full, wanted, t, catalog, rent_samples.FOREIGN_SERVICE)
    empty = rent_samples.services_view(rent_samples.service("telegram", stock=0))
    yield "no services", rent_services.services(empty, wanted, t, catalog)
    yield "found", rent_services.found_services(UGLY * 20, choices, wanted, t, catalog)
    yield "not found", rent_services.found_services(UGLY * 20, [], wanted, t, catalog)
    yield "prompt", rent_services.service_prompt(rent_samples.FOREIGN_COUNTRY, t, catalog)
    further = AddRentService(token="A" * 22, page=3)
    bill = rent_samples.ugliest_bill().bill
    yield "further", rent_services.further_services(full, bill, further, t, catalog)
    yield "no further", rent_services.further_services(empty, bill, further, t, catalog)
    extra = ShowExtra(rental_id=9, page=3)
    yield "extra", rent_services.extra_services(full, rent_samples.rental(), extra, t, catalog)
    yield "no extra", rent_services.extra_services(empty, rent_samples.rental(phone=None), extra, t, catalog)


def _ugly_periods(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    ugliest = [
        rent_samples.ugliest_bill(period=Period(unit, count)) for unit in Unit for count in (1, 2, 5, 300)
    ]
    full = rent_samples.bills_view(*ugliest, has_operators=True, has_several=True)
    yield "periods", rent_periods.periods(full, PERIODS, t, catalog, now=NOW)
    one = rent_samples.bills_view(rent_samples.bill_view(), has_operators=True, has_several=True)
    yield "one period", rent_periods.periods(one, PERIODS, t, catalog, now=NOW)
    yield "no periods", rent_periods.periods(rent_samples.bills_view(), PERIODS, t, catalog, now=NOW)
    longer = rent_samples.bills_view(*ugliest, rental=rent_samples.rental())
    yield "prolongs", rent_periods.prolongs(longer, ShowProlongs(rental_id=9, page=2), t, catalog)
    nothing = rent_samples.bills_view(rental=rent_samples.rental(until=None, phone=None))
    yield "no prolongs", rent_periods.prolongs(nothing, ShowProlongs(rental_id=9), t, catalog)


def test_telegram_takes_every_screen(t: Translator, catalog: Catalog) -> None:
    """No screen is too long, badly marked up, or has more rows than a phone shows."""
    refused = {}
    for name, screen in ugly_screens(t, catalog):
        try:
            judged(screen)
        except Exception as error:  # noqa: BLE001 - all of them are gathered, with their names
            refused[name] = repr(error)
    assert refused == {}


def test_long_labels_stand_alone(t: Translator, catalog: Catalog) -> None:
    """A label of more than 18 characters shares its row with no other: a narrow phone would cut it."""
    crowded = {
        name: [button.text for button in row]
        for name, screen in ugly_screens(t, catalog)
        for row in screen.rows
        if len(row) > 1 and any(len(button.text) > 18 for button in row)
    }
    assert crowded == {}


def test_every_screen_has_a_way_on(t: Translator, catalog: Catalog) -> None:
    """Whatever was found or not, there is a button to leave by; only a question has none."""
    stuck = [name for name, screen in ugly_screens(t, catalog) if not screen.rows and screen.asks is None]
    assert stuck == []


def test_what_was_named_goes_along(en: Translator) -> None:
    """After ``/rent tg ru`` the choice of an account leads on with both, whichever it is."""
    named = RentAccounts(service="telegram", country="RU")
    screen = rent.accounts([samples.account(1), samples.account(2)], named, en)
    assert data(screen)[:2] == [
        RentCountries(account_id=number, service="telegram", country="RU") for number in (1, 2)
    ]


def test_without_a_key_renting_begins_with_one(t: Translator) -> None:
    """Who has no account is told that renting needs a key, and at which houses, not that buying does."""
    screen = rent.invitation([samples.GETSMS], t)
    told = judged(screen).text
    assert "Get-SMS" in told
    assert told != t.plain("buy-needs-key")
    assert data(screen) == [AddKey()]


def test_without_an_account_that_rents_the_houses_are_named(en: Translator) -> None:
    """Somebody whose providers rent nothing out is told which do, with the button to add a key."""
    screen = rent.no_accounts([samples.GETSMS], en)
    assert "Get-SMS" in judged(screen).text
    assert data(screen)[0] == AddKey()


def test_a_country_leads_to_services_or_to_periods(en: Translator, catalog: Catalog) -> None:
    """With the service known a country leads to the periods, else to the services."""
    view = rent_samples.countries_view(["RU"])
    bare = rent.countries(view, RentCountries(account_id=1), en, catalog)
    known = rent.countries(view, RentCountries(account_id=1, service="telegram"), en, catalog)
    assert data(bare)[0] == HERE
    assert data(known)[0] == PERIODS


def test_a_country_that_is_not_rented_out_is_said(en: Translator, catalog: Catalog) -> None:
    """A country that was named and is not to be had is named, above those that are."""
    wanted = RentCountries(account_id=1, country="TR")
    shown = judged(rent.countries(rent_samples.countries_view(["RU"]), wanted, en, catalog)).text
    assert shown.startswith("Get-SMS rents nothing out in 🇹🇷 Türkiye")


def test_short_names_share_a_row(en: Translator, catalog: Catalog) -> None:
    """Two short countries stand side by side, a long one alone, in the order of the provider."""
    view = rent_samples.countries_view(["RU", "TR", "AE", "DE"])
    screen = rent.countries(view, RentCountries(account_id=1), en, catalog)
    assert [[button.text for button in row] for row in screen.rows[:3]] == [
        ["🇷🇺 Russia", "🇹🇷 Türkiye"],
        ["🇦🇪 United Arab Emirates"],
        ["🇩🇪 Germany"],
    ]


def test_services_show_price_and_stock(en: Translator, catalog: Catalog) -> None:
    """A service has its price, what the price is for stands once above, and what is sold out is left out."""
    choices = [
        rent_samples.service(None, "90", None),
        rent_samples.service("telegram", "50", 3),
        rent_samples.service("whatsapp", stock=0),
    ]
    screen = rent_services.services(rent_samples.services_view(*choices), HERE, en, catalog)
    labels = [button.text for button in buttons(screen)]
    assert labels[:3] == ["All services · ₽90", "Telegram · ₽50 · 3 numbers", "Find by name"]
    assert "The prices are for 1 day." in judged(screen).text
    assert data(screen)[:2] == [
        RentPeriods(account_id=1, country="RU", service=WHOLE),
        RentPeriods(account_id=1, country="RU", service="telegram"),
    ]


def test_prices_for_different_periods_name_theirs(en: Translator, catalog: Catalog) -> None:
    """Where prices are for different periods, each says what it is for; one that was worked out, too."""
    week = replace(rent_samples.service("whatsapp"), period=Period(Unit.WEEK, 1), estimated=True)
    view = rent_samples.services_view(rent_samples.service("telegram"), week)
    screen = rent_services.services(view, HERE, en, catalog)
    assert [button.text for button in buttons(screen)][:2] == [
        "Telegram · ₽50 / 1 day · 3 numbers",
        "WhatsApp · ≈ ₽50 / 1 week · 3 numbers",
    ]


def test_the_operator_goes_along(en: Translator, catalog: Catalog) -> None:
    """A chosen operator stands on the screen and in every button that leads on."""
    wanted = RentServices(account_id=1, country="RU", operator="mts")
    view = rent_samples.services_view(rent_samples.service("telegram"), has_operators=True)
    screen = rent_services.services(view, wanted, en, catalog)
    assert "Operator: mts" in judged(screen).text
    assert data(screen)[:3] == [
        RentPeriods(account_id=1, country="RU", service="telegram", operator="mts"),
        SeekRentService(account_id=1, country="RU", operator="mts"),
        RentOperators(account_id=1, country="RU"),
    ]


@pytest.mark.parametrize("service", ["", "telegram"])
def test_operators_lead_back_to_what_they_are_for(en: Translator, service: str) -> None:
    """An operator is chosen for the list of services, or for the periods of one; *any* takes it back."""
    wanted = RentOperators(account_id=1, country="RU", service=service)
    got = data(rent.operators(["mts"], wanted, en))
    if service:
        periods = RentPeriods(account_id=1, country="RU", service=service)
        assert got == [periods.model_copy(update={"operator": "mts"}), periods]
    else:
        assert got == [HERE.model_copy(update={"operator": "mts"}), HERE]


def test_periods_have_their_price(en: Translator, catalog: Catalog) -> None:
    """Each period stands with its price and leads to its own confirm screen; none pays yet."""
    view = rent_samples.bills_view(*rent_samples.days(1, 3, 7))
    screen = rent_periods.periods(view, PERIODS, en, catalog, now=NOW)
    assert [[button.text for button in row] for row in screen.rows] == [
        ["1 day · ₽1", "3 days · ₽3"],
        ["7 days · ₽7"],
        ["‹ Services"],
    ]
    assert data(screen)[0] == ShowBill(token=f"{1:022}")
    assert not any(isinstance(one, PayBill) for one in data(screen))


def test_one_period_is_the_confirm_screen(en: Translator, catalog: Catalog) -> None:
    """With one period there is nothing to choose: the screen that pays, and a way back that is no circle."""
    view = rent_samples.bills_view(rent_samples.bill_view(country=None, service=None, price=None))
    screen = rent_periods.periods(view, RentPeriods(account_id=1), en, catalog, now=NOW)
    assert data(screen) == [PayBill(token="A" * 22), RentAccounts(wanted=True)]


def test_operator_and_further_services_are_offered_where_there_are_any(
    en: Translator, catalog: Catalog
) -> None:
    """The periods lead to operators and to one more service where the account has them, else not."""
    able = rent_samples.bills_view(*rent_samples.days(1, 3), has_operators=True, has_several=True)
    ways = data(rent_periods.periods(able, PERIODS, en, catalog, now=NOW))
    assert ways[2:4] == [
        RentOperators(account_id=1, country="RU", service="telegram"),
        AddRentService(token=f"{1:022}"),
    ]
    plain = rent_samples.bills_view(*rent_samples.days(1, 3))
    assert len(data(rent_periods.periods(plain, PERIODS, en, catalog, now=NOW))) == 3


def test_a_service_is_not_taken_twice(en: Translator, catalog: Catalog) -> None:
    """Among the further services, and those for a number that one has, what it is for already is missing."""
    view = rent_samples.services_view(*(rent_samples.service(one) for one in (None, "telegram", "whatsapp")))
    bill = rent_samples.bill()
    screen = rent_services.further_services(view, bill, AddRentService(token="A" * 22), en, catalog)
    assert data(screen) == [
        AddRentService(token="A" * 22, service="whatsapp"),
        ShowBill(token="A" * 22),
    ]
    extra = rent_services.extra_services(view, rent_samples.rental(), ShowExtra(rental_id=9), en, catalog)
    assert data(extra) == [AddExtra(rental_id=9, service="whatsapp"), ShowRental(rental_id=9)]


def test_services_turn_pages(en: Translator, catalog: Catalog) -> None:
    """A long list turns its pages and keeps the operator."""
    wanted = RentServices(account_id=1, country="RU", operator="mts")
    view = rent_samples.services_view(*(rent_samples.service(one) for one in MANY))
    turning = rent_services.services(view, wanted, en, catalog).rows[5]
    assert [button.text for button in turning] == ["‹", "1 / 2", "›"]
    assert turning[2].data == wanted.model_copy(update={"page": 1})


def test_a_house_that_does_not_answer_can_be_asked_again(en: Translator) -> None:
    """Trouble has its reason, the same question once more, and for a refused key the button that mends it."""
    down = rent.trouble(Unreachable("getsms", "quotes"), samples.GETSMS, 1, HERE, en)
    assert judged(down).text.startswith("Get-SMS cannot be reached")
    assert "Nothing was charged." in judged(down).text
    assert data(down) == [HERE, RentAccounts(wanted=True)]
    refused = rent.trouble(KeyRejected("getsms", "quotes"), samples.GETSMS, 1, HERE, en)
    assert data(refused)[0] == ReplaceKey(account_id=1)
