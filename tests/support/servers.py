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
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg
import pytest
import redis.asyncio
from redis.exceptions import RedisError
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from bot.storage.database import Database
from bot.storage.schema import migrate

T = TypeVar("T")

_POSTGRES = "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
_REDIS = "redis://127.0.0.1:6379/0"
_SECONDS = 5.0


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
    """Make a database on PostgreSQL; drop it afterwards, whoever is still connected.

    Args:
        migrated: whether it has the tables of the newest revision, or none.
    """
    name = _new_name()
    await _order(f"CREATE DATABASE {name} TEMPLATE {_newest() if migrated else 'template0'}")
    try:
        yield _of(name)
    finally:
        await _order(f"DROP DATABASE {name} WITH (FORCE)")


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


def _new_name() -> str:
    return f"codebell_test_{os.getpid()}_{uuid4().hex[:8]}"


async def _order(statement: str) -> None:
    dsn = _server().set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn, timeout=_SECONDS)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _beside(work: Coroutine[Any, Any, T]) -> T:
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


@cache
def _newest() -> str:
    """Make an empty database of the newest revision, to copy others from; it goes when the process ends."""
    name = _new_name()

    async def make() -> None:
        await _order(f"CREATE DATABASE {name} TEMPLATE template0")
        database = Database(_of(name))
        await migrate(database)
        await database.close()

    _beside(make())
    atexit.register(lambda: asyncio.run(_order(f"DROP DATABASE {name} WITH (FORCE)")))
    return name
