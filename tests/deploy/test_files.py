"""The files to deploy with fit the bot: its time to stop, its secrets, its addresses."""

import configparser
import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs would be a dependency for a few tests

from bot import app
from bot.config import Settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
LONGEST_STOP = app._PATIENCE_SECONDS + 2 * app._LAST_WORDS_SECONDS
SECRETS = {"BOT_TOKEN", "SECRET_KEY"}
COMPOSE = ("compose.yaml", "compose.cluster.yaml")


def _services(name: str) -> dict[str, dict[str, Any]]:
    services = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))["services"]
    assert isinstance(services, dict)
    return services


def _unit() -> configparser.SectionProxy:
    # The names of a unit come more than once; the last one stands for them here.
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names in a unit have capitals
    unit.read_string((DEPLOY / "codebell.service").read_text(encoding="utf-8"))
    return unit["Service"]


def test_nobody_kills_a_bot_that_is_about_to_end() -> None:
    """Whoever stops the bot waits for longer than it takes to finish what is under way."""
    assert int(_unit()["TimeoutStopSec"]) >= LONGEST_STOP + 5
    for name in COMPOSE:
        assert int(_services(name)["bot"]["stop_grace_period"].removesuffix("s")) >= LONGEST_STOP + 5


@pytest.mark.parametrize("name", COMPOSE)
def test_the_bot_is_shut_in(name: str) -> None:
    """It may write to its data and to memory only, has no capability, and gains none."""
    bot = _services(name)["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in bot["security_opt"]
    assert "user" not in bot, "the image has its own, who is not root"


@pytest.mark.parametrize("name", COMPOSE)
def test_no_secret_stands_in_a_file_of_the_project(name: str) -> None:
    """Tokens and secrets come from files outside the project, and every variable is one of the bot's."""
    service = _services(name)["bot"]
    known = {field.upper() for field in Settings.model_fields} | {"MPLCONFIGDIR"}
    assert set(service["environment"]) <= known - SECRETS
    ignored = (DEPLOY.parent / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/deploy/secrets/", "/deploy/cluster.env", ".env"} <= set(ignored)
    for at in yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8")).get("secrets", {}).values():
        assert at["file"].startswith("secrets/")


def test_only_the_proxy_is_reached_from_outside() -> None:
    """On one machine the bot's port is this machine's own; in a cluster nobody but Caddy has a port."""
    assert _services("compose.yaml")["bot"]["ports"] == ["127.0.0.1:8081:8081"]
    cluster = _services("compose.cluster.yaml")
    assert [name for name, service in cluster.items() if "ports" in service] == ["caddy"]
    assert cluster["postgres"]["networks"] == cluster["redis"]["networks"] == ["inside"]


def test_the_proxy_passes_on_what_is_called_and_nothing_else() -> None:
    """Neither numbers nor readiness are public: the proxy knows the paths that are; others get 404."""
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    paths = re.findall(r"^\s*@\w+ path (.+)$", text, re.MULTILINE)
    assert len(paths) == 1
    assert not [
        path for path in paths[0].split() if path.startswith(("/metrics", "/readyz", "/healthz", "/*"))
    ]
    assert "respond 404" in text


def test_the_unit_is_shut_in() -> None:
    """The service has a user of its own, who may write to its own state alone."""
    unit = _unit()
    assert unit["DynamicUser"] == "yes"
    assert unit["ProtectSystem"] == "strict"
    assert unit["StateDirectoryMode"] == "0700"
    assert unit["NoNewPrivileges"] == "yes"
