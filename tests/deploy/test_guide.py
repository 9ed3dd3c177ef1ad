"""The operator's guide knows every variable, and leads nowhere that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "operations.md"
EXAMPLE = ROOT / ".env.example"
_ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`([^`]+)`|–) \| (.+) \|$", re.MULTILINE)
_SET = re.compile(r"^([A-Z_]+)=(.*)$", re.MULTILINE)
_FILES = re.compile(r"`((?:deploy|docs)/[\w./-]+\.\w+)`|\]\((\w+\.md)\)")


def test_the_table_of_variables_is_that_of_the_example() -> None:
    """Every variable stands in the guide once, in the order and with the default of .env.example."""
    listed = _SET.findall(EXAMPLE.read_text(encoding="utf-8"))
    told = [(name, default) for name, default, _ in _ROW.findall(GUIDE.read_text(encoding="utf-8"))]
    assert told == listed


def test_files_that_the_guide_names_are_there() -> None:
    """A path or a page in the guide exists."""
    named = _FILES.findall(GUIDE.read_text(encoding="utf-8"))
    assert named
    paths = [ROOT / path if path else GUIDE.parent / page for path, page in named]
    assert [path for path in paths if not path.exists()] == []


def test_links_within_the_guide_lead_to_a_heading() -> None:
    """A link to a section has its section."""
    text = GUIDE.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= anchors
