"""The door: what is repeated, what is not, and what every failure is called."""

import asyncio
import gc
import logging
import socket
import ssl
import traceback
import zlib
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from yarl import _url as yarl_caches

from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.secrets import Key
from bot.providers.base import Limits, Record
from bot.providers.calls import Call, Kind
from bot.providers.http import BODY_LIMIT, Http
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, raw, reply, reset, vanish

SECRET = "s3cret/k+y&that=must never show"
FREE = [Kind.POLL, Kind.READ, Kind.ACTION]


def record_of(url: str, **limits: Any) -> Record:
    """Return a record for a server."""
    return Record("wire", "Wire", url, "none", "RUB", "none", url, Limits(**limits))


def call_of(wire: Wire, kind: Kind, method: str = "POST") -> Call:
    """Return a call with a key in it."""
    form: dict[str, str | Key] = {"method": "anything", "userkey": Key(SECRET)}
    return Call(record_of(wire.url), "test", "/api/", form, kind, method)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("kind", Kind)
async def test_a_call_is_a_form_by_post(wire: Wire, http: Http, kind: Kind) -> None:
    """Fields travel in the body, the URL is bare, and the bot says who it is."""
    wire.play(reply("fine", X_Any="thing"))
    answer = await http.send(call_of(wire, kind))
    assert (answer.status, answer.body, answer.headers["x-any"]) == (200, b"fine", "thing")
    (heard,) = wire.heard
    assert (heard.method, heard.target) == ("POST", "/api/")
    assert heard.form == {"method": "anything", "userkey": SECRET}
    assert heard.headers["content-type"] == "application/x-www-form-urlencoded"
    assert heard.headers["user-agent"].startswith("codebell/")
    assert heard.headers["host"] == wire.url.removeprefix("http://")


@pytest.mark.parametrize("kind", Kind)
async def test_a_get_carries_its_fields_in_the_url(wire: Wire, http: Http, kind: Kind) -> None:
    """Where a document allows GET alone, every character of a field arrives as it was."""
    wire.play(reply("fine"))
    await http.send(call_of(wire, kind, "GET"))
    (heard,) = wire.heard
    assert (heard.method, heard.path, heard.body) == ("GET", "/api/", b"")
    assert heard.query == {"method": "anything", "userkey": SECRET}


@pytest.mark.parametrize("kind", Kind)
async def test_no_url_with_a_key_is_kept(wire: Wire, http: Http, kind: Kind) -> None:
    """URLs of aiohttp's come from a cache where they are made from texts; those with a key are not."""
    wire.play(reply("fine"))
    await http.send(call_of(wire, kind, "GET"))
    caches = yarl_caches.encode_url, yarl_caches.pre_encoded_url, yarl_caches.from_parts
    tables = [held for cache in caches for held in gc.get_referents(cache) if isinstance(held, dict)]
    kept = [str(key) for table in tables for key in table]
    assert any("/api/" in key for key in kept) or kind is Kind.PAID  # the look is not blind
    assert not any("s3cret" in key for key in kept)


@pytest.mark.parametrize("kind", Kind)
async def test_connections_are_kept(wire: Wire, http: Http, kind: Kind) -> None:
    """Two calls in a row share a connection."""
    wire.play(reply("fine"))
    await http.send(call_of(wire, kind))
    await http.send(call_of(wire, kind))
    assert [heard.connection for heard in wire.heard] == [1, 1]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", [204, 301, 400, 401, 403, 404, 500, 521])
async def test_any_status_is_handed_over(wire: Wire, http: Http, kind: Kind, status: int) -> None:
    """Vendors put meaning under any status, so the door judges none of these; redirects are not followed."""
    wire.play(reply("" if status == 204 else "words", status, Location="/elsewhere"))
    assert (await http.send(call_of(wire, kind))).status == status
    assert len(wire.heard) == 1


async def test_cookies_are_not_kept(wire: Wire, http: Http) -> None:
    """One user's session at a provider never meets another user's key."""
    wire.play(reply("fine", Set_Cookie="session=1; Path=/"))
    for kind in Kind:
        await http.send(call_of(wire, kind))
        await http.send(call_of(wire, kind))
    assert all("cookie" not in heard.headers for heard in wire.heard)


