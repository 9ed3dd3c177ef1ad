"""Fixtures of the end-to-end tests."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.e2e.process import HATCHERY
from tests.e2e.shopper import Shopper
from tests.e2e.world import World


@pytest.fixture(scope="session", autouse=True)
def hatchery() -> Iterator[None]:
    """The hatchery ends with the tests."""
    yield
    HATCHERY.close()


@pytest.fixture
async def closed_world(tmp_path: Path) -> AsyncIterator[World]:
    """Simulators that do not answer before somebody opens them; a test that fails shows the bots' words."""
    async with World(tmp_path) as world:
        yield world
    for bot in world.bots:
        print(f"--- {bot.log.name}\n{bot.said}")  # noqa: T201 - pytest shows it with a failure


@pytest.fixture
async def world(closed_world: World) -> World:
    """Simulators that answer."""
    await closed_world.open()
    return closed_world


@pytest.fixture
def anna(world: World) -> Shopper:
    """A person who has not written to the bot yet."""
    return Shopper(world)
