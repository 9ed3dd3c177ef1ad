"""Leaving nothing of deleted rows in SQLite's files.

``secure_delete`` overwrites what is deleted, but not what was copied before, when a page was split: only a
file that is written anew is free of it. The log holds older pages until it is emptied. A mark in the file's
header, set with the deletion, has an interrupted scrubbing done at the next start.

PostgreSQL keeps dead rows until its autovacuum comes by; that is its operator's to set.
"""

from sqlalchemy.exc import SQLAlchemyError

from bot.logs import get_logger
from bot.storage.database import Database, Transaction

_log = get_logger(__name__)


async def mark(tx: Transaction) -> None:
    """Note, with a deletion, that the files are to be scrubbed."""
    if tx.dialect.name == "sqlite":
        await tx.exec_driver_sql("PRAGMA user_version = 1")


async def scrub(database: Database) -> bool:
    """Write the file anew and empty the log; return whether nothing is left to do.

    Reading goes on meanwhile, writing waits: a second for some hundred megabytes.
    """
    if not database.is_sqlite:
        return True
    try:
        async with database.untransacted() as run:
            await run("VACUUM")
            await run("PRAGMA user_version = 0")
            busy = await run("PRAGMA wal_checkpoint(TRUNCATE)")
    except (SQLAlchemyError, OSError) as error:
        _log.warning("deleted rows not scrubbed from the file yet", reason=type(error).__name__)
        return False
    if busy:  # somebody reads; what is left in the log goes with the next checkpoint
        _log.warning("the log of the database not emptied yet")
    return not busy


async def resume(database: Database) -> None:
    """Scrub where the last run was interrupted between a deletion and that."""
    if not database.is_sqlite:
        return
    async with database.read() as tx:
        is_due = (await tx.exec_driver_sql("PRAGMA user_version")).scalar_one()
    if is_due:
        await scrub(database)