@pytest.mark.parametrize("kind", Kind)
async def test_compressed_bodies_are_undone(wire: Wire, http: Http, kind: Kind) -> None:
    """A body in a content encoding arrives plain."""
    wire.play(reply(zlib.compress(b"plain words"), Content_Encoding="deflate"))
    assert (await http.send(call_of(wire, kind))).body == b"plain words"


@pytest.mark.parametrize("kind", FREE)
async def test_an_endless_body_is_malformed(wire: Wire, http: Http, kind: Kind) -> None:
    """Reading stops at the limit, compressed or not, and is not tried again."""
    wire.play(
        reply(b"x" * (BODY_LIMIT + 1)),
        reply(zlib.compress(b"x" * BODY_LIMIT * 2), Content_Encoding="deflate"),
    )
    for _ in range(2):
        with pytest.raises(Malformed) as told:
            await http.send(call_of(wire, kind))
        assert told.value.code == "too-large"
    assert len(wire.heard) == 2


async def test_an_endless_body_after_a_purchase_is_an_unknown_outcome(wire: Wire, http: Http) -> None:
    """The purchase may stand behind it."""
    wire.play(reply(b"x" * (BODY_LIMIT + 1)))
    with pytest.raises(OutcomeUnknown):
        await http.send(call_of(wire, Kind.PAID))


@pytest.mark.parametrize("failure", [vanish, reset, cut("half"), raw(b"\x00nonsense\r\n\r\n"), hang])
async def test_a_read_is_tried_three_times(wire: Wire, http: Http, clock: ManualClock, failure: Move) -> None:
    """A person who waits for prices does not see one broken connection, nor two."""
    wire.play(failure, failure, reply("third"))
    answer = await in_time(clock, http.send(call_of(wire, Kind.READ)))
    assert answer.body == b"third"
    assert len(wire.heard) == 3
    wire.play(failure)
    with pytest.raises(Unreachable):
        await in_time(clock, http.send(call_of(wire, Kind.READ)))
    assert len(wire.heard) == 6


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_read_outlasts_a_gateway_in_trouble(
    wire: Wire, http: Http, clock: ManualClock, status: int
) -> None:
    """Passing statuses are tried again; the last answer is handed over, for its body may say more."""
    wire.play(reply("", status), reply("", status), reply("fine"))
    assert (await in_time(clock, http.send(call_of(wire, Kind.READ)))).body == b"fine"
    wire.play(reply("sorry", status))
    assert (await in_time(clock, http.send(call_of(wire, Kind.READ)))).status == status
    assert len(wire.heard) == 6


class NotingClock(ManualClock):
    """A clock that remembers how long others slept by it."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Note the length and sleep."""
        self.slept.append(seconds)
        await super().sleep(seconds)


async def test_delays_grow_and_differ(wire: Wire) -> None:
    """Between tries time passes, twice as much before the third, and never the same for two callers."""
    wire.play(reply("", 502))
    clock = NotingClock()
    async with Http(clock) as http:
        for _ in range(5):
            await in_time(clock, http.send(call_of(wire, Kind.READ)))
    assert all(0.4 <= first <= 0.8 for first in clock.slept[::2])
    assert all(0.8 <= second <= 1.6 for second in clock.slept[1::2])
    assert len(set(clock.slept)) == 10


async def test_the_hosts_own_delay_beats_the_formula(wire: Wire, http: Http, clock: ManualClock) -> None:
    """``Retry-After`` on 503 is waited for; one that nobody would sit through ends the tries."""
    wire.play(reply("", 503, Retry_After="7"), reply("fine"))
    task = asyncio.ensure_future(http.send(call_of(wire, Kind.READ)))
    await clock.until_asleep()
    await clock.advance(6.9)
    assert len(wire.heard) == 1
    await clock.advance(0.1)
    assert (await task).body == b"fine"
    wire.play(reply("", 503, Retry_After="120"))
    assert (await http.send(call_of(wire, Kind.READ))).status == 503
    assert len(wire.heard) == 3


