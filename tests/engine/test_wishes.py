"""Cancel, ban and finish are wishes: written down, and asked for until the provider says a final word."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.errors import OutOfDate, TooLateToCancel
from bot.domain.orders import Action, Order, State
from bot.domain.outbox import Notice
from sandbox.getsms import State as Remote
from sandbox.handler_api import HandlerApiSimulator, serve
from sandbox.handler_api.records import Stage
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import ON_BOTH, USER, Builder, World, until
from tests.support.clock import ManualClock

BACK = [
    (Action.CANCEL, "refusenumber", State.CANCELED, Remote.CANCELED),
    (Action.BAN, "bannumber", State.BANNED, Remote.BANNED),
]
back = pytest.mark.parametrize(("action", "method", "state", "remote"), BACK)

NOT_FINAL = ["reset-before", "reset-after", "http-502", "html-200", "429", "internal-error"]


async def press(world: World, order: Order, action: Action) -> Order:
    """Press a button, and wait for the answer to the tap."""
    return await world.while_time_passes(world.engine.actions.act(USER, order.id, action))


@back
@pytest.mark.parametrize("fault", NOT_FINAL)
async def test_what_is_not_final_is_asked_again(
    world: World, action: Action, method: str, state: State, remote: Remote, fault: str
) -> None:
    """Silence, a pause, a fault: the wish stays, its person need not press again, and it comes true."""
    order = await world.buy()
    world.sim.fault(fault, method, times=4)
    await press(world, order, action)
    await world.pass_(180)
    assert (await world.order(order.id)).state is state
    assert world.remote(order).state is remote
    assert await world.notices() == [Notice.GIVEN_BACK]


@back
async def test_the_card_can_say_how_it_stands(
    world: World, action: Action, method: str, state: State, remote: Remote
) -> None:
    """The wish is kept with the number of tries, the provider's last word, and the time of the next try."""
    order = await world.buy()
    world.sim.fault("reset-before", method, times=None)
    after = await press(world, order, action)
    wish = after.wish
    assert wish is not None
    assert (after.state, wish.action, wish.tries, wish.error) == (State.WAITING, action, 3, "unreachable")
    assert wish.next_at is not None
    assert timedelta(seconds=5) < wish.next_at - wish.made_at < timedelta(seconds=60)
    assert (await world.engine.orders.view(USER, order.id)).actions == (Action.KEEP,)
    assert world.remote(order).state not in {remote, state}
    await world.pass_(600)
    asked = world.asked(method)
    assert 8 <= asked <= 20, "it asks on, and ever more seldom"


