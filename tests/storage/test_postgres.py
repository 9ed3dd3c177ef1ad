"""PostgreSQL: what is raised while it is away, and what its errors may say."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError

from bot.domain.people import User
from bot.storage import people
from bot.storage.database import Database, DatabaseFails, DatabaseUnusable
from bot.storage.schema import drift, migrate, newest_revision
from tests.storage.conftest import USER
from tests.support.clock import START
from tests.support.servers import postgres_database, postgres_rows, require_postgres

PASSWORD = "a-password-of-the-database"


@pytest.fixture
async def server(postgres: str) -> AsyncIterator[Database]:
    """A migrated database on PostgreSQL."""
    server = Database(postgres)
    yield server
    await server.close()


async def ask(database: Database) -> None:
    """Read something."""
    async with database.read() as tx:
        await people.count(tx)


async def test_replicas_that_start_together_migrate_once() -> None:
    """Of three that find an empty database one migrates it, and the others find the work done."""
    require_postgres()
    async with postgres_database(migrated=False) as url:
        replicas = [Database(url) for _ in range(3)]
        assert await asyncio.gather(*map(migrate, replicas)) == [newest_revision()] * 3
        assert await drift(replicas[0]) == []
        for replica in replicas:
            await replica.close()


@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid"])
async def test_a_server_that_does_not_answer_is_no_ones_fault(host: str) -> None:
    """Refused or not found: the database fails, and nothing that is said holds the password."""
    database = Database(f"postgresql+asyncpg://bot:{PASSWORD}@{host}/codebell")
    with pytest.raises(DatabaseFails) as caught:
        await ask(database)
    with pytest.raises(DatabaseUnusable, match="does not answer") as told:
        await migrate(database)
    assert PASSWORD not in f"{caught.value!r}{caught.value}{told.value!r}{told.value}{database.url!r}"


async def test_a_database_that_is_missing_is_named(postgres: str) -> None:
    """What the server says of a wrong name is told to the operator."""
    database = Database(make_url(postgres).set(database="no_such_database").render_as_string())
    with pytest.raises(DatabaseUnusable, match="no_such_database"):
        await migrate(database)


async def test_a_connection_that_is_cut_fails_once(server: Database) -> None:
    """A transaction whose server ends says that the database fails; the next one gets a fresh connection."""

    async def cut_off() -> None:
        async with server.write() as tx:
            me = (await tx.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            kill = f"SELECT pg_terminate_backend({me})"
            postgres_rows(server.url.render_as_string(hide_password=False), kill)
            await people.count(tx)

    with pytest.raises(DatabaseFails):
        await cut_off()
    await ask(server)


async def test_a_lock_that_is_not_had_in_time_is_no_ones_fault(server: Database) -> None:
    """Whoever waits too long for a row hears that the database fails, and may try again."""
    async with server.write() as holder:
        await people.first_seen(holder, USER, "en", START)

        async def wait() -> None:
            async with server.write() as tx:
                await tx.execute(text("SET LOCAL lock_timeout = '10ms'"))
                await people.first_seen(tx, USER, "ru", START)

        with pytest.raises(DatabaseFails):
            await wait()


async def test_errors_do_not_quote_rows(server: Database) -> None:
    """PostgreSQL puts a row's values into an error's DETAIL: none of the chain of exceptions says them."""
    user = User(987654321, "xx-lang", reachable=True, created_at=START)

    async def twice() -> None:
        async with server.write() as tx:
            await people.add(tx, user)
            await people.add(tx, user)

    with pytest.raises(IntegrityError) as caught:
        await twice()
    error: BaseException | None = caught.value
    while error is not None:
        assert "987654321" not in f"{error!r}{error}{getattr(error, 'detail', None)}"
        error = error.__cause__ or error.__context__


async def test_a_reader_sees_one_moment(server: Database) -> None:
    """What another commits meanwhile is not seen by a transaction that reads, and it can write nothing."""
    async with server.read() as reader:
        assert await people.count(reader) == 0
        async with server.write() as tx:
            await people.first_seen(tx, USER, "en", START)
        assert await people.count(reader) == 0

    async def write() -> None:
        async with server.read() as tx:
            await people.set_language(tx, USER, "ru")

    with pytest.raises(DatabaseFails):
        await write()
