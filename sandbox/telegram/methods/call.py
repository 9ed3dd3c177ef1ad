"""What a method of the simulated Bot API gets, and what its neighbours share with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.chats import Chat
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


Method = Callable[[Call], Awaitable[Any]]
