"""The rent adapter of SMS-Activate: what is asked, and what printed and seen answers mean."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.base import Record
from bot.providers.http import Http
from bot.providers.lease import (
    Held,
    LeaseState,
    Listed,
    RentalCapability,
    RentCountry,
    Rented,
    RentQuote,
    RentWant,
)
from bot.providers.sms_activate_rent import SmsActivateRent
from tests.providers import sms_activate_rent_prints as prints
from tests.support.wire import Wire, reply

KEY = Key("testapikey")
HELD = Held("1049", "79959707564")
SHORT = Period(Unit.HOUR, 4)
DAY = Period(Unit.DAY, 1)
WANT = RentWant("vk", "0", DAY)


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


def asked(wire: Wire) -> dict[str, str]:
    """Return the form of the newest request, without the key, after checking how it travelled."""
    heard = wire.heard[-1]
    assert (heard.method, heard.target) == ("POST", "/stubs/handler_api.php")
    form = heard.form
    assert form.pop("api_key") == "testapikey"
    return form


@pytest.fixture
def rent(wire: Wire, http: Http) -> SmsActivateRent:
    """The adapter, pointed at the server."""
    record = Record("house", "House", wire.url, "sms_activate_rent", "RUB", "sms_activate", "https://x.org")
    return SmsActivateRent(record, http)


def test_capabilities(rent: SmsActivateRent) -> None:
    """What the page knows is offered; it has no archive, no sleeping numbers, no second service."""
    assert set(RentalCapability) - rent.capabilities == {
        RentalCapability.STOCK,
        RentalCapability.SEVERAL,
        RentalCapability.DELETE,
        RentalCapability.ACTIVATE,
        RentalCapability.ADD_SERVICE,
        RentalCapability.NEWS,
        RentalCapability.ARCHIVE,
        RentalCapability.RESTORE,
    }


def test_terms(rent: SmsActivateRent) -> None:
    """From 4 to 1344 hours, shortest first; 20 minutes to give a number back."""
    lengths = [period.length for period in rent.terms.periods]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[-1]) == (timedelta(hours=4), timedelta(hours=1344))
    assert rent.terms.cancel_within == timedelta(minutes=20)


@pytest.mark.parametrize("body", [prints.LIST, prints.NO_NUMBERS])
async def test_proof_of_a_key(wire: Wire, rent: SmsActivateRent, body: str) -> None:
    """The list of rentals proves a key, an empty one too."""
    wire.play(reply(body))
    await rent.prove(KEY)
    assert asked(wire) == {"action": "getRentList"}


async def test_countries_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """Countries are the values, not the keys."""
    wire.play(reply(prints.SERVICES))
    assert await rent.countries(KEY) == (RentCountry("0"),)
    assert asked(wire) == {"action": "getRentServicesAndCountries"}
    wire.play(reply('{"countries": [2, "6"], "operators": [], "services": []}'))
    assert await rent.countries(KEY) == (RentCountry("2"), RentCountry("6"))


async def test_prices_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """A price is for the whole period; ``full`` is the whole number."""
    wire.play(reply(prints.SERVICES))
    assert await rent.quotes(KEY, "0", period=DAY) == (
        RentQuote(None, "0", DAY, rub("42.93"), 20),
        RentQuote("vk", "0", DAY, rub("21.95"), 20),
        RentQuote("ok", "0", DAY, rub("7.68"), 55),
        RentQuote("ot", "0", DAY, rub("5.2"), 42),
    )
    assert asked(wire) == {"action": "getRentServicesAndCountries", "country": "0", "rent_time": "24"}


async def test_prices_of_an_operator(wire: Wire, rent: SmsActivateRent) -> None:
    """Without a period it is the page's own 4 hours; an operator is asked for and stands in the quotes."""
    wire.play(reply(prints.SERVICES))
    quotes = await rent.quotes(KEY, "0", operator="yota")
    assert {(quote.operator, quote.period) for quote in quotes} == {("yota", SHORT)}
    assert asked(wire).items() >= {"operator": "yota", "rent_time": "4"}.items()


async def test_prices_in_other_spellings(wire: Wire, rent: SmsActivateRent) -> None:
    """Numbers in quotes, stock that is not told, rows that cannot be read among others."""
    rows = '"vk": {"cost": "1,5", "quant": "3"}, "ok": {"cost": 2, "quant": []}, "ot": {"cost": -1}, "x": 7'
    wire.play(reply(f'{{"services": {{{rows}}}}}'))
    assert await rent.quotes(KEY, "0", period=SHORT) == (
        RentQuote("vk", "0", SHORT, rub("1.5"), 3),
        RentQuote("ok", "0", SHORT, rub("2"), None),
    )


@pytest.mark.parametrize(
    "body",
    [
        prints.OUT_OF_STOCK,
        prints.error("OUT_OF_STOCK"),
        '{"countries": [], "operators": [], "services": []}',
        '{"countries": {}, "operators": {}, "services": {}}',
    ],
)
async def test_nothing_for_rent(wire: Wire, rent: SmsActivateRent, body: str) -> None:
    """A country that is sold out has no prices and no operators."""
    wire.play(reply(body))
    assert await rent.quotes(KEY, "3") == ()
    assert await rent.operators(KEY, "3") == ()


