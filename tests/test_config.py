import json
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.config import ConfigError, Settings, load_settings

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every variable of ours out of the environment of the test run."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def problems(env_file: Path | None = None) -> tuple[str, ...]:
    """Return what loading complains of."""
    with pytest.raises(ConfigError) as caught:
        load_settings(env_file)
    return caught.value.problems


def test_nothing_set_gives_a_sandbox_on_sqlite() -> None:
    """Without any variable the bot has no token, a database file, and asks the real hosts."""
    settings = load_settings(None)
    assert settings.bot_token.get_secret_value() == ""
    assert settings.database_url == "sqlite+aiosqlite:///data/codebell.db"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.getsms_url == "https://get-sms.com"
    assert settings.allowed_users == frozenset()
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8081)


def test_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable of the environment wins over the same one in .env; the file fills the rest."""
    env_file = tmp_path / ".env"
    env_file.write_text("HTTP_PORT=9000\nLOG_LEVEL=debug\n", encoding="utf-8")
    monkeypatch.setenv("HTTP_PORT", "0")
    settings = load_settings(env_file)
    assert settings.http_port == 0
    assert settings.log_level == "DEBUG"


def test_unknown_and_empty_variables_are_harmless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Names of other programs or later versions break nothing, and an empty value means the default."""
    env_file = tmp_path / ".env"
    env_file.write_text("LATER_URL=x\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("HTTP_PORT", "")
    assert load_settings(env_file).http_port == 8081


@pytest.mark.parametrize("text", ["1,22,333", "1 22 333", " 1, 22 ,333,", "1\n22\t333"])
def test_ids_are_separated_by_commas_or_blanks(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A list of ids reads the same however a person separates it."""
    monkeypatch.setenv("ALLOWED_USERS", text)
    assert load_settings(None).allowed_users == {1, 22, 333}


def test_base_urls_keep_their_path_and_lose_the_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path prefix is part of a base URL, its closing slash is not."""
    monkeypatch.setenv("GETSMS_URL", "http://127.0.0.1:8090/getsms/")
    assert load_settings(None).getsms_url == "http://127.0.0.1:8090/getsms"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_TOKEN", "not a token", "@BotFather"),
        ("SECRET_KEY", "c2hvcnQ=", "Fernet"),
        ("SECRET_KEY", f"{'A' * 43}=,ключ", "Fernet"),
        ("ALLOWED_USERS", "1,me", "whole numbers"),
        ("HTTP_PORT", "web", "whole numbers"),
        ("HTTP_PORT", "70000", "less than or equal to 65535"),
        ("LOG_LEVEL", "loud", "DEBUG"),
        ("LOG_FORMAT", "xml", "console or json"),
        ("GETSMS_URL", "get-sms.com", "http://"),
        ("GETSMS_URL", "https://get-sms.com/?userkey=x", "nothing else"),
        ("PUBLIC_URL", "bot.example.org", "http://"),
        ("GETSMS_API", "both", "native or compatible"),
        ("GETSMS_ONLINE_API", "3", "handler or sms_reg"),
        ("EXTRA_PROVIDERS", "my-host", "is not JSON"),
        ("EXTRA_PROVIDERS", '{"slug": "my-host"}', "JSON list"),
        ("TELEGRAM_API_URL", "http://host:port", "not a URL"),
        ("DATABASE_URL", "mysql://localhost/x", "sqlite+aiosqlite:///"),
    ],
)
def test_a_bad_value_is_named_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """Each bad value gives one sentence that begins with its variable."""
    monkeypatch.setenv(name, value)
    (sentence,) = problems()
    assert sentence.startswith(name)
    assert said in sentence


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person with three mistakes hears of three."""
    for name in ("BOT_TOKEN", "HTTP_PORT", "GETSMS_URL"):
        monkeypatch.setenv(name, "?")
    assert {sentence.split()[0] for sentence in problems()} == {"BOT_TOKEN", "HTTP_PORT", "GETSMS_URL"}


def test_secrets_show_neither_in_repr_nor_in_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Good secrets stay out of repr and str, bad ones out of the sentences and the exception chain."""
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SECRET_KEY", key)
    settings = load_settings(None)
    assert settings.secret_key.get_secret_value() == key
    assert TOKEN not in f"{settings!r}{settings}"
    assert key not in f"{settings!r}{settings}"

    monkeypatch.setenv("BOT_TOKEN", TOKEN.replace(":", "!"))
    monkeypatch.setenv("SECRET_KEY", key[1:])
    with pytest.raises(ConfigError) as caught:
        load_settings(None)
    assert len(caught.value.problems) == 2
    assert TOKEN[8:] not in f"{caught.value!r}"
    assert key[1:] not in f"{caught.value!r}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_several_fernet_keys_are_taken_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rotation: the new key stands first, blanks around the comma are forgiven."""
    new, old = (Fernet.generate_key().decode() for _ in range(2))
    monkeypatch.setenv("SECRET_KEY", f"{new} , {old}")
    assert load_settings(None).secret_key.get_secret_value() == f"{new},{old}"


def test_a_file_that_is_no_text_is_a_problem_in_words(tmp_path: Path) -> None:
    """An unreadable .env is told by name and does not end in a traceback."""
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"BOT_TOKEN=\xff\xfe\n")
    (sentence,) = problems(env_file)
    assert str(env_file) in sentence


def test_settings_cannot_be_changed() -> None:
    """Settings are built once: nobody turns a knob in passing."""
    settings = load_settings(None)
    with pytest.raises(ValueError, match="frozen"):
        settings.http_port = 1  # type: ignore[misc]  # the error is what the test is about


