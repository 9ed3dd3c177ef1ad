"""What the surroundings decide: settings from the environment and an optional ``.env`` file.

``load_settings`` reads them once; the result is passed down, and nothing imports it as a global.
"""

import base64
import binascii
import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qs, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,23}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
_TAKEN_PATHS = frozenset({"healthz", "readyz", "metrics", "hooks"})
_TELEGRAM = "https://api.telegram.org"
_FERNET_BYTES = 32
_SQLITE = "sqlite+aiosqlite:///"
_DOCKER_SECRETS = "/run/secrets"
_POSTGRES = "postgresql+asyncpg"
_POSTGRES_OPTIONS = {"ssl", "host", "port"}


class ConfigError(Exception):
    """The configuration cannot be used.

    Attributes:
        problems: a sentence each, naming the variable; never the value of a secret.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _ids(value: Any) -> Any:
    return re.split(r"[,\s]+", value.strip(", \t\r\n")) if isinstance(value, str) else value


def _token(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if text and not _TOKEN.fullmatch(text):
        raise ValueError("is not a bot token; @BotFather gives one that looks like 12345:letters")
    return SecretStr(text)


def _fernet_keys(value: SecretStr) -> SecretStr:
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


def _base_url(value: str) -> str:
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


def _public_url(value: str) -> str:
    return _base_url(value) if value.strip() else ""


def as_database_url(value: str) -> str:
    """Return the URL of a database as SQLAlchemy takes it.

    Raises:
        ValueError: it is of no engine that the bot knows; the words do not quote it.
    """
    scheme, mark, rest = value.strip().partition("://")
    if scheme in {"postgres", "postgresql", _POSTGRES} and mark:
        return _postgres_url(f"{_POSTGRES}://{rest}")
    if not value.startswith(_SQLITE) or value == _SQLITE:
        raise ValueError(
            f"must be {_SQLITE} and the path of a file, or {_POSTGRES}://user:password@host/name"
        )
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
        raise ValueError(f"must name the database: {_POSTGRES}://user:password@host/name")
    if not parts.hostname and "host" not in options:
        raise ValueError(f"must name the server: {_POSTGRES}://user:password@host/name")
    if not options.keys() <= _POSTGRES_OPTIONS:
        raise ValueError("takes ?ssl=require (or another mode of libpq), host and port, and nothing else")
    return value


def _json_list(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        entries = json.loads(value)
    except ValueError as error:
        raise ValueError(f"is not JSON: {error}") from None
    if not isinstance(entries, list):
        raise ValueError("must be a JSON list, [{…}, {…}], of providers")  # noqa: TRY004 - pydantic's word for it
    return entries


def _plain_words(value: Any) -> Any:
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


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise ValueError("must be 2 to 24 of a-z, 0-9 and -, such as my-host")
    return value


def _currency(value: str) -> str:
    if not _CURRENCY.fullmatch(value):
        raise ValueError("must be three capital letters, such as USD")
    return value


def _distinct(entries: tuple["ExtraProvider", ...]) -> tuple["ExtraProvider", ...]:
    slugs = [entry.slug for entry in entries]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise ValueError(f"has two entries with the slug {slug}")
    return entries


def _redis_url(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if text and (not text.startswith(("redis://", "rediss://", "unix://")) or text.endswith("://")):
        raise ValueError("must begin with redis://, rediss:// or unix://, and name a host or a socket")
    return SecretStr(text)


def _word(value: str) -> str:
    if not _WORD.fullmatch(value):
        raise ValueError("must be 1 to 40 of A-Z, a-z, 0-9, -, _ and .")
    return value


def _webhook_url(value: str, info: ValidationInfo) -> str:
    url = _public_url(value)
    if not url:
        return url
    parts = urlsplit(url)
    if parts.path in {"", "/"} or parts.path.split("/")[1] in _TAKEN_PATHS:
        raise ValueError("must have a path of its own, such as https://bot.example.org/telegram")
    if not info.data.get("http_port", 1):
        raise ValueError("needs the bot's HTTP server, which HTTP_PORT=0 switches off")
    # Telegram's rules; a Bot API server of one's own takes any address ("Using a Local Bot API Server").
    if info.data.get("telegram_api_url") == _TELEGRAM:
        if parts.scheme != "https":
            raise ValueError("must begin with https://, or Telegram does not call it")
        if (parts.port or 443) not in _WEBHOOK_PORTS:
            raise ValueError("must have port 443, 80, 88 or 8443, or Telegram does not call it")
    return url


def _webhook_secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if text and not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return SecretStr(text)


BaseUrl = Annotated[str, AfterValidator(_base_url)]


class ExtraProvider(BaseModel):
    """One entry of ``EXTRA_PROVIDERS``: a further host that speaks a known protocol.

    Attributes:
        slug: its short name, kept in the database and in buttons: 2 to 24 of ``a-z``, ``0-9`` and ``-``.
        title: the name that people see.
        url: scheme, host and optional path prefix; no slash at the end.
        protocol: the language that it speaks.
        currency: ISO 4217 code of its prices.
        site: the page where a person finds the key; None for ``url`` itself.
        codes: the table of service and country codes; None for the protocol's usual one.
        quirks: how it deviates from the protocol, by name.
        rentals: the language in which it rents numbers out; None where it does not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    slug: Annotated[str, AfterValidator(_slug)]
    title: Annotated[str, Field(min_length=1, max_length=40)]
    url: BaseUrl
    protocol: str
    currency: Annotated[str, AfterValidator(_currency)]
    site: BaseUrl | None = None
    codes: str | None = None
    quirks: Annotated[dict[str, str], BeforeValidator(_plain_words)] = {}
    rentals: str | None = None


