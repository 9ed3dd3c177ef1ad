"""The SMSPVA adapter against the answers that its pages print, over sockets."""

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
    Archived,
    Held,
    LeaseState,
    Listed,
    RentalCapability,
    RentCountry,
    Rented,
    RentQuote,
    RentStock,
    RentWant,
    RestoreQuote,
)
from bot.providers.smspva import Smspva
from tests.providers import smspva_prints as prints
from tests.support.wire import Wire, reply

KEY = Key("yourapikeyhere")
WEEK = Period(Unit.WEEK, 1)
HELD = Held("123", "79096037108")
WANT = RentWant("opt6", "RU", WEEK)
UNTIL = datetime(2020, 4, 23, 9, 26, tzinfo=UTC)


def usd(amount: str) -> Money:
    """Return dollars."""
    return Money(Decimal(amount), "USD")


def asked(wire: Wire, *, keyless: bool = False) -> dict[str, str]:
    """Return the query of the only request, without the key, after checking how it travelled."""
    (heard,) = wire.heard
    assert (heard.method, heard.path, heard.body) == ("GET", "/api/rent.php", b"")
    query = heard.query
    if keyless:
        assert "apikey" not in query
    else:
        assert query.pop("apikey") == "yourapikeyhere"
    return query


@pytest.fixture
def smspva(wire: Wire, http: Http) -> Smspva:
    """The adapter, pointed at the server."""
    record = Record("smspva", "SMSPVA", wire.url, "smspva", "USD", "smspva", "https://smspva.com")
    return Smspva(record, http)


def test_capabilities(smspva: Smspva) -> None:
    """All that the pages know is offered; there is no giving back, no finishing, no price of prolonging."""
    assert set(RentalCapability) - smspva.capabilities == {
        RentalCapability.WHOLE,
        RentalCapability.WEBHOOK,
        RentalCapability.PROLONG_PRICE,
        RentalCapability.CANCEL,
        RentalCapability.FINISH,
    }


def test_terms(smspva: Smspva) -> None:
    """Weeks and months, 90 days at most, prolonged in the last 7 days."""
    assert {period.unit for period in smspva.terms.periods} == {Unit.WEEK, Unit.MONTH}
    assert max(period.length for period in smspva.terms.periods) == smspva.terms.longest == timedelta(days=90)
    assert smspva.terms.prolong_within == timedelta(days=7)


async def test_proof_of_a_key(wire: Wire, smspva: Smspva) -> None:
    """There is no balance to ask for: the list of orders proves a key, even an empty one."""
    wire.play(reply('{"status":1,"data":[]}'))
    await smspva.prove(KEY)
    assert asked(wire) == {"method": "orders"}


async def test_countries_as_printed(wire: Wire, smspva: Smspva) -> None:
    """A country has a code and a name; nobody's key is needed for that."""
    wire.play(reply(prints.COUNTRIES))
    assert await smspva.countries(KEY) == (RentCountry("RU", "Россия"),)
    assert asked(wire, keyless=True) == {"method": "getcountries"}


async def test_countries_as_seen(wire: Wire, smspva: Smspva) -> None:
    """Blanks around names go, fields that no page knows are passed over."""
    wire.play(reply(prints.COUNTRIES_SEEN))
    assert await smspva.countries(KEY) == (RentCountry("DE", "Germany"),)


@pytest.mark.parametrize("body", [prints.DATA, prints.DATA_SEEN])
async def test_prices(wire: Wire, smspva: Smspva, body: str) -> None:
    """The list as printed, or one deeper as served: a price per day becomes that of the period asked for."""
    wire.play(reply(body))
    two = Period(Unit.WEEK, 2)
    assert await smspva.quotes(KEY, "RU", period=two) == (
        RentQuote("opt46", "RU", two, usd("84"), 359, name="Airbnb", estimated=True),
    )
    assert asked(wire, keyless=True) == {
        "method": "getdata",
        "country": "RU",
        "dtype": "week",
        "dcount": "2",
    }


async def test_prices_without_a_period(wire: Wire, smspva: Smspva) -> None:
    """Who names no period is told the price of a week; months count 30 days."""
    wire.play(reply(prints.DATA))
    assert [quote.price for quote in await smspva.quotes(KEY, "RU")] == [usd("42")]
    month = Period(Unit.MONTH, 1)
    assert [quote.price for quote in await smspva.quotes(KEY, "RU", period=month)] == [usd("180")]


