"""One heap of due jobs; a task only for a job that runs, and only so many at once for each host."""

import asyncio
import heapq
import itertools
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.engine.territory import Everything, Territory
from bot.logs import get_logger
from bot.storage.database import DatabaseFails

_FINEST = 0.01
_AFTER_A_FAULT = 60.0
_DATABASE_AGAIN = 10.0
_log = get_logger(__name__)


class Job(ABC):
    """Something to do again and again.

    Attributes:
        lane: jobs of one lane share a bound on how many run at once; a slow lane delays no other.
        version: the scheduler's mark: which appointment is the valid one.
        running: the scheduler's mark: it runs, or waits in line for its lane.
        again: the scheduler's mark: it became due while it ran.
    """

    __slots__ = ("again", "lane", "running", "version")

    def __init__(self, lane: str) -> None:
        self.lane = lane
        self.version = 0
        self.running = False
        self.again = False

    @property
    def subject(self) -> str:
        """What it is about, for the list of faults."""
        return self.lane

    @property
    def bound_to(self) -> int | None:
        """The account without whose lease it may not run; None where it is bound to none."""
        return None

    @abstractmethod
    async def run(self) -> float | None:
        """Do it; return in how many seconds again (from now), or None for never."""


@dataclass(slots=True)
class _Lane:
    limit: int
    lag: Callable[[float], None]
    waiting: deque[tuple[Job, int, float]] = field(default_factory=deque)  # version, and when it was due
    running: int = 0


def unheard(_: float) -> None:
    """Nobody listens."""


class Scheduler:
    """Runs jobs when they are due.

    When a lane is full, its due jobs wait in line: every one slows evenly, none is dropped or overtaken.

    Args:
        clock: whose time counts.
        limit: how many jobs of a lane may run at once.
        on_fault: hears what a job is about that failed, and of what; None to log it each time.
        lag_of: returns, for a lane, what hears how many seconds after its time each of its jobs begins.
        territory: whose accounts these are: a due job of an account that is not held is dropped.

    Attributes:
        territory: as given.
    """

    def __init__(
        self,
        clock: Clock,
        limit: Callable[[str], int],
        on_fault: Callable[[str, Exception], Awaitable[None]] | None = None,
        lag_of: Callable[[str], Callable[[float], None]] = lambda _: unheard,
        territory: Territory | None = None,
    ) -> None:
        self._lag_of = lag_of
        self._on_fault = on_fault
        self.territory: Territory = territory or Everything()
        self._clock = clock
        self._limit = limit
        self._heap: list[tuple[float, int, int, Job]] = []
        self._order = itertools.count()
        self._lanes: dict[str, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sooner = asyncio.Event()

    def add(self, job: Job, delay: float = 0.0) -> None:
        """Have the job run in so many seconds; an earlier appointment of it is void."""
        job.version += 1
        due = self._clock.monotonic() + delay
        heapq.heappush(self._heap, (due, next(self._order), job.version, job))
        if self._heap[0][3] is job:
            self._sooner.set()

    def remove(self, job: Job) -> None:
        """Void the job's appointment; a run under way, or in line for its lane, is its last."""
        job.version += 1
        job.again = False

    async def run(self) -> None:
        """Run jobs until cancelled; the ones under way are cancelled too."""
        try:
            while True:
                self._sooner.clear()
                await self._wait(self._start_due())
        finally:
            for lane in self._lanes.values():
                lane.waiting.clear()  # a place that a cancelled job leaves is not to be taken
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_due(self) -> float | None:
        now = self._clock.monotonic()
        while self._heap and self._heap[0][0] <= now:
            due, _, version, job = heapq.heappop(self._heap)
            if version != job.version:
                continue
            if job.running:
                job.again = True
                continue
            job.running = True
            lane = self._lane(job.lane)
            lane.waiting.append((job, version, due))
            self._pump(lane)
        return max(self._heap[0][0] - now, _FINEST) if self._heap else None

    def _lane(self, name: str) -> _Lane:
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = _Lane(self._limit(name), self._lag_of(name))
        return lane

    def _pump(self, lane: _Lane) -> None:
        while lane.waiting and lane.running < lane.limit:
            lane.running += 1
            job, version, due = lane.waiting.popleft()
            lane.lag(self._clock.monotonic() - due)
            task = asyncio.create_task(self._work(lane, job, version))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, lane: _Lane, job: Job, version: int) -> None:
        try:
            delay = await job.run() if self._may_run(job) else None
        except Exception as error:  # noqa: BLE001 - see the next line
            # A job with a fault must neither stop the others nor be forgotten: money hangs on it.
            # A database that is locked, full or away says nothing about the job, and is soon back.
            if isinstance(error, DatabaseFails):
                delay = _DATABASE_AGAIN
                _log.warning("database fails a job; trying on", lane=job.lane, reason=type(error).__name__)
            else:
                delay = _AFTER_A_FAULT
                await self._failed(job, error)
        finally:
            job.running = False
            lane.running -= 1
            self._pump(lane)
        again, job.again = job.again, False
        if again:
            self.add(job)
        elif version == job.version and delay is not None:
            self.add(job, delay)

    def _may_run(self, job: Job) -> bool:
        return job.bound_to is None or self.territory.mine(job.bound_to)

    async def _failed(self, job: Job, error: Exception) -> None:
        if self._on_fault is None:
            _log.error("job failed", lane=job.lane, exc_info=error)
        else:
            await self._on_fault(job.subject, error)

    async def _wait(self, delay: float | None) -> None:
        if delay is None:
            await self._sooner.wait()
            return
        timer = asyncio.ensure_future(self._clock.sleep(delay))
        sooner = asyncio.ensure_future(self._sooner.wait())
        try:
            await asyncio.wait({timer, sooner}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            sooner.cancel()
