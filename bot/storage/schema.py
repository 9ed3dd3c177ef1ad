"""Bringing a database up to date, and telling whether it is."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database, DatabaseUnusable
from bot.storage.tables import Base

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> str:
    """Bring the database to the newest revision, making it and its folder where needed; return its name.

    Raises:
        DatabaseUnusable: it cannot be made, opened or written.
    """

    def upgrade(connection: Connection) -> None:
        command.upgrade(_config(connection), "head")

    database.make_folder()
    try:
        async with database.alter() as tx:
            await tx.run_sync(upgrade)
    except DBAPIError as error:
        raise DatabaseUnusable(f"{error.orig}") from None
    return newest_revision()


def newest_revision() -> str:
    """Return the revision that this code is written for."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


async def revision(database: Database) -> str | None:
    """Return the revision that the database stands at; None where it is empty.

    Raises:
        DatabaseUnusable: it cannot be opened, or is no database.
    """

    def current(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    try:
        async with database.read() as tx:
            return await tx.run_sync(current)
    except DBAPIError as error:
        raise DatabaseUnusable(f"{error.orig}") from None


async def drift(database: Database) -> list[str]:
    """Return what differs between a migrated database and ``tables.py``; empty when they agree."""

    def compare(connection: Connection) -> list[str]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [repr(difference) for difference in compare_metadata(context, Base.metadata)]

    async with database.read() as tx:
        return await tx.run_sync(compare)


async def write_migration(database: Database, message: str) -> None:
    """Write a new migration file from the difference between this database and ``tables.py``."""

    def generate(connection: Connection) -> None:
        command.revision(_config(connection), message, autogenerate=True)

    async with database.read() as tx:
        await tx.run_sync(generate)
