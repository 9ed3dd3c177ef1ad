"""Who may call a host now: its rate, its number of calls under way, its pauses.

One throttle serves one host. A person who waits (buying, cancelling, reading prices) goes before the polls,
but one start in four is kept for polls while they wait, so that codes come during a rush as well. Within each
of the two queues the order is that of arrival.

The rate is a token bucket that holds one token: starts are spaced evenly, so that no window of the host's own
clock sees more than its limit, whatever the network does to the gaps.

Where several replicas call the host, each reserves its starts one by one, when somebody waits; who gets a
reserved start is decided when it comes. What is under way at once is counted by each replica alone.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from bot.clock import Clock
from bot.providers.base import Limits

PATIENCE = 2.0
"""Seconds of a pause that a call waits through; a longer one is told to the caller at once."""

_POLL_SHARE = 4
_KEPT_FOR_PEOPLE = 10  # one slot in ten, at least one, is never taken by a poll
_INSTANT = 1e-6  # a wait below this is arithmetic dust
_STALE = (
    0.05  # seconds after which a reserved start is over: the gap to the next replica's has shrunk by them
)
_MOST_STALE = 3  # in a row; a process that is always late would never start anything


class Paused(Exception):
    """The host asked for quiet, and the call was not sent.

    Attributes:
        remaining: seconds until the host may be asked again.
    """

    def __init__(self, remaining: float) -> None:
        super().__init__(remaining)
        self.remaining = remaining


class Shared(Protocol):
    """What the replicas know together about one host."""

    async def reserve(self, gap: float, patience: float) -> float | None:
        """Reserve the next start; return how far off it is, in seconds.

        None where the host wants quiet for longer than ``patience``; whoever listens was told before.
        """
        ...

    def pause(self, seconds: float) -> None:
        """Tell the other replicas that the host wants quiet for so long."""
        ...

    def listen(self, hear: Callable[[float], None]) -> None:
        """Have ``hear`` called with the seconds of quiet whenever another replica tells of some."""
        ...


class Throttle:
    """The door of one host: ``acquire`` before a call, ``release`` after it.

    Args:
        clock: whose time counts.
        limits: of the host.
        shared: what the replicas know together; None where there are none.
    """

    def __init__(self, clock: Clock, limits: Limits, shared: Shared | None = None) -> None:
        self._clock = clock
        self._shared = shared
        self._gap = 0.0
        self._at_once = limits.at_once
        self._next_start = float("-inf")
        self._quiet_until = float("-inf")
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._polls: deque[asyncio.Future[None]] = deque()
        self._under_way = 0
        self._polls_under_way = 0
        self._urgent_in_a_row = 0
        self._alarm: asyncio.Task[None] | None = None
        self._slot: float | None = None  # the reserved start, on the monotonic clock
        self._stale_slots = 0
        self._reserving: asyncio.Task[None] | None = None
        self.tighten(limits)
        if shared is not None:
            shared.listen(self._be_quiet)

    def tighten(self, limits: Limits) -> None:
        """Take over the stricter of these limits and the present ones: two records may share a host."""
        if limits.requests_per_second is not None:
            self._gap = max(self._gap, 1 / limits.requests_per_second)
        self._at_once = max(1, min(self._at_once, limits.at_once))

    @property
    def paused_for(self) -> float:
        """Seconds for which the host is still to be left alone; 0 where it is not."""
        return max(0.0, self._quiet_until - self._clock.monotonic())

    def pause(self, seconds: float) -> None:
        """Leave the host alone for so long; calls that would wait beyond ``PATIENCE`` are turned away."""
        self._be_quiet(seconds)
        if self._shared is not None:
            self._shared.pause(seconds)

    def _be_quiet(self, seconds: float) -> None:
        self._quiet_until = max(self._quiet_until, self._clock.monotonic() + seconds)
        if self.paused_for <= PATIENCE:
            return
        for queue in (self._urgent, self._polls):
            while queue:
                waiter = queue.popleft()
                if not waiter.done():
                    waiter.set_exception(Paused(self.paused_for))

    async def acquire(self, *, poll: bool) -> None:
        """Wait for this call's turn.

        Args:
            poll: whether it is a check that can wait; everything else goes first.

        Raises:
            Paused: the host wants quiet for longer than ``PATIENCE``; nothing is to be released.
        """
        if self.paused_for > PATIENCE:
            raise Paused(self.paused_for)
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._polls if poll else self._urgent).append(waiter)
        self._admit()
        try:
            await waiter
        except asyncio.CancelledError:
            if not waiter.cancelled() and waiter.exception() is None:
                self.release(poll=poll)  # the turn came in the same moment: hand it on
            raise

    def release(self, *, poll: bool) -> None:
        """Give the turn back; ``poll`` as it was acquired."""
        self._under_way -= 1
        self._polls_under_way -= poll
        self._admit()

    def close(self) -> None:
        """Stop the alarm clock; whoever still waits is the caller's to cancel."""
        for task in (self._alarm, self._reserving):
            if task is not None:
                task.cancel()
        self._alarm = self._reserving = None

    def _admit(self) -> None:
        """Start whoever may start now, and set the alarm for the moment when the next one may."""
        while (queue := self._next_queue()) is not None:
            if self._shared is not None and self._gap and not self._has_slot():
                self._reserve(self._shared)
                return
            due = self._next_start if self._slot is None else max(self._next_start, self._slot)
            wait = max(due, self._quiet_until) - self._clock.monotonic()
            if wait > _INSTANT:
                if self._alarm is None:
                    self._alarm = asyncio.ensure_future(self._ring_in(wait))
                return
            poll = queue is self._polls
            self._urgent_in_a_row = 0 if poll else self._urgent_in_a_row + 1
            self._under_way += 1
            self._polls_under_way += poll
            if self._gap:
                self._next_start = self._clock.monotonic() + self._gap
            self._slot, self._stale_slots = None, 0
            queue.popleft().set_result(None)

    def _next_queue(self) -> deque[asyncio.Future[None]] | None:
        for queue in (self._urgent, self._polls):
            while queue and queue[0].done():  # cancelled while it waited
                queue.popleft()
        if self._under_way >= self._at_once:
            return None
        slots_for_polls = max(1, self._at_once - max(1, self._at_once // _KEPT_FOR_PEOPLE))
        polls_may = bool(self._polls) and self._polls_under_way < slots_for_polls
        if self._urgent and not (polls_may and self._urgent_in_a_row >= _POLL_SHARE - 1):
            return self._urgent
        return self._polls if polls_may else None

    def _has_slot(self) -> bool:
        """Say whether a start is reserved that is not over: a process that froze may be far behind it."""
        if self._slot is None:
            return False
        late = self._clock.monotonic() - max(self._slot, self._next_start)
        if late <= _STALE or self._stale_slots >= _MOST_STALE:
            return True
        self._slot = None
        self._stale_slots += 1
        return False

    def _reserve(self, shared: Shared) -> None:
        if self._reserving is None:
            self._reserving = asyncio.ensure_future(self._take_slot(shared))

    async def _take_slot(self, shared: Shared) -> None:
        wait = await shared.reserve(self._gap, PATIENCE)
        self._reserving = None
        if wait is not None:
            self._slot = self._clock.monotonic() + wait
            self._admit()

    async def _ring_in(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._alarm = None
        self._admit()
