"""``python -m bot.storage.migrations "add labels"``: write a migration from what ``tables.py`` has become."""

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.storage.database import Database
from bot.storage.schema import migrate, write_migration


async def _write(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        # A fresh database at the newest revision: the developer's own may stand anywhere.
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'empty.db'}")
        try:
            await migrate(database)
            await write_migration(database, message)
        finally:
            await database.close()


if __name__ == "__main__":
    asyncio.run(_write(" ".join(sys.argv[1:])))
