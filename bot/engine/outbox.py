"""The engine's way to the chat: rows that the courier reads, and a bell that tells it to look."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.domain.faults import Source
from bot.domain.outbox import Message
from bot.domain.sms import Sms
from bot.engine.chats import AllChats, Chats
from bot.engine.faults import Faults
from bot.storage import orders, outbox
from bot.storage.database import Database, DatabaseFails, Transaction


class Outbox:
    """What must be told, and whether there is something new.

    Args:
        database: where the rows are.
        clock: whose time counts.
        faults: where those go that cannot be read.
        chats: to whom this process writes; every chat where None.
    """

    def __init__(self, database: Database, clock: Clock, faults: Faults, chats: Chats | None = None) -> None:
        self._database = database
        self._clock = clock
        self._faults = faults
        self._chats = chats or AllChats(database)
        self._bell = asyncio.Event()

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[Transaction]:
        """Open a writing transaction that adds messages; the courier hears of it after the commit."""
        async with self._database.write() as tx:
            yield tx
        self._bell.set()

    async def wait(self) -> None:
        """Return when something was written here since the last wait, or when it is time to look anyway."""
        bell = asyncio.ensure_future(self._bell.wait())
        timer = asyncio.ensure_future(self._clock.sleep(self._chats.look_seconds))
        try:
            await asyncio.wait({bell, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            bell.cancel()
            timer.cancel()
        self._bell.clear()

    async def take(self, limit: int, but: Collection[int], most: int) -> tuple[Message, ...]:
        """Return messages that were not told yet, the most urgent and oldest first.

        Nobody else writes to their chats until ``told`` or ``leave``. Rows that cannot be read are put aside:
        else nothing would be told any more.

        Args:
            limit: how many messages at most.
            but: chats to leave out.
            most: to how many chats at most.
        """
        found, broken = await self._chats.take(limit, but, most)
        for row_id, error in broken.items():
            await self.put_aside(row_id, error)
        return found

    def blames(self, error: Exception) -> bool:
        """Whether an error speaks against the message that it befell: not where the database fails."""
        return not isinstance(error, DatabaseFails)

    async def put_aside(self, row_id: int, error: Exception) -> None:
        """Tell a message no more, for a fault of ours; it is tried again when the bot starts.

        Where it is the database that fails, the message is not to blame, and stays.
        """
        if not self.blames(error):
            return
        await self.end([row_id], outbox.PUT_ASIDE)
        await self._faults.note(Source.MESSAGE, str(row_id), error)

    async def sms(self, sms_id: int) -> Sms | None:
        """Return an SMS by our row id, or None."""
        async with self._database.read() as tx:
            return await orders.find_sms(tx, sms_id)

    async def end(self, ids: Collection[int], ending: str) -> None:
        """Close messages: they were sent, or never will be, for this reason."""
        async with self._database.write() as tx:
            await outbox.end(tx, ids, self._clock.now(), ending)

    def holds(self, chat_id: int) -> bool:
        """Whether a chat that was taken is certainly still ours: asked at the last moment before a call."""
        return self._chats.holds(chat_id)

    async def told(self, chat_id: int, ids: Collection[int], ending: str) -> None:
        """Close messages of a chat that was taken, and let go of the chat."""
        async with self._database.write() as tx:
            await outbox.end(tx, ids, self._clock.now(), ending)
            await self._chats.give_back(tx, chat_id)
        self._chats.left(chat_id)

    async def leave(self, chat_id: int) -> None:
        """Let go of a chat to which nothing could be told; nothing where ``told`` has done that."""
        await self._chats.leave(chat_id)

    @property
    def beat_seconds(self) -> float | None:
        """How often ``keep`` is to be called while something is under way; None: never."""
        return self._chats.beat_seconds

    async def keep(self) -> None:
        """Hold on to the chats that were taken."""
        await self._chats.keep()

    async def set_card(self, order_id: int, message_id: int | None) -> None:
        """Note which message shows an order now."""
        async with self._database.write() as tx:
            await orders.set_card(tx, order_id, message_id)
