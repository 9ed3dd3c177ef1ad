"""A database at the newest revision without the work of migrating one: a copy of one that was."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.database import Database
from bot.storage.schema import migrate


def lay(path: Path) -> None:
    """Put an empty database of the newest revision where there is none, or an empty file."""
    if not path.exists() or not path.stat().st_size:
        path.write_bytes(_newest())


@cache
def _newest() -> bytes:
    with TemporaryDirectory(prefix="migrated-") as folder, ThreadPoolExecutor(1) as beside:
        path = Path(folder) / "newest.db"
        beside.submit(asyncio.run, _make(path)).result()  # the loop of whoever asks is running
        assert [*path.parent.iterdir()] == [path]
        return path.read_bytes()


async def _make(path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{path}")
    await migrate(database)
    await database.close()
