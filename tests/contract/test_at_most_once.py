"""A call that costs money is sent once: the provider reads it, its answer is lost, nobody claims to know.

The server's end is a bare socket; see ``tests/contract/paid_calls.py`` for the table of calls.
"""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.domain.errors import OutcomeUnknown, ProviderError
from bot.providers.activations import Activations
from bot.providers.calls import Kind
from bot.providers.http import Http, Patience
from bot.providers.registry import PROTOCOLS, RENTALS
from bot.providers.rentals import Rentals
from tests.contract.paid_calls import WAYS, PaidCall, documented, overridden, paid_calls
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Move, Wire, cut, hang, raw, reply, reset, vanish

HASTE = {kind: Patience(connect=0.4, read=0.2, total=0.4) for kind in Kind}
TLS = httpx.create_ssl_context()
CALLS = {str(call): call for call in paid_calls()}
BY_GET = {"smspva"}
"""Protocols whose documents allow nothing else; all others are asked by POST."""

LOST: dict[str, Move] = {
    "vanish": vanish,
    "reset": reset,
    "hang": hang,
    "half an answer": cut('{"status":1,"data":{"id":"10'),
    "half a head": raw(b"HTTP/1.1 2"),
    "empty": reply(""),
    "half a JSON": reply('{"status":1,"data":{"id":"10'),
    "lists for values": reply('{"status":["1"],"response":["1"],"tzid":["1"],"data":["1"]}'),
    "a page": reply("<!DOCTYPE html><title>Numbers</title>"),
    "500": reply("", 500),
    "502": reply("<html>502 Bad Gateway</html>", 502),
    "problem details": reply('{"status":502,"title":"Bad gateway"}', 502),
    "429": reply('{"message":"Too Many Attempts."}', 429),
    "429 with a pause": reply("", 429, Retry_After="7"),
    "cloudflare": reply("error code: 1020", 403),
}
"""What can become of an answer; the provider has read the request each time, and may have sold."""


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A provider's end of the wire."""
    async with Wire() as server:
        yield server


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still unless somebody waits for it."""
    return ManualClock()


@pytest.fixture
async def http(clock: ManualClock) -> AsyncIterator[Http]:
    """A door with short time-outs."""
    async with Http(clock, HASTE, TLS) as door:
        yield door


@pytest.mark.parametrize("side", [Activations, Rentals])
def test_every_paid_call_has_a_way(side: type[Activations | Rentals]) -> None:
    """What an abstract class documents as paid is played here, and nothing else."""
    assert documented(side) == set(WAYS[side])


@pytest.mark.parametrize(
    ("side", "protocol", "adapter"),
    [(Activations, *item) for item in PROTOCOLS.items()] + [(Rentals, *item) for item in RENTALS.items()],
)
def test_every_paid_call_of_every_adapter_is_played(
    side: type[Activations | Rentals], protocol: str, adapter: type
) -> None:
    """An adapter has no paid call that no shipped provider offers: it would go untested."""
    assert overridden(side, adapter) == {call.name for call in CALLS.values() if call.protocol == protocol}


@pytest.mark.parametrize("kept", [False, True], ids=["new", "kept"])
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("lost", LOST)
async def test_a_paid_call_is_sent_once(
    wire: Wire, http: Http, clock: ManualClock, name: str, lost: str, *, kept: bool
) -> None:
    """On a new and on a kept connection it is sent once, by the verb of its document, and is uncertain."""
    call = CALLS[name]
    adapter = call.adapter(http, wire.url)
    if kept:
        await _fail(call, wire, http)
    wire.play(LOST[lost])
    with pytest.raises(OutcomeUnknown):
        await in_time(clock, call.make(adapter))
    assert [heard.connection for heard in wire.heard] == ([1, 1] if kept else [1])
    assert wire.heard[-1].method == ("GET" if call.protocol in BY_GET else "POST")


async def _fail(call: PaidCall, wire: Wire, http: Http) -> None:
    """Have the call answered once, so that its connection is kept."""
    wire.play(reply("{}"))
    with pytest.raises(ProviderError):
        await call.make(call.adapter(http, wire.url))
