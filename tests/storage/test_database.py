"""The connection: what SQLite is told, who may write, what survives an exception."""

import asyncio
import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.people import User
from bot.storage import people, settings
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.storage.conftest import ON_SQLITE, USER
from tests.support.clock import START


@ON_SQLITE
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 10_000),
    ],
)
async def test_every_connection_has_the_pragmas(database: Database, pragma: str, value: object) -> None:
    """Each of several connections open at once is durable, waits when busy and checks foreign keys."""
    async with database.read() as first, database.read() as second:
        for tx in (first, second):
            assert (await tx.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


async def test_foreign_keys_are_enforced(database: Database) -> None:
    """A row that points nowhere is refused."""
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with database.write() as tx:
            await tx.execute(
                text(
                    "INSERT INTO prompts (chat_id, message_id, user_id, kind, argument, created_at)"
                    " VALUES (1, 1, 404, 'k', 'a', '2026-01-01')"
                )
            )


async def test_an_exception_rolls_back(database: Database) -> None:
    """A transaction that is left by an exception leaves nothing behind."""

    async def interrupted() -> None:
        async with database.write() as tx:
            await people.set_language(tx, USER, "ru")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await interrupted()
    async with database.read() as tx:
        user = await people.find(tx, USER)
    assert user == User(USER, "en", reachable=True, created_at=START)


async def test_a_cancelled_writer_lets_the_next_one_in(database: Database) -> None:
    """Cancelling a transaction rolls it back and frees the writer's place."""
    inside = asyncio.Event()

    async def stuck() -> None:
        async with database.write() as tx:
            await people.set_language(tx, USER, "ru")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), database.write() as tx:
        user = await people.find(tx, USER)
        assert user is not None
        assert user.language == "en"
        await people.set_language(tx, USER, "tr")


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    """What is not committed is not seen, and does not hold a reader up."""
    async with database.write() as writer:
        await people.set_language(writer, USER, "ru")
        async with asyncio.timeout(5), database.read() as reader:
            user = await people.find(reader, USER)
    assert user is not None
    assert user.language == "en"


async def test_read_modify_write_is_never_lost(database: Database) -> None:
    """Twenty counters at once count to twenty: who locks a row sees what the one before committed."""

    async def count() -> None:
        async with database.write() as tx:
            await settings.lock(tx, USER)
            user = await people.find(tx, USER)
            assert user is not None
            number = int(user.language) if user.language.isdigit() else 0
            await asyncio.sleep(0)
            await people.set_language(tx, USER, str(number + 1))

    await asyncio.gather(*(count() for _ in range(20)))
    async with database.read() as tx:
        user = await people.find(tx, USER)
    assert user is not None
    assert user.language == "20"


@ON_SQLITE
async def test_two_processes_count_together(database: Database) -> None:
    """A writer of another process is waited for from the first statement on: no lost write, no lock error."""
    other = Database(database.url.render_as_string(hide_password=False))

    async def count(database: Database) -> None:
        for _ in range(10):
            async with database.write() as tx:
                user = await people.find(tx, USER)
                assert user is not None
                number = int(user.language) if user.language.isdigit() else 0
                await people.set_language(tx, USER, str(number + 1))

    try:
        await asyncio.gather(count(database), count(other))
    finally:
        await other.close()
    async with database.read() as tx:
        user = await people.find(tx, USER)
    assert user is not None
    assert user.language == "20"


async def test_errors_do_not_quote_parameters(database: Database) -> None:
    """An exception of the database never carries the values of its statement: one of them may be a key."""
    with pytest.raises(Exception, match="hidden") as caught:
        async with database.write() as tx:
            await tx.execute(text("SELECT * FROM nowhere WHERE x = :x"), {"x": "SECRET-PARAMETER"})
    assert "SECRET-PARAMETER" not in f"{caught.value!r} {caught.value}"


def test_the_folder_is_the_owners_alone(tmp_path: Path) -> None:
    """The folder that is made for the database can be entered by nobody else."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/deep/data/codebell.db")
    database.make_folder()
    assert database.folder == tmp_path / "deep" / "data"
    assert stat.S_IMODE((tmp_path / "deep" / "data").stat().st_mode) == 0o700


def test_a_database_in_memory_has_no_folder() -> None:
    """Where there is no file there is no place for a key file, and nothing is made."""
    database = Database("sqlite+aiosqlite://")
    database.make_folder()
    assert database.folder is None


def modes(folder: Path) -> dict[str, int]:
    """Return the rights of every file in a folder, by name."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.parametrize("umask", [0o022, 0o000])
async def test_the_files_are_the_owners_alone_in_any_folder(tmp_path: Path, umask: int) -> None:
    """In a folder that was there before, under any umask, nobody else may read the database or its logs."""
    before = os.umask(umask)
    try:
        database = Database(f"sqlite+aiosqlite:///{tmp_path}/codebell.db")
        await migrate(database)
        async with database.write() as tx:
            await people.first_seen(tx, 1, "en", START)
        found = modes(tmp_path)
        await database.close()
    finally:
        os.umask(before)
    assert found == dict.fromkeys(("codebell.db", "codebell.db-wal", "codebell.db-shm"), 0o600)


@ON_SQLITE
async def test_files_of_an_older_version_are_closed(empty: Database) -> None:
    """A database that others could read until now is closed to them at the next start, its log included."""
    await migrate(empty)
    assert empty.folder is not None
    for name in modes(empty.folder):
        (empty.folder / name).chmod(0o644)
    empty.make_folder()
    assert set(modes(empty.folder).values()) == {0o600}
