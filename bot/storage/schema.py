"""Bringing a database up to date, and telling whether it is.

Alembic takes 10 MB and half a second to import, and most starts find nothing to do: it is imported when it is
needed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.storage.all_tables import METADATA
from bot.storage.database import Database, DatabaseUnusable

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

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
        if _standing(connection) == newest_revision():
            return
        from alembic import command  # noqa: PLC0415 - see above

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
    newest = max((_MIGRATIONS / "versions").glob("[0-9]*_*.py"))  # a file is named after its revision
    return newest.name.partition("_")[0]


def _standing(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


async def revision(database: Database) -> str | None:
    """Return the revision that the database stands at; None where it is empty.

    Raises:
        DatabaseUnusable: it cannot be opened, or is no database.
    """
    try:
        async with database.read() as tx:
            return await tx.run_sync(_standing)
    except DBAPIError as error:
        raise DatabaseUnusable(f"{error.orig}") from None


async def drift(database: Database) -> list[str]:
    """Return what differs between a migrated database and ``tables.py``; empty when they agree."""

    def compare(connection: Connection) -> list[str]:
        from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - see above
        from alembic.migration import MigrationContext  # noqa: PLC0415 - see above

        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [repr(difference) for difference in compare_metadata(context, METADATA)]

    async with database.read() as tx:
        return await tx.run_sync(compare)


async def write_migration(database: Database, message: str) -> None:
    """Write a new migration file from the difference between this database and ``tables.py``."""

    def generate(connection: Connection) -> None:
        from alembic import command  # noqa: PLC0415 - see above

        command.revision(_config(connection), message, autogenerate=True)

    async with database.read() as tx:
        await tx.run_sync(generate)
