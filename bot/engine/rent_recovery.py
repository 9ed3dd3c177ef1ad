"""Paid acts of rentals whose answer was lost: told honestly, never paid again, settled by what is listed."""

from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from bot.clock import Clock
from bot.domain.errors import OutcomeUnknown, ProviderError
from bot.domain.outbox import Notice
from bot.domain.rentals import Act, Bill, BillState, Rental, RentalState
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.receipts import Receipts, SettledBefore
from bot.engine.rent_deals import RentDeals
from bot.engine.rent_names import RentNames
from bot.engine.rent_traces import Trace, Traces, Verdict
from bot.engine.schedule import Job, Scheduler
from bot.logs import get_logger
from bot.providers.lease import Listed, Rented
from bot.providers.registry import Providers
from bot.storage import bills, rentals
from bot.storage.bills import Broken
from bot.storage.database import Database, DatabaseFails

_LOOKS_ENOUGH = 3
_LOOK_AGAIN = timedelta(seconds=30)
_LAST_LOOK = timedelta(minutes=10)
_GIVEN_UP = timedelta(days=1)
_MAKING = frozenset({Act.RENT, Act.ADD_SERVICE})
_UNSETTLED = frozenset({RentalState.PLACING, RentalState.UNCERTAIN})
_log = get_logger(__name__)


class BillQuestion(Job):
    """Looks after one paid act: finds it in the provider's list, or settles it.

    Attributes:
        bill: as it was when it was looked at last.
        looks: how often the list was read without an answer in it.
    """

    __slots__ = ("_recovery", "bill", "looks")

    def __init__(self, recovery: "RentRecovery", bill: Bill) -> None:
        super().__init__(lane="rent-recovery")
        self._recovery = recovery
        self.bill = bill
        self.looks = 0

    @property
    def subject(self) -> str:
        """The bill; its token is no longer worth anything."""
        return f"bill {self.bill.rental_id or self.bill.account_id}"

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.bill.account_id

    async def run(self) -> float | None:
        """Do what is due; return the seconds until there is more to do."""
        return await self._recovery.run(self)


