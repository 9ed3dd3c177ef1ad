"""What SMS-Activate's rent API refuses, what befalls its answers on the way, and what that means."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers import sms_activate_rent_answers as answers
from bot.providers.base import Record
from bot.providers.calls import Answer, Call, Kind
from bot.providers.handler_api_reply import Reply
from bot.providers.handler_api_words import Method
from bot.providers.http import Http
from bot.providers.lease import Held, RentWant
from bot.providers.sms_activate_rent import SmsActivateRent
from tests.providers import sms_activate_rent_prints as prints
from tests.providers.rubbish import STATUSES, bodies, judge
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish

KEY = Key("testapikey")
HELD = Held("1049", "79959707564")
DAY = Period(Unit.DAY, 1)

Ask = Callable[[SmsActivateRent], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "prove": lambda a: a.prove(KEY),
    "countries": lambda a: a.countries(KEY),
    "quotes": lambda a: a.quotes(KEY, "0"),
    "operators": lambda a: a.operators(KEY, "0"),
    "listed": lambda a: a.listed(KEY),
    "sms": lambda a: a.sms(KEY, HELD),
    "cancel": lambda a: a.cancel(KEY, HELD),
    "finish": lambda a: a.finish(KEY, HELD),
    "prolong_price": lambda a: a.prolong_price(KEY, HELD, DAY),
}
PAID: dict[str, Ask] = {
    "getRentNumber": lambda a: a.rent(KEY, RentWant("vk", "0", DAY)),
    "continueRentNumber": lambda a: a.prolong(KEY, HELD, DAY),
}
EVERY = FREE | PAID


@pytest.fixture
def rent(wire: Wire, http: Http) -> SmsActivateRent:
    """The adapter, pointed at the server."""
    return SmsActivateRent(record(wire.url), http)


def record(url: str) -> Record:
    """Return a house at this address."""
    return Record("house", "House", url, "sms_activate_rent", "RUB", "sms_activate", "https://x.org")


async def refused(rent: SmsActivateRent, ask: Ask) -> ProviderError:
    """Return the error that a question ends with."""
    with pytest.raises(ProviderError) as told:
        await ask(rent)
    return told.value


# operation, word, meaning: the tables "POSSIBLE MISTAKES", method by method
PRINTED = [
    ("getRentNumber", "BAD_SERVICE", errors.BadService),
    ("getRentNumber", "NO_BALANCE", errors.LowBalance),
    ("getRentNumber", "NO_NUMBERS", errors.NoNumbers),
    ("getRentNumber", "ACCOUNT_INACTIVE", errors.NoNumbers),
    ("getRentNumber", "SQL_ERROR", errors.OutcomeUnknown),
    ("sms", "NO_ID_RENT", errors.BadRequest),
    ("sms", "INVALID_PHONE", errors.OrderGone),
    ("sms", "STATUS_FINISH", errors.OrderExpired),
    ("sms", "STATUS_CANCEL", errors.OrderClosed),
    ("cancel", "NO_ID_RENT", errors.BadRequest),
    ("cancel", "INCORECT_STATUS", errors.BadRequest),
    ("cancel", "CANT_CANCEL", errors.TooLateToCancel),
    ("cancel", "INVALID_PHONE", errors.OrderGone),
    ("cancel", "ALREADY_FINISH", errors.OrderExpired),
    ("cancel", "ALREADY_CANCEL", errors.OrderClosed),
    ("cancel", "SQL_ERROR", errors.ProviderFault),
    ("finish", "ALREADY_FINISH", errors.OrderExpired),
    ("listed", "BAD_ACTION", errors.BadRequest),
    ("listed", "SQL_ERROR", errors.ProviderFault),
    ("continueRentNumber", "BAD_ACTION", errors.BadRequest),
    ("continueRentNumber", "NO_ID_RENT", errors.BadRequest),
    ("continueRentNumber", "INVALID_TIME", errors.BadPeriod),
    ("continueRentNumber", "MAX_HOURS_EXCEED", errors.BadPeriod),
    ("continueRentNumber", "INVALID_PHONE", errors.OrderGone),
    ("continueRentNumber", "RENT_DIE", errors.OrderExpired),
    ("continueRentNumber", "SERVER_ERROR", errors.OutcomeUnknown),
    ("continueRentNumber", "NO_BALANCE", errors.LowBalance),
    ("prolong_price", "BAD_ACTION", errors.BadRequest),
    ("prolong_price", "NO_ID_RENT", errors.BadRequest),
    ("prolong_price", "INVALID_PHONE", errors.OrderGone),
    ("prolong_price", "INVALID_TIME", errors.BadPeriod),
    ("prolong_price", "RENT_DIE", errors.OrderExpired),
    ("prolong_price", "MAX_HOURS_EXCEED", errors.BadPeriod),
    ("prolong_price", "SERVER_ERROR", errors.ProviderFault),
    # seen
    ("sms", "STATUS_REVOKE", errors.OrderClosed),
    ("getRentNumber", "OUT_OF_STOCK", errors.NoNumbers),
    # in the house's own client
    ("prolong_price", "WRONG_OPERATOR", errors.Refused),
    ("continueRentNumber", "WRONG_OPERATOR", errors.Refused),
]


@pytest.mark.parametrize(("name", "word", "meaning"), PRINTED)
async def test_printed_refusals(
    wire: Wire, rent: SmsActivateRent, name: str, word: str, meaning: type[ProviderError]
) -> None:
    """Each word has its meaning, in JSON as printed and bare as the older half of the language says it."""
    for body in (prints.error(word), word, f"{word}: a sentence"):
        wire.play(reply(body))
        error = await refused(rent, EVERY[name])
        assert type(error) is meaning
        assert error.code == word


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("word", ["BAD_KEY", "NO_KEY"])
async def test_a_rejected_key(wire: Wire, rent: SmsActivateRent, name: str, word: str) -> None:
    """A bare word or JSON: the key is wrong, whatever was asked, and nothing was bought."""
    for body in (word, prints.error(word)):
        wire.play(reply(body))
        assert type(await refused(rent, EVERY[name])) is errors.KeyRejected


@pytest.mark.parametrize("name", ["continueRentNumber", "prolong_price"])
@pytest.mark.parametrize(
    ("info", "longest"),
    [
        ('{"max": 1344}', timedelta(hours=1344)),
        ('{"max": "20"}', timedelta(hours=20)),
        ('{"max": "long"}', None),
        ('{"max": 999999999999}', None),
        ("[]", None),
        ('"*details*"', None),
        ("", None),
    ],
)
async def test_the_longest_time(
    wire: Wire, rent: SmsActivateRent, name: str, info: str, longest: timedelta | None
) -> None:
    """Where the refusal tells how long it may be, so does the error."""
    wire.play(reply(prints.error("MAX_HOURS_EXCEED", info)))
    error = await refused(rent, EVERY[name])
    assert isinstance(error, errors.BadPeriod)
    assert error.longest == longest


@pytest.mark.parametrize("name", EVERY)
async def test_unknown_words_are_no_information(wire: Wire, rent: SmsActivateRent, name: str) -> None:
    """A word that the page does not print closes nothing, and says nothing of what was bought."""
    expected = OutcomeUnknown if name in PAID else Malformed
    for body in (prints.error("STATUS_TIRED"), "STATUS_TIRED", '{"status": "error"}', "STATUS_TIRED:1:2"):
        wire.play(reply(body))
        assert type(await refused(rent, EVERY[name])) is expected


async def test_a_refusal_never_shows_the_key(wire: Wire, rent: SmsActivateRent) -> None:
    """Not even where the provider repeats it."""
    wire.play(reply(prints.error("testapikey: testapikey")))
    error = await refused(rent, PAID["getRentNumber"])
    assert "testapikey" not in f"{error!r} {error} {error.args}"


UGLY: dict[str, tuple[Move, type[ProviderError]]] = {
    "html": (reply("<html><body>Rent</body></html>"), Malformed),
    "empty": (reply(""), Malformed),
    "cut": (cut(prints.LIST), Unreachable),
    "half": (reply(prints.LIST[:60]), Malformed),
    "cut off": (reply(prints.CUT_OFF), Malformed),
    "text": (reply('"success"'), Malformed),
    "pending": (reply('{"status": "pending"}'), Malformed),
    "problem details": (reply('{"status": 502, "title": "Bad gateway"}', 502), Unreachable),
    "502": (reply("<html>502 Bad Gateway</html>", 502), Unreachable),
    "429": (reply('{"message": "Too Many Attempts."}', 429), RateLimited),
    "cloudflare": (reply("error code: 1020", 403), RateLimited),
    "vanish": (vanish, Unreachable),
    "reset": (reset, Unreachable),
    "hang": (hang, Unreachable),
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("ugly", UGLY)
async def test_free_calls_on_a_bad_day(
    wire: Wire, rent: SmsActivateRent, clock: ManualClock, ugly: str, name: str
) -> None:
    """Whatever goes wrong has its name, and none of the names ends an order."""
    move, error = UGLY[ugly]
    wire.play(move)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, FREE[name](rent))
    assert type(told.value) is error


READERS: dict[str, tuple[Kind, Method, Callable[[Reply], Any]]] = {
    "countries": (Kind.READ, answers.GET_COUNTRIES, answers.read_countries),
    "quotes": (Kind.READ, answers.GET_SERVICES, lambda said: answers.read_quotes(said, "0", DAY)),
    "operators": (Kind.READ, answers.GET_SERVICES, answers.read_operators),
    "rented": (Kind.PAID, answers.GET_NUMBER, answers.read_rented),
    "prolonged": (Kind.PAID, answers.CONTINUE, answers.read_rented),
    "listed": (Kind.POLL, answers.GET_LIST, answers.read_listed),
    "sms": (Kind.POLL, answers.GET_STATUS, answers.read_sms),
    "done": (Kind.ACTION, answers.SET_STATUS, answers.read_done),
    "price": (Kind.READ, answers.GET_CONTINUE_PRICE, answers.read_price),
}
WORDS = ["status", "message", "info", "values", "phone", "id", "number", "text", "date", "services", "price"]
WORDS += ["countries", "operators", "cost", "quant", "max", "title", "details", "quantity", "phoneFrom"]
REFUSED = [prints.error(word) for _, word, _ in PRINTED] + [prints.error("MAX_HOURS_EXCEED", '{"max": 9}')]


@pytest.mark.parametrize("name", READERS)
@given(status=STATUSES, body=bodies([*prints.PRINTED, *REFUSED], WORDS))
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    """No answer crashes a reader, all text that comes out can be stored, no order ends without its word."""
    kind, method, read = READERS[name]
    form: dict[str, str | Key] = {"id": "1049", "api_key": KEY}
    call = Call(record("http://x"), name, "/", form, kind)

    def reading(call: Call, answer: Answer) -> Any:
        try:
            return read(Reply(call, answer, method))
        except (errors.OrderClosed, errors.OrderExpired):
            assert any(word in body for word in (b"STATUS_", b"ALREADY_", b"RENT_DIE"))
            raise

    judge(reading, call, Answer(status, body), "testapikey")
