"""Fixtures of the flows: a stage, the bot on it, and a person in each language."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.i18n import LANGUAGES
from sandbox.handler_api import HandlerApiSimulator
from tests.flows.house import furnished, knowing
from tests.flows.stage import Actor, Stage


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told to wait: the stage's clock runs on while real I/O is under way."""
    monkeypatch.setattr("bot.telegram.visit._PATIENCE_SECONDS", 24 * 3600.0)


@pytest.fixture
async def empty_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Simulators without a bot."""
    async with Stage(tmp_path).open() as stage:
        yield stage


@pytest.fixture
async def stage(empty_stage: Stage) -> AsyncIterator[Stage]:
    """A running bot, which must not have logged an error by the end of the test."""
    async with empty_stage.bot():
        yield empty_stage
    assert empty_stage.faults == []


@pytest.fixture(params=list(LANGUAGES))
def anna(request: pytest.FixtureRequest, stage: Stage) -> Actor:
    """A person who has not written to the bot yet, in each language."""
    return stage.actor(request.param)


@pytest.fixture
async def house(empty_stage: Stage) -> AsyncIterator[HandlerApiSimulator]:
    """A running bot that also knows House, which can do all that SMS-Activate can."""
    sim = furnished(empty_stage)
    async with knowing(empty_stage, sim):
        yield sim
    assert empty_stage.faults == []


@pytest.fixture
async def guest(empty_stage: Stage, house: HandlerApiSimulator) -> Actor:
    """Somebody with a key at House alone, in English."""
    assert house.orders == []
    actor = empty_stage.actor()
    await actor.add_key(provider="House")
    return actor
