"""Turns: what one person sends is handled in the order in which it came, different persons beside each other.

A key and the command after it must not overtake each other: the key would be taken for a search and stay in
the chat. But nobody is to wait for ever behind a slow purchase either, so that a turn can be passed on before
its work is over, by who does the work or by the clock.

Where there are several replicas, any of them gets any update. Then a turn has a place in a line that all of
them see, as well as in the one of this process.
"""

import asyncio
from collections import defaultdict
from types import TracebackType
from typing import Protocol, Self

from bot.clock import Clock

MESSAGE_SECONDS = 60.0
"""How long a message waits for the end of an earlier message: what one means may depend on the other."""

TAP_SECONDS = 3.0
"""How long anything waits for an earlier tap, and a tap for anything: a button carries all that it needs."""


class Place(Protocol):
    """The place of one update in a line that all replicas see."""

    async def stand(self) -> None:
        """Be seen in the line, without having a turn yet."""
        ...

    async def reach(self) -> None:
        """Return when no other replica works on what comes first; at once where that cannot be known."""
        ...

    def leave(self) -> None:
        """Be out of everybody's way; a second time does nothing."""
        ...


class Lines(Protocol):
    """The lines that all replicas see."""

    def place(self, person: int, update_id: int, *, is_message: bool) -> Place:
        """Return a place for an update, which nobody sees yet."""
        ...


class Turn:
    """The place of one update in the line of its person; what is done in its context is done in order.

    Args:
        clock: whose time counts.
        line: the turns of the same person in this process.
        number: what comes first has the lower one.
        is_message: whether it is a message, and not a tap.
        place: in the line that all replicas see; None where there is no other.
    """

    def __init__(
        self, clock: Clock, line: list["Turn"], number: int, *, is_message: bool, place: Place | None = None
    ) -> None:
        self._clock = clock
        self._line = line
        self._number = number
        self._place = place
        self._waited_for: set[Turn] = set()
        self._is_message = is_message
        self._begun_at: float | None = None
        self._begun = asyncio.Event()
        self._passed = asyncio.Event()

    def pass_on(self) -> None:
        """Let the next one begin: what is done from here on does not depend on it, nor it on this."""
        self._passed.set()
        if self._place is not None:
            self._place.leave()

    def leave(self) -> None:
        """Leave the line, whether this turn was ever taken or not."""
        self._begun.set()
        self.pass_on()
        if self in self._line:
            self._line.remove(self)

    async def __aenter__(self) -> Self:
        if self._place is not None and self._earlier() is not None:
            await self._place.stand()
        while (earlier := self._earlier()) is not None:
            await earlier.wait(MESSAGE_SECONDS if self._is_message and earlier.is_message else TAP_SECONDS)
            self._waited_for.add(earlier)
        if self._place is not None:
            await self._place.reach()
        self._waited_for.clear()
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

    def _earlier(self) -> "Turn | None":
        """Return one that is to be waited for: it came first, or it is at work already."""
        for one in self._line:
            is_first = one._number < self._number or one._begun.is_set()  # noqa: SLF001 - another of this class
            if one is not self and is_first and one not in self._waited_for:
                return one
        return None

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
    """The lines of all persons.

    Args:
        clock: whose time counts.
        lines: those that all replicas see; None where there is no other.
    """

    def __init__(self, clock: Clock, lines: Lines | None = None) -> None:
        self._clock = clock
        self._shared = lines
        self._lines: defaultdict[int, list[Turn]] = defaultdict(list)

    def take(self, person: int, update_id: int, *, is_message: bool) -> Turn:
        """Return an update's place in a person's line; it must be entered, or left."""
        self._lines = defaultdict(list, {key: line for key, line in self._lines.items() if line})
        line = self._lines[person]
        place = self._shared.place(person, update_id, is_message=is_message) if self._shared else None
        turn = Turn(self._clock, line, update_id, is_message=is_message, place=place)
        line.append(turn)
        return turn
