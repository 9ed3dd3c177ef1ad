"""Inserts that mind what is there already, in one statement on either engine.

Two writers that look first and insert then would both find nothing, and one of them would fail.
"""

from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.database import Transaction
from bot.storage.tables import Base


def insert(tx: Transaction, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that can be told what to do on a conflict."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


async def insert_new(tx: Transaction, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert a row unless one with its key is there, by somebody who works beside us too; say whether it was.

    Args:
        tx: a writing transaction.
        table: which one.
        values: of the row.
    """
    statement = insert(tx, table).values(**values).on_conflict_do_nothing()
    return (await tx.execute(statement.returning(literal(1)))).first() is not None