async def test_sold_out_says_nothing_of_countries(wire: Wire, rent: SmsActivateRent) -> None:
    """Where nothing is to be had in the country of choice, there may be numbers elsewhere."""
    wire.play(reply(prints.OUT_OF_STOCK))
    with pytest.raises(errors.NoNumbers):
        await rent.countries(KEY)


async def test_operators_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """All but "any"."""
    wire.play(reply(prints.SERVICES))
    assert await rent.operators(KEY, "0", period=DAY) == ("aiva", "beeline", "yota")
    assert asked(wire) == {"action": "getRentServicesAndCountries", "country": "0", "rent_time": "24"}


async def test_renting_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """An id and a number; the end has no zone and is not believed."""
    wire.play(reply(prints.NUMBER))
    assert await rent.rent(KEY, WANT) == Rented("1049", "79959707564")
    assert asked(wire) == {"action": "getRentNumber", "service": "vk", "rent_time": "24", "country": "0"}


async def test_an_end_with_a_zone(wire: Wire, rent: SmsActivateRent) -> None:
    """An end that names its zone is one."""
    wire.play(reply(prints.NUMBER.replace("12:01:52", "12:01:52+03:00")))
    assert (await rent.rent(KEY, WANT)).until == datetime(2020, 1, 31, 9, 1, 52, tzinfo=UTC)


async def test_wishes(wire: Wire, rent: SmsActivateRent) -> None:
    """The whole number, an operator and an address to be called at."""
    wire.play(reply(prints.NUMBER))
    hook = "https://bot.example/hook?a=1&b=2"
    await rent.rent(KEY, RentWant(None, "2", SHORT, operator="tele2", webhook=hook))
    assert asked(wire) == {
        "action": "getRentNumber",
        "service": "full",
        "rent_time": "4",
        "country": "2",
        "operator": "tele2",
        "url": hook,
    }


@pytest.mark.parametrize(
    ("period", "hours"),
    [
        (Period(Unit.HOUR, 12), "12"),
        (Period(Unit.HOUR, 48), "48"),
        (Period(Unit.DAY, 3), "72"),
        (Period(Unit.WEEK, 8), "1344"),
        (Period(Unit.MONTH, 1), "720"),
    ],
)
async def test_periods(wire: Wire, rent: SmsActivateRent, period: Period, hours: str) -> None:
    """Every period is told in hours."""
    wire.play(reply(prints.NUMBER))
    await rent.rent(KEY, RentWant("vk", "0", period))
    assert asked(wire)["rent_time"] == hours


@pytest.mark.parametrize("hours", [1, 5, 13, 25])
async def test_periods_that_do_not_exist(wire: Wire, rent: SmsActivateRent, hours: int) -> None:
    """What is neither 4 hours, nor 12, nor whole days is turned down before anything is sent."""
    period = Period(Unit.HOUR, hours)
    for work in (
        rent.rent(KEY, RentWant("vk", "0", period)),
        rent.quotes(KEY, "0", period=period),
        rent.operators(KEY, "0", period=period),
    ):
        with pytest.raises(errors.NotOffered):
            await work
    assert wire.heard == []


@pytest.mark.parametrize(
    ("phone", "known"),
    [
        ('{"id": 1049, "number": ""}', "id 1049"),
        ('{"id": 1049}', "id 1049"),
        ('{"number": "79959707564"}', None),
        ('"79959707564"', None),
        ("[]", None),
    ],
)
async def test_half_a_rental(wire: Wire, rent: SmsActivateRent, phone: str, known: str | None) -> None:
    """Something was rented, but what? The id, where it is told, helps to find it in the list."""
    wire.play(reply(f'{{"status": "success", "phone": {phone}}}'))
    for work in (rent.rent(KEY, WANT), rent.prolong(KEY, HELD, DAY)):
        with pytest.raises(errors.OutcomeUnknown) as told:
            await work
        assert told.value.text == known


async def test_sms_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """The page prints the newest first; told are they oldest first, each by its date."""
    wire.play(reply(prints.STATUS))
    assert await rent.sms(KEY, HELD) == (
        Sms("4", None, "2020-01-30 14:04:16", "79180230628"),
        Sms("5", None, "2020-01-30 14:31:58", "79180230628"),
    )
    assert asked(wire) == {"action": "getRentStatus", "id": "1049"}


async def test_equal_texts_at_different_times(wire: Wire, rent: SmsActivateRent) -> None:
    """A code sent twice is two SMS."""
    wire.play(reply(prints.STATUS.replace('"5"', '"4"')))
    assert len({sms.identity(0) for sms in await rent.sms(KEY, HELD)}) == 2


