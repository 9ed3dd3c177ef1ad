"""How often a service's SMS comes, country by country, as providers tell it."""

from collections.abc import Mapping
from decimal import Decimal

from bot.catalog import Catalog, foreign_id
from bot.clock import Clock
from bot.domain.errors import ProviderError
from bot.domain.views import AccountView
from bot.engine.keyring import Keyring
from bot.engine.quotes import code_of
from bot.providers.base import Capability
from bot.providers.registry import Providers

_FRESH_SECONDS = 3600.0
_REMEMBERED = 1000


class Rates:
    """Success rates of one provider at a time, remembered for an hour: they are statistics of days."""

    def __init__(self, clock: Clock, catalog: Catalog, keyring: Keyring, providers: Providers) -> None:
        self._clock = clock
        self._catalog = catalog
        self._keyring = keyring
        self._providers = providers
        self._remembered: dict[tuple[str, str], tuple[float, Mapping[str, Decimal]]] = {}

    async def of(self, account: AccountView, service: str) -> Mapping[str, Decimal]:
        """Return the percentage of a service's activations that brought an SMS, by country.

        Nothing where the provider tells none, refuses, or does not answer: a figure is worth no error.

        Args:
            account: who is asked.
            service: canonical id, or ``provider:code``.
        """
        slug = account.provider.slug
        if Capability.RATES not in self._providers.capabilities(slug):
            return {}
        known = self._remembered.get((slug, service))
        if known is not None and self._clock.monotonic() - known[0] < _FRESH_SECONDS:
            return known[1]
        found = await self._ask(account, service)
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        self._remembered[slug, service] = (self._clock.monotonic(), found)
        return found

    def forget(self, provider: str) -> None:
        """Remember nothing of a provider."""
        self._remembered = {asked: told for asked, told in self._remembered.items() if asked[0] != provider}

    async def _ask(self, account: AccountView, service: str) -> Mapping[str, Decimal]:
        adapter = self._providers.get(account.provider.slug)
        record = adapter.record
        code = code_of(record, service, self._catalog.services.code(record.codes, service))
        if code is None:
            return {}
        try:
            told = await adapter.rates(await self._keyring.key(account.account.id), code)
        except ProviderError:
            return {}
        places = {rate.country: self._catalog.countries.by_code(record.codes, rate.country) for rate in told}
        return {
            place.id
            if (place := places[rate.country])
            else foreign_id(record.slug, rate.country): rate.success
            for rate in told
        }
