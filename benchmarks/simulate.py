"""Thousands to a million users in an hour of the day: what grows, and which limit is met first.

``python -m benchmarks.simulate``. Nothing runs here but arithmetic: second by second people buy numbers, SMS
come, numbers are given back or end, and messages wait for their turn at Telegram. What a check, an order and
a code cost is taken from ``benchmarks/results/delivery.json``; how people behave is assumed, in ``Habits``.
The dice are seeded, so that the same figures come out every time.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log

import numpy as np

from benchmarks.delivery import BOT
from benchmarks.figures import Report, kept
from benchmarks.page import SCALE, renew_part
from benchmarks.tables import rows_of

USERS = (1_000, 10_000, 100_000, 1_000_000)
SEED = 7
_HOUR = 3600
_WARM_UP = 1200  # seconds before the hour that is looked at: longer than any number lives
_SOON = 1.0  # seconds that a code may wait for its turn at Telegram, of which a hundredth may be longer
_MOST_BOTS = 200


@dataclass(frozen=True, slots=True)
class Habits:
    """How people are assumed to behave, and what the parties allow.

    Attributes:
        buys_a_day: numbers a person buys.
        busiest_hour: share of the day's purchases in the hour that is looked at.
        success: share of numbers that get an SMS.
        median_s: half of the SMS come within so many seconds.
        sigma: of the normal distribution of the logarithm of that time.
        given_up_s: when a person gives a number without an SMS back.
        screens: messages and edits on the way to a purchase, its card included.
        messages_a_code: the code, and the edit of its card.
        interval_s: between two checks of an order.
        telegram: messages a second that Telegram takes from one bot.
        by_address: requests a second that a strict provider takes from one address.
        strict: share of the orders at such providers.
    """

    buys_a_day: float = 2.0
    busiest_hour: float = 0.08
    success: float = 0.7
    median_s: float = 25.0
    sigma: float = 0.8
    given_up_s: int = 300
    screens: int = 5
    messages_a_code: int = 2
    interval_s: float = 5.0
    telegram: int = 30
    by_address: float = 50.0
    strict: float = 0.25


@dataclass(frozen=True, slots=True)
class Costs:
    """What one process was measured to need.

    Attributes:
        check_us: CPU for a check of an order by itself, in µs.
        order_kb: memory for an order that waits.
        statements_a_code: SQL statements from an SMS to its message.
    """

    check_us: float
    order_kb: float
    statements_a_code: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One number of users, in the busiest hour.

    Attributes:
        users: how many.
        open_orders: most at once.
        checks: most in a second, with a check for each order.
        codes: most in a second.
        messages: a second, on average.
        cores: for the checks alone.
        memory_mb: for the orders alone.
        statements: SQL a second for the codes, on average.
        wait_s: 99th percentile of a code's wait at Telegram with one bot; None where the queue only grows.
        bots: how many are needed so that a code hardly waits, and no queue grows.
        addresses: how many the strict providers want.
    """

    users: int
    open_orders: int
    checks: float
    codes: int
    messages: float
    cores: float
    memory_mb: float
    statements: float
    wait_s: float | None
    bots: int
    addresses: int


def costs_of(report: Report) -> Costs:
    """Take the costs from the report of the delivery benchmark: of the run with the most orders and users."""
    runs = [run for run in report["runs"] if run["design"] == BOT and run["provider"] == "getsms"]
    run = max(runs, key=lambda one: (one["orders"], one["users"]))
    return Costs(run["cpu_us"], run["memory_kb"] or 0.0, run["statements_per_code"])


def simulate(users: int, costs: Costs, habits: Habits, seed: int = SEED) -> Outcome:
    """Play the hour."""
    dice = np.random.default_rng(seed)
    seconds = _WARM_UP + _HOUR
    a_second = users * habits.buys_a_day * habits.busiest_hour / _HOUR
    bought = dice.poisson(a_second, seconds)
    begin = np.repeat(np.arange(seconds), bought)
    comes = dice.random(len(begin)) < habits.success
    until_sms = dice.lognormal(log(habits.median_s), habits.sigma, len(begin)).astype(np.int64)
    comes &= until_sms < habits.given_up_s
    end = begin + np.where(comes, until_sms, habits.given_up_s)
    open_orders = np.cumsum(bought - np.bincount(end, minlength=seconds)[:seconds])[_WARM_UP:]
    codes = np.bincount(end[comes], minlength=seconds)[_WARM_UP:seconds]
    others = bought[_WARM_UP:] * habits.screens + codes * (habits.messages_a_code - 1)
    checks = open_orders.max() / habits.interval_s
    return Outcome(
        users=users,
        open_orders=int(open_orders.max()),
        checks=float(checks),
        codes=int(codes.max()),
        messages=float((codes + others).mean()),
        cores=checks * costs.check_us / 1e6,
        memory_mb=open_orders.max() * costs.order_kb / 1024,
        statements=float(codes.mean()) * costs.statements_a_code,
        wait_s=_wait(codes.tolist(), others.tolist(), habits.telegram),
        bots=_bots(codes.tolist(), others.tolist(), habits.telegram),
        addresses=ceil(checks * habits.strict / habits.by_address),
    )


def _wait(codes: Sequence[int], others: Sequence[int], capacity: int) -> float | None:
    """Return how long a code waits for its turn (99th percentile, s), codes before everything else.

    None where the others' queue has grown to more than a minute: then screens no longer answer.
    """
    queued = behind = 0.0
    waits: list[float] = []
    for code, other in zip(codes, others, strict=True):
        waits += [(queued + place) / capacity for place in range(code)]
        queued = max(0.0, queued + code - capacity)
        behind = max(0.0, behind + other - max(0.0, capacity - code))
        if behind > capacity * 60:
            return None
    return float(np.percentile(waits, 99)) if waits else 0.0


def _bots(codes: Sequence[int], others: Sequence[int], capacity: int) -> int:
    for bots in range(1, _MOST_BOTS):
        wait = _wait(codes, others, capacity * bots)
        if wait is not None and wait <= _SOON:
            return bots
    raise ValueError("more bots than this is meant for")


def table(outcomes: Sequence[Outcome]) -> str:
    """Return a line for each number of users."""
    return rows_of(
        "users|open orders|checks/s|cores for them|memory for them, MB|codes in a second, at most|"
        "messages/s|a code's wait with one bot, p99, s|bots|SQL/s for codes|addresses for strict providers",
        map(_row, outcomes),
    )


def _row(outcome: Outcome) -> Iterator[str]:
    yield f"{outcome.users:,}"
    yield f"{outcome.open_orders:,}"
    yield f"{outcome.checks:,.0f}"
    yield f"{outcome.cores:.2f}"
    yield f"{outcome.memory_mb:.1f}"
    yield f"{outcome.codes}"
    yield f"{outcome.messages:,.1f}"
    yield "–" if outcome.wait_s is None else f"{outcome.wait_s:.2f}"
    yield f"{outcome.bots}"
    yield f"{outcome.statements:,.0f}"
    yield f"{outcome.addresses}"


def main() -> None:
    """Print the table, and write it into the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    report = kept("delivery")
    if report is None:
        parser.error("what a check costs was not measured here: python -m benchmarks.delivery")
    told = table([simulate(users, costs_of(report), Habits(), options.seed) for users in USERS])
    print(told)
    if options.seed == SEED:
        renew_part(SCALE, "simulate", told)


if __name__ == "__main__":
    main()
