"""A thousand codes within a second: when has Telegram accepted them all, against what it allows?

``python -m benchmarks.burst``. The simulated Telegram refuses what is too much, as the real one does.
Beside it: a bare loop that sends each code at once and pauses for as long as Telegram says.
"""

import random
import time
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from benchmarks.command import Scale, run
from benchmarks.delivery import all_checked
from benchmarks.figures import Report, heading
from benchmarks.processes import Running, baseline, codebell, until, wait_for
from benchmarks.traffic import checks_of
from benchmarks.world import World, open_world
from sandbox.telegram.limits import Rates

ALLOWED = Rates()
_SEED = 30
_PATIENCE = 3.0  # times the least that the codes can take
_STEP_S = 0.5


@dataclass(frozen=True, slots=True)
class Size:
    """How many codes, each of another user; the orders' interval, None for what the document says."""

    codes: int
    interval: float | None


FULL = Size(1000, None)
QUICK = Size(60, 0.5)


def least(found: Iterable[float]) -> list[float]:
    """Return when each code could be sent at the earliest, under the limit of all chats together.

    Args:
        found: when the provider has handed each code out; in seconds, any order.
    """
    tokens, filled_at, sent = ALLOWED.overall, 0.0, []
    for moment in sorted(found):
        tokens = min(ALLOWED.overall, tokens + max(0.0, moment - filled_at) * ALLOWED.overall)
        filled_at = max(moment, filled_at)
        at = filled_at + max(0.0, 1 - tokens) / ALLOWED.overall
        tokens += (at - filled_at) * ALLOWED.overall - 1
        filled_at = at
        sent.append(at)
    return sent


async def measure(world: World, size: Size) -> dict[str, Any]:
    """Let all SMS arrive within a second, and wait until their codes are told."""
    await all_checked(world, 3 * (size.interval or 5.0))
    lottery = random.Random(_SEED)  # noqa: S311 - the same moments in every run
    moments = sorted(lottery.uniform(0, 1) for _ in world.waiting)
    begun = time.perf_counter()
    came: dict[str, tuple[str, float]] = {}
    for number, (order, moment) in enumerate(zip(world.waiting, moments, strict=True)):
        await until(begun + moment)
        code = f"{100_000 + number}"
        came[code] = (order.remote_id, world.deliver(order, code))
    patience = _PATIENCE * len(came) / ALLOWED.overall + 4 * (size.interval or 5.0)
    await wait_for(lambda: len(world.calls.told()) >= len(came), patience, 0.2)
    return _judged(world, came, begun)


def _judged(world: World, came: dict[str, tuple[str, float]], begun: float) -> dict[str, Any]:
    checks = checks_of(world.requests.log, world.keys)
    found = {
        code: min((at for at in checks[order] if at > since), default=since)
        for code, (order, since) in came.items()
    }
    told = world.calls.told()
    earliest = least(found.values())
    last_found, last = max(found.values()), max(told.values(), default=begun)
    took, allowed = last - begun, earliest[-1] - begun
    # A card that goes out while codes wait has taken the place of one; which codes the bot had in hand when a
    # card's turn came, only the bot knows: those found half a second before count.
    cards = [one.at for one in world.calls.heard if one.call.method == "editMessageText" and one.is_accepted]
    overtaken = sum(any(found[code] + 0.5 < at < told[code] for code in told) for at in cards)
    return {
        "codes": len(came),
        "told": len(told.keys() & came.keys()),
        "took_s": took,
        "least_s": allowed,
        "ratio": took / allowed if allowed else 0.0,
        "all_found_s": last_found - begun,
        "refused": sum(one.is_refused for one in world.calls.heard),
        "cards_before_codes": overtaken,
        "curve": _curve(told.values(), begun, last),
        "least_curve": _curve(earliest, begun, last),
    }


def _curve(moments: Iterable[float], begun: float, end: float) -> list[tuple[float, int]]:
    """Return how many there were after each half second."""
    many = sorted(moments)
    steps = range(int((end - begun) / _STEP_S) + 2)
    return [(step * _STEP_S, sum(at <= begun + step * _STEP_S for at in many)) for step in steps]


async def _with(size: Size, *, is_ours: bool) -> dict[str, Any]:
    async with open_world("getsms", orders=size.codes, users=size.codes, rates=ALLOWED) as world:
        started: AbstractAsyncContextManager[Running] = (
            codebell(world, size.interval)
            if is_ours
            else baseline("bare", world, interval=size.interval or 5.0)
        )
        async with started:
            return await measure(world, size)


async def measure_all(scale: Scale) -> Report:
    """Run the bot, and the bare loop."""
    size = QUICK if scale.quick else FULL
    report = heading(quick=scale.quick)
    scale.say(f"{size.codes:,} codes within a second")
    ours = await _with(size, is_ours=True)
    scale.say("the same at a bare loop that pauses when it is told to")
    return report | {"a_second": ALLOWED.overall, "codebell": ours, "bare": await _with(size, is_ours=False)}


if __name__ == "__main__":
    run("burst", measure_all)
