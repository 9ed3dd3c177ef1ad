"""An account's list of rentals, held against ours: states, ends, new ids, what is gone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.domain.errors import (
    KeyRejected,
    NotYours,
    OrderClosed,
    OrderExpired,
    OrderGone,
    ProviderError,
    RateLimited,
)
from bot.domain.outbox import Notice
from bot.domain.rentals import Rental, RentalState
from bot.domain.secrets import Key
from bot.engine.keyring import Keyring
from bot.engine.rent_delivery import RentDelivery, reminded_at
from bot.engine.rent_jobs import STATES, Roll, Tenant
from bot.engine.rent_names import RentNames
from bot.engine.rent_reading import PAUSED_SECONDS, RentReading
from bot.engine.rent_tenants import Tenants
from bot.engine.rent_trouble import SILENCE, RentTrouble
from bot.logs import get_logger
from bot.providers.lease import LeaseState, Listed, RentalCapability
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals
from bot.storage import rentals
from bot.storage.database import Database

_GONE_FOR_GOOD = 3
_ASKED_IN_A_ROUND = 10  # of those that the list has not: a list may come cut short
_GRACE = timedelta(minutes=1)
_SAME_END = timedelta(minutes=1)  # a provider that counts in seconds left may tell another one each time
_SAME_LATEST = timedelta(days=1)  # "90 days from now" is another moment in every list
_LONGER = timedelta(hours=1)
_AWAKE_FOR = timedelta(minutes=10)  # "10-30 minutes", says the only provider whose numbers sleep
_WAKING_AT_MOST = timedelta(minutes=20)  # "10-15 minutes"
_ENDS = {LeaseState.OVER: RentalState.OVER, LeaseState.CANCELED: RentalState.CANCELED}
_log = get_logger(__name__)


class RentRoll:
    """Asks for the lists. A list that does not come says nothing, and ends no rental."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        tenants: Tenants,
        reading: RentReading,
        trouble: RentTrouble,
        delivery: RentDelivery,
        names: RentNames,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._tenants = tenants
        self._reading = reading
        self._trouble = trouble
        self._delivery = delivery
        self._names = names
        self._missing: set[str] = set()

    async def ask(self, roll: Roll) -> float | None:
        """Ask once; return the seconds to the next time, or None where nothing is watched any more."""
        adapter = self._providers.find_rentals(roll.provider)
        if adapter is None:
            if roll.provider not in self._missing:
                self._missing.add(roll.provider)
                _log.warning(
                    "provider is not configured; its rentals are not asked for", provider=roll.provider
                )
            return PAUSED_SECONDS
        roll.asked_at = self._clock.monotonic()
        before = {tenant.rental.id: tenant.rental for tenant in roll.tenants.values()}
        try:
            key = await self._keyring.key(roll.account_id)
            listed = await adapter.listed(key)
            await self._trouble.answered(roll, roll)
            roll.heard_at = self._clock.now()
            await self._compare(adapter, key, roll, listed, before)
            if RentalCapability.NEWS in adapter.capabilities:
                await self._reading.catch_up(adapter, key, roll)
        except NotYours:  # the account was removed; its open rentals were refused removal before
            for rental_id in before:
                self._tenants.drop(rental_id)
        except ProviderError as error:
            return await self._trouble.pause(roll, roll, error)
        return self._tenants.list_interval(roll) if roll.tenants else None

    async def _compare(
        self,
        adapter: Rentals,
        key: Key,
        roll: Roll,
        listed: tuple[Listed, ...],
        before: Mapping[int, Rental],
    ) -> None:
        by_id = {one.remote_id: one for one in listed}
        absent: list[Tenant] = []
        for tenant in list(roll.tenants.values()):
            if tenant.rental is not before.get(tenant.rental.id):
                continue  # prolonged or rented while the list was on its way: it may be older than that
            one = by_id.get(tenant.rental.remote_id or "")
            if one is None:
                one = await self._renewed(adapter, tenant, listed)
            if one is None:
                absent.append(tenant)
            elif one.state in _ENDS:
                await self._last_look(adapter, key, tenant)
                await self._tenants.end(tenant, _ENDS[one.state])
            else:
                await self._listed(adapter, tenant, one)
        roll.is_unsure = bool(absent)
        absent.sort(key=lambda tenant: tenant.asked_at)
        for tenant in absent[:_ASKED_IN_A_ROUND]:
            await self._absent(adapter, key, tenant)

    async def _renewed(self, adapter: Rentals, tenant: Tenant, listed: tuple[Listed, ...]) -> Listed | None:
        """Return the rental under the new id that it got as it was prolonged elsewhere, or None."""
        rental = tenant.rental
        same = [
            one
            for one in listed
            if one.phone == rental.phone
            and one.state not in _ENDS
            and (one.service is None or rental.service in self._ids(adapter, one.service))
        ]
        if len(same) != 1:
            return None
        async with self._database.read() as tx:
            # Of all that there ever were: a new id was never seen before. Where a rental is called by its
            # number, it keeps its id, and no new one is looked for.
            known = await rentals.remote_ids(tx, rental.account_id)
        return None if same[0].remote_id in known else same[0]

    def _ids(self, adapter: Rentals, code: str) -> set[str | None]:
        names = self._names
        return {names.service(adapter.record, code), names.own_service(adapter.record, code)}

    async def _absent(self, adapter: Rentals, key: Key, tenant: Tenant) -> None:
        """Ask for a rental that its list has not: lists are cut short, and late."""
        why: ProviderError | None = None
        try:
            await self._reading.read(adapter, key, tenant)
            tenant.gone = 0
        except (OrderExpired, OrderClosed) as error:
            await self._tenants.end(tenant, why=None if isinstance(error, OrderExpired) else error)
            return
        except OrderGone as error:
            tenant.gone += 1
            why = error
        except (KeyRejected, RateLimited, *SILENCE):
            raise
        except ProviderError as error:
            await self._trouble.complain(tenant, error)
        until = tenant.rental.until
        if until is not None and self._tenants.is_past(until + _GRACE):
            await self._tenants.end(tenant)
        elif tenant.gone >= _GONE_FOR_GOOD:
            await self._tenants.end(tenant, why=why)

    async def _last_look(self, adapter: Rentals, key: Key, tenant: Tenant) -> None:
        """Read what may have come since the last look, where the provider still tells."""
        try:
            await self._reading.read(adapter, key, tenant)
        except (KeyRejected, RateLimited, *SILENCE):
            raise
        except ProviderError:
            pass  # over: it need not tell any more

    async def _listed(self, adapter: Rentals, tenant: Tenant, one: Listed) -> None:
        tenant.gone = 0
        rental = tenant.rental
        news = RentalCapability.NEWS in adapter.capabilities
        if one.has_news or (news and one.has_news is None and self._is_due(tenant)):
            tenant.unread = tenant.has_news = True
        to = self._state(tenant, one)
        changes = self._changes(rental, one)
        if news and rental.error is not None and not tenant.has_news:
            changes |= {"error": None, "error_text": None}
        notice = None
        if to is RentalState.ACTIVE and rental.state in {RentalState.SLEEPING, RentalState.WAKING}:
            notice = Notice.AWAKE
            changes["awake_until"] = self._clock.now() + _AWAKE_FOR
        elif to is RentalState.SLEEPING and to is not rental.state:
            was_woken = rental.state is RentalState.WAKING or rental.awake_until is not None
            notice = Notice.ASLEEP if was_woken else None
            changes["awake_until"] = None
        if not changes and to is rental.state:
            return
        try:
            self._tenants.write(
                await self._delivery.changed(rental.id, of={rental.state}, to=to, notice=notice, **changes)
            )
        except rentals.RentalIdTaken:
            _log.warning("another rental has the new id", rental=rental.id)

    def _state(self, tenant: Tenant, one: Listed) -> RentalState:
        rental = tenant.rental
        to = STATES.get(one.state, rental.state)
        if to is RentalState.WAKING:
            tenant.was_waking = True
        elif to is not RentalState.SLEEPING:
            tenant.was_waking = False
        elif rental.state is RentalState.WAKING and not tenant.was_waking:
            # The list may be older than the wish to wake it: "asleep" is believed once it cannot be that.
            return to if self._clock.now() - rental.news_at > _WAKING_AT_MOST else rental.state
        return to

    def _changes(self, rental: Rental, one: Listed) -> dict[str, Any]:
        told: dict[str, Any] = {
            "remote_id": one.remote_id,
            "can_prolong": one.can_prolong,
            "name": rental.name or one.name,
        }
        changes = {
            name: value
            for name, value in told.items()
            if value is not None and value != getattr(rental, name)
        }
        latest = one.prolong_until
        if latest is not None and not _is_near(latest, rental.prolong_until, _SAME_LATEST):
            changes["prolong_until"] = latest
        is_known = rental.until_told and _is_near(one.until, rental.until, _SAME_END)
        if one.until is not None and not is_known:
            changes |= {"until": one.until, "until_told": True}
            if rental.until is None or one.until > rental.until + _LONGER:
                changes["reminded"] = reminded_at(one.until, self._clock.now())
        return changes

    def _is_due(self, tenant: Tenant) -> bool:
        return self._clock.monotonic() - tenant.asked_at >= self._tenants.interval(tenant)


def _is_near(one: datetime | None, other: datetime | None, distance: timedelta) -> bool:
    return one is not None and other is not None and abs(one - other) < distance
