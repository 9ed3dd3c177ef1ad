"""How the bot is, for those who look at it from outside: ready or not, and its numbers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from bot.clock import Clock
from bot.domain.figures import Figures
from bot.engine.figures import Readings
from bot.metrics import Metrics
from bot.telegram.pulse import Pulse

OLDEST_SECONDS = 120.0
"""A message that waits for longer says that deliveries stand still; the courier's longest pause is 60 s."""

SILENT_SECONDS = 60.0
"""Telegram answers every 10 seconds while updates are asked for, and within 20 or so where they are not."""

_DATABASE_SECONDS = 2.0
_LOOK_AT_THE_LOOP = 1.0
_T = TypeVar("_T")


class Condition:
    """Answers for ``/readyz`` and ``/metrics``.

    Attributes:
        draining: whether the bot is about to end: it takes nothing new.
    """

    def __init__(self, clock: Clock, readings: Readings, pulse: Pulse, metrics: Metrics) -> None:
        self._clock = clock
        self._pulse = pulse
        self._metrics = metrics
        self._oldest: _InTime[float] = _InTime(readings.oldest)
        self._figures: _InTime[Figures] = _InTime(readings.figures)
        self.draining = False

    async def troubles(self) -> Mapping[str, str]:
        """Return what keeps the bot from being of use, by part; nothing where it is. Takes 2 s at most."""
        found: dict[str, str] = {}
        if self.draining:
            found["bot"] = "is stopping"
        silence = self._pulse.feel()
        if silence is None:
            found["telegram"] = "has not answered yet"
        elif silence > SILENT_SECONDS:
            found["telegram"] = f"has not answered for {silence:.0f} s"
        oldest = await self._oldest.ask()
        if oldest is None:
            found["database"] = "does not answer"
        elif oldest > OLDEST_SECONDS:
            found["outbox"] = f"the oldest message has waited for {oldest:.0f} s"
        return found

    async def metrics(self) -> bytes:
        """Return the numbers in Prometheus' text format; those of the database are missing after 2 s."""
        silence = self._pulse.feel()
        return self._metrics.write(await self._figures.ask(), silence)

    @asynccontextmanager
    async def watching_the_loop(self) -> AsyncIterator[None]:
        """Measure, while the context is open, how much later than asked the event loop comes back."""
        task = asyncio.create_task(self._watch_the_loop(), name="event loop's lag")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, self._oldest.close(), self._figures.close(), return_exceptions=True)

    async def _watch_the_loop(self) -> None:
        while True:
            began = self._clock.monotonic()
            await self._clock.sleep(_LOOK_AT_THE_LOOP)
            self._metrics.loop_lagged(self._clock.monotonic() - began - _LOOK_AT_THE_LOOP)


class _InTime(Generic[_T]):
    """A question to the database that nobody waits long for, and that is under way once at most.

    Where it takes too long it is left alone: who asks again while the database hangs waits for the same
    answer, and holds no further connection.
    """

    def __init__(self, question: Callable[[], Awaitable[_T]]) -> None:
        self._question = question
        self._task: asyncio.Task[_T] | None = None

    async def ask(self) -> _T | None:
        """Return the answer; None where there is none in time, or only an error."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._answer())
        task = self._task
        await asyncio.wait({task}, timeout=_DATABASE_SECONDS)
        if not task.done() or task.cancelled() or task.exception() is not None:
            return None
        return task.result()

    async def close(self) -> None:
        """Wait for no answer any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _answer(self) -> _T:
        return await self._question()
