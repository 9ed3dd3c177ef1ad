"""Fixtures of the screens: the reader's language, and the catalogue."""

from pathlib import Path

import pytest

from bot.catalog import Catalog, load_catalog
from bot.i18n import LANGUAGES, Translations, Translator

_LOCALES = Path(__file__).resolve().parents[2] / "locales"
_TEXTS = Translations.load(_LOCALES, strict=True)


@pytest.fixture(params=list(LANGUAGES))
def t(request: pytest.FixtureRequest) -> Translator:
    """Each language; a missing text or variable raises."""
    return _TEXTS.get(request.param)


@pytest.fixture
def en() -> Translator:
    """English alone, for what is held word by word."""
    return _TEXTS.get("en")


@pytest.fixture
def catalog() -> Catalog:
    """The real catalogue."""
    return load_catalog()
