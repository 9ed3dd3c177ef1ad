"""What must be told in groups: rows of the outbox, written with the SMS that they tell of."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.domain.groups import Group, GroupState
from bot.domain.orders import Order
from bot.domain.outbox import PRIORITY, Kind, Notice
from bot.domain.rentals import Rental
from bot.storage.database import Transaction
from bot.storage.group_tables import GroupRow
from bot.storage.groups import of_owner
from bot.storage.rental_tables import RentalRow
from bot.storage.tables import OrderRow, OutboxRow, PromptRow, SmsRow


async def bound(tx: Transaction, owner_id: int, service: str | None, card_chat_id: int) -> tuple[Group, ...]:
    """Return the groups that get a code of a person's.

    What was bought in a bound group comes back there, whatever services it was bound for.

    Args:
        tx: a transaction.
        owner_id: whose number it is.
        service: canonical id; None for one that is not known.
        card_chat_id: where the number's card is.
    """
    is_active = (GroupRow.owner_id == owner_id, GroupRow.state == GroupState.ACTIVE.value)
    if (await tx.execute(select(GroupRow.id).where(*is_active).limit(1))).first() is None:
        return ()
    found = [group for group in await of_owner(tx, owner_id) if group.state is GroupState.ACTIVE]
    return tuple(group for group in found if group.takes(service) or group.chat_id == card_chat_id)


async def add_codes(tx: Transaction, groups: Iterable[Group], now: datetime, **about: int | None) -> None:
    """Have an SMS told in groups.

    Args:
        tx: a writing transaction.
        groups: where.
        now: UTC.
        about: the columns that say which SMS of what.
    """
    told = {"kind": Kind.CODE.value, "priority": PRIORITY[Kind.CODE], "created_at": now, **about}
    rows = [
        {
            **told,
            "user_id": group.owner_id,
            "chat_id": group.chat_id,
            "group_id": group.id,
            "message_thread_id": group.topic_id or None,
        }
        for group in groups
    ]
    if rows:
        await tx.execute(insert(OutboxRow), rows)


def plain_chats(subject: Order | Rental, groups: Collection[Group]) -> list[int]:
    """Return where a code is told in full: to its owner, and at its card unless that group has its rules."""
    ruled = {group.chat_id for group in groups}
    return sorted({subject.user_id, *({subject.card_chat_id} - ruled)})


async def add_notice(tx: Transaction, notice: Notice, group: Group, now: datetime) -> None:
    """Have the owner of a binding told something about it, in the private chat."""
    await tx.execute(
        insert(OutboxRow).values(
            kind=Kind.NOTICE.value,
            priority=PRIORITY[Kind.NOTICE],
            chat_id=group.owner_id,
            user_id=group.owner_id,
            group_id=group.id,
            notice=notice.value,
            created_at=now,
        )
    )


async def was_told(tx: Transaction, group: Group, *, sms_id: int, of_rental: bool) -> bool:
    """Whether an SMS of its owner was told, or is to be told, in a group."""
    column = OutboxRow.rental_sms_id if of_rental else OutboxRow.sms_id
    query = select(OutboxRow.id).where(
        OutboxRow.group_id == group.id,
        OutboxRow.user_id == group.owner_id,  # the id of a deleted group may be somebody else's group now
        OutboxRow.chat_id == group.chat_id,
        column == sms_id,
    )
    return (await tx.execute(query.limit(1))).first() is not None


async def move_chat(tx: Transaction, old: int, new: int) -> None:
    """Have cards, messages and questions follow a group to its new id.

    A message's number means nothing there: open cards are sent anew, and what was asked is asked no more.
    """
    for kind in (OrderRow, RentalRow):
        moved = update(kind).where(kind.card_chat_id == old)
        await tx.execute(moved.values(card_chat_id=new, card_message_id=None))
    pending = OutboxRow.ended_at.is_(None)
    await tx.execute(update(OutboxRow).where(OutboxRow.chat_id == old, pending).values(chat_id=new))
    await tx.execute(delete(PromptRow).where(PromptRow.chat_id == old))


async def buyer_of_sms(tx: Transaction, sms_id: int) -> int | None:
    """Return who bought the order of an SMS with somebody else's money; None where its owner did."""
    query = select(OrderRow.buyer_id).join(SmsRow, SmsRow.order_id == OrderRow.id).where(SmsRow.id == sms_id)
    return (await tx.execute(query)).scalar_one_or_none()
