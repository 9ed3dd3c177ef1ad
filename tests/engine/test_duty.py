"""What one replica at a time does: one does it, and another goes on where that one ends."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text

from bot.engine.duty import LEASE_SECONDS, LeasedDuty, SoleDuty
from bot.storage.database import Database
from bot.storage.leases import Leased
from tests.support.clock import ManualClock
from tests.support.pace import in_time


class Worker:
    """A replica that would do it."""

    def __init__(self, database: Database, name: str) -> None:
        self.clock = ManualClock()
        self.duty = LeasedDuty(database, self.clock, Leased.POLLING, name)
        self.works = False
        self._task = asyncio.create_task(self.duty.carry(self._work))

    async def _work(self) -> None:
        self.works = True
        try:
            await asyncio.Event().wait()
        finally:
            self.works = False

    async def until(self, check: Callable[[], bool]) -> None:
        """Let its time pass until something holds."""

        async def wait() -> None:
            while not check():  # noqa: ASYNC110 - it makes no noise
                await asyncio.sleep(0)

        await in_time(self.clock, wait(), 0.1)

    async def end(self) -> None:
        """Stop it as a crash does: it says nothing to anybody."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@pytest.fixture
async def database(postgres: str) -> AsyncIterator[Database]:
    """PostgreSQL."""
    database = Database(postgres)
    yield database
    await database.close()


@pytest.fixture
async def pair(database: Database) -> AsyncIterator[tuple[Worker, Worker]]:
    """Two replicas, of which the first has it."""
    one = Worker(database, "one")
    await one.until(lambda: one.works)
    two = Worker(database, "two")
    yield one, two
    await one.end()
    await two.end()


async def _run_out(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(text("UPDATE leases SET until = clock_timestamp() - interval '1 s'"))


async def _asked(worker: Worker, times: int = 3) -> None:
    """Let a replica ask a few times."""
    for _ in range(times):
        now = worker.clock.monotonic()
        await worker.until(lambda: worker.clock.monotonic() > now + LEASE_SECONDS / 5)  # noqa: B023 - awaited here


async def test_one_at_a_time(pair: tuple[Worker, Worker]) -> None:
    """While one has it, others wait, and it goes on."""
    one, two = pair
    await _asked(two)
    await _asked(one)
    assert one.works
    assert not two.works


async def test_the_lease_of_the_dead_runs_out(database: Database, pair: tuple[Worker, Worker]) -> None:
    """Whoever dies keeps it for the time of the lease, and no longer."""
    one, two = pair
    await one.end()
    await _asked(two)
    assert not two.works
    await _run_out(database)
    await two.until(lambda: two.works)


async def test_who_stops_lets_another_go_on_at_once(pair: tuple[Worker, Worker]) -> None:
    """A replica that ends in good order leaves nobody waiting."""
    one, two = pair
    await one.end()
    await one.duty.drop()
    await two.until(lambda: two.works)


async def test_the_frozen_stand_back(database: Database, pair: tuple[Worker, Worker]) -> None:
    """By its own clock a replica that was frozen has it no more, and what it did is cancelled."""
    one, two = pair
    await _run_out(database)
    await two.until(lambda: two.works)
    assert one.works  # it does not know yet
    one.clock.skip(LEASE_SECONDS)
    assert not one.duty.held()
    await one.until(lambda: not one.works)
    await _asked(one)
    assert two.works
    assert not one.works


async def test_what_the_work_dies_of_is_heard(database: Database) -> None:
    """A fault in the work ends the part that does it, like without leases."""

    async def fail() -> None:
        raise ValueError("a fault")

    clock = ManualClock()
    for duty in (LeasedDuty(database, clock, Leased.POLLING, "one"), SoleDuty()):
        with pytest.raises(ValueError, match="a fault"):
            await in_time(clock, duty.carry(fail))
