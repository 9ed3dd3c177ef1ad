"""The Get-SMS adapter when the answer is no, or is no answer: every table of the page, everything ugly."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote_plus

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.secrets import Key
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.trade import Want, Watched
from tests.providers import getsms_prints as prints
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish

SECRET = "test+api/key 1"
KEY = Key(SECRET)
FRESH = Watched("377253343")
READ_ONCE = Watched("377253343", "377253343")

Ask = Callable[[GetSmsV1], Awaitable[Any]]
Table = dict[int, type[ProviderError]]

READS: dict[str, Ask] = {
    "getbalance": lambda getsms: getsms.balance(KEY),
    "getcount": lambda getsms: getsms.quotes(KEY, country="ru"),
    "getallcount": lambda getsms: getsms.quotes(KEY, service="tg"),
}
OTHERS: dict[str, Ask] = {
    "getcode": lambda getsms: getsms.check(KEY, FRESH),
    "wrongcode": lambda getsms: getsms.check(KEY, READ_ONCE),
    "wrongcode-retry": lambda getsms: getsms.retry(KEY, READ_ONCE),
    "refusenumber": lambda getsms: getsms.cancel(KEY, FRESH),
    "bannumber": lambda getsms: getsms.ban(KEY, FRESH),
}
FREE = READS | OTHERS
PAID: dict[str, Ask] = {"getnumber": lambda getsms: getsms.buy(KEY, Want("vk", "ru"))}
ALL = FREE | PAID

_ALWAYS: Table = {401: errors.KeyRejected, 404: errors.BadRequest}
_WRONG_CODE: Table = _ALWAYS | {
    500: errors.OrderExpired,
    501: errors.BadRequest,
    502: errors.ProviderFault,
    504: errors.NoSmsYet,
    505: errors.OrderGone,
    506: errors.BadRequest,
}
_CLOSING: Table = _ALWAYS | {500: errors.OrderExpired, 502: errors.ProviderFault, 506: errors.BadRequest}
TABLES: dict[str, Table] = {
    "getbalance": _ALWAYS | {500: errors.ProviderFault},
    "getcount": _ALWAYS | {500: errors.ProviderFault},
    "getallcount": _ALWAYS | {502: errors.ProviderFault},
    "getnumber": _ALWAYS
    | {
        500: errors.NoNumbers,
        502: errors.BadService,
        503: errors.BadOperator,
        504: errors.LowBalance,
        505: errors.BadCountry,
        506: errors.Banned,
        507: errors.Maintenance,
    },
    "getcode": _ALWAYS
    | {
        500: errors.OrderExpired,
        502: errors.ProviderFault,
        504: errors.LowBalance,
        505: errors.OrderGone,
        506: errors.BadRequest,
    },
    "wrongcode": _WRONG_CODE,
    "wrongcode-retry": _WRONG_CODE,
    "refusenumber": _CLOSING,
    "bannumber": _CLOSING,
}
REFUSALS = [(name, status) for name, table in TABLES.items() for status in table]


def refusal(status: int, text: str = "So it is", http: int = 200) -> Move:
    """Return an answer that says no in the page's envelope."""
    return reply(f'{{"status": {status}, "data": {{"msg": "{text}"}}}}', http)


async def refused(clock: ManualClock, ask: Awaitable[Any]) -> ProviderError:
    """Return the error that a call ends with."""
    with pytest.raises(ProviderError) as told:
        await in_time(clock, ask)
    return told.value


@pytest.mark.parametrize("as_http", [False, True], ids=["http-200", "http-same"])
@pytest.mark.parametrize(("name", "status"), REFUSALS)
async def test_every_documented_refusal(
    wire: Wire, getsms: GetSmsV1, clock: ManualClock, name: str, status: int, *, as_http: bool
) -> None:
    """A status means what the method's own table says, whatever the HTTP status; the words travel along."""
    wire.play(refusal(status, http=status if as_http else 200))
    error = await refused(clock, ALL[name](getsms))
    assert type(error) is TABLES[name][status]
    assert (error.provider, error.code, error.text) == ("getsms", str(status), "So it is")
    tries = 3 if name in READS and as_http and status in {502, 503, 504} else 1
    assert len(wire.heard) == tries


@pytest.mark.parametrize(
    ("name", "printed", "kind"),
    [
        ("getcount", prints.COUNT_FAILED, errors.ProviderFault),
        ("getnumber", prints.NO_NUMBER, errors.NoNumbers),
    ],
)
async def test_printed_refusals(
    wire: Wire, getsms: GetSmsV1, name: str, printed: str, kind: type[ProviderError]
) -> None:
    """The two refusals that the page prints in full."""
    wire.play(reply(printed))
    with pytest.raises(kind) as told:
        await ALL[name](getsms)
    assert told.value.text is not None
    assert f'"msg": "{told.value.text}"' in printed


