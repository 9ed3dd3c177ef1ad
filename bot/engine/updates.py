"""Which updates of Telegram were handled: one that comes twice acts once."""

from datetime import timedelta

from bot.clock import Clock
from bot.storage import updates
from bot.storage.database import Database

_KEPT = timedelta(days=2)  # Telegram keeps an update for one
_TIDY_EVERY = 3600.0


class Updates:
    """Remembers updates by their ids."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._tidied = -_TIDY_EVERY

    async def begin(self, update_id: int) -> int:
        """Note that an update is being handled; return which try this is, from 1, or 0 where it was ended.

        A second try means that the process died during the first one.
        """
        now = self._clock.now()
        async with self._database.write() as tx:
            if self._clock.monotonic() - self._tidied >= _TIDY_EVERY:
                await updates.forget(tx, now - _KEPT)
                self._tidied = self._clock.monotonic()
            return await updates.begin(tx, update_id, now)

    async def ended(self, limit: int) -> tuple[int, ...]:
        """Return the ids of the updates that were handled last, so many at most."""
        async with self._database.read() as tx:
            return await updates.ended(tx, limit=limit)

    async def end(self, update_id: int) -> None:
        """Note that an update is done with."""
        async with self._database.write() as tx:
            await updates.end(tx, update_id, self._clock.now())
