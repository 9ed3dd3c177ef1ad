"""The tests' side of the hatchery: bots that start in a moment, are killed, and leave word of it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from sandbox.bot_process import PROJECT
from tests.crash.commits import Point
from tests.crash.hatchery import READY

WALL = "wall.clock"
KILLED = 128 + signal.SIGKILL
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR")  # nothing else of the tester's environment configures the bot


class Bot:
    """A running bot.

    Attributes:
        pid: its process.
        ended: done, with the exit code, once it has ended.
    """

    def __init__(self, pid: int, ended: asyncio.Task[int]) -> None:
        self.pid = pid
        self.ended = ended

    async def kill(self) -> None:
        """End it as ``kill -9`` does; nothing where it has ended by itself."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        await self.ended

    async def stop(self) -> int:
        """Ask it to end; return its exit code."""
        if not self.ended.done():
            os.kill(self.pid, signal.SIGTERM)
        return await self.ended


class Nest:
    """One hatchery, and the bots that came out of it, one after another.

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

    async def __aenter__(self) -> Self:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        with self.log.open("ab") as log:
            self._hatchery = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.crash.hatchery"),
                cwd=PROJECT,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert await self._hear() == READY
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._hatchery.stdin is not None
        self._hatchery.stdin.close()
        await self._hatchery.wait()

    async def hatch(self, variables: Mapping[str, str], kill_at: Point | None = None, times: int = 1) -> Bot:
        """Start a bot; the one before must have ended.

        Args:
            variables: its configuration.
            kill_at: the point at which it kills itself; None: at none.
            times: at which passing of that point.
        """
        wish = {
            "folder": str(self._folder),
            "log": str(self.log),
            "points": str(self.points),
            "wall": str(self.wall),
            "variables": dict(variables),
            "kill_at": str(kill_at) if kill_at else None,
            "times": times,
        }
        assert self._hatchery.stdin is not None
        self._hatchery.stdin.write(f"{json.dumps(wish)}\n".encode())
        pid = await self._hear()
        return Bot(pid, asyncio.create_task(self._hear()))

    def passed(self) -> list[Point]:
        """Return the points that were passed since this was asked last."""
        with self.points.open() as file:
            file.seek(self._read)
            lines = file.readlines()
            self._read = file.tell()
        return [Point.parse(line.rstrip("\n")) for line in lines]

    async def _hear(self) -> Any:
        assert self._hatchery.stdout is not None
        return json.loads(await self._hatchery.stdout.readline() or "null")
