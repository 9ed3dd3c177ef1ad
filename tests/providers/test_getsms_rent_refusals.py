"""What Get-SMS refuses to tenants, what befalls its answers on the way, and what that means."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers import getsms_rent_answers as answers
from bot.providers.calls import Answer, Call, Kind
from bot.providers.getsms_envelope import data_of
from bot.providers.getsms_rent import GetSmsRent
from bot.providers.http import Http
from bot.providers.lease import Held, RentWant
from bot.providers.registry import build_records
from tests.providers import getsms_rent_prints as prints
from tests.providers.rubbish import STATUSES, Reader, bodies, judge
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish

KEY = Key("testapikey")
DAY = Period(Unit.DAY, 1)
HELD = Held("888", "79510405923")

Ask = Callable[[GetSmsRent], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getcountprices": lambda a: a.quotes(KEY, "ru"),
    "getcode": lambda a: a.sms(KEY, HELD),
    "refuse": lambda a: a.cancel(KEY, HELD),
    "delete": lambda a: a.delete(KEY, HELD),
    "getorders": lambda a: a.listed(KEY),
}
PAID: dict[str, Ask] = {
    "getnumber": lambda a: a.rent(KEY, RentWant("ig", "ru", DAY)),
    "prolong": lambda a: a.prolong(KEY, HELD, DAY),
}


@pytest.fixture
def rent(wire: Wire, http: Http) -> GetSmsRent:
    """The adapter, pointed at the server."""
    return GetSmsRent(build_records(wire.url)[0], http)


async def refused(rent: GetSmsRent, name: str) -> ProviderError:
    """Return the error that a question ends with."""
    with pytest.raises(ProviderError) as told:
        await (FREE | PAID)[name](rent)
    return told.value


_TOO_LATE = (
    "Unable to cancel the rental of this number, as more than 20 minutes have passed "
    "or SMS has already been received"
)

# The tables "Error codes (status)", as the page has them; where it has none, what all others begin with.
TABLES: dict[str, dict[int, tuple[str, type[ProviderError]]]] = {
    "getcountprices": {},
    "getnumber": {
        500: ("No available numbers for rental", errors.NoNumbers),
        502: ("Service does not exist", errors.BadService),
        503: ("Internal error, please try to order a number later", errors.ProviderFault),
        504: ("Insufficient funds", errors.LowBalance),
        505: ("Country does not exist", errors.BadCountry),
        506: ("Incorrectly specified period or period type", errors.BadPeriod),
        507: ("Technical maintenance in progress", errors.Maintenance),
    },
    "getcode": {
        501: ("Rental was canceled or the rental order time has expired", errors.OrderClosed),
        502: ("Rental completed", errors.OrderExpired),
        503: ("Order not found", errors.OrderGone),
    },
    "prolong": {
        502: ("Rent ID not provided or no such order in the system", errors.OrderGone),
        504: ("Incorrectly specified period or period type", errors.BadPeriod),
        505: ("Insufficient funds to extend the rental", errors.LowBalance),
        506: ("Unable to extend the rental for the specified period", errors.BadPeriod),
        507: ("Internal error, please try to resend the request", errors.ProviderFault),
    },
    "refuse": {
        400: (_TOO_LATE, errors.TooLateToCancel),
        500: ("Rent ID not provided", errors.BadRequest),
        501: ("Rental has already been canceled", errors.AlreadyDone),
        502: ("Rental is completed", errors.OrderExpired),
        503: ("Order not found", errors.OrderGone),
    },
    "delete": {500: ("Rent ID not provided", errors.BadRequest)},
    "getorders": {},
}
EVERYWHERE: dict[int, tuple[str, type[ProviderError]]] = {
    401: ("User API KEY not provided", errors.KeyRejected),
    404: ("Incorrectly specified 'method' parameter", errors.BadRequest),
}
DOCUMENTED = [
    (name, status, msg, error)
    for name, table in TABLES.items()
    for status, (msg, error) in (EVERYWHERE | table).items()
]


@pytest.mark.parametrize(("name", "status", "msg", "error"), DOCUMENTED)
async def test_documented_errors(
    wire: Wire, rent: GetSmsRent, name: str, status: int, msg: str, error: type[ProviderError]
) -> None:
    """The same status means different things by method, under HTTP 200 and under its own."""
    for http_status in (200, 400 if status < 500 else 500):
        wire.play(reply(f'{{"status":{status},"data":{{"msg":"{msg}"}}}}', http_status))
        told = await refused(rent, name)
        assert type(told) is error
        assert (told.code, told.text) == (str(status), msg)


@pytest.mark.parametrize("name", [*FREE, *PAID])
async def test_unknown_statuses(wire: Wire, rent: GetSmsRent, name: str) -> None:
    """A status that the method's table lacks is no information."""
    wire.play(reply('{"status":799,"data":{"msg":"Surprise"}}'))
    error = await refused(rent, name)
    assert type(error) is (OutcomeUnknown if name in PAID else Malformed)
    assert (error.code, error.text) == ("799", "Surprise")


