"""The clocks of the town: those of the bots and of everything around them, which agree, run, hurry and jump.

A file holds how they stand, so that a bot, a process of its own, sees what the town sees. Only the bots'
clock on the wall can be wrong (``set_off``); all others keep the same time, and hurry together (``hurry``):
what is asked every 15 seconds is asked every 15 seconds of that time, by whoever counts them.
"""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import SystemClock

_LENGTH = 160
_SLICE = 0.25  # seconds of real time: a sleep that began before the clocks hurried is to end with them


@dataclass(frozen=True, slots=True)
class Hands:
    """How the clocks stand.

    Attributes:
        since: when they were set, in real monotonic seconds.
        at: what the town's monotonic clock showed then.
        pace: seconds of the town in a real one.
        epoch: what to add to that clock for the Unix time.
        off: how far ahead of that the bots' clock on the wall is.
    """

    since: float
    at: float
    pace: float
    epoch: float
    off: float = 0.0

    def monotonic(self) -> float:
        """Return what the town's monotonic clock shows."""
        return self.at + (time.monotonic() - self.since) * self.pace

    def now(self) -> datetime:
        """Return what the town's clock on the wall shows."""
        return datetime.fromtimestamp(self.epoch + self.monotonic(), UTC)


class TownClock:
    """The clock of the simulators and of the audit; whoever holds it sets the bots' clocks, too.

    Args:
        file: through which the bots see how the clocks stand.

    Attributes:
        most_off: seconds by which the bots' clock on the wall was wrong at the most.
    """

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        now = time.monotonic()
        self.most_off = 0.0
        self._set(Hands(now, now, 1.0, time.time() - now))

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def hurry(self, pace: float) -> None:
        """Let so many seconds of the town pass in a real one, for everybody."""
        self._set(replace(self._hands, since=time.monotonic(), at=self.monotonic(), pace=pace))

    def set_off(self, seconds: float) -> None:
        """Set the bots' clock on the wall so far ahead of the right time, or behind it."""
        self.most_off = max(self.most_off, abs(seconds))
        self._set(replace(self._hands, off=seconds))

    def now(self) -> datetime:
        """Return the right time, in UTC."""
        return self._hands.now()

    def monotonic(self) -> float:
        """Return the seconds of a clock that never jumps."""
        return self._hands.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds of the town."""
        await _sleep(lambda: self._hands, seconds)

    def _set(self, hands: Hands) -> None:
        self._hands = hands
        os.pwrite(self._file, " ".join(map(repr, astuple(hands))).ljust(_LENGTH).encode(), 0)


def watch(file: Path) -> None:
    """Have every ``SystemClock`` of this process show the town's time, and the wall's as it was set."""
    look = os.open(file, os.O_RDONLY)

    def hands() -> Hands:
        return Hands(*map(float, os.pread(look, _LENGTH, 0).split()))

    def now(_: SystemClock) -> datetime:
        stand = hands()
        return replace(stand, epoch=stand.epoch + stand.off).now()

    def monotonic(_: SystemClock) -> float:
        return hands().monotonic()

    async def sleep(_: SystemClock, seconds: float) -> None:
        await _sleep(hands, seconds)

    for clock in (now, monotonic, sleep):
        setattr(SystemClock, clock.__name__, clock)


async def _sleep(hands: Callable[[], Hands], seconds: float) -> None:
    end = hands().monotonic() + seconds
    await asyncio.sleep(0)
    while (left := end - (stand := hands()).monotonic()) > 0:  # noqa: ASYNC110 - the hands are another process's
        await asyncio.sleep(min(left / stand.pace, _SLICE))
