"""Time in tests: it stands still until the test turns the hands."""

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
_TURNS = 25  # turns of the loop between two moments: enough for chains of awaits that do no I/O


class ManualClock:
    """A ``bot.clock.Clock`` whose time passes only inside ``advance``.

    Attributes:
        sleepers: how many sleeps are under way.
    """

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._elapsed = 0.0
        self._order = itertools.count()
        self._heap: list[tuple[float, int, asyncio.Future[None]]] = []
        self._lay_down = asyncio.Event()

    def now(self) -> datetime:
        """Return the start plus what has been advanced (aware, UTC)."""
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        """Return the seconds that have been advanced."""
        return self._elapsed

    @property
    def sleepers(self) -> int:
        """How many sleeps are under way."""
        return sum(not future.done() for _, _, future in self._heap)

    async def sleep(self, seconds: float) -> None:
        """Return once the clock was advanced this far; at once (after one turn of the loop) for zero."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._heap, (self._elapsed + seconds, next(self._order), future))
        self._lay_down.set()
        await future

    async def advance(self, seconds: float) -> None:
        """Let this many seconds pass: sleepers wake in the order they are due, each at its own moment.

        The loop runs after every waking, so whoever wakes may sleep again and be woken in the same call. Work
        that waits for a socket or a thread is not awaited: wait for its effect, or use ``until_asleep``.
        """
        target = self._elapsed + seconds
        await self._settle()
        while self._heap and self._heap[0][0] <= target:
            due, _, future = heapq.heappop(self._heap)
            if future.done():
                continue
            self._elapsed = max(self._elapsed, due)
            future.set_result(None)
            await self._settle()
        self._elapsed = target
        await self._settle()

    def skip(self, seconds: float) -> None:
        """Let time pass as over a machine that is suspended: sleepers wake in the next ``advance``, late."""
        self._elapsed += seconds

    async def until_asleep(self, sleepers: int = 1) -> None:
        """Wait, without time passing, until at least so many sleeps are under way (after real I/O)."""
        while self.sleepers < sleepers:
            self._lay_down.clear()
            await self._lay_down.wait()

    async def _settle(self) -> None:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
