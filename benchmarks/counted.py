"""The bot as it is, which also counts its SQL statements and commits, and says what it has imported.

``python -m benchmarks.counted run`` takes ``BENCH_COUNTS`` (a file of 16 bytes: two counters that others may
read at any time), ``BENCH_MODULES`` (a file for the names of modules, written at the end) and, for quick
runs, ``BENCH_INTERVAL`` (seconds between two checks of an order, in place of what the documents say).
"""

import mmap
import os
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

import bot.app
from bot.__main__ import main
from bot.config import Settings
from bot.providers.base import Record
from bot.providers.directory import build_directory

SIZE = 16


def count_into(path: Path) -> None:
    """Count every statement (BEGIN and PRAGMA among them) and every commit of this process in a file."""
    with path.open("r+b") as file:
        counts = memoryview(mmap.mmap(file.fileno(), SIZE)).cast("Q")

    def statement(*_: Any) -> None:
        counts[0] += 1

    def commit(_: Any) -> None:
        counts[1] += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)


def read_counts(path: Path) -> tuple[int, int]:
    """Return how many statements and how many commits there were so far."""
    statements, commits = memoryview(path.read_bytes()).cast("Q")
    return statements, commits


def hurried(settings: Settings, tables: Collection[str]) -> tuple[Record, ...]:
    """Return the records of all providers, with the interval of a quick run where there is one."""
    records = build_directory(settings, tables)
    interval = os.environ.get("BENCH_INTERVAL")
    if interval is None:
        return records
    return tuple(
        replace(record, limits=replace(record.limits, check_every=float(interval))) for record in records
    )


if __name__ == "__main__":
    count_into(Path(os.environ["BENCH_COUNTS"]))
    with patch.object(bot.app, "build_directory", hurried):
        code = main()
    Path(os.environ["BENCH_MODULES"]).write_text("\n".join(sorted(sys.modules)), encoding="utf-8")
    sys.exit(code)
