"""Purchases whose answer is lost: one call ever, told honestly with both balances, settled in the end."""

import asyncio
import sqlite3
from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import OutcomeUnknown
from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.outbox import Kind, Notice
from bot.engine.purchase import Purchase
from bot.storage import orders
from tests.engine.world import CARD, USER, Builder, World, until

APPLIED = ["reset-after", "hang-after", "empty", "cut-off", "cut-off-stream", "wrong-types"]
"""The number was sold, the answer is lost."""

NOT_APPLIED = [
    "reset-before",
    "hang",
    "html-200",
    "http-500",
    "http-502",
    "429",
    "cloudflare-403",
    "cloudflare-1020",
    "unknown-status",
]
"""Nothing was sold, but nothing in the answer proves it."""

LIFETIME = 15 * 60


async def lose(world: World, fault: str) -> int:
    """Buy with a fault in the way of the answer; return the id of the order."""
    view = await world.offer()
    world.sim.fault(fault, "getnumber")
    order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert (order.state, order.error) == (State.UNCERTAIN, OutcomeUnknown.slug)
    return order.id


async def interrupt(world: World) -> None:
    """Have the process die while the provider keeps its answer back."""
    view = await world.offer()
    world.sim.fault("hang-after", "getnumber")
    tap = asyncio.create_task(world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    await until(lambda: world.asked("getnumber") == 1)
    await world.kill()
    await asyncio.gather(tap, return_exceptions=True)
    assert world.rows("SELECT state FROM orders") == [("placing",)]


@pytest.mark.parametrize("fault", APPLIED + NOT_APPLIED)
async def test_a_lost_answer_is_told_and_never_asked_for_again(
    hasty: World, builder: Builder, fault: str
) -> None:
    """Whatever becomes of the answer, the provider gets one purchase: by this engine and by the next."""
    order_id = await lose(hasty, fault)
    await hasty.pass_(120)
    order = await hasty.order(order_id)
    assert order.state is State.UNCERTAIN
    assert order.balance_before == Money(Decimal(500), "RUB")
    if fault in APPLIED:
        assert order.balance_after == Money(Decimal("487.50"), "RUB")
    assert await hasty.notices() == [Notice.UNCERTAIN]
    await hasty.kill()
    async with builder.world() as after:
        await after.start()
        await after.pass_(60)
        assert await after.notices() == [Notice.UNCERTAIN]
        assert (await after.order(order_id)).state is State.UNCERTAIN
        await after.pass_(LIFETIME)
        assert (await after.order(order_id)).state is State.FAILED
        assert await after.notices() == [Notice.UNCERTAIN, Notice.SETTLED]
    assert hasty.asked("getnumber") == 1
    assert hasty.asked("getcode") == 0


async def test_an_uncertain_order_is_settled_when_its_time_is_over(hasty: World) -> None:
    """After the lifetime the reserve is back: the order has failed, with the balance then, told once."""
    order_id = await lose(hasty, "reset-after")
    await hasty.pass_(LIFETIME)
    assert (await hasty.order(order_id)).state is State.UNCERTAIN
    await hasty.pass_(200)
    order = await hasty.order(order_id)
    assert (order.state, order.error) == (State.FAILED, OutcomeUnknown.slug)
    assert order.balance_after == Money(Decimal(500), "RUB")
    assert await hasty.notices() == [Notice.UNCERTAIN, Notice.SETTLED]
    asked = hasty.asked("getbalance")
    await hasty.pass_(3600)
    assert hasty.asked("getbalance") == asked
    assert await hasty.notices() == [Notice.UNCERTAIN, Notice.SETTLED]


async def test_a_process_killed_in_mid_purchase_tells_at_its_next_start(
    idle: World, builder: Builder
) -> None:
    """The process dies before the answer: the next one says so, with both balances, and never rebuys."""
    await idle.start()
    await interrupt(idle)
    async with builder.world() as after:
        await after.start()
        await after.pass_(5)
        [message] = [message for message in await after.told() if message.kind is Kind.NOTICE]
        assert (message.notice, message.chat_id) == (Notice.UNCERTAIN, USER)
        assert message.order_id is not None
        order = await after.order(message.order_id)
        assert (order.state, order.error) == (State.UNCERTAIN, OutcomeUnknown.slug)
        assert order.balance_before == Money(Decimal(500), "RUB")
        assert order.balance_after == Money(Decimal("487.50"), "RUB")
    async with builder.world() as later:
        await later.start()
        await later.pass_(5)
        assert await later.notices() == [Notice.UNCERTAIN]
    assert idle.asked("getnumber") == 1


async def test_a_start_before_the_telling_was_done_tells_it_then(idle: World, builder: Builder) -> None:
    """Dying twice in a row does not swallow the notice: it is told by whoever comes to it."""
    await idle.start()
    await interrupt(idle)
    async with builder.world() as short:
        await short.engine.recovery.load()
        assert await short.notices() == []
    async with builder.world() as after:
        await after.start()
        await after.pass_(5)
        assert await after.notices() == [Notice.UNCERTAIN]


async def test_a_provider_that_is_down_does_not_keep_the_news_back(hasty: World) -> None:
    """Where no balance can be had the person is told without it, and the settling says what it can."""
    order_id = await lose(hasty, "reset-after")
    hasty.sim.fault("html-200", "getbalance", times=None)
    await hasty.pass_(10)
    order = await hasty.order(order_id)
    assert await hasty.notices() == [Notice.UNCERTAIN]
    assert order.balance_after is None
    await hasty.pass_(LIFETIME + 200)
    assert (await hasty.order(order_id)).state is State.FAILED


async def test_a_late_answer_is_still_adopted(idle: World, builder: Builder) -> None:
    """An answer that comes after the order was given up for lost makes it a number like any other."""
    await idle.start()
    view = await idle.offer()
    idle.sim.fault("slow", "getnumber", seconds=30)
    tap = asyncio.create_task(idle.engine.purchase.confirm(USER, view.draft.token, **CARD))
    await until(lambda: idle.asked("getnumber") == 1)
    async with builder.world() as other:
        await other.start()
        await other.pass_(5)
        assert other.rows("SELECT state FROM orders") == [("uncertain",)]
        await idle.clock.advance(30)
        order = await tap
        assert (order.state, order.error, order.error_text) == (State.WAITING, None, None)
        assert order.remote_id == idle.sim.orders[0].id
        await other.kill()
    idle.deliver(order, "code 123")
    await idle.pass_(6)
    assert await idle.codes() == ["code 123"]
    await idle.pass_(LIFETIME + 300)
    assert (await idle.order(order.id)).state is State.FINISHED
    assert Notice.SETTLED not in await idle.notices()


async def test_an_answer_with_an_id_that_is_open_already_is_not_trusted(hasty: World) -> None:
    """The provider answers with the id of another open order: uncertain, with what it said, not a crash."""
    first = await hasty.buy()
    hasty.sim._shop._order_ids = iter([int(str(first.remote_id))])  # type: ignore[assignment]  # count → iterator
    view = await hasty.offer()
    second = await hasty.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert (second.state, second.error) == (State.UNCERTAIN, OutcomeUnknown.slug)
    assert str(first.remote_id) in str(second.error_text)
    assert (await hasty.order(first.id)).state is State.WAITING


async def test_a_number_is_recorded_though_the_database_stumbles(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that fails just after the purchase is tried again: the number is paid for."""
    genuine = orders.move
    failures = iter([sqlite3.OperationalError("disk I/O error")] * 3)

    async def stumble(*args: object, **options: object) -> object:
        for failure in failures:
            raise failure
        return await genuine(*args, **options)  # type: ignore[arg-type]  # handed through as it came

    view = await world.offer()
    monkeypatch.setattr(orders, "move", stumble)
    with capture_logs() as logs:
        order = await world.while_time_passes(world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    assert (order.state, order.remote_id) == (State.WAITING, world.sim.orders[0].id)
    assert world.asked("getnumber") == 1
    assert {entry.get("remote_id") for entry in logs} == {order.remote_id}


async def test_a_fault_of_ours_in_the_call_is_uncertain_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug that strikes after the request may have gone out is never called a failure to buy."""
    adapter = world.engine.accounts._providers.get("getsms")

    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    view = await world.offer()
    monkeypatch.setattr(adapter, "buy", broken)
    with capture_logs() as logs:
        order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
        await world.pass_(1)
    assert order.state is State.UNCERTAIN
    assert await world.notices() == [Notice.UNCERTAIN]
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == [
        "purchase failed on our side"
    ]


async def test_a_tap_cancelled_while_the_intent_is_written_leaves_no_orphan(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the intent is on disk the purchase runs to its end, though the tap's handler is cancelled."""
    written = asyncio.Event()
    genuine = Purchase._intend

    async def slowly(*args: object) -> object:
        order = await genuine(*args)  # type: ignore[arg-type]  # handed through as it came
        written.set()
        await asyncio.sleep(0)
        return order

    view = await world.offer()
    monkeypatch.setattr(Purchase, "_intend", slowly)
    tap = asyncio.create_task(world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    await written.wait()
    tap.cancel()
    await asyncio.gather(tap, return_exceptions=True)
    await world.engine.purchase.finish(10)
    assert world.rows("SELECT state, remote_id FROM orders") == [("waiting", world.sim.orders[0].id)]
