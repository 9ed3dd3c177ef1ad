from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.money import Money
from bot.domain.orders import State
from bot.i18n import LANGUAGES, Html, LocaleError, Translations, Translator, language_of

EN = """
hello = Hello, <b>{ $name }</b>
card = { $title }: { $text }
stock = { $count ->
    [one] { $count } number
   *[other] { $count } numbers
 }
state = { $state ->
    [waiting] waits
   *[other] over
 }
only-english = English
button = Buy & go
"""
RU = """
hello = Привет, <b>{ $name }</b>
card = { $title }: { $text }
stock = { $count ->
    [one] { $count } номер
    [few] { $count } номера
   *[many] { $count } номеров
 }
state = { $state ->
    [waiting] ждёт
   *[other] кончено
 }
button = Купить
"""

Load = Callable[..., Translations]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a loader of sample texts, with more of them for English on demand."""

    def load(more: str = "", *, strict: bool = False) -> Translations:
        for language, text in {"en": EN, "ru": RU, "tr": EN}.items():
            (tmp_path / language).mkdir(exist_ok=True)
            (tmp_path / language / "main.ftl").write_text(text, encoding="utf-8")
        (tmp_path / "en" / "more.ftl").write_text(more, encoding="utf-8")
        return Translations.load(tmp_path, strict=strict)

    return load


@pytest.fixture
def en(load: Load) -> Translator:
    """English."""
    return load(strict=True).get("en")


@pytest.fixture
def ru(load: Load) -> Translator:
    """Russian."""
    return load(strict=True).get("ru")


def test_plain_strings_are_escaped_and_markup_is_not(en: Translator) -> None:
    """What a person or a provider wrote cannot become markup; our own markup can."""
    assert en.t("hello", name="<i>& \"'") == "Hello, <b>&lt;i&gt;&amp; &quot;&#x27;</b>"
    assert en.t("hello", name=Html("<i>x</i>")) == "Hello, <b><i>x</i></b>"
    assert isinstance(en.t("hello", name="x"), Html)


def test_plain_texts_are_not_escaped_and_take_no_markup(en: Translator) -> None:
    """A button shows an ampersand as it is; markup in it would be read aloud, so it is refused."""
    assert en.plain("button") == "Buy & go"
    assert not isinstance(en.plain("button"), Html)
    assert en.plain("card", title="a<b", text="c") == "a<b: c"
    with pytest.raises(TypeError, match="markup"):
        en.plain("card", title=Html("x"), text="c")


def test_no_invisible_characters_surround_a_value(en: Translator) -> None:
    """A code that is copied out of a text is the code and nothing else."""
    assert en.plain("card", title="1", text="123456") == "1: 123456"


@pytest.mark.parametrize("length", [1, 1999, 2001, 2501, 4000])
def test_an_sms_of_any_length_arrives_whole(en: Translator, length: int) -> None:
    """Fluent's own limit on values does not cut or swallow a long SMS, escaped or not."""
    text = ("<&>é" * 1000)[:length]
    assert unescape(en.t("card", title="Telegram", text=text)) == f"Telegram: {text}"
    assert en.plain("card", title=text, text=text) == f"{text}: {text}"


def test_characters_that_cannot_be_sent_do_not_stop_a_text(en: Translator) -> None:
    """NULs (even forged placeholders) and lone surrogates in an SMS cost themselves, not the code."""
    text = en.t("card", title="\x007\x00", text="\ud83dcode 42" + "x" * 3000)
    assert text.startswith("7: ?code 42")
    assert text.encode()


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "1 номер"), (3, "3 номера"), (5, "5 номеров"), (21, "21 номер"), (1234, "1\xa0234 номера")],
)
def test_whole_numbers_choose_the_plural(ru: Translator, count: int, expected: str) -> None:
    """Russian has three forms, and numbers are grouped in its way."""
    assert ru.t("stock", count=count) == expected


def test_enumerations_select_variants(en: Translator) -> None:
    """A state of the domain can be put into a text as it is."""
    assert (en.t("state", state=State.WAITING), en.t("state", state=State.FAILED)) == ("waits", "over")


@pytest.mark.parametrize("value", [1.5, Decimal(1), None, True, datetime.now(UTC), Money(Decimal(1), "RUB")])
def test_values_without_a_format_are_refused(en: Translator, value: Any) -> None:
    """Money, decimals, times, flags and None are formatted before, never by accident."""
    with pytest.raises(TypeError, match="name is a"):
        en.t("hello", name=value)
    with pytest.raises(TypeError, match="name is a"):
        en.plain("hello", name=value)


def test_strict_texts_raise_on_what_is_missing(load: Load) -> None:
    """In tests a missing message or variable is an error that names both."""
    ru = load(strict=True).get("ru")
    with pytest.raises(LocaleError, match="ru: only-english"):
        ru.t("only-english")
    with pytest.raises(LocaleError, match=r"hello.*name"):
        ru.t("hello")


