"""What SMSPVA refuses, what befalls its answers on the way, and what that means."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError, RateLimited, Unreachable
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers import smspva_answers as answers
from bot.providers.base import Record
from bot.providers.calls import Answer, Call, Kind
from bot.providers.http import Http
from bot.providers.lease import Held, RentWant
from bot.providers.smspva import Smspva
from bot.providers.smspva_envelope import data_of
from tests.providers import smspva_prints as prints
from tests.providers.rubbish import STATUSES, Reader, bodies, judge
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish

KEY = Key("yourapikeyhere")
WEEK = Period(Unit.WEEK, 1)
HELD = Held("123", "79096037108")
WANT = RentWant("opt6", "RU", WEEK)

Ask = Callable[[Smspva], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "prove": lambda a: a.prove(KEY),
    "countries": lambda a: a.countries(KEY),
    "quotes": lambda a: a.quotes(KEY, "RU"),
    "operator": lambda a: a.quotes(KEY, "RU", operator="MTS"),
    "operators": lambda a: a.operators(KEY, "RU"),
    "stock": lambda a: a.stock(KEY, "RU"),
    "listed": lambda a: a.listed(KEY),
    "sms": lambda a: a.sms(KEY, HELD),
    "delete": lambda a: a.delete(KEY, HELD),
    "activate": lambda a: a.activate(KEY, HELD),
    "archive": lambda a: a.archive(KEY, skip=0, take=10),
    "restore_price": lambda a: a.restore_price(KEY, "123"),
}
PAID: dict[str, Ask] = {
    "create": lambda a: a.rent(KEY, WANT),
    "create_multi": lambda a: a.rent_several(KEY, WANT, ("opt6", "opt7")),
    "prolong": lambda a: a.prolong(KEY, HELD, WEEK),
    "add_service_to_order": lambda a: a.add_service(KEY, HELD, "opt89"),
    "restore_user": lambda a: a.restore(KEY, "123"),
}


def record(url: str) -> Record:
    """Return SMSPVA at this address, without its limits: no test waits for a turn."""
    return Record("smspva", "SMSPVA", url, "smspva", "USD", "smspva", "https://smspva.com")


@pytest.fixture
def smspva(wire: Wire, http: Http) -> Smspva:
    """The adapter, pointed at the server."""
    return Smspva(record(wire.url), http)


async def refused(smspva: Smspva, ask: Ask) -> ProviderError:
    """Return the error that a question ends with."""
    with pytest.raises(ProviderError) as told:
        await ask(smspva)
    return told.value


def failed(message: str) -> Move:
    """Return the answer of a failed request."""
    return reply('{"status":0,"msg":"' + message + '"}')


MEANINGS = {
    "NOAVAILDAYS": errors.NotRepeatable,
    "NOTOWNER": errors.OrderGone,
    "NOREMOTEDATA": errors.OrderGone,
    "NOORDERCOUNTRY": errors.ProviderFault,
    "DATEDIFFINVERT": errors.StillRunning,
    "NOSERVICEDATA": errors.ProviderFault,
    "NOBALANCE": errors.LowBalance,
    "the user had not this order": errors.OrderGone,
    "Service not found": errors.ProviderFault,
    "Balance is not enough": errors.LowBalance,
}


def test_every_printed_refusal_is_looked_at() -> None:
    """The list of the pages and the list here are the same."""
    assert MEANINGS.keys() == prints.RESTORE_REFUSALS.keys()


@pytest.mark.parametrize("ask", [FREE["restore_price"], PAID["restore_user"]], ids=["price", "restore"])
@pytest.mark.parametrize("word", MEANINGS)
async def test_refusals_of_a_restoration(wire: Wire, smspva: Smspva, word: str, ask: Ask) -> None:
    """Each is known by its word, by the whole line, and by the sentence alone."""
    sentence = prints.RESTORE_REFUSALS[word]
    for message in (word, f"{word}: {sentence}", sentence):
        wire.play(failed(message))
        assert type(await refused(smspva, ask)) is MEANINGS[word]


async def test_an_amount_in_a_refusal(wire: Wire, smspva: Smspva) -> None:
    """The sum that is missing follows the sentence, and the person reads it."""
    wire.play(failed("NOBALANCE: Your balance is not enough for restoring rental order. Today need 2.4"))
    error = await refused(smspva, PAID["restore_user"])
    assert type(error) is errors.LowBalance
    assert error.code == "NOBALANCE"
    assert error.text == "Your balance is not enough for restoring rental order. Today need 2.4"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (prints.NO_DAYS_SEEN, errors.NotRepeatable),
        (prints.NO_SERVICE_SEEN, errors.BadService),
        (prints.TOO_MANY_SEEN, RateLimited),
        (prints.NO_KEY_SEEN, errors.KeyRejected),
        ('{"status":0,"msg":"API KEY NOT FOUND!"}', errors.KeyRejected),
        ('{"status":"0","msg":"service not found"}', errors.BadService),
        ('{"status":0,"msg":"Incorrect method"}', errors.BadRequest),
    ],
)
async def test_refusals_as_seen(wire: Wire, smspva: Smspva, body: str, error: type[ProviderError]) -> None:
    """Words and bare sentences that the servers were seen to send."""
    wire.play(reply(body))
    assert type(await refused(smspva, FREE["listed"])) is error


@pytest.mark.parametrize("name", ["create", "create_multi"])
async def test_incorrect_method_means_no_numbers(wire: Wire, smspva: Smspva, name: str) -> None:
    """When renting, the servers say "Incorrect method" where there are no numbers."""
    wire.play(failed("Incorrect method"))
    assert type(await refused(smspva, PAID[name])) is errors.NoNumbers


@pytest.mark.parametrize("name", [*FREE, *PAID])
async def test_unknown_refusals_are_told_in_the_vendor_s_words(wire: Wire, smspva: Smspva, name: str) -> None:
    """Status 0 means that it failed, whatever the reason: nothing was bought, nothing is over."""
    wire.play(failed("Something <new>"))
    error = await refused(smspva, (FREE | PAID)[name])
    assert type(error) is errors.Refused
    assert (error.code, error.text) == (None, "Something <new>")


async def test_refusals_without_a_message(wire: Wire, smspva: Smspva) -> None:
    """A failure without a reason is a failure all the same."""
    wire.play(reply('{"status":0}'))
    assert type(await refused(smspva, PAID["create"])) is errors.Refused
    wire.play(reply('{"status":1,"data":false}'))
    assert type(await refused(smspva, PAID["restore_user"])) is errors.Refused


async def test_a_refusal_never_shows_the_key(wire: Wire, smspva: Smspva) -> None:
    """Not even where the provider repeats it."""
    wire.play(failed("NOKEY yourapikeyhere: yourapikeyhere"))
    error = await refused(smspva, PAID["create"])
    assert "yourapikeyhere" not in f"{error!r} {error} {error.args}"


UGLY: dict[str, tuple[Move, type[ProviderError]]] = {
    "html": (reply("<html><body>Rent</body></html>"), Malformed),
    "empty": (reply(""), Malformed),
    "204": (reply("", 204), Malformed),
    "cut": (cut(prints.ORDERS), Unreachable),
    "half": (reply(prints.ORDERS[:60]), Malformed),
    "list": (reply("[]"), Malformed),
    "word": (reply("HELLO"), Malformed),
    "other status": (reply('{"status":2,"data":[]}'), Malformed),
    "truth for a status": (reply('{"status":true,"data":[]}'), Malformed),
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
    wire: Wire, smspva: Smspva, clock: ManualClock, ugly: str, name: str
) -> None:
    """Whatever goes wrong has its name, and none of the names ends an order."""
    move, error = UGLY[ugly]
    wire.play(move)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, FREE[name](smspva))
    assert type(told.value) is error


READERS: dict[str, tuple[Kind, Reader]] = {
    "countries": (Kind.READ, answers.read_countries),
    "quotes": (Kind.READ, lambda call, answer: answers.read_quotes(call, answer, "RU", WEEK)),
    "operator": (Kind.READ, lambda call, answer: answers.read_quotes(call, answer, "RU", WEEK, "MTS")),
    "operators": (Kind.READ, answers.read_operators),
    "stock": (Kind.READ, answers.read_stock),
    "rented": (Kind.PAID, answers.read_rented),
    "listed": (Kind.POLL, answers.read_listed),
    "sms": (Kind.POLL, answers.read_sms),
    "done": (Kind.ACTION, data_of),
    "added": (Kind.PAID, answers.read_done),
    "prolonged": (Kind.PAID, answers.read_prolonged),
    "archive": (Kind.READ, answers.read_archive),
    "restore_price": (Kind.READ, answers.read_restore_price),
    "restored": (Kind.PAID, answers.read_restored),
}
PRINTED = [value for name, value in vars(prints).items() if name.isupper() and isinstance(value, str)]
WORDS = ["status", "data", "msg", "id", "pnumber", "ccode", "until", "text", "date", "services", "SmsList"]
WORDS += ["count", "price_day", "service", "Amount", "Total", "allOperators", "orderId", "number", "code"]


@pytest.mark.parametrize("name", READERS)
@given(status=STATUSES, body=bodies(PRINTED, WORDS))
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    """No answer crashes a reader, and all text that comes out can be stored."""
    kind, read = READERS[name]
    call = Call(record("http://x"), name, "/", {"id": "123", "apikey": KEY}, kind, method="GET")
    judge(read, call, Answer(status, body), "yourapikeyhere")


@given(st.text())
def test_any_message(message: str) -> None:
    """Whatever the reason of a failure, it is a refusal and never news of an order's end by accident."""
    call = Call(record("http://x"), "sms", "/", {"apikey": KEY}, Kind.POLL, method="GET")
    with pytest.raises(errors.Refused) as told:
        data_of(call, Answer(200, json.dumps({"status": 0, "msg": message}).encode()))
    assert type(told.value) is errors.Refused
