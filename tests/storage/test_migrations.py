"""Migrations: from nothing to what ``tables.py`` says, and no further."""

import asyncio
import subprocess
import sys
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from bot.storage import schema
from bot.storage.database import Database
from bot.storage.schema import drift, migrate, newest_revision, revision
from bot.storage.tables import Base

MIGRATIONS = Path(schema.__file__).parent / "migrations"


async def test_migrations_from_empty_equal_the_metadata(empty: Database) -> None:
    """A migrated database has exactly the tables, columns, indices and constraints of ``tables.py``."""
    assert await migrate(empty) == newest_revision()
    assert await drift(empty) == []


async def test_drift_sees_a_difference(database: Database) -> None:
    """The comparison is not blind: a column that the metadata lacks is reported."""
    async with database.write() as tx:
        await tx.exec_driver_sql("ALTER TABLE users ADD COLUMN shoe_size INTEGER")
    assert any("shoe_size" in difference for difference in await drift(database))


async def test_the_revision_is_told(empty: Database) -> None:
    """An empty database stands at no revision, a migrated one at the newest; they are counted one by one."""
    assert await revision(empty) is None
    await migrate(empty)
    written = len(list((MIGRATIONS / "versions").glob("[0-9]*_*.py")))
    assert await revision(empty) == newest_revision() == f"{written:04}"


def test_files_are_named_after_their_revisions() -> None:
    """The newest revision is read off the names of the files, and is the one that Alembic finds."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_current_head() == newest_revision()


async def test_alembic_is_not_loaded_for_nothing(database: Database) -> None:
    """A start on a database that is up to date does without Alembic, which takes 10 MB."""
    script = f"""
import asyncio, sys
from bot.storage.database import Database
from bot.storage.schema import migrate
asyncio.run(migrate(Database({str(database.url)!r})))
sys.exit("alembic" in sys.modules)
"""
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script], check=True)


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A start on a database that is up to date leaves it alone."""
    await migrate(database)
    assert await drift(database) == []


async def test_names_and_partial_indices_arrive(database: Database) -> None:
    """Constraints have the names of the convention, and the indices for open rows are partial."""

    def look(connection: Connection) -> tuple[set[str], dict[str, bool], str]:
        inspector = inspect(connection)
        uniques = {
            str(unique["name"])
            for table in Base.metadata.tables
            for unique in inspector.get_unique_constraints(table)
        }
        indices = {str(index["name"]): bool(index["unique"]) for index in inspector.get_indexes("orders")}
        indices.pop("uq_orders_token", None)  # PostgreSQL shows the index of a constraint, too
        where = next(
            str(index["dialect_options"][f"{connection.dialect.name}_where"])
            for index in inspector.get_indexes("outbox")
            if index["name"] == "ix_outbox_pending"
        )
        return uniques, indices, where

    async with database.read() as tx:
        uniques, indices, where = await tx.run_sync(look)
    assert uniques == {
        "uq_accounts_user_id",
        "uq_alerts_account_id",
        "uq_group_members_group_id",
        "uq_groups_chat_id",
        "uq_hosts_user_id",
        "uq_orders_token",
        "uq_rental_sms_rental_id",
        "uq_sms_order_id",
    }
    assert indices == {
        "ix_orders_account_created": False,
        "ix_orders_account_remote": True,
        "ix_orders_state": False,
        "ix_orders_user": False,
    }
    assert "ended_at IS NULL" in where
