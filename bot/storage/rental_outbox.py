"""What must be told of rentals: rows of the outbox, written with the change that they tell of."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select

from bot.domain.outbox import PRIORITY, Kind, Notice
from bot.domain.rentals import Rental
from bot.storage.database import Transaction
from bot.storage.tables import OutboxRow


async def add_card(tx: Transaction, rental: Rental, now: datetime) -> None:
    """Have the rental's card drawn anew."""
    await tx.execute(
        insert(OutboxRow).values(
            kind=Kind.CARD.value,
            priority=PRIORITY[Kind.CARD],
            chat_id=rental.card_chat_id,
            user_id=rental.user_id,
            rental_id=rental.id,
            created_at=now,
        )
    )


async def add_sms(
    tx: Transaction, rental: Rental, sms_id: int, chats: Collection[int], now: datetime
) -> None:
    """Have an SMS of a rental told in each of these chats."""
    told = {
        "kind": Kind.CODE.value,
        "priority": PRIORITY[Kind.CODE],
        "user_id": rental.user_id,
        "rental_id": rental.id,
        "rental_sms_id": sms_id,
        "created_at": now,
    }
    await tx.execute(insert(OutboxRow), [{**told, "chat_id": chat_id} for chat_id in chats])


async def add_notice(tx: Transaction, notice: Notice, rental: Rental, now: datetime) -> None:
    """Have something told about a rental, where its card is."""
    await tx.execute(
        insert(OutboxRow).values(
            kind=Kind.NOTICE.value,
            priority=PRIORITY[Kind.NOTICE],
            chat_id=rental.card_chat_id,
            user_id=rental.user_id,
            rental_id=rental.id,
            notice=notice.value,
            created_at=now,
        )
    )


async def has_notice(tx: Transaction, notice: Notice, rental: Rental, since: datetime) -> bool:
    """Whether something was written down to be told about a rental since then."""
    query = select(OutboxRow.id).where(
        OutboxRow.rental_id == rental.id, OutboxRow.notice == notice.value, OutboxRow.created_at >= since
    )
    return (await tx.execute(query)).first() is not None
