"""Watching: every code once, every end told, and no statement for a poll without news."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.domain.orders import Action, State
from bot.domain.outbox import Kind, Notice
from tests.engine.world import STRANGER, USER, Builder, WallClock, World


async def test_a_code_arrives_once(world: World) -> None:
    """An SMS becomes one message in the owner's chat at the next check, however often it is read again."""
    order = await world.buy()
    await world.pass_(20)
    assert await world.codes() == []
    world.deliver(order, "Your code is 12345", "12345")
    await world.pass_(5)
    [message] = [message for message in await world.told() if message.kind is Kind.CODE]
    assert (message.chat_id, message.user_id, message.order_id) == (USER, USER, order.id)
    after = await world.order(order.id)
    assert (after.state, after.last_sms_id) == (State.RECEIVED, order.remote_id)
    await world.pass_(300)
    assert await world.codes() == ["Your code is 12345"]


async def test_a_code_for_a_card_in_a_group_is_told_there_and_to_the_owner(world: World) -> None:
    """The chat of the card and the owner's own chat both hear of the code."""
    view = await world.offer()
    order = await world.engine.purchase.confirm(USER, view.draft.token, chat_id=-100777, message_id=3)
    world.deliver(order, "code 1")
    await world.pass_(5)
    assert {m.chat_id for m in await world.told() if m.kind is Kind.CODE} == {-100777, USER}
    assert {m.chat_id for m in await world.told() if m.kind is Kind.CARD} == {-100777}


async def test_checks_keep_the_documented_interval(world: World) -> None:
    """An order that waits is asked for every five seconds, the first time five seconds after the purchase."""
    bought_at = world.clock.now()
    order = await world.buy()
    await world.pass_(60, step=1)
    asked = [asked.at for asked in world.sim.ledger.requests if asked.method == "getcode"]
    assert [(at - bought_at).total_seconds() for at in asked] == list(range(5, 61, 5))
    assert world.sim.ledger.count("getcode", order.remote_id) == 12


async def test_a_poll_without_news_costs_no_statement(world: World) -> None:
    """While nothing comes, the database is not asked about the order, its key or its SMS.

    What is looked after by the minute, /watch and low balances, has questions of its own.
    """
    await world.buy()
    await world.pass_(5)
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(world.database.engine.sync_engine, "before_cursor_execute", note)
    asked = world.asked("getcode")
    await world.pass_(60)
    assert world.asked("getcode") == asked + 12
    others = ("BEGIN", "alerts", "low_balances")
    assert [one for one in statements if not any(word in one for word in others)] == []


async def test_an_sms_is_read_again_without_a_second_message(world: World) -> None:
    """A provider that gives an SMS no id of its own is asked on, and its repeated answer is no news."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(5)
    async with world.database.write() as tx:
        await tx.exec_driver_sql("UPDATE orders SET last_sms_id = NULL")
    check = world.engine.watch.checks.find(order.id)
    assert check is not None
    check.last_sms_id = None
    await world.pass_(120)
    assert world.sim.ledger.count("getcode", order.remote_id) > 2
    assert await world.codes() == ["code 1"]


async def test_a_second_sms_comes_without_being_asked_for(world: World) -> None:
    """After the first code the provider is asked on, more slowly, and further SMS are told in their order."""
    order = await world.buy()
    world.deliver(order, "code 1", "1")
    await world.pass_(5)
    world.deliver(order, "code 2", "2")
    world.deliver(order, "code 3", "3")
    await world.pass_(90)
    assert await world.codes() == ["code 1", "code 2", "code 3"]
    assert (await world.order(order.id)).state is State.RECEIVED
    view = await world.engine.orders.view(USER, order.id)
    assert [sms.code for sms in view.sms] == ["1", "2", "3"]


async def test_another_sms_is_asked_for_and_arrives(world: World) -> None:
    """*Another SMS* makes the order wait again, at the quick interval, until the next code."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(5)
    again = await world.engine.actions.act(USER, order.id, Action.RETRY)
    assert again.state is State.WAITING_AGAIN
    await world.pass_(10)
    world.deliver(order, "code 2")
    await world.pass_(5)
    assert await world.codes() == ["code 1", "code 2"]
    assert (await world.order(order.id)).state is State.RECEIVED


async def test_equal_texts_are_two_sms(world: World) -> None:
    """The same words sent twice by the service are two SMS, because the provider gives them two ids."""
    order = await world.buy()
    world.deliver(order, "same words")
    await world.pass_(5)
    world.deliver(order, "same words")
    await world.pass_(60)
    assert await world.codes() == ["same words", "same words"]


async def test_an_sms_of_any_text_passes(world: World) -> None:
    """HTML and four thousand characters of text reach the outbox letter by letter."""
    order = await world.buy()
    text = "<b>Your</b> & 'code' \"<script>\" — ваш код 🔑 " * 90
    world.deliver(order, text.strip(), None)
    await world.pass_(5)
    assert await world.codes() == [text.strip()]


async def test_an_end_without_a_code_is_told(world: World) -> None:
    """When the provider says that the time is over, the order expires, once, and is asked for no more."""
    order = await world.buy()
    await world.pass_(15 * 60 + 10)
    assert (await world.order(order.id)).state is State.EXPIRED
    assert await world.notices() == [Notice.EXPIRED]
    asked = world.asked("getcode")
    await world.pass_(600)
    assert world.asked("getcode") == asked
    assert await world.notices() == [Notice.EXPIRED]
    assert world.sim.key("demo-key-of-the-user").balance == 500


