"""Everybody comes in here: who may, in which language, and what happens when a handler fails."""

import secrets
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from bot.domain.errors import CodebellError, NotYours
from bot.logs import get_logger
from bot.telegram.desk import Desk
from bot.telegram.outcomes import ChatGone, SendError
from bot.telegram.screens.start import not_invited
from bot.telegram.visit import Visit

_log = get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Reception(BaseMiddleware):
    """Gives every handler a ``Visit``, and nobody silence.

    Args:
        desk: what handlers work with.
        allowed_users: Telegram ids of those who may use the bot; empty for everybody.
    """

    def __init__(self, desk: Desk, allowed_users: Collection[int]) -> None:
        self._desk = desk
        self._allowed = frozenset(allowed_users)

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Receive a message or a tap, let the handler act, and make sure that the person hears something."""
        visit = await self._receive(event)
        if visit is None:
            return None
        data["visit"] = visit
        try:
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
        if self._allowed and visit.user_id not in self._allowed:
            return await self._turn_away(visit)
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
        except Exception:  # noqa: BLE001 - whatever it was, the person is told
            incident = secrets.token_hex(4)
            _log.exception("handler failed", incident=incident)
            await visit.crash(incident)
        return None

    async def _receive(self, event: TelegramObject) -> Visit | None:
        if isinstance(event, CallbackQuery):
            if event.message is None:
                return None
            return await self._visit(event.from_user, event.message, event.id)
        if isinstance(event, Message) and event.from_user is not None and not event.from_user.is_bot:
            is_command = (event.text or event.caption or "").startswith("/")
            # Other talk in a group is not ours.
            if event.chat.type == "private" or is_command or _is_reply_to_bot(event):
                return await self._visit(event.from_user, event, None)
        return None

    async def _visit(self, person: User, message: Any, query_id: str | None) -> Visit:
        user = await self._desk.engine.people.arrive(person.id, person.language_code)
        return Visit(
            desk=self._desk,
            user_id=user.id,
            t=self._desk.translations.get(user.language),
            chat_id=message.chat.id,
            is_private=message.chat.type == "private",
            message_id=message.message_id,
            query_id=query_id,
        )

    async def _turn_away(self, visit: Visit) -> None:
        if visit.query_id is not None:
            await visit.answer(visit.t.plain("not-invited"), alert=True)
        else:
            await visit.send(not_invited(visit.t))


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
