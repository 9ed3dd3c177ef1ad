"""What must be told in groups: rows of the outbox, written with the SMS that they tell of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.domain.groups import Group, GroupState
from bot.domain.orders import Order
from bot.domain.outbox import PRIORITY, Kind, Notice
from bot.domain.rentals import Rental
from bot.logs import get_logger
from bot.storage.database import Transaction
from bot.storage.group_tables import GroupRow
from bot.storage.groups import active_of
from bot.storage.rental_tables import RentalRow
from bot.storage.tables import OrderRow, OutboxRow, PromptRow, SmsRow

_WITHOUT_CODES = sorted(state.value for state in GroupState if state is not GroupState.ACTIVE)
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a code goes by the rules of its owner.

    Attributes:
        groups: that get it.
        ruled: the chats that have such rules, be it that they cannot be read: nothing is told there in full.
    """

    groups: tuple[Group, ...]
    ruled: frozenset[int]


async def bound(tx: Transaction, owner_id: int, service: str | None, card_chat_id: int) -> Bound:
    """Return the groups that get a code of a person's.

    What was bought in a bound group comes back there, whatever services it was bound for. A binding that
    cannot be read gets nothing, and keeps no code from its owner and the other groups.

    Args:
        tx: a transaction.
        owner_id: whose number it is.
        service: canonical id; None for one that is not known.
        card_chat_id: where the number's card is.
    """
    # A state that nobody knows may have been active: nothing is told there in full either.
    may_be = (GroupRow.owner_id == owner_id, GroupRow.state.not_in(_WITHOUT_CODES))
    ruled = frozenset((await tx.execute(select(GroupRow.chat_id).where(*may_be))).scalars())
    if not ruled:
        return Bound((), ruled)
    found, broken = await active_of(tx, owner_id)
    for group_id, error in broken.items():
        _log.warning(
            "a group cannot be read; no code is told there", group=group_id, reason=type(error).__name__
        )
    taking = tuple(group for group in found if group.takes(service) or group.chat_id == card_chat_id)
    return Bound(taking, ruled)


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


def plain_chats(subject: Order | Rental, bound_: Bound) -> list[int]:
    """Return where a code is told in full: to its owner, and at its card unless that group has its rules."""
    return sorted({subject.user_id, *({subject.card_chat_id} - bound_.ruled)})


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
