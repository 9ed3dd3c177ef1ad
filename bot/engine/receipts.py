"""What a paid act of a rental comes to, written down: the intent, the outcome, what must be told of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.domain.errors import CodebellError, OutOfDate, PaymentOpen, ProviderError
from bot.domain.outbox import Notice
from bot.domain.periods import Period
from bot.domain.rental_views import BillView
from bot.domain.rentals import HELD, Act, Bill, BillState, Rental, RentalState
from bot.engine.caps import Caps
from bot.engine.outbox import Outbox
from bot.engine.rent_deals import Before
from bot.engine.rent_delivery import reminded_at
from bot.engine.rent_jobs import STATES
from bot.engine.territory import Territory
from bot.providers.lease import Listed, Rented
from bot.storage import bills, rental_outbox, rentals
from bot.storage.database import Transaction

_IN_DOUBT = timedelta(minutes=10)
_UNSETTLED = frozenset({RentalState.PLACING, RentalState.UNCERTAIN})
_UNPAID = frozenset({BillState.PLACING, BillState.UNCERTAIN})
_MAKING = frozenset({Act.RENT, Act.ADD_SERVICE})
"""These acts make a rental for each service."""


class SettledBefore(Exception):
    """Somebody else has written down meanwhile how an act ended."""


class Receipts:
    """Changes bills and their rentals together, in one transaction each, with the rows that tell of it.

    Attributes:
        listeners: hear of every rental that is held from now on, or held longer, after the commit.
    """

    def __init__(self, clock: Clock, tell: Outbox, caps: Caps, territory: Territory) -> None:
        self._territory = territory
        self._clock = clock
        self._outbox = tell
        self._caps = caps
        self.listeners: list[Callable[[Rental], None]] = []

    async def intend(
        self,
        view: BillView,
        before: Before,
        *,
        currency: str,
        is_new: bool = False,
        name: str | None = None,
        chat_id: int | None = None,
        message_id: int | None = None,
    ) -> Bill:
        """Write down that an act is about to be paid for, once, and the rentals that it is to make.

        Args:
            view: the act, and the rental that it concerns.
            before: what the account held.
            currency: the account's.
            is_new: no button offered it: its bill is added first.
            name: the provider's own name of the first service, or None.
            chat_id: where the cards of new rentals go.
            message_id: becomes the first card of a ``RENT``.

        Raises:
            OutOfDate: it was pressed before, or its account or rental is not what it was.
            PaymentOpen: the same rental is being paid for by another press.
            CapReached: it would go beyond a limit that the person has set.
        """
        bill, now = view.bill, self._clock.now()
        async with self._outbox.telling() as tx, self._caps.kept(tx, bill.user_id, bill.account_id):
            if is_new:
                await bills.add(tx, bill, currency)
            rental = None if bill.rental_id is None else await rentals.find(tx, bill.rental_id)
            placed = await bills.move(
                tx,
                bill.token,
                of={BillState.OFFERED},
                to=BillState.PLACING,
                placed_at=now,
                until_before=rental.until if rental else None,
                worker=self._territory.worker,
                balance_before=before.balance.amount if before.balance else None,
                listed_before=None if before.listed is None else sorted(before.listed),
            )
            if placed is None or (bill.act is Act.PROLONG and rental is None):
                raise OutOfDate
            if bill.act is not Act.RENT and await bills.is_under_way(tx, placed, now - _IN_DOUBT):
                raise PaymentOpen
            if bill.act in _MAKING or (bill.act is Act.RESTORE and rental is None):
                first = await self._place(tx, view, rental, currency, name, (chat_id, message_id), now)
                if bill.rental_id is None:
                    placed = await _change(tx, placed, rental_id=first.id)
            if rental is not None:
                await rental_outbox.add_card(tx, rental, now)
        return placed

    async def _place(
        self,
        tx: Transaction,
        view: BillView,
        parent: Rental | None,
        currency: str,
        name: str | None,
        card: tuple[int | None, int | None],
        now: datetime,
    ) -> Rental:
        """Insert a rental for each service; return the first. Each has a card of its own."""
        bill = view.bill
        placed: list[Rental] = []
        for service in bill.services:
            is_shown_here = bill.act is Act.RENT and not placed
            row = await rentals.add(
                tx,
                user_id=bill.user_id,
                account_id=bill.account_id,
                provider=view.account.provider.slug,
                currency=bill.price.currency if bill.price else currency,
                now=now,
                bill=bill.token,
                service=service,
                name=None if placed else name,
                country=bill.country,
                operator=bill.operator,
                state=RentalState.PLACING.value,
                amount=bill.price.amount if bill.price and len(bill.services) == 1 else None,
                phone=bill.phone,
                card_chat_id=card[0] or (parent.card_chat_id if parent else bill.user_id),
                card_message_id=card[1] if is_shown_here else None,
            )
            await rental_outbox.add_card(tx, row, now)
            placed.append(row)
        return placed[0]

    async def failed(self, bill: Bill, error: CodebellError, notice: Notice | None = None) -> Bill:
        """Write down that an act was not carried out: the provider refused, or nothing was sent."""
        told = {"error": error.slug, "error_text": error.text if isinstance(error, ProviderError) else None}
        return await self._end(bill, BillState.FAILED, RentalState.FAILED, told, notice)

    async def lost(self, bill: Bill, error: ProviderError) -> Bill:
        """Write down that the answer to a paid call was lost."""
        told = {"error": error.slug, "error_text": error.text}
        return await self._end(bill, BillState.UNCERTAIN, RentalState.UNCERTAIN, told, None)

    async def settled(self, bill: Bill, notice: Notice, **changes: Any) -> Bill:
        """Write down that no trace of an act was found; a bill that is known to be paid stays so."""
        state = BillState.PAID if bill.state is BillState.PAID else BillState.FAILED
        return await self._end(bill, state, RentalState.FAILED, changes, notice)

    async def told(self, bill: Bill, notice: Notice, **changes: Any) -> Bill:
        """Write down what more is known of an uncertain act, and tell it."""
        return await self._end(bill, bill.state, RentalState.UNCERTAIN, changes, notice)

    async def _end(
        self,
        bill: Bill,
        state: BillState,
        of_rows: RentalState,
        changes: dict[str, Any],
        notice: Notice | None,
    ) -> Bill:
        async with self._outbox.telling() as tx:
            moved = await bills.move(tx, bill.token, of=_UNPAID | {bill.state}, to=state, **changes)
            if moved is None:
                raise SettledBefore
            errors = {name: value for name, value in changes.items() if name in {"error", "error_text"}}
            rows = await self._rows(tx, moved)
            for row in rows:
                known = row
                if row.state in _UNSETTLED:
                    known = await rentals.move(tx, row.id, of=_UNSETTLED, to=of_rows, **errors) or row
                await rental_outbox.add_card(tx, known, self._clock.now())
            await self._redraw_parent(tx, moved, self._clock.now())
            if notice is not None and rows:
                await rental_outbox.add_notice(tx, notice, rows[0], self._clock.now())
        return moved

    async def rows(self, bill: Bill) -> tuple[Rental, ...]:
        """Return the rentals that an act makes or concerns, one for each service."""
        async with self._outbox.telling() as tx:
            return await self._rows(tx, bill)

    async def paid(
        self,
        bill: Bill,
        rented: Sequence[Rented | None],
        *,
        period: Period | None = None,
        notice: Notice | None = None,
    ) -> tuple[Rental, ...]:
        """Write down what was paid for; return its rentals.

        Args:
            bill: that was placed.
            rented: for each service; None where its id is not known yet: that rental stays ``uncertain``.
            period: how long a restoration lasts, where that is told; else the bill's own period counts.
            notice: what to tell besides.

        Raises:
            RentalIdTaken: another open rental carries the id.
        """
        now = self._clock.now()
        again = {BillState.PAID} if bill.act in _MAKING else set()
        kept = []
        async with self._outbox.telling() as tx:
            moved = await bills.move(
                tx, bill.token, of=_UNPAID | again, to=BillState.PAID, error=None, error_text=None
            )
            if moved is None:
                raise LookupError(f"bill {bill.token} was settled before its answer came")
            parent = None if bill.rental_id is None else await rentals.find(tx, bill.rental_id)
            phone = next((one.phone for one in rented if one is not None), bill.phone)
            for row, one in zip(await self._rows(tx, moved), rented, strict=True):
                if bill.act in _MAKING and row.state not in _UNSETTLED:
                    continue  # known since an earlier look
                known = {"phone": phone} if one is None else _got(moved, one, row, parent, period, now)
                to = RentalState.UNCERTAIN if one is None else _running(row)
                kept.append(await _moved(tx, row, to, error=None, error_text=None, news_at=now, **known))
            for row in kept:
                await rental_outbox.add_card(tx, row, now)
            await self._redraw_parent(tx, moved, now)
            if notice is not None and kept:
                await rental_outbox.add_notice(tx, notice, kept[0], now)
        self._hear(kept)
        return tuple(kept)

    async def paid_elsewhere(self, bill: Bill) -> Bill:
        """Write down that an act is paid for whose rental stands here under another row already."""
        return await self._end(bill, BillState.PAID, RentalState.FAILED, {"error": None}, None)

    async def refused(self, bill: Bill, currency: str, error: CodebellError, notice: Notice) -> None:
        """Keep an act that no button offered and that was not even tried, and tell it."""
        words = {"error": error.slug, "error_text": error.text if isinstance(error, ProviderError) else None}
        now = self._clock.now()
        async with self._outbox.telling() as tx:
            await bills.add(tx, bill, currency)
            await bills.move(
                tx, bill.token, of={BillState.OFFERED}, to=BillState.FAILED, placed_at=now, **words
            )
            for row in await self._rows(tx, bill):
                await rental_outbox.add_card(tx, row, now)
                await rental_outbox.add_notice(tx, notice, row, now)

    async def listed(self, rental: Rental, item: Listed, bill: Bill | None = None) -> Rental:
        """Write down what the provider's list tells of a rental that was just paid for.

        Until when it lasts is believed only where that is later than before the payment: a list may lag.
        """
        now = self._clock.now()
        before = bill.until_before if bill is not None and bill.act is Act.PROLONG else None
        changes: dict[str, Any] = {"can_prolong": item.can_prolong, "prolong_until": item.prolong_until}
        if rental.name is None and item.name is not None:
            changes["name"] = item.name
        if item.until is not None and (before is None or item.until > before):
            changes |= {
                "until": item.until,
                "until_told": True,
                "reminded": reminded_at(item.until, now),
            }
        async with self._outbox.telling() as tx:
            state = STATES.get(item.state, rental.state)
            moved = await rentals.move(tx, rental.id, of=HELD, to=state, **changes)
            if moved is None:
                return rental
            await rental_outbox.add_card(tx, moved, now)
        self._hear([moved])
        return moved

    async def was_told(self, bill: Bill, notice: Notice) -> bool:
        """Whether a notice of an act was written down already."""
        async with self._outbox.telling() as tx:
            rows = await self._rows(tx, bill)
            since = bill.placed_at or bill.created_at
            return bool(rows) and await rental_outbox.has_notice(tx, notice, rows[0], since)

    async def _rows(self, tx: Transaction, bill: Bill) -> tuple[Rental, ...]:
        if bill.act in _MAKING:
            return await rentals.of_bill(tx, bill.token)
        row = None if bill.rental_id is None else await rentals.find(tx, bill.rental_id)
        return () if row is None else (row,)

    async def _redraw_parent(self, tx: Transaction, bill: Bill, now: datetime) -> None:
        """Have the card drawn anew from which a further service was paid for: it told of the payment."""
        if bill.act is Act.ADD_SERVICE and bill.rental_id is not None:
            parent = await rentals.find(tx, bill.rental_id)
            if parent is not None:
                await rental_outbox.add_card(tx, parent, now)

    def _hear(self, found: Iterable[Rental]) -> None:
        for rental in found:
            if rental.is_held:
                for listener in self.listeners:
                    listener(rental)


async def _change(tx: Transaction, bill: Bill, **changes: Any) -> Bill:
    changed = await bills.move(tx, bill.token, of={bill.state}, to=bill.state, **changes)
    if changed is None:
        raise OutOfDate
    return changed


async def _moved(tx: Transaction, row: Rental, to: RentalState, **changes: Any) -> Rental:
    moved = await rentals.move(tx, row.id, of={row.state}, to=to, **changes)
    if moved is None:  # nothing can come between: the transaction writes
        raise LookupError(f"rental {row.id} has moved on")
    return moved


def _running(row: Rental) -> RentalState:
    """Return the state of a rental that was just paid for: one that is held stays as it stands."""
    return row.state if row.is_held else RentalState.ACTIVE


def _got(
    bill: Bill, one: Rented, row: Rental, parent: Rental | None, period: Period | None, now: datetime
) -> dict[str, Any]:
    """Return the columns of a rental that was just paid for.

    Where the answer does not tell until when it lasts, that is worked out: from its payment on, which is long
    ago where the answer was lost, or from its former end on where it is made longer.
    """
    until, length = one.until, bill.period or period
    paid_at = min(
        bill.placed_at or now, now
    )  # a clock that was ahead then, and was set right, is not believed
    if until is None and bill.act is Act.ADD_SERVICE:
        until = parent.until if parent else None
    elif until is None and length is not None:
        start = bill.until_before if bill.act is Act.PROLONG and bill.until_before else paid_at
        # What is over, early or not, begins anew; what still runs is our clock's mistake, if its end is past.
        start = start if row.is_held else paid_at
        until = start + length.length
    changes: dict[str, Any] = {
        "remote_id": one.remote_id,
        "phone": one.phone,
        "until": until,
        "until_told": one.until is not None,
        "reminded": reminded_at(until, now),
        "can_prolong": None,
        "prolong_until": None,
    }
    return changes
