"""What the bot should reach, and what it did reach in the runs that were kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.delivery import BARE, BOT
from benchmarks.figures import Report
from benchmarks.tables import rows_of

MOST = 10_000
_MIXED = 200  # users of the run that the goals are about

TIMES_THE_FLOOR = 2
SHARE_OF_THE_FLOOR = 0.2
LATE_MS = 25
KB_AN_ORDER = 2
INTERVALS = 1.2
IDLE_MB = 200
TIMES_A_BARE_BOT = 2
TIMES_THE_LEAST = 1.05
UNEVEN = 1.5
PRESS_S = 1

Reports = Mapping[str, Report | None]


class NotMeasured(Exception):
    """The run that the goal is about has not been made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured, in words, and whether that is good enough."""

    measured: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: what it is about, what is asked for, and how the reports answer."""

    figure: str
    asked: str
    judge: Callable[[Reports], Outcome]


def _report(reports: Reports, name: str) -> Report:
    report = reports.get(name)
    if report is None:
        raise NotMeasured(name)
    return report


def _run(reports: Reports, design: str, provider: str, users: int = _MIXED) -> Mapping[str, Any]:
    wanted = (design, provider, MOST, users)
    for run in _report(reports, "delivery")["runs"]:
        if (run["design"], run["provider"], run["orders"], run["users"]) == wanted:
            found: Mapping[str, Any] = run
            return found
    raise NotMeasured(design)


def _cpu_by_order(reports: Reports) -> Outcome:
    ratio = _run(reports, BOT, "getsms")["cpu_us"] / _run(reports, BARE, "getsms")["cpu_us"]
    return Outcome(f"{ratio:.2f} ×", ratio <= TIMES_THE_FLOOR)


def _cpu_by_account(reports: Reports) -> Outcome:
    ratio = _run(reports, BOT, "sms-activate")["cpu_us"] / _run(reports, BARE, "getsms")["cpu_us"]
    return Outcome(f"{ratio:.2f} ×", ratio <= SHARE_OF_THE_FLOOR)


def _ten_thousand(reports: Reports) -> Outcome:
    run = _run(reports, BOT, "getsms")
    late = run["lateness_ms"]["p99"]
    told = f"{run['told']} of {run['codes']} codes; {late:.0f} ms; {run['core']:.0%} of a core"
    return Outcome(told, run["told"] == run["codes"] and late <= LATE_MS)


def _memory(reports: Reports) -> Outcome:
    worst = max(_run(reports, BOT, provider)["memory_kb"] for provider in ("getsms", "sms-activate"))
    return Outcome(f"{worst:.1f} KB", worst <= KB_AN_ORDER)


def _statements(reports: Reports) -> Outcome:
    runs = [run for run in _report(reports, "delivery")["runs"] if run["design"] == BOT]
    count, checks = sum(run["statements"] for run in runs), sum(run["checks"] for run in runs)
    if not checks:
        raise NotMeasured("delivery")
    return Outcome(f"{count} in {len(runs)} runs without news", count == 0)


def _after_start(reports: Reports) -> Outcome:
    report = _report(reports, "start")
    worst = max(report[name]["spread"] for name in ("getsms", "sms_activate"))
    whole = all(report[name]["checked"] == report[name]["orders"] for name in ("getsms", "sms_activate"))
    return Outcome(f"{worst:.2f} ×", whole and worst <= INTERVALS)


def _idle(reports: Reports) -> Outcome:
    report = _report(reports, "start")
    idle, bare = report["idle"], report["idle_bare"]
    heavy = ", ".join(idle["heavy"]) or "nothing heavy"
    told = f"{idle['memory_mb']:.0f} MB (a bare aiogram bot: {bare['memory_mb']:.0f}); {heavy} loaded"
    return Outcome(told, idle["memory_mb"] <= IDLE_MB and not idle["heavy"])


