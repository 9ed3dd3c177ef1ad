"""The ways to buy: a new number, one for several services, the same one again, another service on it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.deals import Deal
from bot.domain.errors import NoNumbers, OutOfDate, PriceRose
from bot.domain.orders import Order
from bot.domain.views import OfferView
from bot.engine.keyring import Keyring
from bot.engine.quotes import Quotes
from bot.engine.tally import Tally
from bot.providers.registry import Providers
from bot.providers.trade import Bought, Want, Watched
from bot.storage import orders
from bot.storage.database import Database


class Deals:
    """Knows, for each way to buy, whether the offer still holds and which paid call carries it out."""

    def __init__(
        self, database: Database, keyring: Keyring, providers: Providers, quotes: Quotes, tally: Tally
    ) -> None:
        self._tally = tally
        self._database = database
        self._keyring = keyring
        self._providers = providers
        self._quotes = quotes

    async def hold(self, view: OfferView) -> None:
        """Look once more whether the offer holds.

        Raises:
            NoNumbers: there is no stock any more.
            PriceRose: it costs more now.
            OutOfDate: it had a price and has none now, or the other way round: something else was confirmed.
            ProviderError: the price could not be asked.
        """
        for offer in view.draft.offers:
            now = await self._quotes.current(replace(view, draft=replace(view.draft, offer=offer)))
            if now is None or now.stock == 0:
                raise NoNumbers(offer.provider, "buy")
            if offer.price is not None and now.price is not None:
                if (offer.highest or offer.price) < now.price:
                    raise PriceRose(now)
            elif offer.price is not now.price:
                raise OutOfDate

    def wants(self, view: OfferView) -> tuple[Want, ...]:
        """Return what to ask the provider for, in its own codes: one for each service.

        Raises:
            OutOfDate: the catalogue no longer knows a service or the country.
        """
        return tuple(self._quotes.want(offer) for offer in view.draft.offers)

    def lifetime(self, order: Order) -> timedelta:
        """Return how long the order will live once it is bought."""
        return self._providers.limits(order.provider).lifetime

    async def make(self, order: Order, want: Want) -> Bought:
        """Carry the deal out. Paid: sent once.

        Raises:
            OutcomeUnknown: it may have been carried out.
            ProviderError: it was not.
        """
        with self._tally.call(order.provider):
            return await self._make(order, want)

    async def _make(self, order: Order, want: Want) -> Bought:
        adapter = self._providers.get(order.provider)
        key = await self._keyring.key(order.account_id)
        if order.deal is Deal.BUY:
            return await adapter.buy(key, want)
        parent = await self._parent(order)
        known = Watched(parent.remote_id or "", parent.last_sms_id)
        if order.deal is Deal.REPEAT:
            return await adapter.repeat(key, known, phone=parent.phone or "", service=want.service)
        return await adapter.additional(key, known, service=want.service)

    async def make_several(self, lead: Order, wants: tuple[Want, ...]) -> tuple[Bought | None, ...]:
        """Buy one number for several services. Paid: sent once.

        Args:
            lead: the order of the first service.
            wants: one for each service, the lead's first.

        Returns:
            What was bought for each service, in their order; None where the answer does not tell of one.

        Raises:
            OutcomeUnknown: it may have been carried out.
            ProviderError: it was not.
        """
        adapter = self._providers.get(lead.provider)
        key = await self._keyring.key(lead.account_id)
        services = tuple(want.service for want in wants)
        with self._tally.call(lead.provider):
            bought = await adapter.buy_several(key, wants[0], services)
        told = {one.service: one for one in bought}
        if not told.keys() & set(services) and len(bought) == len(services):
            return bought  # in words of its own, but all of them
        return tuple(told.get(service) for service in services)

    async def _parent(self, order: Order) -> Order:
        async with self._database.read() as tx:
            parent = await orders.find(tx, order.parent_id) if order.parent_id is not None else None
        if parent is None:  # the schema's foreign key forbids it
            raise LookupError(f"order {order.id} has no parent")
        return parent