class Settings(BaseSettings):
    """The configuration, checked.

    Attributes:
        bot_token: Telegram's token; empty starts the sandbox.
        telegram_api_url: where the Bot API answers; no slash at the end.
        database_url: SQLAlchemy URL with an asynchronous driver; it may hold a password.
        redis_url: where several replicas meet; empty where the bot is alone.
        redis_prefix: stands before every key and channel there.
        egress: the name of the address that calls to providers go out from; replicas with the same one
            share what a provider allows an address.
        secret_key: Fernet keys that seal the API keys, separated by commas: the first seals, all of them
            open. Empty: a key file beside the database.
        allowed_users: Telegram ids of those who may use the bot; empty for everybody.
        admin_ids: Telegram ids of those who see /admin; they may always use the bot.
        http_host: the address that the bot's HTTP server (``/healthz``, webhooks) listens on.
        http_port: its port; 0 switches it off.
        public_url: scheme, host and optional path at which that server is reached from outside, where it is:
            providers then call the bot when an SMS came. Empty where it is not.
        webhook_url: where Telegram is to bring updates, with the path that the HTTP server hears at; empty
            where they are fetched.
        webhook_secret: what Telegram proves itself by; empty for one that is made of the token.
        log_level: the least severe level that is written.
        log_format: ``console`` for people, ``json`` for machines.
        getsms_url: scheme, host and optional path prefix of Get-SMS; no slash at the end.
        getsms_api: the language that Get-SMS is spoken to in: its own, or the one of many houses.
        getsms_online_url: the address of GetSMS.ONLINE.
        getsms_online_api: the language that GetSMS.ONLINE is spoken to in: its API #1 or its API #2.
        sms_activate_url: the address of SMS-Activate.
        smspva_url: the address of SMSPVA.
        smspva_requests_per_second: how many calls a second it gets at most.
        extra_providers: further hosts that speak a known protocol.
    """

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    telegram_api_url: BaseUrl = _TELEGRAM
    database_url: Annotated[str, AfterValidator(as_database_url), Field(repr=False)] = (
        "sqlite+aiosqlite:///data/codebell.db"
    )
    redis_url: Annotated[SecretStr, AfterValidator(_redis_url)] = SecretStr("")
    redis_prefix: Annotated[str, AfterValidator(_word)] = "codebell"
    egress: Annotated[str, AfterValidator(_word)] = "default"
    secret_key: Annotated[SecretStr, AfterValidator(_fernet_keys)] = SecretStr("")
    allowed_users: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8081
    public_url: Annotated[str, AfterValidator(_public_url)] = ""
    webhook_url: Annotated[str, AfterValidator(_webhook_url)] = ""
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] = SecretStr("")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = "console"
    getsms_url: BaseUrl = "https://get-sms.com"
    getsms_api: Annotated[Literal["native", "compatible"], BeforeValidator(_lower)] = "native"
    getsms_online_url: BaseUrl = "https://api.getsms.online"
    getsms_online_api: Annotated[Literal["handler", "sms_reg"], BeforeValidator(_lower)] = "handler"
    sms_activate_url: BaseUrl = "https://api.sms-activate.org"
    smspva_url: BaseUrl = "https://smspva.com"
    smspva_requests_per_second: Annotated[float, Field(gt=0, le=50, allow_inf_nan=False)] = 0.25
    extra_providers: Annotated[
        tuple[ExtraProvider, ...], NoDecode, BeforeValidator(_json_list), AfterValidator(_distinct)
    ] = ()

    @classmethod
    def read(cls, env_file: Path | None) -> Self:
        """Read the environment, then the file for what it does not say, then the files of secrets.

        Raises:
            ValidationError: a value cannot be used.
        """
        folders = (os.environ.get("CREDENTIALS_DIRECTORY", ""), _DOCKER_SECRETS)
        return cls(_env_file=env_file, _secrets_dir=[one for one in folders if one and Path(one).is_dir()])


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read and check the configuration; a variable of the environment beats the same one in the file.

    What neither says may be a file of its own, named like the variable in lower case: in the folder where
    systemd puts credentials (``CREDENTIALS_DIRECTORY``) or Docker secrets (``/run/secrets``).

    Args:
        env_file: a file of ``NAME=value`` lines, which may be missing; None for the environment alone.

    Raises:
        ConfigError: something cannot be used; ``problems`` says what, in words.
    """
    problems: tuple[str, ...]
    try:
        return Settings.read(env_file)
    except ValidationError as error:
        problems = tuple(_sentence(detail) for detail in error.errors(include_input=False, include_url=False))
    except (OSError, UnicodeDecodeError) as error:
        path = getattr(error, "filename", None) or env_file
        problems = (f"{path} cannot be read: {type(error).__name__}",)
    raise ConfigError(problems)


def _sentence(detail: ErrorDetails) -> str:
    name, context = _place(detail["loc"]), detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            told = f" {context['error']}"
        case "literal_error":
            told = f" must be one of {context['expected']}".replace("'", "")
        case "int_parsing":
            told = " must hold whole numbers only"
        case "missing":
            told = " is missing"
        case "extra_forbidden":
            told = f" is unknown; there are {', '.join(ExtraProvider.model_fields)}"
        case "model_type" | "model_attributes_type":
            told = " must be an object, {…}"
        case _:
            told = f": {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    return name + told


def _place(location: tuple[int | str, ...]) -> str:
    """Say where something is: the variable and, in a list of providers, the entry (from 1) and its field."""
    variable, *inside = location
    name = str(variable).upper()
    match inside:
        case [int() as entry, *fields] if variable == "extra_providers":
            return " ".join([name, f"entry {entry + 1}", *(str(field) for field in fields)])
        case _:
            return name
