"""A provider that reports trouble with one number: of that number alone, and perhaps not for good."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.orders import State
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house that says ``STATUS_ERROR_NUMBER`` where a test wants it."""
    return house(clock)


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house."""
    async with serve(sim) as url, builder.world(further=(record_of("street", url),)) as world:
        await world.start()
        yield world


async def test_trouble_with_a_number_is_no_silence_of_its_provider(
    world: World, sim: HandlerApiSimulator
) -> None:
    """The card says what is wrong, the provider counts as up, and an SMS that comes after all is told."""
    account_id = await settle_in(world, "street")
    order = await buy_at(world, account_id)
    sim.fault("body", "getStatus", times=None, body="STATUS_ERROR_NUMBER")
    await world.pass_(10)
    view = await world.engine.orders.find(order.id)
    assert view is not None
    assert (view.order.state, view.order.error, view.silent_since) == (State.WAITING, "number-trouble", None)
    sim.faults.clear()
    sim.deliver(order.remote_id or "", "Your code: 13579", "13579")
    await world.pass_(20)
    assert await world.codes() == ["13579"]
