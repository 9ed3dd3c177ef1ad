"""Updates of Telegram: which ones were begun, and which ones are done with."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.storage.database import Transaction
from bot.storage.tables import UpdateRow
from bot.storage.upsert import insert


async def begin(tx: Transaction, update_id: int, now: datetime) -> int:
    """Note that an update is being handled; return which try this is, from 1, or 0 where it was ended."""
    first = insert(tx, UpdateRow).values(id=update_id, tries=1, begun_at=now)
    again = first.on_conflict_do_update(
        index_elements=[UpdateRow.id],
        set_={"tries": UpdateRow.tries + 1},
        where=UpdateRow.ended_at.is_(None),
    )
    return int((await tx.execute(again.returning(UpdateRow.tries))).scalar_one_or_none() or 0)


async def end(tx: Transaction, update_id: int, now: datetime) -> None:
    """Note that an update is done with, however it ended."""
    await tx.execute(update(UpdateRow).where(UpdateRow.id == update_id).values(ended_at=now))


async def ended(tx: Transaction, *, limit: int) -> tuple[int, ...]:
    """Return the ids of the updates that were begun last, so many at most, and are done with."""
    query = select(UpdateRow.id).where(UpdateRow.ended_at.is_not(None)).order_by(UpdateRow.begun_at.desc())
    return tuple((await tx.execute(query.limit(limit))).scalars())


async def forget(tx: Transaction, before: datetime) -> None:
    """Delete the notes of updates that were begun before this moment."""
    await tx.execute(delete(UpdateRow).where(UpdateRow.begun_at < before))
