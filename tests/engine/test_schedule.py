"""The scheduler: one heap, bounded lanes, nothing dropped, nothing delayed by another lane."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.engine.schedule import Job, Scheduler
from tests.support.clock import ManualClock

Ran = list[tuple[str, float]]


class Errand(Job):
    """A job that notes when it started, may be held up, and answers as the test says."""

    __slots__ = ("clock", "fault", "gate", "name", "ran", "then")

    def __init__(
        self,
        name: str,
        clock: ManualClock,
        ran: Ran,
        *,
        lane: str = "lane",
        then: float | None = None,
        gate: asyncio.Event | None = None,
    ) -> None:
        super().__init__(lane)
        self.name = name
        self.clock = clock
        self.ran = ran
        self.then = then
        self.gate = gate
        self.fault: Exception | None = None

    async def run(self) -> float | None:
        """Note the start, wait for the gate, fail or answer."""
        self.ran.append((self.name, self.clock.monotonic()))
        if self.gate is not None:
            await self.gate.wait()
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        return self.then


@asynccontextmanager
async def running(scheduler: Scheduler) -> AsyncIterator[asyncio.Task[None]]:
    """Run the scheduler until the context ends."""
    task = asyncio.create_task(scheduler.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def clock() -> ManualClock:
    """Time that the test turns."""
    return ManualClock()


@pytest.fixture
def ran() -> Ran:
    """Who started when."""
    return []


def of(clock: ManualClock, limit: int = 10) -> Scheduler:
    """Return a scheduler whose lanes all have this limit."""
    return Scheduler(clock, lambda _: limit)


async def test_jobs_run_in_the_order_they_are_due(clock: ManualClock, ran: Ran) -> None:
    """Each job runs at its own moment, and jobs of one moment in the order they were added."""
    scheduler = of(clock)
    async with running(scheduler):
        for name, delay in (("late", 9.0), ("b", 5.0), ("c", 5.0), ("a", 2.0)):
            scheduler.add(Errand(name, clock, ran), delay)
        await clock.advance(20)
    assert ran == [("a", 2.0), ("b", 5.0), ("c", 5.0), ("late", 9.0)]


async def test_a_job_repeats_as_it_says_and_ends_with_none(clock: ManualClock, ran: Ran) -> None:
    """The answer is the pause from the end of the run; None is the end."""
    scheduler = of(clock)
    job = Errand("a", clock, ran, then=5)
    async with running(scheduler):
        scheduler.add(job, 1)
        await clock.advance(12)
        job.then = None
        await clock.advance(100)
    assert [at for _, at in ran] == [1, 6, 11, 16]


async def test_a_job_added_while_the_scheduler_sleeps_is_not_late(clock: ManualClock, ran: Ran) -> None:
    """A sooner appointment wakes a scheduler that sleeps towards a later one, or towards none."""
    scheduler = of(clock)
    async with running(scheduler):
        await clock.advance(3)
        scheduler.add(Errand("far", clock, ran), 1000)
        await clock.advance(3)
        scheduler.add(Errand("near", clock, ran), 1)
        await clock.advance(2)
        scheduler.add(Errand("now", clock, ran))
        await clock.advance(0)
    assert ran == [("near", 7.0), ("now", 8.0)]


async def test_a_new_appointment_voids_the_old_one(clock: ManualClock, ran: Ran) -> None:
    """A job has one appointment: hurried or put off, it runs once."""
    scheduler = of(clock)
    hurried, put_off = Errand("hurried", clock, ran), Errand("put off", clock, ran)
    async with running(scheduler):
        scheduler.add(hurried, 50)
        scheduler.add(put_off, 5)
        await clock.advance(1)
        scheduler.add(hurried, 1)
        scheduler.add(put_off, 60)
        await clock.advance(200)
    assert ran == [("hurried", 2.0), ("put off", 61.0)]


async def test_a_job_never_runs_twice_at_once(clock: ManualClock, ran: Ran) -> None:
    """A job that becomes due while it runs starts again right after, once, whatever its answer was."""
    scheduler = of(clock)
    gate = asyncio.Event()
    job = Errand("a", clock, ran, gate=gate)
    async with running(scheduler):
        scheduler.add(job)
        await clock.advance(1)
        for _ in range(3):
            scheduler.add(job)
            await clock.advance(1)
        assert len(ran) == 1
        gate.set()
        await clock.advance(1)
    assert len(ran) == 2


async def test_an_appointment_made_while_it_runs_outlasts_the_answer(clock: ManualClock, ran: Ran) -> None:
    """Who makes an appointment during a run knows better than the run's own answer."""
    scheduler = of(clock)
    gate = asyncio.Event()
    job = Errand("a", clock, ran, gate=gate, then=500)
    async with running(scheduler):
        scheduler.add(job)
        await clock.advance(1)
        scheduler.add(job, 10)
        gate.set()
        await clock.advance(30)
    assert [at for _, at in ran] == [0, 11]


