"""Caps: limits that a person sets, held where an intent is written down, so that no two taps pass them."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from decimal import Decimal

from bot.clock import Clock
from bot.domain.cap_views import AccountCap, CapsView
from bot.domain.caps import WINDOW, Cap, Spending, Tally
from bot.domain.errors import CapReached, NotOffered
from bot.domain.money import Money
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.budgets import Budgets
from bot.providers.registry import Providers
from bot.storage import caps, settings
from bot.storage.database import Database, Transaction


class Caps:
    """Holds intents to buy or rent to what their person allows, and shows how far that goes.

    Attributes:
        budgets: the same, for what others buy with that person's money.
    """

    def __init__(self, database: Database, clock: Clock, accounts: Accounts, providers: Providers) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self.budgets = Budgets(database, clock)

    @asynccontextmanager
    async def kept(self, tx: Transaction, user_id: int, account_id: int) -> AsyncIterator[None]:
        """Let an intent be written down in this context only as far as the caps allow it.

        What counts is compared before and behind the intent, so that it does not matter what kind it is:
        what opens no further number, or costs nothing, is not held up by a cap that is exceeded already. An
        intent whose price is not known passes while anything is left of the day's cap.

        Args:
            tx: the writing transaction of the intent; the exception has to leave it.
            user_id: who buys.
            account_id: which key pays.

        Raises:
            CapReached: with the intent, more would be open or spent than the person allows.
        """
        await settings.lock(tx, user_id)
        most = await settings.open_orders_most(tx, user_id)
        cap = await caps.find(tx, account_id)
        opened = 0 if most is None else await caps.count_open(tx, user_id)
        before = None if cap is None else await self._spending(tx, account_id)
        yield
        if most is not None and opened < await caps.count_open(tx, user_id) > most:
            raise CapReached(Cap.OPEN, most, opened)
        if cap is not None and before is not None:
            _hold(cap, before, await self._spending(tx, account_id), account_id)

    async def tally(self, account_id: int) -> Tally:
        """Return how an account stands against its cap, and how its last numbers ended."""
        return (await self.tallies([account_id]))[account_id]

    async def tallies(self, account_ids: Iterable[int]) -> dict[int, Tally]:
        """Return how accounts stand, by their ids."""
        async with self._database.read() as tx:
            return {
                id_: Tally(await caps.find(tx, id_), await self._spending(tx, id_)) for id_ in account_ids
            }

    async def view(self, user_id: int) -> CapsView:
        """Return all caps of a person."""
        async with self._database.read() as tx:
            most = await settings.open_orders_most(tx, user_id)
            opened = await caps.count_open(tx, user_id)
        accounts = await self._accounts.list(user_id)
        found = [await self._of(view) for view in accounts if self._providers.record(view.provider.slug)]
        return CapsView(most, opened, tuple(found))

    async def account(self, user_id: int, account_id: int) -> AccountCap:
        """Return the daily cap of an account.

        Raises:
            NotYours: not the user's account.
            NotOffered: its provider has gone from the configuration.
        """
        return await self._of(await self._accounts.get(user_id, account_id))

    async def set_open(self, user_id: int, most: int | None) -> None:
        """Set how many numbers a person may have open at once; None for no limit."""
        async with self._database.write() as tx:
            await settings.change(tx, user_id, open_orders_most=most)

    async def set_day(self, user_id: int, account_id: int, amount: Decimal | None) -> None:
        """Set how much an account may spend within 24 hours, in its own currency; None for no limit.

        Raises:
            NotYours: not the user's account.
            NotOffered: its provider has gone from the configuration.
        """
        known = await self.account(user_id, account_id)
        async with self._database.write() as tx:
            await settings.lock(tx, user_id)
            await caps.put(tx, account_id, None if amount is None else Money(amount, known.currency))

    async def _of(self, view: AccountView) -> AccountCap:
        record = self._providers.record(view.provider.slug)
        if record is None:
            raise NotOffered
        return AccountCap(view, record.currency, await self.tally(view.account.id))

    async def _spending(self, tx: Transaction, account_id: int) -> Spending:
        return await caps.spending(tx, account_id, self._clock.now() - WINDOW)


def _hold(cap: Money, before: Spending, after: Spending, account_id: int) -> None:
    spent, would_be = before.spent(cap.currency), after.spent(cap.currency)
    is_blind = after.untold > before.untold and cap <= spent
    if is_blind or (spent < would_be and cap < would_be):
        raise CapReached(Cap.DAY, cap, spent, account_id)
    foreign = (name for name in after.paid if name != cap.currency)
    if any(after.paid[name] > before.paid.get(name, 0) for name in foreign):
        raise CapReached(Cap.FOREIGN, cap, spent, account_id)
