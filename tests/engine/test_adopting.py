"""Adopting: a purchase whose answer was lost is found in the provider's list, as soon as that can be read."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.orders import Order, State
from bot.domain.outbox import Notice
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house that lists what it has sold."""
    return house(clock)


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house."""
    async with serve(sim) as url, builder.world(further=(record_of("street", url),)) as world:
        await world.start()
        yield world


async def lose(world: World, sim: HandlerApiSimulator) -> Order:
    """Buy; the number is sold, and the answer lost."""
    account_id = await settle_in(world, "street")
    sim.fault("reset-after", "getNumberV2")
    sim.fault("reset-after", "getNumber")
    order = await world.while_time_passes(buy_at(world, account_id))
    assert order.state is State.UNCERTAIN
    return order


async def test_a_lost_purchase_is_found_at_once(world: World, sim: HandlerApiSimulator) -> None:
    """What the list shows is adopted, and its code arrives."""
    order = await lose(world, sim)
    await world.pass_(5)
    adopted = await world.order(order.id)
    assert adopted.state is State.WAITING
    assert adopted.remote_id is not None
    sim.deliver(adopted.remote_id, "Your code: 13579")
    await world.pass_(10)
    assert await world.codes() == ["Your code: 13579"]


async def test_a_list_that_fails_first_is_asked_again(world: World, sim: HandlerApiSimulator) -> None:
    """Who loses an answer often loses the next ones: the number is found while its code can still come."""
    sim.fault("http-502", "getActiveActivations", times=None)
    order = await lose(world, sim)
    await world.pass_(60)
    assert (await world.order(order.id)).state is State.UNCERTAIN
    asked = sim.ledger.count("getBalance")
    sim.faults.clear()
    await world.pass_(90)
    assert (await world.order(order.id)).state is State.WAITING
    assert await world.notices() == [Notice.UNCERTAIN]
    assert sim.ledger.count("getBalance") == asked
