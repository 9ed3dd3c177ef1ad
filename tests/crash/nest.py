"""Where the town's bots come from: they start in a moment, are killed, and leave word of it."""

import asyncio
import json
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.crash.commits import Point
from tests.crash.mortal import Lot
from tests.support.hatchlings import Hatchery, Hatchling

WALL = "wall.clock"
KILLED = -signal.SIGKILL


class Bot:
    """A running bot.

    Attributes:
        pid: its process.
        ended: done, with the exit code (-n for signal n), once it has ended.
    """

    def __init__(self, hatchling: Hatchling) -> None:
        self.pid = hatchling.pid
        self.ended = asyncio.create_task(hatchling.wait())
        self._hatchling = hatchling

    async def kill(self) -> None:
        """End it as ``kill -9`` does; nothing where it has ended by itself."""
        self._hatchling.kill()
        await self.ended

    async def stop(self) -> int:
        """Ask it to end; return its exit code."""
        self._hatchling.send_signal(signal.SIGTERM)
        return await self.ended

    def freeze(self) -> None:
        """Stop it in the middle of whatever it does; nothing of it is lost."""
        self._hatchling.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on where it was stopped."""
        self._hatchling.send_signal(signal.SIGCONT)


class Nest:
    """One hatchery, and the bots that came out of it.

    Args:
        folder: the bots' working directory, where their words and the points that they passed are kept.

    Attributes:
        log: what the bots say.
        points: the points that they passed.
        wall: how their clocks stand; see ``tests.crash.wall``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.log = folder / "bots.log"
        self.points = folder / "points.log"
        self.points.touch()
        self.wall = folder / WALL
        self._read = 0
        self._hatchery = Hatchery()
        self._bots: list[Bot] = []

    async def __aenter__(self) -> Self:
        await self._hatchery.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        for bot in self._bots:
            await bot.kill()
        self._hatchery.close()

    async def hatch(
        self,
        variables: Mapping[str, str],
        kill_at: Point | None = None,
        times: int = 1,
        program: str = "tests.crash.mortal",
    ) -> Bot:
        """Start a bot.

        Args:
            variables: its configuration.
            kill_at: the point at which it kills itself; None: at none.
            times: at which passing of that point.
            program: the module whose ``main`` it is.
        """
        lot = Lot(
            wall=str(self.wall),
            points=str(self.points),
            kill_at=str(kill_at) if kill_at else None,
            times=times,
        )
        hatchling = await self._hatchery.hatch(
            program,
            [json.dumps(lot)],
            variables=variables,
            folder=self._folder,
            log=self.log,
        )
        bot = Bot(hatchling)
        self._bots.append(bot)
        return bot

    def passed(self) -> list[Point]:
        """Return the points that were passed since this was asked last."""
        with self.points.open() as file:
            file.seek(self._read)
            lines = file.readlines()
            self._read = file.tell()
        return [Point.parse(line.rstrip("\n")) for line in lines]
