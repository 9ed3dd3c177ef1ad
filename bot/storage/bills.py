"""Bills: every paid act of a rental. Every change of state is a compare-and-set: one winner."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import OutOfDate
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.rentals import HELD, OPEN_RENTALS, Act, Bill, BillState
from bot.storage.database import Transaction
from bot.storage.rental_tables import BillRow, RentalRow
from bot.storage.rows import readable

Broken = dict[str, Exception]
"""Tokens of bills that cannot be read, and why."""

_IN_DOUBT = [BillState.PLACING.value, BillState.UNCERTAIN.value]
_UNSETTLED = sorted(state.value for state in OPEN_RENTALS - HELD)


def _bill(row: Row[Any]) -> Bill:
    def money(amount: Any) -> Money | None:
        return None if amount is None else Money(amount, row.currency)

    return Bill(
        token=row.token,
        user_id=row.user_id,
        account_id=row.account_id,
        act=Act(row.act),
        state=BillState(row.state),
        service=row.service,
        country=row.country,
        operator=row.operator,
        period=Period(Unit(row.unit), row.units) if row.unit else None,
        price=money(row.amount),
        created_at=row.created_at,
        further=tuple(row.further),
        estimated=row.estimated,
        rental_id=row.rental_id,
        remote_id=row.remote_id,
        phone=row.phone,
        placed_at=row.placed_at,
        until_before=row.until_before,
        balance_before=money(row.balance_before),
        balance_after=money(row.balance_after),
        listed_before=None if row.listed_before is None else frozenset(row.listed_before),
        error=row.error,
        error_text=row.error_text,
    )


async def add(tx: Transaction, bill: Bill, currency: str) -> None:
    """Insert a bill that is offered.

    Args:
        tx: a writing transaction.
        bill: in state ``offered``.
        currency: of its account, for a bill whose price is not told.

    Raises:
        OutOfDate: somebody was quicker with the same token; leave the transaction by the exception.
    """
    statement = insert(BillRow).values(
        token=bill.token,
        user_id=bill.user_id,
        account_id=bill.account_id,
        act=bill.act.value,
        state=bill.state.value,
        service=bill.service,
        further=list(bill.further),
        country=bill.country,
        operator=bill.operator,
        unit=bill.period.unit.value if bill.period else None,
        units=bill.period.count if bill.period else None,
        amount=bill.price.amount if bill.price else None,
        currency=bill.price.currency if bill.price else currency,
        estimated=bill.estimated,
        rental_id=bill.rental_id,
        remote_id=bill.remote_id,
        phone=bill.phone,
        created_at=bill.created_at,
    )
    try:
        await tx.execute(statement)
    except IntegrityError:
        raise OutOfDate from None


async def move(
    tx: Transaction, token: str, *, of: Collection[BillState], to: BillState, **changes: Any
) -> Bill | None:
    """Change a bill's state if it still stands in one of ``of``; return it as it is now, or None.

    Args:
        tx: a writing transaction.
        token: the bill's.
        of: states from which the change is right.
        to: the new state.
        changes: further columns of the bill's row.
    """
    statement = (
        update(BillRow)
        .where(BillRow.token == token, BillRow.state.in_([state.value for state in of]))
        .values(state=to.value, **changes)
        .returning(*BillRow.__table__.columns)
    )
    row = (await tx.execute(statement)).one_or_none()
    return _bill(row) if row else None


async def find(tx: Transaction, token: str) -> Bill | None:
    """Return the bill, or None."""
    row = (await tx.execute(select(BillRow).where(BillRow.token == token))).one_or_none()
    return _bill(row) if row else None


async def in_states(
    tx: Transaction, states: Collection[BillState], account_ids: Collection[int] | None = None
) -> tuple[tuple[Bill, ...], Broken]:
    """Return bills in these states, oldest first, of some accounts or of all; apart, unreadable rows."""
    query = select(BillRow).where(BillRow.state.in_([state.value for state in states]))
    if account_ids is not None:
        query = query.where(BillRow.account_id.in_(account_ids))
    return await readable(tx, query.order_by(BillRow.placed_at), BillRow.token, _bill)


async def without_number(
    tx: Transaction, account_ids: Collection[int] | None = None
) -> tuple[tuple[Bill, ...], Broken]:
    """Return paid bills with a rental whose id is not known yet, oldest first; apart, unreadable rows."""
    made = select(RentalRow.bill).where(RentalRow.bill.is_not(None), RentalRow.state.in_(_UNSETTLED))
    query = select(BillRow).where(BillRow.state == BillState.PAID.value, BillRow.token.in_(made))
    if account_ids is not None:
        query = query.where(BillRow.account_id.in_(account_ids))
    return await readable(tx, query.order_by(BillRow.placed_at), BillRow.token, _bill)


async def interrupted(
    tx: Transaction, account_ids: Collection[int] | None, live: Collection[str]
) -> tuple[tuple[Bill, ...], Broken]:
    """Return the bills to whose paid call nobody waits for an answer any more, oldest first.

    Apart, those of them that cannot be read.

    Args:
        tx: a transaction.
        account_ids: of which accounts; None for all.
        live: the workers that may still get an answer.
    """
    query = select(BillRow).where(
        BillRow.state == BillState.PLACING.value,
        or_(BillRow.worker.is_(None), BillRow.worker.not_in(sorted(live))),
    )
    if account_ids is not None:
        query = query.where(BillRow.account_id.in_(account_ids))
    return await readable(tx, query.order_by(BillRow.placed_at), BillRow.token, _bill)


async def count_in_doubt_of_account(tx: Transaction, account_id: int) -> int:
    """Return how many of an account's bills were pressed, and have no outcome yet."""
    query = select(func.count()).select_from(BillRow)
    query = query.where(BillRow.account_id == account_id, BillRow.state.in_(_IN_DOUBT))
    return int((await tx.execute(query)).scalar_one())


async def forget_account(tx: Transaction, account_id: int) -> None:
    """Delete what was offered to an account and not pressed."""
    offered = BillRow.state == BillState.OFFERED.value
    await tx.execute(delete(BillRow).where(BillRow.account_id == account_id, offered))


async def of_rental(tx: Transaction, rental_id: int) -> tuple[Bill, ...]:
    """Return what was paid, or tried to be paid, for a rental after it was rented; oldest first."""
    query = select(BillRow).where(
        BillRow.rental_id == rental_id,
        BillRow.state != BillState.OFFERED.value,
        BillRow.act != Act.RENT.value,
    )
    return tuple(_bill(row) for row in await tx.execute(query.order_by(BillRow.placed_at)))


async def is_under_way(tx: Transaction, bill: Bill, since: datetime) -> bool:
    """Whether the same is being paid for by another press, or was since then and its answer was lost."""
    subject = (
        BillRow.remote_id == bill.remote_id if bill.rental_id is None else BillRow.rental_id == bill.rental_id
    )
    lost = (BillRow.state == BillState.UNCERTAIN.value) & (BillRow.placed_at > since)
    query = select(BillRow.token).where(
        BillRow.account_id == bill.account_id,
        BillRow.act == bill.act.value,
        BillRow.token != bill.token,
        BillRow.service.is_(None) if bill.service is None else BillRow.service == bill.service,
        subject,
        (BillRow.state == BillState.PLACING.value) | lost,
    )
    return (await tx.execute(query)).first() is not None


async def forget(tx: Transaction, before: datetime) -> None:
    """Delete bills that were offered before this moment and never pressed."""
    offered = BillRow.state == BillState.OFFERED.value
    await tx.execute(delete(BillRow).where(offered, BillRow.created_at < before))
