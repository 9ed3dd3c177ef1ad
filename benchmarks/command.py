"""What every benchmark's command line does: measure, print the table, keep the figures, renew the page."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import RESULTS, Report, keep
from benchmarks.tables import TABLES


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        quick: a few orders and seconds: shows that everything runs, and its figures mean nothing.
    """

    quick: bool

    def say(self, what: str) -> None:
        """Tell whoever waits what is being measured."""
        print(f"… {what}", file=sys.stderr, flush=True)


Measure = Callable[[Scale], Awaitable[Report]]


def run(name: str, measure: Measure) -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    add_options(parser)
    options = parser.parse_args()
    measured(name, measure, quick=options.quick, results=options.results)
    if not options.quick:
        renew(options.results)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that all benchmarks have."""
    parser.add_argument("--quick", action="store_true", help="a few orders, a few seconds, nothing kept")
    parser.add_argument("--results", type=Path, help="the folder for the figures")


def measured(name: str, measure: Measure, *, quick: bool, results: Path | None) -> None:
    """Measure, print the table, and keep the figures: a quick run's only where a folder is named."""
    gc.collect()
    gc.freeze()  # the simulators' types are many, and their pauses would count as the bot's
    report = asyncio.run(_ended_well(measure(Scale(quick))))
    print(TABLES[name](report), flush=True)
    if results is not None or not quick:
        keep(name, report, results or RESULTS)


def renew(results: Path | None) -> None:
    """Write the tables and pictures of the documentation anew from what was kept there for good."""
    if results is not None:
        return
    from benchmarks.page import rewrite  # noqa: PLC0415 - it draws, and matplotlib is not to be measured along

    rewrite()


async def _ended_well(report: Awaitable[Report]) -> Report:
    """Measure; when told to end, end the processes that were started as well."""
    task = asyncio.ensure_future(report)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task
