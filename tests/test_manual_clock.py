import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.clock import START, ManualClock

if TYPE_CHECKING:
    from bot.clock import Clock


async def test_sleepers_wake_in_due_order_at_their_own_moment() -> None:
    """Each sleeper wakes exactly when it is due, earliest first, and nobody before."""
    clock = ManualClock()
    woken: list[tuple[str, float]] = []

    async def nap(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic()))

    tasks = [asyncio.create_task(nap(name, s)) for name, s in (("late", 9.0), ("b", 5.0), ("a", 2.0))]
    await clock.advance(5)
    assert woken == [("a", 2.0), ("b", 5.0)]
    assert clock.sleepers == 1
    await clock.advance(4)
    assert woken[-1] == ("late", 9.0)
    await asyncio.gather(*tasks)


async def test_whoever_wakes_may_sleep_again_within_one_advance() -> None:
    """A loop that sleeps five seconds turns twelve times in a minute."""
    clock = ManualClock()
    beats: list[float] = []

    async def beat() -> None:
        while True:
            await clock.sleep(5)
            beats.append(clock.monotonic())

    task = asyncio.create_task(beat())
    await clock.advance(60)
    task.cancel()
    assert beats == [5.0 * n for n in range(1, 13)]


async def test_wall_clock_and_monotonic_move_together() -> None:
    """The two hands show the same elapsed time, and a ManualClock is a Clock."""
    clock: Clock
    clock = manual = ManualClock()
    await manual.advance(90)
    assert clock.now() == START + timedelta(seconds=90)
    assert clock.monotonic() == 90
    await clock.sleep(0)
    assert clock.monotonic() == 90


async def test_a_cancelled_sleeper_is_forgotten() -> None:
    """Time passes over a sleep whose task was cancelled."""
    clock = ManualClock()
    task = asyncio.create_task(clock.sleep(1))
    await clock.until_asleep()
    task.cancel()
    await clock.advance(2)
    assert task.cancelled()
    assert clock.sleepers == 0


async def test_until_asleep_waits_for_real_work_without_time_passing() -> None:
    """A task that first does real I/O is waited for while the clock stands still."""
    clock = ManualClock()

    async def work() -> None:
        await asyncio.to_thread(sum, range(1000))
        await clock.sleep(3)

    task = asyncio.create_task(work())
    await clock.until_asleep()
    assert clock.monotonic() == 0
    await clock.advance(3)
    assert task.done()
