"""The world behind the simulated Bot API: one bot, people, chats, and what happens among them."""

import itertools
from collections.abc import Iterable

from bot.clock import Clock
from sandbox.telegram.chats import ADMINISTRATORS, PRESENT, Chat, ChatType, Message, Status, User
from sandbox.telegram.entities import format_text
from sandbox.telegram.feed import Feed
from sandbox.telegram.files import Files
from sandbox.telegram.profile import Profile
from sandbox.telegram.queries import Answer, InlineQuery, Queries, Query
from sandbox.telegram.refusal import Refusal, bad_request, forbidden
from sandbox.telegram.schema import Json
from sandbox.telegram.session import Session
from sandbox.telegram.updates import Updates

_FIRST_PERSON = 700_000_001
_FIRST_GROUP = -400_001
_FIRST_SUPERGROUP = -1_001_900_000_001


class World:
    """Everything there is, changed by the bot through its methods and by people through theirs.

    Attributes:
        bot: who the token stands for.
        users: everybody by id, the bot included.
        inline: whether inline mode is switched on for the bot.
        chats: by id. A private chat exists from the moment its person does.
    """

    def __init__(self, clock: Clock, bot: User) -> None:
        self.clock = clock
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.feed = Feed()
        self.updates = Updates(clock)
        self.queries = Queries(clock)
        self.profile = Profile()
        self.files = Files()
        self.session = Session(clock)
        self.inline = True
        self._person_ids = itertools.count(_FIRST_PERSON)
        self._group_ids = {"group": itertools.count(_FIRST_GROUP, -1)}
        self._group_ids["supergroup"] = itertools.count(_FIRST_SUPERGROUP, -1)
        # Private chats and basic groups number their messages together, a supergroup numbers its own.
        self._message_ids = itertools.count(1)
        self._supergroup_ids: dict[int, itertools.count[int]] = {}

    def unix(self) -> int:
        """Return the time as Telegram gives it."""
        return int(self.clock.now().timestamp())

    # --- people and chats

    def add_person(self, first_name: str, language_code: str | None, username: str | None = None) -> User:
        """Let somebody join Telegram; the bot does not know them yet."""
        user = User(next(self._person_ids), first_name, language_code, username)
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", first_name, {user.id: "member"})
        return user

    def add_group(self, title: str, members: dict[int, Status], type_: ChatType, bot_status: Status) -> Chat:
        """Found a group with these members; a bot in it is told as ``my_chat_member``."""
        chat = Chat(next(self._group_ids[type_]), type_, title, dict(members), "left")
        self.chats[chat.id] = chat
        if bot_status != "left":
            founder = next((user for user in members), self.bot.id)
            self.set_bot_status(chat, self.users[founder], bot_status)
        return chat

    def succeed(self, chat: Chat) -> Chat:
        """Return a new supergroup with the title and the people of a group."""
        id_ = next(self._group_ids["supergroup"])
        new = Chat(id_, "supergroup", chat.title, dict(chat.people), chat.bot_status)
        self.chats[new.id] = new
        return new

    def set_bot_status(self, chat: Chat, by: User, status: Status) -> None:
        """Add, promote, remove or block the bot, and tell it."""
        old, chat.bot_status = chat.bot_status, status
        change = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": self.unix(),
            "old_chat_member": self.member_json(chat, self.bot, old),
            "new_chat_member": self.member_json(chat, self.bot, status),
        }
        self.updates.add("my_chat_member", change)
        self.feed.stir()

    def block(self, user: User, *, blocked: bool) -> None:
        """Block the bot, or unblock it."""
        chat = self.chats[user.id]
        if chat.blocked is not blocked:
            chat.blocked = blocked
            self.set_bot_status(chat, user, "kicked" if blocked else "member")

    def member_json(self, chat: Chat, user: User, status: Status) -> Json:
        """Return the API's ChatMember."""
        member: Json = {"status": status, "user": user.as_json()}
        match status:
            case "creator":
                member["is_anonymous"] = False
            case "administrator":
                rights = dict.fromkeys(_ADMINISTRATOR_RIGHTS, True)
                member |= {"can_be_edited": False, **rights, "is_anonymous": False}
                member |= {"can_pin_messages": True, "can_manage_topics": chat.type == "supergroup"}
            case "restricted":
                member |= {"is_member": True, **dict.fromkeys(_MEMBER_RIGHTS, False), "until_date": 0}
            case "kicked":
                member["until_date"] = 0
        return member

    def chats_of(self, user: int) -> list[Chat]:
        """Return the chats this person is in."""
        return [chat for chat in self.chats.values() if chat.people.get(user) in PRESENT]

    # --- what the bot may reach

    def chat_of_bot(self, identifier: int | str) -> Chat:
        """Return a chat that the bot names.

        Raises:
            Refusal: 400, where it does not exist.
        """
        chat = self.chats.get(identifier) if isinstance(identifier, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        return chat

    def writable(self, identifier: int | str) -> Chat:
        """Return a chat that the bot may write to.

        Raises:
            Refusal: 400 or 403, in Telegram's words.
        """
        chat = self.chat_of_bot(identifier)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.is_private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if chat.bot_status not in PRESENT:
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        if chat.bot_status == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")
        return chat

    # --- messages

    def post(
        self,
        chat: Chat,
        author: User,
        content: Json,
        *,
        markup: Json | None = None,
        reply_to: Message | None = None,
        topic_id: int = 0,
    ) -> Message:
        """Put a message into a chat, for everybody in it to see; an answer goes where its question is."""
        ids = self._message_ids
        if chat.type == "supergroup":
            ids = self._supergroup_ids.setdefault(chat.id, itertools.count(1))
        message = Message(next(ids), chat, author, self.unix(), content, markup, reply_to)
        message.topic_id = topic_id or (reply_to.topic_id if reply_to else 0)
        chat.messages[message.id] = message
        self._show("message", message)
        return message

    def edited(self, message: Message, *, visibly: bool = True) -> None:
        """Tell everybody that a message changed; ``visibly`` also marks it as edited."""
        if visibly:
            message.edit_date = self.unix()
        self._show("edited", message)

    def delete(self, chat: Chat, messages: Iterable[Message]) -> None:
        """Take messages away for everybody."""
        gone = [message for message in messages if not message.deleted]
        for message in gone:
            message.deleted = True
            chat.messages.pop(message.id, None)
            if message.id in chat.pinned:
                chat.pinned.remove(message.id)
        if gone:
            event = {"type": "deleted", "chat": chat.id, "message_ids": [message.id for message in gone]}
            self.feed.publish(chat.people, event)

    def _show(self, kind: str, message: Message) -> None:
        for user in message.chat.people:
            event = {"type": kind, "chat": message.chat.id, "message": message.as_shown(user)}
            self.feed.publish((user,), event)

    # --- what people do

    def say(
        self, user: User, chat: Chat, text: str, reply_to: Message | None = None, topic_id: int = 0
    ) -> Message:
        """Let a person write; the bot hears it where its privacy mode lets it."""
        content = format_text(text, None).as_json()
        if chat.is_private:
            chat.started = True
            self.block(user, blocked=False)
        message = self.post(chat, user, content, reply_to=reply_to, topic_id=topic_id)
        if self._bot_hears(message):
            self.updates.add("message", message.as_json())
        return message

    def press(self, user: User, message: Message, data: str) -> Query:
        """Let a person press a button that carries this data."""
        query = self.queries.ask(user, message.chat)
        update = {
            "id": query.id,
            "from": user.as_json(),
            "message": message.as_pressed(),
            "chat_instance": str(abs(message.chat.id) * 31),
            "data": data,
        }
        self.updates.add("callback_query", update)
        return query

    def type_inline(self, user: User, text: str) -> InlineQuery:
        """Let a person type behind the bot's name, in a chat that the bot is not told."""
        query = self.queries.type()
        update = {"id": query.id, "from": user.as_json(), "query": text, "offset": ""}
        if self.inline:
            self.updates.add("inline_query", update)
        return query

    def answer(self, query_id: str, answer: Answer) -> None:
        """Let the bot answer a press.

        Raises:
            Refusal: 400, see ``Queries.answer``.
        """
        query = self.queries.answer(query_id, answer)
        event = {"type": "answer", "query_id": query.id, "text": answer.text, "show_alert": answer.show_alert}
        self.feed.publish((query.user.id,), event)

    def _bot_hears(self, message: Message) -> bool:
        """Apply privacy mode: in a group only commands for the bot, mentions of it and replies to it."""
        chat = message.chat
        if chat.is_private or chat.bot_status in ADMINISTRATORS:
            return True
        if chat.bot_status not in PRESENT:
            return False
        if message.reply_to is not None and message.reply_to.author.id == self.bot.id:
            return True
        text, name = message.content.get("text", ""), f"@{self.bot.username}".lower()
        for entity in message.content.get("entities", ()):
            if entity["type"] in {"bot_command", "mention"}:
                marked = _slice(text, entity).lower()
                if marked.endswith(name) or (entity["type"] == "bot_command" and "@" not in marked):
                    return True
        return False


def _slice(text: str, entity: Json) -> str:
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


_MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
