"""What a method of the simulated Bot API gets, and what its neighbours share with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.chats import Chat
from sandbox.telegram.entities import FormattedText, caption_text, message_text
from sandbox.telegram.limits import Limiter
from sandbox.telegram.schema import Json
from sandbox.telegram.webhook import Webhook
from sandbox.telegram.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """One valid call."""

    world: World
    limiter: Limiter
    webhook: Webhook
    params: Json

    def writable(self) -> Chat:
        """Return the chat that ``chat_id`` names, if the bot may write to it.

        Raises:
            Refusal: 400 or 403, in Telegram's words.
        """
        return self.world.writable(self.params["chat_id"])

    def text(self) -> Json:
        """Return the content of a text message.

        Raises:
            Refusal: 400, for markup or a length that Telegram does not take.
        """
        params = self.params
        formatted = message_text(params["text"], params.get("parse_mode"), params.get("entities"))
        content = self._with_known_people(formatted).as_json()
        if preview := params.get("link_preview_options"):
            content["link_preview_options"] = preview
        return content

    def caption(self) -> Json:
        """Return the caption of a photo or document, empty where there is none.

        Raises:
            Refusal: 400, for markup or a length that Telegram does not take.
        """
        params = self.params
        formatted = caption_text(
            params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities")
        )
        return self._with_known_people(formatted).as_json("caption", "caption_entities")

    def _with_known_people(self, formatted: FormattedText) -> FormattedText:
        """Complete mentions by identifier; one of a stranger is dropped in silence, as Telegram does."""
        entities: list[Json] = []
        for entity in formatted.entities:
            if entity["type"] != "text_mention":
                entities.append(entity)
            elif user := self.world.users.get(entity["user"]["id"]):
                entities.append({**entity, "user": user.as_json()})
        return FormattedText(formatted.text, entities)


Method = Callable[[Call], Awaitable[Any]]
