"""The connection to the database: short transactions, one writer at a time on SQLite.

On PostgreSQL writers work side by side: whoever decides by what was read locks it first (``SELECT … FOR
UPDATE``, which SQLite's dialect leaves out), or writes by compare-and-set.
"""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from sqlalchemy import event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage import postgres

_BUSY_MS = 10_000
_OWNER_ALONE = 0o600

Transaction = AsyncConnection
"""What the repositories take: a connection inside ``Database.read`` or ``Database.write``."""


DatabaseFails = (OperationalError, PoolTimeout)
"""What is raised while the database is locked, full or away: it says nothing about a row.

What PostgreSQL's driver raises then is an ``OperationalError`` too, see ``bot.storage.postgres``.
"""


class DatabaseUnusable(Exception):
    """The database cannot be made, opened or read; says why, without the parameters of a statement."""


class Database:
    """Opens transactions; nothing else in the bot holds a connection.

    Args:
        url: an SQLAlchemy URL with an asynchronous driver: ``sqlite+aiosqlite:///data/codebell.db``, or
            ``postgresql+asyncpg://user@host/name``.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.url = parsed
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = (
            create_async_engine(parsed, hide_parameters=True)
            if self.is_sqlite
            else postgres.open_engine(parsed)
        )
        # What is read in one transaction is of one moment, as on SQLite.
        self._reader: AsyncEngine = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        # SQLite has one writer; queueing here is cheaper and fairer than its busy loop.
        self._writer: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if self.is_sqlite else nullcontext()
        )
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)

    @property
    def folder(self) -> Path | None:
        """Where the SQLite file lies; None for another engine."""
        return Path(self.url.database).parent if self.is_sqlite and self.url.database else None

    def make_folder(self) -> None:
        """Make the SQLite file and its folder where they are missing; the files are their owner's alone.

        Raises:
            DatabaseUnusable: they cannot be made.
        """
        if self.folder is None or self.url.database in {None, ":memory:"}:
            return
        path, at = Path(str(self.url.database)), self.folder
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            at = path
            if not path.exists():
                path.touch(mode=_OWNER_ALONE)
            # SQLite gives its other files the rights of the first; those of an older version may be there.
            for suffix in ("", "-wal", "-shm"):
                _close_to_others(path.with_name(path.name + suffix))
        except OSError as error:
            raise DatabaseUnusable(f"{at} cannot be made: {error.strerror}") from None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """Open a transaction that only reads, all of it as of one moment."""
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """Open a transaction that writes; it commits at the end, and rolls back on an exception.

        No network call belongs inside.
        """
        async with self._writer, self.engine.connect() as plain:
            connection = await plain.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def alter(self) -> AsyncIterator[Transaction]:
        """Open a transaction that changes the schema.

        SQLite alters a table by copying it, and would take the old one's end for the deletion of all its
        rows; foreign keys are off meanwhile, and checked before the commit. On PostgreSQL one process alters
        at a time: of several that start together, the others wait, and find the work done.

        Raises:
            RuntimeError: a row points nowhere afterwards; nothing was changed.
        """
        if not self.is_sqlite:
            patient = postgres.open_patient_engine(self.url)
            async with patient.begin() as connection:
                await connection.exec_driver_sql(postgres.LOCK_MIGRATIONS)
                yield connection
            return
        async with self._writer, self.engine.connect() as plain:
            connection = await plain.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            await _switch_foreign_keys(connection, on=False)
            try:
                async with connection.begin():
                    yield connection
                    if (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first() is not None:
                        raise RuntimeError("a foreign key is broken after the migration")
            finally:
                await _switch_foreign_keys(connection, on=True)

    @asynccontextmanager
    async def untransacted(self) -> AsyncIterator[Callable[[str], Awaitable[int | None]]]:
        """Run statements of SQLite's that no transaction may hold, while nobody writes.

        Yields:
            What runs one, and returns the first figure of its answer.

        Raises:
            OperationalError: the disk is full, or somebody else holds the file.
        """
        async with self._writer, self.engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection

            async def run(statement: str) -> int | None:
                if raw is None:
                    raise RuntimeError("no connection")
                try:
                    cursor = await raw.execute(statement)
                    row = await cursor.fetchone()
                except sqlite3.Error as error:
                    raise OperationalError(statement, None, error) from None
                return None if row is None else int(row[0])

            yield run

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _close_to_others(path: Path) -> None:
    try:
        if stat.S_IMODE(path.stat().st_mode) != _OWNER_ALONE:
            path.chmod(_OWNER_ALONE)
    except (FileNotFoundError, PermissionError):  # not there, or somebody else's file, who gave us its use
        return


async def _switch_foreign_keys(connection: AsyncConnection, *, on: bool) -> None:
    # Past SQLAlchemy, which would begin a transaction first: within one, the pragma does nothing.
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is not None:
        await raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # a removed key leaves not even its ciphertext in the file
        f"busy_timeout={_BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