def extra(**changes: object) -> dict[str, object]:
    """Return an entry of EXTRA_PROVIDERS."""
    usual = {"slug": "my-host", "title": "My host", "url": "https://example.com/sms/", "currency": "USD"}
    return {**usual, "protocol": "handler_api", **changes}


def test_providers_are_configured_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry reads as it is written; quirks may be numbers, flags and lists."""
    quirks = {"dialect": "clone", "cancel_after": 120, "tiers": True, "capabilities": ["cancel", "retry"]}
    monkeypatch.setenv("EXTRA_PROVIDERS", json.dumps([extra(), extra(slug="other", quirks=quirks)]))
    first, second = load_settings(None).extra_providers
    assert (first.slug, first.url, first.site, first.codes) == (
        "my-host",
        "https://example.com/sms",
        None,
        None,
    )
    assert second.quirks == {
        "dialect": "clone",
        "cancel_after": "120",
        "tiers": "true",
        "capabilities": "cancel,retry",
    }


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (extra(slug="My Host"), "entry 2 slug must be 2 to 24 of a-z"),
        (extra(slug="host|1"), "entry 2 slug must be"),
        (extra(title=""), "entry 2 title: "),
        (extra(url="example.com"), "entry 2 url must begin with http://"),
        (extra(url="https://key@example.com"), "entry 2 url takes a scheme, a host"),
        (extra(currency="$"), "entry 2 currency must be three capital letters"),
        (extra(site="there"), "entry 2 site must begin with"),
        (extra(price=1), "entry 2 price is unknown; there are slug, title, url"),
        (extra(quirks={"cancel": None}), "entry 2 quirks cancel"),
        ({k: v for k, v in extra().items() if k != "protocol"}, "entry 2 protocol is missing"),
        (7, "entry 2 must be an object"),
        (extra(slug="first"), "has two entries with the slug first"),
    ],
)
def test_a_bad_entry_is_named_by_place_and_field(
    monkeypatch: pytest.MonkeyPatch, entry: object, said: str
) -> None:
    """Whoever configures five hosts hears which entry is wrong, and what in it."""
    monkeypatch.setenv("EXTRA_PROVIDERS", json.dumps([extra(slug="first"), entry]))
    (sentence,) = problems()
    assert sentence.startswith(f"EXTRA_PROVIDERS {said}")


def test_the_password_of_redis_stays_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the settings nor a complaint about them show what stands in the address."""
    monkeypatch.setenv("REDIS_URL", "redis://:hush-hush@10.0.0.5:6379/0")
    assert "hush-hush" not in repr(load_settings(None))
    monkeypatch.setenv("REDIS_URL", "http://:hush-hush@10.0.0.5")
    (told,) = problems()
    assert told.startswith("REDIS_URL must begin with redis://")
    assert "hush-hush" not in told


def test_names_that_stand_in_redis_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prefix or an egress with a blank or a colon is refused."""
    monkeypatch.setenv("REDIS_PREFIX", "two words")
    monkeypatch.setenv("EGRESS", "a:b")
    assert [told.split()[0] for told in problems()] == ["REDIS_PREFIX", "EGRESS"]


def test_a_secret_may_be_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file in the folder of credentials is read, without its last line end; the environment beats it."""
    key = Fernet.generate_key().decode()
    (tmp_path / "bot_token").write_text(f"{TOKEN}\n", encoding="utf-8")
    (tmp_path / "secret_key").write_text("nonsense", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", key)
    settings = load_settings(None)
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.secret_key.get_secret_value() == key
    monkeypatch.delenv("SECRET_KEY")
    assert problems() == (
        "SECRET_KEY must be one or more Fernet keys (44 characters of URL-safe base64), separated by commas",
    )


def test_a_folder_of_credentials_that_is_not_there_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a service manager names and has not made is left alone."""
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "nowhere"))
    assert load_settings(None).bot_token.get_secret_value() == ""


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://bot.example.org/telegram", "https://"),
        ("https://bot.example.org:8081/telegram", "443, 80, 88 or 8443"),
        ("https://bot.example.org", "a path of its own"),
        ("https://bot.example.org/hooks/telegram", "a path of its own"),
        ("https://bot.example.org/metrics", "a path of its own"),
    ],
)
def test_a_webhook_that_telegram_would_not_call(monkeypatch: pytest.MonkeyPatch, url: str, told: str) -> None:
    """An address is refused where Telegram takes it not, or another part of the server has its path."""
    monkeypatch.setenv("WEBHOOK_URL", url)
    (problem,) = problems()
    assert problem.startswith("WEBHOOK_URL must")
    assert told in problem


def test_a_webhook_needs_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a port nobody would hear of updates."""
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram")
    assert load_settings(None).webhook_url == "https://bot.example.org/telegram"
    monkeypatch.setenv("HTTP_PORT", "0")
    assert "HTTP_PORT" in problems()[0]


def test_a_bot_api_server_of_one_s_own_calls_any_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """There plain HTTP and any port will do."""
    monkeypatch.setenv("TELEGRAM_API_URL", "http://10.0.0.7:8081")
    monkeypatch.setenv("WEBHOOK_URL", "http://10.0.0.8:9000/telegram")
    assert load_settings(None).webhook_url == "http://10.0.0.8:9000/telegram"


def test_the_secret_of_the_webhook_has_its_characters_and_stays_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What Telegram would refuse is refused here, and quoted nowhere."""
    monkeypatch.setenv("WEBHOOK_SECRET", "hush_hush-1")
    assert "hush" not in repr(load_settings(None))
    for wrong in ("hush hush", "x" * 257):
        monkeypatch.setenv("WEBHOOK_SECRET", wrong)
        (problem,) = problems()
        assert problem == "WEBHOOK_SECRET must be 1 to 256 of A-Z, a-z, 0-9, _ and -"
