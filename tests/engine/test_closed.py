"""Orders that end without the provider saying how: nothing is claimed of the money, no code stays behind."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.orders import Action, Order, State
from bot.domain.outbox import Notice
from sandbox.handler_api import HandlerApiSimulator, Stage, serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house that speaks SMS-Activate's language."""
    return house(clock)


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house."""
    async with serve(sim) as url, builder.world(further=(record_of("street", url),)) as world:
        await world.start()
        yield world


async def bought(world: World) -> Order:
    """Buy a number at the house, whose first two minutes are over."""
    order = await buy_at(world, await settle_in(world, "street"))
    await world.pass_(121)
    return order


async def test_a_closed_order_is_not_called_refunded(world: World, sim: HandlerApiSimulator) -> None:
    """STATUS_CANCEL means canceled or completed: the order is closed, and its notice claims no refund."""
    order = await bought(world)
    sim.world.enter(sim.order(order.remote_id or ""), Stage.CANCELED)
    await world.pass_(10)
    after = await world.order(order.id)
    assert (after.state, after.error) == (State.CLOSED, "order-closed")
    assert await world.notices() == [Notice.CLOSED]


async def test_a_lifetime_that_was_waited_out_is_no_riddle(world: World, sim: HandlerApiSimulator) -> None:
    """Where the provider waited for the SMS up to the end, STATUS_CANCEL after it is that end: expired."""
    order = await bought(world)
    await world.pass_(20 * 60)
    assert sim.order(order.remote_id or "").stage is Stage.CANCELED
    assert (await world.order(order.id)).state is State.EXPIRED
    assert await world.notices() == [Notice.EXPIRED]


async def test_a_code_of_an_order_completed_elsewhere_is_told(world: World, sim: HandlerApiSimulator) -> None:
    """What came and was completed elsewhere with the same key, between two checks, is in the history."""
    order = await bought(world)
    sim.deliver(order.remote_id or "", "Your code is 55555", "55555")
    sim.world.enter(sim.order(order.remote_id or ""), Stage.FINISHED)
    await world.pass_(10)
    assert await world.codes() == ["Your code is 55555"]
    assert (await world.order(order.id)).state is State.FINISHED
    assert await world.notices() == []


async def test_a_code_that_was_told_is_not_told_again_from_the_history(
    world: World, sim: HandlerApiSimulator
) -> None:
    """The history shows the whole text of what a check told as a code: one SMS, one message."""
    order = await bought(world)
    sim.deliver(order.remote_id or "", "Your code is 55555", "55555")
    await world.pass_(10)
    await world.engine.actions.act(USER, order.id, Action.RETRY)
    sim.world.enter(sim.order(order.remote_id or ""), Stage.FINISHED)
    await world.pass_(70)
    assert await world.codes() == ["55555"]
    assert (await world.order(order.id)).state is State.FINISHED


async def test_a_history_that_cannot_be_read_is_asked_again(world: World, sim: HandlerApiSimulator) -> None:
    """The end of an order is believed once it is known that no code stays behind."""
    order = await bought(world)
    sim.deliver(order.remote_id or "", "Your code is 55555", "55555")
    sim.world.enter(sim.order(order.remote_id or ""), Stage.FINISHED)
    sim.fault("http-502", "getHistory", times=4)
    await world.pass_(5)
    assert (await world.order(order.id)).state is State.WAITING
    await world.pass_(120)
    assert await world.codes() == ["Your code is 55555"]


async def test_a_history_that_is_never_told_keeps_no_order_open_for_ever(
    world: World, sim: HandlerApiSimulator
) -> None:
    """Half an hour after the lifetime the order ends all the same, and nothing is claimed."""
    order = await bought(world)
    sim.world.enter(sim.order(order.remote_id or ""), Stage.FINISHED)
    sim.fault("http-502", "getHistory", times=None)
    await world.pass_(55 * 60, step=10)
    after = await world.order(order.id)
    assert (after.state, after.error) == (State.CLOSED, "no-answer")


@pytest.mark.parametrize("action", [Action.CANCEL, Action.BAN])
async def test_giving_back_what_the_provider_no_longer_knows_ends_it(
    world: World, sim: HandlerApiSimulator, action: Action
) -> None:
    """NO_ACTIVATION to the first try, with no SMS seen, is an end and no error; no refund is claimed."""
    order = await bought(world)
    sim.fault("body", "setStatus", body="NO_ACTIVATION", applied=True)
    after = await world.engine.actions.act(USER, order.id, action)
    assert (after.state, after.error) == (State.CLOSED, "order-gone")


async def test_a_code_comes_before_such_an_end(world: World, sim: HandlerApiSimulator) -> None:
    """What was completed elsewhere just before *Cancel* delivers its code."""
    order = await bought(world)
    sim.deliver(order.remote_id or "", "Your code is 55555", "55555")
    sim.world.enter(sim.order(order.remote_id or ""), Stage.FINISHED)
    after = await world.engine.actions.act(USER, order.id, Action.CANCEL)
    assert after.state is State.FINISHED
    assert await world.codes() == ["Your code is 55555"]


async def test_a_completion_after_a_lost_try_is_no_refund(world: World, sim: HandlerApiSimulator) -> None:
    """ACCESS_ACTIVATION after a lost answer says that the order was completed: not *canceled*."""
    order = await bought(world)
    sim.fault("reset-before", "setStatus")
    acting = world.engine.actions.act(USER, order.id, Action.CANCEL)
    sim.fault("body", "setStatus", body="ACCESS_ACTIVATION", applied=True)
    after = await world.while_time_passes(acting)
    assert (after.state, after.error) == (State.CLOSED, "order-closed")