async def test_prices_of_an_operator_as_printed(wire: Wire, smspva: Smspva) -> None:
    """One operator's prices and stock come from the list with providers."""
    wire.play(reply(prints.DATA_WITH_PROVIDERS))
    name = "1cupis & okcupid & winline"
    assert await smspva.quotes(KEY, "RU", operator="MTS") == (
        RentQuote("opt48", "RU", WEEK, usd("35"), 12, "MTS", name, estimated=True),
    )
    assert asked(wire, keyless=True)["method"] == "getdataWithProviders"
    assert await smspva.quotes(KEY, "RU", operator="Beeline") == ()


@pytest.mark.parametrize("count", ["[]", "{}", '{"Tele2": 3}'])
async def test_services_that_an_operator_lacks(wire: Wire, smspva: Smspva, count: str) -> None:
    """A service without a number at the operator is not offered there, however emptiness is written."""
    wire.play(reply(prints.DATA_WITH_PROVIDERS.replace('{"MTS": 12}', count)))
    assert await smspva.quotes(KEY, "RU", operator="MTS") == ()


async def test_operators_as_printed(wire: Wire, smspva: Smspva) -> None:
    """A country's operators stand beside the prices."""
    wire.play(reply(prints.DATA_WITH_PROVIDERS))
    assert await smspva.operators(KEY, "RU") == ("MTS",)


async def test_stock_as_printed(wire: Wire, smspva: Smspva) -> None:
    """Counts by operator, and all together."""
    wire.play(reply(prints.COUNT_WITH_PROVIDERS))
    assert await smspva.stock(KEY, "AT") == (
        RentStock("opt48", "Limbo_AT", 12),
        RentStock("opt48", "Tele2_AT", 1),
        RentStock("opt48", "yesss_AT", 69),
        RentStock("opt48", None, 82),
    )
    assert asked(wire, keyless=True)["method"] == "getCountWithProviders"


@pytest.mark.parametrize("body", [prints.CREATE, prints.CREATE_SEEN])
async def test_renting(wire: Wire, smspva: Smspva, body: str) -> None:
    """An object as printed, or a list as served; the number is dialling code and the rest."""
    wire.play(reply(body))
    assert await smspva.rent(KEY, WANT) == Rented("40370", "79096037108", UNTIL, "opt6")
    assert asked(wire) == {
        "method": "create",
        "dtype": "week",
        "dcount": "1",
        "country": "RU",
        "service": "opt6",
    }


async def test_renting_from_an_operator(wire: Wire, smspva: Smspva) -> None:
    """The pages call the operator a provider."""
    wire.play(reply(prints.CREATE))
    await smspva.rent(KEY, RentWant("opt6", "RU", Period(Unit.MONTH, 2), "MTS"))
    assert asked(wire).items() >= {"dtype": "month", "dcount": "2", "provider": "MTS"}.items()


async def test_renting_for_several_services_as_printed(wire: Wire, smspva: Smspva) -> None:
    """One number, an order for each service."""
    wire.play(reply(prints.CREATE_MULTI))
    assert await smspva.rent_several(KEY, WANT, ("opt6", "opt7")) == (
        Rented("40370", "79096037108", UNTIL, "opt6"),
        Rented("40371", "79096037108", UNTIL, "opt7"),
    )
    assert asked(wire) == {
        "method": "create_multi",
        "dtype": "week",
        "dcount": "1",
        "country": "RU",
        "services": "opt6,opt7",
    }


@pytest.mark.parametrize("period", [Period(Unit.DAY, 1), Period(Unit.HOUR, 4)])
async def test_periods_that_do_not_exist(wire: Wire, smspva: Smspva, period: Period) -> None:
    """Days and hours are turned down before anything is sent, and so is a whole number."""
    for work in (
        smspva.quotes(KEY, "RU", period=period),
        smspva.rent(KEY, RentWant("opt6", "RU", period)),
        smspva.rent(KEY, RentWant(None, "RU", WEEK)),
        smspva.prolong(KEY, HELD, period),
    ):
        with pytest.raises(errors.NotOffered):
            await work
    assert wire.heard == []


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ('"id": 40370, "pnumber": "", "ccode": "+7"', "id 40370"),
        ('"id": 40370, "pnumber": "9096037108", "ccode": "RU"', "id 40370"),
        ('"id": 40370, "pnumber": "9096037108"', "id 40370"),
        ('"pnumber": "9096037108", "ccode": "+7"', None),
        ("", None),
    ],
)
async def test_half_a_rental(wire: Wire, smspva: Smspva, row: str, known: str | None) -> None:
    """Something was rented, but what? The id, where it is told, helps to find it in the list."""
    wire.play(reply(f'{{"status": 1, "data": {{{row}}}}}'))
    with pytest.raises(errors.OutcomeUnknown) as told:
        await smspva.rent(KEY, WANT)
    assert told.value.text == known


