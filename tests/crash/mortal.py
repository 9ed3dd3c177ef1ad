"""The bot as the town runs it: by the town's clocks, and with a moment at which it may have to die.

``main`` of this module is ``python -m bot run --local-hosts`` in a process that the hatchery has forked; its
command line is one ``Lot``, as JSON.
"""

import json
import sys
from pathlib import Path
from typing import TypedDict

from bot import __main__ as product
from tests.crash import wall
from tests.crash.commits import Point, watch


class Lot(TypedDict):
    """What becomes of a bot.

    Attributes:
        wall: the file that says how its clocks stand.
        points: the file that takes the names of the points that it passes.
        kill_at: the point at which it kills itself; None: at none.
        times: at which passing of that point, from 1.
    """

    wall: str
    points: str
    kill_at: str | None
    times: int


def main() -> int:
    """Live; return the exit code."""
    lot: Lot = json.loads(sys.argv[1])
    wall.watch(Path(lot["wall"]))
    watch(Path(lot["points"]), Point.parse(lot["kill_at"]) if lot["kill_at"] else None, lot["times"])
    return product.main(["run", "--local-hosts"])
