"""A duty that one replica at a time has: asking Telegram for updates."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.clock import Clock
from bot.logs import get_logger
from bot.storage import leases
from bot.storage.database import Database, DatabaseFails
from bot.storage.leases import Leased

LEASE_SECONDS = 15.0
"""How long nobody does it when the replica whose duty it is dies."""

_SURE = 0.8  # of a lease: what begins then is under way before it runs out
_BEATS = 5  # in a lease
_ONE = 0
_NEVER = float("-inf")
_log = get_logger(__name__)

Work = Callable[[], Awaitable[None]]


class Duty(Protocol):
    """Something that is to be done by one process."""

    def held(self) -> bool:
        """Whether it is certainly ours at this moment."""
        ...

    async def carry(self, work: Work) -> None:
        """Do the work whenever it is ours, until cancelled; raises what the work dies of."""
        ...

    async def drop(self) -> None:
        """Let somebody else do it at once."""
        ...


class SoleDuty:
    """One that is always ours: no other process works on the database."""

    def held(self) -> bool:
        """Say yes."""
        return True

    async def carry(self, work: Work) -> None:
        """Do the work."""
        await work()

    async def drop(self) -> None:
        """Do nothing."""


class LeasedDuty:
    """One that is ours while we have its lease.

    Like the lease of a chat, it is believed for less long than it lasts, by our own monotonic clock.

    Args:
        database: that the replicas share.
        clock: whose time counts.
        kind: which duty.
        worker: this replica.
        seconds: how long the lease lasts.
    """

    def __init__(
        self, database: Database, clock: Clock, kind: Leased, worker: str, seconds: float = LEASE_SECONDS
    ) -> None:
        self._database = database
        self._clock = clock
        self._kind = kind
        self._worker = worker
        self._seconds = seconds
        self._sure_until = _NEVER

    def held(self) -> bool:
        """Whether the lease lasts for a moment longer at least."""
        return self._clock.monotonic() < self._sure_until

    async def carry(self, work: Work) -> None:
        """Do the work whenever it is ours; where it is ours no more, the work is cancelled."""
        while True:
            while not self.held():
                await self._ask()
                if not self.held():
                    await self._clock.sleep(self._seconds / _BEATS)
            _log.info("duty taken up", duty=self._kind.value)
            await self._do(work)
            _log.warning("duty is another replica's now", duty=self._kind.value)

    async def _do(self, work: Work) -> None:
        doing = asyncio.ensure_future(work())
        try:
            while self.held():
                beat = asyncio.ensure_future(self._clock.sleep(self._seconds / _BEATS))
                await asyncio.wait({doing, beat}, return_when=asyncio.FIRST_COMPLETED)
                beat.cancel()
                if doing.done():
                    doing.result()
                    return
                await self._ask()
        finally:
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)

    async def _ask(self) -> None:
        """Take the lease, or prolong it; while the database is away, what we have of it runs out."""
        asked_at = self._clock.monotonic()
        try:
            async with self._database.write() as tx:
                ours = await leases.claim(tx, self._kind, [_ONE], self._worker, self._seconds)
        except DatabaseFails as error:
            _log.warning(
                "duty cannot be leased; trying on", duty=self._kind.value, reason=type(error).__name__
            )
            return
        self._sure_until = asked_at + _SURE * self._seconds if ours else _NEVER

    async def drop(self) -> None:
        """Give the lease up, where it is ours; while the database is away, it runs out by itself."""
        if self._sure_until == _NEVER:
            return
        self._sure_until = _NEVER
        try:
            async with self._database.write() as tx:
                await leases.release(tx, self._kind, [_ONE], self._worker)
        except DatabaseFails as error:
            _log.warning("duty runs out by itself", duty=self._kind.value, reason=type(error).__name__)