async def test_one_of_two_rentals_is_not_all(wire: Wire, smspva: Smspva) -> None:
    """A list with a row that cannot be read does not pass for the whole purchase."""
    wire.play(reply('{"status":1,"data":[{"id":1,"pnumber":"9096037108","ccode":"7"},{"id":2}]}'))
    with pytest.raises(errors.OutcomeUnknown) as told:
        await smspva.rent_several(KEY, WANT, ("opt6", "opt7"))
    assert told.value.text == "id 1, 2"


async def test_list_as_printed(wire: Wire, smspva: Smspva) -> None:
    """A rental in the list: asleep, prolongable, without news."""
    wire.play(reply(prints.ORDERS))
    assert await smspva.listed(KEY) == (
        Listed(
            remote_id="40300",
            phone="79096068511",
            state=LeaseState.SLEEPING,
            service="opt16",
            country="RU",
            until=datetime(2020, 4, 22, 10, 44, tzinfo=UTC),
            has_news=False,
            can_prolong=True,
            prolong_until=datetime(2021, 10, 22, 6, 23, tzinfo=UTC),
            name="Instagram",
        ),
    )
    assert asked(wire) == {"method": "orders"}


@pytest.mark.parametrize(
    ("state", "read"),
    [
        ("0", LeaseState.SLEEPING),
        ("1", LeaseState.ACTIVE),
        ('"2"', LeaseState.WAKING),
        ("-1", LeaseState.MISSING),
        ("3", LeaseState.UNKNOWN),
        ("null", LeaseState.UNKNOWN),
        ("[]", LeaseState.UNKNOWN),
    ],
)
async def test_states(wire: Wire, smspva: Smspva, state: str, read: LeaseState) -> None:
    """Four states have a meaning; what else there may be says nothing, and the rental stays listed."""
    wire.play(reply(prints.ORDERS.replace('"state": 0', f'"state": {state}')))
    (listed,) = await smspva.listed(KEY)
    assert listed.state is read


async def test_list_in_other_spellings(wire: Wire, smspva: Smspva) -> None:
    """Ids and flags in quotes, an object for a list, a row that cannot be read among others."""
    row = '{"id":"7","state":"1","pnumber":"9096068511","ccode":"7","hasnewsms":"1","until":"0"}'
    wire.play(reply(f'{{"status":"1","data":{{"0":{row},"3":{{"id":8}},"4":null}}}}'))
    assert await smspva.listed(KEY) == (Listed("7", "79096068511", LeaseState.ACTIVE, has_news=True),)


async def test_sms_as_printed(wire: Wire, smspva: Smspva) -> None:
    """An SMS has a text, a sender and a time with a zone."""
    wire.play(reply(prints.SMS))
    received = datetime(2020, 4, 15, 10, 55, tzinfo=UTC)
    assert await smspva.sms(KEY, HELD) == (Sms("Code Instagram: 671 094.", None, None, "FACEBOOK", received),)
    assert asked(wire) == {"method": "sms", "id": "123"}


async def test_sms_as_seen(wire: Wire, smspva: Smspva) -> None:
    """As served there are two lists: the service's SMS and the others; all are told, oldest first."""
    wire.play(reply(prints.SMS_SEEN))
    assert [(sms.text, sms.sender) for sms in await smspva.sms(KEY, HELD)] == [
        ("first", "VK"),
        ("second", "Avito"),
    ]


@pytest.mark.parametrize(
    "data", ["[]", "{}", '{"SmsList":[],"OtherSms":[]}', '{"SmsList":[],"OtherSms":null}']
)
async def test_no_sms_yet(wire: Wire, smspva: Smspva, data: str) -> None:
    """Empty lists in every shape: nothing has come."""
    wire.play(reply(f'{{"status":1,"data":{data}}}'))
    assert await smspva.sms(KEY, HELD) == ()


async def test_equal_texts_at_different_times(wire: Wire, smspva: Smspva) -> None:
    """A code sent twice is two SMS, whether their dates are numbers or words."""
    for dates in (("1586948100", "1586948101"), ('"15.04.2020 10:55"', '"15.04.2020 10:56"')):
        rows = ",".join(f'{{"text":"1234","date":{date}}}' for date in dates)
        wire.play(reply(f'{{"status":1,"data":[{rows}]}}'))
        assert len({sms.identity for sms in await smspva.sms(KEY, HELD)}) == 2


@pytest.mark.parametrize("date", ["1586948100", '"15.04.2020 10:55"'], ids=["number", "words"])
async def test_sms_of_one_second_are_told_in_their_order(wire: Wire, smspva: Smspva, date: str) -> None:
    """The list has the newest first: of two that came in one second, the later one is told last."""
    rows = ",".join(f'{{"text":"{text}","date":{date}}}' for text in ("later", "earlier"))
    wire.play(reply(f'{{"status":1,"data":[{rows}]}}'))
    assert [sms.text for sms in await smspva.sms(KEY, HELD)] == ["earlier", "later"]


