"""Users, from first contact on."""

from dataclasses import replace

from bot.clock import Clock
from bot.domain.people import User
from bot.i18n import language_of
from bot.storage import people
from bot.storage.database import Database


class People:
    """Knows who writes to the bot, and in which language to answer."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def arrive(self, user_id: int, language_code: str | None) -> User:
        """Return the user, made at first contact with the language that Telegram names.

        Args:
            user_id: Telegram's.
            language_code: IETF tag such as ``pt-br``, or None.
        """
        async with self._database.read() as tx:
            known = await people.find(tx, user_id)
        if known is not None and known.reachable:
            return known
        async with self._database.write() as tx:
            user = await people.first_seen(tx, user_id, language_of(language_code), self._clock.now())
            if not user.reachable:
                await people.set_reachable(tx, user_id, reachable=True)
        return replace(user, reachable=True)

    async def look_up(self, user_id: int) -> User:
        """Return the user as they are known; somebody who was never seen is as everybody, and not kept."""
        async with self._database.read() as tx:
            known = await people.find(tx, user_id)
        return known or User(user_id, language_of(None), reachable=True, created_at=self._clock.now())

    async def language(self, user_id: int) -> str:
        """Return the language of a user; English for somebody who was never seen."""
        async with self._database.read() as tx:
            return await people.language(tx, user_id) or language_of(None)

    async def set_language(self, user_id: int, language: str) -> None:
        """Speak this language (``en``, ``ru`` or ``tr``) to the user from now on."""
        async with self._database.write() as tx:
            await people.set_language(tx, user_id, language)

    async def unreachable(self, user_id: int) -> None:
        """Note that the user's chat takes no messages; the next message of theirs undoes it."""
        async with self._database.write() as tx:
            await people.set_reachable(tx, user_id, reachable=False)
