"""Texts in the reader's language: Fluent messages, and CLDR formats for money, numbers, phones and times.

The only importer of ``fluent``. A text is either HTML for a message (``Translator.t``), where every plain
string put into it is escaped here and nowhere else, or plain text for buttons and toasts
(``Translator.plain``).
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent, get_currency_symbol
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.domain.money import Money
from bot.logs import get_logger

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "ru": "Русский", "tr": "Türkçe"})
"""The languages of the bot by code, each with its own name for itself."""

FALLBACK = "en"

_log = get_logger(__name__)

# CLDR gives these signs only to their home languages; a reader of any language knows them from prices.
_SIGNS = {"RUB": "₽", "TRY": "₺", "UAH": "₴", "KZT": "₸"}
_CLDR_ZONES = {"Europe/Kyiv": "Europe/Kiev", "Asia/Kolkata": "Asia/Calcutta"}  # by its first names for them
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
# Fluent refuses a value above 2,500 characters as an attack, but an SMS may be longer: Translator._format
# hands it a placeholder in NUL characters, which no value can hold.
_LONG = 2000
_UNSOUND = dict.fromkeys((0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_PLACE = re.compile("\x00([0-9]+)\x00")


class LocaleError(Exception):
    """The Fluent files, or a call for a text, are wrong; names the file or the message."""


class Html(str):
    """Markup that is safe to send; whatever plain text is joined to it is escaped on the way."""

    __slots__ = ()

    @classmethod
    def escape(cls, text: str) -> "Html":
        """Return the text as markup: escaped, unless it is markup already."""
        return text if isinstance(text, Html) else cls(html.escape(sound(text)))

    def __add__(self, other: str) -> "Html":
        return Html(str(self) + str(Html.escape(other)))

    def __radd__(self, other: str) -> "Html":
        return Html.escape(other) + self

    def join(self, parts: Iterable[str], /) -> "Html":
        """Join parts with this markup between them, escaping the plain ones."""
        return Html(super().join(Html.escape(part) for part in parts))


def sound(text: str) -> str:
    """Return somebody's text without what would keep a message from being sent, or turn the words beside it.

    Left out are NUL and the bidirectional controls whose effect reaches beyond their place (Unicode UAX 9:
    embeddings, overrides, isolates): in a name, one of these could show a price or a number back to front.
    """
    return text.translate(_UNSOUND).encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8


def language_of(code: str | None) -> str:
    """Return the language of the bot for an IETF tag such as ``pt-br``: ``en`` where there is none nearer."""
    primary = re.split(r"[-_]", code or "", maxsplit=1)[0].lower()
    return primary if primary in LANGUAGES else FALLBACK


class Translator:
    """Texts and formats of one language; made by ``Translations``.

    Attributes:
        language: ``en``, ``ru`` or ``tr``.
    """

    def __init__(
        self, language: str, bundle: FluentBundle, fallback: "Translator | None", *, strict: bool
    ) -> None:
        self.language = language
        self._bundle = bundle
        self._locale = Locale.parse(language)
        self._fallback = fallback
        self._strict = strict
        self._reported: set[str] = set()

    def t(self, message_id: str, /, **values: str | int) -> Html:
        """Return a text as HTML for a message.

        Args:
            message_id: the Fluent message.
            **values: its variables. A plain string is escaped, ``Html`` stays, an int selects plurals and is
                grouped. Money, decimals and times are formatted first (``money``, ``date_time``).

        Raises:
            TypeError: a value of another type.
            LocaleError: no such message, or a variable is missing; only where texts are strict.
        """
        checked = {name: _sound(name, value) for name, value in values.items()}
        return Html(
            self._format(
                message_id,
                {
                    name: Html.escape(value) if isinstance(value, str) else value
                    for name, value in checked.items()
                },
            )
        )

    def plain(self, message_id: str, /, **values: str | int) -> str:
        """Return a text without markup, for buttons, toasts and commands.

        Raises:
            TypeError: a value is markup, or of a type that no text takes.
            LocaleError: as ``t``.
        """
        if markup := [name for name, value in values.items() if isinstance(value, Html)]:
            raise TypeError(f"{', '.join(markup)} of {message_id} is markup, but a plain text has none")
        return self._format(message_id, {name: _sound(name, value) for name, value in values.items()})

    def money(self, money: Money) -> str:
        """Return an amount with its sign: ``12,50 ₽``; no decimals on a whole amount, else at least two."""
        amount = money.amount.normalize()
        places = -int(amount.as_tuple().exponent)
        decimals = "." + "0" * max(2, places) if places > 0 else ""
        pattern = self._locale.currency_formats["standard"].pattern.replace(".00", decimals)
        sign = _SIGNS.get(money.currency) or get_currency_symbol(money.currency, self.language)
        # A code of letters keeps its distance from the figures: "EGP 5", but "$5".
        pattern = pattern.replace(
            "¤", f"'{sign}'\xa0" if sign.isalpha() and pattern[0] == "¤" else f"'{sign}'"
        )
        return format_decimal(amount, format=pattern, locale=self._locale)

    def number(self, number: int) -> str:
        """Return a whole number, grouped."""
        return format_decimal(number, locale=self._locale)

    def percent(self, share: float) -> str:
        """Return a share of one in whole percents: ``80%``, ``80 %``, ``%80``."""
        return format_percent(share, format=None, locale=self._locale)

    def month(self, day: date) -> str:
        """Return the month of a day with its year, as it stands alone: ``January 2026``."""
        name = format_date(day, "LLLL y", locale=self._locale)
        return name[:1].upper() + name[1:]

    def day(self, day: date) -> str:
        """Return a day without its year, in short: ``Jan 15``."""
        return format_skeleton("MMMd", day, locale=self._locale)

    def phone(self, digits: str) -> str:
        """Return a number in the international format; ``+digits`` where its country's format is unknown.

        Args:
            digits: international, without plus.
        """
        try:
            number = phonenumbers.parse(f"+{digits}")
        except phonenumbers.NumberParseException:
            return f"+{digits}"
        if not phonenumbers.is_possible_number(number):
            return f"+{digits}"
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def city(self, zone: str) -> str:
        """Return the city that a time zone is called after, as CLDR has it; a zone without one as it is."""
        named = self._locale.time_zones.get(_CLDR_ZONES.get(zone, zone), {}).get("city")
        return named or zone.rpartition("/")[2].replace("_", " ")

    def date_time(self, moment: datetime, style: str = "t") -> Html:
        """Return a moment that the reader's client shows in its own zone and language, and keeps current.

        Args:
            moment: aware.
            style: ``r`` for "in 5 minutes", or a combination of ``w`` (weekday), ``d``/``D`` (short or long
                date) and ``t``/``T`` (time without or with seconds), in this order.

        Old clients show what stands inside: the date and time in UTC (Bot API, "HTML style" and "Date-time
        entity formatting").

        Raises:
            ValueError: an unknown format, or a naive moment.
        """
        if not style or not _TIME_FORMAT.fullmatch(style):
            raise ValueError(f"{style!r} is no date-time format")
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone is no moment")
        shown = format_datetime(moment, "d MMM, HH:mm", tzinfo=UTC, locale=self._locale)
        return Html(
            f'<tg-time unix="{int(moment.timestamp())}" format="{style}">{html.escape(shown)} UTC</tg-time>'
        )

    def _format(self, message_id: str, values: Mapping[str, str | int]) -> str:
        if not self._bundle.has_message(message_id):
            return self._missing(message_id, values)
        message = self._bundle.get_message(message_id)
        if message.value is None:
            return self._missing(message_id, values)
        long = [value for value in values.values() if isinstance(value, str) and len(value) > _LONG]
        short = {
            name: f"\x00{long.index(value)}\x00" if isinstance(value, str) and len(value) > _LONG else value
            for name, value in values.items()
        }
        text, errors = self._bundle.format_pattern(message.value, short)
        if errors:
            self._complain(message_id, "; ".join(str(error) for error in errors))
        return _PLACE.sub(lambda place: long[int(place[1])], str(text)) if long else str(text)

    def _missing(self, message_id: str, values: Mapping[str, str | int]) -> str:
        self._complain(message_id, "no such message")
        return self._fallback._format(message_id, values) if self._fallback else message_id  # noqa: SLF001 - its own class

    def _complain(self, message_id: str, reason: str) -> None:
        if self._strict:
            raise LocaleError(f"{self.language}: {message_id}: {reason}")
        if message_id not in self._reported:
            self._reported.add(message_id)
            _log.error("text is broken", language=self.language, message=message_id, reason=reason)


def _sound(name: str, value: Any) -> str | int:
    """Return the value if a text takes its type, without what would keep a message from being sent at all."""
    if isinstance(value, str):
        return Html(sound(value)) if isinstance(value, Html) else sound(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"{name} is a {type(value).__name__}; a text takes strings and whole numbers")


class Translations:
    """Every text of the bot, in every language.

    Args:
        bundles: one per language.
        strict: raise where a text or a variable is missing, instead of falling back to English and the id.
    """

    def __init__(self, bundles: Mapping[str, FluentBundle], *, strict: bool = False) -> None:
        english = Translator(FALLBACK, bundles[FALLBACK], None, strict=strict)
        self._translators = {FALLBACK: english}
        for language, bundle in bundles.items():
            if language != FALLBACK:
                self._translators[language] = Translator(language, bundle, english, strict=strict)

    @classmethod
    def load(cls, folder: Path, *, strict: bool = False) -> Self:
        """Read ``<folder>/<language>/*.ftl``.

        Raises:
            LocaleError: a file is broken, or one id stands twice.
        """
        bundles = {language: FluentBundle([language], use_isolating=False) for language in LANGUAGES}
        for language, bundle in bundles.items():
            seen: dict[str, Path] = {}
            for path in sorted((folder / language).glob("*.ftl")):
                resource = FluentResource(path.read_text(encoding="utf-8"))
                for entry_id in _ids(resource, path):
                    if entry_id in seen:
                        raise LocaleError(f"{path}: {entry_id} stands in {seen[entry_id].name} already")
                    seen[entry_id] = path
                bundle.add_resource(resource)
        return cls(bundles, strict=strict)

    def get(self, language: str) -> Translator:
        """Return the translator of a language; English for one that the bot does not speak."""
        return self._translators.get(language, self._translators[FALLBACK])


def _ids(resource: ast.Resource, path: Path) -> Iterator[str]:
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            # Fluent skips what it cannot read; a text that vanishes must stop the start instead.
            raise LocaleError(f"{path}: cannot be read: {(entry.content or '').strip()[:80]!r}")
        if isinstance(entry, ast.Message):
            yield entry.id.name
        elif isinstance(entry, ast.Term):
            yield f"-{entry.id.name}"