async def test_prolonging_as_printed(wire: Wire, smspva: Smspva) -> None:
    """The answer tells the id alone."""
    wire.play(reply(prints.DONE))
    assert await smspva.prolong(KEY, Held("122", "79096037108"), WEEK) == Rented("123", "79096037108")
    assert asked(wire) == {"method": "prolong", "id": "122", "dtype": "week", "dcount": "1"}


@pytest.mark.parametrize("body", ['{"status":1}', '{"status":1,"data":[{}]}', '{"status":"1","data":[]}'])
async def test_prolonged_without_an_id(wire: Wire, smspva: Smspva, body: str) -> None:
    """Status 1 says that it is done; without an id it is the one that was asked for."""
    wire.play(reply(body))
    assert await smspva.prolong(KEY, HELD, WEEK) == Rented("123", "79096037108")


DONE: dict[str, tuple[Callable[[Smspva], Awaitable[None]], str, dict[str, str]]] = {
    "activate": (lambda a: a.activate(KEY, HELD), prints.DONE, {"id": "123"}),
    "delete": (lambda a: a.delete(KEY, HELD), prints.DONE, {"id": "123"}),
    "add_service_to_order": (
        lambda a: a.add_service(KEY, HELD, "opt89"),
        prints.ADDED,
        {"id": "123", "service": "opt89", "pnumber": "79096037108"},
    ),
    "restore_user": (lambda a: a.restore(KEY, "123"), prints.RESTORED, {"id": "123"}),
}


@pytest.mark.parametrize("method", DONE)
async def test_doings_as_printed(wire: Wire, smspva: Smspva, method: str) -> None:
    """Waking, deleting, adding a service and restoring answer no more than that it is done."""
    work, body, form = DONE[method]
    wire.play(reply(body))
    await work(smspva)
    assert asked(wire) == {"method": method, **form}


async def test_archive_as_printed(wire: Wire, smspva: Smspva) -> None:
    """A rental of the past, its number whole already."""
    wire.play(reply(prints.HISTORY))
    assert await smspva.archive(KEY, skip=10, take=5) == (
        Archived(
            remote_id="517017",
            phone="79020831944",
            service="opt59",
            country="EN",
            days=7,
            has_sms=True,
            began=datetime(2008, 9, 24, 2, 10, 31, tzinfo=UTC),
            ended=datetime(2021, 1, 20, 3, 5, 31, tzinfo=UTC),
            closed=datetime(2021, 9, 24, 0, 59, 4, tzinfo=UTC),
        ),
    )
    assert asked(wire) == {"method": "get_rent_history", "skip": "10", "take": "5"}


async def test_price_of_a_restoration_as_printed(wire: Wire, smspva: Smspva) -> None:
    """What it costs, how long it has been over, for how long it would be back."""
    wire.play(reply(prints.PRECALC))
    assert await smspva.restore_price(KEY, "317017") == RestoreQuote(
        remote_id="317017",
        phone="79929831844",
        service="opt59",
        price=usd("2.4"),
        overdue_days=32,
        days=30,
        country="EN",
        name="Avito",
    )
    assert asked(wire) == {"method": "restore_user_precalc", "id": "317017"}


LISTS: dict[str, Callable[[Smspva], Awaitable[tuple[Any, ...]]]] = {
    "countries": lambda a: a.countries(KEY),
    "quotes": lambda a: a.quotes(KEY, "RU"),
    "stock": lambda a: a.stock(KEY, "RU"),
    "listed": lambda a: a.listed(KEY),
    "sms": lambda a: a.sms(KEY, HELD),
    "archive": lambda a: a.archive(KEY, skip=0, take=10),
}


@pytest.mark.parametrize("name", LISTS)
async def test_empty_lists(wire: Wire, smspva: Smspva, name: str) -> None:
    """An empty list is an answer: there is nothing."""
    wire.play(reply('{"status":1,"data":[]}'))
    assert await LISTS[name](smspva) == ()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("data", ["null", "7", '"x"', "true", "[1]", "[{}]", '{"a":[[]]}'])
async def test_nonsense_for_lists(wire: Wire, smspva: Smspva, name: str, data: str) -> None:
    """Nonsense is no empty list: nobody learns from it that an order is gone."""
    wire.play(reply(f'{{"status":1,"data":{data}}}'))
    with pytest.raises(errors.Malformed):
        await LISTS[name](smspva)
