"""Chats and what lies in them: the records that the world is made of."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.telegram.keyboards import is_inline
from sandbox.telegram.schema import Json

ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

PRESENT: frozenset[Status] = frozenset({"creator", "administrator", "member", "restricted"})
ADMINISTRATORS: frozenset[Status] = frozenset({"creator", "administrator"})


@dataclass(slots=True)
class User:
    """A person, or the bot itself."""

    id: int
    first_name: str
    language_code: str | None = None
    username: str | None = None
    is_bot: bool = False

    def as_json(self) -> Json:
        """Return the API's User."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(slots=True)
class Message:
    """One message.

    Attributes:
        id: unique in its chat.
        chat: where it lies.
        author: who sent it.
        date: Unix time.
        content: the fields of the API's Message that make up what it says: ``text``, ``photo``, ``caption`` …
        markup: an inline keyboard or a ForceReply.
        reply_to: the message it answers, which may be gone by now.
        edit_date: Unix time of the last edit that people can see.
        reaction: the bot's own, at most one emoji.
        deleted: it is no longer in the chat.
        topic_id: the topic that it is in; 0 for the general one, or none.
    """

    id: int
    chat: "Chat"
    author: User
    date: int
    content: Json
    markup: Json | None = None
    reply_to: "Message | None" = None
    edit_date: int | None = None
    reaction: str | None = None
    deleted: bool = False
    topic_id: int = 0

    def as_json(self, *, replies: bool = True) -> Json:
        """Return the API's Message as the bot gets it: a ForceReply is not part of it."""
        message: Json = {
            "message_id": self.id,
            "from": self.author.as_json(),
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.content,
        }
        if self.topic_id:
            message |= {"message_thread_id": self.topic_id, "is_topic_message": True}
        if self.edit_date is not None:
            message["edit_date"] = self.edit_date
        if replies and self.reply_to is not None and not self.reply_to.deleted:
            message["reply_to_message"] = self.reply_to.as_json(replies=False)
        if is_inline(self.markup):
            message["reply_markup"] = self.markup
        return message

    def as_pressed(self) -> Json:
        """Return what a press of one of its buttons tells: of a deleted message no more than its place."""
        if self.deleted:
            return {"chat": self.chat.as_json(), "message_id": self.id, "date": 0}
        return self.as_json()

    def as_shown(self, viewer: int) -> Json:
        """Return it as an app shows it to one person: a ForceReply included, and whether it is their own."""
        message = self.as_json()
        if self.markup is not None:
            message["reply_markup"] = self.markup
        if self.reaction is not None:
            message["reaction"] = self.reaction
        return {**message, "out": self.author.id == viewer}


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, or a group.

    Attributes:
        id: the person's own id, or a negative number.
        people: the members by user id, without the bot.
        bot_status: what the bot is in a group; in a private chat it is always a member.
        messages: what is visible now, by id, oldest first.
        pinned: identifiers of pinned messages, oldest first.
        started: the person has written to the bot before.
        blocked: the person has blocked the bot.
        topics: of a forum, by ``message_thread_id``, whether it is closed.
        migrated_to: the supergroup that it has become; nothing can be done with it any more.
    """

    id: int
    type: ChatType
    title: str
    people: dict[int, Status] = field(default_factory=dict)
    bot_status: Status = "member"
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    topics: dict[int, bool] = field(default_factory=dict)
    migrated_to: int | None = None

    @property
    def is_private(self) -> bool:
        """Whether this is one person's chat with the bot."""
        return self.type == "private"

    def as_json(self) -> Json:
        """Return the API's Chat."""
        name = "first_name" if self.is_private else "title"
        chat: Json = {"id": self.id, "type": self.type, name: self.title}
        return chat | {"is_forum": True} if self.topics else chat
