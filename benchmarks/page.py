"""The tables and pictures in ``docs/performance.md`` and the README, renewed from the reports that were kept.

What stands between ``<!-- measured: name -->`` and ``<!-- end: name -->`` is ours; all else is left alone.
``python -m benchmarks.page`` does it without measuring anything.
"""

import re
from pathlib import Path

from benchmarks import goals
from benchmarks.figures import NAMES, RESULTS, Report, kept
from benchmarks.pictures import draw
from benchmarks.tables import TABLES, summary

_PROJECT = Path(__file__).resolve().parent.parent
PAGE = _PROJECT / "docs" / "performance.md"
README = _PROJECT / "README.md"
SCALE = _PROJECT / "docs" / "scale.md"
_PICTURES = "images/performance"


def rewrite(page: Path = PAGE, readme: Path = README, results: Path = RESULTS) -> None:
    """Renew every part of the page that has a report, and the README's table; draw the pictures.

    Raises:
        ValueError: the page has no place for a part.
    """
    text = page.read_text(encoding="utf-8")
    reports = {name: kept(name, results) for name in NAMES}
    for name, report in reports.items():
        if report is not None:
            draw(name, report, page.parent / _PICTURES)
            text = _placed(text, name, _part(name, report))
    text = _placed(text, "goals", goals.table(reports))
    page.write_text(text, encoding="utf-8")
    delivery = reports["delivery"]
    if delivery is not None:
        front = _placed(readme.read_text(encoding="utf-8"), "summary", summary(delivery))
        readme.write_text(front, encoding="utf-8")


def renew_part(page: Path, name: str, part: str) -> None:
    """Renew one part of a page.

    Raises:
        ValueError: the page has no place for it.
    """
    page.write_text(_placed(page.read_text(encoding="utf-8"), name, part), encoding="utf-8")


def _part(name: str, report: Report) -> str:
    return f"{_conditions(report)}\n\n{TABLES[name](report)}\n\n![{name}]({_PICTURES}/{name}.svg)"


def _conditions(report: Report) -> str:
    on = report["machine"]
    return (
        f"{report['made_at'][:10]}, {on['cores']} cores, {on['memory_gb']} GB, {on['system']}, "
        f"Python {on['python']}; load {on['load']} before the run."
    )


def _placed(text: str, name: str, part: str) -> str:
    begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    found = re.search(f"{re.escape(begin)}.*?{re.escape(end)}", text, re.DOTALL)
    if found is None:
        raise ValueError(f"there is no place for {name} in the page")
    return f"{text[: found.start()]}{begin}\n\n{part}\n\n{end}{text[found.end() :]}"


if __name__ == "__main__":
    rewrite()
