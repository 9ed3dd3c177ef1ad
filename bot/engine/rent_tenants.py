"""The rentals that are watched: who they are, when each is asked for, what is written of them."""

import heapq
from collections.abc import Iterator
from datetime import datetime

from bot.clock import Clock
from bot.domain.errors import ProviderError
from bot.domain.rentals import Rental, RentalState
from bot.domain.sms import Sms
from bot.engine.rent_delivery import RentDelivery
from bot.engine.rent_jobs import Roll, Tenant, lane_of, late_lane_of
from bot.engine.schedule import Scheduler
from bot.providers.lease import RentalCapability, Terms
from bot.providers.registry import Providers
from bot.storage import rentals
from bot.storage.database import Database

_LATE = 4  # times the usual interval: nothing was heard for a day
_LIST_SECONDS = 300.0  # between two looks at a list that tells no news
_LOOKED_AT = 10  # rentals at once, where it is not known which one has news
_LAST_LOOK_SECONDS = 5.0  # before the end, as our clock knows it
_USUAL = Terms(periods=())


class Tenants:
    """Keeps the records of what is watched, and puts their jobs on the schedule."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        providers: Providers,
        scheduler: Scheduler,
        delivery: RentDelivery,
    ) -> None:
        self._territory = scheduler.territory
        self._database = database
        self._clock = clock
        self._providers = providers
        self._scheduler = scheduler
        self._delivery = delivery
        self._tenants: dict[int, Tenant] = {}
        self._rolls: dict[int, Roll] = {}

    def __iter__(self) -> Iterator[Tenant]:
        """Go over all that are watched at this moment."""
        return iter(tuple(self._tenants.values()))

    def __len__(self) -> int:
        """Return how many are watched."""
        return len(self._tenants)

    def find(self, rental_id: int) -> Tenant | None:
        """Return what is kept of a rental, or None where it is not watched."""
        return self._tenants.get(rental_id)

    def roll(self, account_id: int) -> Roll | None:
        """Return what is kept of an account, or None where nothing of it is watched."""
        return self._rolls.get(account_id)

    def is_watched(self, tenant: Tenant) -> bool:
        """Whether it is watched still."""
        return self._tenants.get(tenant.rental.id) is tenant

    def is_ours(self, tenant: Tenant) -> bool:
        """Whether it is watched still, and its account held."""
        return self.is_watched(tenant) and self._territory.mine(tenant.rental.account_id)

    def add(self, tenant: Tenant, roll: Roll, *, tenant_in: float, roll_in: float) -> None:
        """Watch one more rental.

        Args:
            tenant: the rental.
            roll: of its account, for the case that this is the account's first.
            tenant_in: seconds to the first question for its SMS, where its list tells no news.
            roll_in: seconds to the first question for the list, where the account is new.
        """
        known = self._rolls.get(tenant.rental.account_id)
        if known is None:
            known = self._rolls[tenant.rental.account_id] = roll
            self._scheduler.add(roll, roll_in)
        known.tenants[tenant.rental.id] = tenant
        self._tenants[tenant.rental.id] = tenant
        if not self.tells_news(tenant.rental.provider):
            self.interval(tenant)  # finds its lane
            self._scheduler.add(tenant, tenant_in)

    def drop(self, rental_id: int) -> None:
        """Watch a rental no more."""
        tenant = self._tenants.pop(rental_id, None)
        if tenant is None:
            return
        self._scheduler.remove(tenant)
        roll = self._rolls.get(tenant.rental.account_id)
        if roll is not None:
            roll.tenants.pop(rental_id, None)
            if not roll.tenants:
                self._scheduler.remove(roll)
                del self._rolls[roll.account_id]

    def write(self, rental: Rental | None) -> None:
        """Take over what was written of a rental; one that is held no more is dropped."""
        if rental is None:
            return
        tenant = self._tenants.get(rental.id)
        if tenant is None:
            return
        if rental.is_held:
            tenant.rental = rental
        else:
            self.drop(rental.id)

    async def deliver(self, tenant: Tenant, found: tuple[Sms, ...]) -> bool:
        """Record what SMS are new and have them told; return whether any was.

        SMS that are known already cost no statement.
        """
        if tenant.known is None:
            async with self._database.read() as tx:
                tenant.known = set(await rentals.identities(tx, tenant.rental.id))
        came = False
        for sms in found:
            identity = sms.identity(0)
            if identity not in tenant.known:
                rental = await self._delivery.sms(tenant.rental.id, sms)
                tenant.known.add(identity)
                self.write(rental)
                came = came or rental is not None
        return came

    async def end(
        self, tenant: Tenant, to: RentalState = RentalState.OVER, why: ProviderError | None = None
    ) -> None:
        """Note and tell that a rental has ended, unless its person is ending it."""
        if not tenant.ending and self.is_watched(tenant):
            await self._delivery.ended(tenant.rental.id, to, why=why)
            self.drop(tenant.rental.id)

    def soon(self, account_id: int) -> None:
        """Ask for an account's list, as soon as its provider allows."""
        roll = self._rolls.get(account_id)
        if roll is not None:
            self._scheduler.add(roll, self._wait(roll, roll.asked_at, roll.provider))

    def look(self, tenant: Tenant) -> None:
        """Ask for news of a rental, as soon as its provider allows."""
        rental = tenant.rental
        if self.tells_news(rental.provider):
            self.soon(rental.account_id)
            return
        roll = self._rolls[rental.account_id]
        self._scheduler.add(tenant, self._wait(roll, tenant.asked_at, rental.provider))

    def look_now(self, account_id: int, named: frozenset[str] | None = None) -> bool:
        """Ask at once for rentals of an account, unless quiet is wanted; return whether any is meant.

        Args:
            account_id: whose.
            named: their ids at the provider; None for those that were not asked for longest.
        """
        roll = self._rolls.get(account_id)
        if roll is None:
            return False
        found = [one for one in roll.tenants.values() if named is None or one.rental.remote_id in named]
        if found and self.tells_news(roll.provider):
            self.soon(account_id)
            return True
        delay = max(0.0, roll.quiet_until - self._clock.monotonic())
        for tenant in heapq.nsmallest(_LOOKED_AT, found, key=lambda one: one.asked_at):
            tenant.lane = lane_of(roll.provider)  # it is no late one any more
            self._scheduler.add(tenant, delay)
        return bool(found)

    def at_once(self, account_id: int) -> None:
        """Ask for all of an account: its key works again, perhaps."""
        roll = self._rolls.get(account_id)
        if roll is None:
            return
        self._scheduler.add(roll)
        for tenant in roll.tenants.values():
            if not self.tells_news(tenant.rental.provider):
                self._scheduler.add(tenant)

    def tells_news(self, provider: str) -> bool:
        """Whether the provider's list tells which rentals have SMS."""
        adapter = self._providers.find_rentals(provider)
        return adapter is not None and RentalCapability.NEWS in adapter.capabilities

    def check_every(self, provider: str) -> float:
        """Return the provider's own interval, in seconds."""
        adapter = self._providers.find_rentals(provider)
        return (adapter.terms if adapter else _USUAL).check_every

    def interval(self, tenant: Tenant) -> float:
        """Return the seconds to the next question for a rental's SMS; the longer without news, the more."""
        factor = tenant.factor(self._clock.now())
        provider = tenant.rental.provider
        tenant.lane = lane_of(provider) if factor < _LATE else late_lane_of(provider)
        return self._with_last_look(self.check_every(provider) * factor, tenant)

    def list_interval(self, roll: Roll) -> float:
        """Return the seconds to the next question for an account's list."""
        is_past = any(self.is_past(tenant.rental.until) for tenant in roll.tenants.values())
        if not self.tells_news(roll.provider):
            return self.check_every(roll.provider) if roll.is_unsure or is_past else _LIST_SECONDS
        every = self.check_every(roll.provider)
        return min(self._with_last_look(every, tenant) for tenant in roll.tenants.values())

    def _with_last_look(self, usual: float, tenant: Tenant) -> float:
        """Return the usual interval, or less where the rental ends before: after that nothing is told."""
        until = tenant.rental.until
        if until is None:
            return usual
        left = (until - self._clock.now()).total_seconds() - _LAST_LOOK_SECONDS
        return left if 0 < left < usual else usual

    def is_past(self, moment: datetime | None) -> bool:
        """Whether a moment has passed, by our clock."""
        return moment is not None and moment <= self._clock.now()

    def _wait(self, roll: Roll, asked_at: float, provider: str) -> float:
        now = self._clock.monotonic()
        return max(0.0, asked_at + self.check_every(provider) - now, roll.quiet_until - now)
