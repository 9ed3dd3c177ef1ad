"""A simulated Get-SMS on a socket, with a key and one shelf, and a client that asks it by form."""

from collections.abc import AsyncIterator

import pytest

from sandbox.getsms import GetSmsSimulator, serve
from tests.sandbox.getsms.client import Client
from tests.sandbox.getsms.rent_client import RentClient
from tests.support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> GetSmsSimulator:
    """A simulator with 100 roubles on one key and five WhatsApp numbers at 2 roubles."""
    sim = GetSmsSimulator(clock=clock)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("wapp", "ru", count=5, price="2")
    return sim


@pytest.fixture
async def client(sim: GetSmsSimulator) -> AsyncIterator[Client]:
    """A client of the simulator over a real socket."""
    async with serve(sim) as url, Client.on(url) as client:
        yield client


@pytest.fixture
async def renter(sim: GetSmsSimulator) -> AsyncIterator[RentClient]:
    """A client of the rent API with 100 roubles; three WhatsApp numbers at 10 roubles a day."""
    sim.stock_rent("wa", "ru", count=3, price="10")
    async with serve(sim) as url, RentClient.on(url) as renter:
        assert isinstance(renter, RentClient)
        yield renter
