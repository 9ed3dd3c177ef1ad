"""Turns: what one person sends is handled in the order in which it came, different persons beside each other.

A key and the command after it must not overtake each other: the key would be taken for a search and stay in
the chat. But nobody is to wait for ever behind a slow purchase either, so that a turn can be passed on before
its work is over, by who does the work or by the clock.
"""

import asyncio
from collections import defaultdict
from types import TracebackType
from typing import Self

from bot.clock import Clock

MESSAGE_SECONDS = 60.0
"""How long a message waits for the end of an earlier message: what one means may depend on the other."""

TAP_SECONDS = 3.0
"""How long anything waits for an earlier tap, and a tap for anything: a button carries all that it needs."""


class Turn:
    """The place of one update in the line of its person; what is done in its context is done in order."""

    def __init__(self, clock: Clock, line: list["Turn"], *, is_message: bool) -> None:
        self._clock = clock
        self._line = line
        self._before = tuple(line)
        self._is_message = is_message
        self._begun_at: float | None = None
        self._begun = asyncio.Event()
        self._passed = asyncio.Event()

    def pass_on(self) -> None:
        """Let the next one begin: what is done from here on does not depend on it, nor it on this."""
        self._passed.set()

    def leave(self) -> None:
        """Leave the line, whether this turn was ever taken or not."""
        self._begun.set()
        self._passed.set()
        if self in self._line:
            self._line.remove(self)

    async def __aenter__(self) -> Self:
        for earlier in self._before:
            await earlier.wait(MESSAGE_SECONDS if self._is_message and earlier.is_message else TAP_SECONDS)
        self._before = ()
        self._begun_at = self._clock.monotonic()
        self._begun.set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    @property
    def is_message(self) -> bool:
        """Whether it is a message, and not a tap."""
        return self._is_message

    async def wait(self, seconds: float) -> None:
        """Return when this turn was passed on, or has lasted so long."""
        await self._begun.wait()
        left = seconds if self._begun_at is None else self._begun_at + seconds - self._clock.monotonic()
        if self._passed.is_set() or left <= 0:
            return
        passed = asyncio.ensure_future(self._passed.wait())
        timer = asyncio.ensure_future(self._clock.sleep(left))
        try:
            await asyncio.wait({passed, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            passed.cancel()
            timer.cancel()


class Turns:
    """The lines of all persons."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: defaultdict[int, list[Turn]] = defaultdict(list)

    def take(self, person: int, *, is_message: bool) -> Turn:
        """Return the next place in a person's line; it must be entered, or left."""
        self._lines = defaultdict(list, {key: line for key, line in self._lines.items() if line})
        line = self._lines[person]
        turn = Turn(self._clock, line, is_message=is_message)
        line.append(turn)
        return turn
