"""Backups of the SQLite file: whole, private, taken while somebody writes, and good for a restore."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.domain.people import Account
from bot.storage import orders, people
from bot.storage.backup import NoBackup, back_up
from bot.storage.copying import copy_rows
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.schema import newest_revision, revision
from tests.storage.conftest import ON_SQLITE
from tests.storage.makers import draft, placed
from tests.support.clock import START

pytestmark = ON_SQLITE


def file_of(database: Database) -> Path:
    """Return where a database lies."""
    return Path(str(database.url.database))


async def test_a_backup_taken_while_the_bot_writes_is_of_one_moment(
    database: Database, account: Account, tmp_path: Path
) -> None:
    """Person and order are written together; every backup has as many of one as of the other."""
    written, stop = 0, asyncio.Event()

    async def write() -> None:
        nonlocal written
        while not stop.is_set():
            async with database.write() as tx:
                await people.first_seen(tx, 5000 + written, "en", START)
                bought = draft(account, f"t{written}")
                await orders.place(tx, bought, balance_before=None, card=(5, 6), now=START)
            written += 1

    writing = asyncio.create_task(write())
    for number in range(5):
        before = written
        await back_up(file_of(database), tmp_path / f"{number}.db")
        with sqlite3.connect(tmp_path / f"{number}.db") as copy:
            (newcomers,) = copy.execute("SELECT count(*) FROM users WHERE id >= 5000").fetchone()
            (orders_,) = copy.execute("SELECT count(*) FROM orders").fetchone()
        copy.close()
        assert newcomers == orders_
        assert newcomers >= before
    stop.set()
    await writing
    assert written > before


async def test_a_restored_backup_is_the_database(
    database: Database, account: Account, tmp_path: Path
) -> None:
    """A backup that is put into an empty folder opens as the database it was, row by row."""
    await placed(database, account)
    folder = tmp_path / "restored"
    folder.mkdir()
    await back_up(file_of(database), folder / "codebell.db")
    restored = Database(f"sqlite+aiosqlite:///{folder / 'codebell.db'}")
    assert await revision(restored) == newest_revision()
    assert all(one.is_same for one in await copy_rows(database, restored))
    await placed(restored, account, "later")  # and takes new rows
    await restored.close()


async def test_a_backup_is_its_owners_alone(database: Database, tmp_path: Path) -> None:
    """One file, which nobody else can read, and nothing left beside it."""
    folder = tmp_path / "backups"
    folder.mkdir()
    size = await back_up(file_of(database), folder / "one.db")
    assert [path.name for path in folder.iterdir()] == ["one.db"]
    assert stat.S_IMODE((folder / "one.db").stat().st_mode) == 0o600
    assert (folder / "one.db").stat().st_size == size


async def test_nothing_is_overwritten(database: Database, tmp_path: Path) -> None:
    """A file of that name stays as it is, and the refusal leaves nothing behind."""
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "one.db").write_text("yesterday's")
    with pytest.raises(NoBackup, match="not overwritten"):
        await back_up(file_of(database), folder / "one.db")
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("one.db", "yesterday's")]


async def test_where_nothing_can_be_written_it_is_said(database: Database, tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(NoBackup, match="nowhere"):
        await back_up(file_of(database), tmp_path / "nowhere" / "one.db")


async def test_a_database_that_is_missing_or_damaged_gives_no_backup(
    database: Database, tmp_path: Path
) -> None:
    """What cannot be read is no backup: it is said now, and not on the day when it is needed."""
    with pytest.raises(DatabaseUnusable, match="no database"):
        await back_up(tmp_path / "none.db", tmp_path / "one.db")
    await database.close()
    path = file_of(database)
    content = bytearray(path.read_bytes())
    content[4096:20480] = b"\xff" * (20480 - 4096)
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusable, match=r"copied|damaged"):
        await back_up(path, tmp_path / "one.db")
    assert not (tmp_path / "one.db").exists()
