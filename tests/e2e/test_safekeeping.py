"""``python -m bot backup`` and ``copy-database``, as an operator types them."""

import stat
from pathlib import Path

from cryptography.fernet import Fernet

from bot.storage import people
from bot.storage.database import Database
from bot.storage.keyfile import KEY_FILE
from bot.storage.lock import sole_owner
from bot.storage.schema import migrate
from sandbox.bot_process import database
from tests.e2e.process import run
from tests.e2e.world import World
from tests.support.clock import START

SECRET = Fernet.generate_key().decode()


async def keep(folder: Path) -> Database:
    """Make a database that knows one person."""
    store = Database(f"sqlite+aiosqlite:///{database(folder)}")
    await migrate(store)
    async with store.write() as tx:
        await people.first_seen(tx, 7, "en", START)
    await store.close()
    return store


async def test_a_backup_is_made_and_says_what_it_lacks(world: World) -> None:
    """The file is private, a second one of the name is refused, and the missing key file is named."""
    await keep(world.folder)
    path = world.folder / "backup.db"
    code, said = await run(world.variables, world.folder, "backup", str(path))
    assert code == 0, said
    assert KEY_FILE in said
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    code, said = await run(world.variables, world.folder, "backup", str(path))
    assert code == 1
    assert "not overwritten" in said


async def test_a_copy_goes_to_postgresql_and_back(world: World, postgres: str) -> None:
    """Both ways end with 0 and a table; what comes back is what went; the secret is asked for."""
    store = await keep(world.folder)
    variables = {**world.variables, "SECRET_KEY": SECRET}
    code, said = await run(variables, world.folder, "copy-database", "DATABASE_URL", postgres)
    assert code == 0, said
    assert "both databases hold the same" in said
    assert "SECRET_KEY" in said
    back = f"sqlite+aiosqlite:///{world.folder / 'back' / 'codebell.db'}"
    code, said = await run(variables, world.folder, "copy-database", postgres, back)
    assert code == 0, said
    returned = Database(back)
    async with store.read() as here, returned.read() as there:
        assert await people.find(there, 7) == await people.find(here, 7) is not None
    await store.close()
    await returned.close()


async def test_nothing_is_copied_while_a_bot_runs(world: World, postgres: str) -> None:
    """A file that somebody works on is not copied, and neither is anything to a URL that is none."""
    store = await keep(world.folder)
    with sole_owner(store.folder):
        code, said = await run(world.variables, world.folder, "copy-database", "DATABASE_URL", postgres)
    assert code == 1
    assert "stop it first" in said
    wrong = "postgresql://bot:pass-word@host"  # pragma: allowlist secret
    code, said = await run(world.variables, world.folder, "copy-database", "DATABASE_URL", wrong)
    assert code == 1
    assert "Nothing was copied" in said
    assert "pass-word" not in said
