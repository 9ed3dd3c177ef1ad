"""The benchmarks still run, and their reports still have what the tables, pictures and goals are made of."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import goals, page
from benchmarks.figures import NAMES
from benchmarks.tables import TABLES

PROJECT = Path(__file__).resolve().parents[2]
SECONDS = 120

FIELDS: dict[str, dict[str, set[str]]] = {
    "delivery": {"": {"interval_s", "idle_mb", "runs"}},
    "limits": {
        "codebell": {"requests", "most_in_a_second", "fairness", "first_check_s", "presses", "waits"},
        "usual": {"requests", "most_in_a_second", "fairness", "waits"},
    },
    "chat": {"": {"codebell", "bare", "orders"}},
    "burst": {
        "codebell": {"codes", "told", "took_s", "least_s", "ratio", "refused", "curve"},
        "bare": {"codes", "told", "ratio"},
    },
    "start": {
        "getsms": {"orders", "checked", "first_s", "all_s", "spread", "curve"},
        "sms_activate": {"orders", "checked", "first_s", "all_s", "spread", "curve"},
        "bare": {"checked", "first_s"},
        "idle": {"memory_mb", "heavy"},
        "idle_bare": {"memory_mb"},
    },
}


async def measured(name: str, folder: Path) -> dict[str, Any]:
    """Run one benchmark as its command line does, for a few seconds; return its report."""
    command = (sys.executable, "-m", f"benchmarks.{name}", "--quick", "--results", str(folder))
    process = await asyncio.create_subprocess_exec(
        *command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        async with asyncio.timeout(SECONDS):
            told, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    assert process.returncode == 0, told.decode()
    report: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return report


@pytest.mark.parametrize("name", NAMES)
async def test_a_quick_run_leaves_a_report_that_the_page_can_show(name: str, tmp_path: Path) -> None:
    """Each benchmark runs from its own command, says what it measured on what machine, and can be drawn."""
    report = await measured(name, tmp_path)

    assert report["quick"] is True
    assert {"cores", "system", "python", "memory_gb", "load"} <= report["machine"].keys()
    for part, fields in FIELDS[name].items():
        assert fields <= (report[part] if part else report).keys()
    check = {"delivery": whole_delivery, "chat": whole_chat, "burst": whole_burst}.get(name)
    if check is not None:
        check(report)
    copy, front = tmp_path / "performance.md", tmp_path / "README.md"
    copy.write_text(page.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    front.write_text(page.README.read_text(encoding="utf-8"), encoding="utf-8")
    page.rewrite(copy, front, results=tmp_path)
    assert f"<!-- measured: {name} -->\n\n{report['made_at'][:10]}" in copy.read_text(encoding="utf-8")
    assert TABLES[name](report) in copy.read_text(encoding="utf-8")
    assert (tmp_path / f"images/performance/{name}.svg").read_text(encoding="utf-8").startswith("<?xml")


def whole_delivery(report: dict[str, Any]) -> None:
    """Each design got every code to Telegram, and a check without news cost the bot no statement."""
    assert {run["design"] for run in report["runs"]} == {"codebell", "bare aiohttp", "usual design"}
    for run in report["runs"]:
        assert run["codes"] == run["told"] > 0
        assert run["checked"] == 1
        assert run["statements"] == 0


def whole_chat(report: dict[str, Any]) -> None:
    """Every press was answered, and every one that is to change its message did, at both bots."""
    for run in (*report["codebell"], *report["bare"]):
        assert run["answered"] == run["presses"] > 0
        assert run["edited"] == run["edits"] > 0


def whole_burst(report: dict[str, Any]) -> None:
    """Every code was told, and no call of the bot was refused for being too much."""
    assert report["codebell"]["told"] == report["codebell"]["codes"]
    assert report["codebell"]["refused"] == 0


def test_goals_say_what_is_not_measured() -> None:
    """Without reports no goal counts as met or missed."""
    lines = goals.table(dict.fromkeys(NAMES)).splitlines()[2:]

    assert len(lines) == len(goals.GOALS)
    assert all("not measured" in line for line in lines)


def test_the_page_has_a_place_for_every_benchmark(tmp_path: Path) -> None:
    """The page can be renewed: each part has its marks, and nothing beside them changes."""
    copy = tmp_path / "performance.md"
    before = page.PAGE.read_text(encoding="utf-8")
    copy.write_text(before, encoding="utf-8")

    page.rewrite(copy, tmp_path / "README.md", results=tmp_path / "none")

    assert all(f"<!-- measured: {name} -->" in before and f"<!-- end: {name} -->" in before for name in NAMES)
    assert copy.read_text(encoding="utf-8").split("## Delivery")[1] == before.split("## Delivery")[1]
