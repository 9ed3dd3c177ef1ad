"""Every text exists, in every language, with the variables that the code gives, and reads clean."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale

from bot.domain import errors
from bot.domain.faults import Source
from bot.domain.groups import GroupState, Pause
from bot.domain.history import Facet
from bot.domain.orders import State
from bot.domain.people import Standing
from bot.domain.periods import Unit
from bot.domain.rentals import Act, RentalState
from bot.i18n import LANGUAGES, Translations
from tests.support.texts import PLURALS, Text, Use, texts, uses, uses_in

ROOT = Path(__file__).resolve().parent.parent

# Classes that only gather others: their texts may exist, but nothing of exactly that class is shown.
_ROOTS = {errors.CodebellError, errors.ProviderError, errors.Denied}


def _errors(root: type[errors.CodebellError]) -> set[str]:
    below = {slug for kind in root.__subclasses__() for slug in _errors(kind)}
    return below if root in _ROOTS else below | {root.slug}


FAMILIES: dict[str, set[str]] = {
    "error-": _errors(errors.CodebellError),
    "state-": {str(state) for state in State},
    "rental-state-": {str(state) for state in RentalState},
    "period-": {str(unit) for unit in Unit},
    "group-state-": {str(state) for state in GroupState},
    "group-pause-": {str(why) for why in Pause},
    "admin-source-": {str(source) for source in Source},
    "admin-standing-": {str(standing) for standing in Standing},
    "bill-title-": {str(act) for act in Act},
    "bill-confirm-": {str(act) for act in Act},
    "bill-done-": {str(act) for act in Act},
    "purchases-act-": {str(act) for act in Act},
    "facet-": {facet.name.lower() for facet in Facet},
}
"""Texts whose ids the code puts together: what the id begins with → every end that it can have."""

# Words that stay Latin in a Russian text: brands, and what has no other name.
_LATIN = {"API", "Codebell", "Get", "SMS", "Telegram", "UTC", "WhatsApp"}
_TAGS = {"a", "b", "blockquote", "code", "i", "pre", "s", "tg-spoiler", "u"}

HELD: dict[str, dict[str, Text]] = {language: texts(ROOT / "locales" / language) for language in LANGUAGES}
USES: list[Use] = list(uses(ROOT / "bot"))
EACH = [pytest.param(language, held, id=language) for language, held in HELD.items()]


def named(use: Use) -> set[str]:
    """Return every id that a call may name."""
    if use.family is None:
        return set(use.ids)
    assert use.family in FAMILIES, f"{use.where}: {use.family} is no declared family"
    return {use.family + end for end in FAMILIES[use.family]}


def test_every_text_that_the_code_names_exists() -> None:
    """A literal id exists; a family is declared, and each of its members exists."""
    missing = {use.where: lacking for use in USES if (lacking := named(use) - HELD["en"].keys())}
    assert missing == {}


def test_every_call_gives_the_variables_of_its_text() -> None:
    """A call of one text gives exactly what the text uses; a call of several gives at least that."""
    wrong = {}
    for use in USES:
        for text_id in named(use) & HELD["en"].keys() if use.values is not None else ():
            needed, given = HELD["en"][text_id].variables, set(use.values or ())
            alone = use.family is None and len(use.ids) == 1
            if (needed != given) if alone else (needed - given):
                wrong[f"{use.where} {text_id}"] = (needed, given)
    assert wrong == {}


def test_no_text_is_unused() -> None:
    """What nobody shows is not kept."""
    wanted = {text_id for use in USES for text_id in named(use)}
    wanted |= {reference for text in HELD["en"].values() for reference in text.references}
    assert HELD["en"].keys() - wanted == set()


@pytest.mark.parametrize(("language", "held"), EACH)
def test_languages_hold_the_same_texts_with_the_same_variables(language: str, held: dict[str, Text]) -> None:
    """No language lacks a text, has one of its own, or forgets a variable or a tag."""
    english = HELD["en"]
    messages = {text_id for text_id in english if text_id[0] != "-"}
    assert {text_id for text_id in held if text_id[0] != "-"} == messages
    for text_id in messages:
        assert held[text_id].variables == english[text_id].variables, f"{language}: {text_id}"
        assert _tags(held[text_id]) == _tags(english[text_id]), f"{language}: {text_id}"


def _tags(text: Text) -> set[str]:
    return set(re.findall(r"<([\w-]+)", " ".join(text.patterns)))


@pytest.mark.parametrize(("language", "held"), EACH)
def test_every_text_can_be_formatted(language: str, held: dict[str, Text]) -> None:
    """Every message comes out without an error of Fluent's: references resolve, nothing turns in circles."""
    translator = Translations.load(ROOT / "locales", strict=True).get(language)
    for text_id, text in held.items():
        if text_id[0] != "-":
            values = {name: 3 if name in text.numbers else "x" for name in text.variables}
            assert translator.plain(text_id, **values).strip(), text_id


