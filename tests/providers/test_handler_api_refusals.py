"""The houses that speak ``handler_api.php`` when they say no, or nothing that can be understood."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote_plus

import pytest

from bot.domain import errors
from bot.domain.errors import (
    Banned,
    Malformed,
    OutcomeUnknown,
    PriceTooLow,
    ProviderError,
    RateLimited,
    Unreachable,
)
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from tests.providers import handler_api_prints as prints
from tests.providers.handler_api_house import house
from tests.providers.handler_api_refusals import (
    ALL,
    DOCUMENTED,
    EVERYTHING,
    FREE,
    PAID,
    READS,
    REFUSALS,
    SECRET,
    WILD,
)
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, reply, reset, vanish


def talker(wire: Wire, http: Http, name: str = "") -> HandlerApi:
    """Return a house that can do everything."""
    repeat = "getRepeat" if name == "getRepeat" else "getExtraActivation"
    return house(wire, http, capabilities=EVERYTHING, repeat=repeat)


async def refused(clock: ManualClock, ask: Awaitable[Any]) -> ProviderError:
    """Return the error that a call ends with."""
    with pytest.raises(ProviderError) as told:
        await in_time(clock, ask)
    return told.value


STYLES: dict[str, Callable[[str], Move]] = {
    "word": reply,
    "word-400": lambda word: reply(word, 400),
    "sentence": lambda word: reply(f"{word}: So it is\n"),
    "title": lambda word: reply(f'{{"title":"{word}","details":"So it is"}}', 409),
    "message": lambda word: reply(f'{{"status":"error","message":"{word}"}}'),
    "msg": lambda word: reply(f'{{"status":"false","msg":"{word}"}}'),
    "error": lambda word: reply(f'{{"error":"{word}"}}'),
    "false": lambda word: reply(f'{{"status":false,"error":"{word}"}}', 400),
    "quoted": lambda word: reply(f'"{word}"'),
}


@pytest.mark.parametrize(
    ("name", "word", "style"),
    [(name, word, style) for name, word in REFUSALS for style in ("word", "title")]
    + [(name, "BAD_KEY", style) for name in ("getBalance", "getNumber", "setStatus-ban") for style in STYLES],
)
async def test_every_documented_refusal(wire: Wire, http: Http, name: str, word: str, style: str) -> None:
    """A word means what the method's own list says, in every style; a house that broke may have sold."""
    wire.play(STYLES[style](word))
    with pytest.raises(ProviderError) as told:
        await ALL[name](talker(wire, http, name))
    error = told.value
    kind = DOCUMENTED[name][word]
    assert type(error) is (OutcomeUnknown if name in PAID and kind is errors.ProviderFault else kind)
    assert (error.provider, error.code) == ("house", word)
    assert error.text == ("So it is" if style in {"sentence", "title"} else None)
    looked_into = (name, word) == ("setStatus-ready", "BAD_STATUS")
    assert len(wire.heard) == (2 if looked_into else 1)


@pytest.mark.parametrize(("name", "word", "kind"), WILD)
async def test_words_seen(wire: Wire, http: Http, name: str, word: str, kind: type[ProviderError]) -> None:
    """Words of running houses have their names, too."""
    wire.play(reply(word))
    with pytest.raises(ProviderError) as told:
        await ALL[name](talker(wire, http, name))
    assert type(told.value) is kind


