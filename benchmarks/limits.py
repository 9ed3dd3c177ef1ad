"""Three times more demand than a provider's rate allows: is the rate kept, and does everybody get a share?

``python -m benchmarks.limits``. GetSMS.ONLINE allows 50 requests a second; 750 orders that want a check every
five seconds ask for 150. Meanwhile people look at their balance and buy. Beside it: the usual design.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks.command import Scale, run
from benchmarks.delivery import all_checked
from benchmarks.figures import Report, heading, spread
from benchmarks.presses import NoAnswer, buy
from benchmarks.processes import baseline, codebell, until
from benchmarks.traffic import checks_of, is_check
from benchmarks.world import World, open_world

PROVIDER = "getsms-online"
RATE = 50.0
DEMAND = 3.0
_BUCKETS = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it: orders, users, the interval in seconds, and how many rounds over all orders."""

    orders: int
    users: int
    interval: float
    rounds: float

    @property
    def round(self) -> float:
        """The seconds that one check of every order takes at the rate that is allowed."""
        return self.orders / RATE


FULL = Size(orders=750, users=25, interval=5.0, rounds=4.0)
QUICK = Size(orders=75, users=5, interval=0.5, rounds=2.0)


@dataclass(slots=True)
class Presses:
    """What people did meanwhile, in seconds.

    Attributes:
        balance: from the command to the provider's hearing of it.
        confirm: from the tap on *Buy* to the provider's hearing of it.
        first_check: from the purchase to the first check of the new order.
        lost: presses that led nowhere.
    """

    balance: list[float] = field(default_factory=list)
    confirm: list[float] = field(default_factory=list)
    first_check: list[float] = field(default_factory=list)
    lost: int = 0


async def watched(size: Size) -> dict[str, Any]:
    """Let the bot watch more than it may ask for, and have people use it meanwhile."""
    async with (
        open_world(PROVIDER, orders=size.orders, users=size.users) as world,
        codebell(world, None if size is FULL else size.interval),
    ):
        await all_checked(world, 2 * size.round)
        begun = time.perf_counter()
        presses = Presses()
        buying = asyncio.create_task(_use(world, size, presses))
        await until(begun + size.rounds * size.round)
        await buying
        return _judged(world, begun) | {
            "balance_s": spread(presses.balance),
            "confirm_s": spread(presses.confirm),
            "first_check_s": spread(presses.first_check),
            "presses": len(presses.balance) + len(presses.confirm),
            "presses_lost": presses.lost,
        }


async def usual(size: Size) -> dict[str, Any]:
    """Let the usual design watch the same orders."""
    async with (
        open_world(PROVIDER, orders=size.orders, users=size.users) as world,
        baseline("usual", world, interval=size.interval),
    ):
        await all_checked(world, 2 * size.interval)
        begun = time.perf_counter()
        await until(begun + 3 * size.interval)
        return _judged(world, begun)


async def _use(world: World, size: Size, presses: Presses) -> None:
    """Look at a balance and buy a number, again and again, each time as somebody else."""
    begun = time.perf_counter()
    owners = list({one.key: one.person for one in world.waiting}.items())
    turns = 3
    for turn in range(turns):
        await until(begun + turn * size.rounds * size.round / (turns + 1))
        key, person = owners[turn % len(owners)]
        sent = time.perf_counter()
        await person.send("/balance")
        presses.balance += await _heard(world, "getBalance", key, sent, presses)
        try:
            confirmed = await buy(person, "/buy tg ru")
        except NoAnswer:
            presses.lost += 1
            continue
        bought = await _heard(world, "getNumber", key, confirmed, presses)
        presses.confirm += bought
        if bought:
            presses.first_check += await _first_check(
                world, confirmed + bought[0], 2 * size.round + size.interval
            )


async def _heard(world: World, method: str, key: str, since: float, presses: Presses) -> list[float]:
    """Return after how many seconds the provider heard of it; nothing where it did not within 20."""
    end = time.perf_counter() + 20
    while time.perf_counter() < end:
        for one in reversed(world.requests.log):
            if one.at < since:
                break
            if one.method == method and one.key == key:
                return [one.at - since]
        await asyncio.sleep(0.02)
    presses.lost += 1
    return []


async def _first_check(world: World, since: float, seconds: float) -> list[float]:
    known, end = world.keys, time.perf_counter() + seconds
    while time.perf_counter() < end:
        for one in world.requests.log:
            if one.at > since and is_check(one) and one.order and one.order not in known:
                return [one.at - since]
        await asyncio.sleep(0.1)
    return [seconds]


def _judged(world: World, begun: float) -> dict[str, Any]:
    """Count what the provider heard, from this moment on."""
    log = [one for one in world.requests.log if one.at >= begun]
    end = max((one.at for one in log), default=begun)
    checks = checks_of(log, world.keys)
    waits = [later - earlier for many in checks.values() for earlier, later in pairwise(many)]
    longest, shortest = max(waits, default=0.0), min(waits, default=0.0)
    return {
        "requests": len(log) / (end - begun) if end > begun else 0.0,
        "most_in_a_second": most_within(1.0, [one.at for one in log]),
        "wait_s": spread(waits),
        "shortest_wait_s": shortest,
        "fairness": longest / shortest if shortest else None,
        "unchecked": sum(not many for many in checks.values()),
        "waits": histogram(waits),
    }


def most_within(seconds: float, moments: Iterable[float]) -> int:
    """Return the highest number of moments in any stretch of so many seconds."""
    most, recent = 0, deque[float]()
    for moment in moments:
        recent.append(moment)
        while recent[0] <= moment - seconds:
            recent.popleft()
        most = max(most, len(recent))
    return most


def histogram(values: Sequence[float]) -> list[tuple[float, int]]:
    """Return the lower ends of equal buckets from zero on, with how many values are in each."""
    width = max(values, default=0.0) / _BUCKETS or 1.0
    counts = Counter(min(int(value / width), _BUCKETS - 1) for value in values)
    return [(bucket * width, counts[bucket]) for bucket in range(_BUCKETS)]


async def measure_all(scale: Scale) -> Report:
    """Run both designs."""
    size = QUICK if scale.quick else FULL
    report = heading(quick=scale.quick)
    scale.say(f"{size.orders} orders, {DEMAND:.0f} times what {PROVIDER} allows")
    ours = await watched(size)
    scale.say("the usual design with the same")
    return report | {
        "provider": PROVIDER,
        "limit": RATE,
        "demand": size.orders / size.interval,
        "orders": size.orders,
        "round_s": size.round,
        "interval_s": size.interval,
        "codebell": ours,
        "usual": await usual(size),
    }


if __name__ == "__main__":
    run("limits", measure_all)
