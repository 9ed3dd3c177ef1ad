"""Paying for rentals: the intent is written down, then the provider is called, once."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.errors import (
    BadPeriod,
    BillRose,
    CodebellError,
    Maintenance,
    Malformed,
    NotYours,
    OutcomeUnknown,
    OutOfDate,
    PaymentOpen,
    ProviderFault,
    RateLimited,
    Unreachable,
)
from bot.domain.outbox import Notice
from bot.domain.periods import Period
from bot.domain.rental_views import BillView
from bot.domain.rentals import Bill, BillState, Rental, RentalState
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.insistence import insist
from bot.engine.receipts import Receipts
from bot.engine.rent_bills import RentBills, periods_to_prolong
from bot.engine.rent_deals import Deed, RentDeals
from bot.engine.rent_prices import Price
from bot.engine.rent_recovery import RentRecovery
from bot.engine.rent_shop import RentShop
from bot.logs import get_logger
from bot.providers.lease import RentalCapability, Rented
from bot.providers.registry import Providers
from bot.storage import bills, rentals
from bot.storage.database import Database

_RECORD_AGAIN = (0.5, 1.0, 2.0, 5.0, 10.0)
_TOO_LATE = timedelta(minutes=10)
_PASSING = (Unreachable, RateLimited, Maintenance, ProviderFault, Malformed, PaymentOpen)
"""What may be otherwise in a few minutes: nothing was sent that costs anything."""
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Told:
    """What to tell where nobody pressed a button."""

    done: Notice | None = None
    refused: Notice | None = None


_AUTO = _Told(Notice.PROLONGED, Notice.NOT_PROLONGED)


class Leasing:
    """Turns a bill's button into what it pays for, at most once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        providers: Providers,
        shop: RentShop,
        offers: RentBills,
        deals: RentDeals,
        receipts: Receipts,
        recovery: RentRecovery,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._providers = providers
        self._shop = shop
        self._bills = offers
        self._deals = deals
        self._receipts = receipts
        self._recovery = recovery
        self._under_way: set[asyncio.Task[Bill]] = set()

    async def confirm(self, user_id: int, token: str, *, chat_id: int, message_id: int) -> BillView:
        """Pay for what the button with this token stands for.

        Where a number is rented, the message becomes the (first) rental's card.

        Returns:
            The bill: ``paid``, or ``failed`` or ``uncertain`` with its error; and its rental.

        Raises:
            OutOfDate: no such button any more, it was pressed before, or a price is told now and was not.
            NotYours: it was made for somebody else.
            BillRose: dearer than on the button; nothing was paid.
            PaymentOpen: the same is being paid for by another press.
            CapReached: it would go beyond a limit that the person has set; nothing was paid.
            ProviderError: the price could not be asked, or there is no number any more; nothing was paid.
        """
        view = await self._shop.bill(user_id, token)
        if view.bill.state is not BillState.OFFERED:
            raise OutOfDate
        price = await self._deals.hold(view)
        await self._pay(view, price, card=(chat_id, message_id))
        return await self._shop.bill(user_id, token)

    async def finish(self, seconds: float) -> None:
        """Wait for the payments under way, at most so long; later ones are uncertain at the next start."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)

    async def auto(self, rental: Rental) -> None:
        """Prolong a rental without asking, once for each end, within its person's bound; tell how it went.

        Raises:
            ProviderError: the price could not be asked now, and there is time to try again.
            PaymentOpen: the same, as its person is just prolonging it.
        """
        until, rental = rental.until, await self._fresh(rental)
        token = auto_token(rental)
        if rental.until != until:  # it has got another end meanwhile
            return
        if rental.auto_prolong is None or not rental.is_held or token is None or await self._exists(token):
            return
        try:
            account = await self._accounts.get(rental.user_id, rental.account_id)
        except NotYours:
            return
        bill = replace(self._bills.prolonging(rental, Price(rental.auto_prolong, None)), token=token)
        try:
            price = await self._price(account, rental, rental.auto_prolong)
            bill = replace(bill, price=price.money, estimated=price.estimated)
            if not _is_within(rental, price):
                raise BillRose(bill)
            await self._pay(BillView(bill, account, rental), price, told=_AUTO)
        except _PASSING as error:
            if rental.until is not None and rental.until - self._clock.now() > _TOO_LATE:
                raise
            await self._refuse(bill, account, error)
        except OutOfDate:  # another task was quicker
            return
        except CodebellError as error:
            await self._refuse(bill, account, error)

    async def _price(self, account: AccountView, rental: Rental, period: Period) -> Price:
        adapter = self._providers.rentals(account.provider.slug)
        if period not in periods_to_prolong(rental, adapter, self._clock.now()):
            raise BadPeriod(account.provider.slug, "prolong", longest=adapter.terms.longest)
        view = BillView(self._bills.prolonging(rental, Price(period, None)), account, rental)
        return await self._deals.price(view)

    async def _refuse(self, bill: Bill, account: AccountView, error: CodebellError) -> None:
        await self._receipts.refused(bill, self._currency(account), error, Notice.NOT_PROLONGED)

    async def _pay(
        self, view: BillView, price: Price, *, card: tuple[int, int] | None = None, told: _Told | None = None
    ) -> Bill:
        """Note what the account holds, then pay, whatever becomes of the caller: the answer is recorded."""
        deed = self._deals.deed(view)
        before = await self._deals.before(view.account)
        chat_id, message_id = card or (None, None)

        async def carry_out() -> Bill:
            bill = await self._receipts.intend(
                view,
                before,
                currency=self._currency(view.account),
                is_new=told is not None,
                name=price.name,
                chat_id=chat_id,
                message_id=message_id,
            )
            return await self._carry_out(view, bill, deed, price, told or _Told())

        task = asyncio.create_task(carry_out())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def _carry_out(self, view: BillView, bill: Bill, deed: Deed, price: Price, told: _Told) -> Bill:
        provider = view.account.provider.slug
        try:
            rented = await self._deals.make(bill, deed, view.rental, provider)
        except OutcomeUnknown as error:
            return await self._lost(bill, error)
        except CodebellError as error:
            refusal = error
            return await insist(
                self._clock, "refusal", lambda: self._receipts.failed(bill, refusal, told.refused)
            )
        except Exception:  # noqa: BLE001 - see the next line
            # A fault of ours after the request may have gone out: the honest word is "unknown".
            _log.exception("payment failed on our side", act=bill.act.value, account=bill.account_id)
            return await self._lost(bill, OutcomeUnknown(provider, bill.act.value))
        try:
            made = await self._record(bill, rented, price, told)
        except rentals.RentalIdTaken:
            return await self._receipts.paid_elsewhere(bill)
        await self._look(view, bill, made)
        return bill

    async def _lost(self, bill: Bill, error: OutcomeUnknown) -> Bill:
        return await insist(self._clock, "lost answer", lambda: self._recovery.lost(bill, error))

    async def _record(
        self, bill: Bill, rented: tuple[Rented | None, ...], price: Price, told: _Told
    ) -> tuple[Rental, ...]:
        async def record() -> tuple[Rental, ...]:
            return await self._receipts.paid(bill, rented, period=price.period, notice=told.done)

        for pause in _RECORD_AGAIN:
            try:
                return await insist(self._clock, "payment", record)
            except rentals.RentalIdTaken:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, it is paid for and must be recorded
                ids = [one.remote_id for one in rented if one is not None]
                _log.exception("payment is not recorded yet", act=bill.act.value, remote_ids=ids)
                await self._clock.sleep(pause)
        return await record()

    async def _look(self, view: BillView, bill: Bill, made: tuple[Rental, ...]) -> None:
        """Learn from the provider's list what the answer did not tell: an id, an end, whether it sleeps."""
        try:
            if any(rental.state is RentalState.UNCERTAIN for rental in made):
                await self._recovery.follow(replace(bill, state=BillState.PAID))
                return
            adapter = self._providers.rentals(view.account.provider.slug)
            sleeps = RentalCapability.ACTIVATE in adapter.capabilities
            if not sleeps and all(rental.until_told for rental in made):
                return
            listed = {one.remote_id: one for one in await self._deals.listed(view.account) or ()}
            for rental in made:
                if rental.remote_id in listed:
                    await self._receipts.listed(rental, listed[rental.remote_id], bill)
        except Exception:  # noqa: BLE001 - it is paid for and recorded; the watch learns the rest later
            _log.exception("list could not be looked at", account=bill.account_id)

    async def _fresh(self, rental: Rental) -> Rental:
        async with self._database.read() as tx:
            return await rentals.find(tx, rental.id) or rental

    async def _exists(self, token: str) -> bool:
        async with self._database.read() as tx:
            return await bills.find(tx, token) is not None

    def _currency(self, account: AccountView) -> str:
        return self._providers.rentals(account.provider.slug).record.currency


def auto_token(rental: Rental) -> str | None:
    """Return the token of prolonging a rental without asking: one for each of its ends."""
    return None if rental.until is None else f"auto-{rental.id}-{int(rental.until.timestamp())}"


def _is_within(rental: Rental, price: Price) -> bool:
    """Whether prolonging costs no more than its person allowed; where a price is told, it must be allowed."""
    if price.money is None:
        return rental.auto_most is None
    most = rental.auto_most
    return most is not None and most.currency == price.money.currency and price.money <= most
