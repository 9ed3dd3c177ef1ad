"""How persons want to be told things: read for every message, and set under /settings."""

from bot.clock import Clock
from bot.domain.errors import OutOfDate
from bot.domain.quiet import Manner, NotificationsView, QuietHours, zone_of
from bot.i18n import language_of
from bot.storage import manners, settings
from bot.storage.database import Database


class Manners:
    """Keeps silent hours and reminders."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, user_id: int) -> Manner:
        """Return how a person wants to be told things; English and aloud for somebody who was never seen."""
        async with self._database.read() as tx:
            return await manners.find(tx, user_id) or Manner(language_of(None))

    def is_silent(self, manner: Manner) -> bool:
        """Whether a message that goes out now is to come without a sound."""
        return manner.is_silent(self._clock.now())

    async def view(self, user_id: int) -> NotificationsView:
        """Return all that a person has set about what the bot tells, and does, by itself."""
        async with self._database.read() as tx:
            manner = await manners.find(tx, user_id) or Manner(language_of(None))
            reminded = await manners.is_reminded(tx, user_id)
            minutes = await settings.auto_cancel_minutes(tx, user_id)
        zone = zone_of(manner.zone)
        there = self._clock.now().astimezone(zone) if zone else None
        return NotificationsView(manner, reminded, minutes, there)

    async def set_zone(self, user_id: int, zone: str) -> None:
        """Note in which time zone a person lives.

        Raises:
            OutOfDate: there is no such zone: the button was made up by hand.
        """
        if zone_of(zone) is None:
            raise OutOfDate
        async with self._database.write() as tx:
            await manners.put_zone(tx, user_id, zone)

    async def set_quiet(self, user_id: int, hours: QuietHours | None) -> None:
        """Set a person's silent hours; None for none."""
        async with self._database.write() as tx:
            await manners.put_quiet(tx, user_id, hours)

    async def set_reminded(self, user_id: int, *, wanted: bool) -> None:
        """Set whether a person hears that a rental ends soon."""
        async with self._database.write() as tx:
            await manners.put_reminded(tx, user_id, wanted=wanted)