def test_production_falls_back_and_says_so_once(load: Load) -> None:
    """A person gets English, then the id; the log gets one line for each broken text."""
    ru = load().get("ru")
    with capture_logs() as logs:
        for _ in range(3):
            assert ru.t("only-english") == "English"
            assert ru.plain("nowhere") == "nowhere"
            assert "Привет" in ru.t("hello")
    assert [(log["language"], log["message"]) for log in logs] == [
        ("ru", "only-english"),
        ("ru", "nowhere"),
        ("en", "nowhere"),
        ("ru", "hello"),
    ]


def test_a_broken_file_stops_the_start(load: Load) -> None:
    """Fluent would skip what it cannot read: here it is an error that names the file."""
    with pytest.raises(LocaleError, match=r"more\.ftl"):
        load("good = Good\nbad = { $x\n")


def test_an_id_that_stands_twice_stops_the_start(load: Load) -> None:
    """Two texts under one id would hide each other silently."""
    with pytest.raises(LocaleError, match="hello"):
        load("hello = Hi\n")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ru", "ru"),
        ("ru-RU", "ru"),
        ("TR", "tr"),
        ("pt-br", "en"),
        ("zh_Hans", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_languages_are_guessed_from_tags(code: str | None, language: str) -> None:
    """Any tag of Telegram's leads to a language that the bot speaks."""
    assert language_of(code) == language


def test_unknown_languages_speak_english(load: Load) -> None:
    """A language that was removed from the bot does not break its readers."""
    translations = load()
    assert translations.get("de") is translations.get("en")
    assert [translations.get(language).language for language in LANGUAGES] == ["en", "ru", "tr"]


@pytest.mark.parametrize(
    ("amount", "currency", "en", "ru", "tr"),
    [
        ("12", "RUB", "₽12", "12\xa0₽", "₽12"),
        ("12.00", "RUB", "₽12", "12\xa0₽", "₽12"),
        ("12.5", "RUB", "₽12.50", "12,50\xa0₽", "₽12,50"),
        ("0.125", "USD", "$0.125", "0,125\xa0$", "$0,125"),
        ("12345.67", "TRY", "₺12,345.67", "12\xa0345,67\xa0₺", "₺12.345,67"),
        ("1200", "USD", "$1,200", "1\xa0200\xa0$", "$1.200"),
        ("-3.5", "RUB", "-₽3.50", "-3,50\xa0₽", "-₽3,50"),
        ("5", "EGP", "EGP\xa05", "5\xa0EGP", "EGP\xa05"),
    ],
)
def test_money_is_written_as_its_reader_writes_it(
    load: Load, amount: str, currency: str, en: str, ru: str, tr: str
) -> None:
    """Sign, separators and places follow the language; a whole amount has no decimals."""
    translations = load()
    money = Money(Decimal(amount), currency)
    assert [translations.get(language).money(money) for language in ("en", "ru", "tr")] == [en, ru, tr]


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("79969817867", "+7 996 981-78-67"),
        ("447911123456", "+44 7911 123456"),
        ("999", "+999"),
        ("7", "+7"),
        ("0123", "+0123"),
    ],
)
def test_phones_are_international(en: Translator, digits: str, shown: str) -> None:
    """A number is grouped as its country does, and an impossible one is shown as it came."""
    assert en.phone(digits) == shown


def test_a_moment_is_an_entity_with_utc_inside(ru: Translator) -> None:
    """Clients show their own zone; old ones show UTC and say so."""
    moment = datetime(2026, 3, 8, 1, 5, tzinfo=timezone(timedelta(hours=3)))
    assert ru.date_time(moment, "r") == (
        f'<tg-time unix="{int(moment.timestamp())}" format="r">7 мар., 22:05 UTC</tg-time>'
    )


@pytest.mark.parametrize("style", ["", "x", "rt", "td", "dD", '"'])
def test_unknown_time_formats_are_refused(en: Translator, style: str) -> None:
    """Only what Telegram documents is sent."""
    with pytest.raises(ValueError, match="format"):
        en.date_time(datetime.now(UTC), style)


def test_naive_moments_are_refused(en: Translator) -> None:
    """A time without a zone would be shown wrong by hours."""
    with pytest.raises(ValueError, match="zone"):
        en.date_time(datetime(2026, 1, 1))  # noqa: DTZ001 - naive on purpose


def test_markup_escapes_what_is_joined_to_it() -> None:
    """Adding and joining keep markup safe from both sides."""
    bold = Html("<b>x</b>")
    assert bold + "<" == "<b>x</b>&lt;"
    assert "<" + bold == "&lt;<b>x</b>"
    assert Html("\n").join([bold, "a&b"]) == "<b>x</b>\na&amp;b"
    assert all(isinstance(text, Html) for text in (bold + "<", "<" + bold, Html("").join([bold])))


def test_whole_numbers_are_grouped(load: Load) -> None:
    """Thousands are set apart as the language does it."""
    translations = load()
    assert [translations.get(language).number(12345) for language in LANGUAGES] == [
        "12,345",
        "12\xa0345",
        "12.345",
    ]
