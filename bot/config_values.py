"""How values of the configuration are read and judged, one by one.

Each function takes a value as it was given and returns it as it is used, or raises a ``ValueError`` that goes
on after the name of the variable: ``must begin with https://``. None of them quotes a secret.
"""

import base64
import binascii
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr, ValidationInfo

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,23}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
_TAKEN_PATHS = frozenset({"healthz", "readyz", "metrics", "hooks"})
TELEGRAM = "https://api.telegram.org"
_FERNET_BYTES = 32
_SQLITE = "sqlite+aiosqlite:///"
_POSTGRES = "postgresql+asyncpg"
_POSTGRES_OPTIONS = {"ssl", "host", "port"}


def as_upper(value: Any) -> Any:
    """Return a text in capitals, whatever else as it is."""
    return value.upper() if isinstance(value, str) else value


def as_lower(value: Any) -> Any:
    """Return a text in small letters, whatever else as it is."""
    return value.lower() if isinstance(value, str) else value


def as_ids(value: Any) -> Any:
    """Split ids as people separate them."""
    return re.split(r"[,\s]+", value.strip(", \t\r\n")) if isinstance(value, str) else value


def as_token(value: SecretStr) -> SecretStr:
    """Judge a bot token; empty is none."""
    text = value.get_secret_value().strip()
    if text and not _TOKEN.fullmatch(text):
        raise ValueError("is not a bot token; @BotFather gives one that looks like 12345:letters")
    return SecretStr(text)


def as_fernet_keys(value: SecretStr) -> SecretStr:
    """Judge Fernet keys, of which there may be none."""
    keys = [part.strip() for part in value.get_secret_value().split(",") if part.strip()]
    for key in keys:
        try:
            size = len(base64.urlsafe_b64decode(key))
        except (binascii.Error, ValueError):
            size = 0
        if size != _FERNET_BYTES:
            # The decoder's own words may quote the key, hence "from None".
            raise ValueError(
                "must be one or more Fernet keys (44 characters of URL-safe base64), separated by commas"
            ) from None
    return SecretStr(",".join(keys))


def as_base_url(value: str) -> str:
    """Judge an address that paths are appended to."""
    try:
        parts = urlsplit(value.strip())
        _ = parts.port  # an impossible port is found only when asked for
    except ValueError:
        raise ValueError("is not a URL") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must begin with http:// or https:// and a host")
    if parts.query or parts.fragment or parts.username is not None or re.search(r"\s", parts.geturl()):
        raise ValueError("takes a scheme, a host and an optional path, and nothing else")
    return parts.geturl().rstrip("/")


def as_public_url(value: str) -> str:
    """Judge such an address where there may be none."""
    return as_base_url(value) if value.strip() else ""


def as_database_url(value: str) -> str:
    """Return the URL of a database as SQLAlchemy takes it.

    Raises:
        ValueError: it is of no engine that the bot knows; the words do not quote it.
    """
    scheme, mark, rest = value.strip().partition("://")
    if scheme in {"postgres", "postgresql", _POSTGRES} and mark:
        return _postgres_url(f"{_POSTGRES}://{rest}")
    if not value.startswith(_SQLITE) or value == _SQLITE:
        raise ValueError(f"must be {_SQLITE} and the path of a file, or {_POSTGRES}://user@host/name")
    return value


def _postgres_url(value: str) -> str:
    # No part of the URL is quoted: a password with a stray character may end up in any of them.
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ValueError("is not a URL; in a password, write % and two hex digits for / : @ ? # %") from None
    options = parse_qs(parts.query, keep_blank_values=True)
    if not parts.path.strip("/") or parts.fragment:
        raise ValueError(f"must name the database: {_POSTGRES}://user@host/name")
    if not parts.hostname and "host" not in options:
        raise ValueError(f"must name the server: {_POSTGRES}://user@host/name")
    if not options.keys() <= _POSTGRES_OPTIONS:
        raise ValueError("takes ?ssl=require (or another mode of libpq), host and port, and nothing else")
    return value


def as_json_list(value: Any) -> Any:
    """Read a JSON list; what is none by now is left to the next check."""
    if not isinstance(value, str):
        return value
    try:
        entries = json.loads(value)
    except ValueError as error:
        raise ValueError(f"is not JSON: {error}") from None
    if not isinstance(entries, list):
        raise ValueError("must be a JSON list, [{…}, {…}], of providers")  # noqa: TRY004 - pydantic's word for it
    return entries


def as_plain_words(value: Any) -> Any:
    """Read quirks as people write them in JSON: numbers, true and false, lists of names."""
    if not isinstance(value, dict):
        return value
    return {name: _plain_word(quirk) for name, quirk in value.items()}


def _plain_word(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case [*names]:
            return ",".join(str(name) for name in names)
        case _:
            return value


def as_slug(value: str) -> str:
    """Judge the short name of a provider."""
    if not _SLUG.fullmatch(value):
        raise ValueError("must be 2 to 24 of a-z, 0-9 and -, such as my-host")
    return value


def as_currency(value: str) -> str:
    """Judge a code of ISO 4217."""
    if not _CURRENCY.fullmatch(value):
        raise ValueError("must be three capital letters, such as USD")
    return value


def as_redis_url(value: SecretStr) -> SecretStr:
    """Judge the address of Redis, of which there may be none."""
    text = value.get_secret_value().strip()
    if text and (not text.startswith(("redis://", "rediss://", "unix://")) or text.endswith("://")):
        raise ValueError("must begin with redis://, rediss:// or unix://, and name a host or a socket")
    return SecretStr(text)


def as_word(value: str) -> str:
    """Judge a name that stands in keys of Redis."""
    if not _WORD.fullmatch(value):
        raise ValueError("must be 1 to 40 of A-Z, a-z, 0-9, -, _ and .")
    return value


def as_webhook_url(value: str, info: ValidationInfo) -> str:
    """Judge where Telegram is to bring updates, by what is known of the settings that stand before it."""
    url = as_public_url(value)
    if not url:
        return url
    parts = urlsplit(url)
    if parts.path in {"", "/"} or parts.path.split("/")[1] in _TAKEN_PATHS:
        raise ValueError("must have a path of its own, such as https://bot.example.org/telegram")
    if not info.data.get("http_port", 1):
        raise ValueError("needs the bot's HTTP server, which HTTP_PORT=0 switches off")
    # Telegram's rules; a Bot API server of one's own takes any address ("Using a Local Bot API Server").
    if info.data.get("telegram_api_url") == TELEGRAM:
        if parts.scheme != "https":
            raise ValueError("must begin with https://, or Telegram does not call it")
        if (parts.port or 443) not in _WEBHOOK_PORTS:
            raise ValueError("must have port 443, 80, 88 or 8443, or Telegram does not call it")
    return url


def as_webhook_secret(value: SecretStr) -> SecretStr:
    """Judge what Telegram proves itself by; empty is none."""
    text = value.get_secret_value().strip()
    if text and not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return SecretStr(text)
