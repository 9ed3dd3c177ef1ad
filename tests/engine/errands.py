"""Jobs and schedulers for the tests of the scheduler."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.engine.schedule import Job, Scheduler
from tests.support.clock import ManualClock

Ran = list[tuple[str, float]]


class Errand(Job):
    """A job that notes when it started, may be held up, and answers as the test says."""

    __slots__ = ("clock", "fault", "gate", "name", "ran", "then")

    def __init__(
        self,
        name: str,
        clock: ManualClock,
        ran: Ran,
        *,
        lane: str = "lane",
        then: float | None = None,
        gate: asyncio.Event | None = None,
    ) -> None:
        super().__init__(lane)
        self.name = name
        self.clock = clock
        self.ran = ran
        self.then = then
        self.gate = gate
        self.fault: Exception | None = None

    async def run(self) -> float | None:
        """Note the start, wait for the gate, fail or answer."""
        self.ran.append((self.name, self.clock.monotonic()))
        if self.gate is not None:
            await self.gate.wait()
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        return self.then


@asynccontextmanager
async def running(scheduler: Scheduler) -> AsyncIterator[asyncio.Task[None]]:
    """Run the scheduler until the context ends."""
    task = asyncio.create_task(scheduler.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def of(clock: ManualClock, limit: int = 10) -> Scheduler:
    """Return a scheduler whose lanes all have this limit."""
    return Scheduler(clock, lambda _: limit)
