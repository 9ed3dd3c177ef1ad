"""What the clock does to rentals: it reminds, prolongs unasked, and ends those of a silent provider."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.errors import CodebellError
from bot.domain.rentals import Rental
from bot.engine.rent_delivery import DAY, HOUR, RentDelivery, reminded_at
from bot.engine.rent_jobs import Errand, Tenant, lane_of
from bot.engine.rent_tenants import Tenants
from bot.engine.schedule import Scheduler

TICK_SECONDS = 60.0

_LANE = "rent-times"
_SILENT_GRACE = timedelta(days=1)
_SOONEST = timedelta(hours=3)
_PART = 4
_AGAIN_SECONDS = 300.0

Auto = Callable[[Rental], Awaitable[None]]


class RentTimes:
    """Looks through all rentals each minute, in memory: whatever the clock was set to, it is seen then.

    Attributes:
        auto: prolongs a rental without asking; None where nothing does.
    """

    def __init__(self, clock: Clock, scheduler: Scheduler, tenants: Tenants, delivery: RentDelivery) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self._tenants = tenants
        self._delivery = delivery
        self.auto: Auto | None = None
        self._tick = Errand(_LANE, self._look_through)
        self._ticks = False

    def start(self) -> None:
        """Look through from now on, as long as something is watched."""
        if not self._ticks:
            self._ticks = True
            self._scheduler.add(self._tick, TICK_SECONDS)

    async def _look_through(self) -> float | None:
        for tenant in self._tenants:
            until = tenant.rental.until
            if until is None or not self._tenants.is_ours(tenant):
                continue
            left = until - self._clock.now()
            if left <= timedelta(0):
                await self._past(tenant, until)
                continue
            self._prolong(tenant, until, left)
            reminder = due_reminder(tenant.rental, left)
            if reminder is not None:
                self._tenants.write(await self._delivery.remind(tenant.rental, reminder))
        self._ticks = bool(len(self._tenants))
        return TICK_SECONDS if self._ticks else None

    async def _past(self, tenant: Tenant, until: datetime) -> None:
        """Have the provider say that a rental is over; where it says nothing for a day, believe our clock."""
        if tenant.past_for != until:
            tenant.past_for = until
            self._tenants.soon(tenant.rental.account_id)
            return
        roll = self._tenants.roll(tenant.rental.account_id)
        if roll is None:
            return
        silent_since = max(until, roll.began, roll.heard_at or roll.began)
        if self._clock.now() - silent_since > _SILENT_GRACE:
            await self._tenants.end(tenant)

    def _prolong(self, tenant: Tenant, until: datetime, left: timedelta) -> None:
        if tenant.rental.auto_prolong is None or tenant.auto_for == until or left > margin(tenant.rental):
            return
        tenant.auto_for = until
        lane = lane_of(tenant.rental.provider)
        errand = partial(self._prolong_now, tenant, until)
        self._scheduler.add(Errand(lane, errand, tenant.rental.account_id))

    async def _prolong_now(self, tenant: Tenant, until: datetime) -> float | None:
        rental = tenant.rental
        wanted = rental.auto_prolong is not None and rental.until == until
        if self.auto is None or not wanted or not self._tenants.is_ours(tenant):
            return None
        try:
            await self.auto(rental)
        except CodebellError:  # nothing was paid: it could not even be asked
            return None if self._tenants.is_past(until) else _AGAIN_SECONDS
        return None


def due_reminder(rental: Rental, left: timedelta) -> int | None:
    """Return which reminder a rental with so much time left is due, or None.

    Of two that were missed only the later one; none that would have come as the rental began.
    """
    began_after = rental.until and reminded_at(rental.until, rental.created_at)
    done = min((one for one in (rental.reminded, began_after) if one is not None), default=None)
    if left <= timedelta(hours=HOUR):
        return HOUR if done != HOUR else None
    return DAY if left <= timedelta(hours=DAY) and done is None else None


def margin(rental: Rental) -> timedelta:
    """Return how long before its end a rental is prolonged without asking: 3 hours, or a quarter of it."""
    if rental.until is None:
        return _SOONEST
    return min(_SOONEST, (rental.until - rental.created_at) / _PART)
