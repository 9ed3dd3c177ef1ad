"""The scheduler's lanes: bounded, served in order, none delayed by another, none alive after the end."""

import asyncio

import pytest

from tests.engine.errands import Errand, Ran, of, running
from tests.support.clock import ManualClock


@pytest.fixture
def ran() -> Ran:
    """Who started when."""
    return []


async def test_a_job_removed_while_it_waits_in_line_does_not_come_back(clock: ManualClock, ran: Ran) -> None:
    """A full lane does not make a removed job immortal: it may run once, never again."""
    scheduler = of(clock, limit=1)
    gate = asyncio.Event()
    first, second = Errand("first", clock, ran, gate=gate), Errand("second", clock, ran, then=5)
    async with running(scheduler):
        scheduler.add(first)
        scheduler.add(second)
        await clock.advance(1)
        scheduler.remove(second)
        gate.set()
        await clock.advance(100)
    assert [name for name, _ in ran].count("second") <= 1


async def test_a_job_hurried_while_it_waits_in_line_keeps_its_later_appointment(
    clock: ManualClock, ran: Ran
) -> None:
    """The appointment made last is the one that counts, in line as well."""
    scheduler = of(clock, limit=1)
    gate = asyncio.Event()
    first, second = Errand("first", clock, ran, gate=gate), Errand("second", clock, ran, then=500)
    async with running(scheduler):
        scheduler.add(first)
        scheduler.add(second)
        await clock.advance(1)
        scheduler.add(second, 10)
        gate.set()
        await clock.advance(50)
    assert [at for name, at in ran if name == "second"] == [1, 11]


async def test_a_lane_is_bounded_and_serves_in_order(clock: ManualClock, ran: Ran) -> None:
    """No more than the limit run at once; who waits is served in order and not dropped."""
    scheduler = of(clock, limit=2)
    gates = [asyncio.Event() for _ in range(6)]
    async with running(scheduler):
        for number, gate in enumerate(gates):
            scheduler.add(Errand(str(number), clock, ran, gate=gate))
        await clock.advance(1)
        assert [name for name, _ in ran] == ["0", "1"]
        gates[1].set()
        await clock.advance(1)
        assert [name for name, _ in ran] == ["0", "1", "2"]
        for gate in gates:
            gate.set()
        await clock.advance(1)
    assert [name for name, _ in ran] == ["0", "1", "2", "3", "4", "5"]


async def test_a_stuck_lane_does_not_delay_another(clock: ManualClock, ran: Ran) -> None:
    """A provider whose calls all hang takes nobody's time but its own."""
    scheduler = of(clock, limit=1)
    stuck = asyncio.Event()
    async with running(scheduler):
        for number in range(5):
            scheduler.add(Errand(f"stuck {number}", clock, ran, lane="slow", gate=stuck))
        scheduler.add(Errand("quick", clock, ran, lane="fast", then=5), 5)
        await clock.advance(20)
    assert [at for name, at in ran if name == "quick"] == [5, 10, 15, 20]


async def test_overload_slows_all_evenly(clock: ManualClock, ran: Ran) -> None:
    """Where more is due than a lane can do, everyone has the same share: the newest and the oldest too."""
    scheduler = of(clock, limit=1)

    class Slow(Errand):
        __slots__ = ()

        async def run(self) -> float | None:
            await super().run()
            await self.clock.sleep(1)
            return self.then

    async with running(scheduler):
        for number in range(10):
            scheduler.add(Slow(str(number), clock, ran, then=2), number / 10)
        await clock.advance(100)
    shares = [[name for name, _ in ran].count(str(number)) for number in range(10)]
    assert max(shares) - min(shares) <= 1
    assert sum(shares) >= 100


@pytest.mark.parametrize("limit", [1, 3])
async def test_stopping_starts_nobody_and_leaves_nobody(clock: ManualClock, ran: Ran, limit: int) -> None:
    """When the scheduler is cancelled, jobs under way are cancelled and those in line never start."""
    scheduler = of(clock, limit)
    ended: list[str] = []

    class Long(Errand):
        __slots__ = ()

        async def run(self) -> float | None:
            try:
                return await super().run()
            finally:
                ended.append(self.name)

    async with running(scheduler):
        for number in range(8):
            scheduler.add(Long(str(number), clock, ran, gate=asyncio.Event()))
        await clock.advance(1)
        assert len(ran) == limit
    await clock.advance(1)
    assert len(ran) == limit
    assert len(ended) == limit
    assert len(asyncio.all_tasks()) == 1


async def test_a_thousand_jobs_make_no_thousand_tasks(clock: ManualClock, ran: Ran) -> None:
    """Jobs that wait for their time cost a row of the heap and no task."""
    scheduler = of(clock)
    async with running(scheduler):
        for number in range(1000):
            scheduler.add(Errand(str(number), clock, ran), 100 + number)
        await clock.advance(1)
        assert len(asyncio.all_tasks()) < 10
