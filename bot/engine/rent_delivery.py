"""What is learnt of a rental: an SMS is recorded, a change or an end is noted, and it is told."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.domain.errors import ProviderError
from bot.domain.outbox import Notice
from bot.domain.rentals import HELD, Rental, RentalState
from bot.domain.sms import Sms
from bot.engine.outbox import Outbox
from bot.storage import group_outbox, manners, rental_outbox, rentals

DAY, HOUR = 24, 1
"""The reminders, by how many hours before the end they come (``Rental.reminded``)."""

_NOTICES = {DAY: Notice.DAY_LEFT, HOUR: Notice.HOUR_LEFT}
_NEAR_A_DAY = timedelta(hours=25)
_NEAR_AN_HOUR = timedelta(hours=1, minutes=15)


def reminded_at(until: datetime | None, now: datetime) -> int | None:
    """Return which reminder is out of place as a rental gets this end: it would come as it begins.

    Whoever writes a rental's ``until`` writes this to its ``reminded``.
    """
    if until is None:
        return None
    left = until - now
    if left <= _NEAR_AN_HOUR:
        return HOUR
    return DAY if left <= _NEAR_A_DAY else None


class RentDelivery:
    """Writes changes of rentals together with the messages that tell of them, in one transaction each."""

    def __init__(self, tell: Outbox, clock: Clock) -> None:
        self._outbox = tell
        self._clock = clock

    async def sms(self, rental_id: int, sms: Sms) -> Rental | None:
        """Record an SMS and have it told; return the rental, or None where the SMS was known already.

        A rental that has ended meanwhile stays ended, and its SMS is told all the same. One that came to the
        number and was told with another of its rentals is recorded, and not told twice.
        """
        async with self._outbox.telling() as tx:
            now = self._clock.now()
            sms_id = await rentals.record_sms(tx, rental_id, sms, now)
            if sms_id is None:
                return None
            rental = await rentals.change(tx, rental_id, news_at=now, error=None, error_text=None)
            if rental is None:
                raise LookupError(f"no rental {rental_id}")
            if not await rentals.is_known_beside(tx, rental, sms):
                bound = await group_outbox.bound(tx, rental.user_id, rental.service, rental.card_chat_id)
                chats = group_outbox.plain_chats(rental, bound)
                await rental_outbox.add_sms(tx, rental, sms_id, chats, now)
                about = {"rental_id": rental.id, "rental_sms_id": sms_id}
                await group_outbox.add_codes(tx, bound.groups, now, **about)
            await rental_outbox.add_card(tx, rental, now)
        return rental

    async def changed(
        self,
        rental_id: int,
        *,
        of: Collection[RentalState],
        to: RentalState,
        notice: Notice | None = None,
        **changes: Any,
    ) -> Rental | None:
        """Change a rental and have its card drawn anew; None where it had moved on meanwhile.

        Args:
            rental_id: ours.
            of: states from which the change is right.
            to: the new state.
            notice: what to tell besides.
            changes: further columns of the rental's row.
        """
        async with self._outbox.telling() as tx:
            rental = await rentals.move(tx, rental_id, of=of, to=to, **changes)
            if rental is not None:
                await rental_outbox.add_card(tx, rental, self._clock.now())
                if notice is not None:
                    await rental_outbox.add_notice(tx, notice, rental, self._clock.now())
        return rental

    async def ended(
        self, rental_id: int, to: RentalState = RentalState.OVER, *, why: ProviderError | None = None
    ) -> Rental | None:
        """Note that a held rental has ended without its person's doing, and tell it; None where it was over.

        Args:
            rental_id: ours.
            to: how it ended.
            why: what the provider said, where it was not simply the end of the time.
        """
        told = {"error": why.slug, "error_text": why.text} if why else {}
        return await self.changed(rental_id, of=HELD, to=to, notice=Notice.RENTAL_OVER, **told)

    async def remind(self, rental: Rental, hours: int) -> Rental | None:
        """Remind of a rental's end once; None where it has got another end, or another reminder, meanwhile.

        Whoever wants no reminders gets none, and none later for what is near its end by now.

        Args:
            rental: as it is known.
            hours: ``DAY`` or ``HOUR``.
        """
        async with self._outbox.telling() as tx:
            await rentals.lock(tx, rental.id)
            now = await rentals.find(tx, rental.id)
            if now is None or not now.is_held or (now.until, now.reminded) != (rental.until, rental.reminded):
                return now
            reminded = await rentals.change(tx, rental.id, reminded=hours)
            if reminded is not None and await manners.is_reminded(tx, reminded.user_id):
                await rental_outbox.add_notice(tx, _NOTICES[hours], reminded, self._clock.now())
        return reminded

    async def complaint(self, rental_id: int, error: ProviderError) -> Rental | None:
        """Note, once, that a provider refuses to say whether SMS have come, and why."""
        async with self._outbox.telling() as tx:
            await rentals.lock(tx, rental_id)
            rental = await rentals.find(tx, rental_id)
            if rental is None or (rental.error, rental.error_text) == (error.slug, error.text):
                return rental
            told = {"error": error.slug, "error_text": error.text}
            changed = await rentals.change(tx, rental_id, **told)
            if changed is not None:
                await rental_outbox.add_card(tx, changed, self._clock.now())
        return changed

    async def redraw(self, found: Iterable[Rental]) -> None:
        """Have the cards of these rentals drawn anew."""
        async with self._outbox.telling() as tx:
            for rental in found:
                await rental_outbox.add_card(tx, rental, self._clock.now())