async def test_an_end_after_a_code_is_a_good_end(world: World) -> None:
    """An order with a code is finished when its time is over, and nobody is alarmed."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(15 * 60 + 60)
    assert (await world.order(order.id)).state is State.FINISHED
    assert await world.notices() == []


async def test_a_code_in_the_last_seconds_is_caught(world: World) -> None:
    """A last look two seconds before the end finds an SMS that came after the last regular check."""
    order = await world.buy()
    await world.pass_(15 * 60 - 13)
    world.engine.watch.take(order)  # regular checks 8 and 3 seconds before the end, and 2 after it
    await world.pass_(10.5, step=0.5)
    world.deliver(order, "just in time")
    await world.pass_(1, step=0.5)
    assert await world.codes() == ["just in time"]


async def test_a_follow_up_in_the_last_seconds_is_caught(world: World) -> None:
    """A further SMS is looked for just before the end, whatever the slow interval says."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(15 * 60 - 10)
    world.deliver(order, "code 2")
    world.engine.watch.take(await world.order(order.id))  # the next regular check is long after the end
    await world.pass_(9, step=0.5)
    assert await world.codes() == ["code 1", "code 2"]


async def test_a_silent_provider_does_not_keep_an_order_open_for_ever(world: World) -> None:
    """Half an hour after its time an order that nobody answers for is closed, with the reason."""
    order = await world.buy()
    world.sim.fault("http-502", "*", times=None)
    await world.pass_(44 * 60, step=10)
    assert (await world.order(order.id)).state is State.WAITING
    await world.pass_(4 * 60, step=10)
    after = await world.order(order.id)
    assert (after.state, after.error) == (State.CLOSED, "no-answer")
    assert await world.notices() == [Notice.CLOSED]


async def test_orders_are_taken_up_after_a_restart(world: World, builder: Builder) -> None:
    """The next process asks on for every open order within one interval, and delivers what came."""
    waiting, received = await world.buy(), await world.buy(service="whatsapp")
    world.deliver(received, "first")
    await world.pass_(5)
    again = await world.engine.actions.act(USER, received.id, Action.RETRY)
    assert again.state is State.WAITING_AGAIN
    await world.kill()
    await world.clock.advance(60)
    world.deliver(waiting, "came while nobody looked")
    world.deliver(received, "second")
    async with builder.world() as after:
        await after.start()
        await after.pass_(5, step=0.5)
        assert sorted(await after.codes()) == ["came while nobody looked", "first", "second"]


async def test_a_restart_after_the_end_settles_what_is_over(world: World, builder: Builder) -> None:
    """Orders whose time ended while no process ran are ended at the next start, and told."""
    order = await world.buy()
    await world.kill()
    await world.clock.advance(3600)
    async with builder.world() as after:
        await after.start()
        await after.pass_(10)
        assert (await after.order(order.id)).state is State.EXPIRED
        assert await after.notices() == [Notice.EXPIRED]


async def test_a_restart_is_no_burst(world: World, builder: Builder) -> None:
    """The first checks after a start are spread over the interval."""
    world.sim.stock("tg", "ru", count=40, price="1")
    await asyncio.gather(*(world.buy() for _ in range(30)))
    await world.kill()
    started = world.clock.now()
    async with builder.world() as after:
        await after.start()
        await after.pass_(6, step=0.25)
        found = [(a.at - started).total_seconds() for a in after.sim.ledger.requests if a.method == "getcode"]
    first = [at for at in found if at <= 5]
    assert len(first) >= 30
    assert max(sum(1 for at in first if slot <= at < slot + 0.5) for slot in range(5)) < 20


async def test_orders_of_two_people_do_not_mix(world: World) -> None:
    """Codes go to whom they belong, with the key that they belong to."""
    await world.add_account(STRANGER, "key-of-the-stranger")
    mine = await world.buy()
    view = await world.offer(user_id=STRANGER)
    theirs = await world.engine.purchase.confirm(STRANGER, view.draft.token, chat_id=STRANGER, message_id=9)
    world.deliver(mine, "mine")
    world.deliver(theirs, "theirs")
    await world.pass_(5)
    told = {message.chat_id: message.order_id for message in await world.told() if message.kind is Kind.CODE}
    assert told == {USER: mine.id, STRANGER: theirs.id}
    asked = {
        a.form["order_id"]: a.form["userkey"] for a in world.sim.ledger.requests if a.method == "getcode"
    }
    assert asked == {mine.remote_id: "demo-key-of-the-user", theirs.remote_id: "key-of-the-stranger"}


@pytest.mark.parametrize("hours", [1, -1, 24 * 365])
async def test_a_clock_that_is_set_ends_nothing_and_keeps_nothing_open(builder: Builder, hours: int) -> None:
    """Whoever sets the machine's clock neither loses a code nor keeps an order beyond its end."""
    wall = WallClock(builder.clock)
    async with builder.world(clock=wall) as world:
        await world.add_account()
        await world.start()
        order = await world.buy()
        await world.pass_(10)
        wall.off = timedelta(hours=hours)
        await world.pass_(60)
        assert (await world.order(order.id)).state is State.WAITING
        world.deliver(order, "in spite of all")
        await world.pass_(10)
        assert await world.codes() == ["in spite of all"]
        await world.pass_(15 * 60)
        assert (await world.order(order.id)).state is State.FINISHED
