"""Both houses on sockets, each with a key and some shelves, and clients that ask them by form."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator, Variant, serve
from tests.sandbox.handler_api.client import KEY, Client
from tests.support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """An SMS-Activate: 100 roubles, WhatsApp at 2 in Russia, Avito that forwards at 12, calls at 5."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, clock)
    sim.add_key(KEY, "100.00")
    sim.stock("wa", "0", 12, "2")
    sim.stock("tg", "0", 6, "3")
    sim.stock("av", "0", 6, "10")
    sim.stock("av", "0", 6, "12", Variant.FORWARD)
    sim.stock("wa", "0", 6, "5", Variant.VOICE)
    return sim


@pytest.fixture
async def client(sim: HandlerApiSimulator) -> AsyncIterator[Client]:
    """A client of the SMS-Activate over a real socket."""
    async with serve(sim) as url, aiohttp.ClientSession() as session:
        yield Client(session, url)


@pytest.fixture
def online(clock: ManualClock) -> HandlerApiSimulator:
    """A GetSMS.ONLINE: 100 roubles, Facebook at 8 in Russia, Avito that forwards at 12."""
    online = HandlerApiSimulator(GETSMS_ONLINE, clock)
    online.add_key(KEY, "100.00")
    online.stock("fb", "ru", 5, "8")
    online.stock("av", "ru", 5, "12", Variant.FORWARD)
    return online


@pytest.fixture
async def buyer(online: HandlerApiSimulator) -> AsyncIterator[Client]:
    """A client of the GetSMS.ONLINE over a real socket."""
    async with serve(online) as url, aiohttp.ClientSession() as session:
        yield Client(session, url)
