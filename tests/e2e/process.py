"""``python -m bot`` as a process of its own, whose words can be read and which can be shot.

Most come out of a hatchery, since importing the bot takes seconds; ``fresh`` ones are started as an operator
starts them.
"""

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.clock import SystemClock
from sandbox.bot_process import BotProcess, Process
from tests.support.hatchlings import Hatchery, environment

HATCHERY = Hatchery()
_COMMAND_SECONDS = 60.0
_numbers = itertools.count(1)


class Bot(BotProcess):
    """A running bot.

    Attributes:
        log: the file that takes everything it writes.
    """

    def __init__(self, process: Process, log: Path) -> None:
        super().__init__(process, SystemClock())
        self.log = log

    @property
    def said(self) -> str:
        """Everything it has written so far, to either stream."""
        return self.log.read_text(encoding="utf-8")

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.returncode is not None

    async def kill(self) -> None:
        """End it as ``kill -9`` does: it has no last word."""
        os.kill(self.pid, signal.SIGKILL)
        assert await self.wait() == 128 + signal.SIGKILL


async def launch(variables: Mapping[str, str], folder: Path, *arguments: str, fresh: bool = False) -> Bot:
    """Start ``python -m bot`` in a folder, so that a ``.env`` of the checkout has no say.

    Args:
        variables: the configuration; with ``SABOTAGE`` in it, the bot is started by ``saboteur``.
        folder: the working directory; the log is put there too.
        *arguments: the command; none for ``run``.
        fresh: whether it is to be a new interpreter.
    """
    log = folder / f"bot-{next(_numbers)}.log"
    log.touch()
    if not fresh:
        program = "tests.e2e.saboteur" if "SABOTAGE" in variables else "bot.__main__"
        hatched = await HATCHERY.hatch(program, arguments, variables=variables, folder=folder, log=log)
        return Bot(hatched, log)
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=folder,
            env={**environment(), **variables},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
        )
    return Bot(process, log)


async def run(
    variables: Mapping[str, str], folder: Path, *arguments: str, fresh: bool = False
) -> tuple[int, str]:
    """Run a command of the bot that ends by itself; return its exit code and what it said."""
    bot = await launch(variables, folder, *arguments, fresh=fresh)
    try:
        async with asyncio.timeout(_COMMAND_SECONDS):
            return await bot.wait(), bot.said
    finally:
        await bot.stop(grace=0)
