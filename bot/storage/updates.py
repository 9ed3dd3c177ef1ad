"""Updates of Telegram: which ones were begun, and which ones are done with."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.storage.database import Transaction
from bot.storage.tables import UpdateRow


async def begin(tx: Transaction, update_id: int, now: datetime) -> int:
    """Note that an update is being handled; return which try this is, from 1, or 0 where it was ended."""
    known = (await tx.execute(select(UpdateRow).where(UpdateRow.id == update_id))).one_or_none()
    if known is None:
        await tx.execute(insert(UpdateRow).values(id=update_id, tries=1, begun_at=now))
        return 1
    if known.ended_at is not None:
        return 0
    await tx.execute(update(UpdateRow).where(UpdateRow.id == update_id).values(tries=known.tries + 1))
    return int(known.tries) + 1


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
