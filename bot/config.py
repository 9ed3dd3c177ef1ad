"""What the surroundings decide: settings from the environment and an optional ``.env`` file.

``load_settings`` reads them once; the result is passed down, and nothing imports it as a global.
"""

import base64
import binascii
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_FERNET_BYTES = 32
_SQLITE = "sqlite+aiosqlite:///"


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


def _database_url(value: str) -> str:
    if not value.startswith(_SQLITE) or value == _SQLITE:
        raise ValueError(f"must be {_SQLITE} and the path of a file")
    return value


BaseUrl = Annotated[str, AfterValidator(_base_url)]


class Settings(BaseSettings):
    """The configuration, checked.

    Attributes:
        bot_token: Telegram's token; empty starts the sandbox.
        telegram_api_url: where the Bot API answers; no slash at the end.
        database_url: SQLAlchemy URL with an asynchronous driver.
        secret_key: Fernet keys that seal the API keys, separated by commas: the first seals, all of them
            open. Empty: a key file beside the database.
        allowed_users: Telegram ids of those who may use the bot; empty for everybody.
        http_host: the address that ``/healthz`` listens on.
        http_port: its port; 0 switches it off.
        log_level: the least severe level that is written.
        log_format: ``console`` for people, ``json`` for machines.
        getsms_url: scheme, host and optional path prefix of Get-SMS; no slash at the end.
    """

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    telegram_api_url: BaseUrl = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite+aiosqlite:///data/codebell.db"
    secret_key: Annotated[SecretStr, AfterValidator(_fernet_keys)] = SecretStr("")
    allowed_users: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8081
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] = "console"
    getsms_url: BaseUrl = "https://get-sms.com"

    @classmethod
    def read(cls, env_file: Path | None) -> Self:
        """Read the environment, then the file for what the environment does not say.

        Raises:
            ValidationError: a value cannot be used.
        """
        return cls(_env_file=env_file)


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read and check the configuration; a variable of the environment beats the same one in the file.

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
        problems = (f"{env_file} cannot be read: {type(error).__name__}",)
    raise ConfigError(problems)


def _sentence(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0]).upper()
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            return f"{name} {context['error']}"
        case "literal_error":
            return f"{name} must be one of {context['expected']}".replace("'", "")
        case "int_parsing":
            return f"{name} must hold whole numbers only"
        case _:
            said = detail["msg"]
            return f"{name}: {said[:1].lower()}{said[1:]}"
