"""Methods that change or remove what lies in a chat already.

Sources: TDLib, MessagesManager.cpp (can_edit_message, can_revoke_message); Bot API, deleteMessage.
"""

import re
from datetime import timedelta
from functools import lru_cache

from sandbox.telegram.chats import ADMINISTRATORS, Chat, Message
from sandbox.telegram.keyboards import is_inline, reply_markup
from sandbox.telegram.methods.call import Call, Method
from sandbox.telegram.refusal import Refusal, bad_request
from sandbox.telegram.schema import Json, schema

_DELETABLE = int(timedelta(hours=48).total_seconds())
_MOST_IDS = 100
_FORMATTED = frozenset({"text", "entities", "link_preview_options"})
_CAPTION = frozenset({"caption", "caption_entities"})


async def edit_message_text(call: Call) -> Json:
    """Play editMessageText."""
    message = _editable(call)
    if "text" not in call.params:
        raise bad_request("message text is empty")
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, _FORMATTED, call.text())


async def edit_message_caption(call: Call) -> Json:
    """Play editMessageCaption."""
    message = _editable(call)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, _CAPTION, call.caption())


async def edit_message_reply_markup(call: Call) -> Json:
    """Play editMessageReplyMarkup; without a keyboard it takes the keyboard away, as every edit does."""
    return _change(call, _editable(call), frozenset(), {})


async def delete_message(call: Call) -> bool:
    """Play deleteMessage."""
    chat = call.world.chat_of_bot(call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(call, message)
    call.world.delete(chat, [message])
    return True


async def delete_messages(call: Call) -> bool:
    """Play deleteMessages: what is not there is skipped."""
    identifiers = call.params["message_ids"]
    if not identifiers:
        raise bad_request("message identifiers are not specified")
    if len(identifiers) > _MOST_IDS:
        raise bad_request("too many message identifiers specified")
    chat = call.world.chat_of_bot(call.params["chat_id"])
    messages = [chat.messages[number] for number in identifiers if number in chat.messages]
    for message in messages:
        _check_deletable(call, message)
    call.world.delete(chat, messages)
    return True


async def set_message_reaction(call: Call) -> bool:
    """Play setMessageReaction: a bot has one reaction, from the fixed list."""
    chat = call.writable()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    reactions = call.params.get("reaction", [])
    emoji = [reaction.get("emoji") for reaction in reactions]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(not sign or sign not in _reaction_emoji() for sign in emoji):
        raise bad_request("REACTION_INVALID")
    message.reaction = emoji[0] if emoji else None
    call.world.edited(message, visibly=False)
    return True


async def pin_chat_message(call: Call) -> bool:
    """Play pinChatMessage: the chat gets a service message."""
    chat = call.writable()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    _check_may_pin(chat)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        call.world.post(chat, call.world.bot, {"pinned_message": message.as_json(replies=False)})
    return True


async def unpin_chat_message(call: Call) -> bool:
    """Play unpinChatMessage: the newest one where none is named."""
    chat = call.writable()
    _check_may_pin(chat)
    identifier = call.params.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if identifier not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(identifier)
    return True


def _editable(call: Call) -> Message:
    if "chat_id" not in call.params:
        raise bad_request("chat_id is empty")
    if "message_id" not in call.params:
        raise bad_request("message identifier is not specified")
    chat = call.writable()
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    forced = message.markup is not None and not is_inline(message.markup)
    if message.author.id != call.world.bot.id or forced or "pinned_message" in message.content:
        raise bad_request("message can't be edited")
    return message


def _change(call: Call, message: Message, replaced: frozenset[str], content: Json) -> Json:
    markup = reply_markup(call.params.get("reply_markup"))
    kept = {name: value for name, value in message.content.items() if name not in replaced}
    changed = kept | content
    if changed == message.content and markup == message.markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    call.limiter.spend(message.chat.id)
    visibly = changed != message.content
    message.content, message.markup = changed, markup
    call.world.edited(message, visibly=visibly)
    return message.as_json()


def _check_deletable(call: Call, message: Message) -> None:
    chat = message.chat
    if chat.type == "supergroup" and chat.bot_status in ADMINISTRATORS:
        return
    if (
        not chat.is_private
        and message.author.id != call.world.bot.id
        and chat.bot_status not in ADMINISTRATORS
    ):
        raise bad_request("message can't be deleted")
    if call.world.unix() - message.date > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")


def _check_may_pin(chat: Chat) -> None:
    if not chat.is_private and chat.bot_status not in ADMINISTRATORS:
        raise Refusal(400, "Bad Request: not enough rights to manage pinned messages in the chat")


@lru_cache(maxsize=1)
def _reaction_emoji() -> frozenset[str]:
    """Return the emoji that the documentation of ReactionTypeEmoji lists."""
    description = schema().types["ReactionTypeEmoji"].fields["emoji"].description
    return frozenset(re.findall(r'"([^"]+)"', description))


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
