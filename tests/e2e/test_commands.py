"""``python -m bot check``, ``migrate`` and ``run``, as an operator types them."""

import json
import re
import sqlite3
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.storage.keyfile import KEY_FILE
from sandbox import demo
from sandbox.bot_process import database
from tests.e2e.process import run
from tests.e2e.shopper import Shopper
from tests.e2e.world import World

UNKNOWN_TOKEN = "4200000042:a-token-that-this-Telegram-does-not-know"  # pragma: allowlist secret
SECRET = Fernet.generate_key().decode()
UNSPEAKABLE = json.dumps(
    [
        {
            "slug": "my-host",
            "title": "My host",
            "url": "https://example.com",
            "protocol": "soap",
            "currency": "USD",
        }
    ]
)
HIDDEN = (
    demo.TOKEN.partition(":")[2],
    UNKNOWN_TOKEN.partition(":")[2],
    SECRET[:-5],
    "my-secret-token",
    "pass-word",
)


def _shown(said: str) -> list[str]:
    return [secret for secret in HIDDEN if secret in said]


async def test_sound_configuration(world: World) -> None:
    """Check says that all is well and whose token it is, and makes nothing."""
    code, said = await run(
        {**world.variables, "SECRET_KEY": SECRET}, world.folder, "check", "--offline", fresh=True
    )
    assert code == 0
    assert "@codebell_bot" in said
    assert "The configuration is fine." in said
    assert not database(world.folder).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {  # each is found out by reading it
            "BOT_TOKEN": "my-secret-token",
            "SECRET_KEY": SECRET[:-5],
            "GETSMS_URL": "get-sms.com",
            "HTTP_PORT": "99999",
            "DATABASE_URL": "postgresql://somebody:pass-word@host",  # pragma: allowlist secret
            "LOG_LEVEL": "LOUD",
            "ALLOWED_USERS": "anna",
            "EXTRA_PROVIDERS": "my-host",
        },
        {  # each is found out by trying it
            "BOT_TOKEN": UNKNOWN_TOKEN,
            "DATABASE_URL": "sqlite+aiosqlite:////dev/null/codebell.db",
            "EXTRA_PROVIDERS": UNSPEAKABLE,
            "PUBLIC_URL": "https://bot.example.org",  # where nobody listens
            "HTTP_PORT": "0",
        },
    ],
    ids=["unreadable", "refused"],
)
async def test_unusable_configuration(world: World, changes: dict[str, str]) -> None:
    """Check names every variable that is wrong, in words and without its value, and ends with 1."""
    code, said = await run({**world.variables, **changes}, world.folder, "check", "--offline")
    assert code == 1
    assert [name for name in changes if name not in said] == []
    assert "Traceback" not in said
    assert _shown(said) == []


async def test_a_provider_that_cannot_be_asked_stops_the_start(world: World) -> None:
    """The bot says which entry is wrong and ends, instead of running without that provider."""
    code, said = await run({**world.variables, "EXTRA_PROVIDERS": UNSPEAKABLE}, world.folder, "run")
    assert code == 1
    assert "EXTRA_PROVIDERS entry 1 protocol must be one of" in said
    assert "Traceback" not in said


async def test_check_beside_a_running_bot(world: World, anna: Shopper) -> None:
    """Check does not disturb a bot at work, and finds out a secret that does not open its keys."""
    await world.start_bot(SECRET_KEY=SECRET)
    await anna.add_key()
    code, said = await run({**world.variables, "SECRET_KEY": SECRET}, world.folder, "check", "--offline")
    assert (code, _shown(said)) == (0, [])
    other = Fernet.generate_key().decode()
    code, said = await run({**world.variables, "SECRET_KEY": other}, world.folder, "check", "--offline")
    assert code == 1
    assert "SECRET_KEY" in said
    assert other not in said
    await anna.gets_help()


async def test_database_is_brought_up_to_date_once(world: World, tmp_path: Path) -> None:
    """Migrate makes the database, says where it stands, and changes nothing when it is run again."""
    first = await run(world.variables, world.folder, "migrate", fresh=True)
    before = _schema(tmp_path)
    second = await run(world.variables, world.folder, "migrate")
    assert first == second
    assert first[0] == 0
    assert "The database is at revision" in first[1]
    assert re.search(r'CREATE TABLE "?orders\b', before)
    assert _schema(tmp_path) == before


async def test_check_changes_nothing_beside_a_database_without_keys(world: World, tmp_path: Path) -> None:
    """It makes no key file and says that one will be made; one that is there keeps its rights."""
    await run(world.variables, world.folder, "migrate", fresh=True)
    path = database(tmp_path).parent / KEY_FILE
    code, said = await run(world.variables, world.folder, "check", "--offline")
    assert (code, path.exists()) == (0, False)
    assert "will be made" in said
    path.write_text(SECRET, encoding="ascii")
    path.chmod(0o640)
    code, said = await run(world.variables, world.folder, "check", "--offline")
    assert (code, _shown(said)) == (0, [])
    assert "can be read by others (mode 0640)" in said
    assert (path.read_text(encoding="ascii"), stat.S_IMODE(path.stat().st_mode)) == (SECRET, 0o640)


def _schema(folder: Path) -> str:
    connection = sqlite3.connect(database(folder))
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_database_that_cannot_be_made(world: World, command: str) -> None:
    """Where no database can be, the bot says so in a sentence, without a traceback."""
    changes = {"DATABASE_URL": "sqlite+aiosqlite:////proc/nothing/here.db"}
    code, said = await run({**world.variables, **changes}, world.folder, command)
    assert code == 1
    assert said.strip() == "DATABASE_URL: /proc/nothing cannot be made: No such file or directory"
