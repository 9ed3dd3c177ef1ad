"""Leases: which replica alone takes care of what, until when. PostgreSQL only; SQLite has one process.

All times are the database server's: replicas whose clocks differ agree on who holds what. A lease that has
run out is nobody's: it is not renewed, only claimed anew, by its former holder like by anybody else.
"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Interval,
    Select,
    String,
    delete,
    func,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from bot.storage.database import Transaction
from bot.storage.lease_tables import LeaseRow, WorkerRow

_KEPT = timedelta(hours=1)


class Leased(StrEnum):
    """What is leased; its number is the lease's ``ref``."""

    ACCOUNT = "account"  # our account id: everything of it that is open
    CHAT = "chat"  # Telegram's chat id: sending to it
    POLLING = "polling"  # 0: asking Telegram for updates


async def claim(
    tx: Transaction, kind: Leased, refs: Collection[int], worker: str, seconds: float
) -> frozenset[int]:
    """Lease what is free, has run out or is the worker's own; return which of these are the worker's now.

    Args:
        tx: a writing transaction.
        kind: of what.
        refs: which ones.
        worker: for whom.
        seconds: for how long from now on.
    """
    if not refs:
        return frozenset()
    rows = [
        {"kind": kind.value, "ref": ref, "worker": worker, "until": _in(seconds)} for ref in sorted(set(refs))
    ]  # in one order everywhere, so that two claims cannot wait for each other
    return frozenset(await _take(tx, insert(LeaseRow).values(rows)))


async def claim_some(
    tx: Transaction, kind: Leased, wanted: Select[Any], worker: str, seconds: float, *, most: int
) -> tuple[frozenset[int], int]:
    """Lease some of what nobody holds; return which were got, and how many of them had another holder.

    Args:
        tx: a writing transaction.
        kind: of what.
        wanted: a query with one column, of the refs that are worth a lease.
        worker: for whom.
        seconds: for how long from now on.
        most: how many at most. They are drawn by lot: replicas that ask at once seldom want the same.
    """
    refs = wanted.subquery()
    ref = refs.c[0]
    held = select(LeaseRow.ref).where(LeaseRow.kind == kind.value, LeaseRow.until > _now())
    drawn = select(ref.label("ref")).where(ref.not_in(held)).order_by(func.random()).limit(most).subquery()
    rows = select(literal(kind.value, String), drawn.c.ref, literal(worker, String), _in(seconds))
    got = await _take(
        tx, insert(LeaseRow).from_select(["kind", "ref", "worker", "until"], rows.order_by(drawn.c.ref))
    )
    return frozenset(got), sum(got.values())


async def renew(tx: Transaction, kind: Leased, worker: str, seconds: float) -> frozenset[int]:
    """Prolong all of a kind that a worker holds, in one statement; return what it still holds.

    Args:
        tx: a writing transaction.
        kind: of what.
        worker: whose.
        seconds: for how long from now on.
    """
    statement = (
        update(LeaseRow)
        .where(LeaseRow.kind == kind.value, LeaseRow.worker == worker, LeaseRow.until > _now())
        .values(until=_in(seconds))
        .returning(LeaseRow.ref)
    )
    return frozenset((await tx.execute(statement)).scalars())


async def release(tx: Transaction, kind: Leased, refs: Collection[int], worker: str) -> None:
    """Give up what a worker holds; what it does not hold any more stays as it is."""
    await tx.execute(
        delete(LeaseRow).where(
            LeaseRow.kind == kind.value, LeaseRow.worker == worker, LeaseRow.ref.in_(sorted(refs))
        )
    )


async def holder(tx: Transaction, kind: Leased, ref: int) -> str | None:
    """Return which worker holds this, or None."""
    query = select(LeaseRow.worker).where(
        LeaseRow.kind == kind.value, LeaseRow.ref == ref, LeaseRow.until > _now()
    )
    return (await tx.execute(query)).scalar_one_or_none()


async def seen(tx: Transaction, worker: str) -> None:
    """Note that a worker lives."""
    statement = insert(WorkerRow).values(id=worker, seen_at=_now())
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=[WorkerRow.id], set_={"seen_at": statement.excluded.seen_at}
        )
    )


async def live(tx: Transaction, seconds: float) -> frozenset[str]:
    """Return the workers that were seen within so many seconds."""
    query = select(WorkerRow.id).where(WorkerRow.seen_at > _in(-seconds))
    return frozenset((await tx.execute(query)).scalars())


async def leave(tx: Transaction, worker: str) -> None:
    """Forget a worker that ends, and free all that it holds."""
    await tx.execute(delete(LeaseRow).where(LeaseRow.worker == worker))
    await tx.execute(delete(WorkerRow).where(WorkerRow.id == worker))


async def forget(tx: Transaction) -> None:
    """Delete workers and leases of which nothing was heard for an hour."""
    past = _now() - literal(_KEPT, Interval)
    await tx.execute(delete(LeaseRow).where(LeaseRow.until < past))
    await tx.execute(delete(WorkerRow).where(WorkerRow.seen_at < past))


async def _take(tx: Transaction, statement: Insert) -> dict[int, bool]:
    """Insert leases, or take over what is free; return which were got, and whether each stood before."""
    new = statement.excluded
    free = (LeaseRow.until < _now()) | (LeaseRow.worker == new.worker)
    taking = statement.on_conflict_do_update(
        index_elements=[LeaseRow.kind, LeaseRow.ref],
        set_={"worker": new.worker, "until": new.until},
        where=free,
    )
    stood = literal_column("xmax <> 0", Boolean)  # the server's own mark of a row that was updated
    rows = await tx.execute(taking.returning(LeaseRow.ref, stood))
    return {row[0]: bool(row[1]) for row in rows}


def _now() -> ColumnElement[Any]:
    """Return the server's time at this moment: ``now()`` would be that of the transaction's beginning."""
    return func.clock_timestamp()


def _in(seconds: float) -> ColumnElement[Any]:
    return _now() + literal(timedelta(seconds=seconds), Interval)
