"""A simulated API #2 on a socket, with a key and one shelf, and a client that asks it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.sms_reg import SmsRegSimulator, serve
from tests.sandbox.sms_reg.client import Client
from tests.support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> SmsRegSimulator:
    """A simulator with 100 roubles on one key and five WhatsApp numbers at 2 roubles."""
    sim = SmsRegSimulator(clock=clock)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("whatsapp", "ru", count=5, price="2")
    return sim


@pytest.fixture
async def client(sim: SmsRegSimulator) -> AsyncIterator[Client]:
    """A client of the simulator over a real socket."""
    async with serve(sim) as url, aiohttp.ClientSession() as session:
        yield Client(session, url)
