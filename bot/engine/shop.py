"""The shop: offers of all the user's accounts, and the confirm buttons for them."""

import secrets
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from bot.clock import Clock
from bot.domain.deals import Choice, Deal
from bot.domain.errors import NoNumbers, NotYours, OutOfDate
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Order
from bot.domain.views import (
    AccountView,
    CountriesView,
    OffersView,
    OfferView,
)
from bot.engine.accounts import Accounts
from bot.engine.caps import Caps
from bot.engine.keyring import Keyring
from bot.engine.market import Market, choice_of
from bot.engine.quotes import Quotes, rank
from bot.providers.base import Capability
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import drafts
from bot.storage.database import Database

_TOKEN_BYTES = 16
_V = TypeVar("_V")
_CHOICES = {
    Capability.OPERATORS: Choice.OPERATOR,
    Capability.MAX_PRICE: Choice.PRICE,
    Capability.VOICE: Choice.VOICE,
    Capability.FORWARD: Choice.FORWARD,
    Capability.SEVERAL: Choice.SEVERAL,
}


class Shop:
    """Offers of all the user's accounts, and what a person chooses among them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        keyring: Keyring,
        providers: Providers,
        quotes: Quotes,
        market: Market,
        caps: Caps,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers
        self._quotes = quotes
        self._market = market
        self._caps = caps

    async def countries_as_they_come(self, user_id: int, service: str) -> AsyncGenerator[CountriesView]:
        """Yield where a service can be bought: at once with nothing, then anew after each account's answer.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
        """
        async with aclosing(self._market.ask(user_id, service)) as asking:
            async for answers in asking:
                by_country: defaultdict[str, list[Offer]] = defaultdict(list)
                for offer, _ in answers.offers:
                    by_country[offer.country].append(offer)
                choices = [
                    choice_of(country, found, answers.rates.get(country))
                    for country, found in by_country.items()
                ]
                # Where nobody tells a price the catalogue's order stays: what people ask for most.
                choices.sort(key=lambda one: (rank(one.cheapest), one.country if one.prices else ""))
                yield CountriesView(service, tuple(choices), answers.troubles, answers.asking)

    async def countries(self, user_id: int, service: str) -> CountriesView:
        """Return where a service can be bought, in stock first, then cheapest first.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
        """
        return await _last(self.countries_as_they_come(user_id, service))

    async def offers_as_they_come(
        self, user_id: int, service: str, country: str
    ) -> AsyncGenerator[OffersView]:
        """Yield the offers for a service in a country: at once with nothing, then after each answer.

        Each offer keeps its confirm button from view to view.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
            country: canonical id, or ``provider:code``.
        """
        views: list[OfferView] = []
        async with aclosing(self._market.ask(user_id, service, country)) as asking:
            async for answers in asking:
                answered = answers.offers[len(views) :]
                tallies = await self._caps.tallies({account.account.id for _, account in answered})
                new = [
                    OfferView(
                        _draft(user_id, offer), account, self._choices(offer), tallies[account.account.id]
                    )
                    for offer, account in answered
                ]
                if new:
                    async with self._database.write() as tx:
                        for view in new:
                            await drafts.add(tx, view.draft, self._clock.now())
                views += new
                found = sorted(views, key=lambda view: rank(view.draft.offer))
                yield OffersView(service, country, tuple(found), answers.troubles, answers.asking)

    async def offers(self, user_id: int, service: str, country: str) -> OffersView:
        """Return the offers for a service in a country, each with a live confirm button.

        Args:
            user_id: whose accounts.
            service: canonical id, or ``provider:code``.
            country: canonical id, or ``provider:code``.
        """
        return await _last(self.offers_as_they_come(user_id, service, country))

    async def draft(self, user_id: int, token: str, *, buyer_id: int | None = None) -> OfferView:
        """Return the offer behind a confirm button: of the person's own, or of who buys with their money.

        Raises:
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
        """
        async with self._database.read() as tx:
            draft = await drafts.find(tx, token)
        if draft is None:
            raise OutOfDate
        if (draft.user_id, draft.buyer_id) != (user_id, buyer_id):
            raise NotYours
        account = await self._accounts.get(user_id, draft.offer.account_id)
        placed = _at(draft, account.provider.slug)
        tally = await self._caps.tally(account.account.id)
        return OfferView(placed, account, self._choices(placed.offer), tally)

    async def change(self, user_id: int, token: str, **changes: Any) -> OfferView:
        """Return a new confirm button like an earlier one, with other choices.

        Args:
            user_id: who chooses.
            token: of the earlier button, which stays good.
            changes: ``operator`` (None for any), ``highest`` (the highest price, in the offer's currency),
                ``voice``.

        Raises:
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
        """
        view = await self.draft(user_id, token)
        same = {name: value for name, value in changes.items() if name == "operator"}  # one number has one
        further = tuple(replace(offer, **same) for offer in view.draft.further)
        return await self.keep(
            replace(view.draft, offer=replace(view.draft.offer, **changes), further=further)
        )

    async def operators(self, user_id: int, token: str) -> tuple[str, ...]:
        """Return the operators that can be chosen for an offer.

        Raises:
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
            ProviderError: the provider refuses, or does not answer.
            NotOffered: this protocol knows no operators.
        """
        view = await self.draft(user_id, token)
        adapter = self._providers.get(view.account.provider.slug)
        key = await self._keyring.key(view.account.account.id)
        return await adapter.operators(key, self._quotes.want(view.draft.offer).country)

    async def voice(self, user_id: int, token: str) -> OfferView:
        """Return a new confirm button for the same, with a number that can take a call, at its own price.

        Raises:
            NoNumbers: there is none.
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
            ProviderError: the provider refuses, or does not answer.
        """
        view = await self.draft(user_id, token)
        offer = replace(view.draft.offer, voice=True)
        now = await self._quotes.current(replace(view, draft=replace(view.draft, offer=offer)))
        if now is None or now.stock == 0:
            raise NoNumbers(offer.provider, "voice")
        return await self._offer_again(user_id, now, view.draft.deal, None)

    async def forward(self, user_id: int, token: str, *, wanted: bool) -> OfferView:
        """Return a new confirm button for the same with forwarding, or without it.

        Forwarding costs extra, and no provider tells how much: there is stock, and no price. Where the
        protocol takes a highest price, that stays what was shown, and the provider may refuse it.

        Raises:
            NoNumbers: there is none.
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
            ProviderError: the provider refuses, or does not answer.
        """
        view = await self.draft(user_id, token)
        draft, plain = view.draft, view.draft.offer
        is_capped = Capability.MAX_PRICE in self._providers.capabilities(plain.provider) and not draft.further
        highest = plain.limit if wanted and is_capped else None
        offer = replace(plain, forward=wanted, price=None, highest=highest)
        now = await self._quotes.current(replace(view, draft=replace(draft, offer=offer)))
        if now is None or now.stock == 0:
            raise NoNumbers(plain.provider, "forward" if wanted else "quotes")
        return await self.keep(replace(draft, offer=now))

    async def again(self, user_id: int, order: Order, deal: Deal, service: str | None = None) -> OfferView:
        """Return a confirm button for an order's number: once more, or for another service.

        Args:
            user_id: who asks.
            order: whose number.
            deal: ``REPEAT`` or ``ADDITIONAL``.
            service: canonical id of the other service, for ``ADDITIONAL``.

        Raises:
            NotYours: the order's account was removed.
            ProviderError: the provider refuses, or does not answer.
        """
        account = await self._accounts.get(user_id, order.account_id)
        offer = Offer(
            account_id=order.account_id,
            provider=order.provider,
            service=service or order.service,
            country=order.country,
            price=await self._again_price(account, order, deal),
            stock=None,
        )
        return await self._offer_again(user_id, offer, deal, order.id)

    async def raised(self, user_id: int, order: Order) -> OfferView:
        """Return a confirm button for what an order was refused, at most for what the provider asks at least.

        The present price stands beside it; where that is more than the provider named, it is what counts.

        Args:
            user_id: who asks.
            order: that failed with ``PriceTooLow``.

        Raises:
            OutOfDate: the provider named no minimum.
            NotYours: the order's account was removed.
            ProviderError: the present price could not be asked.
        """
        if order.minimum is None:
            raise OutOfDate
        account = await self._accounts.get(user_id, order.account_id)
        offer = Offer(
            account_id=order.account_id,
            provider=order.provider,
            service=order.service,
            country=order.country,
            price=order.minimum,
            stock=None,
            operator=order.operator,
            voice=order.voice,
            forward=order.forward,
        )
        draft = Draft("", user_id, offer, order.deal, order.parent_id)
        now = await self._quotes.current(OfferView(draft, account))
        if now is not None:
            is_below = now.price is None or now.price < order.minimum
            offer = replace(offer, price=now.price, highest=order.minimum if is_below else None)
        return await self.keep(replace(draft, offer=offer))

    def _choices(self, offer: Offer) -> frozenset[Choice]:
        capabilities = self._providers.capabilities(offer.provider)
        found = {choice for capability, choice in _CHOICES.items() if capability in capabilities}
        if Choice.FORWARD in found and not self._quotes.can_forward(offer):
            found.remove(Choice.FORWARD)
        return frozenset(found)

    async def keep(self, draft: Draft) -> OfferView:
        """Return a new confirm button for what a draft says; its token is made anew."""
        new = replace(draft, token=secrets.token_urlsafe(_TOKEN_BYTES))
        async with self._database.write() as tx:
            await drafts.add(tx, new, self._clock.now())
        return await self.draft(draft.user_id, new.token, buyer_id=draft.buyer_id)

    async def _offer_again(self, user_id: int, offer: Offer, deal: Deal, parent_id: int | None) -> OfferView:
        return await self.keep(Draft("", user_id, offer, deal, parent_id))

    async def _again_price(self, account: AccountView, order: Order, deal: Deal) -> Money | None:
        adapter = self._providers.get(order.provider)
        if deal is Deal.REPEAT and Capability.REPEAT_PRICE in adapter.capabilities:
            key = await self._keyring.key(account.account.id)
            return await adapter.repeat_price(key, Watched(order.remote_id or ""))
        if deal is Deal.REPEAT and Capability.FREE_REPEAT in adapter.capabilities:  # as GetSMS.ONLINE does
            return Money(Decimal(), adapter.record.currency)
        # What the number cost the first time says nothing of this.
        return adapter.additional_price() if deal is Deal.ADDITIONAL else None


async def _last(views: AsyncGenerator[_V]) -> _V:
    """Return the view in which every account has answered."""
    async with aclosing(views) as coming:
        found = [view async for view in coming]
    return found[-1]


def _at(draft: Draft, provider: str) -> Draft:
    offer, *further = (replace(offer, provider=provider) for offer in draft.offers)
    return replace(draft, offer=offer, further=tuple(further))


def _draft(user_id: int, offer: Offer) -> Draft:
    return Draft(secrets.token_urlsafe(_TOKEN_BYTES), user_id, offer)
