"""What becomes of groups: the bot is removed, an owner leaves, a topic closes, a group gets a new id."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated, Message

from bot.domain.groups import Pause
from bot.telegram.desk import Desk
from bot.telegram.reception import is_service

_GONE = {"kicked", "left"}
_RUNS = {"creator", "administrator"}


def router() -> Router:
    """Return the handlers of this topic; they come before all that expects a person."""
    here = Router(name="assembly")
    here.message.register(note_service, is_service)
    here.my_chat_member.register(note_own_place, F.chat.type != ChatType.PRIVATE)
    here.chat_member.register(note_member)
    return here


async def note_service(message: Message, desk: Desk) -> None:
    """Follow a group to its new id; pause what was told in a closed topic, and for an owner who has left."""
    groups, chat_id = desk.engine.groups, message.chat.id
    if message.migrate_to_chat_id:
        await groups.chat_moved(chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await groups.chat_moved(message.migrate_from_chat_id, chat_id)
    elif message.forum_topic_closed and message.message_thread_id:
        await groups.pause_topic((chat_id, message.message_thread_id))
    elif message.left_chat_member:
        await groups.pause_chat(chat_id, Pause.LEFT, owner_id=message.left_chat_member.id)


async def note_own_place(update: ChatMemberUpdated, desk: Desk) -> None:
    """Pause a group that the bot was removed from, or may not write to."""
    now = update.new_chat_member
    if now.status in _GONE:
        await desk.engine.groups.pause_chat(update.chat.id, Pause.REMOVED)
    elif isinstance(now, ChatMemberRestricted) and not now.can_send_messages:
        await desk.engine.groups.pause_chat(update.chat.id, Pause.MUTED)


async def note_member(update: ChatMemberUpdated, desk: Desk) -> None:
    """Pause what is told for somebody who does not run the group any more."""
    now = update.new_chat_member
    if now.status not in _RUNS:
        await desk.engine.groups.pause_chat(update.chat.id, Pause.LEFT, owner_id=now.user.id)
