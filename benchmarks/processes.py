"""The bot and the baselines as processes of their own, watched from outside."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.counted import SIZE, read_counts
from benchmarks.world import TOKEN, World
from bot.clock import SystemClock
from sandbox.bot_process import BotProcess, environment

MEGABYTE = 2**20
_GRACE = 10.0
_GRACE_FOR_BASELINES = 1.0  # they have nothing to lose


@dataclass(frozen=True, slots=True)
class Running:
    """A process under measurement.

    Attributes:
        began: when it was started, by this process's ``perf_counter``.
        counts: the file of its statements and commits; None for a baseline, which has no database.
    """

    process: psutil.Process
    began: float
    counts: Path | None
    modules: Path | None = None

    def cpu(self) -> float:
        """Return the seconds of CPU that it has used so far, children not counted."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        """Return its resident memory in MB."""
        return float(self.process.memory_info().rss) / MEGABYTE

    def statements(self) -> tuple[int, int]:
        """Return its SQL statements and commits so far."""
        return read_counts(self.counts) if self.counts else (0, 0)


@asynccontextmanager
async def codebell(world: World, interval: float | None = None) -> AsyncIterator[Running]:
    """Run the bot in a world; it is asked to end with the context.

    Args:
        world: whose database and addresses it gets.
        interval: seconds between two checks of an order, for quick runs; None for what the documents say.
    """
    counts, modules = world.folder / "counts", world.folder / "modules"
    counts.write_bytes(bytes(SIZE))
    variables = environment(token=TOKEN, url=world.url, data=world.folder)
    variables |= {
        "SECRET_KEY": world.secret,
        "LOG_LEVEL": "ERROR",
        "BENCH_COUNTS": str(counts),
        "BENCH_MODULES": str(modules),
    }
    if interval is not None:
        variables["BENCH_INTERVAL"] = str(interval)
    command = (sys.executable, "-m", "benchmarks.counted", "run", "--local-hosts")
    async with _running(command, variables, counts, modules) as running:
        yield running


def speaks(world: World) -> bool:
    """Whether a bot has called Telegram."""
    return any(one.call.method == "getMe" for one in world.calls.heard)


@asynccontextmanager
async def baseline(name: str, world: World, **job: Any) -> AsyncIterator[Running]:
    """Run a module of ``benchmarks.baselines`` in a world.

    Args:
        name: of the module; it gets the path of a JSON file with ``job`` and the addresses in it.
        world: what it talks to.
        job: what else it is to know.
    """
    path = world.folder / f"{name}.json"
    orders = [[world.check_form(one), one.person.id] for one in world.waiting]
    told = {"check_url": world.check_url, "api": world.url, "token": TOKEN, "orders": orders, **job}
    path.write_text(json.dumps(told), encoding="utf-8")
    command = (sys.executable, "-m", f"benchmarks.baselines.{name}", str(path))
    async with _running(command, {}, None, None) as running:
        yield running


@asynccontextmanager
async def _running(
    command: tuple[str, ...], variables: Mapping[str, str], counts: Path | None, modules: Path | None
) -> AsyncIterator[Running]:
    began = time.perf_counter()
    process = await BotProcess.start(variables, SystemClock(), command)
    try:
        yield Running(psutil.Process(process.pid), began, counts, modules)
    finally:
        await process.stop(_GRACE if counts else _GRACE_FOR_BASELINES)


async def wait_for(check: Callable[[], bool], seconds: float, step: float = 0.05) -> bool:
    """Return once the check holds, or after so many seconds; say whether it does.

    What it looks at is what simulators note down, which wakes nobody.
    """
    end = time.perf_counter() + seconds
    while not (holds := check()) and time.perf_counter() < end:  # noqa: ASYNC110 - see the docstring
        await asyncio.sleep(step)
    return holds


async def until(moment: float) -> None:
    """Return at this moment of ``perf_counter``."""
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))
