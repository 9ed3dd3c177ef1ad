"""The guides say what the buttons say: every label in them exists, and every main button is explained."""

import re
from pathlib import Path

import pytest

from bot.i18n import LANGUAGES
from tests.support.texts import texts

ROOT = Path(__file__).resolve().parent.parent

MAIN = (
    "activate",
    "add-key",
    "add-service",
    "again",
    "another-host",
    "archive",
    "auto-off",
    "balance",
    "ban",
    "buy",
    "buy-another",
    "by-price",
    "by-rate",
    "by-stock",
    "cancel",
    "check",
    "confirm",
    "copy-code",
    "copy-number",
    "data",
    "data-copy",
    "defaults",
    "delete",
    "filter",
    "finish",
    "forward",
    "help",
    "highest-price",
    "imports",
    "inbox",
    "keep",
    "keys",
    "language",
    "leave",
    "move",
    "notifications",
    "one-more",
    "operator",
    "orders",
    "own-services",
    "private-chat",
    "prolong",
    "purchases",
    "quiet",
    "ready",
    "remove",
    "rename",
    "rent",
    "rentals",
    "repeat",
    "replace",
    "restore",
    "retry",
    "settings",
    "share",
    "star",
    "stats",
    "take-next",
    "voice",
    "why",
)
"""Buttons that a guide has to explain, without ``button-``."""


def labels(language: str) -> dict[str, set[str]]:
    """Return the labels of every button, by its id, with ``…`` for what is put in."""
    held = texts(ROOT / "locales" / language)
    return {
        text_id.removeprefix("button-"): {pattern.replace("{}", "…") for pattern in text.patterns}
        for text_id, text in held.items()
        if text_id.startswith("button-")
    }


def bold(language: str) -> set[str]:
    """Return what stands in bold in a guide, across ends of lines."""
    guide = (ROOT / "docs" / f"guide.{language}.md").read_text(encoding="utf-8")
    return {" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", guide, re.DOTALL)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_in_a_guide_is_a_button(language: str) -> None:
    """What a guide calls a button is what the button says, letter by letter, in the guide's language."""
    known = {label for said in labels(language).values() for label in said}
    assert bold(language) - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_main_button_is_explained(language: str) -> None:
    """No button of the main ways is left out of a guide."""
    said, told = labels(language), bold(language)
    assert [name for name in MAIN if not said[name] & told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_are_linked_and_their_links_lead_somewhere(language: str) -> None:
    """The README leads to each guide, and every file that a guide names is there."""
    assert f"docs/guide.{language}.md" in (ROOT / "README.md").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / f"guide.{language}.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)]+)\)", guide)
    assert linked
    assert [name for name in linked if not (ROOT / "docs" / name).is_file()] == []


@pytest.mark.parametrize("page", ["privacy.md", "responsible-use.md"])
def test_pages_about_people_are_linked(page: str) -> None:
    """What is stored, and what the bot is for, can be found from the README."""
    assert f"docs/{page}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / page).is_file()
