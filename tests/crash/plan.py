"""What a run is told from outside, and what it tells: the seed, its length, the figures."""

import json
import os
import random
from pathlib import Path
from typing import Any

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "15"))
"""How many bots are killed."""

SEED = int(os.environ.get("CRASH_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)
"""Of all dice. What the machine does in between is not repeatable: a seed brings back the plan of a run."""

REPORT = os.environ.get("CRASH_REPORT")
"""A file for the figures of the crash test, as JSON."""


def tell(told: dict[str, Any]) -> None:
    """Print figures, a line each; pytest shows them with ``-s`` and with a failure."""
    for name, value in {"seed": SEED, **told}.items():
        print(f"{name:.<74} {len(value) if isinstance(value, list) else value}")  # noqa: T201 - see above


def keep(told: dict[str, Any]) -> None:
    """Write figures where ``CRASH_REPORT`` says."""
    if REPORT:
        Path(REPORT).write_text(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
