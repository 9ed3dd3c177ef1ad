"""Numbers out of many numbers, and where they are kept."""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

RESULTS = Path(__file__).parent / "results"
NAMES = ("delivery", "limits", "chat", "burst", "start")

Report = dict[str, Any]
"""What a benchmark has measured, as JSON values: ``machine``, ``made_at``, ``quick``, and its own fields."""


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which this share (in per cent, 1 to 99) of the values lies; 0 without values."""
    if len(values) < 2:  # noqa: PLR2004 - quantiles need two
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def spread(values: Sequence[float], scale: float = 1.0) -> dict[str, float]:
    """Return median, 99th percentile and maximum, each times ``scale``."""
    return {
        "p50": percentile(values, 50) * scale,
        "p99": percentile(values, 99) * scale,
        "max": max(values, default=0.0) * scale,
    }


def machine() -> dict[str, Any]:
    """Describe what the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "load": round(os.getloadavg()[0], 1),  # of the minute before: what else ran here
    }


def keep(name: str, report: Report, folder: Path) -> None:
    """Write a report to ``<folder>/<name>.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def kept(name: str, folder: Path = RESULTS) -> Report | None:
    """Return the report that was kept last; None where there is none."""
    try:
        report: Report = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return report


def heading(*, quick: bool) -> Report:
    """Return what every report begins with; to be made before the measuring, because it tells the load."""
    return {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "quick": quick, "machine": machine()}
