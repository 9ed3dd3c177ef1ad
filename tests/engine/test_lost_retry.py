"""Another SMS was asked for and the answer was lost: at houses that hand out no SMS unasked, too."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.errors import ProviderError, SmsCameFirst
from bot.domain.orders import Action, Order, State
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house without ``FOLLOW_UP``."""
    return house(clock)


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house."""
    async with serve(sim) as url, builder.world(further=(record_of("street", url),)) as world:
        await world.start()
        yield world


@pytest.fixture
async def order(world: World, sim: HandlerApiSimulator) -> Order:
    """An order that has brought its first SMS."""
    order = await buy_at(world, await settle_in(world, "street"))
    await world.pass_(121)
    assert order.remote_id is not None
    sim.deliver(order.remote_id, "Your code: 13579", "13579")
    await world.pass_(10)
    assert await world.codes() == ["13579"]
    return order


async def test_a_lost_wish_for_another_sms_loses_no_code(
    world: World, sim: HandlerApiSimulator, order: Order
) -> None:
    """The house waits again though we have heard nothing of it: the SMS that comes is read and told."""
    sim.fault("reset-after", "setStatus")
    with pytest.raises(ProviderError):
        await world.engine.actions.act(USER, order.id, Action.RETRY)
    assert (await world.order(order.id)).state is State.RECEIVED
    sim.deliver(order.remote_id or "", "Your code: 24680", "24680")
    await world.pass_(60)
    assert await world.codes() == ["13579", "24680"]


async def test_what_ended_at_the_house_ends_here(
    world: World, sim: HandlerApiSimulator, order: Order
) -> None:
    """An order that was completed on the provider's own site is not shown as open until its time is over."""
    sim.answer(
        {"action": "setStatus", "api_key": "key-of-two-houses", "id": order.remote_id or "", "status": "6"},
        "POST",
    )
    await world.pass_(60)
    assert (await world.order(order.id)).state is State.FINISHED
    assert await world.codes() == ["13579"]


async def test_an_sms_that_nobody_read_is_not_asked_away(
    world: World, sim: HandlerApiSimulator, order: Order
) -> None:
    """Asking for another SMS would put the one that lies there behind it: it is told first."""
    sim.fault("reset-after", "setStatus")
    with pytest.raises(ProviderError):
        await world.engine.actions.act(USER, order.id, Action.RETRY)
    sim.deliver(order.remote_id or "", "Your code: 24680", "24680")
    before = sim.ledger.count("setStatus")
    with pytest.raises(SmsCameFirst):
        await world.engine.actions.act(USER, order.id, Action.RETRY)
    assert await world.codes() == ["13579", "24680"]
    assert sim.ledger.count("setStatus") == before
    waiting = await world.engine.actions.act(USER, order.id, Action.RETRY)
    assert waiting.state is State.WAITING_AGAIN
