"""Caps: how much an account may spend within 24 hours, and what counts against that.

Amounts are kept as text, so that sums are made here and not by the database.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.engine import Row

from bot.domain.caps import Spending
from bot.domain.money import Money
from bot.domain.orders import OPEN, WATCHED, State
from bot.domain.rentals import OPEN_RENTALS, Act, BillState, RentalState
from bot.storage.database import Transaction
from bot.storage.rental_tables import BillRow, RentalRow
from bot.storage.tables import CapRow, OrderRow, SmsRow

_IN_DOUBT = [BillState.PLACING.value, BillState.UNCERTAIN.value]
_COUNTED = [*_IN_DOUBT, BillState.PAID.value]
_OPEN = [state.value for state in OPEN]
_OPEN_RENTALS = [state.value for state in OPEN_RENTALS]
_OVER = {state.value for state in State} - {*_OPEN, State.FAILED.value}
_GIVEN_BACK = {State.CANCELED.value, State.BANNED.value, State.EXPIRED.value}
"""Without an SMS, the money of these has come back: so say all providers."""
_BOUGHT = {state.value for state in WATCHED} | _OVER


async def find(tx: Transaction, account_id: int) -> Money | None:
    """Return the most that an account may spend within 24 hours; None for no limit."""
    query = select(CapRow.amount, CapRow.currency).where(CapRow.account_id == account_id)
    row = (await tx.execute(query)).one_or_none()
    return Money(row.amount, row.currency) if row else None


async def put(tx: Transaction, account_id: int, cap: Money | None) -> None:
    """Set an account's cap, or lift it; the person's settings are to be locked before."""
    await tx.execute(delete(CapRow).where(CapRow.account_id == account_id))
    if cap is not None:
        await tx.execute(
            insert(CapRow).values(account_id=account_id, amount=cap.amount, currency=cap.currency)
        )


async def count_open(tx: Transaction, user_id: int) -> int:
    """Return how many numbers a person has open: activations, rentals, and what is being paid for again."""
    activations = select(func.count()).select_from(OrderRow)
    activations = activations.where(OrderRow.user_id == user_id, OrderRow.state.in_(_OPEN))
    # A rental that has ended is open again once it is restored or prolonged: its bill comes first.
    awaited = select(BillRow.rental_id).where(
        BillRow.user_id == user_id, BillRow.state.in_(_IN_DOUBT), BillRow.rental_id.is_not(None)
    )
    is_open = RentalRow.state.in_(_OPEN_RENTALS) | RentalRow.id.in_(awaited)
    rentals = select(func.count()).select_from(RentalRow).where(RentalRow.user_id == user_id, is_open)
    return int((await tx.execute(activations)).scalar_one()) + int((await tx.execute(rentals)).scalar_one())


async def spending(
    tx: Transaction, account_id: int, since: datetime, *, buyer_id: int | None = None
) -> Spending:
    """Return what an account paid for since a moment, and how its activations ended.

    Counted is all that was placed since then, but for what failed and what was given back. What is under way
    or in doubt counts with the most that it may cost. A price that nobody told counts by what the balance
    lost, as far as that is known. With a buyer, only what that person bought for the owner counts.
    """
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    untold = 0
    activations = (await tx.execute(_activations(account_id, since, buyer_id))).all()
    charges = [_charge(row) for row in activations if not _is_back(row)]
    if buyer_id is None:
        charges += [_bill_charge(row) for row in await tx.execute(_bills(account_id, since))]
    for charge in charges:
        if charge is None:
            untold += 1
        else:
            paid[charge.currency] += charge.amount
    return Spending(dict(paid), untold, tuple(_endings(activations)))


def _activations(account_id: int, since: datetime, buyer_id: int | None) -> Any:
    brought = exists().where(SmsRow.order_id == OrderRow.id).label("brought")
    columns = (
        OrderRow.state,
        OrderRow.amount,
        OrderRow.highest,
        OrderRow.currency,
        OrderRow.balance_before,
        OrderRow.balance_after,
        brought,
    )
    placed = (
        OrderRow.account_id == account_id,
        OrderRow.created_at > since,
        OrderRow.state != State.FAILED.value,
    )
    theirs = () if buyer_id is None else (OrderRow.buyer_id == buyer_id,)
    return select(*columns).where(*placed, *theirs).order_by(OrderRow.id.desc())


def _bills(account_id: int, since: datetime) -> Any:
    """Select what was paid for rentals; of a number that was given back, all but its first price."""
    made = select(RentalRow.id).where(RentalRow.bill == BillRow.token)
    is_back = made.where(RentalRow.state == RentalState.CANCELED.value).exists()
    is_kept = made.where(RentalRow.state != RentalState.CANCELED.value).exists()
    return select(BillRow.amount, BillRow.currency, BillRow.balance_before, BillRow.balance_after).where(
        BillRow.account_id == account_id,
        BillRow.placed_at > since,
        BillRow.state.in_(_COUNTED),
        (BillRow.act != Act.RENT.value) | ~is_back | is_kept,
    )


def _is_back(row: Row[Any]) -> bool:
    return row.state in _GIVEN_BACK and not row.brought


def _charge(row: Row[Any]) -> Money | None:
    """Return what an activation cost, or may cost at most; None where that is not known."""
    is_told = row.state in _BOUGHT and row.amount is not None
    if row.highest is not None and not is_told:
        return Money(row.highest, row.currency)
    return _bill_charge(row)


def _bill_charge(row: Row[Any]) -> Money | None:
    if row.amount is not None:
        return Money(row.amount, row.currency)
    if row.balance_before is None or row.balance_after is None:
        return None
    lost = row.balance_before - row.balance_after
    return Money(lost, row.currency) if lost > 0 else None


def _endings(activations: Any) -> Iterator[bool]:
    return (bool(row.brought) for row in activations if row.state in _OVER)
