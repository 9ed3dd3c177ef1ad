"""The one sender: every call that writes to a chat goes through it, under Telegram's limits."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    DeleteMessage,
    EditMessageText,
    GetChatAdministrators,
    GetChatMember,
    SendChatAction,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InlineQueryResultArticle, LinkPreviewOptions, ReplyParameters
from aiogram.utils.deep_linking import create_start_link

from bot.clock import Clock
from bot.logs import get_logger
from bot.telegram.outcomes import (
    ChatGone,
    MessageGone,
    Muted,
    Overtaken,
    SendError,
    TopicGone,
    Unacceptable,
    Unsent,
)
from bot.telegram.pace import Pace, Priority
from bot.telegram.screens.screen import Screen
from bot.telegram.screens.words import cut

LONGEST_ANSWER = 200
"""Characters of an answer to a button (Bot API, answerCallbackQuery)."""

_OFFERED_SECONDS = 300
_SECONDS_A_CALL = 20
_TRIES = 4
_FIRST_PAUSE = 1.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_T = TypeVar("_T")
May = Callable[[], bool]
"""Asked right before each call, also before one that is repeated: whether it is still ours to make."""

_log = get_logger(__name__)

# Telegram tells these apart by its sentences only (tdlib/telegram-bot-api, tdlib/td); lower case here.
_CHAT_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was upgraded",
    "group chat was deactivated",
)
_MUTED = (
    "have no rights to send a message",
    "not enough rights to send text messages",
    "chat_write_forbidden",
)
_TOPIC_GONE = ("topic_closed", "topic_deleted", "message thread not found")
_MESSAGE_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to delete not found",
    "message can't be deleted",
    "message identifier is not specified",
)
_UNCHANGED = "message is not modified"


class Sender:
    """Sends, edits, deletes and answers.

    Every method but ``answer`` and ``chat_action`` raises one of ``SendError``'s children. A call that met a
    network error, a 5xx or a 429 is repeated a few times, so that a message may come twice after an answer of
    Telegram's was lost, and none is lost.

    Args:
        bot: the connection.
        clock: whose time counts.
        pace: the limits.

    Attributes:
        on_move: hears of a group that has got a new id: the old one and the new one.
    """

    def __init__(self, bot: Bot, clock: Clock, pace: Pace | None = None) -> None:
        self._bot = bot
        self._clock = clock
        self._pace = pace or Pace(clock)
        self._moved: dict[int, int] = {}
        self.on_move: Callable[[int, int], Awaitable[None]] | None = None

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        *,
        reply_to: int | None = None,
        silent: bool = False,
        priority: Priority = Priority.OTHER,
        may: May = lambda: True,
        topic_id: int | None = None,
    ) -> int:
        """Send a message and return its id.

        Args:
            chat_id: where.
            screen: what.
            reply_to: the message that it answers; where that one is gone, it is sent all the same.
            silent: whether the phone stays quiet.
            priority: who is overtaken while Telegram's limits make it wait.
            may: whether it is still to be sent when its turn has come.
            topic_id: the topic of the chat, or None for none.

        Raises:
            Overtaken: it was not to be sent any more.
        """
        reply = _reply(reply_to)
        message = await self._call(
            SendMessage(
                chat_id=chat_id,
                text=screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=screen.markup(),
                reply_parameters=reply,
                disable_notification=silent or None,
                message_thread_id=topic_id,
                link_preview_options=_NO_PREVIEW,
                disable_web_page_preview=None,  # its old name, which aiogram fills in
            ),
            chat_id,
            priority,
            may,
        )
        return message.message_id

    async def photo(
        self, chat_id: int, content: bytes, caption: Screen, *, reply_to: int | None = None
    ) -> int:
        """Send a picture (PNG or JPEG of at most 10 MB) and return the message's id.

        Args:
            chat_id: where.
            content: the file.
            caption: what stands under it, at most 1024 characters; its buttons cannot redraw it as a text.
            reply_to: the message that it answers.
        """
        message = await self._call(
            SendPhoto(
                chat_id=chat_id,
                photo=BufferedInputFile(content, "picture.png"),
                caption=caption.text,
                parse_mode=ParseMode.HTML,
                reply_markup=caption.keyboard(),
                reply_parameters=_reply(reply_to),
            ),
            chat_id,
            Priority.OTHER,
        )
        return message.message_id

    async def document(
        self, chat_id: int, name: str, content: bytes, caption: Screen, *, reply_to: int | None = None
    ) -> int:
        """Send a file of at most 50 MB under a name and return the message's id; the rest as ``photo``."""
        message = await self._call(
            SendDocument(
                chat_id=chat_id,
                document=BufferedInputFile(content, name),
                caption=caption.text,
                parse_mode=ParseMode.HTML,
                reply_markup=caption.keyboard(),
                reply_parameters=_reply(reply_to),
            ),
            chat_id,
            Priority.OTHER,
        )
        return message.message_id

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        *,
        priority: Priority = Priority.OTHER,
        may: May = lambda: True,
    ) -> None:
        """Redraw a message; one that looks like that already is left alone.

        Raises:
            MessageGone: it was deleted, or cannot be edited any more.
            Overtaken: it was not to be redrawn any more, see ``send``.
        """
        await self._call(
            EditMessageText(
                chat_id=chat_id,
                message_id=message_id,
                text=screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=screen.keyboard(),
                link_preview_options=_NO_PREVIEW,
                disable_web_page_preview=None,  # its old name, which aiogram fills in
            ),
            chat_id,
            priority,
            may,
        )

    async def admins(self, chat_id: int) -> frozenset[int]:
        """Return who runs a group; anonymous ones are in it, too."""
        members = await self._call(GetChatAdministrators(chat_id=chat_id), chat_id, None)
        return frozenset(member.user.id for member in members)

    async def name_of(self, chat_id: int, user_id: int) -> str:
        """Return what a member of a group is called."""
        member = await self._call(GetChatMember(chat_id=chat_id, user_id=user_id), chat_id, None)
        return member.user.full_name

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message.

        Raises:
            MessageGone: the bot may not delete it.
        """
        await self._call(DeleteMessage(chat_id=chat_id, message_id=message_id), chat_id, None)

    async def answer(self, query_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a button: nothing, a passing line, or a box; a failure is only logged."""
        short = None if text is None else cut(text, LONGEST_ANSWER)
        await self._try(AnswerCallbackQuery(callback_query_id=query_id, text=short, show_alert=alert or None))

    async def offer(self, query_id: str, results: Sequence[InlineQueryResultArticle]) -> None:
        """Answer what somebody types behind the bot's name in any chat; a failure is only logged.

        Telegram keeps the answer for five minutes, for this person alone.
        """
        method = AnswerInlineQuery(
            inline_query_id=query_id, results=[*results], cache_time=_OFFERED_SECONDS, is_personal=True
        )
        await self._try(method)

    async def typing(self, chat_id: int) -> None:
        """Show that an answer is being made; a failure is logged."""
        await self.busy(chat_id, ChatAction.TYPING)

    async def busy(self, chat_id: int, action: ChatAction) -> None:
        """Show for five seconds what is being done (Bot API, sendChatAction); a failure is logged."""
        await self._try(SendChatAction(chat_id=self._moved.get(chat_id, chat_id), action=action))

    async def link(self, payload: str) -> str:
        """Return a link that opens the private chat and sends ``/start`` with this payload."""
        return await create_start_link(self._bot, payload)

    async def close(self) -> None:
        """Send nothing more that still waits for its turn."""
        await self._pace.close()

    async def _try(self, method: TelegramMethod[bool]) -> None:
        try:
            await self._bot(method, request_timeout=_SECONDS_A_CALL)
        except AiogramError as error:
            _log.info("not answered", method=method.__api_method__, reason=type(error).__name__)

    def _target(self, method: TelegramMethod[Any], chat_id: int) -> int:
        target = self._moved.get(chat_id, chat_id)
        if target != chat_id and isinstance(method, EditMessageText | DeleteMessage):
            raise MessageGone("its group has got a new id, where its number means another message")
        return target

    async def _move(self, old: int, new: int) -> None:
        self._moved[old] = new
        if self.on_move is not None:
            await self.on_move(old, new)

    async def _call(
        self,
        method: TelegramMethod[_T],
        chat_id: int,
        priority: Priority | None,
        may: May = lambda: True,
    ) -> _T:
        failures = 0
        while True:
            target = self._target(method, chat_id)
            await self._turn(target, priority, may)
            call = method.model_copy(update={"chat_id": target})
            try:
                return await self._bot(call, request_timeout=_SECONDS_A_CALL)
            except TelegramRetryAfter as error:
                self._pace.refused(target, error.retry_after)
                if priority is None:
                    await self._clock.sleep(error.retry_after)
            except TelegramMigrateToChat as error:
                await self._move(target, error.migrate_to_chat_id)
                self._moved[chat_id] = error.migrate_to_chat_id
            except AiogramError as error:
                if isinstance(error, TelegramBadRequest) and _UNCHANGED in error.message:
                    return cast("_T", True)  # noqa: FBT003 - what an edit returns; nobody reads it
                if not _passes(error):
                    raise _outcome(error) from error
                failures += 1
                if failures >= _TRIES:
                    raise Unsent(type(error).__name__) from error
                await self._clock.sleep(_FIRST_PAUSE * 2 ** (failures - 1))

    async def _turn(self, chat_id: int, priority: Priority | None, may: May) -> None:
        if priority is not None:
            await self._pace.turn(chat_id, priority)
        if not may():
            raise Overtaken


def _reply(message_id: int | None) -> ReplyParameters | None:
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True) if message_id else None


def _passes(error: AiogramError) -> bool:
    """Whether the same call may be taken a little later; a plain API error is a 429 that names no pause."""
    network = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
    return isinstance(error, network) or type(error) is TelegramAPIError


def _outcome(error: AiogramError) -> SendError:
    """Tell what a refusal means."""
    # A token that Telegram does not know gives 401 or 404, whatever is sent: the message itself may be fine.
    doors = (TelegramUnauthorizedError, TelegramNotFound, TelegramConflictError)
    if isinstance(error, doors) or not isinstance(error, TelegramAPIError):
        return Unsent(type(error).__name__)
    said = error.message.lower()
    if any(words in said for words in _TOPIC_GONE):
        return TopicGone(error.message)
    if any(words in said for words in _MUTED):
        return Muted(error.message)
    if isinstance(error, TelegramForbiddenError) or any(words in said for words in _CHAT_GONE):
        return ChatGone(error.message)
    if any(words in said for words in _MESSAGE_GONE):
        return MessageGone(error.message)
    return Unacceptable(error.message)
