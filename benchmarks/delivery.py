"""From *the SMS is at the provider* to *Telegram has accepted the message*, while many orders wait.

``python -m benchmarks.delivery``. The bot runs as a process of its own; this process plays Telegram and the
provider for it. Beside it, on the same simulators: a bare aiohttp loop, and the usual design.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from itertools import pairwise

from benchmarks.command import Scale, run
from benchmarks.figures import Report, heading, spread
from benchmarks.processes import Running, baseline, codebell, speaks, until, wait_for
from benchmarks.traffic import checks_of, is_check
from benchmarks.world import Waiting, World, open_world

INTERVAL = 5.0
BOT, BARE, USUAL = "codebell", "bare aiohttp", "usual design"
_SEED = 20
_PATIENCE_ROUNDS = 3  # for the first check of every order; the usual design never gets there
START_UP = 30.0  # at the most, for a process to do its first thing
SETTLED = 2.0  # seconds after which an idle bot has done all that a start brings
_PATIENCE_S = 15.0  # for codes that are not told yet; on a busy machine, or by a design that cannot keep up
_AFTERMATH = 0.5  # for what belongs to the last code: its card, its rows


@dataclass(frozen=True, slots=True)
class Case:
    """One run: who asks which provider for how many orders, of how many users."""

    design: str
    provider: str
    orders: int
    users: int


@dataclass(frozen=True, slots=True)
class Times:
    """How long a run lasts, in seconds: without news, with SMS, and between two checks of an order."""

    quiet: float
    news: float
    interval: float


# Telegram takes one message a second in a chat, and each code is a message and an edit of its card: one
# user cannot be told more than a code each two seconds, and fewer than 200 users not many a second.
_SMS_A_SECOND = {1: 0.4, 20: 2.5}
_SMS_A_SECOND_AT_MOST = 10.0

FULL = (
    *(
        Case(BOT, provider, orders, min(orders, 200))
        for provider in ("getsms", "sms-activate")
        for orders in (100, 1000, 5000, 10_000)
    ),
    *(Case(BOT, provider, 10_000, users) for provider in ("getsms", "sms-activate") for users in (1, 20)),
    Case(BARE, "getsms", 1000, 200),
    Case(BARE, "getsms", 10_000, 200),
    Case(BARE, "sms-activate", 10_000, 200),
    Case(USUAL, "getsms", 1000, 200),
    Case(USUAL, "getsms", 10_000, 200),
)
QUICK = (
    Case(BOT, "getsms", 20, 4),
    Case(BOT, "sms-activate", 20, 4),
    Case(BARE, "getsms", 20, 4),
    Case(USUAL, "getsms", 20, 4),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run has measured.

    Attributes:
        codes: how many SMS came.
        told: how many of them reached Telegram in time.
        lag_ms: from the moment when the next check was due to Telegram's acceptance.
        told_ms: from the check that found the SMS to Telegram's acceptance.
        total_s: from the SMS at the provider to Telegram's acceptance.
        lateness_ms: of a check: from one to the next, beyond the interval.
        checked: share of the orders that were asked for at all.
        requests: that the provider counted in a second without news.
        checks: of orders in a second without news; one request about an account checks all its orders.
        core: share of one core, without news.
        cpu_us: microseconds of CPU for one check of one order, without news.
        memory_mb: resident, at the end.
        memory_kb: what each order added to the memory of the idle bot; None for baselines.
        statements: SQL statements in the time without news.
        statements_per_check: those for one check of one order.
        statements_per_code: SQL statements for each SMS, its check, its message and its card.
        commits_per_code: transactions for each SMS.
    """

    codes: int
    told: int
    lag_ms: dict[str, float]
    told_ms: dict[str, float]
    total_s: dict[str, float]
    lateness_ms: dict[str, float]
    checked: float
    requests: float
    checks: float
    core: float
    cpu_us: float
    memory_mb: float
    memory_kb: float | None
    statements: int
    statements_per_check: float
    statements_per_code: float
    commits_per_code: float


def _started(case: Case, world: World, interval: float) -> AbstractAsyncContextManager[Running]:
    if case.design == BOT:
        return codebell(world, None if interval == INTERVAL else interval)
    return baseline("bare" if case.design == BARE else "usual", world, interval=interval)


async def measure(case: Case, times: Times, idle_mb: float) -> Figures:
    """Let one design watch its orders, first without news, then while SMS arrive at random moments."""
    async with (
        open_world(case.provider, orders=case.orders, users=case.users) as world,
        _started(case, world, times.interval) as running,
    ):
        await all_checked(world, _PATIENCE_ROUNDS * times.interval)
        return await _observe(case, world, running, times, idle_mb)


async def all_checked(world: World, seconds: float) -> None:
    """Return when every order was asked for, at the latest so long after the first was."""
    await wait_for(lambda: any(map(is_check, world.requests.log)), START_UP)
    await wait_for(
        lambda: all(checks_of(world.requests.log, world.keys).values()), seconds, min(0.5, seconds / 10)
    )


