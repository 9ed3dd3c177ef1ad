"""What a replica is told of an account: no word makes it deaf to the next, nor keeps the leases waiting."""

import asyncio
import time

from sqlalchemy import select

from bot.storage.lease_tables import LeaseRow, WorkerRow
from sandbox.getsms import GetSmsSimulator
from tests.engine.replicas import Fleet, Replica, codes, order_of
from tests.engine.test_replicas import LEASE_SECONDS, fleet, postgres, three

__all__ = ["fleet", "postgres", "three"]


async def test_a_call_while_the_leases_ran_out_makes_no_account_deaf(
    fleet: Fleet, sim: GetSmsSimulator, three: list[Replica]
) -> None:
    """A look that came due between the leases' end and the next beat is over; the next call is heard."""
    holder = three[0]
    order = await order_of(holder, min(holder.watched))
    hooks = holder.engine.hooks
    hooks.hear(order.account_id, None)
    await holder.quiet()
    hooks.hear(order.account_id, None)  # a look a second later
    async with holder.shared._lock:  # the next beat has to wait
        holder.clock.skip(LEASE_SECONDS)
        await holder.clock.advance(1)
        await asyncio.sleep(0.05)
    assert not hooks._looks[order.account_id].is_due
    await fleet.pass_(6, *three)
    assert order.id in holder.watched
    sim.deliver(order.remote_id or "", "code 1")
    hooks.hear(order.account_id, None)
    await fleet.pass_(0.1, *three)
    assert await codes(holder) == ["code 1"]


async def test_many_words_about_an_account_are_one_load(three: list[Replica]) -> None:
    """What is told while a load waits for its turn is taken up by it: the next beat waits for one alone."""
    holder = three[0]
    order = await order_of(holder, min(holder.watched))
    async with holder.shared._lock:
        for _ in range(5):
            holder.shared.changed(order.account_id)
            await asyncio.sleep(0)
        assert len(holder.shared._tasks) == 1
    await holder.shared.settled()
    assert holder.shared._changes == set()


async def test_leases_that_cannot_be_given_back_hold_no_stop_up(three: list[Replica]) -> None:
    """Where the database does not answer, a replica that stops leaves its leases to run out."""
    gone, other = three[0], three[1]
    began = time.monotonic()
    async with other.database.write() as tx:
        await tx.execute(select(LeaseRow).with_for_update())
        await tx.execute(select(WorkerRow).with_for_update())
        await gone.shared.leave()
    assert time.monotonic() - began < 5
    assert gone.shared.held == 0