async def test_sms_of_one_second(wire: Wire, rent: SmsActivateRent) -> None:
    """Of those with one date, the last in the list is the oldest; numbers for texts and a list are taken."""
    rows = ",".join(f'{{"text": {text}, "date": "2020-01-30 14:31:58"}}' for text in (3, 2, 1))
    wire.play(reply(f'{{"status": "success", "values": [{rows}]}}'))
    assert [sms.text for sms in await rent.sms(KEY, HELD)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "body",
    [
        prints.WAITING,
        "STATUS_WAIT_CODE",
        '{"status": "success", "quantity": 0, "values": []}',
        '{"status": "success", "quantity": "0", "values": {}}',
    ],
)
async def test_no_sms_yet(wire: Wire, rent: SmsActivateRent, body: str) -> None:
    """To wait is no error."""
    wire.play(reply(body))
    assert await rent.sms(KEY, HELD) == ()


@pytest.mark.parametrize(
    "body",
    [
        '{"status": "success", "quantity": "2", "values": []}',
        '{"status": "success", "quantity": "1", "values": {"0": {"date": "2020-01-30 14:31:58"}}}',
        '{"status": "success", "quantity": "1"}',
        "STATUS_WAIT",
    ],
)
async def test_sms_that_cannot_be_read(wire: Wire, rent: SmsActivateRent, body: str) -> None:
    """SMS that were counted and are not there are not "none yet"."""
    wire.play(reply(body))
    with pytest.raises(errors.Malformed):
        await rent.sms(KEY, HELD)


async def test_list_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """An id and a number each; what is listed runs."""
    wire.play(reply(prints.LIST))
    assert await rent.listed(KEY) == (
        Listed("123456", "79181234567", LeaseState.ACTIVE),
        Listed("123457", "79181234568", LeaseState.ACTIVE),
    )
    assert asked(wire) == {"action": "getRentList"}


@pytest.mark.parametrize("body", [prints.NO_NUMBERS, "NO_NUMBERS", '{"status": "success", "values": []}'])
async def test_no_rentals(wire: Wire, rent: SmsActivateRent, body: str) -> None:
    """``NO_NUMBERS`` is an empty list."""
    wire.play(reply(body))
    assert await rent.listed(KEY) == ()


async def test_prolonging_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """A rental that was over comes back with the id of the answer, which may be another one."""
    wire.play(reply(prints.CONTINUED))
    assert await rent.prolong(KEY, Held("1000", "79959707564"), DAY) == Rented("1049", "79959707564")
    assert asked(wire) == {"action": "continueRentNumber", "id": "1000", "rent_time": "24"}


async def test_price_of_prolonging_as_printed(wire: Wire, rent: SmsActivateRent) -> None:
    """A price in the house's currency; here 13 hours are as good as 12."""
    wire.play(reply(prints.PRICE))
    assert await rent.prolong_price(KEY, HELD, Period(Unit.HOUR, 13)) == rub("6.33")
    assert asked(wire) == {"action": "getContinueRentPriceNumber", "id": "1049", "rent_time": "13"}


async def test_price_of_prolonging_in_another_currency(wire: Wire, rent: SmsActivateRent) -> None:
    """A currency that is named counts; a sample without its end is taken for what it looks like."""
    wire.play(reply(prints.PRICE_WITHOUT_END + "}"))
    assert await rent.prolong_price(KEY, HELD, SHORT) == Money(Decimal("6.33"), "USD")
    wire.play(reply(prints.PRICE_WITHOUT_END))
    with pytest.raises(errors.Malformed):
        await rent.prolong_price(KEY, HELD, SHORT)


DOINGS: dict[str, tuple[Callable[[SmsActivateRent], Awaitable[None]], str]] = {
    "finish": (lambda a: a.finish(KEY, HELD), "1"),
    "cancel": (lambda a: a.cancel(KEY, HELD), "2"),
}


@pytest.mark.parametrize("name", DOINGS)
@pytest.mark.parametrize(("body", "status"), [(prints.DONE, 200), ("", 204)])
async def test_doings_as_printed(
    wire: Wire, rent: SmsActivateRent, name: str, body: str, status: int
) -> None:
    """Finishing is status 1, giving back status 2; no content is success, too."""
    work, number = DOINGS[name]
    wire.play(reply(body, status))
    await work(rent)
    assert asked(wire) == {"action": "setRentStatus", "id": "1049", "status": number}


LISTS: dict[str, Callable[[SmsActivateRent], Awaitable[tuple[Any, ...]]]] = {
    "countries": lambda a: a.countries(KEY),
    "quotes": lambda a: a.quotes(KEY, "0"),
    "operators": lambda a: a.operators(KEY, "0"),
    "listed": lambda a: a.listed(KEY),
    "sms": lambda a: a.sms(KEY, HELD),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("part", ["null", "7", '"x"', "true", "[null]", "[{}]", '{"0": [[]]}', "[[]]"])
async def test_nonsense_for_lists(wire: Wire, rent: SmsActivateRent, name: str, part: str) -> None:
    """Nonsense is no empty list: nobody learns from it that a rental is gone."""
    names = ("countries", "operators", "services", "values")
    body = ", ".join(f'"{one}": {part}' for one in names)
    wire.play(reply(f'{{"status": "success", {body}}}'))
    with pytest.raises(errors.Malformed):
        await LISTS[name](rent)
