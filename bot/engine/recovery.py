"""Purchases whose answer was lost: told honestly, never bought again, settled when their time is over."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.errors import CodebellError, NotYours, OutcomeUnknown, OutOfDate
from bot.domain.faults import Source
from bot.domain.money import Money
from bot.domain.orders import MOST_CANDIDATES, Candidate, Order, State
from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.adoption import Adoption
from bot.engine.faults import Faults
from bot.engine.listing import Listing, candidate, is_meant
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
        order: as it was when its answer was lost, or when the bot started.
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

    @property
    def subject(self) -> str:
        """The order."""
        return str(self.order.id)

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.order.account_id

    async def run(self) -> float | None:
        """Do what is due; return the seconds until there is more to do."""
        return await self._recovery.examine(self)


@dataclass(frozen=True, slots=True)
class Before:
    """What an account held just before a purchase, for comparison should the answer be lost.

    Attributes:
        balance: None where it could not be told.
        listed: the provider's ids of what was open; None where it could not be told.
        idle_since: our newest order of the account; None where one was open, which may move the balance, too.
    """

    balance: Money | None
    listed: frozenset[str] | None
    idle_since: int | None


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
        faults: Faults,
    ) -> None:
        self._territory = scheduler.territory
        self._faults = faults
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._scheduler = scheduler
        self._outbox = tell
        self._listing = listing
        self._adoption = Adoption(clock, providers, tell, watch)
        self._questions: dict[int, Question] = {}
        self._put_aside: set[int] = set()

    async def before(self, account: AccountView) -> Before:
        """Note what an account holds. A purchase does not depend on it: what cannot be told is None."""
        async with self._database.read() as tx:  # first, so that nothing can come between it and the balance
            idle_since = await orders.idle_since(tx, account.account.id)
        balance, listed = await asyncio.gather(self._balance_of(account), self._listing.ids(account.account))
        return Before(balance, listed, idle_since)

    async def load(self, account_ids: Collection[int] | None = None) -> int:
        """Take up what was left open elsewhere or before; return how many orders that is.

        A purchase whose process still lives is under way there, and none of ours.

        Args:
            account_ids: of which accounts; None for all.
        """
        async with self._database.read() as tx:
            placing, broken = await orders.interrupted(tx, account_ids, await self._territory.live(tx))
            uncertain, more = await orders.in_states(tx, {State.UNCERTAIN}, account_ids)
        for order_id, error in {**broken, **more}.items():
            self._put_aside.add(order_id)
            await self._faults.note(Source.ORDER, str(order_id), error)
        for order in placing:
            # The process died between the intent and the answer: whether the call went out is not known.
            await self.lost(order, OutcomeUnknown(order.provider, "buy"))
        self._forget_settled({order.id for order in (*placing, *uncertain)}, account_ids)
        for order in uncertain:
            self._take_up(order)
        if placing or uncertain:
            _log.warning("uncertain purchases", interrupted=len(placing), earlier=len(uncertain))
        return len(placing) + len(uncertain)

    def drop(self, account_ids: Collection[int]) -> None:
        """Look after nothing of these accounts any more."""
        for question in self._of(account_ids):
            self._drop(question)

    def knows(self, order_id: int) -> bool:
        """Whether an uncertain order is looked after here, or cannot be read."""
        return order_id in self._questions or order_id in self._put_aside

    def _take_up(self, order: Order) -> None:
        question = self._questions.get(order.id)
        if question is None:
            self._look_after(order)
        elif question.order.listed_before != order.listed_before:  # its person has said what it is not
            question.order = order
            self._once_more(question)

    def _forget_settled(self, open_: set[int], account_ids: Collection[int] | None) -> None:
        for question in self._of(account_ids):
            if question.order.id not in open_:
                self._drop(question)
                self._look_again(question.order)

    def _of(self, account_ids: Collection[int] | None) -> list[Question]:
        questions = self._questions.values()
        return [one for one in questions if account_ids is None or one.bound_to in account_ids]

    def _drop(self, question: Question) -> None:
        self._scheduler.remove(question)
        del self._questions[question.order.id]

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
        self._look_after(moved)
        return moved

    async def claim(self, user_id: int, order_id: int, remote_id: str) -> Order:
        """Hear from a person which activation an uncertain purchase has made.

        No provider need answer for that: what was listed is known, and the watch finds out the rest.

        Args:
            user_id: who says so.
            order_id: ours.
            remote_id: one of the order's candidates; empty where it is none of them.

        Returns:
            The order: ``waiting``, or still ``uncertain`` where it is none of them.

        Raises:
            OutOfDate: nothing is asked of this order any more, or not this, or it is an order already.
            NotYours: somebody else's order.
        """
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
        if order is None:
            raise OutOfDate
        if order.user_id != user_id:
            raise NotYours
        asked = order.candidates or ()
        if order.state is not State.UNCERTAIN or not asked:
            raise OutOfDate
        if not remote_id:
            return await self._decline(order, asked)
        chosen = next((one for one in asked if one.remote_id == remote_id), None)
        if chosen is None:
            raise OutOfDate
        taken = await self._take(order, chosen.remote_id, chosen.phone, chosen.price)
        if taken is None:
            raise OutOfDate
        return taken

    async def examine(self, question: Question) -> float | None:
        """Adopt the order where the provider lists it; else compare balances and tell, once.

        Who loses an answer often loses the next ones, so the list is read again and again. The order is
        settled when its time is over.
        """
        order = await self._still_uncertain(question)
        if order is None or (question.looks < _LOOKS_ENOUGH and await self._adopt(question, order)):
            self._questions.pop(question.order.id, None)
            return None
        ends_at = order.created_at + self._lifetime(order) + _GRACE
        left = (ends_at - self._clock.now()).total_seconds()
        if left > 0:
            if not question.is_told:
                await self._tell(order)
                question.is_told = True
            more = self._listing.is_told(order.provider) and question.looks < _LOOKS_ENOUGH
            return min(left, _LOOK_AGAIN_SECONDS) if more else left
        self._questions.pop(order.id, None)
        await self._settle(order)
        return None

    async def _still_uncertain(self, question: Question) -> Order | None:
        """Return the order as it is: its person may have said meanwhile what it is, or what it is not."""
        async with self._database.read() as tx:
            order = await orders.find(tx, question.order.id)
        return order if order is not None and order.state is State.UNCERTAIN else None

    async def _adopt(self, question: Question, order: Order) -> bool:
        """Take the provider's word for what was bought, where exactly one activation can be meant.

        What was open before the purchase is not meant. What comes much later is not either: it was bought
        elsewhere, so that the list is not read for ever. Where several are meant, or it is not known what was
        open before, the person is asked; an activation that leaves the list then makes the others no surer.
        """
        account = await self._accounts.find(order.account_id)
        if account is None or not self._listing.is_told(order.provider):
            return False
        try:
            unknown = await self._listing.unknown(account.account)
        except CodebellError:
            return False  # no answer is not "not there"
        question.looks += 1
        async with self._database.read() as tx:
            known = await orders.remote_ids(tx, order.account_id)
        fitting = {item.active.remote_id: item for item in unknown if is_meant(order, item)}
        meant = {one.remote_id: one for one in order.candidates or () if one.remote_id not in known}
        meant |= {remote_id: candidate(item) for remote_id, item in fitting.items()}
        if len(meant) == len(fitting) == 1 and order.listed_before is not None:
            [item] = fitting.values()
            active = item.active
            return (
                await self._take(order, active.remote_id, active.phone, active.price, active.sms) is not None
            )
        asked = tuple(meant.values())[:MOST_CANDIDATES]
        if asked != (order.candidates or ()):
            await self._adoption.ask(order, asked)
        return False

    async def _decline(self, order: Order, asked: tuple[Candidate, ...]) -> Order:
        declined = await self._adoption.decline(order, asked)
        question = self._questions.get(order.id)
        if question is None:
            self._look_after(declined)
        elif len(asked) == MOST_CANDIDATES:  # there may be more
            self._once_more(question)
        return declined

    async def _take(
        self, order: Order, remote_id: str, phone: str | None, price: Money | None, sms: tuple[Sms, ...] = ()
    ) -> Order | None:
        taken = await self._adoption.take(order, remote_id, phone, price, sms)
        if taken is not None:
            self._look_again(taken)
        return taken

    def _look_after(self, order: Order) -> None:
        if not self._territory.mine(order.account_id):
            self._territory.changed(order.account_id)
            return
        question = self._questions[order.id] = Question(self, order)
        self._scheduler.add(question)

    def _look_again(self, taken: Order) -> None:
        """Look once more after the account's other doubts: one number less can be meant by them."""
        for question in self._questions.values():
            if question.order.id != taken.id and question.order.account_id == taken.account_id:
                self._once_more(question)

    def _once_more(self, question: Question) -> None:
        question.looks = min(question.looks, _LOOKS_ENOUGH - 1)
        self._scheduler.add(question)

    def _lifetime(self, order: Order) -> timedelta:
        return self._providers.limits(order.provider).lifetime

    async def _tell(self, order: Order) -> None:
        balance = await self._balance(order)
        async with self._outbox.telling() as tx:
            await orders.lock(tx, order.id)
            if await outbox.has_notice(tx, order.id, Notice.UNCERTAIN):
                return
            changes = _after(balance)
            moved = await self._still(tx, order, **changes)
            if moved is None:
                return
            if not await outbox.has_notice(tx, order.id, Notice.CHOOSE):  # it says the same, and more
                await self._notice(tx, Notice.UNCERTAIN, moved)
            await outbox.add_card(tx, moved, self._clock.now())

    async def _still(self, tx: Transaction, order: Order, **changes: object) -> Order | None:
        """Change columns of an order while it is uncertain; None where it is not any more."""
        return await orders.move(tx, order.id, of={State.UNCERTAIN}, to=State.UNCERTAIN, **changes)

    async def _settle(self, order: Order) -> None:
        balance = await self._balance(order)
        changes = _after(balance)
        async with self._outbox.telling() as tx:
            moved = await orders.move(tx, order.id, of={State.UNCERTAIN}, to=State.FAILED, **changes)
            if moved is not None:
                await self._notice(tx, Notice.SETTLED, moved)
                await outbox.add_card(tx, moved, self._clock.now())

    async def _notice(self, tx: Transaction, notice: Notice, order: Order) -> None:
        await outbox.add_notice(
            tx,
            notice,
            chat_id=order.owners_chat_id,
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


def _after(balance: Money | None) -> dict[str, object]:
    return {"balance_after": balance.amount, "currency": balance.currency} if balance else {}
