"""PostgreSQL and Redis for tests: what the environment names, else what answers on loopback.

``TEST_POSTGRES_URL`` names a database whose user may make others, ``TEST_REDIS_URL`` a server of Redis. Where
none answers, the tests that need it are skipped, or fail where ``REQUIRE_SERVERS`` is set.
"""

import asyncio
import atexit
import os
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import redis.asyncio
from redis.exceptions import RedisError
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from bot.storage.database import Database
from bot.storage.schema import migrate
from bot.storage.tables import Base

_POSTGRES = "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
_REDIS = "redis://127.0.0.1:6379/0"
_SECONDS = 5.0
_SHAPE = """
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY table_name, column_name
"""

_made: set[str] = set()
_free: list[str] = []
_shapes: dict[str, list[asyncpg.Record]] = {}


@dataclass(frozen=True, slots=True)
class RedisRoom:
    """A place in Redis that is a test's own.

    Attributes:
        url: of the server.
        prefix: what the test's keys and channels begin with; such keys are deleted afterwards.
    """

    url: str
    prefix: str


@asynccontextmanager
async def postgres_database(*, migrated: bool = True) -> AsyncIterator[str]:
    """Lend a database on PostgreSQL without rows, and give its URL.

    To make one and to drop it takes a second, to empty it a few milliseconds: they are used again by the next
    test of this process, and dropped at its end.

    Args:
        migrated: whether it has the tables of the newest revision, or none.
    """
    if not migrated:
        name = await _make()
        try:
            yield _of(name)
        finally:
            await _drop(name)
        return
    name = _free.pop() if _free else await _make(migrated=True)
    try:
        yield _of(name)
    finally:
        if await _clear(name):
            _free.append(name)
        else:
            await _drop(name)


@pytest.fixture
async def postgres() -> AsyncIterator[str]:
    """The URL of a migrated PostgreSQL database of the test's own."""
    require_postgres()
    async with postgres_database() as url:
        yield url


@pytest.fixture
async def redis_room() -> AsyncIterator[RedisRoom]:
    """A place in Redis that is the test's own."""
    _require("Redis", _redis_silence())
    room = RedisRoom(os.environ.get("TEST_REDIS_URL") or _REDIS, f"codebell-test-{uuid4().hex[:12]}:")
    yield room
    async with redis.asyncio.from_url(room.url) as server:
        async for key in server.scan_iter(match=f"{room.prefix}*"):
            await server.delete(key)


def postgres_rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """Read a database as another process would: only what is committed."""
    found = _beside(_order(query, database=make_url(url).database))
    return [tuple(row) for row in found]


def require_postgres() -> None:
    """Skip the test where no PostgreSQL answers; fail it where one must."""
    _require("PostgreSQL", _postgres_silence())


def _require(what: str, silence: str | None) -> None:
    if silence is None:
        return
    told = f"{what} does not answer ({silence}); TEST_{what.upper().removesuffix('QL')}_URL may name another"
    if os.environ.get("REQUIRE_SERVERS"):
        pytest.fail(told)
    pytest.skip(told)


def _server() -> URL:
    return make_url(os.environ.get("TEST_POSTGRES_URL") or _POSTGRES)


def _of(database: str) -> str:
    return _server().set(database=database).render_as_string(hide_password=False)


async def _order(*statements: str, database: str | None = None) -> list[asyncpg.Record]:
    """Carry statements out, each by itself; return the rows of the last."""
    dsn = make_url(_of(database) if database else _server()).set(drivername="postgresql")
    connection = await asyncpg.connect(dsn.render_as_string(hide_password=False), timeout=_SECONDS)
    rows: list[asyncpg.Record] = []
    try:
        for statement in statements:
            rows = await connection.fetch(statement)
    finally:
        await connection.close()
    return rows


async def _make(*, migrated: bool = False) -> str:
    name = f"codebell_test_{os.getpid()}_{uuid4().hex[:8]}"
    await _order(
        f"CREATE DATABASE {name} TEMPLATE template0",
        f"ALTER DATABASE {name} SET synchronous_commit = off",  # who would miss it
    )
    _made.add(name)
    if migrated:
        database = Database(_of(name))
        await migrate(database)
        await database.close()
        _shapes[name] = await _order(_SHAPE, database=name)
    return name


async def _clear(name: str) -> bool:
    """Empty a database, whoever is connected; return whether it has the shape that it had at first."""
    await _order(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608 - our own name
    if await _order(_SHAPE, database=name) != _shapes[name]:
        return False
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    await _order(
        *(f"DELETE FROM {table}" for table in tables),  # noqa: S608 - our own tables
        "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences",
        database=name,
    )
    return True


async def _drop(name: str) -> None:
    await _order(f"DROP DATABASE {name} WITH (FORCE)")
    _made.discard(name)


@atexit.register
def _drop_all() -> None:
    for name in [*_made]:
        asyncio.run(_drop(name))


def _beside(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to its end in a loop of its own: the loop of whoever asks may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@cache
def _postgres_silence() -> str | None:
    """Return why no PostgreSQL can be had, or None; asked once in a process."""
    try:
        _beside(_order("SELECT 1"))
    except (OSError, asyncpg.PostgresError) as error:
        return f"{_server().host}:{_server().port or 5432}: {type(error).__name__}"
    return None


@cache
def _redis_silence() -> str | None:
    async def ask(url: str) -> None:
        async with redis.asyncio.from_url(url, socket_connect_timeout=_SECONDS) as server:
            await server.ping()

    try:
        _beside(ask(os.environ.get("TEST_REDIS_URL") or _REDIS))
    except (OSError, RedisError) as error:
        return type(error).__name__
    return None
