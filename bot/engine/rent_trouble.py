"""When an account's rentals cannot be asked for: how long to wait, who hears of it."""

import random

from bot.clock import Clock
from bot.domain.errors import (
    KeyRejected,
    Maintenance,
    Malformed,
    ProviderError,
    ProviderFault,
    RateLimited,
    Unreachable,
)
from bot.engine.delivery import Delivery
from bot.engine.health import Health
from bot.engine.rent_delivery import RentDelivery
from bot.engine.rent_jobs import Roll, Tenant, lane_of
from bot.engine.rent_tenants import Tenants
from bot.storage import accounts
from bot.storage.database import Database

SILENCE = (ProviderFault, Maintenance, Unreachable, Malformed)
"""Errors that are no answer."""

_PAUSED_SECONDS = 60.0
_SLOWEST_SECONDS = 300.0
_MOST_DOUBLINGS = 5


class RentTrouble:
    """Counts failures and notes answers, for the jobs that ask."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tenants: Tenants,
        delivery: RentDelivery,
        keys: Delivery,
        health: Health,
    ) -> None:
        self._database = database
        self._clock = clock
        self._tenants = tenants
        self._delivery = delivery
        self._keys = keys
        self._health = health

    async def pause(self, roll: Roll, asker: Roll | Tenant, error: ProviderError) -> float:
        """Note a failed question; return the seconds to the next one.

        Args:
            roll: the account.
            asker: who asked, whose failures count.
            error: what came of it.
        """
        match error:
            case KeyRejected():
                await self._keys.key_rejected(roll.account_id, error)
                roll.rejected = True
                seconds = _PAUSED_SECONDS
            case RateLimited(retry_after=asked):
                roll.quiet_until = max(roll.quiet_until, self._clock.monotonic() + asked)
                seconds = asked
            case ProviderFault() | Maintenance() | Unreachable() | Malformed():
                asker.failures += 1
                if self._health.failed(lane_of(roll.provider), error):
                    await self._redraw(roll.provider)
                doublings = min(asker.failures, _MOST_DOUBLINGS)
                seconds = min(self._tenants.check_every(roll.provider) * 2**doublings, _SLOWEST_SECONDS)
            case _:
                # It answers, and says no. Who waits for an SMS must hear why none comes.
                asker.failures += 1
                for tenant in [asker] if isinstance(asker, Tenant) else list(roll.tenants.values()):
                    await self.complain(tenant, error)
                seconds = _PAUSED_SECONDS
        return seconds * random.uniform(1.0, 1.2)  # noqa: S311 - spreading load, no secret

    async def complain(self, tenant: Tenant, error: ProviderError) -> None:
        """Show on a rental's card that its provider refuses to tell of it, and why."""
        if (tenant.rental.error, tenant.rental.error_text) != (error.slug, error.text):
            self._tenants.write(await self._delivery.complaint(tenant.rental.id, error))

    async def answered(self, roll: Roll, asker: Roll | Tenant) -> None:
        """Note an answer: the provider is there, and accepts the key."""
        asker.failures = 0
        if self._health.answered(lane_of(roll.provider)):
            await self._redraw(roll.provider)
        if roll.rejected:
            roll.rejected = False
            async with self._database.write() as tx:
                await accounts.set_rejected(tx, roll.account_id, rejected=False)

    async def _redraw(self, provider: str) -> None:
        await self._delivery.redraw(
            [tenant.rental for tenant in self._tenants if tenant.rental.provider == provider]
        )
