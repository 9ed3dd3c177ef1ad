"""Which chats this replica writes to.

Where several replicas share a database, each chat is leased: whoever holds the lease writes to it, so that
everything arrives in order and once. A lease is believed for less long than it lasts, by our own monotonic
clock, counted from before the database was asked: a replica that was frozen, or cut off from the database,
notices by itself that it may write no more. What it was about to tell is then read anew, by whoever holds the
chat.

When the database comes back, every lease may have run out. Who told something meanwhile, and could not write
that down, gets the time to: what others had leased is left alone for a while.
"""

import asyncio
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Protocol

from bot.clock import Clock
from bot.domain.outbox import Message
from bot.storage import leases, outbox
from bot.storage.database import Database, DatabaseFails, Transaction
from bot.storage.leases import Leased
from bot.storage.rows import Broken

LEASE_SECONDS = 15.0
"""How long a chat waits when the replica that holds it dies."""

_SURE = 0.8  # of a lease: a call that begins then reaches Telegram before it runs out
_BEATS = 3  # in a lease
_LOOK_ALONE = 30.0
_LOOK = 3.0
_NEVER = float("-inf")


class Chats(Protocol):
    """The chats to which this process writes.

    Attributes:
        beat_seconds: how often ``keep`` wants to be called while something is under way; None: never.
        look_seconds: how often to look for rows that no bell of ours has told of.
    """

    beat_seconds: float | None
    look_seconds: float

    async def take(
        self, limit: int, but: Collection[int], most: int, /
    ) -> tuple[tuple[Message, ...], Broken]:
        """Return rows that are to be told, of chats that are ours from now on; apart, broken ones.

        Args:
            limit: how many rows at most.
            but: chats to leave out.
            most: of how many chats at most.
        """
        ...

    def holds(self, chat_id: int, /) -> bool:
        """Whether a chat that was taken is certainly still ours, at this moment."""
        ...

    async def give_back(self, tx: Transaction, chat_id: int, /) -> None:
        """Let somebody else write to a chat, from the commit on; say so with ``left``."""
        ...

    def left(self, chat_id: int, /) -> None:
        """Note that a chat was given back."""
        ...

    async def leave(self, chat_id: int, /) -> None:
        """Let somebody else write to a chat to which nothing was told; nothing where it was given back."""
        ...

    async def keep(self) -> None:
        """Prolong what was taken and not given back."""
        ...


class AllChats:
    """Every chat, for the one process of a database; it costs no statement."""

    beat_seconds: float | None = None
    look_seconds = _LOOK_ALONE

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(
        self, limit: int, but: Collection[int], _most: int, /
    ) -> tuple[tuple[Message, ...], Broken]:
        """Return rows that are to be told."""
        async with self._database.read() as tx:
            return await outbox.pending(tx, limit=limit, but=but)

    def holds(self, _chat_id: int, /) -> bool:
        """Say yes."""
        return True

    async def give_back(self, _tx: Transaction, _chat_id: int, /) -> None:
        """Do nothing."""

    def left(self, _chat_id: int, /) -> None:
        """Do nothing."""

    async def leave(self, _chat_id: int, /) -> None:
        """Do nothing."""

    async def keep(self) -> None:
        """Do nothing."""


class LeasedChats:
    """The chats that this replica has leased.

    Args:
        database: that the replicas share.
        clock: whose monotonic time counts.
        worker: this replica.
        seconds: how long a lease lasts.
    """

    def __init__(self, database: Database, clock: Clock, worker: str, seconds: float = LEASE_SECONDS) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
        self._seconds = seconds
        self._sure_until: dict[int, float] = {}
        self._polite_until = _NEVER
        self._one_by_one = asyncio.Lock()
        self.beat_seconds: float | None = seconds / _BEATS
        self.look_seconds = min(_LOOK, seconds / _BEATS)

    async def take(
        self, limit: int, but: Collection[int], most: int, /
    ) -> tuple[tuple[Message, ...], Broken]:
        """Lease chats that have something waiting, in one statement; return their rows as they are then."""
        async with self._one_by_one:
            try:
                return await self._take(limit, but, most)
            except DatabaseFails:
                self._polite_until = self._clock.monotonic() + self._seconds
                raise

    async def _take(
        self, limit: int, but: Collection[int], most: int, /
    ) -> tuple[tuple[Message, ...], Broken]:
        asked_at = self._clock.monotonic()
        others = outbox.Others(self._worker, also_past=asked_at < self._polite_until)
        async with self._database.read() as tx:
            found, broken = await outbox.pending(tx, limit=limit, but=but, others=others)
        chats = list(dict.fromkeys(row.chat_id for row in found))[:most]
        if not chats:
            return (), broken
        async with self._database.write() as tx:
            held = await leases.claim(tx, Leased.CHAT, chats, self._worker, self._seconds)
            # Read again under the lease: somebody may have told some of them, and let go of the chat since.
            rows, broken = await outbox.pending(tx, limit=limit, only=held)
            busy = {row.chat_id for row in rows}
            await self._release(tx, held - busy)
        self._sure_until |= dict.fromkeys(busy, asked_at + _SURE * self._seconds)
        return rows, broken

    def holds(self, chat_id: int, /) -> bool:
        """Whether the lease of a chat lasts for a moment longer at least."""
        return self._clock.monotonic() < self._sure_until.get(chat_id, _NEVER)

    async def give_back(self, tx: Transaction, chat_id: int, /) -> None:
        """Free a chat; where it is not ours any more, nothing happens."""
        await self._release(tx, {chat_id})

    def left(self, chat_id: int, /) -> None:
        """Note that a chat was given back."""
        self._sure_until.pop(chat_id, None)

    async def leave(self, chat_id: int, /) -> None:
        """Free a chat; while the database is away, ``keep`` does that later, or time does."""
        if self._sure_until.pop(chat_id, None) is None:
            return
        with suppress(*DatabaseFails):
            async with self._database.write() as tx:
                await self._release(tx, {chat_id})

    async def keep(self) -> None:
        """Prolong all leases in one statement; free those that could not be given back earlier.

        One that has run out is taken again where nobody else has it, so that what was told there can be
        ticked off; nothing that was read before is told under it: somebody else may have done that meanwhile.
        """
        if not self._sure_until:
            return
        async with self._one_by_one:
            asked_at, mine = self._clock.monotonic(), frozenset(self._sure_until)
            async with self._database.write() as tx:
                held = await leases.renew(tx, Leased.CHAT, self._worker, self._seconds)
                await leases.claim(tx, Leased.CHAT, mine - held, self._worker, self._seconds)
                await self._release(tx, held - mine)
            until = {True: asked_at + _SURE * self._seconds, False: _NEVER}
            self._sure_until |= {chat: until[chat in held] for chat in mine & self._sure_until.keys()}

    async def _release(self, tx: Transaction, chats: AbstractSet[int]) -> None:
        if chats:
            await leases.release(tx, Leased.CHAT, chats, self._worker)
