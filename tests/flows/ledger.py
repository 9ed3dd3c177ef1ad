"""The bot's database, looked at and tampered with from outside."""

import sqlite3
from contextlib import closing
from typing import Any

from tests.flows.stage import Stage

Rows = list[tuple[Any, ...]]


def read(stage: Stage, query: str, *values: Any) -> Rows:
    """Return the rows of a query."""
    with closing(sqlite3.connect(stage.folder / "codebell.db", timeout=10)) as database:
        return database.execute(query, values).fetchall()


def tamper(stage: Stage, statement: str, *values: Any) -> None:
    """Change rows behind the bot's back."""
    with closing(sqlite3.connect(stage.folder / "codebell.db", timeout=10)) as database, database:
        database.execute(statement, values)
