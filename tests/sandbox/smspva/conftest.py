"""A simulated SMSPVA on a socket, with two keys and some shelves, and a client that asks it."""

from collections.abc import AsyncIterator

import pytest

from sandbox.smspva import SmspvaSimulator, serve
from tests.sandbox.smspva.client import Client
from tests.support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> SmspvaSimulator:
    """A simulator with 100 dollars on one key and 1 on another; Russian numbers sleep, British do not."""
    sim = SmspvaSimulator(clock=clock)
    sim.add_key("testapikey", balance="100.00")
    sim.add_key("poor", balance="1.00")
    sim.stock("opt16", "RU", count=7, price="0.5")
    sim.stock("opt29", "RU", count=6, price="1.25")
    sim.stock("opt16", "UK", count=2, price="2")
    return sim


@pytest.fixture
async def client(sim: SmspvaSimulator) -> AsyncIterator[Client]:
    """A client of the simulator over a real socket."""
    async with serve(sim) as url, Client.on(url) as client:
        yield client
