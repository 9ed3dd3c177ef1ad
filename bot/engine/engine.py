"""The engine as the chat sees it: one object with a drawer for each thing that a person can do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.catalog import Catalog
from bot.clock import Clock
from bot.engine.accounts import Accounts
from bot.engine.actions import Actions
from bot.engine.bundles import Bundles
from bot.engine.deals import Deals
from bot.engine.delivery import Delivery
from bot.engine.health import Health
from bot.engine.hosts import Hosts
from bot.engine.imports import Imports
from bot.engine.keyring import Keyring
from bot.engine.listing import Listing
from bot.engine.moves import Moves
from bot.engine.orders import Orders
from bot.engine.outbox import Outbox
from bot.engine.people import People
from bot.engine.prompts import Prompts
from bot.engine.purchase import Purchase
from bot.engine.quotes import Quotes
from bot.engine.recovery import Recovery
from bot.engine.schedule import Scheduler
from bot.engine.shop import Shop
from bot.engine.tools import Tools
from bot.engine.watch import Watch
from bot.logs import get_logger
from bot.providers.registry import Providers
from bot.storage import drafts, outbox
from bot.storage.database import Database
from bot.storage.vault import Vault

_DRAFTS_KEPT = timedelta(days=2)
_MESSAGES_KEPT = timedelta(days=7)
_AT_ONCE_ELSEWHERE = 8
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Engine:
    """Everything that the bot can do, without a chat."""

    people: People
    accounts: Accounts
    hosts: Hosts
    moves: Moves
    shop: Shop
    bundles: Bundles
    purchase: Purchase
    actions: Actions
    orders: Orders
    imports: Imports
    tools: Tools
    prompts: Prompts
    outbox: Outbox
    watch: Watch
    recovery: Recovery
    scheduler: Scheduler

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """Take up what the last run left open, and watch until the context ends.

        Yields:
            The task that watches; it ends only with a fault.
        """
        await self.hosts.load()
        recovered = await self.recovery.load()
        watched = await self.watch.load()
        _log.info("watching", orders=watched, uncertain=recovered)
        task = asyncio.create_task(self.scheduler.run(), name="scheduler")
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def build_engine(
    *, database: Database, clock: Clock, catalog: Catalog, providers: Providers, vault: Vault
) -> Engine:
    """Put the parts together; nothing runs and nothing is read yet."""

    def at_once(lane: str) -> int:
        adapter = providers.find(lane)
        return adapter.record.limits.at_once if adapter else _AT_ONCE_ELSEWHERE

    keyring = Keyring(database, vault)
    tell = Outbox(database, clock)
    health = Health(clock)
    scheduler = Scheduler(clock, at_once)
    delivery = Delivery(tell, clock)
    accounts = Accounts(database, clock, vault, keyring, providers)
    quotes = Quotes(clock, catalog, keyring, providers)
    deals = Deals(database, keyring, providers, quotes)
    shop = Shop(database, clock, accounts, keyring, providers, quotes)
    watch = Watch(database, clock, keyring, providers, scheduler, delivery, health)
    listing = Listing(database, catalog, keyring, providers)
    recovery = Recovery(database, clock, accounts, providers, scheduler, tell, listing, watch)
    return Engine(
        people=People(database, clock),
        accounts=accounts,
        hosts=Hosts(database, clock, catalog, accounts, keyring, providers),
        moves=Moves(database, vault, keyring, providers, accounts, quotes, watch),
        shop=shop,
        bundles=Bundles(shop, quotes),
        purchase=Purchase(database, clock, shop, deals, tell, watch, recovery),
        actions=Actions(database, clock, keyring, providers, watch, delivery),
        orders=Orders(database, accounts, providers, health),
        imports=Imports(clock, accounts, providers, listing, tell, watch),
        tools=Tools(database, accounts, keyring, providers),
        prompts=Prompts(database, clock),
        outbox=tell,
        watch=watch,
        recovery=recovery,
        scheduler=scheduler,
    )


async def tidy(database: Database, clock: Clock) -> None:
    """Delete what nobody will ask for again: old confirm buttons, messages told long ago."""
    async with database.write() as tx:
        await drafts.forget(tx, clock.now() - _DRAFTS_KEPT)
        await outbox.forget(tx, clock.now() - _MESSAGES_KEPT)
