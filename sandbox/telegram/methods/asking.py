"""Methods that ask about chats, members and files, answer presses, or leave."""

from sandbox.telegram.chats import ADMINISTRATORS, Status
from sandbox.telegram.entities import message_text
from sandbox.telegram.keyboards import reply_markup
from sandbox.telegram.methods.call import Call, Method
from sandbox.telegram.queries import Answer, Offered
from sandbox.telegram.refusal import bad_request, forbidden, not_simulated
from sandbox.telegram.schema import Json

_MOST_RESULTS = 50


async def get_me(call: Call) -> Json:
    """Play getMe. Privacy mode is on, as it is for a new bot."""
    return call.world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": call.world.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def answer_callback_query(call: Call) -> bool:
    """Play answerCallbackQuery."""
    params = call.params
    if "url" in params:
        raise not_simulated("an answer with a URL")
    answer = Answer(params.get("text") or None, params.get("show_alert", False))
    call.world.answer(params["callback_query_id"], answer)
    return True


async def answer_inline_query(call: Call) -> bool:
    """Play answerInlineQuery: articles with a text, as many as Telegram takes, each id once."""
    results = call.params["results"]
    ids = [result["id"] for result in results]
    if len(ids) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        if result["type"] != "article" or "message_text" not in result.get("input_message_content", {}):
            raise not_simulated("an inline result other than an article with a text")
        content = result["input_message_content"]
        message_text(content["message_text"], content.get("parse_mode"), content.get("entities"))
        reply_markup(result.get("reply_markup"))
    offered = Offered(results, call.params.get("cache_time", 300), call.params.get("is_personal", False))
    call.world.queries.offer(call.params["inline_query_id"], offered)
    call.world.feed.broadcast({"type": "offered"})
    return True


async def get_chat(call: Call) -> Json:
    """Play getChat."""
    chat = call.world.chat_of_bot(call.params["chat_id"])
    if chat.is_private and not chat.started:
        raise bad_request("chat not found")
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    full = chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].as_json(replies=False)
    return full


async def get_chat_member(call: Call) -> Json:
    """Play getChatMember."""
    chat = call.world.chat_of_bot(call.params["chat_id"])
    user = call.world.users.get(call.params["user_id"])
    if user is None:
        raise bad_request("user not found")
    if not chat.is_private and chat.bot_status not in ADMINISTRATORS | {"member"}:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    status: Status = chat.bot_status if user is call.world.bot else chat.people.get(user.id, "left")
    return call.world.member_json(chat, user, status)


async def get_chat_administrators(call: Call) -> list[Json]:
    """Play getChatAdministrators: other bots are left out, this one is not."""
    world = call.world
    chat = world.chat_of_bot(call.params["chat_id"])
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    members = {**chat.people, world.bot.id: chat.bot_status}
    return [
        world.member_json(chat, world.users[user], status)
        for user, status in members.items()
        if status in ADMINISTRATORS
    ]


async def leave_chat(call: Call) -> bool:
    """Play leaveChat."""
    chat = call.writable()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    call.world.set_bot_status(chat, call.world.bot, "left")
    return True


async def get_file(call: Call) -> Json:
    """Play getFile."""
    file = call.world.files.find(call.params["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return file.as_file()


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
