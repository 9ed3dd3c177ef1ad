"""Activations that the provider lists and the bot does not know: bought elsewhere, or lost on the way."""

from dataclasses import dataclass

from bot.catalog import Catalog, foreign_id
from bot.domain.errors import CodebellError
from bot.domain.offers import Offer
from bot.domain.orders import Candidate, Order
from bot.domain.people import Account
from bot.engine.keyring import Keyring
from bot.providers.base import Capability, Record
from bot.providers.registry import Providers
from bot.providers.trade import Active
from bot.storage import orders
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Found:
    """An activation that the provider lists, in canonical words.

    Attributes:
        offer: what it is, as an offer of the account that holds it; without a price where none is told.
        active: as the provider tells it.
    """

    offer: Offer
    active: Active


class Listing:
    """Asks providers what they hold."""

    def __init__(self, database: Database, catalog: Catalog, keyring: Keyring, providers: Providers) -> None:
        self._database = database
        self._catalog = catalog
        self._keyring = keyring
        self._providers = providers

    def is_told(self, provider: str) -> bool:
        """Whether the provider's protocol lists open activations at all."""
        return Capability.ACTIVE in self._providers.capabilities(provider)

    async def unknown(self, account: Account) -> tuple[Found, ...]:
        """Return the account's open activations that no order of ours stands for.

        Raises:
            ProviderError: the provider refuses, or does not answer; that says nothing about what it holds.
            NotOffered: the protocol has no such list.
        """
        adapter = self._providers.get(account.provider)
        listed = await adapter.active(await self._keyring.key(account.id))
        async with self._database.read() as tx:
            known = await orders.remote_ids(tx, account.id)
        return tuple(
            self._found(account, adapter.record, active) for active in listed if active.remote_id not in known
        )

    async def ids(self, account: Account) -> frozenset[str] | None:
        """Return the provider's ids of all that the account has open now; None where that cannot be told."""
        if not self.is_told(account.provider):
            return None
        try:
            listed = await self._providers.get(account.provider).active(await self._keyring.key(account.id))
        except CodebellError:
            return None
        return frozenset(active.remote_id for active in listed)

    def _found(self, account: Account, record: Record, active: Active) -> Found:
        service = self._catalog.services.by_code(record.codes, active.service)
        country = self._catalog.countries.by_code(record.codes, active.country or "")
        offer = Offer(
            account_id=account.id,
            provider=record.slug,
            service=service.id if service else foreign_id(record.slug, active.service),
            country=country.id if country else foreign_id(record.slug, active.country or ""),
            price=active.price,
            stock=None,
            operator=active.operator,
        )
        return Found(offer, active)


def is_meant(order: Order, item: Found) -> bool:
    """Whether an activation may be what an uncertain purchase has made."""
    told = item.offer
    operators = {None, told.operator} if told.operator else {None, order.operator}
    return (
        item.active.remote_id not in (order.listed_before or ())
        and (told.service, told.country) == (order.service, order.country)
        and order.operator in operators
        and (item.active.price is None or order.limit is None or item.active.price <= order.limit)
    )


def candidate(item: Found) -> Candidate:
    """Return what a person is shown of an activation, to choose by."""
    active, offer = item.active, item.offer
    return Candidate(
        active.remote_id, active.phone, offer.service, offer.country, active.price, active.opened
    )