@pytest.mark.parametrize(
    ("name", "body", "status", "kind"),
    [
        ("getStatus", prints.HERO_NOT_FOUND, 404, errors.OrderGone),
        ("getStatus", prints.HERO_NOT_ACTIVE, 409, errors.OrderClosed),
        ("setStatus-cancel", prints.HERO_NOT_ACTIVE, 409, errors.OrderClosed),
        ("getPrices", prints.HERO_BAD_SERVICE, 200, errors.BadService),
        ("getBalance", '{"message":"Unauthenticated."}', 401, errors.KeyRejected),
        ("getNumber", '{"title":"UNAUTHORIZED"}', 401, errors.KeyRejected),
        ("getBalance", '{"message":"Too Many Attempts."}', 429, RateLimited),
        ("getNumber", '{"message":"Too Many Attempts."}', 429, OutcomeUnknown),
        ("getBalance", "error code: 1020", 200, RateLimited),
        ("getBalance", "SERVER_ERROR", 500, errors.ProviderFault),
        ("getNumber", "SERVER_ERROR", 500, OutcomeUnknown),
        ("getBalance", prints.HERO_OTP, 409, Malformed),  # the answer to another question
        ("getNumber", prints.HERO_NOT_FOUND, 404, OutcomeUnknown),
        ("getBalance", '{"status":502,"title":"Bad gateway"}', 500, Unreachable),
    ],
)
async def test_bodies_seen(
    wire: Wire, http: Http, name: str, body: str, status: int, kind: type[ProviderError]
) -> None:
    """The newer style tells by status, title and details; what it says elsewhere means nothing here."""
    wire.play(reply(body, status))
    with pytest.raises(ProviderError) as told:
        await ALL[name](talker(wire, http))
    assert type(told.value) is kind


@pytest.mark.parametrize(
    ("move", "minimum"),
    [
        (reply("WRONG_MAX_PRICE:0.09", 400), Decimal("0.09")),
        (reply("WRONG_MAX_PRICE:$min"), None),  # the template
        (reply("WRONG_MAX_PRICE"), None),
        (reply(prints.HERO_WRONG_MAX_PRICE, 400), Decimal("0.1234")),
        (reply('{"title":"WRONG_MAX_PRICE","info":{"min":0}}', 400), Decimal(0)),
        (reply('{"title":"WRONG_MAX_PRICE","info":[]}', 400), None),
    ],
)
async def test_a_price_too_low(wire: Wire, http: Http, move: Move, minimum: Decimal | None) -> None:
    """The least that is accepted is told, where it is told."""
    wire.play(move)
    with pytest.raises(PriceTooLow) as told:
        await PAID["getNumber"](talker(wire, http))
    assert told.value.minimum == minimum


@pytest.mark.parametrize(
    ("move", "until", "text"),
    [
        (reply("BANNED:'2022-06-01 16-59-16'"), None, "2022-06-01 16-59-16"),  # no zone: words, not a time
        (reply("YOU_TEMPORARY_BANNED"), None, None),
        (
            reply(prints.HERO_BANNED, 403),
            datetime(2025, 2, 13, 12, tzinfo=UTC),
            "Account temporarily suspended for this specific country/service pair.",
        ),
        (
            reply('{"title":"BANNED","info":{"readable_date":"2026-02-20T15:00:00+00:00"}}', 403),
            datetime(2026, 2, 20, 15, tzinfo=UTC),
            None,
        ),
        (reply('{"title":"BANNED","info":{"banned_until":99999999999999}}', 403), None, None),
    ],
)
async def test_a_ban(wire: Wire, http: Http, move: Move, until: datetime | None, text: str | None) -> None:
    """When a ban ends is told as a time where that is certain; a time without a zone stays in the words."""
    wire.play(move)
    with pytest.raises(Banned) as told:
        await PAID["getNumber"](talker(wire, http))
    assert (told.value.until, told.value.text) == (until, text)


@pytest.mark.parametrize("name", ALL)
async def test_a_wrong_action_that_is_a_wrong_key(wire: Wire, http: Http, name: str) -> None:
    """Where a record says so, ``BAD_ACTION`` is what a wrong key is told."""
    wire.play(reply("BAD_ACTION"))
    vak = house(wire, http, "vak_sms", capabilities=EVERYTHING, tiers="true")
    with pytest.raises(errors.KeyRejected):
        await ALL[name](vak)