def _press(reports: Reports) -> Outcome:
    report = _report(reports, "chat")
    pairs = list(zip(report["codebell"], report["bare"], strict=True))
    ratios = {run["rate"]: run["answer_ms"]["p99"] / bare["answer_ms"]["p99"] for run, bare in pairs}
    told = ", ".join(f"{ratio:.1f} × at {rate:g}/s" for rate, ratio in ratios.items())
    return Outcome(
        told,
        max(ratios.values()) <= TIMES_A_BARE_BOT
        and all(run["answered"] == run["presses"] for run, _ in pairs),
    )


def _burst(reports: Reports) -> Outcome:
    run = _report(reports, "burst")["codebell"]
    cards = run["cards_before_codes"]
    told = f"{run['ratio']:.3f} ×, {run['told']:,} of {run['codes']:,} told, {cards} cards before codes"
    return Outcome(told, run["told"] == run["codes"] and run["ratio"] <= TIMES_THE_LEAST)


def _fair(reports: Reports) -> Outcome:
    run = _report(reports, "limits")["codebell"]
    ratio = run["fairness"] or 0.0
    return Outcome(f"{ratio:.2f}", 0 < ratio <= UNEVEN and not run["unchecked"])


def _within(reports: Reports) -> Outcome:
    report = _report(reports, "limits")
    most = report["codebell"]["most_in_a_second"]
    return Outcome(f"{most} in the fullest second, {report['limit']:.0f} allowed", most <= report["limit"])


def _nobody_starves(reports: Reports) -> Outcome:
    report = _report(reports, "limits")
    run = report["codebell"]
    press = max(run["balance_s"]["max"], run["confirm_s"]["max"])
    first, fair = run["first_check_s"]["max"], UNEVEN * report["round_s"]
    told = f"a press waits {press:.2f} s at most; a new number is asked for after {first:.1f} s at most"
    return Outcome(told, not run["presses_lost"] and press <= PRESS_S and first <= fair)


GOALS = (
    Goal("CPU per check, per-order protocols", f"≤ {TIMES_THE_FLOOR} × bare aiohttp", _cpu_by_order),
    Goal(
        "CPU per check of an order, per-account protocols",
        f"≤ {SHARE_OF_THE_FLOOR} × bare aiohttp's per-order check",
        _cpu_by_account,
    ),
    Goal(
        "10,000 orders at 5 s on one core, codes pushed",
        f"every code; a check p99 ≤ {LATE_MS} ms late",
        _ten_thousand,
    ),
    Goal("memory per waiting order over the idle bot", f"≤ {KB_AN_ORDER} KB", _memory),
    Goal("database statements for a check without news", "0", _statements),
    Goal(
        "all 10,000 checked after a start",
        f"≤ {INTERVALS} × the interval after the first check",
        _after_start,
    ),
    Goal("idle bot", f"≤ {IDLE_MB} MB; nothing heavy imported before it is used", _idle),
    Goal(
        "press → answer, p99, while 10,000 orders are watched",
        f"≤ {TIMES_A_BARE_BOT} × a bare aiogram bot",
        _press,
    ),
    Goal("1,000 codes within a second", f"≤ {TIMES_THE_LEAST} × what Telegram's limits allow", _burst),
    Goal("longest against shortest wait of equal orders, at 3 × the rate", f"≤ {UNEVEN}", _fair),
    Goal("the provider's rate", "never exceeded", _within),
    Goal(
        "presses and new numbers, at 3 × the rate",
        f"no starvation ({PRESS_S} s; {UNEVEN} rounds)",
        _nobody_starves,
    ),
)


def table(reports: Reports) -> str:
    """Return goal, measured, met for each row."""
    return rows_of(
        " figure| goal| measured| met", ([goal.figure, goal.asked, *_said(goal, reports)] for goal in GOALS)
    )


def _said(goal: Goal, reports: Reports) -> tuple[str, str]:
    try:
        outcome = goal.judge(reports)
    except NotMeasured:
        return "not measured", "–"
    return outcome.measured, "yes" if outcome.is_met else "**no**"