@pytest.mark.parametrize("failure", [vanish, reset])
async def test_a_poll_survives_a_connection_that_was_let_go(wire: Wire, http: Http, failure: Move) -> None:
    """A lost connection costs a poll nothing the first time, and no time: a code may be waiting."""
    wire.play(failure, reply("code"))
    assert (await http.send(call_of(wire, Kind.POLL))).body == b"code"
    wire.play(failure)
    with pytest.raises(Unreachable):
        await http.send(call_of(wire, Kind.POLL))
    assert len(wire.heard) == 4


@pytest.mark.parametrize(
    ("kind", "failure"),
    [(Kind.POLL, hang), *((Kind.ACTION, failure) for failure in (vanish, reset, hang, cut("half")))],
)
async def test_other_free_calls_are_sent_once(wire: Wire, http: Http, kind: Kind, failure: Move) -> None:
    """A silent poll comes back by itself, and repeating an action is the person's decision."""
    wire.play(failure)
    with pytest.raises(Unreachable):
        await http.send(call_of(wire, kind))
    assert len(wire.heard) == 1


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("kept", [False, True], ids=["new", "kept"])
@pytest.mark.parametrize(
    "failure", [vanish, reset, hang, cut("half"), raw(b"HTTP/1.1 2"), raw(b"\x00\r\n\r\n")]
)
async def test_a_paid_call_is_sent_at_most_once(
    wire: Wire, http: Http, failure: Move, *, kept: bool, method: str
) -> None:
    """The provider read the purchase, its answer is lost: it is not sent again, and nobody claims to know."""
    if kept:
        wire.play(reply("fine"))
        await http.send(call_of(wire, Kind.PAID, method))
        wire.heard.clear()
    wire.play(failure)
    with pytest.raises(OutcomeUnknown):
        await http.send(call_of(wire, Kind.PAID, method))
    assert [heard.connection for heard in wire.heard] == [1]


async def test_a_connection_that_breaks_before_the_request_proves_nothing(wire: Wire, http: Http) -> None:
    """Once there was a connection, a paid call may have gone out."""
    wire.refuses = True
    with pytest.raises(OutcomeUnknown):
        await http.send(call_of(wire, Kind.PAID))


@pytest.mark.parametrize("kind", Kind)
async def test_nobody_listens(http: Http, clock: ManualClock, kind: Kind) -> None:
    """A refused connection is the one proof that nothing was bought."""
    url = f"http://127.0.0.1:{free_port()}"
    call = Call(record_of(url), "test", "/", {"userkey": Key(SECRET)}, kind)
    with pytest.raises(Unreachable) as told:
        await in_time(clock, http.send(call))
    assert told.value.code == "not-connected"


@pytest.mark.parametrize("kind", [Kind.PAID, Kind.ACTION])
async def test_a_name_that_does_not_resolve(http: Http, kind: Kind) -> None:
    """An unknown host was never connected to."""
    call = Call(record_of("http://nowhere.invalid"), "test", "/", {"userkey": Key(SECRET)}, kind)
    with pytest.raises(Unreachable):
        await http.send(call)


@pytest.mark.parametrize("kind", [Kind.PAID, Kind.ACTION])
async def test_a_host_that_does_not_speak_tls(wire: Wire, http: Http, kind: Kind) -> None:
    """A failed TLS handshake means that no request was sent."""
    wire.otherwise = reply("fine")
    call = replace(call_of(wire, kind), record=record_of(wire.url.replace("http://", "https://")))
    with pytest.raises(Unreachable):
        await http.send(call)
    assert wire.heard == []


async def test_both_transports_verify_certificates(clock: ManualClock) -> None:
    """One TLS context serves both ways, and by itself it checks names and chains."""
    async with Http(clock) as http:
        for pair in (http._trusted, http._guarded):
            assert isinstance(pair.free._session.connector, aiohttp.TCPConnector)
            assert pair.free._session.connector._ssl is http._tls
            assert pair.paid._transport._pool._ssl_context is http._tls
        assert http._tls.verify_mode is ssl.CERT_REQUIRED
        assert http._tls.check_hostname


