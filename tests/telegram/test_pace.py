"""Turns under Telegram's limits, with a clock that the test turns."""

import asyncio

from bot.telegram.pace import Pace, Priority
from tests.support.clock import ManualClock


class Line:
    """Waits for turns and notes when each came."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.pace = Pace(clock)
        self.turns: list[tuple[str, float]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def ask(self, name: str, chat: int, priority: Priority = Priority.OTHER) -> asyncio.Task[None]:
        """Ask for a turn."""
        task = asyncio.create_task(self._take(name, chat, priority))
        self._tasks.append(task)
        return task

    async def _take(self, name: str, chat: int, priority: Priority) -> None:
        await self.pace.turn(chat, priority)
        self.turns.append((name, round(self.clock.monotonic(), 3)))

    @property
    def names(self) -> list[str]:
        """Who has had a turn, in order."""
        return [name for name, _ in self.turns]

    @property
    def times(self) -> list[float]:
        """When each turn came."""
        return [moment for _, moment in self.turns]


async def test_a_burst_of_three_then_one_a_second() -> None:
    """A chat takes three at once, and no more than three in any three seconds."""
    clock = ManualClock()
    line = Line(clock)
    for number in range(7):
        line.ask(str(number), 1)
    await clock.advance(0)
    assert line.times == [0, 0, 0]
    await clock.advance(2.9)
    assert len(line.turns) == 3
    await clock.advance(10)
    assert line.times == [0, 0, 0, 3, 3, 3, 6]


async def test_thirty_a_second_in_all() -> None:
    """Over all chats no more than thirty go out in any second, and none waits longer than that."""
    clock = ManualClock()
    line = Line(clock)
    for chat in range(1, 101):
        line.ask(str(chat), chat)
    await clock.advance(0)
    assert len(line.turns) == 30
    await clock.advance(3)
    assert line.times == [0] * 30 + [1] * 30 + [2] * 30 + [3] * 10


async def test_twenty_a_minute_in_a_group() -> None:
    """A group takes twenty in any minute."""
    clock = ManualClock()
    line = Line(clock)
    for number in range(21):
        line.ask(str(number), -5)
    await clock.advance(59)
    assert len(line.turns) == 20
    await clock.advance(1)
    assert len(line.turns) == 21


async def test_codes_overtake_cards_and_cards_the_rest() -> None:
    """While a chat waits, who came later but is more urgent goes first."""
    clock = ManualClock()
    line = Line(clock)
    for number in range(3):
        line.ask(f"early {number}", 1)
    await clock.advance(0)
    line.ask("menu", 1)
    line.ask("card", 1, Priority.CARD)
    line.ask("code", 1, Priority.CODE)
    await clock.advance(3)
    assert line.names[3:] == ["code", "card", "menu"]


async def test_codes_overtake_in_other_chats_too() -> None:
    """When all of Telegram is at its limit, codes go first whatever their chat."""
    clock = ManualClock()
    line = Line(clock)
    for chat in range(1, 51):
        line.ask("menu", chat)
    await clock.advance(0)
    line.ask("code", 99, Priority.CODE)
    await clock.advance(1)
    assert line.names[30] == "code"


async def test_a_slow_chat_delays_no_other() -> None:
    """A chat that must rest for long does not keep another waiting, even if that one comes later."""
    clock = ManualClock()
    line = Line(clock)
    line.pace.refused(1, 60)
    line.ask("slow", 1)
    await clock.advance(5)
    for number in range(4):
        line.ask(f"quick {number}", 2)
    await clock.advance(3)
    assert line.times == [5, 5, 5, 8]
    await clock.advance(60)
    assert line.turns[-1] == ("slow", 60)


async def test_one_refusal_is_one_chat_s() -> None:
    """What Telegram refuses in one chat keeps only that chat quiet."""
    clock = ManualClock()
    line = Line(clock)
    line.pace.refused(1, 10)
    line.ask("other", 2)
    await clock.advance(0)
    assert line.names == ["other"]


async def test_two_chats_refused_are_everybody_s() -> None:
    """When a second chat is refused while the first still is, everything keeps quiet as long as asked."""
    clock = ManualClock()
    line = Line(clock)
    line.pace.refused(1, 10)
    line.pace.refused(2, 7)
    line.ask("third", 3)
    await clock.advance(6.9)
    assert line.turns == []
    await clock.advance(0.2)
    assert line.turns == [("third", 7)]


async def test_who_gave_up_uses_no_turn() -> None:
    """A waiter that was cancelled does not count against the limits."""
    clock = ManualClock()
    line = Line(clock)
    for number in range(3):
        line.ask(str(number), 1)
    given_up = line.ask("given up", 1)
    await clock.advance(1)
    given_up.cancel()
    for number in range(3):
        line.ask(f"later {number}", 1)
    await clock.advance(2)
    assert line.names == ["0", "1", "2", "later 0", "later 1", "later 2"]


async def test_closing_lets_nobody_hang() -> None:
    """After close, whoever waited is cancelled instead of waiting for ever."""
    clock = ManualClock()
    line = Line(clock)
    waiting = [line.ask(str(number), 1) for number in range(5)]
    await clock.advance(0)
    await line.pace.close()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert [task.cancelled() for task in waiting] == [False, False, False, True, True]
