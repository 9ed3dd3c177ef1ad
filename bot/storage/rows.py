"""Reading many rows of which one may be broken: the others are read all the same."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.engine import Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute

from bot.storage.database import Transaction

T = TypeVar("T")
K = TypeVar("K")

Broken = dict[int, Exception]
"""Ids of rows that cannot be read, and why."""


async def readable(
    tx: Transaction, query: Select[Any], row_id: InstrumentedAttribute[K], read: Callable[[Row[Any]], T]
) -> tuple[tuple[T, ...], dict[K, Exception]]:
    """Return the records of a query in its order, without those that cannot be read, and these.

    Args:
        tx: a transaction.
        query: of one table, or of one whose rows each have one row of others beside them.
        row_id: the table's primary key.
        read: makes a record of a row.

    Raises:
        SQLAlchemyError: the database cannot be asked.
    """
    try:
        return tuple(read(row) for row in await tx.execute(query)), {}
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001 - a value that no column may hold; which one is found below
        ids = (await tx.execute(query.with_only_columns(row_id))).scalars().all()
    found: list[T] = []
    broken: dict[K, Exception] = {}
    whole = query.limit(None).offset(None)
    for one in ids:
        try:
            found.append(read((await tx.execute(whole.where(row_id == one))).one()))
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            broken[one] = error
    return tuple(found), broken
