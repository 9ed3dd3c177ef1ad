"""Auto-cancel: a number without a code is given back before its end, as its person has set."""

import pytest
from sqlalchemy import Integer, String, literal, update

from bot.domain.orders import Action, Order, State
from bot.domain.outbox import Notice
from bot.storage.tables import OrderRow, SettingsRow
from sandbox.getsms import State as Remote
from sandbox.handler_api import serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import CARD, USER, Builder, WallClock, World
from tests.support.clock import ManualClock

MINUTES = 5
UNTIL_THEN = (15 - MINUTES) * 60


@pytest.fixture
async def bought(world: World) -> Order:
    """A number of somebody who has set five minutes."""
    await world.engine.auto_cancel.set(USER, MINUTES)
    return await world.buy()


async def test_a_number_without_a_code_goes_back_in_time(world: World, bought: Order) -> None:
    """Not before its time, and within seconds of it; a message says why, and the money is back."""
    await world.pass_(UNTIL_THEN - 15)
    assert (await world.order(bought.id)).state is State.WAITING
    await world.pass_(30)
    assert (await world.order(bought.id)).state is State.CANCELED
    assert world.remote(bought).state is Remote.CANCELED
    assert await world.notices() == [Notice.AUTO_CANCELED]


async def test_off_is_the_rule(world: World) -> None:
    """Without the setting nothing is given back, and it can be switched off again."""
    order = await world.buy()
    await world.engine.auto_cancel.set(USER, MINUTES)
    await world.engine.auto_cancel.set(USER, None)
    await world.pass_(14 * 60)
    assert (await world.order(order.id)).state is State.WAITING


async def test_the_setting_is_each_persons_own(world: World, bought: Order) -> None:
    """Somebody else's number is left alone."""
    await world.add_account(2002, "key-of-the-other")
    view = await world.offer(user_id=2002)
    card = {**CARD, "chat_id": 2002}
    other = await world.engine.purchase.confirm(2002, view.draft.token, **card)
    await world.pass_(14 * 60)
    assert (await world.order(bought.id)).state is State.CANCELED
    assert (await world.order(other.id)).state is State.WAITING


@pytest.mark.parametrize("minutes", ["soon", 10**15])
async def test_a_setting_that_cannot_be_read_stops_nobody_elses(
    world: World, bought: Order, minutes: object
) -> None:
    """Others' numbers go back in time; the one that it is about stays, and is put aside."""
    await world.add_account(2002, "key-of-the-other")
    await world.engine.auto_cancel.set(2002, MINUTES)
    view = await world.offer(user_id=2002)
    other = await world.engine.purchase.confirm(2002, view.draft.token, **{**CARD, "chat_id": 2002})
    async with world.database.write() as tx:
        spoilt = literal(minutes, String() if isinstance(minutes, str) else Integer())
        await tx.execute(
            update(SettingsRow).where(SettingsRow.user_id == 2002).values(auto_cancel_minutes=spoilt)
        )
    await world.pass_(UNTIL_THEN + 15)
    assert (await world.order(bought.id)).state is State.CANCELED
    assert (await world.order(other.id)).state is State.WAITING
    assert world.rows("SELECT source, ref FROM faults") == [("order", str(other.id))]


async def test_an_order_that_cannot_be_read_stops_no_other(world: World, bought: Order) -> None:
    """Numbers behind it go back in time; it is put aside."""
    later = await world.buy()
    async with world.database.write() as tx:
        await tx.execute(update(OrderRow).where(OrderRow.id == bought.id).values(deal="theft"))
    await world.pass_(UNTIL_THEN + 15)
    assert (await world.order(later.id)).state is State.CANCELED
    assert ("order", str(bought.id)) in world.rows("SELECT source, ref FROM faults")


async def test_a_number_with_a_code_stays(world: World, bought: Order) -> None:
    """Once a code has come there is nothing to give back, be it in the last moment."""
    world.deliver(bought, "code 1")
    await world.pass_(14 * 60)
    assert world.asked("refusenumber") == 0
    assert await world.codes() == ["code 1"]
    assert await world.notices() == []


async def test_a_code_at_the_last_look_is_no_news_of_a_cancel(world: World, bought: Order) -> None:
    """A code that the last look finds is told as a code: nobody had asked for the number to go back."""
    await world.pass_(UNTIL_THEN - 15)
    check = world.engine.watch.checks.find(bought.id)
    assert check is not None
    world.engine.scheduler.remove(check)
    world.deliver(bought, "code 1")
    await world.pass_(30)
    assert (await world.order(bought.id)).state is State.RECEIVED
    assert await world.codes() == ["code 1"]
    assert await world.notices() == []


async def test_it_is_done_after_a_restart_over_its_time(
    world: World, bought: Order, builder: Builder
) -> None:
    """The setting and the deadline are in the database: a bot that was down at the moment does it late."""
    await world.pass_(60)
    await world.kill()
    world.clock.skip(UNTIL_THEN)
    async with builder.world() as after:
        await after.start()
        await after.pass_(30)
        assert (await after.order(bought.id)).state is State.CANCELED


async def test_too_early_is_asked_again(builder: Builder, clock: ManualClock) -> None:
    """EARLY_CANCEL_DENIED does not end it: the number goes back before its end, over a restart too."""
    sim = house(clock)
    async with serve(sim) as url:
        further = (record_of("street", url),)
        async with builder.world(further=further) as world:
            account_id = await settle_in(world, "street")
            await world.engine.auto_cancel.set(USER, MINUTES)
            await world.start()
            order = await buy_at(world, account_id)
            sim.fault("body", "setStatus", body="EARLY_CANCEL_DENIED", times=None)
            await world.pass_(16 * 60)
            wish = (await world.order(order.id)).wish
            assert wish is not None
            assert (wish.is_auto, wish.error, wish.tries > 0) == (True, "too-early-to-cancel", True)
        sim.faults.clear()
        async with builder.world(further=further) as after:
            await after.start()
            await after.pass_(60)
            assert (await after.order(order.id)).state is State.CANCELED
            assert await after.notices() == [Notice.AUTO_CANCELED]


async def test_what_was_taken_back_is_spared(world: World, bought: Order) -> None:
    """*Keep it* holds: no auto-cancel wishes the same again."""
    world.sim.fault("reset-before", "refusenumber", times=None)
    await world.pass_(UNTIL_THEN + 15)
    kept = await world.engine.actions.act(USER, bought.id, Action.KEEP)
    assert kept.wish is None
    world.sim.faults.clear()
    await world.pass_(120)
    after = await world.order(bought.id)
    assert (after.state, after.wish) == (State.WAITING, None)


async def test_setting_the_clock_gives_nothing_back(builder: Builder, clock: ManualClock) -> None:
    """A wall clock that jumps ahead brings no end nearer."""
    wall = WallClock(clock)
    async with builder.world(clock=wall) as world:
        await world.add_account()
        await world.engine.auto_cancel.set(USER, MINUTES)
        await world.start()
        order = await world.buy()
        wall.off += world.engine.watch._providers.limits("getsms").lifetime
        await world.pass_(120)
        assert (await world.order(order.id)).state is State.WAITING
