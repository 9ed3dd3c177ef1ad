"""What is logged can be counted and searched for: events have fixed names, fields are no texts of users."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.outcomes import Unacceptable

BOT = Path(__file__).resolve().parent.parent / "bot"
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
NO_FIELDS = {"text", "texts", "sms", "code", "phone", "number", "key", "token", "name", "body", "words"}
"""Fields that would hold what a person or a provider wrote, or a secret."""


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "_log"
                and node.func.attr in LEVELS
            ):
                yield f"{path.relative_to(BOT)}:{node.lineno}", node


def _names(event: ast.expr) -> list[str]:
    """Return the names that an event can have; none where it is put together while the bot runs."""
    if isinstance(event, ast.Name):
        return CONSTANTS.get(event.id, [])
    if isinstance(event, ast.IfExp):
        one, other = _names(event.body), _names(event.orelse)
        return [*one, *other] if one and other else []
    return [event.value] if isinstance(event, ast.Constant) and isinstance(event.value, str) else []


def _constants() -> Iterator[tuple[str, list[str]]]:
    """Return the texts that modules have names for, in capitals."""
    for path in BOT.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name.isupper() and isinstance(node.value, ast.Constant):
                    yield name, [str(node.value.value)]


CONSTANTS = dict(_constants())
CALLS = dict(_calls())


def test_the_reader_of_calls_sees_them() -> None:
    """The walk finds the calls of the logger: else the rules below would pass blindly."""
    assert len(CALLS) > 40


@pytest.mark.parametrize("place", CALLS)
def test_an_event_has_a_fixed_name(place: str) -> None:
    """The event is one plain text, and everything that varies is a field; no field is somebody's text."""
    call = CALLS[place]
    assert len(call.args) == 1
    assert _names(call.args[0])
    fields = {one.arg for one in call.keywords}
    assert None not in fields, "fields have names that can be searched for"
    assert not fields & NO_FIELDS


def test_the_guide_names_events_that_are_logged() -> None:
    """Whoever searches the log for an event of the operator's guide looks for its real name."""
    guide = (BOT.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    section = guide.partition("\n## Logs\n")[2].partition("\n## ")[0]
    told = re.findall(r"`([^`]+)`", "".join(re.findall(r"^\| `.*", section, re.MULTILINE)))
    logged = {name for call in CALLS.values() for name in _names(call.args[0])}
    assert told
    assert set(told) - {"/admin"} <= logged


def test_what_telegram_quotes_is_not_passed_on() -> None:
    """A refusal that quotes a message says what is wrong with it, and not what stands in it."""
    refused = Unacceptable('Bad Request: can\'t parse entities: Unsupported start tag "code-24680" at byte 3')
    assert "24680" not in refused.reason
    assert "24680" not in str(refused)
    assert "Unsupported start tag" in refused.reason
