"""Faults: what was put aside."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.faults import Fault, Source
from bot.storage.database import Transaction
from bot.storage.tables import FaultRow
from bot.storage.upsert import insert

_LONGEST_REASON = 200


async def note(tx: Transaction, source: Source, ref: str, reason: str, now: datetime) -> bool:
    """Keep a fault; return whether it is news: one that is known is only counted."""
    values = {"source": source.value, "ref": ref, "reason": reason[:_LONGEST_REASON], "times": 1}
    first = insert(tx, FaultRow).values(**values, created_at=now)
    counted = first.on_conflict_do_update(
        index_elements=[FaultRow.source, FaultRow.ref], set_={"times": FaultRow.times + 1}
    )
    return (await tx.execute(counted.returning(FaultRow.times))).scalar_one() == 1


async def page(tx: Transaction, *, limit: int, offset: int) -> tuple[Fault, ...]:
    """Return faults, the newest first; one whose row cannot be read is among them, as ``Source.UNKNOWN``."""
    rows = await tx.execute(
        select(FaultRow.source, FaultRow.ref)
        .order_by(FaultRow.created_at.desc(), FaultRow.source, FaultRow.ref)
        .limit(limit)
        .offset(offset)
    )
    return tuple([await _read(tx, row.source, row.ref) for row in rows.all()])


async def _read(tx: Transaction, source: str, ref: str) -> Fault:
    query = select(FaultRow).where(FaultRow.source == source, FaultRow.ref == ref)
    try:
        row = (await tx.execute(query)).one()
        return Fault(Source(row.source), row.ref, row.reason, int(row.times), row.created_at)
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 - a value that no column may hold; this list must show it all the same
        return Fault(Source.UNKNOWN, str(ref), f"{type(error).__name__} in a row of the faults", 1, None)


async def count(tx: Transaction) -> int:
    """Return how many there are."""
    return int((await tx.execute(select(func.count()).select_from(FaultRow))).scalar_one())


async def forget(tx: Transaction, before: datetime | None = None) -> None:
    """Delete those that were met first before this moment; all of them where it is None."""
    statement = delete(FaultRow)
    await tx.execute(statement if before is None else statement.where(FaultRow.created_at < before))