async def _observe(case: Case, world: World, running: Running, times: Times, idle_mb: float) -> Figures:
    begun, used, (statements, _) = time.perf_counter(), running.cpu(), running.statements()
    await until(begun + times.quiet)
    quiet_end, quiet_used = time.perf_counter(), running.cpu() - used
    before, commits = running.statements()
    came = await _send_sms(case, world, times.news)
    await wait_for(lambda: came.keys() <= world.calls.told().keys(), _PATIENCE_S, 0.1)
    await asyncio.sleep(_AFTERMATH)
    memory = running.memory()
    after, commits_after = running.statements()
    log = world.requests.log
    checks = checks_of(log, world.keys)
    took = quiet_end - begun
    made = sum(begun <= at < quiet_end for many in checks.values() for at in many)
    told = world.calls.told()
    heard = [(one, at, told[code]) for code, (one, at) in came.items() if code in told]
    due = [_due(checks[one.remote_id], at, times.interval, running.began) for one, at, _ in heard]
    first_news = min((at for _, at in came.values()), default=quiet_end)
    return Figures(
        codes=len(came),
        told=len(heard),
        lag_ms=spread([end - at for (_, _, end), at in zip(heard, due, strict=True)], 1000),
        told_ms=spread([end - _found(checks[one.remote_id], at) for one, at, end in heard], 1000),
        total_s=spread([end - at for _, at, end in heard]),
        lateness_ms=spread(_lateness(list(checks.values()), first_news, times.interval), 1000),
        checked=sum(1 for many in checks.values() if many) / case.orders,
        requests=sum(is_check(one) and begun <= one.at < quiet_end for one in log) / took,
        checks=made / took,
        core=quiet_used / took,
        cpu_us=quiet_used / made * 1e6 if made else 0.0,
        memory_mb=memory,
        memory_kb=(memory - idle_mb) * 1024 / case.orders if case.design == BOT else None,
        statements=before - statements,
        statements_per_check=(before - statements) / made if made else 0.0,
        statements_per_code=(after - before) / len(came) if came else 0.0,
        commits_per_code=(commits_after - commits) / len(came) if came else 0.0,
    )


async def _send_sms(case: Case, world: World, seconds: float) -> dict[str, tuple[Waiting, float]]:
    """Let SMS arrive at random moments, user by user; return for each code whose it is and when it came."""
    lottery = random.Random(_SEED)  # noqa: S311 - the same moments in every run
    rate = _SMS_A_SECOND.get(case.users, _SMS_A_SECOND_AT_MOST)
    count = min(max(2, int(seconds * rate)), len(world.waiting))
    # Persons take turns in the list; a random stretch of it spreads the SMS over them as evenly as can be.
    first = lottery.randrange(len(world.waiting))
    chosen = [world.waiting[(first + place) % len(world.waiting)] for place in range(count)]
    begun = time.perf_counter()
    came: dict[str, tuple[Waiting, float]] = {}
    moments = sorted(lottery.uniform(0, seconds) for _ in chosen)
    for number, (order, moment) in enumerate(zip(chosen, moments, strict=True)):
        await until(begun + moment)
        code = f"{100_000 + number}"
        came[code] = (order, world.deliver(order, code))
    await until(begun + seconds)
    return came


def _due(checks: Sequence[float], came: float, interval: float, start: float) -> float:
    """Return when an order was to be asked for next after its SMS came."""
    before = max((at for at in checks if at <= came), default=start)
    return before + interval


def _found(checks: Sequence[float], came: float) -> float:
    """Return when an order was asked for after its SMS came; when it came where nobody asked."""
    return min((at for at in checks if at > came), default=came)


def _lateness(checks: Sequence[Sequence[float]], before: float, interval: float) -> list[float]:
    """Return how much later than the interval each check came, while there was no news."""
    quiet = ([at for at in many if at < before] for many in checks)
    return [second - first - interval for many in quiet for first, second in pairwise(many)]


async def idle_memory() -> float:
    """Return the resident memory in MB of the bot without any order."""
    async with open_world("getsms", orders=0, users=1) as world, codebell(world) as running:
        await wait_for(lambda: speaks(world), START_UP)
        await asyncio.sleep(SETTLED)
        return running.memory()


async def measure_all(scale: Scale) -> Report:
    """Run every case; one after the other, because they share the cores."""
    report = heading(quick=scale.quick)
    idle = await idle_memory()
    times = Times(1.0, 1.5, 0.5) if scale.quick else Times(INTERVAL, 10.0, INTERVAL)
    rows = []
    for case in QUICK if scale.quick else FULL:
        scale.say(f"{case.design}, {case.provider}, {case.orders:,} orders of {case.users} users")
        rows.append(asdict(case) | asdict(await measure(case, times, idle)))
    return report | {"interval_s": times.interval, "idle_mb": idle, "runs": rows}


if __name__ == "__main__":
    run("delivery", measure_all)
