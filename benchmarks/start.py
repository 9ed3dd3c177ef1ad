"""From the start of the process to the first check, and until every open order was asked for.

``python -m benchmarks.start``. Also: the memory of the bot with nothing to do, and what it has imported.
Beside it: a bare aiohttp loop with the same orders, and a bare aiogram bot.
"""

import asyncio
import time
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.command import Scale, run
from benchmarks.delivery import INTERVAL, SETTLED, START_UP, all_checked
from benchmarks.figures import Report, heading
from benchmarks.processes import Running, baseline, codebell, speaks, wait_for
from benchmarks.traffic import checks_of, is_check
from benchmarks.world import World, open_world

HEAVY = ("matplotlib", "numpy", "PIL", "phonenumbers.geocoder", "phonenumbers.carrier", "alembic")
_STEP_S = 0.25


@dataclass(frozen=True, slots=True)
class Size:
    """How many orders of how many users; the interval in seconds."""

    orders: int
    users: int
    interval: float


FULL = Size(10_000, 200, INTERVAL)
QUICK = Size(40, 4, 0.5)


async def started(size: Size, provider: str, *, is_ours: bool) -> dict[str, Any]:
    """Start one design and wait until it has asked for every order."""
    hurried = None if size is FULL else size.interval
    async with open_world(provider, orders=size.orders, users=size.users) as world:
        running: AbstractAsyncContextManager[Running] = (
            codebell(world, hurried) if is_ours else baseline("bare", world, interval=size.interval)
        )
        async with running as process:
            await all_checked(world, 4 * size.interval)
            return _judged(world, process, size)


def _judged(world: World, process: Running, size: Size) -> dict[str, Any]:
    firsts = sorted(many[0] for many in checks_of(world.requests.log, world.keys).values() if many)
    first = next((one.at for one in world.requests.log if is_check(one)), process.began)
    last = firsts[-1] if firsts else first
    return {
        "orders": size.orders,
        "checked": len(firsts),
        "first_s": first - process.began,
        "all_s": last - process.began,
        "spread": (last - first) / size.interval,  # in intervals, from the first check to the last first one
        "cpu_s": process.cpu(),
        "memory_mb": process.memory(),
        "curve": _curve(firsts, process.began, last),
    }


def _curve(moments: Iterable[float], began: float, end: float) -> list[tuple[float, int]]:
    """Return how many orders had been asked for after each quarter of a second."""
    many = list(moments)
    steps = range(int((end - began) / _STEP_S) + 2)
    return [(step * _STEP_S, sum(at <= began + step * _STEP_S for at in many)) for step in steps]


async def idle(*, is_ours: bool) -> dict[str, Any]:
    """Return what the bot takes, or a bare aiogram bot, with nothing to do."""
    async with open_world("getsms", orders=0, users=1) as world:
        running = codebell(world) if is_ours else baseline("echo", world)
        async with running as process:
            await wait_for(partial(speaks, world), START_UP, 0.02)
            ready = time.perf_counter() - process.began
            await asyncio.sleep(SETTLED)
            figures = {"ready_s": ready, "memory_mb": process.memory(), "cpu_s": process.cpu()}
        if process.modules is None:
            return figures
        loaded = process.modules.read_text(encoding="utf-8").split()
        return figures | {"heavy": [name for name in HEAVY if name in loaded]}


async def measure_all(scale: Scale) -> Report:
    """Start everything once."""
    size = QUICK if scale.quick else FULL
    report = heading(quick=scale.quick)
    scale.say("the idle bot, and a bare aiogram bot")
    report |= {
        "interval_s": size.interval,
        "idle": await idle(is_ours=True),
        "idle_bare": await idle(is_ours=False),
    }
    scale.say(f"starts with {size.orders:,} orders")
    return report | {
        "getsms": await started(size, "getsms", is_ours=True),
        "sms_activate": await started(size, "sms-activate", is_ours=True),
        "bare": await started(size, "getsms", is_ours=False),
    }


if __name__ == "__main__":
    run("start", measure_all)
