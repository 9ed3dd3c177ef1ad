"""The Get-SMS rent adapter against the answers that its page prints, over sockets."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain import errors
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.getsms_rent import GetSmsRent
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, Listed, RentalCapability, Rented, RentQuote, RentWant
from bot.providers.registry import build_records
from tests.providers import getsms_rent_prints as prints
from tests.support.wire import Wire, reply

KEY = Key("testapikey")
DAY = Period(Unit.DAY, 1)
WEEK = Period(Unit.WEEK, 1)
HELD = Held("888", "79510405923")


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


def asked(wire: Wire) -> dict[str, str]:
    """Return the form of the only request, without the key, after checking how it travelled."""
    (heard,) = wire.heard
    assert (heard.method, heard.target) == ("POST", "/api/v2/rent/")
    form = heard.form
    assert form.pop("userkey") == "testapikey"
    return form


@pytest.fixture
def rent(wire: Wire, http: Http) -> GetSmsRent:
    """The adapter, pointed at the server."""
    return GetSmsRent(build_records(wire.url)[0], http)


def test_capabilities(rent: GetSmsRent) -> None:
    """Everything that the page knows is offered, and nothing else."""
    assert rent.capabilities == {
        RentalCapability.QUOTES,
        RentalCapability.PROLONG,
        RentalCapability.CANCEL,
        RentalCapability.DELETE,
    }
    assert [period.length.days for period in rent.terms.periods] == [1, 2, 3, 4, 5, 6, 7]
    assert rent.terms.cancel_within == timedelta(minutes=20)


async def test_prices_as_printed(wire: Wire, rent: GetSmsRent) -> None:
    """Three services, seven periods each, counts in quotes."""
    wire.play(reply(prints.COUNT_PRICES))
    quotes = await rent.quotes(KEY, "ru")
    assert len(quotes) == 21
    assert quotes[0] == RentQuote("vk", "ru", DAY, rub("101.9"), 233)
    assert quotes[-1] == RentQuote("vi", "ru", Period(Unit.DAY, 7), rub("47.8"), 316)
    assert [str(quote.price.amount) for quote in quotes if quote.service == "wa"] == [
        "250.5",
        "355.7",
        "448.4",
        "528.6",
        "593.7",
        "618.7",
        "676.4",
    ]
    assert asked(wire) == {"method": "getcountprices", "country": "ru"}


async def test_prices_of_one_period(wire: Wire, rent: GetSmsRent) -> None:
    """A period picks its prices; a week is taken for seven days, and that is said."""
    wire.play(reply(prints.COUNT_PRICES))
    two = Period(Unit.DAY, 2)
    assert [quote.price for quote in await rent.quotes(KEY, "ru", period=two)] == [
        rub("144.7"),
        rub("355.7"),
        rub("25.1"),
    ]
    week = await rent.quotes(KEY, "ru", period=WEEK)
    assert week[0] == RentQuote("vk", "ru", WEEK, rub("275.1"), 233, estimated=True)
    assert await rent.quotes(KEY, "ru", period=Period(Unit.WEEK, 2)) == ()


async def test_what_is_not_sold(wire: Wire, rent: GetSmsRent) -> None:
    """Hours, months, operators and whole numbers are turned down before anything is sent."""
    hour, month = Period(Unit.HOUR, 4), Period(Unit.MONTH, 1)
    for work in (
        rent.quotes(KEY, "ru", period=hour),
        rent.quotes(KEY, "ru", operator="mts"),
        rent.rent(KEY, RentWant("ig", "ru", month)),
        rent.rent(KEY, RentWant(None, "ru", DAY)),
        rent.rent(KEY, RentWant("ig", "ru", DAY, "mts")),
        rent.prolong(KEY, HELD, month),
    ):
        with pytest.raises(errors.NotOffered):
            await work
    assert wire.heard == []


async def test_rows_that_cannot_be_read(wire: Wire, rent: GetSmsRent) -> None:
    """One broken row or price does not hide the others; numbers may be bare; an odd count is no count."""
    wire.play(
        reply(
            '{"status":"200","data":{"vk":{"count":"many","price":{"1day":5,"2day":"free","3day":-1,"9day":1}},'
            '"ok":7,"fb":{"price":[]}}}'
        )
    )
    assert await rent.quotes(KEY, "ru") == (RentQuote("vk", "ru", DAY, rub("5"), None),)


@pytest.mark.parametrize("data", ['{"vk":7}', '{"vk":{"price":{}}}', "7", '"x"', "null", "[1]"])
async def test_prices_without_any_price(wire: Wire, rent: GetSmsRent, data: str) -> None:
    """Nonsense is no empty shop."""
    wire.play(reply(f'{{"status":200,"data":{data}}}'))
    with pytest.raises(errors.Malformed):
        await rent.quotes(KEY, "ru")


@pytest.mark.parametrize("data", ["[]", "{}"])
async def test_an_empty_shop(wire: Wire, rent: GetSmsRent, data: str) -> None:
    """Nothing on offer is an answer."""
    wire.play(reply(f'{{"status":200,"data":{data}}}'))
    assert await rent.quotes(KEY, "ru") == ()


async def test_renting_as_printed(wire: Wire, rent: GetSmsRent) -> None:
    """The end is the Unix one: the written time beside it names no zone and differs."""
    wire.play(reply(prints.NUMBER))
    assert await rent.rent(KEY, RentWant("ig", "ru", DAY)) == Rented(
        "14763471", "79510405923", datetime(2023, 12, 19, 10, 17, 28, tzinfo=UTC), "ig"
    )
    assert asked(wire) == {
        "method": "getnumber",
        "type": "day",
        "period": "1",
        "service": "ig",
        "country": "ru",
    }


async def test_renting_for_weeks(wire: Wire, rent: GetSmsRent) -> None:
    """Weeks are sent as weeks, and an end that is not told is not made up."""
    wire.play(reply('{"status":200,"data":{"order_id":"7","phone":"+79510405923","end_time":"2023-12-19"}}'))
    assert await rent.rent(KEY, RentWant("ig", "ru", Period(Unit.WEEK, 2))) == Rented(
        "7", "79510405923", None, "ig"
    )
    assert asked(wire).items() >= {"type": "week", "period": "2"}.items()


@pytest.mark.parametrize(
    ("data", "known"),
    [
        ('{"order_id":7}', "order_id 7"),
        ('{"order_id":7,"phone":"soon"}', "order_id 7"),
        ('{"phone":"79510405923"}', None),
        ("[]", None),
    ],
)
async def test_half_a_rental(wire: Wire, rent: GetSmsRent, data: str, known: str | None) -> None:
    """Something was rented, but what? The id, where it is told, helps to find it."""
    wire.play(reply(f'{{"status":200,"data":{data}}}'))
    with pytest.raises(errors.OutcomeUnknown) as told:
        await rent.rent(KEY, RentWant("ig", "ru", DAY))
    assert told.value.text == known


async def test_sms_as_printed(wire: Wire, rent: GetSmsRent) -> None:
    """Dates without a zone are no times; they tell equal texts apart."""
    wire.play(reply(prints.CODE))
    assert await rent.sms(KEY, HELD) == (
        Sms("Verification code for Rambler&Co: 435345", remote_id="2023-12-14 17:11:51"),
        Sms("Verification code for Rambler&Co: 520455", remote_id="2023-12-15 15:36:56"),
    )
    assert asked(wire) == {"method": "getcode", "rentid": "888"}


async def test_sms_in_any_order(wire: Wire, rent: GetSmsRent) -> None:
    """Whatever the order of the list, the oldest comes first, and equal texts are two SMS."""
    wire.play(
        reply(
            '{"status":"200","data":{"sms_list":[{"date":"2023-12-15 15:36:56","text":"1234"},'
            '{"date":"2023-12-14 17:11:51","text":"1234"},{"date":"2023-12-14 17:11:52"}]}}'
        )
    )
    found = await rent.sms(KEY, HELD)
    assert [sms.remote_id for sms in found] == ["2023-12-14 17:11:51", "2023-12-15 15:36:56"]
    assert len({sms.identity for sms in found}) == 2


@pytest.mark.parametrize(
    "body", [prints.NOT_YET, '{"status":200,"data":{"sms_list":[]}}', '{"status":"400"}']
)
async def test_no_sms_yet(wire: Wire, rent: GetSmsRent, body: str) -> None:
    """Status 400 is no error here: nothing has come."""
    wire.play(reply(body))
    assert await rent.sms(KEY, HELD) == ()


@pytest.mark.parametrize("data", ["{}", "[]", '{"sms_list":{}}', '{"sms_list":[7]}', '{"sms_list":[{}]}'])
async def test_nonsense_for_sms(wire: Wire, rent: GetSmsRent, data: str) -> None:
    """A list that cannot be read is not an empty one."""
    wire.play(reply(f'{{"status":200,"data":{data}}}'))
    with pytest.raises(errors.Malformed):
        await rent.sms(KEY, HELD)


async def test_prolonging_as_printed(wire: Wire, rent: GetSmsRent) -> None:
    """The answer repeats the number; the new end is not told."""
    wire.play(reply(prints.PROLONGED))
    assert await rent.prolong(KEY, Held("888", "79510405920"), WEEK) == Rented("888", "79510405923")
    assert asked(wire) == {"method": "prolong", "type": "week", "period": "1", "rentid": "888"}


async def test_prolonged_without_a_number(wire: Wire, rent: GetSmsRent) -> None:
    """Status 200 says that it is done; the number is the one we have."""
    wire.play(reply('{"status":200,"data":[]}'))
    assert await rent.prolong(KEY, HELD, DAY) == Rented("888", "79510405923")


@pytest.mark.parametrize(
    ("name", "method", "body"), [("cancel", "refuse", prints.CANCELED), ("delete", "delete", prints.DELETED)]
)
async def test_closing_as_printed(wire: Wire, rent: GetSmsRent, name: str, method: str, body: str) -> None:
    """Giving back and deleting are done when status 200, or an empty 204, says so."""
    wire.play(reply(body), reply("", 204))
    await getattr(rent, name)(KEY, HELD)
    assert asked(wire) == {"method": method, "rentid": "888"}
    await getattr(rent, name)(KEY, HELD)


async def test_list_as_printed(wire: Wire, rent: GetSmsRent) -> None:
    """A bare array: over, active, canceled; its times name no zone and are left."""
    wire.play(reply(prints.ORDERS))
    assert await rent.listed(KEY) == (
        Listed("512", "79222222222", LeaseState.OVER),
        Listed("559", "79222222222", LeaseState.ACTIVE),
        Listed("886", "79222222222", LeaseState.CANCELED),
    )
    assert asked(wire) == {"method": "getorders"}


async def test_no_rentals_as_printed(wire: Wire, rent: GetSmsRent) -> None:
    """An empty array is an answer, and it proves a key."""
    wire.play(reply(prints.NO_ORDERS))
    assert await rent.listed(KEY) == ()
    await rent.prove(KEY)


async def test_list_in_other_spellings(wire: Wire, rent: GetSmsRent) -> None:
    """Numbers for strings, an unknown status that says nothing, a broken row among others."""
    wire.play(reply('[{"id":5,"phone":79222222222,"status":1},{"id":6,"phone":"79222222223","status":9},7]'))
    assert await rent.listed(KEY) == (
        Listed("5", "79222222222", LeaseState.ACTIVE),
        Listed("6", "79222222223", LeaseState.UNKNOWN),
    )


@pytest.mark.parametrize(
    "body", ["[7]", "[{}]", '{"status":200,"data":[]}', '{"status":200,"data":{}}', "{}"]
)
async def test_nonsense_for_a_list(wire: Wire, rent: GetSmsRent, body: str) -> None:
    """What is no readable array says nothing about what there is."""
    wire.play(reply(body))
    with pytest.raises(errors.Malformed):
        await rent.listed(KEY)
