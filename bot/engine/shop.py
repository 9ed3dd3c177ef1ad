"""The shop: what the user's accounts sell, in canonical words, at which price."""

import asyncio
import secrets
from collections import defaultdict
from dataclasses import replace

from bot.catalog import Catalog
from bot.clock import Clock
from bot.domain.errors import NotYours, OutOfDate, ProviderError
from bot.domain.offers import Draft, Offer, Quote
from bot.domain.views import (
    AccountView,
    CountriesView,
    CountryChoice,
    OffersView,
    OfferView,
    Trouble,
)
from bot.engine.accounts import Accounts
from bot.engine.keyring import Keyring
from bot.providers.base import Record
from bot.providers.registry import Providers
from bot.storage import drafts
from bot.storage.database import Database

_FRESH_SECONDS = 15.0
_REMEMBERED = 1000
_TOKEN_BYTES = 16


class Shop:
    """Offers of all the user's accounts.

    Prices are remembered for a quarter of a minute, so that turning pages does not ask the provider again;
    a purchase always asks anew.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        catalog: Catalog,
        accounts: Accounts,
        keyring: Keyring,
        providers: Providers,
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalog = catalog
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers
        self._remembered: dict[tuple[int, str], tuple[float, tuple[Offer, ...]]] = {}

    async def countries(self, user_id: int, service: str) -> CountriesView:
        """Return where a service can be bought, in stock first, then cheapest first.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
        """
        offers, troubles = await self._offers(user_id, service)
        by_country: defaultdict[str, list[Offer]] = defaultdict(list)
        for offer, _ in offers:
            by_country[offer.country].append(offer)
        choices = [
            CountryChoice(country, min(found, key=_rank), _stock(found))
            for country, found in by_country.items()
        ]
        choices.sort(key=lambda choice: (_rank(choice.cheapest), choice.country))
        return CountriesView(service, tuple(choices), troubles)

    async def offers(self, user_id: int, service: str, country: str) -> OffersView:
        """Return the offers for a service in a country, each with a live confirm button.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
            country: canonical id, or ``provider:code``.
        """
        found, troubles = await self._offers(user_id, service)
        here = sorted(
            ((offer, account) for offer, account in found if offer.country == country),
            key=lambda pair: _rank(pair[0]),
        )
        views = tuple([OfferView(_draft(user_id, offer), account) for offer, account in here])
        if views:
            async with self._database.write() as tx:
                for view in views:
                    await drafts.add(tx, view.draft, self._clock.now())
        return OffersView(service, country, views, troubles)

    async def draft(self, user_id: int, token: str) -> OfferView:
        """Return the offer behind a confirm button.

        Raises:
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
        """
        async with self._database.read() as tx:
            draft = await drafts.find(tx, token)
        if draft is None:
            raise OutOfDate
        if draft.user_id != user_id:
            raise NotYours
        account = await self._accounts.get(user_id, draft.offer.account_id)
        offer = replace(draft.offer, provider=account.provider.slug)
        return OfferView(Draft(token, user_id, offer), account)

    async def current(self, account: AccountView, offer: Offer) -> Offer | None:
        """Ask the provider for an offer as it stands now; None where it is not sold any more.

        Raises:
            ProviderError: the provider refuses, or does not answer.
        """
        for now in await self._ask(account, offer.service):
            if (now.country, now.operator) == (offer.country, offer.operator):
                return now
        return None

    def codes(self, record: Record, offer: Offer) -> tuple[str, str]:
        """Return the provider's own codes for an offer's service and country.

        Raises:
            OutOfDate: the catalogue no longer knows them.
        """
        service = _code(record, offer.service, self._catalog.services.code(record.codes, offer.service))
        country = _code(record, offer.country, self._catalog.countries.code(record.codes, offer.country))
        if service is None or country is None:
            raise OutOfDate
        return service, country

    async def _offers(
        self, user_id: int, service: str
    ) -> tuple[list[tuple[Offer, AccountView]], tuple[Trouble, ...]]:
        accounts = await self._accounts.list(user_id)
        answers = await asyncio.gather(*(self._remember(account, service) for account in accounts))
        offers: list[tuple[Offer, AccountView]] = []
        troubles: list[Trouble] = []
        for account, answer in zip(accounts, answers, strict=True):
            if isinstance(answer, ProviderError):
                troubles.append(Trouble(account, answer))
            else:
                offers.extend((offer, account) for offer in answer)
        return offers, tuple(troubles)

    async def _remember(self, account: AccountView, service: str) -> tuple[Offer, ...] | ProviderError:
        key = (account.account.id, service)
        known = self._remembered.get(key)
        if known is not None and self._clock.monotonic() - known[0] < _FRESH_SECONDS:
            return known[1]
        try:
            offers = await self._ask(account, service)
        except ProviderError as error:
            return error
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = (self._clock.monotonic(), offers)
        return offers

    async def _ask(self, account: AccountView, service: str) -> tuple[Offer, ...]:
        adapter = self._providers.get(account.provider.slug)
        code = _code(adapter.record, service, self._catalog.services.code(adapter.record.codes, service))
        if code is None:
            return ()
        quotes = await adapter.quotes(await self._keyring.key(account.account.id), service=code)
        return tuple(self._offer(account, adapter.record, service, quote) for quote in quotes)

    def _offer(self, account: AccountView, record: Record, service: str, quote: Quote) -> Offer:
        country = self._catalog.countries.by_code(record.codes, quote.country)
        return Offer(
            account_id=account.account.id,
            provider=record.slug,
            service=service,
            country=country.id if country else f"{record.slug}:{quote.country}",
            price=quote.price,
            stock=quote.stock,
            operator=quote.operator,
        )


def _code(record: Record, canonical: str, mapped: str | None) -> str | None:
    """Return the provider's code: the catalogue's, or the one inside ``provider:code``."""
    owner, _, code = canonical.partition(":")
    if code:
        return code if owner == record.slug else None
    return mapped


def _rank(offer: Offer) -> tuple[bool, str, object]:
    # Currencies are never compared: within the order of their names, cheapest first.
    return (offer.stock == 0, offer.price.currency, offer.price.amount)


def _stock(offers: list[Offer]) -> int | None:
    known = [offer.stock for offer in offers if offer.stock is not None]
    return sum(known) if known else None


def _draft(user_id: int, offer: Offer) -> Draft:
    return Draft(secrets.token_urlsafe(_TOKEN_BYTES), user_id, offer)
