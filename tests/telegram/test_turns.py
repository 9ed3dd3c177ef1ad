"""Turns: one person's updates in order, nobody waiting for ever."""

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from bot.telegram.turns import MESSAGE_SECONDS, TAP_SECONDS, Turn, Turns
from tests.support.clock import ManualClock

ANNA, BORIS = 1, 2


class Line:
    """Starts work in turns, each of which lasts until it is told to end.

    Attributes:
        begun: the names of what has begun, in order.
    """

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.turns = Turns(self.clock)
        self._ids = itertools.count(1)
        self.begun: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self.tasks: list[asyncio.Task[None]] = []

    def come(self, name: str, person: int = ANNA) -> Turn:
        """Let an update come: a message where its name has a capital, else a tap."""
        turn = self.turns.take(person, next(self._ids), is_message=name[0].isupper())
        self._ends[name] = asyncio.Event()
        self.tasks.append(asyncio.create_task(self._work(turn, name)))
        return turn

    async def end(self, name: str) -> list[str]:
        """End some work; return what has begun since the start."""
        self._ends[name].set()
        return await self.later(0)

    async def later(self, seconds: float) -> list[str]:
        """Let time pass; return what has begun since the start."""
        await self.clock.advance(seconds)
        return self.begun

    async def _work(self, turn: Turn, name: str) -> None:
        async with turn:
            self.begun.append(name)
            await self._ends[name].wait()


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """Nobody is there yet; at the end everybody goes."""
    one = Line()
    yield one
    for task in one.tasks:
        task.cancel()
    await asyncio.gather(*one.tasks, return_exceptions=True)


async def test_messages_wait_for_each_other(line: Line) -> None:
    """A person's message begins when the one before has ended; another person's does not wait."""
    line.come("Key")
    line.come("Command")
    line.come("Theirs", BORIS)
    assert await line.later(TAP_SECONDS * 2) == ["Key", "Theirs"]
    assert await line.end("Key") == ["Key", "Theirs", "Command"]


async def test_order_of_arrival_is_kept_through_all_kinds(line: Line) -> None:
    """Taps and messages begin as they came, however quickly they end."""
    names = ["tap1", "Word1", "tap2", "tap3", "Word2"]
    for name in names:
        line.come(name)
    for name in names:
        await line.end(name)
    assert line.begun == names


async def test_a_slow_tap_holds_nobody_up_for_long(line: Line) -> None:
    """Three seconds after a tap has begun the next goes on, a message too."""
    line.come("slow")
    line.come("tap")
    line.come("Word")
    assert await line.later(TAP_SECONDS - 0.1) == ["slow"]
    assert await line.later(0.2) == ["slow", "tap"]
    assert await line.end("tap") == ["slow", "tap", "Word"]


async def test_a_tap_waits_for_a_message_for_a_short_time_only(line: Line) -> None:
    """Behind a slow message taps go on after three seconds, messages after a minute."""
    line.come("Slow")
    line.come("tap")
    line.come("Word")
    await line.end("tap")
    assert await line.later(TAP_SECONDS + 0.1) == ["Slow", "tap"]
    assert await line.later(MESSAGE_SECONDS) == ["Slow", "tap", "Word"]


async def test_a_turn_that_is_passed_on_lets_the_next_begin(line: Line) -> None:
    """Who knows that the rest of the work is independent says so, and nobody waits for it."""
    slow = line.come("Slow")
    line.come("Word")
    assert await line.later(0) == ["Slow"]
    slow.pass_on()
    assert await line.later(0) == ["Slow", "Word"]


async def test_a_turn_that_was_never_taken_blocks_nobody(line: Line) -> None:
    """What is cancelled while it waits leaves the line, and who is behind it keeps waiting for the first."""
    line.come("First")
    given_up = line.turns.take(ANNA, 10**6, is_message=True)
    line.come("Last")
    given_up.leave()
    assert await line.later(0) == ["First"]
    assert await line.end("First") == ["First", "Last"]
