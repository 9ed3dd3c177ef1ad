"""Wishes: what a person wants an open order to come to, written down before the provider is asked.

All of it stands in the order's row, and every change is a compare-and-set on the wish.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.engine import Row

from bot.domain.orders import WATCHED, Action, Order, State
from bot.storage.database import Transaction
from bot.storage.orders import from_row
from bot.storage.rows import Broken, readable
from bot.storage.tables import OrderRow, SettingsRow

NONE: dict[str, Any] = {
    "wish": None,
    "wished_at": None,
    "wish_tries": 0,
    "wish_next_at": None,
    "wish_error": None,
    "wish_text": None,
    "wish_is_lost": False,
    "wish_is_auto": False,
}
"""The columns of an order that nothing is wished of."""

_WATCHED = [state.value for state in WATCHED]


async def make(
    tx: Transaction, order_id: int, action: Action, now: datetime, *, of: State, is_auto: bool = False
) -> Order | None:
    """Note a wish; None where one stands already, or the order is in another state.

    Args:
        tx: a writing transaction.
        order_id: ours.
        action: ``CANCEL``, ``BAN`` or ``FINISH``.
        now: UTC.
        of: the state in which the wish was made.
        is_auto: whether it is the auto-cancel's; it spares what its person has taken back once.
    """
    free = [OrderRow.state == of.value, OrderRow.wish.is_(None)]
    if is_auto:
        free.append(OrderRow.is_spared.is_(False))
    made = {**NONE, "wish": action.value, "wished_at": now, "wish_is_auto": is_auto}
    return await _change(tx, order_id, *free, **made)


async def begin(tx: Transaction, order_id: int, action: Action) -> Order | None:
    """Note that the provider is told now: from here on the wish may be carried out, whatever is heard.

    Returns:
        The order; None where the wish has ended or was taken back meanwhile.
    """
    return await _change(tx, order_id, *_stands(action), wish_is_lost=True)


async def put_off(
    tx: Transaction,
    order_id: int,
    action: Action,
    *,
    until: datetime,
    error: str,
    error_text: str | None,
    is_lost: bool | None,
) -> Order | None:
    """Note what a try met, and when the next one is due; None where the wish has ended meanwhile.

    Args:
        tx: a writing transaction.
        order_id: ours.
        action: the wish.
        until: when the provider is asked again (UTC).
        error: the error's slug.
        error_text: the vendor's words for it.
        is_lost: whether a try, this or an earlier one, may have been carried out all the same; None to leave
            what ``begin`` has noted.
    """
    lost = {} if is_lost is None else {"wish_is_lost": is_lost}
    return await _change(
        tx,
        order_id,
        *_stands(action),
        wish_tries=OrderRow.wish_tries + 1,
        wish_next_at=until,
        wish_error=error,
        wish_text=error_text,
        **lost,
    )


async def end(tx: Transaction, order_id: int, **changes: Any) -> Order | None:
    """End a wish before it is carried out, for good: no auto-cancel makes another; None where none stands.

    Args:
        tx: a writing transaction.
        order_id: ours.
        changes: further columns of the order's row.
    """
    return await _change(tx, order_id, OrderRow.wish.is_not(None), **{**NONE, "is_spared": True, **changes})


async def standing(
    tx: Transaction, account_ids: Collection[int] | None = None
) -> tuple[tuple[Order, ...], Broken]:
    """Return the open orders of which something is wished; apart, unreadable rows.

    Args:
        tx: a transaction.
        account_ids: of which accounts; None for all of all users.
    """
    query = select(OrderRow).where(OrderRow.state.in_(_WATCHED), OrderRow.wish.is_not(None))
    if account_ids is not None:
        query = query.where(OrderRow.account_id.in_(account_ids))
    return await readable(tx, query.order_by(OrderRow.id), OrderRow.id, from_row)


async def to_auto_cancel(tx: Transaction) -> tuple[tuple[tuple[int, str, timedelta], ...], Broken]:
    """Return the orders that wait for an SMS and whose person has set an auto-cancel.

    Returns:
        Our order id, the provider's slug, and the time before the deadline, for each; apart, the orders whose
        setting cannot be read.
    """
    columns: tuple[Any, ...] = (OrderRow.id, OrderRow.provider, SettingsRow.auto_cancel_minutes)
    query = (
        select(*columns)
        .select_from(OrderRow)
        .join(SettingsRow, SettingsRow.user_id == OrderRow.user_id)
        .where(
            SettingsRow.auto_cancel_minutes.is_not(None),
            OrderRow.state == State.WAITING.value,
            OrderRow.wish.is_(None),
            OrderRow.is_spared.is_(False),
        )
    )
    return await readable(tx, query, OrderRow.id, _to_auto_cancel)


def _to_auto_cancel(row: Row[Any]) -> tuple[int, str, timedelta]:
    return int(row.id), row.provider, timedelta(minutes=int(row.auto_cancel_minutes))


def _stands(action: Action) -> tuple[ColumnElement[bool], ...]:
    return OrderRow.state.in_(_WATCHED), OrderRow.wish == action.value


async def _change(
    tx: Transaction, order_id: int, *which: ColumnElement[bool], **changes: object
) -> Order | None:
    statement = (
        update(OrderRow)
        .where(OrderRow.id == order_id, *which)
        .values(**changes)
        .returning(*OrderRow.__table__.columns)
    )
    row = (await tx.execute(statement)).one_or_none()
    return from_row(row) if row else None
