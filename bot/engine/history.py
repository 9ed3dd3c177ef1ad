"""What was bought, looked back at: reads only."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from decimal import Decimal
from statistics import median

from bot.clock import Clock
from bot.domain.history import Bought, DaySpend, Facet, HistoryPage, Purchase, Result, Stats, Wanted
from bot.domain.money import Money
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.storage import accounts, history, orders
from bot.storage.database import Database, Transaction

PAGE = 5


class History:
    """Lists, narrows down and sums up a person's purchases."""

    def __init__(self, database: Database, clock: Clock, accounts_: Accounts) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts_

    async def page(self, user_id: int, wanted: Wanted, page: int) -> HistoryPage:
        """Return a page of purchases, newest first, 5 a page; one beyond the end is the last."""
        async with self._database.read() as tx:
            total = await history.count(tx, user_id, wanted)
            pages = max(1, -(-total // PAGE))
            page = min(max(page, 0), pages - 1)
            found = await history.purchases(tx, user_id, wanted, limit=PAGE, offset=page * PAGE)
            known = await self._named(tx, user_id, {one.account_id for one in found})
            chosen = await self._named(tx, user_id, {wanted.account_id})
            again = await _repeatable(tx, found)
        return HistoryPage(wanted, found, known, page, pages, total, chosen.get(wanted.account_id), again)

    async def values(self, user_id: int, facet: Facet, wanted: Wanted) -> tuple[str, ...]:
        """Return by what a facet can narrow these purchases down."""
        async with self._database.read() as tx:
            return await history.values(tx, user_id, facet, wanted)

    async def accounts(self, user_id: int, ids: set[int]) -> dict[int, AccountView]:
        """Return those of these accounts that are the user's, removed ones included."""
        async with self._database.read() as tx:
            return await self._named(tx, user_id, ids)

    async def whole(self, user_id: int, wanted: Wanted) -> tuple[Purchase, ...]:
        """Return all wanted purchases, newest first."""
        async with self._database.read() as tx:
            return await history.purchases(tx, user_id, wanted)

    async def stats(self, user_id: int, days: int) -> Stats:
        """Sum up the last days (UTC), today included."""
        now = self._clock.now()
        first = now.date() - timedelta(days=days - 1)
        since = datetime.combine(first, time(), now.tzinfo)
        async with self._database.read() as tx:
            charges = await history.charges(tx, user_id, since)
            endings = await history.endings(tx, user_id, since)
            waits = await history.waits(tx, user_id, since)
        paid: defaultdict[tuple[object, str, str], Decimal] = defaultdict(Decimal)
        spend: dict[tuple[object, str, str], DaySpend] = {}
        untold = 0
        for one in charges:
            if one.amount is None or one.currency is None:
                untold += one.times
                continue
            key = (one.day, one.provider, one.currency)
            paid[key] += one.amount * one.times
            spend[key] = DaySpend(one.day, self._title(one.provider), Money(paid[key], one.currency))
        seconds: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        for wait in waits:
            seconds[wait.provider, wait.country].append(wait.seconds)
        results = tuple(
            Result(
                self._title(one.provider),
                one.country,
                one.ended,
                one.brought,
                median(known) if (known := seconds[one.provider, one.country]) else None,
            )
            for one in endings
        )
        return Stats(first, now.date(), tuple(spend.values()), untold, results)

    async def _named(self, tx: Transaction, user_id: int, ids: set[int]) -> dict[int, AccountView]:
        found = [await accounts.find(tx, id_) for id_ in sorted(ids)]
        return {one.id: self._accounts.view(one) for one in found if one and one.user_id == user_id}

    def _title(self, slug: str) -> str:
        return self._accounts.known(slug).title


async def _repeatable(tx: Transaction, found: tuple[Purchase, ...]) -> frozenset[int]:
    ids = [one.id for one in found if one.kind is Bought.ACTIVATION and one.id is not None]
    bought = [await orders.find(tx, id_) for id_ in ids]
    return frozenset(order.id for order in bought if order is not None and order.is_repeatable)
