"""A migrated database with one user and one account; the contract suite runs once for each engine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.people import Account
from bot.storage import accounts, people
from bot.storage.database import Database
from tests.support.clock import START
from tests.support.migrated import lay
from tests.support.servers import postgres_database, require_postgres

USER = 1001
STRANGER = 2002


@asynccontextmanager
async def _sqlite(folder: Path, *, migrated: bool) -> AsyncIterator[str]:
    path = folder / "data" / "codebell.db"
    if migrated:
        path.parent.mkdir(mode=0o700)
        lay(path)
    yield f"sqlite+aiosqlite:///{path}"


@asynccontextmanager
async def _postgres(_: Path, *, migrated: bool) -> AsyncIterator[str]:
    require_postgres()
    async with postgres_database(migrated=migrated) as url:
        yield url


ENGINES = {"postgres": _postgres, "sqlite": _sqlite}
"""Name → what makes an empty database and gives its URL; an engine joins the whole suite with one entry."""

ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"])
"""For rules about SQLite's own files and locks."""


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """The name of a database engine."""
    return str(request.param)


@pytest.fixture
async def empty(engine: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without tables."""
    async with ENGINES[engine](tmp_path, migrated=False) as url:
        database = Database(url)
        database.make_folder()
        yield database
        await database.close()


@pytest.fixture
async def database(engine: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A database at the newest revision that knows two users."""
    async with ENGINES[engine](tmp_path, migrated=True) as url:
        database = Database(url)
        database.make_folder()
        async with database.write() as tx:
            await people.first_seen(tx, USER, "en", START)
            await people.first_seen(tx, STRANGER, "tr", START)
        yield database
        await database.close()


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
