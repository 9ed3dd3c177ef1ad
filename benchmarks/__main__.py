"""``python -m benchmarks``: everything that is measured, in some fifteen minutes, on a quiet machine."""

import argparse
import sys
import time

from benchmarks import burst, chat, delivery, goals, limits, start
from benchmarks.command import Measure, add_options, measured, renew
from benchmarks.figures import NAMES, RESULTS, kept

BENCHMARKS: dict[str, Measure] = {
    "delivery": delivery.measure_all,
    "limits": limits.measure_all,
    "chat": chat.measure_all,
    "burst": burst.measure_all,
    "start": start.measure_all,
}


def main() -> None:
    """Run every benchmark; say at the end which goals were reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add_options(parser)
    options = parser.parse_args()
    begun = time.perf_counter()
    for name in NAMES:
        print(f"\n## {name}\n", flush=True)
        measured(name, BENCHMARKS[name], quick=options.quick, results=options.results)
    print(f"… {(time.perf_counter() - begun) / 60:.1f} minutes in all", file=sys.stderr)
    if not options.quick:
        folder = options.results or RESULTS
        print(f"\n## goals\n\n{goals.table({name: kept(name, folder) for name in NAMES})}")
        renew(options.results)


if __name__ == "__main__":
    main()