class RentRecovery:
    """Takes care of acts that may have been paid for, and of rentals whose id is not known yet.

    The provider's list is read at once, after half a minute and after ten: a rental, or an end, that was not
    there before is what was paid for. What appears later was made elsewhere. Where the list cannot tell, the
    balance before and after does: all of the price is gone, or nothing.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        providers: Providers,
        scheduler: Scheduler,
        names: RentNames,
        deals: RentDeals,
        receipts: Receipts,
    ) -> None:
        self._territory = scheduler.territory
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._scheduler = scheduler
        self._names = names
        self._deals = deals
        self._receipts = receipts
        self._asked: dict[str, BillQuestion] = {}
        self._put_aside: set[str] = set()

    async def load(self, account_ids: Collection[int] | None = None) -> tuple[int, Broken]:
        """Take up what was left open elsewhere or before; return how many acts that is, and what cannot be.

        An act whose process still lives is under way there, and none of ours.

        Args:
            account_ids: of which accounts; None for all.
        """
        async with self._database.read() as tx:
            placing, broken = await bills.interrupted(tx, account_ids, await self._territory.live(tx))
            uncertain, more = await bills.in_states(tx, {BillState.UNCERTAIN}, account_ids)
            paid, rest = await bills.without_number(tx, account_ids)
        broken |= more | rest
        for bill in placing:
            try:
                await self._interrupted(bill)
            except DatabaseFails:
                raise
            except Exception as fault:  # noqa: BLE001 - a rental of it cannot be read: the others can
                broken[bill.token] = fault
        self._put_aside |= broken.keys()
        for bill in (*uncertain, *paid):
            self._ask(bill)
        if placing or uncertain or paid:
            _log.warning("uncertain bills", interrupted=len(placing), earlier=len(uncertain) + len(paid))
        return len(placing) + len(uncertain) + len(paid), broken

    async def _interrupted(self, bill: Bill) -> None:
        """The process died between the intent and the answer: whether the call went out is not known."""
        error = OutcomeUnknown(await self._provider(bill), bill.act.value)
        with suppress(SettledBefore):  # since it was read, by another replica that took it up
            await self.lost(bill, error)

    def drop(self, account_ids: Collection[int]) -> None:
        """Look after nothing of these accounts any more."""
        for question in [one for one in self._asked.values() if one.bound_to in account_ids]:
            self._scheduler.remove(question)
            del self._asked[question.bill.token]

    def knows(self, token: str) -> bool:
        """Whether an act is looked after here, or cannot be read."""
        return token in self._asked or token in self._put_aside

    async def lost(self, bill: Bill, error: ProviderError) -> Bill:
        """Note that the answer to a paid call was lost; return the bill as it is then."""
        lost = await self._receipts.lost(bill, error)
        self._ask(lost)
        return lost

    async def follow(self, bill: Bill) -> None:
        """Find the rentals of a paid act whose answer told no id: now, and again while they are not there."""
        question = BillQuestion(self, bill)
        again = await self.examine(question)
        if again is not None:
            self._ask(bill, again, question)

    def _ask(self, bill: Bill, delay: float = 0.0, question: BillQuestion | None = None) -> None:
        """Look after an act from now on; one that is looked after already has its question."""
        if not self._territory.mine(bill.account_id):
            self._territory.changed(bill.account_id)
        elif bill.token not in self._asked:
            self._asked[bill.token] = question or BillQuestion(self, bill)
            self._scheduler.add(self._asked[bill.token], delay)

    async def run(self, question: BillQuestion) -> float | None:
        """Look once; return the seconds until the next look, or None where the act is settled."""
        again = await self.examine(question)
        if again is None:
            self._asked.pop(question.bill.token, None)
        return again

    async def examine(self, question: BillQuestion) -> float | None:
        """Do one look of ``run``."""
        async with self._database.read() as tx:
            bill = await bills.find(tx, question.bill.token)
        if bill is None or bill.state not in {BillState.UNCERTAIN, BillState.PAID}:
            return None
        question.bill = bill
        rows = await self._receipts.rows(bill)
        if bill.state is BillState.PAID and not any(row.state in _UNSETTLED for row in rows):
            return None
        account = await self._accounts.find(bill.account_id)
        listed = None if account is None else await self._deals.listed(account)
        trace = None
        if account is not None and listed is not None:
            question.looks += 1
            trace = await self._trace(account, bill, rows, listed, is_last=question.looks >= _LOOKS_ENOUGH)
            if trace.verdict is Verdict.FOUND:
                await self._found(bill, trace.rented, listed)
                return None
        if bill.state is BillState.UNCERTAIN:
            bill = question.bill = await self._tell(bill, account)
        if await self._decided(bill, rows, trace, question.looks):
            return None
        return self._again(bill, trace, question.looks)

    async def _trace(
        self,
        account: AccountView,
        bill: Bill,
        rows: tuple[Rental, ...],
        listed: tuple[Listed, ...],
        *,
        is_last: bool,
    ) -> Trace:
        async with self._database.read() as tx:
            since = bill.placed_at or bill.created_at
            taken = await rentals.taken_ids(tx, account.account.id, since=since)
        record = self._providers.rentals(account.provider.slug).record
        traces = Traces(self._names, record, listed, taken)
        return traces.of(bill, rows, self._clock.now(), is_last=is_last)

    async def _found(
        self, bill: Bill, rented: tuple[Rented | None, ...], listed: tuple[Listed, ...] = ()
    ) -> None:
        notice = Notice.BILL_PAID if bill.state is BillState.UNCERTAIN else None
        kept = await self._receipts.paid(bill, rented, notice=notice)
        _log.info("uncertain bill found paid", act=bill.act.value, rental=bill.rental_id)
        items = {item.remote_id: item for item in listed}
        for row in kept:
            item = items.get(row.remote_id or "")
            if item is not None:
                await self._receipts.listed(row, item, bill)

    async def _tell(self, bill: Bill, account: AccountView | None) -> Bill:
        """Tell that an answer was lost, once, with what the account holds now."""
        if await self._receipts.was_told(bill, Notice.BILL_UNCERTAIN):
            return bill
        balance = None if account is None else await self._deals.balance(account)
        after = {"balance_after": balance.amount} if balance else {}
        return await self._receipts.told(bill, Notice.BILL_UNCERTAIN, **after)

    async def _decided(self, bill: Bill, rows: tuple[Rental, ...], trace: Trace | None, looks: int) -> bool:
        """Settle an act where there is no more to be learnt; return whether it is settled."""
        age = self._clock.now() - (bill.placed_at or bill.created_at)
        verdict = trace.verdict if trace else None
        is_looked_for = verdict is Verdict.NOTHING and looks >= _LOOKS_ENOUGH
        if verdict is Verdict.UNTOLD and bill.state is BillState.UNCERTAIN:
            if bill.is_price_gone is True and bill.act is Act.PROLONG and rows:
                await self._found(bill, (Rented(rows[0].remote_id or "", rows[0].phone or ""),))
                return True
            is_looked_for = bill.is_price_gone is False and age >= _LAST_LOOK
        if is_looked_for or (age >= _GIVEN_UP and not self._is_end_awaited(bill)):
            await self._receipts.settled(bill, Notice.BILL_SETTLED)
            return True
        return False

    def _is_end_awaited(self, bill: Bill) -> bool:
        """Whether a rental's former end, which will tell whether it was prolonged, is still to come."""
        before = bill.until_before
        if bill.act is not Act.PROLONG or before is None:
            return False
        return self._clock.now() <= before + _LAST_LOOK + _LOOK_AGAIN

    def _again(self, bill: Bill, trace: Trace | None, looks: int) -> float:
        now, placed = self._clock.now(), bill.placed_at or bill.created_at
        soon, last = now + _LOOK_AGAIN, placed + _LAST_LOOK
        if trace is None:  # the list could not be read: who loses an answer often loses the next ones
            due = soon if now < last else now + _LAST_LOOK
        elif looks < _LOOKS_ENOUGH:
            due = soon if looks == 1 else max(soon, last)
        elif self._is_end_awaited(bill):
            due = (bill.until_before or now) + _LAST_LOOK + 2 * _LOOK_AGAIN
        else:
            due = placed + _GIVEN_UP
        return max((due - now).total_seconds(), 1.0)

    async def _provider(self, bill: Bill) -> str:
        account = await self._accounts.find(bill.account_id)
        return account.provider.slug if account else ""