@pytest.mark.parametrize("kind", FREE)
@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (reply("slow down", 429), 60),
        (reply("slow down", 429, Retry_After="17"), 17),
        (reply("slow down", 429, Retry_After="0"), 1),
        (reply("<title>Attention Required! | Cloudflare</title>", 403), 60),
        (reply("denied", 403, CF_Mitigated="challenge"), 60),
        (reply("error code: 1020", 403), 60),
        (reply("error code: 1015\n", 200), 60),
    ],
)
async def test_a_host_that_asks_for_quiet_gets_it(
    wire: Wire, http: Http, clock: ManualClock, kind: Kind, refusal: Move, seconds: float
) -> None:
    """The refusal is not tried again, and until the pause is over nothing is sent, whoever asks."""
    wire.play(refusal, reply("fine"))
    with pytest.raises(RateLimited) as told:
        await http.send(call_of(wire, kind))
    assert told.value.retry_after == seconds
    if seconds > 2:
        for other in Kind:
            with pytest.raises(RateLimited) as told:
                await http.send(call_of(wire, other))
            assert told.value.retry_after == seconds
        assert len(wire.heard) == 1
    await clock.advance(seconds)
    assert (await http.send(call_of(wire, kind))).body == b"fine"


@pytest.mark.parametrize("refusal", [reply("slow down", 429), reply("error code: 1020", 403)])
async def test_a_purchase_that_met_a_limit_is_an_unknown_outcome(
    wire: Wire, http: Http, refusal: Move
) -> None:
    """No document says that such a refusal precedes the purchase; the host is left alone all the same."""
    wire.play(refusal)
    with pytest.raises(OutcomeUnknown):
        await http.send(call_of(wire, Kind.PAID))
    with pytest.raises(RateLimited):  # this one was never sent, which is certain
        await http.send(call_of(wire, Kind.PAID))
    assert len(wire.heard) == 1


async def test_an_ordinary_refusal_is_not_a_limit(wire: Wire, http: Http) -> None:
    """A vendor's own 403 and a repeated HTTP status are not Cloudflare's."""
    wire.play(reply('{"status": 401}', 403), reply("error code: 502", 502))
    assert (await http.send(call_of(wire, Kind.POLL))).status == 403
    assert (await http.send(call_of(wire, Kind.POLL))).status == 502


async def test_records_of_one_host_share_its_limits(wire: Wire, http: Http, clock: ManualClock) -> None:
    """Two providers behind one host slow each other down."""
    wire.play(reply("fine"))
    first = replace(record_of(wire.url, requests_per_second=1.0), slug="first")
    second = replace(record_of(wire.url), slug="second")
    for record in (first, second):
        task = asyncio.ensure_future(http.send(replace(call_of(wire, Kind.READ), record=record)))
        await asyncio.wait({task, asyncio.ensure_future(clock.until_asleep())}, return_when="FIRST_COMPLETED")
    assert len(wire.heard) == 1
    await clock.advance(1)
    await task
    assert len(wire.heard) == 2


async def test_a_cancelled_call_gives_its_slot_back(wire: Wire, http: Http) -> None:
    """Whoever gives up does not block the host for others."""
    wire.play(hang, reply("fine"))
    call = replace(call_of(wire, Kind.ACTION), record=record_of(wire.url, at_once=1))
    task = asyncio.ensure_future(http.send(call))
    await wire.until_heard()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await http.send(call)).body == b"fine"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize(
    "failure",
    [
        vanish,
        reset,
        hang,
        cut(SECRET),
        reply(SECRET, 429),
        raw(SECRET.encode() + b"\r\n\r\n"),
        reply(SECRET * 10**6),
    ],
)
async def test_the_key_stays_in_the_request(
    *,
    wire: Wire,
    http: Http,
    clock: ManualClock,
    caplog: pytest.LogCaptureFixture,
    kind: Kind,
    method: str,
    failure: Move,
) -> None:
    """No error, nor its causes, nor any log line tells the key, even where the provider echoes it."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "httpcore")  # as in production: it would quote broken status lines
    wire.play(failure)
    call = call_of(wire, kind, method)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, http.send(call))
    error = told.value
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = "\n".join(
        [*traceback.format_exception(error), repr(error), repr(vars(error)), repr(call), caplog.text]
    )
    for shape in (SECRET, "s3cret", "must%20never", "must+never"):
        assert shape not in shown
