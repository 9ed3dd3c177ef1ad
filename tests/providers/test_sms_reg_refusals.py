"""The sms-reg adapter when the answer is no, or is no answer: every word of the page, everything ugly."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.secrets import Key
from bot.providers.http import Http
from bot.providers.sms_reg import SmsReg
from bot.providers.trade import Want, Watched
from tests.providers import sms_reg_prints as prints
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish

SECRET = "test+api/key 1"
KEY = Key(SECRET)
ORDER = Watched("1234567")

Ask = Callable[[SmsReg], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getBalance": lambda online: online.balance(KEY),
    "getState": lambda online: online.check(KEY, ORDER),
    "getState-number": lambda online: online.number(KEY, ORDER),
    "setReady": lambda online: online.ready(KEY, ORDER),
    "setOperationRevise": lambda online: online.retry(KEY, ORDER),
    "setOperationUsed": lambda online: online.ban(KEY, ORDER),
    "setOperationOk": lambda online: online.finish(KEY, ORDER),
}
PAID: dict[str, Ask] = {
    "getNum": lambda online: online.buy(KEY, Want("telegram", "ru")),
    "getNumRepeat": lambda online: online.repeat(KEY, ORDER, phone="79251234567", service="telegram"),
}
ALL = FREE | PAID

WORDS: dict[str, type[ProviderError]] = {
    "ERROR_NO_KEY": errors.KeyRejected,
    "ERROR_WRONG_KEY": errors.KeyRejected,
    "WARNING_LOW_BALANCE": errors.LowBalance,
    "WARNING_NO_NUMS": errors.NoNumbers,
    "WARNING_WAIT15MIN": RateLimited,
}
SENTENCES: dict[str, type[ProviderError]] = {
    "Service not define": errors.BadService,
    "There is no TZID value": errors.OrderGone,
    "There is no COUNTRY value": errors.BadRequest,
    "There is no %param% value": errors.BadRequest,
}


@pytest.fixture
def online(wire: Wire, http: Http) -> SmsReg:
    """The adapter, pointed at the server."""
    return SmsReg(replace(prints.RECORD, url=wire.url), http)


async def refused(clock: ManualClock, ask: Awaitable[Any]) -> ProviderError:
    """Return the error that a call ends with."""
    with pytest.raises(ProviderError) as told:
        await in_time(clock, ask)
    return told.value


def test_every_printed_word_is_tried() -> None:
    """What the page lists under "Errors" is in the tables of these tests, placeholders and all."""
    tried = {*WORDS, *SENTENCES, "%mn% to this TZID not applicable"}
    assert set(prints.ERROR_WORDS) <= tried


@pytest.mark.parametrize("http_status", [200, 400, 500])
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("word", WORDS)
async def test_every_documented_word(
    wire: Wire, online: SmsReg, clock: ManualClock, name: str, word: str, http_status: int
) -> None:
    """A word means the same in every method, whatever the HTTP status."""
    wire.play(reply(prints.error(word), http_status))
    error = await refused(clock, ALL[name](online))
    assert type(error) is WORDS[word]
    assert (error.provider, error.code, error.text) == ("getsms-online", word, None)
    assert len(wire.heard) == 1


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("sentence", SENTENCES)
async def test_every_documented_sentence(
    wire: Wire, online: SmsReg, clock: ManualClock, name: str, sentence: str
) -> None:
    """A sentence is compared whole and travels along."""
    wire.play(reply(prints.error(sentence)))
    error = await refused(clock, ALL[name](online))
    assert type(error) is SENTENCES[sentence]
    assert (error.code, error.text) == (None, sentence)


@pytest.mark.parametrize("name", ["getBalance", "getState", "getNum"])
async def test_a_method_that_is_not_applicable(
    wire: Wire, online: SmsReg, clock: ManualClock, name: str
) -> None:
    """Where no state of an order can explain it, our request was wrong."""
    wire.play(reply(prints.error("%mn% to this TZID not applicable")))
    assert type(await refused(clock, ALL[name](online))) is errors.BadRequest


@pytest.mark.parametrize(
    ("body", "error", "code", "text"),
    [
        (prints.error("ERROR_WRONG_KEY: try another"), errors.KeyRejected, "ERROR_WRONG_KEY", "try another"),
        (prints.error("Service not define: xy"), errors.BadService, None, "Service not define: xy"),
        ('{"response":"WARNING_LOW_BALANCE"}', errors.LowBalance, "WARNING_LOW_BALANCE", None),
        (prints.LOW_BALANCE, errors.LowBalance, "WARNING_LOW_BALANCE", None),
    ],
)
async def test_words_in_other_places(
    wire: Wire, online: SmsReg, body: str, error: type[ProviderError], code: str | None, text: str | None
) -> None:
    """A word counts up to its colon, and may stand where the state stands."""
    wire.play(reply(body))
    with pytest.raises(ProviderError) as told:
        await PAID["getNum"](online)
    assert type(told.value) is error
    assert (told.value.code, told.value.text) == (code, text)


async def test_a_quarter_of_an_hour(wire: Wire, online: SmsReg) -> None:
    """The word names the pause that it wants."""
    wire.play(reply(prints.error("WARNING_WAIT15MIN")))
    with pytest.raises(RateLimited) as told:
        await PAID["getNum"](online)
    assert told.value.retry_after == 900


UNREADABLE = {
    "html": reply("<!DOCTYPE html><html><body>Welcome</body></html>"),
    "empty": reply(""),
    "cut-json": reply(prints.ORDER[:20]),
    "word": reply("ERROR_WRONG_KEY"),
    "list": reply("[[]]"),
    "two-states": reply(f"[{prints.state('TZ_NUM_WAIT')},{prints.state('TZ_NUM_WAIT')}]"),
    "no-states": reply("[]"),
    "number": reply("1"),
    "null": reply("null"),
    "no-response": reply('{"tzid":"1","balance":"1","number":"79251234567","msg":"1"}'),
    "response-null": reply('{"response":null,"tzid":"1"}'),
    "response-true": reply('{"response":true,"tzid":"1","balance":"1"}'),
    "response-list": reply('{"response":["1"],"tzid":["1"]}'),
    "unknown-word": reply('{"response":"TZ_ON_HOLIDAY","tzid":"1"}'),
    "unknown-sentence": reply(prints.error("The moon is full")),
    "printed-error": reply(prints.ERROR),
    "printed-state": reply(prints.STATE),
    "error-without-words": reply('{"response":"ERROR"}'),
    "error-null": reply('{"response":"ERROR","error_msg":null}'),
    "known-word-in-a-sentence": reply(prints.error("Not ERROR_WRONG_KEY")),
    "deep": reply("[" * 100_000),
    "long-number": reply('{"response": ' + "9" * 10_000 + "}"),
    "redirect": reply("", 301, Location="/elsewhere"),
    "not-found": reply("<html>404</html>", 404),
    "foreign-json": reply('{"status":504,"title":"Gateway timeout"}', 404),
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("move", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_answer_is_no_information(
    wire: Wire, online: SmsReg, move: Move, name: str
) -> None:
    """What does not follow the page is malformed: it is never "no code", never an end, never a crash."""
    wire.play(move)
    with pytest.raises(Malformed):
        await FREE[name](online)


@pytest.mark.parametrize("name", PAID)
@pytest.mark.parametrize(
    "move",
    [
        *UNREADABLE.values(),
        reply("", 204),
        reply(prints.DONE),
        reply('{"response":"1","tzid":null}'),
        reply('{"response":"1","tzid":"12 34"}'),
        reply(prints.state("TZ_NUM_PREPARE")),
    ],
    ids=[*UNREADABLE, "204", "no-id", "id-null", "id-with-blanks", "a-state"],
)
async def test_an_unreadable_answer_to_a_purchase_is_an_unknown_outcome(
    wire: Wire, online: SmsReg, move: Move, name: str
) -> None:
    """The number may have been bought, so nothing else can be said."""
    wire.play(move)
    with pytest.raises(OutcomeUnknown):
        await PAID[name](online)
    assert len(wire.heard) == 1


@pytest.mark.parametrize("name", ["getBalance", "getState", "getState-number"])
async def test_nothing_is_no_state(wire: Wire, online: SmsReg, name: str) -> None:
    """An empty success means something for actions alone."""
    wire.play(reply("", 204))
    with pytest.raises(Malformed):
        await FREE[name](online)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "move",
    [
        reply("<html>502 Bad Gateway</html>", 502),
        reply("", 500),
        reply("error code: 521", 521),
        reply('{"status":504,"type":"about:blank"}', 504),
    ],
)
async def test_a_server_that_fails_has_not_answered(
    wire: Wire, online: SmsReg, clock: ManualClock, name: str, move: Move
) -> None:
    """A page of a proxy is not the provider's word."""
    wire.play(move)
    error = await refused(clock, ALL[name](online))
    assert type(error) is (OutcomeUnknown if name in PAID else Unreachable)


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("move", [vanish, reset, hang, cut(prints.ORDER)])
async def test_a_lost_answer(wire: Wire, online: SmsReg, clock: ManualClock, name: str, move: Move) -> None:
    """A lost answer is a passing trouble for free calls."""
    wire.play(move)
    assert type(await refused(clock, FREE[name](online))) is Unreachable


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "move",
    [
        reply("{}", 429, Retry_After="9"),
        reply("error code: 1020", 403),
        reply("<html>Cloudflare", 403),
    ],
)
async def test_too_many_requests(wire: Wire, online: SmsReg, name: str, move: Move) -> None:
    """A limit is a pause for free calls; of a purchase nobody claims to know more."""
    wire.play(move)
    with pytest.raises(OutcomeUnknown if name in PAID else RateLimited):
        await ALL[name](online)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "body",
    [
        '{{"response":"ERROR","error_msg":"Wrong key {echo}!"}}',
        '{{"response":"ERROR","error_msg":"{echo}"}}',
        '{{"response":"ERROR","error_msg":"Service not define: {echo}"}}',
        '{{"response":"{echo}"}}',
    ],
)
@pytest.mark.parametrize("echo", [SECRET, quote_plus(SECRET)])
async def test_an_echoed_key_is_not_repeated(
    wire: Wire, online: SmsReg, caplog: pytest.LogCaptureFixture, name: str, body: str, echo: str
) -> None:
    """A provider that quotes the key, in its words or as its state, does not get it into errors or logs."""
    caplog.set_level(logging.DEBUG)
    wire.play(reply(body.format(echo=echo)))
    with pytest.raises(ProviderError) as told:
        await ALL[name](online)
    error = told.value
    shown = "\n".join(
        [*traceback.format_exception(error), str(error), repr(error), repr(vars(error)), caplog.text]
    )
    assert SECRET not in shown
    assert quote_plus(SECRET) not in shown