@back
@pytest.mark.parametrize("applied", [True, False])
async def test_a_wish_survives_a_crash_in_mid_call(
    world: World,
    builder: Builder,
    action: Action,
    method: str,
    state: State,
    remote: Remote,
    applied: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Killed while the provider keeps its answer back, the next start asks for the wish by itself."""
    order = await world.buy()
    world.sim.fault("slow", method, seconds=300, applied=applied)
    tap = asyncio.create_task(world.engine.actions.act(USER, order.id, action))
    await until(lambda: world.asked(method) == 1)
    tap.cancel()
    await asyncio.gather(tap, return_exceptions=True)
    await world.kill()
    async with builder.world() as after:
        await after.start()
        await after.pass_(10)
        assert (await after.order(order.id)).state is state
        assert world.remote(order).state is remote
        assert await after.notices() == [Notice.GIVEN_BACK]


async def test_a_wish_goes_on_after_a_restart(world: World, builder: Builder) -> None:
    """The wait between two tries goes over a restart, and the tries are counted on."""
    order = await world.buy()
    world.sim.fault("reset-before", "refusenumber", times=None)
    await press(world, order, Action.CANCEL)
    await world.kill()
    async with builder.world() as after:
        await after.start()
        await after.pass_(20)
        wish = (await after.order(order.id)).wish
        assert wish is not None
        assert wish.tries > 3
        world.sim.faults.clear()
        await after.pass_(90)
        assert (await after.order(order.id)).state is State.CANCELED


@back
async def test_a_code_ends_the_wish_to_give_back(
    world: World, action: Action, method: str, state: State, remote: Remote
) -> None:
    """A code that comes between two tries is delivered and told as the reason; nothing is given back."""
    order = await world.buy()
    world.sim.fault("reset-before", method, times=None)
    await press(world, order, action)
    world.deliver(order, "code 1")
    await world.pass_(10)
    after = await world.order(order.id)
    assert (after.state, after.wish) == (State.RECEIVED, None)
    assert await world.codes() == ["code 1"]
    assert await world.notices() == [Notice.CODE_FIRST]
    world.sim.faults.clear()
    asked = world.asked(method)
    await world.pass_(120)
    assert world.asked(method) == asked
    assert world.remote(order).state not in {remote, state}


@ON_BOTH
async def test_a_second_press_changes_nothing(world: World) -> None:
    """Whoever presses again while it is asked for sends nothing and moves no try."""
    order = await world.buy()
    world.sim.fault("reset-before", "refusenumber", times=None)
    first = await press(world, order, Action.CANCEL)
    asked = world.asked("refusenumber")
    assert await world.engine.actions.act(USER, order.id, Action.CANCEL) == first
    with pytest.raises(OutOfDate):
        await world.engine.actions.act(USER, order.id, Action.BAN)
    assert world.asked("refusenumber") == asked


async def test_a_wish_can_be_taken_back(world: World) -> None:
    """*Keep it* ends the asking; the number waits for its code, and can be given back later."""
    order = await world.buy()
    world.sim.fault("reset-before", "refusenumber", times=None)
    await press(world, order, Action.CANCEL)
    kept = await world.engine.actions.act(USER, order.id, Action.KEEP)
    assert (kept.state, kept.wish) == (State.WAITING, None)
    asked = world.asked("refusenumber")
    await world.pass_(60)
    assert world.asked("refusenumber") == asked
    with pytest.raises(OutOfDate):
        await world.engine.actions.act(USER, order.id, Action.KEEP)
    world.sim.faults.clear()
    assert (await press(world, order, Action.CANCEL)).state is State.CANCELED


async def test_an_end_between_two_tries_is_the_echo_of_a_lost_one(world: World) -> None:
    """A check that hears "over" while answers to *Cancel* get lost asks at once: canceled, not expired."""
    order = await world.buy()
    world.sim.fault("reset-after", "refusenumber", times=3)
    await press(world, order, Action.CANCEL)
    await world.pass_(6)
    assert (await world.order(order.id)).state is State.CANCELED
    assert await world.notices() == [Notice.GIVEN_BACK]


async def test_the_end_of_the_time_ends_the_wish(world: World) -> None:
    """A provider that is silent until the lifetime is over: told as it is, and asked no more."""
    order = await world.buy()
    world.sim.fault("reset-before", "refusenumber", times=None)
    await press(world, order, Action.CANCEL)
    await world.pass_(17 * 60)
    after = await world.order(order.id)
    assert (after.state, after.wish) == (State.EXPIRED, None)
    asked = len(world.sim.ledger.requests)
    await world.pass_(300)
    assert len(world.sim.ledger.requests) == asked


@pytest.fixture
def sim2(clock: ManualClock) -> HandlerApiSimulator:
    """A house that takes numbers back after two minutes only, and lets orders be finished."""
    return house(clock)


@pytest.fixture
async def street(builder: Builder, sim2: HandlerApiSimulator) -> AsyncIterator[World]:
    """A running engine that knows the house, and a user with a key there."""
    async with serve(sim2) as url, builder.world(further=(record_of("street", url),)) as world:
        await world.start()
        await settle_in(world, "street")
        yield world


async def bought(world: World) -> Order:
    """Buy at the house."""
    [account] = await world.engine.accounts.list(USER)
    return await buy_at(world, account.account.id)


async def test_too_early_is_asked_again(street: World, sim2: HandlerApiSimulator) -> None:
    """EARLY_CANCEL_DENIED is no end: the number goes back as soon as the provider takes it."""
    order = await bought(street)
    sim2.fault("body", "setStatus", body="EARLY_CANCEL_DENIED", times=None)
    after = await street.engine.actions.act(USER, order.id, Action.CANCEL)
    assert after.wish is not None
    assert after.wish.error == "too-early-to-cancel"
    await street.pass_(120)
    assert (await street.order(order.id)).state is State.WAITING
    assert 3 <= sim2.ledger.count("setStatus") <= 6
    sim2.faults.clear()
    await street.pass_(180)
    assert (await street.order(order.id)).state is State.CANCELED
    assert sim2.order(order.remote_id or "").stage is Stage.CANCELED
    assert await street.notices() == [Notice.GIVEN_BACK]


async def test_a_plain_no_is_final(street: World, sim2: HandlerApiSimulator) -> None:
    """What cannot be given back any more is not asked for again; who pressed hears it, the number stays."""
    order = await bought(street)
    sim2.fault("body", "setStatus", body="BAD_STATUS", times=None)
    with pytest.raises(TooLateToCancel):
        await street.engine.actions.act(USER, order.id, Action.CANCEL)
    assert (await street.order(order.id)).wish is None
    asked = sim2.ledger.count("setStatus")
    await street.pass_(120)
    assert sim2.ledger.count("setStatus") == asked
    assert await street.notices() == []


async def test_a_no_after_a_while_is_told(street: World, sim2: HandlerApiSimulator) -> None:
    """Where nobody waits for the answer any more, a plain no comes as a message."""
    order = await bought(street)
    sim2.fault("body", "setStatus", body="EARLY_CANCEL_DENIED")
    await street.engine.actions.act(USER, order.id, Action.CANCEL)
    sim2.fault("body", "setStatus", body="BAD_STATUS", times=None)
    await street.pass_(60)
    after = await street.order(order.id)
    assert (after.state, after.wish, after.error) == (State.WAITING, None, "too-late-to-cancel")
    assert await street.notices() == [Notice.KEPT]


async def test_finishing_is_asked_again(street: World, sim2: HandlerApiSimulator) -> None:
    """*Finish* without an answer comes true later; codes that come meanwhile are delivered."""
    order = await bought(street)
    sim2.deliver(order.remote_id or "", "Your code: 11111")
    await street.pass_(10)
    sim2.fault("reset-before", "setStatus", times=5)
    after = await press(street, order, Action.FINISH)
    assert (after.state, after.wish and after.wish.tries) == (State.RECEIVED, 3)
    sim2.deliver(order.remote_id or "", "Your code: 22222")
    await street.pass_(120)
    assert (await street.order(order.id)).state is State.FINISHED
    assert sim2.order(order.remote_id or "").stage is Stage.FINISHED
    assert "Your code: 11111" in await street.codes()


async def test_a_key_that_was_replaced_is_used_at_once(world: World) -> None:
    """A wish that a rejected key kept from coming true is asked for when there is a new key."""
    order = await world.buy()
    rejected = world.forget_key("demo-key-of-the-user")
    after = await world.engine.actions.act(USER, order.id, Action.CANCEL)
    assert after.wish is not None
    assert after.wish.error == "key-rejected"
    world.know_key(rejected)
    world.engine.accounts._keyring.forget(order.account_id)
    await world.pass_(2, step=1)
    assert (await world.order(order.id)).state is State.CANCELED
