"""The loop from outbox rows to messages: every chat in order, chats beside each other, nothing dropped."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.domain.outbox import Kind, Message
from bot.logs import get_logger
from bot.telegram.desk import Desk
from bot.telegram.outcomes import Overtaken, Unsent
from bot.telegram.telling import Teller

_AT_ONCE = 64  # chats that are written to at the same time; the sender's limits hold below that
_LOOK = 256  # rows looked at in one go
_TRIES = 3
_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 60.0
_KEEP_AGAIN = 1.0
_TICK_AGAIN, _TICK_LATER = 0.5, 2.0  # before our lease runs out and others tell it, too
_log = get_logger(__name__)


class Courier:
    """Carries what the engine wrote for the chats.

    In one chat everything goes in order, codes first; chats do not wait for each other. A row ends once
    Telegram has accepted its message, or with the reason why it never will be: after a crash between the two
    a message may come twice, and none is lost. Where several replicas carry, each chat is one's at a time.

    Args:
        desk: where rows come from, and how they are sent.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._outbox = desk.engine.outbox
        self._teller = Teller(desk)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._resting: dict[int, float] = {}
        self._pauses: dict[int, float] = {}
        self._failures: dict[int, int] = {}
        self._is_blind = False
        self._freed = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Carry until ``stop``; what a cancellation interrupts is told again at the next start."""
        keeping = asyncio.create_task(self._keep(), name="courier's chats")
        try:
            while not self._stopping.is_set():
                self._freed.clear()
                if not await self._set_out():
                    await self._wait()
        finally:
            for task in self._under_way.values():
                task.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def _keep(self) -> None:
        """Hold on to the chats under way, for as long as Telegram makes them wait."""
        beat = self._outbox.beat_seconds
        if beat is None:
            return
        pause = beat
        while True:
            await self._desk.clock.sleep(pause)
            try:
                await self._outbox.keep()
                pause = beat
            except Exception as error:  # noqa: BLE001 - the database is away: leases run out, and holds() knows
                _log.warning("chats could not be kept; trying on", reason=type(error).__name__)
                pause = _KEEP_AGAIN

    async def stop(self, seconds: float) -> None:
        """Start nothing new, and finish what is under way, at most so many seconds long."""
        self._stopping.set()
        if self._under_way:
            await asyncio.wait(set(self._under_way.values()), timeout=seconds)

    async def _set_out(self) -> bool:
        """Start for every chat that has something waiting; return whether there was one."""
        now = self._desk.clock.monotonic()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        free = _AT_ONCE - len(self._under_way)
        if free <= 0:
            return False
        try:
            rows = await self._outbox.take(_LOOK, {*self._under_way, *self._resting}, free)
        except Exception as error:  # noqa: BLE001 - a database that is gone for a moment must not end deliveries for good
            if self._outbox.blames(error):
                _log.exception("outbox could not be read; trying on")
            elif not self._is_blind:
                _log.warning("outbox cannot be read while the database fails; trying on")
            self._is_blind = True
            await self._desk.clock.sleep(_FIRST_PAUSE)
            return False
        self._is_blind = False
        chats = list(dict.fromkeys(row.chat_id for row in rows))[:free]
        for chat_id in chats:
            mine = [row for row in rows if row.chat_id == chat_id]
            self._under_way[chat_id] = asyncio.create_task(
                self._carry(chat_id, mine), name=f"courier {chat_id}"
            )
        return bool(chats)

    async def _wait(self) -> None:
        """Return when there may be something to do: a new row, a free chat, the end of a rest or of all."""
        waits: list[Coroutine[Any, Any, object]] = [
            self._outbox.wait(),
            self._freed.wait(),
            self._stopping.wait(),
        ]
        if self._resting:
            left = min(self._resting.values()) - self._desk.clock.monotonic()
            waits.append(self._desk.clock.sleep(left))
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self, chat_id: int, rows: list[Message]) -> None:
        """Tell the first of a chat's rows; whatever keeps it from being told, the courier goes on."""
        try:
            await self._tell(rows)
            self._pauses.pop(chat_id, None)
            self._failures.pop(rows[0].id, None)
        except Overtaken:
            _log.info("chat passed on to another replica", chat=chat_id)
        except Unsent as error:
            self._rest(chat_id)
            _log.warning("telegram does not take messages; trying on", chat=chat_id, reason=str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one row must not stop the others
            self._rest(chat_id)
            await self._failed(rows[0].id, error)
        finally:
            await self._outbox.leave(chat_id)
            del self._under_way[chat_id]
            self._freed.set()

    async def _failed(self, row_id: int, error: Exception) -> None:
        """Try a row a few times; then it is put aside, so that what comes after it in its chat is told.

        A database that fails says nothing about the row, which is tried on.
        """
        if not self._outbox.blames(error):
            _log.warning("database fails; trying on", row=row_id, reason=type(error).__name__)
            return
        failures = self._failures.get(row_id, 0) + 1
        self._failures[row_id] = failures
        _log.warning("message could not be told", row=row_id, reason=type(error).__name__, failures=failures)
        if failures < _TRIES:
            return
        try:
            await self._outbox.put_aside(row_id, error)
            del self._failures[row_id]
        except Exception as trouble:  # noqa: BLE001 - the database fails: the row stays, and is tried on
            _log.warning("row cannot be put aside", row=row_id, reason=type(trouble).__name__)

    def _rest(self, chat_id: int) -> None:
        pause = self._pauses.get(chat_id, _FIRST_PAUSE)
        self._pauses[chat_id] = min(pause * 2, _LONGEST_PAUSE)
        self._resting[chat_id] = self._desk.clock.monotonic() + pause

    async def _tell(self, rows: list[Message]) -> None:
        row = rows[0]
        ids = [row.id]
        if row.kind is Kind.CARD:
            # What they are about is read after these rows were: one drawing tells them all.
            about = (row.order_id, row.rental_id)
            cards = (other for other in rows if other.kind is Kind.CARD)
            ids = [other.id for other in cards if (other.order_id, other.rental_id) == about]
        await self._tick_off(row.chat_id, ids, await self._teller.tell(row))

    async def _tick_off(self, chat_id: int, ids: list[int], ending: str) -> None:
        """Note that rows were told, whenever the database takes it: telling them again would ring twice."""
        pause = _TICK_AGAIN
        while True:
            try:
                await self._outbox.told(chat_id, ids, ending)
            except Exception as error:  # noqa: BLE001 - locked, full: it is tried until a restart at the most
                _log.warning("told, and not ticked off yet", rows=ids, reason=type(error).__name__)
                await self._desk.clock.sleep(pause)
                pause = min(pause * 2, _TICK_LATER)
            else:
                return
