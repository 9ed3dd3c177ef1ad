"""The figures of a run, for people and for docs/reliability.md."""

import statistics
from collections import Counter
from typing import Any

from tests.crash.commits import Point
from tests.crash.findings import Findings
from tests.crash.town import Town


def figures(
    town: Town, seed: int, findings: Findings, points: tuple[Point, ...], seconds: float
) -> dict[str, Any]:
    """Return what there is to say about a run, as JSON values."""
    killed = Counter(str(life.died_at) for life in town.lives if life.died_at)
    starts = [life.start_seconds for life in town.lives if life.start_seconds is not None]
    passed = {point for point in points if town.passed[point]}
    return {
        "seed": seed,
        "seconds": round(seconds),
        "people": len(town.walkers),
        "kills": len(town.lives),
        "kills at a commit": killed.total(),
        "kills at a random moment": len(town.lives) - killed.total(),
        "kills before the bot took updates": sum(life.start_seconds is None for life in town.lives),
        "median seconds to a start": round(statistics.median(starts), 2) if starts else None,
        "points in the code": len(points),
        "points passed": len(passed),
        "points killed at": len(killed),
        "points never passed": sorted(str(point) for point in points if point not in passed),
        "commits": sum(n for point, n in town.passed.items() if point.side == "after"),
        **dict(sorted(findings.counts.items())),
        "unread": findings.unread,
        "problems": findings.problems,
    }
