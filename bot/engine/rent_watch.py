"""Watching rentals: SMS as often as the provider allows, the list of each account, every end.

What asks: ``RentReading`` for the SMS of one rental, ``RentRoll`` for the list of an account, ``RentTimes``
by the clock. ``Tenants`` keeps who is watched, ``RentTrouble`` what goes wrong.
"""

import random
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from bot.clock import Clock
from bot.domain.errors import ProviderError
from bot.domain.rentals import HELD, Rental
from bot.domain.sms import Sms
from bot.engine.delivery import Delivery
from bot.engine.health import Health
from bot.engine.keyring import Keyring
from bot.engine.rent_delivery import RentDelivery
from bot.engine.rent_jobs import Roll, Tenant
from bot.engine.rent_names import RentNames
from bot.engine.rent_reading import RentReading
from bot.engine.rent_roll import RentRoll
from bot.engine.rent_tenants import Tenants
from bot.engine.rent_times import Auto, RentTimes
from bot.engine.rent_trouble import RentTrouble
from bot.engine.schedule import Scheduler
from bot.providers.registry import Providers
from bot.storage import rentals
from bot.storage.database import Database
from bot.storage.rows import Broken

TOUCHED = "touched"
"""What is said of a rental whose card was looked at."""


class RentWatch:
    """Keeps an eye on every rental whose number is ours."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        scheduler: Scheduler,
        delivery: RentDelivery,
        keys: Delivery,
        names: RentNames,
        health: Health,
    ) -> None:
        """Put the parts together.

        Args:
            database: where the rentals are.
            clock: whose time counts.
            keyring: opens keys, and tells when one was replaced.
            providers: whom to ask.
            scheduler: runs the questions.
            delivery: writes what is learnt.
            keys: tells of rejected keys.
            names: canonical words.
            health: of the providers' rentals, by ``lane_of``; not that of their activations.
        """
        self._database = database
        self._clock = clock
        self._providers = providers
        self._delivery = delivery
        self._territory = scheduler.territory
        tenants = Tenants(database, clock, providers, scheduler, delivery)
        trouble = RentTrouble(database, clock, tenants, delivery, keys, health)
        self._tenants = tenants
        self._put_aside: set[int] = set()
        self._reading = RentReading(clock, keyring, providers, tenants, trouble, delivery)
        self._roll = RentRoll(
            database, clock, keyring, providers, tenants, self._reading, trouble, delivery, names
        )
        self._times = RentTimes(clock, scheduler, tenants, delivery)
        keyring.listeners.append(tenants.at_once)

    @property
    def auto(self) -> Auto | None:
        """What prolongs a rental without asking (``Leasing.auto``), called once for each end of a rental.

        Where it raises a ``CodebellError``, nothing was paid and nothing told: it is called again.
        """
        return self._times.auto

    @auto.setter
    def auto(self, auto: Auto | None) -> None:
        self._times.auto = auto

    async def load(self, account_ids: Collection[int] | None = None) -> tuple[int, Broken]:
        """Take up every held rental, and nothing that is over; return how many, and which cannot be read.

        The SMS of each are read once, whatever the list tells: the last run may have ended between reading
        and recording. First questions are spread over the interval, so that a restart is no burst.

        Args:
            account_ids: of which accounts; None for all.
        """
        before = [rental_id for rental_id, of in self.watched() if account_ids is None or of in account_ids]
        async with self._database.read() as tx:
            found, broken = await rentals.in_states(tx, HELD, account_ids=account_ids)
        self._put_aside |= broken.keys()
        held = {rental.id for rental in found}
        for rental_id in before:
            if rental_id not in held:
                self._tenants.drop(rental_id)
        for rental in found:
            known = self._tenants.find(rental.id)
            if known is not None and known.rental.provider == rental.provider:
                self._tenants.write(rental)
                continue
            if known is not None:
                self._tenants.drop(rental.id)
            every = self._tenants.check_every(rental.provider)
            self._take(rental, random.uniform(0, every), random.uniform(0, every))  # noqa: S311 - no secret
        return len(found), broken

    def watched(self) -> list[tuple[int, int]]:
        """Return the rentals that are watched, each with its account."""
        return [(tenant.rental.id, tenant.rental.account_id) for tenant in self._tenants]

    def knows(self, rental_id: int, state: str, provider: str | None) -> bool:
        """Whether a rental is watched as the database has it, or cannot be read."""
        tenant = self._tenants.find(rental_id)
        if tenant is None:
            return rental_id in self._put_aside
        return (tenant.rental.state.value, tenant.rental.provider) == (state, provider)

    def take(self, rental: Rental) -> None:
        """Watch a rental, or go on with what has changed of it; one that is not held is dropped.

        Where another process watches its account, that one is told.
        """
        if not self._territory.mine(rental.account_id):
            self._territory.changed(rental.account_id)
            return
        if self._tenants.find(rental.id) is not None or not rental.is_held:
            self._tenants.write(rental)
            return
        every = self._tenants.check_every(rental.provider)
        self._take(rental, every, every)

    def move(self, found: Iterable[Rental]) -> None:
        """Go on watching rentals at another provider; what the old one still says is no end of them."""
        for rental in found:
            self._tenants.drop(rental.id)
            self.take(rental)

    def touch(self, rental_id: int) -> None:
        """Ask soon: its card was looked at."""
        if self._tenants.find(rental_id) is None:
            self._territory.say(TOUCHED, str(rental_id))
        else:
            self.touch_soon(rental_id)

    def touch_soon(self, rental_id: int) -> None:
        """Ask soon for a rental, if it is watched here."""
        tenant = self._tenants.find(rental_id)
        if tenant is not None:
            tenant.touched = self._clock.now()
            self._tenants.look(tenant)

    def look_now(self, account_id: int, named: frozenset[str] | None = None) -> bool:
        """Ask at once for rentals of an account, because its provider says that there is news.

        Args:
            account_id: whose.
            named: their ids at the provider; None for those that were not asked for longest.

        Returns:
            Whether any is watched.
        """
        return self._tenants.look_now(account_id, named)

    def forget(self, account_id: int) -> None:
        """Watch nothing of an account any more."""
        roll = self._tenants.roll(account_id)
        for rental_id in list(roll.tenants) if roll else ():
            self._tenants.drop(rental_id)

    async def deliver(self, rental_id: int, found: tuple[Sms, ...]) -> bool:
        """Record SMS that were read elsewhere; return whether any was new."""
        tenant = self._tenants.find(rental_id)
        if tenant is not None:
            return await self._tenants.deliver(tenant, found)
        return any([await self._delivery.sms(rental_id, sms) is not None for sms in found])

    async def ended(self, rental_id: int, why: ProviderError | None = None) -> Rental | None:
        """Note that a rental's time is over and tell it, and watch it no more."""
        rental = await self._delivery.ended(rental_id, why=why)
        self._tenants.drop(rental_id)
        if rental is not None:
            self.take(rental)
        return rental

    @contextmanager
    def ending(self, rental_id: int) -> Iterator[None]:
        """While its person ends a rental, hear "over" from the provider as the echo of that."""
        tenant = self._tenants.find(rental_id)
        if tenant is None:
            yield
            return
        tenant.ending = True
        try:
            yield
        finally:
            tenant.ending = False

    def _take(self, rental: Rental, tenant_in: float, roll_in: float) -> None:
        tenant = Tenant(rental, self._reading.ask)
        roll = Roll(rental, self._clock.now(), self._roll.ask)
        self._tenants.add(tenant, roll, tenant_in=tenant_in, roll_in=roll_in)
        self._times.start()
