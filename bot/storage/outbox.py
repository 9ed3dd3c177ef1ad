"""The outbox: what must be told, until it was told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, insert, literal, select, update
from sqlalchemy.engine import Row

from bot.domain.orders import Order, State
from bot.domain.outbox import PRIORITY, Kind, Message, Notice
from bot.storage.database import Transaction
from bot.storage.lease_tables import LeaseRow
from bot.storage.leases import Leased
from bot.storage.rows import Broken, readable
from bot.storage.tables import OrderRow, OutboxRow
from bot.storage.types import UtcDateTime

PUT_ASIDE = "put aside"
"""The ending of a message that cannot be told as things are; it is tried again when the bot starts."""

_LONGEST_ENDING = 200


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        kind=Kind(row.kind),
        chat_id=row.chat_id,
        user_id=row.user_id,
        order_id=row.order_id,
        sms_id=row.sms_id,
        account_id=row.account_id,
        rental_id=row.rental_id,
        rental_sms_id=row.rental_sms_id,
        notice=Notice(row.notice) if row.notice else None,
        alert_id=row.alert_id,
        group_id=row.group_id,
        topic_id=row.message_thread_id,
        created_at=row.created_at,
    )


async def add_card(tx: Transaction, order: Order, now: datetime) -> None:
    """Have the order's card drawn anew."""
    await tx.execute(
        insert(OutboxRow).values(
            kind=Kind.CARD.value,
            priority=PRIORITY[Kind.CARD],
            chat_id=order.card_chat_id,
            user_id=order.user_id,
            order_id=order.id,
            message_thread_id=order.card_topic_id,
            created_at=now,
        )
    )


async def add_cards(
    tx: Transaction, order_ids: Collection[int], states: Collection[State], now: datetime
) -> None:
    """Have the cards of those of these orders that stand in one of the states drawn anew."""
    drawn = select(
        literal(Kind.CARD.value),
        literal(PRIORITY[Kind.CARD]),
        OrderRow.card_chat_id,
        OrderRow.user_id,
        OrderRow.id,
        OrderRow.card_topic_id,
        literal(now, UtcDateTime()),
    ).where(OrderRow.id.in_(order_ids), OrderRow.state.in_([state.value for state in states]))
    columns = ["kind", "priority", "chat_id", "user_id", "order_id", "message_thread_id", "created_at"]
    await tx.execute(insert(OutboxRow).from_select(columns, drawn))


async def add_code(tx: Transaction, order: Order, sms_id: int, chats: Collection[int], now: datetime) -> None:
    """Have an SMS told in each of these chats."""
    await tx.execute(
        insert(OutboxRow),
        [
            {
                "kind": Kind.CODE.value,
                "priority": PRIORITY[Kind.CODE],
                "chat_id": chat_id,
                "user_id": order.user_id,
                "order_id": order.id,
                "sms_id": sms_id,
                "message_thread_id": order.card_topic_id if chat_id == order.card_chat_id else None,
                "created_at": now,
            }
            for chat_id in chats
        ],
    )


async def add_notice(
    tx: Transaction,
    notice: Notice,
    *,
    chat_id: int,
    user_id: int,
    now: datetime,
    order_id: int | None = None,
    account_id: int | None = None,
    alert_id: int | None = None,
) -> None:
    """Have something told about an order, an account or an alert."""
    await tx.execute(
        insert(OutboxRow).values(
            kind=Kind.NOTICE.value,
            priority=PRIORITY[Kind.NOTICE],
            chat_id=chat_id,
            user_id=user_id,
            order_id=order_id,
            account_id=account_id,
            alert_id=alert_id,
            notice=notice.value,
            created_at=now,
        )
    )


@dataclass(frozen=True, slots=True)
class Others:
    """The chats that other replicas have leased.

    Attributes:
        than: which replica asks.
        also_past: count leases that have run out and were not given back, too.
    """

    than: str
    also_past: bool = False

    def chats(self) -> Select[Any]:
        """Return the query of their ids."""
        query = select(LeaseRow.ref).where(LeaseRow.kind == Leased.CHAT.value, LeaseRow.worker != self.than)
        return query if self.also_past else query.where(LeaseRow.until > func.clock_timestamp())


async def pending(
    tx: Transaction,
    *,
    limit: int,
    but: Collection[int] = (),
    only: Collection[int] | None = None,
    others: Others | None = None,
) -> tuple[tuple[Message, ...], Broken]:
    """Return messages that were not told yet, the most urgent and oldest first; apart, unreadable rows.

    Args:
        tx: a transaction.
        limit: how many at most.
        but: chats to leave out, because something is under way to them.
        only: the chats that are asked for; all where None.
        others: whose chats to leave out; no replica's where None.
    """
    query = select(OutboxRow).where(OutboxRow.ended_at.is_(None))
    if but:
        query = query.where(OutboxRow.chat_id.not_in(but))
    if only is not None:
        query = query.where(OutboxRow.chat_id.in_(only))
    if others is not None:
        query = query.where(OutboxRow.chat_id.not_in(others.chats()))
    query = query.order_by(OutboxRow.priority, OutboxRow.id).limit(limit)
    return await readable(tx, query, OutboxRow.id, _message)


async def waiting(tx: Transaction) -> tuple[int, datetime | None]:
    """Return how many messages were not told yet, and since when the oldest of them waits."""
    query = select(func.count(), func.min(OutboxRow.created_at)).where(OutboxRow.ended_at.is_(None))
    number, oldest = (await tx.execute(query)).one()
    return int(number), oldest


async def reopen(tx: Transaction) -> None:
    """Have the messages told after all that were put aside."""
    await tx.execute(
        update(OutboxRow).where(OutboxRow.ending == PUT_ASIDE).values(ended_at=None, ending=None)
    )


async def end(tx: Transaction, ids: Collection[int], now: datetime, ending: str) -> None:
    """Close messages, with the reason (``sent``, or why they never will be; cut at 200 characters)."""
    await tx.execute(
        update(OutboxRow).where(OutboxRow.id.in_(ids)).values(ended_at=now, ending=ending[:_LONGEST_ENDING])
    )


async def forget(tx: Transaction, before: datetime) -> None:
    """Delete messages that ended before this moment."""
    over = OutboxRow.ending.is_distinct_from(PUT_ASIDE)  # what was put aside is still to be told
    await tx.execute(delete(OutboxRow).where(OutboxRow.ended_at < before, over))


async def has_notice(tx: Transaction, order_id: int, notice: Notice) -> bool:
    """Whether this notice was written for this order before, told or not."""
    query = exists().where(OutboxRow.order_id == order_id, OutboxRow.notice == notice.value)
    return bool((await tx.execute(select(query))).scalar_one())
