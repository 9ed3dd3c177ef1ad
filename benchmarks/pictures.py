"""Reports as pictures, one a benchmark."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.figures import Report

OURS, FLOOR, USUAL = "#1f6feb", "#8b949e", "#d1481c"
_COLOURS = {"codebell": OURS, "bare aiohttp": FLOOR, "usual design": USUAL}
_SIZE = (9.0, 3.4)

mpl.rcParams |= {
    "svg.hashsalt": "codebell",  # the same figures make the same file
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}


def draw(name: str, report: Report, folder: Path) -> Path:
    """Write the picture of a benchmark as SVG; return where."""
    figure = Figure(figsize=_SIZE, layout="constrained")
    DRAWINGS[name](figure, report)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.svg"
    figure.savefig(path, metadata={"Date": None})
    return path


def _delivery(figure: Figure, report: Report) -> None:
    lag, cpu = figure.subplots(1, 2)
    runs = report["runs"]
    most = max(run["users"] for run in runs)
    for provider, style in (("getsms", "-"), ("sms-activate", "--")):
        for design, colour in _COLOURS.items():
            some = [
                run
                for run in runs
                if (run["design"], run["provider"]) == (design, provider)
                and (run["users"] == most or run["users"] == run["orders"])
            ]
            if not some:
                continue
            orders = [run["orders"] for run in some]
            lag.plot(
                orders,
                [max(run["lag_ms"]["p99"], 0.1) for run in some],
                style,
                color=colour,
                marker="o",
                label=f"{design}, {provider}",
            )
            cpu.plot(orders, [run["cpu_us"] for run in some], style, color=colour, marker="o")
    for axes, title in ((lag, "lag beyond the due check, p99, ms"), (cpu, "CPU for a check of an order, µs")):
        axes.set(title=title, xlabel="waiting orders", xscale="log", yscale="log")
    lag.legend(fontsize=7)


def _limits(figure: Figure, report: Report) -> None:
    axes = figure.subplots()
    for name, colour in (("codebell", OURS), ("usual", USUAL)):
        starts, counts = zip(*report[name]["waits"], strict=True)
        width = (starts[1] - starts[0]) if len(starts) > 1 else 1.0
        axes.bar(
            starts,
            counts,
            width=width,
            align="edge",
            color=colour,
            alpha=0.7,
            label=f"{name}: {report[name]['requests']:.0f} requests/s",
        )
    axes.axvline(report["round_s"], color=FLOOR, linestyle=":", label="what the rate allows: orders / rate")
    axes.set(
        title=f"wait between two checks of an order ({report['limit']:.0f} requests/s allowed)",
        xlabel="seconds",
        ylabel="checks",
    )
    axes.legend()


def _chat(figure: Figure, report: Report) -> None:
    many = figure.subplots(1, 2, sharey=True)
    for axes, field, title in zip(
        many, ("answer_ms", "edit_ms"), ("press → answer, ms", "press → edit, ms"), strict=True
    ):
        _grouped(axes, report, field)
        axes.set(title=title, xlabel="presses a second", yscale="log")
    many[0].legend(fontsize=7)


def _grouped(axes: Axes, report: Report, field: str) -> None:
    places = range(len(report["codebell"]))
    bars = (("codebell", "codebell", OURS, -0.2), ("bare", "bare aiogram bot", FLOOR, 0.2))
    for name, label, colour, shift in bars:
        at = [place + shift for place in places]
        axes.bar(
            at,
            [run[field]["p99"] for run in report[name]],
            width=0.36,
            color=colour,
            alpha=0.5,
            label=f"{label}, p99",
        )
        axes.bar(
            at,
            [run[field]["p50"] for run in report[name]],
            width=0.36,
            color=colour,
            label=f"{label}, median",
        )
    axes.set_xticks(list(places), [f"{run['rate']:g}" for run in report["codebell"]])


def _burst(figure: Figure, report: Report) -> None:
    axes = figure.subplots()
    _line(axes, report["codebell"]["least_curve"], FLOOR, "what Telegram's limits allow", "--")
    _line(axes, report["codebell"]["curve"], OURS, "codebell")
    _line(axes, report["bare"]["curve"], USUAL, f"bare loop, {report['bare']['refused']:,} times refused")
    axes.set(title="codes accepted by Telegram", xlabel="seconds after the first SMS")
    axes.legend()


def _start(figure: Figure, report: Report) -> None:
    axes = figure.subplots()
    _line(axes, report["bare"]["curve"], FLOOR, "bare aiohttp loop", "--")
    _line(axes, report["getsms"]["curve"], OURS, "codebell, Get-SMS")
    _line(axes, report["sms_activate"]["curve"], USUAL, "codebell, SMS-Activate")
    axes.set(title="orders asked for at least once", xlabel="seconds after the start of the process")
    axes.legend()


def _line(axes: Axes, curve: Sequence[Sequence[Any]], colour: str, label: str, style: str = "-") -> None:
    axes.plot([point[0] for point in curve], [point[1] for point in curve], style, color=colour, label=label)


DRAWINGS: Mapping[str, Callable[[Figure, Report], None]] = MappingProxyType(
    {"delivery": _delivery, "limits": _limits, "chat": _chat, "burst": _burst, "start": _start}
)
