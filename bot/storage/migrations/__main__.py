"""``python -m bot.storage.migrations "message"``: write a migration from what changed in ``tables.py``."""

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.storage.database import Database
from bot.storage.schema import migrate, write_migration


async def _write(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'empty.db'}")
        await migrate(database)
        await write_migration(database, message)
        await database.close()


asyncio.run(_write(sys.argv[1]))
