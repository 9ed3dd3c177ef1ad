"""Let work run that does real I/O and sleeps by a clock that a test turns."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.support.clock import ManualClock

T = TypeVar("T")

_LOOK = 0.001
_PATIENCE = 100  # looks at a transaction; one that sleeps by the clock ends only when time passes


class _Transactions:
    """How many connections to databases are in use, in this process."""

    def __init__(self) -> None:
        self.open = 0
        event.listen(Pool, "checkout", self._begun)
        event.listen(Pool, "checkin", self._ended)

    def _begun(self, *_: object) -> None:
        self.open += 1

    def _ended(self, *_: object) -> None:
        self.open -= 1


_transactions = _Transactions()


async def database_rests(task: asyncio.Future[T]) -> None:
    """Wait, for a while, until no transaction is open, or a task is done."""
    for _ in range(_PATIENCE):
        if not _transactions.open or task.done():
            break
        await asyncio.wait({task}, timeout=_LOOK)


async def in_time(clock: ManualClock, work: Awaitable[T], step: float = 0.1) -> T:
    """Return the work's result; whenever it sleeps, time passes by small steps.

    No time passes while the database works: on a busy machine an hour could pass over the writing of one row.
    """
    task = asyncio.ensure_future(work)
    while not task.done():
        asleep = asyncio.ensure_future(clock.until_asleep())
        await asyncio.wait({task, asleep}, return_when=asyncio.FIRST_COMPLETED)
        asleep.cancel()
        await database_rests(task)
        await clock.advance(step)
    return await task
