import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import Settings, load_settings

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
ASSIGNMENT = re.compile(r"([A-Z_]+)=(.*)")


def test_every_variable_is_listed_once_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example names exactly the settings that exist, and copying it unchanged changes nothing."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    listed = [found[1] for line in lines if (found := ASSIGNMENT.fullmatch(line))]
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)
    for name in listed:
        monkeypatch.delenv(name, raising=False)
    assert load_settings(EXAMPLE) == load_settings(None)


def test_defaults_stand_in_the_example_as_they_are() -> None:
    """A default that changes in the code changes in the example: neither is left to be guessed."""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if found := ASSIGNMENT.fullmatch(line):
            default = Settings.model_fields[found[1].lower()].default
            empty = found[1] in {"BOT_TOKEN", "SECRET_KEY", "ALLOWED_USERS", "ADMIN_IDS", "EXTRA_PROVIDERS"}
            assert found[2] == ("" if empty else str(default)), found[1]


def test_every_variable_is_explained() -> None:
    """A sentence of comment stands right above each variable."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        if ASSIGNMENT.fullmatch(line):
            assert above.startswith("# "), line
