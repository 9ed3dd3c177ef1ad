"""Fixtures of the flows: a stage, the bot on it, and a person in each language."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.i18n import LANGUAGES
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
