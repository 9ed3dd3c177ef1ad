"""The engine as the chat sees it: one object with a drawer for each thing that a person can do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from secrets import token_hex

from bot.catalog import Catalog
from bot.clock import Clock
from bot.domain.faults import Source
from bot.engine.accounts import Accounts
from bot.engine.actions import Actions
from bot.engine.alerts import Alerts
from bot.engine.auto_cancel import AutoCancel
from bot.engine.bundles import Bundles
from bot.engine.bus import Bus, Silence
from bot.engine.caps import Caps
from bot.engine.chats import AllChats, LeasedChats
from bot.engine.costs import Costs
from bot.engine.custody import Custody
from bot.engine.deals import Deals
from bot.engine.defaults import Defaults
from bot.engine.delivery import Delivery
from bot.engine.duty import Duty, LeasedDuty, SoleDuty
from bot.engine.endings import Endings
from bot.engine.faults import Faults
from bot.engine.figures import Readings, provider_label
from bot.engine.group_buying import GroupBuying
from bot.engine.group_members import GroupMembers
from bot.engine.groups import Groups
from bot.engine.health import Health
from bot.engine.history import History
from bot.engine.holdings import Holdings
from bot.engine.hooks import Hooks
from bot.engine.hosts import Hosts
from bot.engine.imports import Imports
from bot.engine.keyring import Keyring
from bot.engine.lateness import Lateness
from bot.engine.leasing import Leasing
from bot.engine.leaving import Leaving, Memory
from bot.engine.listing import Listing
from bot.engine.lookout import Lookout
from bot.engine.low_balances import LowBalances
from bot.engine.manners import Manners
from bot.engine.market import Market
from bot.engine.moved_rentals import MovedRentals
from bot.engine.moves import Moves
from bot.engine.office import Office
from bot.engine.orders import Orders
from bot.engine.outbox import Outbox
from bot.engine.people import People
from bot.engine.prompts import Prompts
from bot.engine.purchase import Purchase
from bot.engine.quotes import Quotes
from bot.engine.rates import Rates
from bot.engine.receipts import Receipts
from bot.engine.recovery import Recovery
from bot.engine.rent_actions import RentActions
from bot.engine.rent_archive import RentArchive
from bot.engine.rent_bills import RentBills
from bot.engine.rent_deals import RentDeals
from bot.engine.rent_delivery import RentDelivery
from bot.engine.rent_imports import RentImports
from bot.engine.rent_jobs import provider_of
from bot.engine.rent_names import RentNames
from bot.engine.rent_prices import RentPrices
from bot.engine.rent_recovery import RentRecovery
from bot.engine.rent_shop import RentShop
from bot.engine.rent_watch import RentWatch
from bot.engine.rentals import RentalBook
from bot.engine.repeats import Repeats
from bot.engine.schedule import Scheduler, unheard
from bot.engine.shared_territory import SharedTerritory
from bot.engine.shelf import Shelf
from bot.engine.shop import Shop
from bot.engine.tally import Tally
from bot.engine.territory import Everything, Territory
from bot.engine.tools import Tools
from bot.engine.unmapped import Unmapped
from bot.engine.updates import Updates
from bot.engine.watch import Watch
from bot.engine.wishes import Wishes
from bot.metrics import Metrics
from bot.providers.registry import Providers
from bot.storage import alerts as alerts_
from bot.storage import bills, drafts, outbox
from bot.storage import faults as faults_
from bot.storage.database import Database
from bot.storage.leases import Leased
from bot.storage.vault import Vault

_DRAFTS_KEPT = timedelta(days=2)
_MESSAGES_KEPT = timedelta(days=7)
_FAULTS_KEPT = timedelta(days=30)
_AT_ONCE_ELSEWHERE = 8
_RENTALS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """Everything that the bot can do, without a chat."""

    people: People
    manners: Manners
    accounts: Accounts
    hosts: Hosts
    moves: Moves
    shop: Shop
    shelf: Shelf
    repeats: Repeats
    alerts: Alerts
    low_balances: LowBalances
    unmapped: Unmapped
    bundles: Bundles
    caps: Caps
    defaults: Defaults
    purchase: Purchase
    actions: Actions
    wishes: Wishes
    auto_cancel: AutoCancel
    orders: Orders
    imports: Imports
    tools: Tools
    prompts: Prompts
    outbox: Outbox
    polling: Duty
    watch: Watch
    recovery: Recovery
    scheduler: Scheduler
    custody: Custody
    updates: Updates
    faults: Faults
    office: Office
    history: History
    lateness: Lateness
    territory: Territory
    holdings: Holdings
    lookout: Lookout
    hooks: Hooks
    rent_shop: RentShop
    leasing: Leasing
    leaving: Leaving
    rent_recovery: RentRecovery
    rent_watch: RentWatch
    rent_book: RentalBook
    rent_actions: RentActions
    rent_imports: RentImports
    groups: Groups
    group_members: GroupMembers
    group_buying: GroupBuying
    bus: Bus
    readings: Readings

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """Take up what is open, or this replica's share of it, and watch until the context ends.

        Yields:
            The task that watches; it ends only with a fault.
        """
        await self.custody.look_through()
        await self.hosts.load()
        self.auto_cancel.start()
        self.lateness.start()
        self.alerts.start()
        self.low_balances.start()
        await self.lookout.start()
        task = asyncio.create_task(self.lookout.run(), name="scheduler")
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self.lookout.stop()


def build_engine(
    *,
    database: Database,
    clock: Clock,
    catalog: Catalog,
    providers: Providers,
    vault: Vault,
    public_url: str = "",
    bus: Bus | None = None,
    metrics: Metrics | None = None,
) -> Engine:
    """Put the parts together; nothing runs and nothing is read yet.

    Args:
        database: migrated.
        clock: whose time counts.
        catalog: words for services and countries.
        providers: whom to ask.
        vault: opens the keys.
        public_url: where providers reach the bot's HTTP server; empty where they cannot.
        bus: to the other replicas; None where there are none.
        metrics: where questions to providers are counted; None for nowhere that anybody looks.
    """

    def at_once(lane: str) -> int:
        if provider_of(lane) is not None:
            return _RENTALS_AT_ONCE  # a rental can wait for its turn, a fresh activation cannot
        adapter = providers.find(lane)
        return adapter.record.limits.at_once if adapter else _AT_ONCE_ELSEWHERE

    counted = metrics or Metrics()

    def lag_of(lane: str) -> Callable[[float], None]:
        if provider_of(lane) is None and providers.find(lane) is None:
            return unheard  # not about a provider's SMS
        return counted.poll_lag(provider_label(providers, lane))

    def paid(provider: str, outcome: str) -> None:
        counted.paid(provider_label(providers, provider), outcome)

    def failed(lane: str, error: str) -> None:
        counted.provider_failed(provider_label(providers, lane), error)

    worker = token_hex(8)
    shared = None if database.is_sqlite else SharedTerritory(database, clock, bus or Silence(), worker)
    territory = shared or Everything()
    keyring = Keyring(database, vault, clock, territory)
    faults = Faults(database, clock)
    chats = AllChats(database) if database.is_sqlite else LeasedChats(database, clock, worker)
    tell = Outbox(database, clock, faults, chats)
    tally = Tally(paid)
    health = Health(clock, failed)
    scheduler = Scheduler(clock, at_once, partial(faults.note, Source.ORDER), lag_of, territory)
    delivery = Delivery(tell, clock)
    accounts = Accounts(database, clock, vault, keyring, providers)
    quotes = Quotes(clock, catalog, keyring, providers)
    caps = Caps(database, clock, accounts, providers)
    unmapped = Unmapped(clock, catalog, accounts, keyring, providers)
    market = Market(accounts, quotes, Rates(clock, catalog, keyring, providers), unmapped)
    shop = Shop(
        database,
        clock,
        accounts,
        keyring,
        providers,
        quotes,
        market,
        caps,
    )
    watch = Watch(database, clock, keyring, providers, scheduler, delivery, health, faults)
    wishes = Wishes(
        database,
        clock,
        keyring,
        scheduler,
        tell,
        watch,
        Endings(database, keyring, providers, watch, delivery),
        faults,
    )
    listing = Listing(database, catalog, keyring, providers)
    recovery = Recovery(database, clock, accounts, providers, scheduler, tell, listing, watch, faults)
    names = RentNames(catalog)
    rent_prices = RentPrices(clock, keyring, providers, names)
    rent_delivery = RentDelivery(tell, clock)
    rent_health = Health(clock, failed)
    rent_watch = RentWatch(
        database, clock, keyring, providers, scheduler, rent_delivery, delivery, names, rent_health
    )
    rent_book = RentalBook(
        database,
        clock,
        accounts,
        providers,
        RentArchive(keyring, providers, names),
        rent_prices,
        tell,
        rent_watch,
        rent_health,
    )
    rent_bills = RentBills(database, clock, providers, caps)
    rent_shop = RentShop(database, clock, accounts, keyring, providers, names, rent_prices, rent_bills)
    hooks = Hooks(clock, vault, scheduler, watch, rent_watch, public_url)
    rent_deals = RentDeals(accounts, keyring, providers, names, rent_prices, rent_bills, hooks, tally)
    receipts = Receipts(clock, tell, caps, territory)
    receipts.listeners.append(rent_watch.take)
    rent_recovery = RentRecovery(database, clock, accounts, providers, scheduler, names, rent_deals, receipts)
    leasing = Leasing(
        database, clock, accounts, providers, rent_shop, rent_bills, rent_deals, receipts, rent_recovery
    )
    rent_watch.auto = leasing.auto
    hosts = Hosts(database, clock, catalog, accounts, keyring, providers, territory)
    lateness = Lateness(clock, scheduler, tell, watch)
    holdings = Holdings(hosts, recovery, rent_recovery, watch, wishes, lateness, rent_watch, faults)
    return Engine(
        people=People(database, clock),
        manners=Manners(database, clock),
        accounts=accounts,
        hosts=hosts,
        moves=Moves(
            database,
            vault,
            keyring,
            providers,
            accounts,
            quotes,
            watch,
            MovedRentals(database, providers, rent_watch),
        ),
        shop=shop,
        shelf=Shelf(database, clock),
        repeats=Repeats(database, clock, accounts, providers, caps),
        alerts=Alerts(database, clock, accounts, providers, quotes, scheduler, tell),
        low_balances=LowBalances(database, clock, accounts, providers, scheduler, tell),
        unmapped=unmapped,
        bundles=Bundles(shop, quotes),
        caps=caps,
        defaults=Defaults(database, catalog, accounts, caps),
        purchase=Purchase(
            database,
            clock,
            shop,
            Deals(database, keyring, providers, quotes, tally),
            tell,
            watch,
            recovery,
            Costs(database, clock, accounts, scheduler, tell),
            caps,
        ),
        actions=Actions(database, keyring, providers, watch, delivery, wishes),
        wishes=wishes,
        auto_cancel=AutoCancel(database, clock, providers, scheduler, tell, watch, wishes, faults),
        orders=Orders(database, clock, accounts, providers, health),
        imports=Imports(clock, accounts, providers, listing, tell, watch),
        tools=Tools(database, accounts, keyring, providers),
        prompts=Prompts(database, clock),
        outbox=tell,
        polling=SoleDuty() if database.is_sqlite else LeasedDuty(database, clock, Leased.POLLING, worker),
        watch=watch,
        recovery=recovery,
        scheduler=scheduler,
        custody=Custody(database, vault, delivery),
        updates=Updates(database, clock),
        faults=faults,
        office=Office(database, clock, accounts, health, tell),
        history=History(database, clock, accounts),
        lateness=lateness,
        territory=territory,
        holdings=holdings,
        lookout=Lookout(scheduler, holdings, shared, keyring, hooks),
        hooks=hooks,
        rent_shop=rent_shop,
        leasing=leasing,
        leaving=Leaving(
            database,
            clock,
            keyring,
            providers,
            Memory(
                (
                    lambda account_id: watch.drop({account_id}),
                    rent_watch.forget,
                    quotes.forget,
                    rent_prices.forget,
                ),
                (unmapped.forget, market.forget),
            ),
            bus or Silence(),
        ),
        rent_recovery=rent_recovery,
        rent_watch=rent_watch,
        rent_book=rent_book,
        rent_actions=RentActions(clock, keyring, providers, rent_book, rent_watch, rent_delivery),
        rent_imports=RentImports(database, clock, accounts, keyring, providers, names, tell, rent_watch),
        groups=Groups(database, clock, tell),
        group_members=GroupMembers(database, clock, tell, accounts, providers),
        group_buying=GroupBuying(shop, caps.budgets),
        bus=bus or Silence(),
        readings=Readings(database, clock, providers, health, rent_health, shared),
    )


async def tidy(database: Database, clock: Clock) -> None:
    """Delete what nobody will ask for again: old confirm buttons, messages told long ago, old faults.

    Messages that were put aside are to be told once more: what kept them from it may have been mended.
    """
    async with database.write() as tx:
        await outbox.reopen(tx)
        await faults_.forget(tx, clock.now() - _FAULTS_KEPT)
        await alerts_.forget(tx, clock.now())
        await drafts.forget(tx, clock.now() - _DRAFTS_KEPT)
        await bills.forget(tx, clock.now() - _DRAFTS_KEPT)
        await outbox.forget(tx, clock.now() - _MESSAGES_KEPT)
