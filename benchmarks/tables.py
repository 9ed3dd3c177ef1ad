"""Reports as tables in Markdown."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from benchmarks.figures import Report

_WITH_A_DECIMAL = 10.0


def rows_of(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Return a table; columns of the head that begin with a space are texts, the others numbers."""
    columns = head.split("|")
    rule = ["---" if column.startswith(" ") else "---:" for column in columns]
    lines = [[column.strip() for column in columns], rule, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def milliseconds(figures: Mapping[str, float]) -> str:
    """Return median, 99th percentile and maximum."""
    return " / ".join(
        f"{figures[name]:,.1f}" if figures[name] < _WITH_A_DECIMAL else f"{figures[name]:,.0f}"
        for name in ("p50", "p99", "max")
    )


def delivery(report: Report) -> str:
    """Return a line for each run."""
    return rows_of(
        " what| provider|orders|users|told|lag beyond the due check, ms: p50 / p99 / max|"
        "found → told, ms: p50 / p99 / max|in all, s: p50|"
        "check late, ms: p50 / p99 / max|checks/s|requests/s|CPU a check, µs|core|memory, MB|KB an order|"
        "SQL a check|SQL a code",
        map(_delivered, report["runs"]),
    )


def _delivered(run: Mapping[str, Any]) -> list[str]:
    reached = run["checked"] > 0.99  # noqa: PLR2004 - a few may be new or just over
    kb = run["memory_kb"]
    return [
        run["design"],
        run["provider"],
        f"{run['orders']:,}",
        f"{run['users']}",
        f"{run['told']} of {run['codes']}",
        milliseconds(run["lag_ms"]) if run["told"] else "–",
        milliseconds(run["told_ms"]) if run["told"] else "–",
        f"{run['total_s']['p50']:.1f}" if run["told"] else "–",
        milliseconds(run["lateness_ms"]) if reached else f"only {run['checked']:.0%} checked",
        f"{run['checks']:,.0f}",
        f"{run['requests']:,.0f}",
        f"{run['cpu_us']:,.0f}",
        f"{run['core']:.0%}",
        f"{run['memory_mb']:.0f}",
        "–" if kb is None else f"{kb:.1f}",
        f"{run['statements_per_check']:.2g}",
        f"{run['statements_per_code']:.1f}",
    ]


def limits(report: Report) -> str:
    """Return a line for each design."""
    ours, usual = report["codebell"], report["usual"]
    told = [
        (
            f"{report['orders']:,} orders want {report['demand']:.0f} checks a second, {report['limit']:.0f} "
            f"requests a second are allowed: a round over all orders takes {report['round_s']:.0f} s or more."
        ),
        rows_of(
            " what|requests/s|most in any second|wait between checks, s: shortest|median|longest|"
            "longest : shortest|never checked",
            ([name, *_share(run)] for name, run in (("codebell", ours), ("usual design", usual))),
        ),
        rows_of(
            " meanwhile, in seconds|median|slowest",
            (
                [what, f"{ours[name]['p50']:.2f}", f"{ours[name]['max']:.2f}"]
                for what, name in (
                    ("/balance → the provider hears of it", "balance_s"),
                    ("*Buy* → the provider hears of it", "confirm_s"),
                    ("purchase → first check of the new number", "first_check_s"),
                )
            ),
        ),
        f"{ours['presses']} presses reached the provider, {ours['presses_lost']} did not.",
    ]
    return "\n\n".join(told)


def _share(run: Mapping[str, Any]) -> list[str]:
    return [
        f"{run['requests']:.1f}",
        f"{run['most_in_a_second']}",
        f"{run['shortest_wait_s']:.2f}",
        f"{run['wait_s']['p50']:.2f}",
        f"{run['wait_s']['max']:.2f}",
        "–" if run["fairness"] is None else f"{run['fairness']:.2f}",
        f"{run['unchecked']}",
    ]


def chat(report: Report) -> str:
    """Return a line for each rate."""
    rows = []
    for ours, bare in zip(report["codebell"], report["bare"], strict=True):
        for name, run in (
            (f"codebell, {report['orders']:,} orders watched", ours),
            ("bare aiogram bot", bare),
        ):
            rows.append(
                [
                    name,
                    f"{run['rate']:g}",
                    f"{run['answered']:,} of {run['presses']:,}",
                    milliseconds(run["answer_ms"]),
                    f"{run['edited']} of {run['edits']}",
                    milliseconds(run["edit_ms"]),
                ]
            )
    return rows_of(
        " what|presses/s|answered|press → answer, ms: p50 / p99 / max|edited|"
        "press → edit, ms: p50 / p99 / max",
        rows,
    )


def burst(report: Report) -> str:
    """Return a line for each design."""
    runs = (("codebell", report["codebell"]), ("bare loop", report["bare"]))
    return rows_of(
        " what|codes told|all told after, s|the least, s|ratio|refused by Telegram|cards before codes",
        (
            [
                name,
                f"{run['told']:,} of {run['codes']:,}",
                f"{run['took_s']:.2f}",
                f"{run['least_s']:.2f}",
                f"{run['ratio']:.3f}",
                f"{run['refused']:,}",
                f"{run['cards_before_codes']}",
            ]
            for name, run in runs
        ),
    )


def start(report: Report) -> str:
    """Return what a start takes, and what an idle bot takes."""
    runs = (
        ("codebell, Get-SMS", report["getsms"]),
        ("codebell, SMS-Activate", report["sms_activate"]),
        ("bare aiohttp loop", report["bare"]),
    )
    starts = rows_of(
        " start with open orders|orders|first check after, s|all checked after, s|first to last, intervals|"
        "CPU, s|memory, MB",
        (
            [
                name,
                f"{run['checked']:,} of {run['orders']:,}",
                f"{run['first_s']:.2f}",
                f"{run['all_s']:.2f}",
                f"{run['spread']:.2f}",
                f"{run['cpu_s']:.1f}",
                f"{run['memory_mb']:.0f}",
            ]
            for name, run in runs
        ),
    )
    idle = rows_of(
        " idle|speaks to Telegram after, s|CPU, s|memory, MB",
        (
            [name, f"{run['ready_s']:.2f}", f"{run['cpu_s']:.1f}", f"{run['memory_mb']:.0f}"]
            for name, run in (("codebell", report["idle"]), ("bare aiogram bot", report["idle_bare"]))
        ),
    )
    heavy = ", ".join(report["idle"]["heavy"]) or "none"
    return f"{starts}\n\n{idle}\n\nHeavy modules that the idle bot has loaded: {heavy}."


def summary(report: Report) -> str:
    """Return the runs on the per-order protocol in few columns, for whoever reads one table only."""
    most = max(run["users"] for run in report["runs"])
    shown = [
        run for run in report["runs"] if run["provider"] == "getsms" and run["users"] in {most, run["orders"]}
    ]
    told = rows_of(
        "waiting numbers| |codes told|lag: median, p99|in all, median|checks a second|one core|memory",
        (
            [
                f"{run['orders']:,}",
                run["design"],
                f"{run['told']} of {run['codes']}",
                f"{run['lag_ms']['p50']:,.0f}, {run['lag_ms']['p99']:,.0f} ms" if run["told"] else "–",
                f"{run['total_s']['p50']:.1f} s" if run["told"] else "–",
                f"{run['checks']:,.0f}",
                f"{run['core']:.0%}",
                f"{run['memory_mb']:.0f} MB",
            ]
            for run in shown
        ),
    )
    cores, system = report["machine"]["cores"], report["machine"]["system"]
    return f"{told}\n\nThe idle bot took {report['idle_mb']:.0f} MB; {cores} cores, {system}."


TABLES: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"delivery": delivery, "limits": limits, "chat": chat, "burst": burst, "start": start}
)
