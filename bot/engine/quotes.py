"""What accounts sell: asked of the providers, put into canonical words, remembered for a moment."""

from dataclasses import replace
from decimal import Decimal

from bot.catalog import Catalog, foreign_id, split_foreign
from bot.clock import Clock
from bot.domain.deals import Deal
from bot.domain.errors import OutOfDate, ProviderError
from bot.domain.offers import Offer, Quote
from bot.domain.views import AccountView, OfferView
from bot.engine.keyring import Keyring
from bot.providers.base import Capability, Record
from bot.providers.registry import Providers
from bot.providers.trade import Want

_FRESH_SECONDS = 15.0
_REMEMBERED = 1000


class Quotes:
    """Prices and stock of one account at a time.

    They are remembered for a quarter of a minute, so that turning pages does not ask the provider again; a
    purchase always asks anew.
    """

    def __init__(self, clock: Clock, catalog: Catalog, keyring: Keyring, providers: Providers) -> None:
        self._clock = clock
        self._catalog = catalog
        self._keyring = keyring
        self._providers = providers
        keyring.listeners.append(self.forget)
        self._remembered: dict[tuple[int, str, str | None], tuple[float, tuple[Offer, ...]]] = {}

    async def recent(
        self, account: AccountView, service: str, country: str | None = None
    ) -> tuple[Offer, ...] | ProviderError:
        """Return what an account sells for a service, at most a quarter of a minute old, or why not.

        Args:
            account: who is asked.
            service: canonical id, or ``provider:code``.
            country: canonical id, or ``provider:code``; every country where None.
        """
        if self._providers.find(account.provider.slug) is None:  # its entry has gone from the configuration
            return ()
        place = self._place(account, country)
        known = self._remembered.get((account.account.id, service, place))
        try:
            if known is not None and self._clock.monotonic() - known[0] < _FRESH_SECONDS:
                found = known[1]
            else:
                found = await self._ask(account, service, place)
        except ProviderError as error:
            return error
        return tuple(offer for offer in found if country in {None, offer.country})

    def forget(self, account_id: int) -> None:
        """Ask anew next time: the account is at another provider now."""
        for known in [known for known in self._remembered if known[0] == account_id]:
            del self._remembered[known]

    async def current(self, view: OfferView) -> Offer | None:
        """Ask the provider for an offer as it stands now; None where it is not sold any more.

        Of several tiers of price, the cheapest that has stock and that the offer covers counts.

        Raises:
            ProviderError: the provider refuses, or does not answer.
        """
        offer, draft = view.draft.offer, view.draft
        if draft.deal is not Deal.BUY:
            return offer
        if offer.forward:
            found = await self._forwarded(view.account, offer)
        else:
            place = self._place(view.account, offer.country)
            found = await self._ask(view.account, offer.service, place, voice=offer.voice)
        here = [now for now in found if now.country == offer.country]
        same = [now for now in here if now.operator == offer.operator] or [
            now for now in here if now.operator is None
        ]
        covered = [now for now in same if _covers(offer, now) and now.stock != 0]
        best = min(covered or same, key=rank, default=None)
        return best and replace(
            best, operator=offer.operator, voice=offer.voice, forward=offer.forward, highest=offer.highest
        )

    def want(self, offer: Offer) -> Want:
        """Return what to ask the provider for, in its own codes.

        Raises:
            OutOfDate: the catalogue no longer knows the service or the country.
        """
        adapter = self._providers.get(offer.provider)
        record = adapter.record
        service = code_of(record, offer.service, self._catalog.services.code(record.codes, offer.service))
        country = code_of(record, offer.country, self._catalog.countries.code(record.codes, offer.country))
        if service is None or country is None:
            raise OutOfDate
        # Where the protocol takes a highest price, a price that rises after our look cannot be charged.
        limit = offer.limit if Capability.MAX_PRICE in adapter.capabilities else None
        highest = limit.amount if limit is not None else None
        return Want(service, country, offer.operator, highest, offer.voice, offer.forward)

    def can_forward(self, offer: Offer) -> bool:
        """Whether an offer can be had with forwarding, as far as its provider's document tells."""
        adapter = self._providers.get(offer.provider)
        codes = adapter.record.codes
        code = code_of(adapter.record, offer.service, self._catalog.services.code(codes, offer.service))
        return code is not None and adapter.forwards(code)

    def has_words_for(self, record: Record, service: str, country: str) -> bool:
        """Whether a provider has codes for a service and a country, so that it can be asked for them."""
        named = code_of(record, service, self._catalog.services.code(record.codes, service))
        place = code_of(record, country, self._catalog.countries.code(record.codes, country))
        return named is not None and place is not None

    def _place(self, account: AccountView, country: str | None) -> str | None:
        """Return the provider's code of a country where asking for it tells more: the stock at each price.

        Only who can name a highest price has a use for that. Otherwise one answer serves every country.
        """
        adapter = self._providers.get(account.provider.slug)
        if country is None or Capability.MAX_PRICE not in adapter.capabilities:
            return None
        record = adapter.record
        return code_of(record, country, self._catalog.countries.code(record.codes, country))

    async def _ask(
        self, account: AccountView, service: str, place: str | None, *, voice: bool = False
    ) -> tuple[Offer, ...]:
        adapter = self._providers.get(account.provider.slug)
        if Capability.UNPRICED in adapter.capabilities:
            return self._unpriced(account, adapter.record, service)
        code = code_of(adapter.record, service, self._catalog.services.code(adapter.record.codes, service))
        if code is None:
            return ()
        key = await self._keyring.key(account.account.id)
        if voice:
            quotes = await adapter.voice_quotes(key, code)
        else:
            quotes = await adapter.quotes(key, service=code, country=place)
        offers = tuple(self._offer(account, adapter.record, service, quote) for quote in quotes)
        if not voice:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[account.account.id, service, place] = (self._clock.monotonic(), offers)
        return offers

    async def _forwarded(self, account: AccountView, offer: Offer) -> tuple[Offer, ...]:
        """Return the stock of numbers that can be forwarded, of all operators; nobody tells their price."""
        adapter, want = self._providers.get(offer.provider), self.want(offer)
        quotes = await adapter.forward_quotes(
            await self._keyring.key(account.account.id), want.service, want.country
        )
        return tuple(self._offer(account, adapter.record, offer.service, quote) for quote in quotes)

    def _unpriced(self, account: AccountView, record: Record, service: str) -> tuple[Offer, ...]:
        """Return what a provider has words for: it tells neither what that costs nor whether it is there."""
        code = self._catalog.services.code(record.codes, service)
        if code is None:
            return ()
        countries = self._catalog.countries
        places = (countries.code(record.codes, country.id) for country in countries)
        quotes = (Quote(code, place, price=None, stock=None) for place in places if place is not None)
        return tuple(self._offer(account, record, service, quote) for quote in quotes)

    def _offer(self, account: AccountView, record: Record, service: str, quote: Quote) -> Offer:
        country = self._catalog.countries.by_code(record.codes, quote.country)
        return Offer(
            account_id=account.account.id,
            provider=record.slug,
            service=service,
            country=country.id if country else foreign_id(record.slug, quote.country),
            price=quote.price,
            stock=quote.stock,
            operator=quote.operator,
        )


def rank(offer: Offer) -> tuple[bool, bool, str, Decimal]:
    """Return what offers are sorted by: in stock first, then those with a price, cheapest first."""
    if offer.price is None:
        return (offer.stock == 0, True, "", Decimal())
    # Currencies are never compared: within the order of their names, cheapest first.
    return (offer.stock == 0, False, offer.price.currency, offer.price.amount)


def _covers(offer: Offer, now: Offer) -> bool:
    """Whether what was confirmed pays for what is sold now."""
    return offer.limit is not None and now.price is not None and now.price <= offer.limit


def code_of(record: Record, canonical: str, mapped: str | None) -> str | None:
    """Return the provider's code: the catalogue's, or the one inside ``provider:code``."""
    foreign = split_foreign(canonical)
    if foreign is None:
        return mapped
    owner, code = foreign
    return (code or None) if owner == record.slug else None
