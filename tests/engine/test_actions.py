"""The buttons of a card: the number goes back once, a code that is there comes first, losses are survived."""

import asyncio

import pytest

from bot.domain.errors import NotYours, OutOfDate, ProviderError, SmsCameFirst
from bot.domain.orders import Action, State
from sandbox.getsms import State as Remote
from tests.engine.world import STRANGER, USER, World, until

BACK = [
    (Action.CANCEL, "refusenumber", State.CANCELED, Remote.CANCELED),
    (Action.BAN, "bannumber", State.BANNED, Remote.BANNED),
]

back = pytest.mark.parametrize(("action", "method", "state", "remote"), BACK)


@back
async def test_a_number_goes_back(
    world: World, action: Action, method: str, state: State, remote: Remote
) -> None:
    """Cancel and ban end the order here and there, give the money back, and stop the asking."""
    order = await world.buy()
    after = await world.engine.actions.act(USER, order.id, action)
    assert after == await world.order(order.id)
    assert (after.state, world.remote(order).state) == (state, remote)
    assert world.asked(method) == 1
    assert world.sim.key("demo-key-of-the-user").balance == 500
    asked = world.asked("getcode")
    await world.pass_(60)
    assert world.asked("getcode") == asked
    assert await world.notices() == []
    assert [message.order_id for message in await world.told()][-1] == order.id


@back
async def test_a_code_that_is_there_comes_first(
    world: World, action: Action, method: str, state: State, remote: Remote
) -> None:
    """Before a number goes back the provider is asked once more: a code is delivered, nothing ended."""
    order = await world.buy()
    world.deliver(order, "code 1")
    with pytest.raises(SmsCameFirst):
        await world.engine.actions.act(USER, order.id, action)
    assert await world.codes() == ["code 1"]
    assert world.asked(method) == 0
    assert (await world.order(order.id)).state is State.RECEIVED
    assert (world.remote(order).state, state, remote) == (Remote.RECEIVED, state, remote)
    await world.pass_(60)
    assert await world.codes() == ["code 1"]


@back
@pytest.mark.parametrize("fault", ["reset-before", "reset-after", "http-502"])
async def test_a_lost_answer_is_asked_for_again(
    world: World, action: Action, method: str, state: State, remote: Remote, fault: str
) -> None:
    """A number that was given back, answer lost, counts as given back: not as a time that was over."""
    order = await world.buy()
    world.sim.fault(fault, method)
    after = await world.while_time_passes(world.engine.actions.act(USER, order.id, action))
    assert after.state is state
    assert world.remote(order).state is remote
    await world.pass_(60)
    assert (await world.order(order.id)).state is state
    assert await world.notices() == []


@back
async def test_a_poll_during_the_action_does_not_take_it_for_the_end(
    world: World, action: Action, method: str, state: State, remote: Remote
) -> None:
    """While the answer to *Cancel* is on its way, a check that hears "over" says nothing of an expiry."""
    order = await world.buy()
    world.sim.fault("slow", method, seconds=12)
    acting = asyncio.create_task(world.engine.actions.act(USER, order.id, action))
    await until(lambda: world.asked(method) == 1)
    await world.pass_(12, step=1)
    assert (await acting).state is state
    assert world.remote(order).state is remote
    assert await world.notices() == []


@back
async def test_two_taps_give_back_once(
    world: World, action: Action, method: str, state: State, remote: Remote
) -> None:
    """While one tap acts, further ones change nothing and send nothing; the order ends as was wanted."""
    order = await world.buy()
    world.sim.fault("slow", method, seconds=3)
    first = asyncio.create_task(world.engine.actions.act(USER, order.id, action))
    await until(lambda: world.asked(method) == 1)
    asked = len(world.sim.ledger.requests)
    for _ in range(4):
        wished = await world.engine.actions.act(USER, order.id, action)
        assert (wished.state, wished.wish and wished.wish.action) == (State.WAITING, action)
    assert len(world.sim.ledger.requests) == asked
    assert (await world.while_time_passes(first)).state is state
    assert (world.asked(method), world.remote(order).state) == (1, remote)
    assert await world.notices() == []


async def test_an_order_that_is_over_at_the_provider_is_over_here(world: World) -> None:
    """Giving back what has ended there ends it here as expired, and says so."""
    order = await world.buy()
    world.sim.expire(str(order.remote_id))
    after = await world.engine.actions.act(USER, order.id, Action.CANCEL)
    assert after.state is State.EXPIRED
    asked = len(world.sim.ledger.requests)
    await world.pass_(60)
    assert len(world.sim.ledger.requests) == asked


@pytest.mark.parametrize("action", list(Action))
async def test_only_the_owner_acts(world: World, action: Action) -> None:
    """The buttons of somebody else's order do nothing, and nothing is sent."""
    order = await world.buy()
    await world.add_account(STRANGER, "key-of-the-stranger")
    asked = len(world.sim.ledger.requests)
    with pytest.raises(NotYours):
        await world.engine.actions.act(STRANGER, order.id, action)
    assert len(world.sim.ledger.requests) == asked


@pytest.mark.parametrize("action", list(Action))
async def test_an_order_that_never_was_is_out_of_date(world: World, action: Action) -> None:
    """A button made by hand names no order."""
    with pytest.raises(OutOfDate):
        await world.engine.actions.act(USER, 404, action)


async def test_buttons_follow_the_state(world: World) -> None:
    """A card offers what its state allows, and nothing else is carried out."""
    order = await world.buy()
    assert (await world.engine.orders.view(USER, order.id)).actions == (Action.CANCEL, Action.BAN)
    with pytest.raises(OutOfDate):
        await world.engine.actions.act(USER, order.id, Action.RETRY)
    world.deliver(order, "code 1")
    await world.pass_(5)
    assert (await world.engine.orders.view(USER, order.id)).actions == (Action.RETRY,)
    for action in (Action.CANCEL, Action.BAN):
        with pytest.raises(OutOfDate):
            await world.engine.actions.act(USER, order.id, action)
    await world.pass_(16 * 60)
    assert (await world.engine.orders.view(USER, order.id)).actions == ()


async def test_another_sms_that_is_there_already_comes_at_once(world: World) -> None:
    """Asking for another SMS delivers one that waits at the provider in the same breath."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(5)
    world.deliver(order, "code 2")
    after = await world.engine.actions.act(USER, order.id, Action.RETRY)
    assert after.state is State.RECEIVED
    assert await world.codes() == ["code 1", "code 2"]


async def test_another_sms_of_an_order_that_is_over_finishes_it(world: World) -> None:
    """Where the time is over there is no other SMS: the order is finished, its code kept."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(5)
    world.sim.expire(str(order.remote_id))
    after = await world.engine.actions.act(USER, order.id, Action.RETRY)
    assert after.state is State.FINISHED
    assert [sms.text for sms in (await world.engine.orders.view(USER, order.id)).sms] == ["code 1"]


async def test_a_code_that_overtakes_the_action_is_delivered(world: World) -> None:
    """An SMS that a check found while the number was being given back is told, whatever the end is."""
    order = await world.buy()
    world.sim.fault("slow", "refusenumber", seconds=12, applied=False)
    acting = asyncio.create_task(world.engine.actions.act(USER, order.id, Action.CANCEL))
    await until(lambda: world.asked("refusenumber") == 1)
    await world.pass_(2, step=1)
    world.deliver(order, "overtaking")
    await world.pass_(12, step=1)
    with pytest.raises((OutOfDate, ProviderError)):
        await acting
    assert await world.codes() == ["overtaking"]
    assert (await world.order(order.id)).state is State.RECEIVED
