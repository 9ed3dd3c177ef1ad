"""Let work run that does real I/O and sleeps by a clock that a test turns."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar
from weakref import WeakSet

from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from tests.support.clock import ManualClock

T = TypeVar("T")

_LOOK = 0.001
_PATIENCE = 100  # looks at a transaction; one that sleeps by the clock ends only when time passes


class _Transactions:
    """Which connections to databases are in use, in this process.

    One that stays in use, because its test broke it or cut its server off, is not waited for again.
    """

    def __init__(self) -> None:
        self._open: WeakSet[ConnectionPoolEntry] = WeakSet()
        event.listen(Pool, "checkout", self._begun)
        for ending in ("checkin", "invalidate", "detach", "close"):
            event.listen(Pool, ending, self._ended)

    @property
    def open(self) -> bool:
        """Whether one is in use that can be expected to end."""
        return bool(self._open)

    def give_up(self) -> None:
        """Wait for none of those that are in use now."""
        self._open.clear()

    def _begun(self, _: object, entry: ConnectionPoolEntry, *__: object) -> None:
        self._open.add(entry)

    def _ended(self, _: object, entry: ConnectionPoolEntry, *__: object) -> None:
        self._open.discard(entry)


_transactions = _Transactions()


async def database_rests(task: asyncio.Future[T]) -> None:
    """Wait, for a while, until no transaction is open, or a task is done."""
    for _ in range(_PATIENCE):
        if not _transactions.open or task.done():
            return
        await asyncio.wait({task}, timeout=_LOOK)
    _transactions.give_up()


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
