"""Purchases whose answer was lost: told honestly, never bought again, settled when their time is over."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.errors import CodebellError, OutcomeUnknown
from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.outbox import Notice
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.listing import Found, Listing
from bot.engine.outbox import Outbox
from bot.engine.schedule import Job, Scheduler
from bot.engine.watch import Watch
from bot.logs import get_logger
from bot.providers.registry import Providers
from bot.storage import orders, outbox
from bot.storage.database import Database, Transaction

_GRACE = timedelta(minutes=2)
_LOOKS_ENOUGH = 3
_LOOK_AGAIN_SECONDS = 30.0
_log = get_logger(__name__)


class Question(Job):
    """Looks after one uncertain order: compares balances now, settles it when its time is over.

    Attributes:
        order: as it was when it was looked at last.
        is_told: whether its person has heard what is known.
        looks: how often the provider's list was read without the order in it.
    """

    __slots__ = ("_recovery", "is_told", "looks", "order")

    def __init__(self, recovery: "Recovery", order: Order) -> None:
        super().__init__(lane="recovery")
        self._recovery = recovery
        self.order = order
        self.is_told = False
        self.looks = 0

    async def run(self) -> float | None:
        """Do what is due; return the seconds until there is more to do."""
        return await self._recovery.examine(self)


@dataclass(frozen=True, slots=True)
class Before:
    """What an account held just before a purchase, for comparison should the answer be lost.

    Attributes:
        balance: None where it could not be told.
        listed: the provider's ids of what was open; None where it could not be told.
    """

    balance: Money | None
    listed: frozenset[str] | None


class Recovery:
    """Takes care of orders that may have been bought.

    Where the provider lists open activations, the one that must be meant is adopted. Get-SMS v1 has no such
    list, so that a lost answer stays lost: the balance before and after is what can be known. The provider
    keeps the price in reserve for the order's lifetime and gives it back where no SMS was fetched; after that
    time the order is settled as failed.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        providers: Providers,
        scheduler: Scheduler,
        tell: Outbox,
        listing: Listing,
        watch: Watch,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._scheduler = scheduler
        self._outbox = tell
        self._listing = listing
        self._watch = watch

    async def before(self, account: AccountView) -> Before:
        """Note what an account holds. A purchase does not depend on it: what cannot be told is None."""
        balance, listed = await asyncio.gather(self._balance_of(account), self._listing.ids(account.account))
        return Before(balance, listed)

    async def load(self) -> int:
        """Take up, after a start, what the last run left open; return how many orders that is."""
        async with self._database.read() as tx:
            placing = await orders.in_states(tx, {State.PLACING})
            uncertain = await orders.in_states(tx, {State.UNCERTAIN})
        for order in placing:
            # The process died between the intent and the answer: whether the call went out is not known.
            await self.lost(order, OutcomeUnknown(order.provider, "buy"))
        for order in uncertain:
            self._scheduler.add(Question(self, order))
        if placing or uncertain:
            _log.warning("uncertain purchases", interrupted=len(placing), earlier=len(uncertain))
        return len(placing) + len(uncertain)

    async def lost(self, order: Order, error: OutcomeUnknown) -> Order:
        """Note that the answer to a purchase was lost; return the order as it is then."""
        async with self._outbox.telling() as tx:
            moved = await orders.move(
                tx,
                order.id,
                of={State.PLACING},
                to=State.UNCERTAIN,
                error=error.slug,
                error_text=error.text,
            )
            if moved is None:
                return order
            await outbox.add_card(tx, moved, self._clock.now())
        self._scheduler.add(Question(self, moved))
        return moved

    async def examine(self, question: Question) -> float | None:
        """Adopt the order where the provider lists it; else compare balances and tell, once.

        Who loses an answer often loses the next ones, so the list is read again and again. The order is
        settled when its time is over.
        """
        order = question.order
        if question.looks < _LOOKS_ENOUGH and await self._adopt(question):
            return None
        ends_at = order.created_at + self._lifetime(order) + _GRACE
        left = (ends_at - self._clock.now()).total_seconds()
        if left > 0:
            if not question.is_told:
                question.order = await self._tell(order)
                question.is_told = True
            more = order.listed_before is not None and question.looks < _LOOKS_ENOUGH
            return min(left, _LOOK_AGAIN_SECONDS) if more else left
        await self._settle(order)
        return None

    async def _adopt(self, question: Question) -> bool:
        """Take the provider's word for what was bought, where exactly one activation can be meant.

        What was open before the purchase is not meant. What comes much later is not either: it was bought
        elsewhere, so that the list is not read for ever.
        """
        order = question.order
        account = await self._accounts.find(order.account_id)
        if account is None or order.listed_before is None or not self._listing.is_told(order.provider):
            return False
        try:
            unknown = await self._listing.unknown(account.account)
        except CodebellError:
            return False  # no answer is not "not there"
        question.looks += 1
        fitting = [item for item in unknown if _is_meant(order, item)]
        if len(fitting) != 1:
            return False
        active = fitting[0].active
        async with self._outbox.telling() as tx:
            moved = await orders.move(
                tx,
                order.id,
                of={State.UNCERTAIN},
                to=State.WAITING,
                remote_id=active.remote_id,
                phone=active.phone,
                expires_at=order.created_at + self._lifetime(order),
                error=None,
                error_text=None,
            )
            if moved is None:
                return False
            await outbox.add_card(tx, moved, self._clock.now())
        _log.info("uncertain purchase found in the provider's list", order=order.id)
        self._watch.take(moved, delay=0)
        for sms in active.sms:
            await self._watch.deliver(order.id, sms)
        return True

    def _lifetime(self, order: Order) -> timedelta:
        return self._providers.limits(order.provider).lifetime

    async def _tell(self, order: Order) -> Order:
        balance = await self._balance(order)
        async with self._outbox.telling() as tx:
            if await outbox.has_notice(tx, order.id, Notice.UNCERTAIN):
                return order
            changes = {"balance_after": balance.amount} if balance else {}
            moved = await orders.move(tx, order.id, of={State.UNCERTAIN}, to=State.UNCERTAIN, **changes)
            if moved is None:
                return order
            await self._notice(tx, Notice.UNCERTAIN, moved)
            await outbox.add_card(tx, moved, self._clock.now())
        return moved

    async def _settle(self, order: Order) -> None:
        balance = await self._balance(order)
        changes = {"balance_after": balance.amount} if balance else {}
        async with self._outbox.telling() as tx:
            moved = await orders.move(tx, order.id, of={State.UNCERTAIN}, to=State.FAILED, **changes)
            if moved is not None:
                await self._notice(tx, Notice.SETTLED, moved)
                await outbox.add_card(tx, moved, self._clock.now())

    async def _notice(self, tx: Transaction, notice: Notice, order: Order) -> None:
        await outbox.add_notice(
            tx,
            notice,
            chat_id=order.card_chat_id,
            user_id=order.user_id,
            order_id=order.id,
            now=self._clock.now(),
        )

    async def _balance(self, order: Order) -> Money | None:
        account = await self._accounts.find(order.account_id)
        return await self._balance_of(account) if account else None

    async def _balance_of(self, account: AccountView) -> Money | None:
        try:
            return await self._accounts.balance(account)
        except CodebellError:
            return None


def _is_meant(order: Order, item: Found) -> bool:
    told = item.offer
    operators = {None, told.operator} if told.operator else {None, order.operator}
    return (
        item.active.remote_id not in (order.listed_before or ())
        and (told.service, told.country) == (order.service, order.country)
        and order.operator in operators
        and (item.active.price is None or item.active.price <= order.price)
    )
