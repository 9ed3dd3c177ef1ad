"""Methods that put something new into a chat."""

from typing import Any

from sandbox.telegram.chats import ADMINISTRATORS, Chat, Message
from sandbox.telegram.keyboards import reply_markup
from sandbox.telegram.methods.call import Call, Method
from sandbox.telegram.refusal import bad_request, not_simulated
from sandbox.telegram.schema import Json

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
# A bot-wide parse mode arrives in every reply_parameters, quote or not.
_REPLY_FIELDS = frozenset({"message_id", "chat_id", "allow_sending_without_reply", "quote_parse_mode"})


async def send_message(call: Call) -> Json:
    """Play sendMessage."""
    return _send(call, call.text())


async def send_photo(call: Call) -> Json:
    """Play sendPhoto."""
    return _send(call, call.world.files.photo(call.params["photo"]).as_message() | call.caption())


async def send_document(call: Call) -> Json:
    """Play sendDocument."""
    return _send(call, call.world.files.document(call.params["document"]).as_message() | call.caption())


async def send_chat_action(call: Call) -> bool:
    """Play sendChatAction: apps show it for five seconds."""
    chat = call.writable()
    action: Any = call.params["action"]
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.feed.publish(chat.people, {"type": "action", "chat": chat.id, "action": action})
    return True


def _send(call: Call, content: Json) -> Json:
    chat = call.writable()
    topic_id = _topic(call, chat)
    markup = reply_markup(call.params.get("reply_markup"))
    reply_to = _reply_target(call, chat)
    call.limiter.spend(chat.id)
    if call.params.get("protect_content"):
        content["has_protected_content"] = True
    return call.world.post(
        chat, call.world.bot, content, markup=markup, reply_to=reply_to, topic_id=topic_id
    ).as_json()


def _topic(call: Call, chat: Chat) -> int:
    """Return where in a chat it goes; only an administrator writes to a topic that is closed."""
    topic_id: int = call.params.get("message_thread_id", 0)
    if topic_id and topic_id not in chat.topics:
        raise bad_request("message thread not found")
    if chat.topics.get(topic_id) and chat.bot_status not in ADMINISTRATORS:
        raise bad_request("TOPIC_CLOSED")
    return topic_id


def _reply_target(call: Call, chat: Chat) -> Message | None:
    wanted = call.params.get("reply_parameters")
    if wanted is None:
        return None
    if set(wanted) - _REPLY_FIELDS or wanted.get("chat_id", chat.id) != chat.id:
        raise not_simulated("a reply to a part of a message or across chats")
    message = chat.messages.get(wanted.get("message_id", 0))
    if message is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
