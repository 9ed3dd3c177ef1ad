"""Moving a key from one host to another of the same language: when a house closes, or changes its name."""

from bot.domain.errors import KeyKnown, MoveTooEarly, OrderGone, OrdersStay, OutOfDate, Refused
from bot.domain.orders import Order, State
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.domain.views import BalanceView, MoveView, ProviderFacts
from bot.engine.accounts import Accounts, facts
from bot.engine.keyring import Keyring
from bot.engine.moved_rentals import MovedRentals
from bot.engine.quotes import Quotes
from bot.engine.watch import Watch
from bot.logs import get_logger
from bot.providers.activations import Activations
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import accounts, drafts, orders, rentals, sealing, settings
from bot.storage.database import Database, Transaction
from bot.storage.vault import Vault

_IN_DOUBT = frozenset({State.PLACING, State.UNCERTAIN})
_log = get_logger(__name__)


class Moves:
    """Has another provider answer for an account.

    All orders and rentals follow, the open and the ended ones: their provider is whoever answers for them
    now. An open one is lost at a host that does not know it, so each is asked for at the new host first, and
    one that is unknown there keeps the account where it is.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        keyring: Keyring,
        providers: Providers,
        accounts_: Accounts,
        quotes: Quotes,
        watch: Watch,
        rentals_: MovedRentals,
    ) -> None:
        self._database = database
        self._vault = vault
        self._keyring = keyring
        self._providers = providers
        self._accounts = accounts_
        self._quotes = quotes
        self._watch = watch
        self._rentals = rentals_

    async def targets(self, user_id: int, account_id: int) -> tuple[ProviderFacts, ...]:
        """Return where an account's key could be moved to: open houses of the same language.

        Where the account's own provider is not configured any more, nobody knows its language: all of them.

        Raises:
            NotYours: not the user's account.
        """
        view = await self._accounts.get(user_id, account_id)
        here = self._providers.record(view.account.provider)
        return tuple(
            facts(there.record)
            for there in self._providers.of(user_id)
            if there.record is not here
            and not there.record.closed
            and (here is None or there.record.protocol == here.protocol)
        )

    async def view(self, user_id: int, account_id: int, slug: str) -> MoveView:
        """Return what a move would mean.

        Raises:
            NotYours: not the user's account.
            UnknownProvider: there is none of that name, or it is another person's own host.
        """
        view = await self._accounts.get(user_id, account_id)
        async with self._database.read() as tx:
            open_orders = await orders.count_open_of_account(tx, account_id)
            open_orders += await rentals.count_open_of_account(tx, account_id)
        return MoveView(view, self._accounts.provider(user_id, slug), open_orders)

    async def move(self, user_id: int, account_id: int, slug: str) -> BalanceView:
        """Move an account's key, once the new host has answered a balance call and knows every open order.

        Raises:
            NotYours: not the user's account.
            UnknownProvider: there is none of that name, or it is another person's own host.
            MoveTooEarly: a payment on the account is under way or in doubt.
            OrdersStay: the new host does not know an open order or rental.
            KeyKnown: the user keeps this key there already.
            OutOfDate: the account was removed, or got another key, meanwhile.
            ProviderError: the new host refuses the key, or does not answer.
        """
        view = await self.view(user_id, account_id, slug)
        key = await self._keyring.key(account_id)
        adapter = self._providers.get(slug)
        async with self._database.read() as tx:
            found = await self._settled(tx, account_id)
            let = await self._rentals.settled(tx, account_id)
        balance = await adapter.balance(key)
        brought, unknown = await self._ask_for(adapter, key, found)
        unknown += await self._rentals.unknown(slug, key, let)
        if unknown:
            raise OrdersStay(unknown)
        try:
            async with self._database.write() as tx:
                await settings.lock(tx, user_id)  # whoever pays meanwhile has done so, or waits
                await self._same(tx, account_id, key)
                sealed = self._vault.seal(key, account_id=account_id, user_id=user_id, provider=slug)
                await accounts.move(tx, account_id, provider=slug, sealed=sealed)
                now = await self._settled(tx, account_id)
                if not {order.id for order in now} <= {order.id for order in found}:
                    raise MoveTooEarly  # bought meanwhile, and not asked for over there
                await self._rentals.move(tx, account_id, slug, let)
                await orders.move_account(tx, account_id, slug)
                await drafts.forget_account(tx, account_id)  # their prices are the old host's
                moved = await orders.open_of_account(tx, account_id)
        except accounts.FingerprintTaken:
            raise KeyKnown from None
        self._keyring.forget(account_id)
        self._quotes.forget(account_id)
        _log.info("account moved", account=account_id, provider=slug, open_orders=len(moved))
        for order in moved:
            self._watch.move(order)
        await self._rentals.watch(account_id)
        for order_id, sms in brought:
            await self._watch.deliver(order_id, sms)
        return BalanceView(await self._accounts.get(user_id, view.account.account.id), balance, None)

    async def _same(self, tx: Transaction, account_id: int, key: Key) -> None:
        """Make sure that an account still has the key that the new host was asked with, and keeps it."""
        await accounts.lock(tx, account_id)
        found = await accounts.sealed_key(tx, account_id)
        if found is None or sealing.open_(self._vault, found) != key:
            raise OutOfDate

    async def _settled(self, tx: Transaction, account_id: int) -> tuple[Order, ...]:
        """Return the account's open orders, all of which have their number."""
        found = await orders.open_of_account(tx, account_id)
        if any(order.state in _IN_DOUBT for order in found):
            raise MoveTooEarly
        return found

    async def _ask_for(
        self, adapter: Activations, key: Key, found: tuple[Order, ...]
    ) -> tuple[list[tuple[int, Sms]], int]:
        """Ask the new host for every open order; return the SMS it had, and how many it does not know."""
        brought: list[tuple[int, Sms]] = []
        unknown = 0
        for order in found:
            try:
                sms = await adapter.check(key, Watched(order.remote_id or "", order.last_sms_id))
            except OrderGone:
                unknown += 1
            except Refused:
                pass  # over, or without a number: it is known, and the watch hears the same
            else:
                brought += [(order.id, sms)] if sms is not None else []
        return brought, unknown
