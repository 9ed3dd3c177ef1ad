"""Values as vendors write them: numbers in quotes, decimal commas, ids of either type, stray blanks."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NoReturn

_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,8})?", re.ASCII)
_IDENTIFIER = re.compile(r"[!-~]{1,64}", re.ASCII)
_PHONE = re.compile(r"\d{5,15}", re.ASCII)  # E.164 allows 15 digits
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {127: None}


def parse_json(text: str) -> Any:
    """Return the JSON value in a text, its numbers as strings, exactly as they were written.

    Raises:
        ValueError: the text is not JSON, or is nested beyond reason.
    """
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def decode(body: bytes) -> str:
    """Return a body as text: UTF-8, a byte-order mark dropped, broken bytes replaced rather than fatal."""
    return body.decode("utf-8-sig", errors="replace").strip()


def number(value: object) -> Decimal | None:
    """Return a plain decimal number written with a point or a comma, or None."""
    written = value.strip() if isinstance(value, str) else ""
    return Decimal(written.replace(",", ".")) if _NUMBER.fullmatch(written) else None


def count(value: object) -> int | None:
    """Return a whole number that is not negative, or None."""
    amount = number(value)
    return int(amount) if amount is not None and amount >= 0 and amount == int(amount) else None


def identifier(value: object) -> str | None:
    """Return an id (visible ASCII, at most 64 characters), or None."""
    written = value.strip() if isinstance(value, str) else ""
    return written if _IDENTIFIER.fullmatch(written) else None


def phone(value: object) -> str | None:
    """Return a phone number in international format, digits only, or None."""
    digits = re.sub(r"[+\s()-]", "", value) if isinstance(value, str) else ""
    return digits if _PHONE.fullmatch(digits) else None


def sentence(value: object) -> str | None:
    """Return a text that can be stored and shown, or None where there is nothing in it.

    Control characters go (PostgreSQL and Telegram refuse NUL), and so does half a surrogate pair, which JSON
    can carry and UTF-8 cannot.
    """
    if not isinstance(value, str):
        return None
    shown = value.translate(_CONTROL).encode("utf-8", errors="replace").decode()
    return shown.strip() or None


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 time in UTC, or None where it cannot be read or names no zone."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.strip())
        return read.astimezone(UTC) if read.tzinfo else None
    except (ValueError, OverflowError):
        return None


def unix(value: object) -> datetime | None:
    """Return a time in whole seconds since 1970 in UTC, or None where there is none (0 is none)."""
    seconds = count(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):  # beyond year 9999, or beyond the platform
        return None


def flag(value: object) -> bool | None:
    """Return a truth value written as ``true``, ``1`` or ``"1"`` (``false``, ``0``), or None."""
    if isinstance(value, bool):
        return value
    return (
        {"1": True, "true": True, "0": False, "false": False}.get(value) if isinstance(value, str) else None
    )
