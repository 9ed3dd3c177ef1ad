"""Alerts: what is looked out for, when it is asked next, and what the last answer was.

When a question is asked next stands in the rows, and is moved on by whoever asks it: of several replicas one
asks, whichever comes first, and a restart forgets nothing.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Row

from bot.domain.alerts import Alert, Question
from bot.domain.finding import Goods
from bot.domain.money import Money
from bot.storage.alert_tables import AlertRow
from bot.storage.database import Transaction
from bot.storage.rows import Broken, readable
from bot.storage.tables import AccountRow

_MOST_DUE = 500


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        id=row.id,
        user_id=row.user_id,
        account_id=row.account_id,
        goods=Goods(row.service, row.country),
        most=_money(row.amount, row.currency),
        is_met=row.is_met,
        price=_money(row.seen_amount, row.seen_currency),
        stock=row.seen_stock,
        expires_at=row.expires_at,
    )


def _money(amount: Any, currency: str | None) -> Money | None:
    return None if amount is None or currency is None else Money(amount, currency)


async def of_user(tx: Transaction, user_id: int, now: datetime) -> tuple[Alert, ...]:
    """Return a person's alerts, oldest first, without those that are over or whose account is gone."""
    query = (
        select(AlertRow)
        .join(AccountRow, AccountRow.id == AlertRow.account_id)
        .where(AlertRow.user_id == user_id, AlertRow.expires_at > now, AccountRow.removed_at.is_(None))
        .order_by(AlertRow.id)
    )
    return tuple(_alert(row) for row in await tx.execute(query))


async def find(tx: Transaction, alert_id: int) -> Alert | None:
    """Return an alert, or None."""
    row = (await tx.execute(select(AlertRow).where(AlertRow.id == alert_id))).one_or_none()
    return _alert(row) if row else None


async def put(
    tx: Transaction,
    user_id: int,
    account_id: int,
    goods: Goods,
    most: Money | None,
    *,
    next_at: datetime,
    expires_at: datetime,
) -> Alert:
    """Insert an alert, or begin an earlier one for the same anew, and return it."""
    values: dict[str, Any] = {
        "amount": most.amount if most else None,
        "currency": most.currency if most else None,
        "is_met": False,
        "seen_amount": None,
        "seen_currency": None,
        "seen_stock": None,
        "expires_at": expires_at,
    }
    same = {"account_id": account_id, "service": goods.service, "country": goods.country}
    known = update(AlertRow).filter_by(**same).values(**values).returning(AlertRow)
    row = (await tx.execute(known)).one_or_none()
    if row is None:
        new = insert(AlertRow).values(user_id=user_id, next_at=next_at, **same, **values)
        row = (await tx.execute(new.returning(AlertRow))).one()
    return _alert(row)


async def remove(tx: Transaction, alert_id: int) -> None:
    """Delete an alert."""
    await tx.execute(delete(AlertRow).where(AlertRow.id == alert_id))


async def forget(tx: Transaction, now: datetime) -> None:
    """Delete what is over."""
    await tx.execute(delete(AlertRow).where(AlertRow.expires_at <= now))


async def next_of(tx: Transaction, question: Question) -> datetime | None:
    """Return when a question is asked next, or None where nobody asks it."""
    query = _of_question(select(func.max(AlertRow.next_at)), question)
    return (await tx.execute(query)).scalar_one_or_none()


async def due(tx: Transaction, now: datetime) -> tuple[Question, ...]:
    """Return what is to be asked now, what has waited longest first."""
    query = (
        select(AccountRow.provider, AlertRow.service, AlertRow.country)
        .join(AccountRow, AccountRow.id == AlertRow.account_id)
        .where(AlertRow.next_at <= now, AlertRow.expires_at > now, AccountRow.removed_at.is_(None))
        .order_by(AlertRow.next_at, AlertRow.id)
        .limit(_MOST_DUE)
    )
    found = (Question(row.provider, Goods(row.service, row.country)) for row in await tx.execute(query))
    return tuple(dict.fromkeys(found))


async def claim(tx: Transaction, question: Question, now: datetime, next_at: datetime) -> bool:
    """Take a question that is due upon oneself; return False where somebody else has."""
    ids = _of_question(select(AlertRow.id), question)
    taken = update(AlertRow).where(AlertRow.id.in_(ids), AlertRow.next_at <= now).values(next_at=next_at)
    return (await tx.execute(taken.returning(AlertRow.id))).first() is not None


async def of_question(tx: Transaction, question: Question, now: datetime) -> tuple[tuple[Alert, ...], Broken]:
    """Return all alerts that want to know something; apart, the rows that cannot be read."""
    query = _of_question(select(AlertRow), question).where(AlertRow.expires_at > now)
    return await readable(tx, query.order_by(AlertRow.id), AlertRow.id, _alert)


async def payers(tx: Transaction, account_ids: Collection[int]) -> tuple[int, ...]:
    """Return those of these accounts whose key is not refused."""
    query = select(AccountRow.id).where(AccountRow.id.in_(account_ids), AccountRow.rejected.is_(False))
    return tuple((await tx.execute(query)).scalars())


async def note(
    tx: Transaction, alert: Alert, *, is_met: bool, price: Money | None, stock: int | None
) -> bool:
    """Keep the last answer; return whether that changed what was known, once whoever else notes the same."""
    changed = (
        update(AlertRow)
        .where(AlertRow.id == alert.id, AlertRow.is_met.is_(not is_met))
        .values(
            is_met=is_met,
            seen_amount=price.amount if price else None,
            seen_currency=price.currency if price else None,
            seen_stock=stock,
        )
    )
    return (await tx.execute(changed.returning(AlertRow.id))).first() is not None


def _of_question(query: Any, question: Question) -> Any:
    return query.join(AccountRow, AccountRow.id == AlertRow.account_id).where(
        AccountRow.provider == question.provider,
        AccountRow.removed_at.is_(None),
        AlertRow.service == question.goods.service,
        AlertRow.country == question.goods.country,
    )
