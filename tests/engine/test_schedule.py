"""The scheduler's appointments: one heap, one appointment a job, the last one counts."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.engine.schedule import Scheduler
from tests.engine.errands import Errand, Ran, of, running
from tests.support.clock import ManualClock


@pytest.fixture
def ran() -> Ran:
    """Who started when."""
    return []


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


async def test_a_database_that_fails_is_asked_again_soon(clock: ManualClock, ran: Ran) -> None:
    """A job that could not reach the database comes back after ten seconds, and no fault of it is noted."""
    noted: list[str] = []

    async def note(subject: str, _: Exception) -> None:
        noted.append(subject)

    scheduler = Scheduler(clock, lambda _: 10, note)
    job = Errand("locked", clock, ran, then=30)
    job.fault = OperationalError("UPDATE orders", {}, Exception("database is locked"))
    with capture_logs() as logs:
        async with running(scheduler):
            scheduler.add(job)
            await clock.advance(15)
    assert [at for _, at in ran] == [0, 10]
    assert noted == []
    assert [entry["log_level"] for entry in logs] == ["warning"]


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
