"""``python -m bot backup`` and ``copy-database``: the data elsewhere as well, and what must go with it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings
from bot.storage import leases
from bot.storage.backup import NoBackup, back_up
from bot.storage.copying import Compared, copy_rows
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.keyfile import KEY_FILE
from bot.storage.lock import sole_owner
from bot.storage.schema import migrate, newest_revision, revision

_SEEN_SECONDS = 60.0


class InUse(Exception):
    """A bot works on one of the databases; says on which, without a password."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of a copy.

    Attributes:
        tables: how each stands in both databases.
        key_file: the file that holds the secret of the source; None where ``SECRET_KEY`` does.
        folder: where the target looks for a key file; None beside a server.
    """

    tables: tuple[Compared, ...]
    key_file: Path | None
    folder: Path | None

    @property
    def is_whole(self) -> bool:
        """Whether the target holds exactly what the source holds."""
        return all(one.is_same for one in self.tables)

    def sentences(self) -> Iterator[str]:
        """Say it in words: a line for each table, and what to do now; no secret, and nothing of a person."""
        yield f"{'table':<20} {'from':>9} {'to':>9}  money"
        for one in self.tables:
            money = ", ".join(f"{name} {total:f}" for name, total in one.target.money.items() if total)
            yield f"{one.table:<20} {one.source.rows:>9} {one.target.rows:>9}  {money or '-'}" + (
                "" if one.is_same else "  DIFFERS"
            )
        if not self.is_whole:
            yield "The copy differs from its source. Nothing was kept of it."
            return
        yield "Every row was compared: both databases hold the same."
        yield f"The API keys in it are sealed, and useless without their secret: {self._secret()}"
        yield "Then set DATABASE_URL to the new database, run 'python -m bot check', and start the bot."

    def _secret(self) -> str:
        if self.key_file is None:
            return "keep SECRET_KEY as it is, or bring the key file of the old database with it."
        if self.folder is None:
            return f"set SECRET_KEY to what stands in {self.key_file}."
        return f"copy {self.key_file} to {self.folder / KEY_FILE}, readable by its owner alone."


async def copy_database(source_url: str, target_url: str) -> Copied:
    """Copy all data into an empty database, and compare it row by row.

    Args:
        source_url: an SQLAlchemy URL; this database is only read.
        target_url: another; its tables are made.

    Raises:
        AlreadyRunning: a bot works on one of the SQLite files.
        InUse: a bot works on one of the servers' databases.
        NotEmpty: the target has other data.
        DatabaseUnusable: one of them cannot be opened, or the source needs ``migrate`` first.
    """
    source, target = Database(source_url), Database(target_url)
    try:
        if source.url == target.url:
            raise DatabaseUnusable("both are the same database")
        _must_be_there(source)
        if await revision(source) != newest_revision():
            raise DatabaseUnusable("the source is not up to date: run 'python -m bot migrate' on it")
        with ExitStack() as locks:
            locks.enter_context(sole_owner(source.folder))
            target.make_folder()
            locks.enter_context(sole_owner(target.folder))
            await migrate(target)
            for database in (source, target):
                await _must_rest(database)
            tables = await copy_rows(source, target)
        key_file = source.folder / KEY_FILE if source.folder else None
        return Copied(tables, key_file if key_file and key_file.exists() else None, target.folder)
    finally:
        await source.close()
        await target.close()


def _must_be_there(source: Database) -> None:
    # Else SQLite would make it.
    if source.is_sqlite and not Path(str(source.url.database)).exists():
        raise DatabaseUnusable(f"there is no database at {source.url.database}")


async def _must_rest(database: Database) -> None:
    """Make sure that no bot works on a server's database; on a file the lock has shown it."""
    if database.is_sqlite:
        return
    async with database.read() as tx:
        working = await leases.live(tx, _SEEN_SECONDS)
    if working:
        raise InUse(f"{database.url.host}/{database.url.database}")


async def back_up_database(settings: Settings, to: Path) -> tuple[str, ...]:
    """Copy the SQLite file while the bot may be running; say what was done, and what is not in it.

    Raises:
        NoBackup: nothing can be written there, or the database is a server's.
        DatabaseUnusable: the database cannot be read.
    """
    database = Database(settings.database_url)
    await database.close()
    if not database.is_sqlite:
        raise NoBackup(
            "DATABASE_URL is PostgreSQL, which has its own tool: pg_dump --format=custom --file=PATH, "
            "and pg_restore to bring it back"
        )
    size = await back_up(Path(str(database.url.database)), to)
    told = f"The database was copied to {to} ({size} bytes), and checked."
    key_file = (database.folder or Path()) / KEY_FILE
    missing = "SECRET_KEY" if settings.secret_key.get_secret_value() else f"The key file {key_file}"
    warning = (
        f"{missing} is not in it. Without it the stored keys cannot be opened: keep a copy of it, and in "
        "another place, since who has both has the keys."
    )
    return told, warning
