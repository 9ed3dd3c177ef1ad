"""Questions that the bot asked and that wait for an answer."""

from bot.clock import Clock
from bot.storage import prompts
from bot.storage.database import Database
from bot.storage.prompts import Prompt

__all__ = ["Prompt", "Prompts"]


class Prompts:
    """Remembers what a person was asked, across restarts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ask(self, chat_id: int, user_id: int, kind: str, argument: str) -> Prompt:
        """Expect this person's answer in this chat, before the question is sent; an older one is dropped.

        An answer can be there before we hear that the question was delivered. Until ``shown`` is called, the
        message's id is the person's own, negative: no message has it, and no other question of the chat.
        """
        prompt = Prompt(chat_id, -user_id, user_id, kind, argument)
        async with self._database.write() as tx:
            await prompts.add(tx, prompt, self._clock.now())
        return prompt

    async def shown(self, prompt: Prompt, message_id: int) -> None:
        """Note which message asks."""
        async with self._database.write() as tx:
            await prompts.shown(tx, prompt, message_id)

    async def answer(self, chat_id: int, user_id: int) -> Prompt | None:
        """Return what this person was asked last in this chat, or None."""
        async with self._database.read() as tx:
            return await prompts.find(tx, chat_id, user_id)

    async def drop(self, chat_id: int, user_id: int) -> None:
        """Expect no answer any more."""
        async with self._database.write() as tx:
            await prompts.drop(tx, chat_id, user_id)
