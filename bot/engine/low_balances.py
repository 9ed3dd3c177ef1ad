"""Low balances: a person hears once that an account is running out, until it was filled up again.

A balance that becomes known anyway is used (/balance, the look before a purchase). An account is asked for it
a minute after something was bought with it, and else every six hours.
"""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from bot.clock import Clock
from bot.domain.alerts import Floor
from bot.domain.errors import CodebellError, NotOffered
from bot.domain.money import Money
from bot.domain.outbox import Notice
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.faults import reason_of
from bot.engine.outbox import Outbox
from bot.engine.rent_jobs import Errand
from bot.engine.schedule import Scheduler
from bot.logs import get_logger
from bot.providers.registry import Providers
from bot.storage import low_balances, outbox
from bot.storage.database import Database

_log = get_logger(__name__)
_ROUND_SECONDS = 60.0
_SETTLED = timedelta(minutes=1)
_SELDOM = timedelta(hours=6)


class LowBalances:
    """Keeps thresholds, and compares every balance that becomes known."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        providers: Providers,
        scheduler: Scheduler,
        tell: Outbox,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._scheduler = scheduler
        self._outbox = tell
        accounts.on_balance.append(self.see)

    def start(self) -> None:
        """Look from now on whose balance is to be asked."""
        self._scheduler.add(Errand("low-balances", self._round), _ROUND_SECONDS)

    async def of(self, user_id: int, account_id: int) -> Floor:
        """Return the threshold of an account.

        Raises:
            NotYours: not the user's account.
            NotOffered: its provider has gone from the configuration.
        """
        view = await self._accounts.get(user_id, account_id)
        record = self._providers.record(view.provider.slug)
        if record is None:
            raise NotOffered
        return await self._of(view, record.currency)

    async def find(self, account_id: int) -> Floor | None:
        """Return the threshold of any account that has one; for messages about it."""
        view = await self._accounts.find(account_id)
        found = await self._of(view, "") if view else None
        return found if found and found.below else None

    async def set(self, user_id: int, account_id: int, amount: Decimal | None) -> Floor:
        """Set below what the person wants to hear, in the account's currency; None for never.

        What the account holds is asked with the next round.

        Raises:
            NotYours: not the user's account.
            NotOffered: its provider has gone from the configuration.
        """
        known = await self.of(user_id, account_id)
        below = None if amount is None else Money(amount, known.currency)
        async with self._database.write() as tx:
            await low_balances.put(tx, account_id, below, self._clock.now() - _SELDOM)
        return await self.of(user_id, account_id)

    async def see(self, account: AccountView, balance: Money) -> None:
        """Compare a balance that has become known."""
        try:
            await self._see(account, balance)
        except Exception as error:  # noqa: BLE001 - a purchase that looked at its balance goes on
            _log.warning("balance not compared", account=account.account.id, reason=reason_of(error))

    async def _see(self, account: AccountView, balance: Money) -> None:
        account_id = account.account.id
        async with self._database.read() as tx:
            kept = await low_balances.find(tx, account_id)
        if kept is None or kept.below.currency != balance.currency:
            return
        async with self._outbox.telling() as tx:
            now = self._clock.now()
            if await low_balances.see(tx, account_id, balance, is_low=balance < kept.below, now=now):
                user_id = account.account.user_id
                await outbox.add_notice(
                    tx, Notice.LOW_BALANCE, chat_id=user_id, user_id=user_id, account_id=account_id, now=now
                )

    async def _of(self, view: AccountView, currency: str) -> Floor:
        async with self._database.read() as tx:
            kept = await low_balances.find(tx, view.account.id)
        if kept is None:
            return Floor(view, currency)
        return Floor(view, currency or kept.below.currency, kept.below, kept.seen)

    async def _round(self) -> float:
        now = self._clock.now()
        async with self._database.read() as tx:
            found = await low_balances.due(tx, spent_before=now - _SETTLED, looked_before=now - _SELDOM)
        for account_id, looked_at in found:
            async with self._database.write() as tx:
                is_ours = await low_balances.claim(tx, account_id, looked_at, now)
            account = await self._accounts.find(account_id) if is_ours else None
            if account is not None:
                lane = f"low-balances:{account.provider.slug}"
                self._scheduler.add(Errand(lane, partial(self._look, account)))
        return _ROUND_SECONDS

    async def _look(self, account: AccountView) -> None:
        try:
            await self._accounts.balance(account)
        except CodebellError:  # it is asked again after the next purchase, or in some hours
            return
