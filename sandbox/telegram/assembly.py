"""What happens to groups: members come and go, topics open and close, a group becomes a supergroup.

Sources: Bot API, ChatMemberUpdated, Message (``migrate_to_chat_id``, ``forum_topic_created``); tdlib/td for
what becomes of the old group.
"""

from sandbox.telegram.chats import ADMINISTRATORS, Chat, Message, Status, User
from sandbox.telegram.world import World


def set_member(world: World, chat: Chat, user: User, status: Status) -> None:
    """Change what somebody is in a group; a bot that is an administrator there hears of it."""
    old = chat.people.get(user.id, "left")
    chat.people[user.id] = status
    if chat.bot_status in ADMINISTRATORS:
        change = {
            "chat": chat.as_json(),
            "from": user.as_json(),
            "date": world.unix(),
            "old_chat_member": world.member_json(chat, user, old),
            "new_chat_member": world.member_json(chat, user, status),
        }
        world.updates.add("chat_member", change)
    world.feed.stir()


def leave(world: World, chat: Chat, user: User) -> None:
    """Let somebody leave a group: a service message says so to everybody, the bot included."""
    set_member(world, chat, user, "left")
    _serve(world, chat, user, {"left_chat_member": user.as_json()})


def open_topic(world: World, chat: Chat, by: User, name: str) -> int:
    """Open a topic in a supergroup; return its ``message_thread_id``."""
    made = _serve(world, chat, by, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
    made.topic_id = made.id
    chat.topics[made.id] = False
    return made.id


def close_topic(world: World, chat: Chat, by: User, topic_id: int) -> None:
    """Close a topic: only administrators write there from now on."""
    chat.topics[topic_id] = True
    _serve(world, chat, by, {"forum_topic_closed": {}}, topic_id)


def delete_topic(world: World, chat: Chat, topic_id: int) -> None:
    """Delete a topic with all that lies in it; nobody is told."""
    del chat.topics[topic_id]
    world.delete(chat, [one for one in chat.messages.values() if one.topic_id == topic_id])


def upgrade(world: World, chat: Chat, by: User) -> Chat:
    """Make a supergroup of a group: it gets another id, and the bot is told twice."""
    new = world.succeed(chat)
    _tell(world, world.post(chat, by, {"migrate_to_chat_id": new.id}))
    chat.migrated_to = new.id
    _tell(world, world.post(new, by, {"migrate_from_chat_id": chat.id}))
    return new


def _serve(world: World, chat: Chat, by: User, content: dict[str, object], topic_id: int = 0) -> Message:
    message = world.post(chat, by, content, topic_id=topic_id)
    _tell(world, message)
    return message


def _tell(world: World, message: Message) -> None:
    """Tell the bot of a service message: privacy mode hides none of them."""
    world.updates.add("message", message.as_json())
    world.feed.stir()
