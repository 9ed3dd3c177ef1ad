"""Low balances: below what an account's person wants to hear of it, and whether that was told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update

from bot.domain.money import Money
from bot.storage.alert_tables import LowBalanceRow
from bot.storage.database import Transaction
from bot.storage.rental_tables import BillRow
from bot.storage.tables import AccountRow, OrderRow, SmsRow


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is kept of an account.

    Attributes:
        account_id: ours.
        below: the threshold.
        is_told: whether its person has heard that the balance is below it.
        seen: the balance that was known last; None where none was.
    """

    account_id: int
    below: Money
    is_told: bool
    seen: Money | None


def _threshold(row: Any) -> Threshold:
    seen = None if row.seen_amount is None else Money(row.seen_amount, row.currency)
    return Threshold(row.account_id, Money(row.amount, row.currency), row.is_told, seen)


async def find(tx: Transaction, account_id: int) -> Threshold | None:
    """Return the threshold of an account, or None."""
    query = select(LowBalanceRow).where(LowBalanceRow.account_id == account_id)
    row = (await tx.execute(query)).one_or_none()
    return _threshold(row) if row else None


async def put(tx: Transaction, account_id: int, below: Money | None, now: datetime) -> None:
    """Set the threshold of an account anew, or lift it."""
    await tx.execute(delete(LowBalanceRow).where(LowBalanceRow.account_id == account_id))
    if below is not None:
        new = {"account_id": account_id, "amount": below.amount, "currency": below.currency}
        await tx.execute(insert(LowBalanceRow).values(**new, looked_at=now))


async def see(tx: Transaction, account_id: int, balance: Money, *, is_low: bool, now: datetime) -> bool:
    """Keep a balance; return whether this made it low, once whoever else sees the same."""
    mine = LowBalanceRow.account_id == account_id
    await tx.execute(update(LowBalanceRow).where(mine).values(seen_amount=balance.amount, looked_at=now))
    turned = update(LowBalanceRow).where(mine, LowBalanceRow.is_told.is_(not is_low)).values(is_told=is_low)
    return (await tx.execute(turned.returning(LowBalanceRow.account_id))).first() is not None and is_low


async def due(
    tx: Transaction, *, spent_before: datetime, looked_before: datetime
) -> tuple[tuple[int, datetime], ...]:
    """Return the accounts whose balance is to be asked, each with when it was known last.

    Args:
        tx: a transaction.
        spent_before: what was bought or got its SMS since the last look, up to here, is a reason to look.
        looked_before: so is a last look before this moment.
    """
    order = exists().where(
        OrderRow.account_id == LowBalanceRow.account_id,
        OrderRow.created_at > LowBalanceRow.looked_at,
        OrderRow.created_at <= spent_before,
    )
    bill = exists().where(
        BillRow.account_id == LowBalanceRow.account_id,
        BillRow.placed_at > LowBalanceRow.looked_at,
        BillRow.placed_at <= spent_before,
    )
    # Some houses hold the price back, and take it when the SMS comes.
    sms = exists().where(
        OrderRow.account_id == LowBalanceRow.account_id,
        SmsRow.order_id == OrderRow.id,
        SmsRow.recorded_at > LowBalanceRow.looked_at,
        SmsRow.recorded_at <= spent_before,
    )
    query = (
        select(LowBalanceRow.account_id, LowBalanceRow.looked_at)
        .join(AccountRow, AccountRow.id == LowBalanceRow.account_id)
        .where(AccountRow.removed_at.is_(None), AccountRow.rejected.is_(False))
        .where(or_(order, bill, sms, LowBalanceRow.looked_at <= looked_before))
    )
    return tuple((row.account_id, row.looked_at) for row in await tx.execute(query))


async def claim(tx: Transaction, account_id: int, looked_at: datetime, now: datetime) -> bool:
    """Take a look upon oneself; return False where somebody else has."""
    taken = (
        update(LowBalanceRow)
        .where(LowBalanceRow.account_id == account_id, LowBalanceRow.looked_at == looked_at)
        .values(looked_at=now)
    )
    return (await tx.execute(taken.returning(LowBalanceRow.account_id))).first() is not None
