"""What the tests of the wire share: a misbehaving server, a clock and a door to it."""

import ssl
from collections.abc import AsyncIterator

import pytest

from bot.providers.calls import Kind
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.http import Http, Patience
from bot.providers.registry import build_records
from tests.support.clock import ManualClock
from tests.support.wire import Wire

HASTE = {kind: Patience(connect=0.4, read=0.3, total=0.6) for kind in Kind}
"""Time-outs are the event loop's, so tests that wait for one wait this long."""

TLS = ssl.create_default_context()
"""Made once: reading the list of authorities takes longer than most tests."""


@pytest.fixture
def clock() -> ManualClock:
    """Time that the test turns."""
    return ManualClock()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A server on loopback."""
    async with Wire() as server:
        yield server


@pytest.fixture
async def http(clock: ManualClock) -> AsyncIterator[Http]:
    """An open door with short time-outs."""
    async with Http(clock, HASTE, TLS) as door:
        yield door


@pytest.fixture
def getsms(wire: Wire, http: Http) -> GetSmsV1:
    """The adapter, pointed at the server."""
    return GetSmsV1(build_records(wire.url)[0], http)
