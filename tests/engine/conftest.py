"""A provider with stock, a database file, and an engine between them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.getsms import GetSmsSimulator, serve
from tests.engine.world import Builder, World
from tests.support.clock import ManualClock
from tests.support.servers import postgres_database, require_postgres


@pytest.fixture
def clock() -> ManualClock:
    """One time for the engine and the provider."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> GetSmsSimulator:
    """A provider that sells Telegram in Russia and Turkey, and WhatsApp in Russia."""
    sim = GetSmsSimulator(clock=clock)
    sim.stock("tg", "ru", count=5, price="12.50")
    sim.stock("tg", "turtsiia", count=3, price="40")
    sim.stock("wa", "ru", count=2, price="7.25")
    return sim


@pytest.fixture
async def database_url(request: pytest.FixtureRequest) -> AsyncIterator[str | None]:
    """None for an SQLite file of the test's own; tests that are marked ``ON_BOTH`` get PostgreSQL as well."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    require_postgres()
    async with postgres_database() as url:
        yield url


@pytest.fixture
async def builder(
    clock: ManualClock, sim: GetSmsSimulator, tmp_path: Path, database_url: str | None
) -> AsyncIterator[Builder]:
    """What makes engines on one database and one provider."""
    async with serve(sim) as url:
        yield Builder(clock, sim, url, tmp_path / "codebell.db", database_url)


@pytest.fixture
async def idle(builder: Builder) -> AsyncIterator[World]:
    """An engine that is not started, and a user with a key."""
    async with builder.world() as world:
        await world.add_account()
        yield world


@pytest.fixture
async def world(idle: World) -> World:
    """A running engine, and a user with a key."""
    await idle.start()
    return idle


@pytest.fixture
async def hasty(builder: Builder) -> AsyncIterator[World]:
    """A running engine whose purchases soon give up on silence, and a user with a key."""
    async with builder.world(hasty=True) as world:
        await world.add_account()
        await world.start()
        yield world