@pytest.mark.parametrize(("language", "held"), EACH)
def test_plurals_have_the_forms_of_their_language(language: str, held: dict[str, Text]) -> None:
    """A choice by number has every form that the language has (Russian: one, few, many) and no other."""
    forms = Locale.parse(language).plural_form.tags
    for text_id, text in held.items():
        for keys in text.selectors:
            if keys & PLURALS - {"other"}:
                assert forms <= keys, f"{text_id} lacks {forms - keys}"
                assert keys & PLURALS <= forms | {"other"}, f"{text_id} has {keys}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_have_no_stray_blanks(language: str) -> None:
    """No line ends in blanks or holds tabs; no text begins, ends or doubles with a blank."""
    for path in (ROOT / "locales" / language).glob("*.ftl"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            assert line == line.rstrip(), f"{path.name}:{number}"
            assert "\t" not in line, f"{path.name}:{number}"
    for text_id, text in HELD[language].items():
        whole = text.patterns[-1]
        assert whole == whole.strip(), text_id
        assert not any("  " in line.strip() for line in whole.split("\n")), text_id


def test_russian_is_russian() -> None:
    """Beyond brands, commands and placeholders, no Latin word is left in a Russian text."""
    for text_id, text in HELD["ru"].items():
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"/\w+|https?://\S+|&\w+;|@\w+", " ", text.words))
        assert set(words) <= _LATIN, text_id


@pytest.mark.parametrize("language", ["en", "tr"])
def test_latin_languages_hold_no_cyrillic(language: str) -> None:
    """No Russian word or look-alike letter strays into English or Turkish."""
    for text_id, text in HELD[language].items():
        assert not re.search(r"[Ѐ-ӿ]", text.words.replace("Русский", "")), text_id


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_sentences_are_translated(language: str) -> None:
    """A text of three words or more is not simply the English one."""
    for text_id, text in HELD["en"].items():
        if len(re.findall(r"\w{2,}", text.words)) >= 3:
            assert HELD[language][text_id].words != text.words, text_id


class _Markup(HTMLParser):
    """Collects what is wrong with a piece of Telegram's HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base class's signature
        self.open.append(tag)
        if tag not in _TAGS:
            self.faults.append(f"<{tag}> is unknown to Telegram")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if re.search(r"[<>&]", data):
            self.faults.append(f"{data!r} is not escaped")


def faults(pattern: str) -> list[str]:
    """Return what is wrong with the markup of a pattern."""
    markup = _Markup()
    markup.feed(pattern)
    markup.close()
    return markup.faults + [f"<{tag}> stays open" for tag in markup.open]


@pytest.mark.parametrize(("language", "held"), EACH)
def test_markup_is_telegrams_and_closed(language: str, held: dict[str, Text]) -> None:
    """Every text for a message, and each variant in it, opens and closes only tags that Telegram knows."""
    for text_id in {text_id for use in USES if not use.plain for text_id in named(use)} & held.keys():
        for pattern in held[text_id].patterns:
            assert faults(pattern) == [], f"{language}: {text_id}"


@pytest.mark.parametrize(("language", "held"), EACH)
def test_plain_texts_have_no_markup(language: str, held: dict[str, Text]) -> None:
    """A button or toast would show tags and entities as they stand."""
    for text_id in {text_id for use in USES if use.plain for text_id in named(use)} & held.keys():
        for pattern in held[text_id].patterns:
            assert not re.search(r"</?\w|&\w+;", pattern), f"{language}: {text_id}"


def test_the_reader_of_calls_sees_every_form() -> None:
    """Literals, conditions, families and spread values are found, and a computed id is refused."""
    source = 't("a", n=1)\nself.tr.plain("b" if x else "c", **values)\nt.t(f"error-{slug}", name=2)\n'
    found = list(uses_in(source, "x.py"))
    assert found == [
        Use("x.py:1", plain=False, ids=("a",), family=None, values=frozenset({"n"})),
        Use("x.py:2", plain=True, ids=("b", "c"), family=None, values=None),
        Use("x.py:3", plain=False, ids=(), family="error-", values=frozenset({"name"})),
    ]
    with pytest.raises(ValueError, match=r"x\.py:1"):
        list(uses_in("t(some_id)", "x.py"))


def test_the_reader_of_texts_sees_every_part(tmp_path: Path) -> None:
    """Variables are found in choices, functions and references, terms apart, and patterns keep literals."""
    (tmp_path / "x.ftl").write_text(
        "-brand = Codebell { $case }\n"
        "inner = { $deep }\n"
        'outer = { -brand }{" "}<b>{ inner }</b> { NUMBER($total) } { $n ->\n'
        "    [one] one { $who }\n   *[other] many\n }\n",
        encoding="utf-8",
    )
    text = texts(tmp_path)["outer"]
    assert text.variables == {"deep", "total", "n", "who"}
    assert text.references == {"-brand", "inner"}
    assert (text.numbers, text.selectors) == ({"n"}, [frozenset({"one", "other"})])
    assert text.patterns == ["one {}", "many", "{} <b>{}</b> {} {}"]


def test_the_judge_of_markup_finds_faults() -> None:
    """Unknown, unclosed and crossed tags and bare signs are faults; a clean text has none."""
    assert faults("<b>x &amp; y</b> <blockquote expandable>z</blockquote>") == []
    for broken in ("<b>x", "<div>x</div>", "<b><i>x</b></i>", "a < b", "x</b>"):
        assert faults(broken), broken
