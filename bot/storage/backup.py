"""A copy of the SQLite file that is whole, taken while the bot writes."""

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.storage.database import DatabaseUnusable


class NoBackup(Exception):
    """No backup was made; says why."""


async def back_up(database: Path, to: Path) -> int:
    """Copy a database file as it stands at one moment, readable by its owner alone; return its size in bytes.

    SQLite's own backup reads one snapshot: writers go on, and what they write later is not in it. The file
    gets its name once it is whole, was checked, and is on the disk.

    Args:
        database: the file; somebody may be writing to it.
        to: where; nothing may be there.

    Raises:
        NoBackup: something is there already, or nothing can be written there.
        DatabaseUnusable: the database is not there, or cannot be read.
    """
    return await asyncio.to_thread(_back_up, database, to)


def _back_up(database: Path, to: Path) -> int:
    if not database.exists():
        raise DatabaseUnusable(f"there is no database at {database}")
    try:
        handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.")  # its owner's alone
    except OSError as error:
        raise NoBackup(f"{to.parent} cannot be written to: {error.strerror}") from None
    os.close(handle)
    draft = Path(name)
    try:
        _copy(database, draft)
        _flush(draft)
        os.link(draft, to)  # a link never replaces
        _flush(to.parent)
    except FileExistsError:
        raise NoBackup(f"{to} is there already, and is not overwritten") from None
    except OSError as error:
        raise NoBackup(f"{to} cannot be written: {error.strerror}") from None
    finally:
        draft.unlink()
    return to.stat().st_size


def _copy(database: Path, draft: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(draft)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            (told,) = target.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise DatabaseUnusable(f"it cannot be copied: {error}") from None
    if told != "ok":
        raise DatabaseUnusable(f"it is damaged: {told}")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
