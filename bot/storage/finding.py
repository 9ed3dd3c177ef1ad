"""Favourites, tastes, and what a person bought lately."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, exists, func, insert, select, update

from bot.domain.finding import Goods, Own, Sort, Taste
from bot.domain.money import Money
from bot.domain.orders import OPEN, Order, State
from bot.storage.database import Transaction
from bot.storage.finding_tables import FavouriteRow, TasteRow
from bot.storage.orders import from_row
from bot.storage.tables import AccountRow, OrderRow, SmsRow

_ENDED = [state.value for state in State if state not in OPEN and state is not State.FAILED]
_BOUGHT = [state.value for state in State if state not in {State.FAILED, State.PLACING, State.UNCERTAIN}]


async def favourites(tx: Transaction, user_id: int) -> tuple[Goods, ...]:
    """Return a person's favourites, oldest first."""
    query = (
        select(FavouriteRow.service, FavouriteRow.country)
        .where(FavouriteRow.user_id == user_id)
        .order_by(FavouriteRow.created_at, FavouriteRow.service, FavouriteRow.country)
    )
    return tuple(Goods(row.service, row.country) for row in await tx.execute(query))


async def add_favourite(tx: Transaction, user_id: int, goods: Goods, now: datetime) -> None:
    """Insert a favourite that is not there; the person's settings are to be locked before."""
    await tx.execute(
        insert(FavouriteRow).values(
            user_id=user_id, service=goods.service, country=goods.country, created_at=now
        )
    )


async def drop_favourite(tx: Transaction, user_id: int, goods: Goods) -> None:
    """Delete a favourite, where it is one."""
    await tx.execute(
        delete(FavouriteRow).where(
            FavouriteRow.user_id == user_id,
            FavouriteRow.service == goods.service,
            FavouriteRow.country == goods.country,
        )
    )


async def taste(tx: Transaction, user_id: int) -> Taste:
    """Return how a person looks through countries."""
    row = (await tx.execute(select(TasteRow).where(TasteRow.user_id == user_id))).one_or_none()
    if row is None:
        return Taste()
    most = None if row.amount is None or row.currency is None else Money(row.amount, row.currency)
    return Taste(Sort(row.sort) if row.sort else None, row.in_stock, most, row.service, row.name)


async def put_taste(tx: Transaction, user_id: int, taste: Taste) -> None:
    """Keep how a person looks through countries; the person's settings are to be locked before."""
    values: dict[str, Any] = {
        "sort": taste.sort.value if taste.sort else None,
        "in_stock": taste.in_stock,
        "amount": taste.most.amount if taste.most else None,
        "currency": taste.most.currency if taste.most else None,
        "service": taste.service,
        "name": taste.name,
    }
    known = update(TasteRow).where(TasteRow.user_id == user_id).values(**values)
    if (await tx.execute(known.returning(TasteRow.user_id))).first() is None:
        await tx.execute(insert(TasteRow).values(user_id=user_id, **values))


async def newest(tx: Transaction, user_id: int, limit: int) -> tuple[Order, ...]:
    """Return the newest order of each service and country that a person bought, newest first.

    Args:
        tx: a transaction.
        user_id: whose; orders of removed accounts are left out.
        limit: how many at most.
    """
    last = (
        select(func.max(OrderRow.id))
        .join(AccountRow, AccountRow.id == OrderRow.account_id)
        .where(OrderRow.user_id == user_id, OrderRow.state.in_(_BOUGHT), AccountRow.removed_at.is_(None))
        .group_by(OrderRow.service, OrderRow.country)
        .order_by(func.max(OrderRow.id).desc())
        .limit(limit)
    )
    ids = (await tx.execute(last)).scalars().all()
    rows = await tx.execute(select(OrderRow).where(OrderRow.id.in_(ids)).order_by(OrderRow.id.desc()))
    return tuple(from_row(row) for row in rows)


async def own(tx: Transaction, user_id: int, service: str, since: datetime) -> Mapping[str, Own]:
    """Return how a person's numbers for a service ended since a moment, by country."""
    brought = exists().where(SmsRow.order_id == OrderRow.id)
    query = (
        select(OrderRow.country, func.count(), func.sum(case((brought, 1), else_=0)))
        .where(
            OrderRow.user_id == user_id,
            OrderRow.service == service,
            OrderRow.created_at >= since,
            OrderRow.state.in_(_ENDED),
        )
        .group_by(OrderRow.country)
    )
    return {country: Own(ended, int(many)) for country, ended, many in await tx.execute(query)}
