"""All rows of a database into another one, of either engine, and the proof that they are there.

The copy is one transaction of the target: whatever interrupts it, the target is as empty as before.
"""

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Insert, Select, Table, Text, bindparam, cast, func, insert, select, text
from sqlalchemy.engine import RowMapping

from bot.storage.all_tables import METADATA
from bot.storage.database import Database, Transaction
from bot.storage.types import Amount

_AT_A_TIME = 500
_MOMENTARY = {"leases", "workers"}
"""What running replicas hold at this moment: it means nothing elsewhere."""


class NotEmpty(Exception):
    """The target has other data, of which nothing may be lost."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a table holds, to be compared.

    Attributes:
        rows: how many.
        money: the sum of each column of amounts, by its name.
        digest: of every value of every row.
    """

    rows: int
    money: dict[str, Decimal]
    digest: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A table in both databases.

    Attributes:
        table: its name.
        source: what the one holds that was copied from.
        target: what the other holds.
    """

    table: str
    source: Sum
    target: Sum

    @property
    def is_same(self) -> bool:
        """Whether both hold the same."""
        return self.source == self.target


class _Differs(Exception):
    """Leaves the target's transaction, and undoes it."""

    def __init__(self, tables: tuple[Compared, ...]) -> None:
        super().__init__()
        self.tables = tables


async def copy_rows(source: Database, target: Database) -> tuple[Compared, ...]:
    """Copy every table; return how both stand. Where one differs, nothing was copied.

    A target that holds the same already, from an earlier copy, is compared and left alone.

    Args:
        source: at the newest revision; it is only read.
        target: at the newest revision.

    Raises:
        NotEmpty: the target has other data.
    """
    try:
        async with source.read() as of, target.alter() as into:
            return await _fill(of, into)
    except _Differs as error:
        return error.tables


async def _fill(of: Transaction, into: Transaction) -> tuple[Compared, ...]:
    taken = sum([await _count(into, table) for table in _tables()])
    if not taken:
        for table in _tables():
            await _copy(of, into, table)
    compared = tuple(
        [Compared(table.name, await _sum(of, table), await _sum(into, table)) for table in _tables()]
    )
    if all(one.is_same for one in compared):
        return compared
    raise NotEmpty if taken else _Differs(compared)


def _tables() -> list[Table]:
    """Return the tables, each behind those that it points at."""
    return [table for table in METADATA.sorted_tables if table.name not in _MOMENTARY]


async def _count(tx: Transaction, table: Table) -> int:
    return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def _copy(of: Transaction, into: Transaction, table: Table) -> None:
    statement = _insert(table, into.dialect.name)
    async for rows in _batches(of, table):
        await into.execute(statement, [{f"v_{name}": row[name] for name in row} for row in rows])
    if into.dialect.name == "postgresql":
        await _set_sequence(into, table)


def _select(table: Table) -> Select[Any]:
    """Select rows as they are stored: JSON as its text, so that no value and no NULL turns into another."""
    columns = [
        cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in table.columns
    ]
    return select(*columns).order_by(*table.primary_key.columns)


def _insert(table: Table, dialect: str) -> Insert:
    def value(column: Column[Any]) -> Any:
        if not isinstance(column.type, JSON):
            return bindparam(f"v_{column.name}", type_=column.type)
        written = bindparam(f"v_{column.name}", type_=Text())
        return cast(written, JSON) if dialect == "postgresql" else written

    return insert(table).values({column.name: value(column) for column in table.columns})


async def _batches(tx: Transaction, table: Table) -> AsyncIterator[Sequence[RowMapping]]:
    async with tx.stream(_select(table)) as rows:
        async for batch in rows.mappings().partitions(_AT_A_TIME):
            yield batch


async def _set_sequence(tx: Transaction, table: Table) -> None:
    """Have the next row get an id that no copied row has."""
    (key, *others) = table.primary_key.columns
    if others:
        return
    asked = text("SELECT pg_get_serial_sequence(:table, :key)")
    sequence = (await tx.execute(asked, {"table": table.name, "key": key.name})).scalar_one()
    last = (await tx.execute(select(func.max(key)))).scalar_one()
    if sequence is not None and last is not None:
        await tx.execute(
            text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": sequence, "last": last}
        )


async def _sum(tx: Transaction, table: Table) -> Sum:
    digest, rows = 0, 0
    money = {column.name: Decimal(0) for column in table.columns if isinstance(column.type, Amount)}
    async for batch in _batches(tx, table):
        rows += len(batch)
        for row in batch:
            # Added up: engines sort texts differently.
            digest += int.from_bytes(hashlib.sha256(repr(tuple(row.values())).encode()).digest())
            for name in money:
                money[name] += row[name] or 0
    return Sum(rows, money, digest)
