"""Rows that no bot wrote, for tests of the audit itself."""

import sqlite3
from contextlib import closing

from sandbox.bot_process import database
from tests.crash.town import Town


def write(town: Town, statement: str, *values: object) -> None:
    """Change the database behind the bot's back."""
    with closing(sqlite3.connect(database(town.folder))) as connection, connection:
        connection.execute(statement, values)
