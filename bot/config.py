"""What the surroundings decide: settings from the environment and an optional ``.env`` file.

``load_settings`` reads them once; the result is passed down, and nothing imports it as a global.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.config_values import (
    TELEGRAM,
    as_base_url,
    as_currency,
    as_database_url,
    as_fernet_keys,
    as_ids,
    as_json_list,
    as_lower,
    as_plain_words,
    as_public_url,
    as_redis_url,
    as_slug,
    as_token,
    as_upper,
    as_webhook_secret,
    as_webhook_url,
    as_word,
)

_DOCKER_SECRETS = "/run/secrets"


class ConfigError(Exception):
    """The configuration cannot be used.

    Attributes:
        problems: a sentence each, naming the variable; never the value of a secret.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _distinct(entries: tuple["ExtraProvider", ...]) -> tuple["ExtraProvider", ...]:
    slugs = [entry.slug for entry in entries]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise ValueError(f"has two entries with the slug {slug}")
    return entries


BaseUrl = Annotated[str, AfterValidator(as_base_url)]


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

    slug: Annotated[str, AfterValidator(as_slug)]
    title: Annotated[str, Field(min_length=1, max_length=40)]
    url: BaseUrl
    protocol: str
    currency: Annotated[str, AfterValidator(as_currency)]
    site: BaseUrl | None = None
    codes: str | None = None
    quirks: Annotated[dict[str, str], BeforeValidator(as_plain_words)] = {}
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

    bot_token: Annotated[SecretStr, AfterValidator(as_token)] = SecretStr("")
    telegram_api_url: BaseUrl = TELEGRAM
    database_url: Annotated[str, AfterValidator(as_database_url), Field(repr=False)] = (
        "sqlite+aiosqlite:///data/codebell.db"
    )
    redis_url: Annotated[SecretStr, AfterValidator(as_redis_url)] = SecretStr("")
    redis_prefix: Annotated[str, AfterValidator(as_word)] = "codebell"
    egress: Annotated[str, AfterValidator(as_word)] = "default"
    secret_key: Annotated[SecretStr, AfterValidator(as_fernet_keys)] = SecretStr("")
    allowed_users: Annotated[frozenset[int], NoDecode, BeforeValidator(as_ids)] = frozenset()
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(as_ids)] = frozenset()
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8081
    public_url: Annotated[str, AfterValidator(as_public_url)] = ""
    webhook_url: Annotated[str, AfterValidator(as_webhook_url)] = ""
    webhook_secret: Annotated[SecretStr, AfterValidator(as_webhook_secret)] = SecretStr("")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(as_upper)] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(as_lower)] = "console"
    getsms_url: BaseUrl = "https://get-sms.com"
    getsms_api: Annotated[Literal["native", "compatible"], BeforeValidator(as_lower)] = "native"
    getsms_online_url: BaseUrl = "https://api.getsms.online"
    getsms_online_api: Annotated[Literal["handler", "sms_reg"], BeforeValidator(as_lower)] = "handler"
    sms_activate_url: BaseUrl = "https://api.sms-activate.org"
    smspva_url: BaseUrl = "https://smspva.com"
    smspva_requests_per_second: Annotated[float, Field(gt=0, le=50, allow_inf_nan=False)] = 0.25
    extra_providers: Annotated[
        tuple[ExtraProvider, ...], NoDecode, BeforeValidator(as_json_list), AfterValidator(_distinct)
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
