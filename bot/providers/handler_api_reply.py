"""An answer of ``handler_api.php``, told apart: a refusal, a word, or JSON.

Refusals come as a bare word (``NO_NUMBERS``, also ``NO_NUMBERS: a sentence``), as JSON that names its own
failure (``{"status": "error", "message": …}``), or under an HTTP error as ``{"title", "details", "info"}``.
So the HTTP status is looked at first, then the first byte, then the text up to the first colon.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.domain.errors import (
    Banned,
    KeyRejected,
    OutcomeUnknown,
    PriceTooLow,
    ProviderError,
    ProviderFault,
)
from bot.domain.sms import Sms
from bot.providers import loose, values
from bot.providers.calls import Answer, Call, Kind
from bot.providers.handler_api_words import Method

_OK = range(200, 300)
_UNAUTHORIZED = 401
_SERVER_FAULT = 500
_WORD = re.compile(r"[A-Z][A-Z0-9_]{2,63}")
_FAILED = ("error", "false", "fail", False)
_MESSAGES = ("message", "msg", "error")


@dataclass(frozen=True, slots=True)
class _Complaint:
    """A refusal in JSON: its word, its sentence, and further facts."""

    word: str
    text: str | None
    info: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, with what is needed to understand it."""

    call: Call
    answer: Answer
    method: Method

    def value(self) -> Any:
        """Return the text, or the JSON value with its numbers as strings, of an answer that is no refusal.

        Raises:
            ProviderError: it is one, or cannot be read.
        """
        text = values.decode(self.answer.body)
        if text[:1] in {"{", "[", '"'}:
            value = self._json(text)
            if not isinstance(value, str):
                return self._accepted(value)
            text = value.strip()
        word, rest = split(text)
        if word in self.method.nothing:
            return []
        if word in self.method.errors:
            raise self._refusal(_Complaint(word, rest or None, {}))
        if not text or text.startswith("<") or self.answer.status not in _OK:
            raise self.unreadable()
        return text

    def words(self) -> tuple[str, str]:
        """Return the text up to the first colon, and what follows it.

        Raises:
            ProviderError: it is a refusal, or no text.
        """
        value = self.value()
        if not isinstance(value, str):
            raise self.unreadable()
        return split(value)

    def data(self) -> Any:
        """Return the JSON value.

        Raises:
            ProviderError: it is a refusal, or no JSON.
        """
        value = self.value()
        if isinstance(value, str):
            raise self.unreadable()
        return value

    def carried(self) -> Sms | None:
        """Return the SMS that a refusal in JSON carries, the oldest one where there are several."""
        try:
            value = loose.parse(values.decode(self.answer.body))
        except ValueError:
            return None
        info = value.get("info") if isinstance(value, dict) else None
        messages = read_messages(info.get("data")) if isinstance(info, dict) else []
        return messages[0] if messages else None

    def unreadable(self, said: str | None = None) -> ProviderError:
        """Return the error for an answer that the pages do not explain.

        A word that nobody knows is its code, any other sentence its text; but what answers a poll may be, or
        hold, a code that somebody waits for, and is not repeated.

        Args:
            said: what is worth telling of it instead.
        """
        text = values.decode(self.answer.body)
        word, rest = split(text)
        poll = self.call.kind is Kind.POLL
        if said is not None or self.answer.status >= _SERVER_FAULT or not text[:1].isalpha():
            return self.call.unreadable(self.answer, None, said)
        if _WORD.fullmatch(word):
            return self.call.unreadable(self.answer, word, None if poll else rest)
        return self.call.unreadable(self.answer, None, None if poll else text)

    def _json(self, text: str) -> Any:
        try:
            return loose.parse(text)
        except ValueError:
            failure = self.unreadable()
        raise failure  # outside the handler, so that no piece of the body hangs on the error

    def _accepted(self, value: Any) -> Any:
        complaint = _complaint(value, self.answer.status) if isinstance(value, dict) else None
        if complaint is not None:
            if complaint.word in self.method.nothing:
                return []
            raise self._refusal(complaint)
        if self.answer.status not in _OK:
            raise self.unreadable()
        return value

    def _refusal(self, complaint: _Complaint) -> ProviderError:
        kind = self.method.errors.get(complaint.word)
        if kind is None and self.answer.status == _UNAUTHORIZED:
            kind = KeyRejected
        if kind is None:  # a proxy's failure may be JSON as well, and then it is not the vendor's word
            foreign = self.answer.status >= _SERVER_FAULT or not complaint.word
            word = None if foreign else complaint.word
            return self.call.unreadable(self.answer, word, complaint.text)
        if kind is ProviderFault and self.call.kind is Kind.PAID:
            kind = OutcomeUnknown  # it broke somewhere on the way, perhaps after the number was booked
        error = self.call.error(kind, complaint.word, complaint.text)
        match error:
            case PriceTooLow():
                error.minimum = _minimum(complaint)
            case Banned():
                error.until = _until(complaint)
        return error


def split(text: str) -> tuple[str, str]:
    """Return what stands before and after the first colon, blanks and one pair of quotes taken off."""
    word, _, rest = text.partition(":")
    return word.strip(), unquoted(rest)


def unquoted(text: str) -> str:
    """Return a text without the blanks around it, nor one pair of quotes."""
    bare = text.strip()
    paired = len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\""
    return bare[1:-1].strip() if paired else bare


def rows(value: Any) -> list[Any]:
    """Return the elements of a list, or of an object that stands for one; PHP confuses them."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def read_messages(value: Any) -> list[Sms]:
    """Return the SMS in a list of messages, in its order; calls and rows without a text are left out."""
    found = []
    for row in rows(value):
        if not isinstance(row, dict) or row.get("type") == "call":
            continue
        code = values.sentence(row.get("code"))
        text = values.sentence(row.get("text")) or code
        if text is not None:
            found.append(
                Sms(
                    text=text,
                    code=code,
                    remote_id=values.identifier(row.get("id")),
                    sender=values.sentence(row.get("phoneFrom")),
                    received_at=values.moment(row.get("date")),
                )
            )
    return found


def _complaint(value: Mapping[str, Any], status: int) -> _Complaint | None:
    info = value.get("info")
    facts = info if isinstance(info, dict) else {}
    title = value.get("title")
    if isinstance(title, str):
        word, rest = split(title)
        return _Complaint(word, values.sentence(value.get("details")) or rest or None, facts)
    said = next((value[name] for name in _MESSAGES if isinstance(value.get(name), str)), None)
    failed = value.get("status") in _FAILED
    if not failed and (said is None or (status in _OK and "error" not in value)):
        return None
    word, rest = split(said or "")
    return _Complaint(word, rest or None, facts)


def _minimum(complaint: _Complaint) -> Decimal | None:
    return values.number(complaint.info.get("min", complaint.text))


def _until(complaint: _Complaint) -> datetime | None:
    """Return when a ban ends; the time beside the bare word has no zone, and is left to the text."""
    stamp = values.unix(complaint.info.get("banned_until"))
    return stamp or values.moment(complaint.info.get("readable_date"))
