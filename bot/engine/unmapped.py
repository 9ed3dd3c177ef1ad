"""What providers sell that the catalogue has no word for: found by the provider's own name for it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.catalog import Catalog, foreign_id, split_foreign
from bot.catalog.index import Closeness, Hit, Index
from bot.clock import Clock
from bot.domain.errors import NotYours, ProviderError
from bot.domain.offers import Offer, Quote
from bot.domain.views import AccountView, OwnService, OwnServicesFound, OwnServicesView, Trouble
from bot.engine.accounts import Accounts
from bot.engine.keyring import Keyring
from bot.providers.base import Capability, Record
from bot.providers.registry import Providers

_FRESH_SECONDS = 3600.0
_MOST_SERVICES = 2000  # of a provider; a host that a user added may make them up
_MOST_HITS = 4


@dataclass(frozen=True, slots=True)
class _Known:
    """What a provider was found to sell under its own names, and when."""

    at: float
    services: tuple[OwnService, ...]
    index: Index[OwnService]


class Unmapped:
    """Services and countries under the providers' own names.

    A provider's list of services is its price list of everything. It is public, and remembered for an hour,
    whoever's key it was read with.
    """

    def __init__(
        self, clock: Clock, catalog: Catalog, accounts: Accounts, keyring: Keyring, providers: Providers
    ) -> None:
        self._clock = clock
        self._catalog = catalog
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers
        self._known: dict[str, _Known] = {}
        self._named: dict[str, float] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def sellers(self, user_id: int) -> tuple[AccountView, ...]:
        """Return an account at each provider of the user that tells what it sells."""
        found: dict[str, AccountView] = {}
        for view in await self._accounts.list(user_id):
            slug = view.provider.slug
            adapter = self._providers.find(slug)
            if adapter is None or Capability.UNPRICED in adapter.capabilities:
                continue
            if slug not in found or found[slug].account.rejected:
                found[slug] = view
        return tuple(found.values())

    async def services(self, user_id: int, provider: str) -> AsyncGenerator[OwnServicesView]:
        """Yield what a provider sells under its own names alone: first nothing, then all, by name.

        Raises:
            NotYours: the user has no account there.
        """
        seller = next((one for one in await self.sellers(user_id) if one.provider.slug == provider), None)
        if seller is None:
            raise NotYours
        yield OwnServicesView(seller, (), asking=True)
        try:
            yield OwnServicesView(seller, (await self._read(seller)).services)
        except ProviderError as error:
            yield OwnServicesView(seller, (), trouble=Trouble(seller, error))

    async def found(self, user_id: int, text: str) -> AsyncGenerator[OwnServicesFound]:
        """Yield what a text may mean in the providers' own words: first who is asked, then after each answer.

        Args:
            user_id: whose accounts.
            text: a name or a code, with or without a country before or behind it.
        """
        readings = list(self._readings(text))
        sellers = await self.sellers(user_id)
        waiting = {asyncio.create_task(self._read(seller)): seller for seller in sellers}
        hits: list[tuple[Hit[OwnService], str]] = []
        troubles: list[Trouble] = []
        try:
            yield OwnServicesFound(asking=tuple(waiting.values()))
            while waiting:
                done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in [task for task in waiting if task in done]:
                    seller = waiting.pop(task)
                    try:
                        hits += _hits(task.result().index, readings)
                    except ProviderError as error:
                        troubles.append(Trouble(seller, error))
                yield replace(_found(hits), troubles=tuple(troubles), asking=tuple(waiting.values()))
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    def forget(self, provider: str) -> None:
        """Remember nothing of a provider, not even its names."""
        self._known.pop(provider, None)
        self._named.pop(provider, None)
        self._turns.pop(provider, None)
        self._catalog.own.forget(provider)

    async def name_countries(self, account: AccountView, offers: Iterable[Offer]) -> None:
        """Learn what the provider calls its countries, if there are offers from one without a mapping.

        Asked once an hour; a name is worth no error.
        """
        slug = account.provider.slug
        if not any(split_foreign(offer.country) for offer in offers) or self._is_named(slug):
            return
        self._named[slug] = self._clock.monotonic()
        adapter = self._providers.get(slug)
        if Capability.COUNTRIES not in adapter.capabilities:
            return
        try:
            places = await adapter.countries(await self._keyring.key(account.account.id))
        except ProviderError:
            return
        for place in places:
            told = {"en": place.english, "ru": place.russian}
            names = {language: name for language, name in told.items() if name}
            self._catalog.own.learn(slug, place.code, names)

    def _is_named(self, slug: str) -> bool:
        return slug in self._named and self._clock.monotonic() - self._named[slug] < _FRESH_SECONDS

    async def _read(self, seller: AccountView) -> _Known:
        """Return what a provider sells under its own names, at most an hour old.

        Raises:
            ProviderError: it refuses, or does not answer.
        """
        slug = seller.provider.slug
        async with self._turns[slug]:
            known = self._known.get(slug)
            if known is not None and self._clock.monotonic() - known.at < _FRESH_SECONDS:
                return known
            adapter = self._providers.get(slug)
            quotes = await adapter.quotes(await self._keyring.key(seller.account.id))
            services = self._own(seller, adapter.record, quotes)
            index = Index((service, (service.name, _code(service))) for service in services)
            self._known[slug] = _Known(self._clock.monotonic(), services, index)
            return self._known[slug]

    def _own(self, seller: AccountView, record: Record, quotes: Iterable[Quote]) -> tuple[OwnService, ...]:
        names: dict[str, str] = {}
        for quote in quotes:
            if len(names) < _MOST_SERVICES or quote.service in names:
                names[quote.service] = quote.name or names.get(quote.service, "")
        services = []
        for code, name in names.items():
            if self._catalog.services.by_code(record.codes, code) is not None:
                continue
            if name:
                self._catalog.own.learn(record.slug, code, {"en": name})
            services.append(OwnService(foreign_id(record.slug, code), name or code, seller.provider))
        return tuple(sorted(services, key=lambda one: (one.name.casefold(), one.id)))

    def _readings(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the words for a service and the id of the country beside them, if a country is."""
        yield text, ""
        words = text.split()
        for cut in range(1, len(words)):
            halves = " ".join(words[:cut]), " ".join(words[cut:])
            for service, place in (halves, halves[::-1]):
                for hit in self._catalog.countries.hits(place, 1, typos=False):
                    if hit.closeness is Closeness.EXACT:
                        yield service, hit.entry.id


def _hits(index: Index[OwnService], readings: list[tuple[str, str]]) -> list[tuple[Hit[OwnService], str]]:
    return [(hit, country) for text, country in readings for hit in index.find(text, _MOST_HITS)]


def _found(hits: list[tuple[Hit[OwnService], str]]) -> OwnServicesFound:
    """Return the hits of the reading that fits best; the whole text goes before a part of it."""
    if not hits:
        return OwnServicesFound()
    _, country = min((hit.closeness, country) for hit, country in hits)
    meant = sorted((hit for hit, place in hits if place == country), key=lambda hit: hit.closeness)
    services = tuple(dict.fromkeys(hit.entry for hit in meant))
    exact = len({hit.entry for hit in meant if hit.closeness is Closeness.EXACT})
    return OwnServicesFound(services, country, exact)


def _code(service: OwnService) -> str:
    return service.id.partition(":")[2]
