"""A message as tests look at it."""

from sandbox.telegram import chats
from sandbox.telegram.keyboards import is_inline
from sandbox.telegram.schema import Json


class Seen:
    """A message as a person sees it; it follows the edits."""

    def __init__(self, message: chats.Message) -> None:
        self._message = message

    def __repr__(self) -> str:
        return f"<message {self.id} of {self._message.author.first_name}: {self.text!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and other._message is self._message

    def __hash__(self) -> int:
        return id(self._message)

    @property
    def id(self) -> int:
        """Its identifier in its chat."""
        return self._message.id

    @property
    def text(self) -> str:
        """The text or caption it has now, without markup."""
        content = self._message.content
        text: str = content.get("text") or content.get("caption") or ""
        return text

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption it has now."""
        content = self._message.content
        entities: list[Json] = content.get("entities") or content.get("caption_entities") or []
        return entities

    def marked(self, type_: str) -> list[str]:
        """Return the stretches of text under entities of this type: ``marked("code")``."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
            for entity in self.entities
            if entity["type"] == type_
        ]

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of the inline keyboard it has now, as the API's InlineKeyboardButton."""
        markup = self._message.markup
        return markup["inline_keyboard"] if markup is not None and is_inline(markup) else []

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the inline keyboard it has now, row by row."""
        return [[button["text"] for button in row] for row in self.buttons]

    def button(self, label: str) -> Json | None:
        """Return the button with exactly this label."""
        return next((button for row in self.buttons for button in row if button["text"] == label), None)

    @property
    def forces_reply(self) -> bool:
        """Whether it opens the reply field."""
        return bool(self._message.markup) and not is_inline(self._message.markup)

    @property
    def reply_to(self) -> "Seen | None":
        """The message it answers, if that is still there."""
        target = self._message.reply_to
        return None if target is None or target.deleted else Seen(target)

    @property
    def topic(self) -> int:
        """The topic that it is in; 0 for the general one, or none."""
        return self._message.topic_id

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self._message.author.is_bot

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return self._message.deleted

    @property
    def edited(self) -> bool:
        """Whether its content was edited."""
        return self._message.edit_date is not None

    @property
    def reaction(self) -> str | None:
        """The bot's reaction."""
        return self._message.reaction

    @property
    def json(self) -> Json:
        """The API's Message."""
        return self._message.as_json()

    @property
    def record(self) -> chats.Message:
        """The record in the world."""
        return self._message