UNREADABLE = {
    "html": reply("<!DOCTYPE html><html><body>Welcome</body></html>"),
    "empty": reply(""),
    "blank": reply(" \n"),
    "no-content": reply("", 202),
    "cut-json": reply('{"status":'),
    "cut-list": reply('[{"activationId": "1", "serviceCode": "vk"'),
    "unknown-word": reply("SOMETHING_NEW"),
    "unknown-word-400": reply("SOMETHING_NEW", 400),
    "known-prefix": reply("NO_NUMBERS_AT_ALL"),
    "lower-case": reply("no_numbers"),
    "word-in-a-sentence": reply("There are NO_NUMBERS"),
    "null": reply("null"),
    "number": reply("200"),
    "unknown-title": reply('{"title":"TEAPOT","details":"short and stout"}', 418),
    "unknown-message": reply('{"status":"error","message":"SOMETHING_NEW"}'),
    "error-without-a-word": reply('{"status":"error"}'),
    "redirect": reply("ACCESS_NUMBER:1:79969817867", 301, Location="/elsewhere"),
    "not-found": reply("<html>404</html>", 404),
    "empty-list-404": reply("[]", 404),
    "success-404": reply("STATUS_OK:1", 404),
    "deep": reply("[" * 100_000),
    "long": reply("A" * 100_000),
    "binary": reply(b"\xff\xfe\x00\x01"),
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("move", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_answer_is_no_information(wire: Wire, http: Http, move: Move, name: str) -> None:
    """What nobody explains is malformed: it is never "no code", never "canceled", never a crash."""
    wire.play(move)
    with pytest.raises(Malformed):
        await FREE[name](talker(wire, http))


@pytest.mark.parametrize("name", PAID)
@pytest.mark.parametrize("move", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_answer_to_a_purchase_is_an_unknown_outcome(
    wire: Wire, http: Http, move: Move, name: str
) -> None:
    """The number may have been bought, so nothing else can be said; and it is not asked for again."""
    wire.play(move)
    with pytest.raises(OutcomeUnknown):
        await PAID[name](talker(wire, http, name))
    assert len(wire.heard) == 1


@pytest.mark.parametrize("name", PAID)
async def test_no_content_is_no_purchase(wire: Wire, http: Http, name: str) -> None:
    """HTTP 204 confirms a status, not a number."""
    wire.play(reply("", 204))
    with pytest.raises(OutcomeUnknown):
        await PAID[name](talker(wire, http, name))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "move",
    [
        reply("<html><head><title>502 Bad Gateway</title></head></html>", 502),
        reply("", 500),
        reply("error code: 521", 521),
        reply("SOMETHING_NEW", 500),
        reply('{"status": 502, "title": "Bad gateway"}', 502),
        reply('{"message": "Server Error"}', 500),
    ],
)
async def test_a_server_that_fails_has_not_answered(
    wire: Wire, http: Http, clock: ManualClock, name: str, move: Move
) -> None:
    """A page of a proxy is not the house's word, even where it is JSON with a title of its own."""
    wire.play(move)
    error = await refused(clock, ALL[name](talker(wire, http, name)))
    assert type(error) is (OutcomeUnknown if name in PAID else Unreachable)
    if name in PAID:
        assert len(wire.heard) == 1


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("move", [vanish, reset, hang, cut("STATUS_WAIT_CODE")])
async def test_a_lost_answer(wire: Wire, http: Http, clock: ManualClock, name: str, move: Move) -> None:
    """A lost answer is a passing trouble for free calls; only reads are repeated for a person who waits."""
    wire.play(move)
    error = await refused(clock, FREE[name](talker(wire, http)))
    assert type(error) is Unreachable
    assert len(wire.heard) <= (3 if name in READS else 2)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("echo", [SECRET, quote_plus(SECRET)])
@pytest.mark.parametrize("style", ["NEW_WORD: {}", "{}", '{{"title":"{}","details":"{}"}}', "BAD_KEY:{}"])
async def test_an_echoed_key_is_not_repeated(
    wire: Wire, http: Http, caplog: pytest.LogCaptureFixture, name: str, echo: str, style: str
) -> None:
    """A house that quotes the key does not get it into errors or logs."""
    caplog.set_level(logging.DEBUG)
    wire.play(reply(style.format(echo, echo), 400))
    with pytest.raises(ProviderError) as told:
        await ALL[name](talker(wire, http, name))
    error = told.value
    shown = "\n".join(
        [*traceback.format_exception(error), str(error), repr(error), repr(vars(error)), caplog.text]
    )
    assert SECRET not in shown
    assert quote_plus(SECRET) not in shown
