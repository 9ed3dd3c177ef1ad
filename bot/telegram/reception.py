"""Everybody comes in here: who may, in which language, and what happens when a handler fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.types import User as Person

from bot.domain.errors import CodebellError, NotYours
from bot.domain.faults import Source
from bot.i18n import language_of
from bot.logs import get_logger
from bot.telegram.desk import Desk
from bot.telegram.doors import Doors
from bot.telegram.outcomes import ChatGone, SendError
from bot.telegram.screens.start import blocked, not_invited
from bot.telegram.turns import Turn
from bot.telegram.visit import Visit

_log = get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Reception(BaseMiddleware):
    """Gives every handler a ``Visit``, and nobody silence.

    Args:
        desk: what handlers work with.
        doors: who may come in.
    """

    def __init__(self, desk: Desk, doors: Doors) -> None:
        self._desk = desk
        self._doors = doors

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Receive a message or a tap, let the handler act, and make sure that the person hears something."""
        if isinstance(event, Message) and is_service(event):
            return await handler(event, data)
        who = _visitor(event)
        if who is None:
            return None
        data["visit"] = visit = self._visit(who, data.get("turn"))
        try:
            try:
                user = await self._desk.engine.people.arrive(visit.user_id, who.person.language_code)
            except Exception as error:  # noqa: BLE001 - whose row cannot be read is not met with silence
                return await self._crash(visit, error, data)
            visit.t = self._desk.translations.get(user.language)
            refusal = self._doors.refusal(user)
            if refusal is not None:
                return await _turn_away(visit, refusal)
            return await self._attend(visit, handler, event, data)
        except ChatGone:
            if visit.is_private:
                await self._desk.engine.people.unreachable(visit.user_id)
        except SendError as error:
            _log.warning("not delivered", chat=visit.chat_id, reason=f"{type(error).__name__}: {error}")
        finally:
            await visit.answer()
        return None

    async def _attend(
        self, visit: Visit, handler: Handler, event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        if isinstance(event, CallbackQuery) and not _may_press(event):
            return await visit.fail(NotYours())
        if isinstance(event, Message) and (event.text or "").startswith("/"):
            # A command is no answer: whatever was asked before is off the table.
            await self._desk.engine.prompts.drop(visit.chat_id, visit.user_id)
        try:
            return await handler(event, data)
        except CodebellError as error:
            await visit.fail(error)
        except SendError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
            await self._crash(visit, error, data)
        return None

    async def _crash(self, visit: Visit, error: Exception, data: dict[str, Any]) -> None:
        incident = str(data["event_update"].update_id)
        await self._desk.engine.faults.note(Source.UPDATE, incident, error)
        await visit.crash(incident)

    def _visit(self, who: "_Visitor", turn: Turn | None) -> Visit:
        """Return the visit of somebody who is not known yet, in the language that Telegram names."""
        return Visit(
            desk=self._desk,
            user_id=who.person.id,
            t=self._desk.translations.get(language_of(who.person.language_code)),
            chat_id=who.message.chat.id,
            is_private=who.message.chat.type == "private",
            message_id=who.message.message_id,
            query_id=who.query_id,
            turn=turn,
            topic_id=topic_of(who.message),
        )


class Strangers(BaseMiddleware):
    """Keeps those out who may not come in, whatever kind of update they come with.

    Messages and taps go to the reception, which says so in words; anything else is met with silence.
    """

    def __init__(self, desk: Desk, doors: Doors) -> None:
        self._desk = desk
        self._doors = doors

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let an update pass, or not."""
        person = getattr(getattr(event, "event", None), "from_user", None)
        if person is not None and not isinstance(getattr(event, "event", None), Message | CallbackQuery):
            known = await self._desk.engine.people.look_up(person.id)
            if self._doors.refusal(known) is not None:
                return UNHANDLED
        return await handler(event, data)


@dataclass(frozen=True, slots=True)
class _Visitor:
    """Who came, and with what: their message, or the one whose button they pressed."""

    person: Person
    message: Any
    query_id: str | None


def topic_of(message: Any) -> int:
    """Return the topic of a forum that a message is in; 0 for the general one, or none."""
    # Elsewhere ``message_thread_id`` names a thread of answers, which is no place to write to.
    return (getattr(message, "message_thread_id", None) or 0) if _is_in_topic(message) else 0


def is_service(message: Message) -> bool:
    """Say whether a message tells what became of a group, and is nobody's words."""
    return bool(
        message.migrate_to_chat_id
        or message.migrate_from_chat_id
        or message.forum_topic_closed
        or message.left_chat_member
    )


def _is_in_topic(message: Any) -> bool:
    return bool(getattr(message, "is_topic_message", None))


def addressed(message: Message) -> bool:
    """Say whether a message is meant for the bot: other talk in a group is not."""
    if message.from_user is None or message.from_user.is_bot:
        return False
    is_command = (message.text or message.caption or "").startswith("/")
    return message.chat.type == "private" or is_command or _is_reply_to_bot(message)


def _visitor(event: TelegramObject) -> _Visitor | None:
    if isinstance(event, CallbackQuery):
        return _Visitor(event.from_user, event.message, event.id) if event.message else None
    if isinstance(event, Message) and event.from_user is not None and addressed(event):
        return _Visitor(event.from_user, event, None)
    return None


async def _turn_away(visit: Visit, refusal: str) -> None:
    t = visit.t
    is_blocked = refusal == "blocked"
    if visit.query_id is not None:
        await visit.answer(t.plain("blocked" if is_blocked else "not-invited"), alert=True)
    else:
        await visit.send(blocked(t) if is_blocked else not_invited(t))


def _is_reply_to_bot(message: Message) -> bool:
    """Say whether a message answers one of the bot's own: perhaps a question of its."""
    asked, bot = message.reply_to_message, message.bot
    return (
        asked is not None and asked.from_user is not None and bot is not None and asked.from_user.id == bot.id
    )


def _may_press(tap: CallbackQuery) -> bool:
    """Say whether a menu belongs to who pressed it: in a group it answers its owner's message.

    Where that message is gone, or was the bot's own, the engine decides by what the button is about.
    """
    if not isinstance(tap.message, Message):
        return True
    asked = tap.message.reply_to_message
    owner = asked.from_user if asked else None
    return owner is None or owner.is_bot or owner.id == tap.from_user.id
