"""The program that draws statistics: a chart as JSON comes in, a PNG goes out.

It runs in a process of its own: drawing takes a second of CPU and 60 MB, which the bot keeps for codes.
Nothing of the bot is imported, and matplotlib is known here alone.
"""

import json
import sys
from typing import Any

_WIDTH, _DPI = 5.4, 200  # 1080 pixels: three for each of a phone's
_PANEL, _ROW, _HEAD, _FOOT = 2.7, 0.62, 0.55, 0.35  # inches
_INK, _PALE, _LINE = "#1c2733", "#6b7785", "#dfe4ea"
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c")  # Okabe and Ito
_LABELS = 4
_GOOD, _FAIR = 0.7, 0.4


def draw(chart: dict[str, Any], out: Any) -> None:
    """Write the picture of a chart (``bot.telegram.chart.Chart`` as a dict) to a binary file."""
    import matplotlib as mpl  # noqa: PLC0415 - a second of import, and only this process needs it
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    # A dollar sign is money here, and begins no formula.
    mpl.rcParams.update({"text.parse_math": False, "font.size": 12, "text.color": _INK})
    panels, rows = chart["panels"], chart["rows"]
    below = _HEAD + len(rows) * _ROW if rows else 0.0
    height = len(panels) * _PANEL + below + _FOOT
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor="white")
    top = height
    for panel in panels:
        top -= _PANEL
        box = (0.13, (top + 0.42) / height, 0.79, (_PANEL - 1.2) / height)
        _spend(figure.add_axes(box), panel, chart["decimal"])
    if rows:
        top -= below
        box = (0.045, top / height, 0.91, (below - _HEAD) / height)
        _success(figure.add_axes(box), chart["rows_title"], rows)
    figure.text(0.045, 0.1 / height, chart["note"], fontsize=9.5, color=_PALE)
    figure.savefig(out, format="png")


def _spend(axes: Any, panel: dict[str, Any], decimal: str) -> None:
    """Draw what was spent by day, the providers on top of each other."""
    days = panel["days"]
    places = range(len(days))
    below = [0.0] * len(days)
    for number, one in enumerate(panel["series"]):
        axes.bar(places, one["values"], 0.8, below, color=_COLOURS[number], label=one["name"])
        below = [lower + value for lower, value in zip(below, one["values"], strict=True)]
    _calm(axes)
    axes.set_title(panel["title"], loc="left", x=-0.1, y=1.24, fontsize=14, fontweight="bold")
    many = min(len(panel["series"]), 3)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.125, 0.98),
        ncols=many,
        frameon=False,
        fontsize=10.5,
        handlelength=0.8,
        handletextpad=0.4,
        columnspacing=1.0,
    )
    step = max(1, -(-(len(days) - 1) // (_LABELS - 1)))
    shown = list(range(len(days) - 1, -1, -step))
    axes.set_xticks(shown, [days[place] for place in shown], fontsize=11)
    axes.set_xlim(-0.7, len(days) - 0.3)
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", decimal))
    axes.grid(axis="y", color=_LINE, linewidth=0.8)
    axes.set_axisbelow(True)


def _success(axes: Any, title: str, rows: list[dict[str, Any]]) -> None:
    """Draw how many numbers got their SMS, a bar for each provider and country."""
    _calm(axes)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(rows), 0)
    axes.text(0, -0.25, title, fontsize=14, fontweight="bold")
    for number, row in enumerate(rows):
        share = row["share"]
        colour = _COLOURS[2] if share >= _GOOD else _COLOURS[1] if share >= _FAIR else _COLOURS[5]
        axes.text(0, number + 0.32, row["name"], fontsize=12)
        axes.text(1, number + 0.32, row["told"], fontsize=12, ha="right", fontweight="bold")
        axes.barh(number + 0.47, 1, 0.13, color=_LINE)
        axes.barh(number + 0.47, share, 0.13, color=colour)
        axes.text(0, number + 0.82, row["detail"], fontsize=10, color=_PALE)


def _calm(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_LINE)
    axes.tick_params(length=0, colors=_PALE, labelsize=11)


if __name__ == "__main__":
    draw(json.load(sys.stdin.buffer), sys.stdout.buffer)
