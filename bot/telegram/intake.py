"""Updates as they come in: each is handled once, in its person's turn, and none can stop the others."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, cast

from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update

from bot.domain.faults import Source
from bot.logs import get_logger
from bot.storage.database import DatabaseFails
from bot.telegram.desk import Desk
from bot.telegram.doors import Doorman
from bot.telegram.reception import addressed, is_service
from bot.telegram.turns import Lines, Turn, Turns

MOST = 256
"""Updates in hand at once; the others wait at Telegram."""

HELD_SECONDS = 5.0
"""How long an update that is being handled is to come again if the bot dies; later, what it does is noted."""

_REMEMBERED = 2000  # ids; Telegram sends at most a hundred updates again
_MOST_TRIES = 3  # an update that the process died of this often is put aside
_BEGIN_AGAIN = (0.5, 1.0, 2.0)
_log = get_logger(__name__)


class Deadly(Exception):
    """An update that the process died of, again and again."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done with one update.

    Attributes:
        task: does it.
        came_at: when it came, on the monotonic clock.
        turn: in the line of its person; None for what nobody can read.
    """

    task: asyncio.Task[None]
    came_at: float
    turn: Turn | None

    async def held(self) -> None:
        """Return when it is over, was passed on, or is at work for so long that nobody should wait for it."""
        if self.turn is None:
            await asyncio.wait({self.task})
        else:
            await self.turn.wait(HELD_SECONDS)


class Intake:
    """Takes updates in.

    Args:
        desk: what handlers work with.
        bot: the connection.
        dispatcher: where updates go.
        lines: those that all replicas see; None where there is no other.
    """

    def __init__(self, desk: Desk, bot: Bot, dispatcher: Dispatcher, lines: Lines | None = None) -> None:
        self._desk = desk
        self._bot = bot
        self._dispatcher = dispatcher
        self._doorman = Doorman(desk)
        self._turns = Turns(desk.clock, lines)
        self._seen: dict[int, None] = {}
        self._in_hand: dict[int, _Work] = {}
        self._is_closed = False

    @property
    def is_full(self) -> bool:
        """Whether so much is in hand that the rest had better wait at Telegram."""
        return len(self._in_hand) >= MOST

    def oldest(self, seconds: float) -> int | None:
        """Return the lowest id of the updates that are in hand for less than so many seconds, or None."""
        since = self._desk.clock.monotonic() - seconds
        return min((one for one, work in self._in_hand.items() if work.came_at > since), default=None)

    async def recall(self) -> None:
        """Remember what was handled before the start: Telegram may send it again, and it is no flood."""
        try:
            ended = await self._desk.engine.updates.ended(_REMEMBERED)
        except DatabaseFails as error:  # each is asked about again before it is handled
            _log.warning("what was handled is not remembered", reason=type(error).__name__)
            return
        for update_id in ended:
            self._seen[update_id] = None

    def take(self, raw: object) -> int | None:
        """Begin with an update as Telegram sent it; one that was taken before is left alone.

        Returns:
            Its id; None for what is no update at all.
        """
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(update_id, int):
            return None
        if update_id not in self._seen:
            self._remember(update_id)
            self._admit(update_id, raw)
        return update_id

    def _remember(self, update_id: int) -> None:
        self._seen[update_id] = None
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]

    def _admit(self, update_id: int, raw: object) -> None:
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
            event = update.event
        except Exception as error:  # noqa: BLE001 - of a kind or a shape that nobody knows
            self._start(update_id, self._put_aside(update_id, error))
            return
        if isinstance(event, Message) and not (addressed(event) or is_service(event)):
            return  # other talk in a group is not ours
        if not self._doorman.admits(event):
            return
        chat = getattr(event, "chat", None)
        person = getattr(event, "from_user", None) or chat
        turn = self._turns.take(person.id if person else 0, update_id, is_message=isinstance(event, Message))
        self._start(update_id, self._handle(update, turn), turn)

    async def settle(self, seconds: float) -> None:
        """Return when nothing is in hand, or after so many seconds."""
        if not self._in_hand:
            return
        done = asyncio.ensure_future(asyncio.wait({work.task for work in self._in_hand.values()}))
        timer = asyncio.ensure_future(self._desk.clock.sleep(seconds))
        try:
            await asyncio.wait({done, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            done.cancel()
            timer.cancel()

    async def confirmed(self, update_id: int, seconds: float) -> bool:
        """Return whether Telegram need not send an update again, once that is known.

        It need not where the update was handled, or what follows of it is noted; it is to where the process
        stops before that, or where the update has still to wait for others after so many seconds.
        """
        work = self._in_hand.get(update_id)
        if work is None:
            return not self._is_closed
        held = asyncio.ensure_future(work.held())
        timer = asyncio.ensure_future(self._desk.clock.sleep(seconds))
        try:
            await asyncio.wait({held, timer}, return_when=asyncio.FIRST_COMPLETED)
            return held.done() and not (work.task.done() and work.task.cancelled())
        finally:
            held.cancel()
            timer.cancel()

    async def finish(self, seconds: float) -> None:
        """Let what is in hand come to its end, at most so long; the rest is handled at the next start.

        Args:
            seconds: of real time.
        """
        self._is_closed = True
        tasks = {work.task for work in self._in_hand.values()}
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._doorman.finish()

    def _start(self, update_id: int, work: Coroutine[Any, Any, None], turn: Turn | None = None) -> None:
        task = asyncio.create_task(work, name=f"update {update_id}")
        self._in_hand[update_id] = _Work(task, self._desk.clock.monotonic(), turn)

        def over(_: asyncio.Task[None]) -> None:
            del self._in_hand[update_id]
            _forget_updates()
            if turn is not None:
                turn.leave()  # also where the task was cancelled before it began

        task.add_done_callback(over)

    async def _handle(self, update: Update, turn: Turn) -> None:
        async with turn:
            tries = await self._begin(update.update_id)
            if not tries:
                return
            if tries > _MOST_TRIES:
                await self._put_aside(update.update_id, Deadly())
                return
            try:
                await self._dispatcher.feed_update(self._bot, update, turn=turn)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next update is to be handled
                await self._desk.engine.faults.note(Source.UPDATE, str(update.update_id), error)
            await self._end(update.update_id)

    async def _begin(self, update_id: int) -> int:
        """Return which try this is. Where the database takes nothing, the person is to hear that at least."""
        for pause in _BEGIN_AGAIN:
            try:
                return await self._desk.engine.updates.begin(update_id)
            except Exception as error:  # noqa: BLE001 - locked, full, gone: it is asked again
                reason = type(error).__name__
                await self._desk.clock.sleep(pause)
        _log.warning("update cannot be noted; handled all the same", update=update_id, reason=reason)
        return 1

    async def _end(self, update_id: int) -> None:
        try:
            await self._desk.engine.updates.end(update_id)
        except Exception as error:  # noqa: BLE001 - at worst it is handled again after a restart
            _log.warning("end of an update not noted", update=update_id, reason=type(error).__name__)

    async def _put_aside(self, update_id: int, error: Exception) -> None:
        await self._desk.engine.faults.note(Source.UPDATE, str(update_id), error)
        await self._end(update_id)


def _forget_updates() -> None:
    """Empty aiogram's cache of kinds, which keeps the last 128 updates alive: a key may stand in one."""
    cast("Any", Update.event_type).fget.cache_clear()
