"""Everything goes wrong but the bot: it stays up while people buy, and afterwards nothing is lost."""

import asyncio
import os
import random
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.crash.audit import settled
from tests.crash.findings import Findings
from tests.crash.nest import Bot
from tests.crash.plan import SEED, tell
from tests.crash.town import HURRY, Town
from tests.crash.weather import Weather

_PEOPLE = 24
_STORM = 20.0  # seconds
_CALM = 4.0
_PATIENCE = 90.0  # seconds: the pauses of Telegram and of the providers have to pass
_LOCKED = (3.0, 13.0)  # seconds: within SQLite's own patience, and beyond it
_HOUR = 3600.0
_FEW = 8
_DISK = "24m"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Providers, a Telegram and a crowd that is at home."""
    async with Town(tmp_path, SEED, _PEOPLE, sms=1) as town:
        yield town


@pytest.fixture
def weather(town: Town) -> Weather:
    """What goes wrong."""
    return Weather(town, random.Random(SEED))  # noqa: S311 - a test that is repeatable, no secret


async def _catches_up(town: Town, bot: Bot) -> Findings:
    """Hold that the bot is the one that was started, and that it made good what went wrong."""
    await town.rest()
    town.clock.hurry(HURRY)
    findings = await settled(town, _PATIENCE)
    assert not bot.ended.done(), town.nest.log.read_text()[-4000:]
    assert await bot.stop() == 0
    assert not findings.problems, "\n".join([f"CRASH_SEED={SEED}", *findings.problems])
    return findings


async def test_everything_goes_wrong_but_the_bot(town: Town, weather: Weather) -> None:
    """Lost calls and answers, 5xx, pages, silence, 429, locks, a clock that jumps: all is made good."""
    bot = await town.hatch()
    town.stir()
    await asyncio.sleep(2 * _CALM)
    await weather.rage(_STORM)
    weather.rebuke()
    for seconds in _LOCKED:
        await weather.lock(seconds)
        await asyncio.sleep(_CALM)
    for off in (_HOUR, -_HOUR, 0):
        town.clock.set_off(off)
        await asyncio.sleep(_CALM)
    findings = await _catches_up(town, bot)
    tell({**{f"weather: {name}": times for name, times in weather.seen.items()}, **findings.counts})
    assert findings.counts["SMS told"] + findings.counts["SMS of rentals told"] > _FEW
    assert not town.rows("SELECT id FROM orders WHERE state = 'expired' AND error IS NOT NULL")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room; skipped where none may be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ("/bin/mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder))
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603 - ours
        pytest.skip("the disk that runs full needs the right to mount a tmpfs")
    yield folder
    subprocess.run(("/bin/umount", "--lazy", str(folder)), check=True)  # noqa: S603 - as above


async def test_a_disk_that_is_full_for_a_while(small_disk: Path) -> None:
    """The bot lives on without room for a word, and goes on where it stood once there is room again."""
    async with Town(small_disk, SEED, _PEOPLE, sms=1) as town:
        bot = await town.hatch()
        town.stir()
        await asyncio.sleep(_CALM)
        ballast = small_disk / "ballast"
        _fill(ballast)
        await asyncio.sleep(3 * _CALM)
        ballast.unlink()
        await asyncio.sleep(2 * _CALM)
        findings = await _catches_up(town, bot)
    assert findings.counts["SMS told"] + findings.counts["SMS of rentals told"] > _FEW


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as ballast:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    ballast.write(bytes(size))
            except OSError:
                continue
