"""A migrated database with one user and one account; the contract suite runs once for each engine."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.domain.people import Account
from bot.storage import accounts, people
from bot.storage.database import Database
from bot.storage.schema import migrate
from tests.support.clock import START
from tests.support.migrated import lay

USER = 1001
STRANGER = 2002


def _sqlite(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/data/codebell.db"


ENGINES: dict[str, Callable[[Path], str]] = {"sqlite": _sqlite}
"""Name → what makes the URL of an empty database; another engine joins the whole suite with one entry."""


@pytest.fixture(params=sorted(ENGINES))
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without tables."""
    database = Database(ENGINES[request.param](tmp_path))
    database.make_folder()
    yield database
    await database.close()


@pytest.fixture
async def database(empty: Database) -> Database:
    """A database at the newest revision that knows two users."""
    if empty.is_sqlite:
        lay(Path(str(empty.url.database)))
    await migrate(empty)  # nothing is left to do on a copy
    async with empty.write() as tx:
        await people.first_seen(tx, USER, "en", START)
        await people.first_seen(tx, STRANGER, "tr", START)
    return empty


@pytest.fixture
async def account(database: Database) -> Account:
    """An account of ``USER``."""
    async with database.write() as tx:
        return await accounts.add(
            tx,
            user_id=USER,
            provider="getsms",
            label="Get-SMS",
            tail="-key",
            sealed=b"sealed bytes",
            fingerprint="f" * 64,
            now=START,
        )
