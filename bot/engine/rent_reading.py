"""Reading the SMS of rentals from their providers."""

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
from bot.domain.secrets import Key
from bot.engine.keyring import Keyring
from bot.engine.rent_delivery import RentDelivery
from bot.engine.rent_jobs import Roll, Tenant, held
from bot.engine.rent_tenants import Tenants
from bot.engine.rent_trouble import SILENCE, RentTrouble
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals

PAUSED_SECONDS = 60.0
"""Between two looks whether a provider that is not configured is back."""

_CAUGHT_UP = 4  # rentals without news whose SMS are read in one round, after a start


class RentReading:
    """Asks for the SMS of rentals: one by one, or those of a list that tells where news are."""

    def __init__(
        self,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        tenants: Tenants,
        trouble: RentTrouble,
        delivery: RentDelivery,
    ) -> None:
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._tenants = tenants
        self._trouble = trouble
        self._delivery = delivery

    async def ask(self, tenant: Tenant) -> float | None:
        """Ask for one rental's SMS; return the seconds to the next time, or None where there is none."""
        roll = self._tenants.roll(tenant.rental.account_id)
        adapter = self._providers.find_rentals(tenant.rental.provider)
        if roll is None or not self._tenants.is_watched(tenant):
            return None
        if adapter is None:
            return PAUSED_SECONDS
        try:
            await self.read(adapter, await self._keyring.key(roll.account_id), tenant)
        except NotYours:  # the account was removed; its open rentals were refused removal before
            self._tenants.drop(tenant.rental.id)
            return None
        except OrderExpired:
            await self._trouble.answered(roll, tenant)
            await self._tenants.end(tenant)
        except (OrderClosed, OrderGone):
            await self._trouble.answered(roll, tenant)
            self._tenants.soon(roll.account_id)  # the list knows how it ended, or whether it still runs
        except ProviderError as error:
            return await self._trouble.pause(roll, tenant, error)
        else:
            await self._trouble.answered(roll, tenant)
        return self._tenants.interval(tenant) if self._tenants.is_watched(tenant) else None

    async def catch_up(self, adapter: Rentals, key: Key, roll: Roll) -> None:
        """Read what the list told of, and some of those whose SMS were not read since the start.

        Raises:
            ProviderError: the provider did not answer; the rest is read in the next round.
        """
        unread = [tenant for tenant in roll.tenants.values() if tenant.unread]
        news = [tenant for tenant in unread if tenant.has_news]
        rest = [tenant for tenant in unread if not tenant.has_news]
        for tenant in (*news, *rest[:_CAUGHT_UP]):
            try:
                await self.read(adapter, key, tenant)
            except (KeyRejected, RateLimited, *SILENCE):
                raise
            except ProviderError as error:
                await self._trouble.complain(tenant, error)

    async def read(self, adapter: Rentals, key: Key, tenant: Tenant) -> None:
        """Read a rental's SMS and have the new ones told.

        Raises:
            ProviderError: the provider refuses, or does not answer.
        """
        tenant.unread = (
            True  # reading takes the mark away over there: what is not recorded then is read again
        )
        tenant.asked_at = self._clock.monotonic()
        found = await adapter.sms(key, held(tenant.rental))
        await self._tenants.deliver(tenant, found)
        tenant.unread = tenant.has_news = False
        if tenant.rental.error is not None:
            rental = tenant.rental
            changes = {"error": None, "error_text": None}
            self._tenants.write(
                await self._delivery.changed(rental.id, of={rental.state}, to=rental.state, **changes)
            )
