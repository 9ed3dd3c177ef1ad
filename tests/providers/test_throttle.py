"""A throttle serves one host: its rate, its slots, its pauses, and who goes first."""

import asyncio

import pytest

from bot.providers.base import Limits
from bot.providers.throttle import PATIENCE, Paused, Throttle
from tests.support.clock import ManualClock


class Crowd:
    """Callers who note when they got their turn."""

    def __init__(self, throttle: Throttle, clock: ManualClock) -> None:
        self.throttle = throttle
        self.clock = clock
        self.starts: list[tuple[str, float]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def add(self, name: str, *, poll: bool = False, stay: bool = False) -> asyncio.Task[None]:
        """Send a caller in; one that stays keeps its turn until it is released by hand."""
        task = asyncio.ensure_future(self._call(name, poll=poll, stay=stay))
        self.tasks.append(task)
        return task

    async def _call(self, name: str, *, poll: bool, stay: bool) -> None:
        await self.throttle.acquire(poll=poll)
        self.starts.append((name, round(self.clock.monotonic(), 6)))
        if not stay:
            self.throttle.release(poll=poll)

    @property
    def names(self) -> list[str]:
        """Who started, in order."""
        return [name for name, _ in self.starts]


def crowd_of(clock: ManualClock, rate: float | None = None, at_once: int = 200) -> Crowd:
    """Return a crowd before a fresh throttle."""
    return Crowd(Throttle(clock, Limits(requests_per_second=rate, at_once=at_once)), clock)


async def test_without_limits_everybody_starts_at_once() -> None:
    """A host without a documented rate is not slowed down."""
    clock = ManualClock()
    crowd = crowd_of(clock)
    for i in range(50):
        crowd.add(str(i))
    await clock.advance(0)
    assert crowd.names == [str(i) for i in range(50)]
    assert clock.sleepers == 0


async def test_starts_are_spaced_by_the_rate() -> None:
    """At 4 a second, starts are a quarter of a second apart, and an idle time earns no burst."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=4)
    await clock.advance(100)
    for i in range(5):
        crowd.add(str(i))
    await clock.advance(10)
    assert crowd.starts == [("0", 100.0), ("1", 100.25), ("2", 100.5), ("3", 100.75), ("4", 101.0)]


async def test_no_second_sees_more_than_the_rate() -> None:
    """However callers arrive, every window of one second holds at most the rate."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=50)
    for i in range(300):
        crowd.add(str(i), poll=bool(i % 3))
        await clock.advance((i % 7) / 1000)
    await clock.advance(20)
    moments = [moment for _, moment in crowd.starts]
    assert len(moments) == 300
    assert all(later - first >= 1 - 1e-4 for first, later in zip(moments, moments[50:], strict=False))


async def test_people_go_before_polls() -> None:
    """A press of a button overtakes the polls that were waiting, and keeps the order among its kind."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=1)
    for i in range(3):
        crowd.add(f"poll {i}", poll=True)
    await clock.advance(0)  # the first poll found the host free
    crowd.add("buy")
    crowd.add("cancel")
    await clock.advance(10)
    assert crowd.names == ["poll 0", "buy", "cancel", "poll 1", "poll 2"]


async def test_polls_keep_a_share_of_a_rush() -> None:
    """While people never stop pressing, one start in four is still a poll."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=1)
    for i in range(40):
        crowd.add(f"person {i}")
        crowd.add(f"poll {i}", poll=True)
    await clock.advance(40)
    polls = sum(name.startswith("poll") for name in crowd.names[:40])
    assert polls == 10


async def test_slots_bound_what_is_under_way() -> None:
    """No more than ``at_once`` calls are under way, and a released slot goes to the next in line."""
    clock = ManualClock()
    crowd = crowd_of(clock, at_once=2)
    for i in range(3):
        crowd.add(str(i), stay=True)
    await clock.advance(0)
    assert crowd.names == ["0", "1"]
    crowd.throttle.release(poll=False)
    await clock.advance(0)
    assert crowd.names == ["0", "1", "2"]


async def test_polls_never_take_the_last_slot() -> None:
    """When polls hang, a person can still cancel."""
    clock = ManualClock()
    crowd = crowd_of(clock, at_once=10)
    for i in range(20):
        crowd.add(f"poll {i}", poll=True, stay=True)
    await clock.advance(0)
    assert len(crowd.starts) == 9
    crowd.add("cancel", stay=True)
    await clock.advance(0)
    assert crowd.names[-1] == "cancel"
    for task in crowd.tasks:
        task.cancel()


async def test_one_slot_serves_polls_too() -> None:
    """A host that allows one call at a time is still polled."""
    clock = ManualClock()
    crowd = crowd_of(clock, at_once=1)
    crowd.add("poll", poll=True)
    await clock.advance(0)
    assert crowd.names == ["poll"]


async def test_a_caller_who_leaves_is_passed_over() -> None:
    """A cancelled waiter costs neither a turn nor a second, and nobody behind it is forgotten."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=1)
    crowd.add("first")
    leaver = crowd.add("leaver")
    crowd.add("last")
    await clock.advance(0.5)
    leaver.cancel()
    await clock.advance(0.5)
    assert crowd.starts == [("first", 0.0), ("last", 1.0)]


async def test_a_turn_that_nobody_takes_is_handed_on() -> None:
    """A caller cancelled in the very moment of its turn gives the slot back."""
    clock = ManualClock()
    crowd = crowd_of(clock, at_once=1)
    crowd.add("holder", stay=True)
    leaver = crowd.add("leaver", stay=True)
    crowd.add("next", stay=True)
    await clock.advance(0)
    crowd.throttle.release(poll=False)  # the turn is the leaver's now, and it has not run yet
    leaver.cancel()
    await clock.advance(0)
    assert crowd.names == ["holder", "next"]


async def test_a_short_pause_is_waited_through() -> None:
    """A pause within patience only delays."""
    clock = ManualClock()
    crowd = crowd_of(clock)
    crowd.throttle.pause(PATIENCE)
    crowd.add("buy")
    await clock.advance(PATIENCE)
    assert crowd.starts == [("buy", PATIENCE)]


async def test_a_long_pause_turns_callers_away() -> None:
    """Whoever comes during a long pause, or waited when it began, learns at once how long it is."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=1)
    crowd.add("early")
    waiting = crowd.add("waiting")
    await clock.advance(0)
    crowd.throttle.pause(60)
    await clock.advance(10)
    with pytest.raises(Paused) as told:
        await waiting
    assert told.value.remaining == 60
    with pytest.raises(Paused) as told:
        await crowd.throttle.acquire(poll=False)
    assert told.value.remaining == 50
    await clock.advance(50)
    crowd.add("late")
    await clock.advance(0)
    assert crowd.starts == [("early", 0.0), ("late", 60.0)]


async def test_a_pause_is_never_shortened() -> None:
    """A later, shorter pause does not cut the one that runs."""
    clock = ManualClock()
    throttle = Throttle(clock, Limits())
    throttle.pause(60)
    throttle.pause(1)
    assert throttle.paused_for == 60


async def test_two_records_share_the_stricter_limits() -> None:
    """A second record on the host can only make it stricter."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=1, at_once=5)
    crowd.throttle.tighten(Limits(requests_per_second=100, at_once=50))
    crowd.throttle.tighten(Limits(requests_per_second=None, at_once=2))
    for i in range(3):
        crowd.add(str(i), stay=True)
    await clock.advance(5)
    assert crowd.starts == [("0", 0.0), ("1", 1.0)]
    crowd.tasks[2].cancel()
    crowd.throttle.close()


async def test_closing_stops_the_alarm() -> None:
    """A closed throttle leaves no task behind."""
    clock = ManualClock()
    crowd = crowd_of(clock, rate=1)
    crowd.add("first")
    second = crowd.add("second")
    await clock.advance(0)
    assert clock.sleepers == 1
    crowd.throttle.close()
    await clock.advance(0)
    assert clock.sleepers == 0
    second.cancel()