async def test_a_removed_job_does_not_run(clock: ManualClock, ran: Ran) -> None:
    """Removing voids the appointment."""
    scheduler = of(clock)
    job = Errand("a", clock, ran, then=5)
    async with running(scheduler):
        scheduler.add(job, 5)
        scheduler.remove(job)
        await clock.advance(100)
    assert ran == []


async def test_a_job_removed_while_it_runs_is_on_its_last(clock: ManualClock, ran: Ran) -> None:
    """A run under way goes on; whatever it answers, and though it was due again, there is no other."""
    scheduler = of(clock)
    gate = asyncio.Event()
    job = Errand("a", clock, ran, gate=gate, then=5)
    async with running(scheduler):
        scheduler.add(job)
        await clock.advance(1)
        scheduler.add(job)
        await clock.advance(1)
        scheduler.remove(job)
        gate.set()
        await clock.advance(100)
    assert len(ran) == 1


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


async def test_a_job_with_a_fault_comes_back_and_stops_nobody(clock: ManualClock, ran: Ran) -> None:
    """A fault is logged once with its lane, the job is tried again after a minute, the others go on."""
    scheduler = of(clock, limit=1)
    faulty, sound = Errand("faulty", clock, ran, then=30), Errand("sound", clock, ran, then=50)
    faulty.fault = RuntimeError("a fault of ours")
    with capture_logs() as logs:
        async with running(scheduler) as task:
            scheduler.add(faulty)
            scheduler.add(sound)
            await clock.advance(100)
            assert not task.done()
    assert [at for name, at in ran if name == "faulty"] == [0, 60, 90]
    assert [at for name, at in ran if name == "sound"] == [0, 50, 100]
    assert [(entry["event"], entry["log_level"], entry["lane"]) for entry in logs] == [
        ("job failed", "error", "lane")
    ]


async def test_a_fault_in_a_job_that_was_hurried_keeps_the_appointment(clock: ManualClock, ran: Ran) -> None:
    """An appointment made while the job ran holds, though the run ended with a fault."""
    scheduler = of(clock)
    gate = asyncio.Event()
    job = Errand("a", clock, ran, gate=gate)
    job.fault = RuntimeError("a fault of ours")
    with capture_logs():
        async with running(scheduler):
            scheduler.add(job)
            await clock.advance(1)
            scheduler.add(job, 2)
            gate.set()
            await clock.advance(10)
    assert [at for _, at in ran] == [0, 3]


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


async def test_appointments_that_were_put_off_do_not_pile_up(clock: ManualClock, ran: Ran) -> None:
    """A job that is put off again and again is remembered a bounded number of times."""
    scheduler = of(clock)
    job = Errand("a", clock, ran)
    async with running(scheduler):
        for _ in range(50):
            scheduler.add(job, 5)
            await clock.advance(1)
        assert len(scheduler._heap) <= 6
    assert ran == []