async def test_a_refusal_without_words(wire: Wire, rent: GetSmsRent) -> None:
    """Status 400 alone: for giving back it is a no, for reading SMS it is "not yet"."""
    wire.play(reply(prints.BARE_REFUSAL_SEEN))
    assert type(await refused(rent, "refuse")) is errors.TooLateToCancel
    assert await rent.sms(KEY, HELD) == ()


async def test_an_order_that_is_gone_as_seen(wire: Wire, rent: GetSmsRent) -> None:
    """The sentence overrules the status, which the page gives to wrong methods."""
    wire.play(reply(prints.GONE_SEEN))
    assert type(await refused(rent, "getcode")) is errors.OrderGone


UGLY: dict[str, tuple[Move, type[ProviderError]]] = {
    "html": (reply("<html><body>Get-SMS</body></html>"), Malformed),
    "wall": (reply(prints.WALL_SEEN, 403), Malformed),
    "empty": (reply(""), Malformed),
    "cut": (cut(prints.ORDERS), Unreachable),
    "half": (reply(prints.ORDERS[:60]), Malformed),
    "word": (reply("HELLO"), Malformed),
    "number": (reply("7"), Malformed),
    "no status": (reply('{"data":{}}'), Malformed),
    "wrong types": (reply('{"status":[200],"data":[[]]}'), Malformed),
    "problem details": (reply('{"status":502,"title":"Bad gateway"}', 502), Unreachable),
    "502": (reply("<html>502 Bad Gateway</html>", 502), Unreachable),
    "429": (reply('{"message":"Too Many Attempts."}', 429), RateLimited),
    "cloudflare": (reply("error code: 1020", 403), RateLimited),
    "vanish": (vanish, Unreachable),
    "reset": (reset, Unreachable),
    "hang": (hang, Unreachable),
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("ugly", UGLY)
async def test_free_calls_on_a_bad_day(
    wire: Wire, rent: GetSmsRent, clock: ManualClock, ugly: str, name: str
) -> None:
    """Whatever goes wrong has its name, and none of the names ends an order."""
    move, error = UGLY[ugly]
    wire.play(move)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, FREE[name](rent))
    assert type(told.value) is error


READERS: dict[str, tuple[Kind, Reader]] = {
    "quotes": (Kind.READ, lambda call, answer: answers.read_quotes(call, answer, "ru")),
    "rented": (Kind.PAID, lambda call, answer: answers.read_rented(call, answer, "ig")),
    "sms": (Kind.POLL, answers.read_sms),
    "prolonged": (Kind.PAID, answers.read_prolonged),
    "refuse": (Kind.ACTION, lambda call, answer: answers.read_done(call, answer, answers.REFUSE)),
    "delete": (Kind.ACTION, lambda call, answer: data_of(call, answer, answers.DELETE)),
    "listed": (Kind.POLL, answers.read_listed),
}
PRINTED = [value for name, value in vars(prints).items() if name.isupper()]
WORDS = ["status", "data", "msg", "order_id", "phone", "end_time_timestamp", "sms_list", "date", "text", "id"]
WORDS += ["count", "price", "1day", "7day", "vk"]


@pytest.mark.parametrize("name", READERS)
@given(status=STATUSES, body=bodies(PRINTED, WORDS))
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    """No answer crashes a reader, and all text that comes out can be stored."""
    kind, read = READERS[name]
    call = Call(build_records("http://x")[0], name, "/", {"userkey": KEY}, kind)
    judge(read, call, Answer(status, body), "testapikey")