UNREADABLE = {
    "html": reply("<!DOCTYPE html><html><body>Welcome</body></html>"),
    "empty": reply(""),
    "cut-json": reply(prints.NUMBER[:60]),
    "word": reply("NO_NUMBERS"),
    "list": reply("[[]]"),
    "number": reply("200"),
    "null": reply("null"),
    "no-status": reply('{"data": {"order_id": "1", "phone": "79969817867", "code": "1"}}'),
    "status-null": reply('{"status": null, "data": {}}'),
    "status-true": reply('{"status": true, "data": {}}'),
    "data-text": reply('{"status": 200, "data": "fine"}'),
    "data-null": reply('{"status": 200, "data": null}'),
    "deep": reply("[" * 100_000),
    "long-number": reply('{"status": ' + "9" * 10_000 + "}"),
    "unknown-status": refusal(999),
    "redirect": reply("", 301, Location="/elsewhere"),
    "not-found": reply("<html>404</html>", 404),
    "foreign-json": reply('{"status": 504, "title": "Gateway timeout"}', 404),
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("move", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_answer_is_no_information(
    wire: Wire, getsms: GetSmsV1, move: Move, name: str
) -> None:
    """What does not follow the page is malformed: it is never "no code", never "canceled", never a crash."""
    wire.play(move)
    with pytest.raises(Malformed):
        await FREE[name](getsms)


@pytest.mark.parametrize("move", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_answer_to_a_purchase_is_an_unknown_outcome(
    wire: Wire, getsms: GetSmsV1, move: Move
) -> None:
    """The number may have been bought, so nothing else can be said."""
    wire.play(move)
    with pytest.raises(OutcomeUnknown):
        await PAID["getnumber"](getsms)
    assert len(wire.heard) == 1


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "move",
    [
        reply("<html>502 Bad Gateway</html>", 502),
        reply("", 500),
        reply("error code: 521", 521),
        reply('{"status": 502, "title": "Bad gateway"}', 502),
        reply('{"status": 504, "type": "about:blank"}', 504),
    ],
)
async def test_a_server_that_fails_has_not_answered(
    wire: Wire, getsms: GetSmsV1, clock: ManualClock, name: str, move: Move
) -> None:
    """A page of a proxy is not the provider's word, even where it is JSON with a status of its own."""
    wire.play(move)
    error = await refused(clock, ALL[name](getsms))
    assert type(error) is (OutcomeUnknown if name in PAID else Unreachable)


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("move", [vanish, reset, hang, cut(prints.NUMBER)])
async def test_a_lost_answer(wire: Wire, getsms: GetSmsV1, clock: ManualClock, name: str, move: Move) -> None:
    """A lost answer is a passing trouble for free calls."""
    wire.play(move)
    assert type(await refused(clock, FREE[name](getsms))) is Unreachable


@pytest.mark.parametrize("name", FREE)
async def test_too_many_requests(wire: Wire, getsms: GetSmsV1, name: str) -> None:
    """A limit is told with the pause that the host wants."""
    wire.play(reply("{}", 429, Retry_After="9"))
    with pytest.raises(RateLimited) as told:
        await FREE[name](getsms)
    assert (told.value.provider, told.value.retry_after) == ("getsms", 9)


@pytest.mark.parametrize("status", [401, 500, 999])
async def test_the_vendors_words_are_bearable(wire: Wire, getsms: GetSmsV1, status: int) -> None:
    """A sentence is one line of at most 300 characters; without one there is none."""
    wire.play(refusal(status, "very\\n long " * 100), reply(f'{{"status": {status}, "data": []}}'))
    with pytest.raises(ProviderError) as told:
        await FREE["getbalance"](getsms)
    assert told.value.text is not None
    assert len(told.value.text) == 300
    assert "\n" not in told.value.text
    with pytest.raises(ProviderError) as told:
        await FREE["getbalance"](getsms)
    assert told.value.text is None


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("status", [401, 998, SECRET])
@pytest.mark.parametrize("echo", [SECRET, quote_plus(SECRET)])
async def test_an_echoed_key_is_not_repeated(
    wire: Wire,
    getsms: GetSmsV1,
    caplog: pytest.LogCaptureFixture,
    name: str,
    status: int | str,
    echo: str,
) -> None:
    """A provider that quotes the key, in its words or as its code, does not get it into errors or logs."""
    caplog.set_level(logging.DEBUG)
    wire.play(reply(f'{{"status": "{status}", "data": {{"msg": "Wrong key {echo}!"}}}}'))
    with pytest.raises(ProviderError) as told:
        await ALL[name](getsms)
    error = told.value
    assert error.text == "Wrong key …!"
    shown = "\n".join(
        [*traceback.format_exception(error), str(error), repr(error), repr(vars(error)), caplog.text]
    )
    assert SECRET not in shown
    assert quote_plus(SECRET) not in shown
