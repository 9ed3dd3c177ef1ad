"""``python -m bot rotate-keys``: a new secret for all keys, whatever happens in the middle of it."""

import os
import stat
from pathlib import Path

from cryptography.fernet import Fernet

from bot.domain.secrets import Key
from bot.storage import accounts, people, sealing
from bot.storage.database import Database
from bot.storage.keyfile import KEY_FILE, load_secrets
from bot.storage.schema import migrate
from bot.storage.vault import Vault
from sandbox.bot_process import database
from tests.e2e.process import run
from tests.e2e.shopper import Shopper
from tests.e2e.world import KEY, World
from tests.support.clock import START

ROTATE = "rotate-keys"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
COUNT = 250  # three transactions
_CHANGES = 12  # more than a rotation makes


async def filled(folder: Path, secrets: list[str], count: int = COUNT) -> Database:
    """Make a database with so many keys, sealed with the first of the secrets."""
    store = Database(f"sqlite+aiosqlite:///{database(folder)}")
    await migrate(store)
    vault = Vault(secrets)
    async with store.write() as tx:
        await people.first_seen(tx, 7, "en", START)
        for number in range(count):
            key = Key(f"key-number-{number}")
            account = await accounts.add(
                tx,
                user_id=7,
                provider="getsms",
                label=f"{number}",
                tail=key.tail,
                sealed=b"",
                fingerprint=vault.fingerprint(key),
                now=START,
            )
            sealed = vault.seal(key, account_id=account.id, user_id=7, provider="getsms")
            await sealing.put(tx, account.id, sealed)
    await store.close()
    return store


async def unreadable(store: Database, secrets: list[str]) -> int:
    """Return how many of the stored keys these secrets do not open."""
    found = await sealing.survey(store, Vault(secrets))
    await store.close()
    assert found.total == COUNT
    return len(found.unreadable)


async def test_the_key_file_gets_a_new_secret(world: World, anna: Shopper) -> None:
    """Afterwards another secret stands in the file, the bot works on, and nothing secret was said."""
    bot = await world.start_bot()
    await anna.add_key()
    await bot.stop()
    (before,) = load_secrets("", world.folder)
    sealed = database(world.folder).read_bytes()

    code, said = await run(world.variables, world.folder, ROTATE)
    assert code == 0
    assert "1 sealed anew, 0 up to date already, 0 that cannot be opened" in said
    (after,) = load_secrets("", world.folder)
    assert after != before
    assert stat.S_IMODE((world.folder / KEY_FILE).stat().st_mode) == 0o600
    assert database(world.folder).read_bytes() != sealed
    assert [secret for secret in (before, after, KEY) if secret in said] == []

    await world.start_bot()
    assert await anna.look_up()


async def test_a_list_of_secrets_is_worked_off(world: World) -> None:
    """With SECRET_KEY=new,old all keys are sealed with the new one; once more does nothing more."""
    store = await filled(world.folder, [OLD])
    code, said = await run({**world.variables, "SECRET_KEY": f"{NEW},{OLD}"}, world.folder, ROTATE)
    assert (code, f"{COUNT} sealed anew, 0 up to date" in said, "can be cut" in said) == (0, True, True)
    assert await unreadable(store, [NEW]) == 0
    code, said = await run({**world.variables, "SECRET_KEY": NEW}, world.folder, ROTATE)
    assert (code, f"0 sealed anew, {COUNT} up to date" in said, "new,old" in said) == (0, True, True)
    assert not (world.folder / KEY_FILE).exists()
    assert OLD not in said
    assert NEW not in said


async def test_a_running_bot_is_not_rotated_under(world: World, anna: Shopper) -> None:
    """While a bot works on the database nothing is changed, and the sentence says what to do."""
    await world.start_bot()
    await anna.add_key()
    before = load_secrets("", world.folder)
    code, said = await run(world.variables, world.folder, ROTATE)
    assert code == 1
    assert "A Codebell is running on the database" in said
    assert "stop it" in said
    assert "Traceback" not in said
    assert load_secrets("", world.folder) == before
    await anna.gets_help()


async def test_a_rotation_with_the_wrong_secret_changes_nothing(world: World) -> None:
    """Where no key opens there is nothing to seal anew: no file is made, no byte of the database changed."""
    await filled(world.folder, [OLD])
    before = database(world.folder).read_bytes()
    code, said = await run({**world.variables, "SECRET_KEY": NEW}, world.folder, ROTATE)
    assert code == 1
    assert f"none of the {COUNT} stored keys opens with this SECRET_KEY" in said
    code, said = await run(world.variables, world.folder, ROTATE)
    assert code == 1
    assert f"{KEY_FILE} is missing" in said
    assert "Traceback" not in said
    assert not (world.folder / KEY_FILE).exists()
    assert database(world.folder).read_bytes() == before


async def test_keys_that_do_not_open_are_counted(world: World) -> None:
    """What opens is rotated, what does not is left and said, and the exit code tells of it."""
    store = await filled(world.folder, [OLD])
    async with store.write() as tx:
        await sealing.put(tx, 3, b"damaged")
    await store.close()
    code, said = await run({**world.variables, "SECRET_KEY": f"{NEW},{OLD}"}, world.folder, ROTATE)
    assert code == 1
    assert f"{COUNT - 1} sealed anew, 0 up to date already, 1 that cannot be opened" in said
    assert await unreadable(store, [NEW]) == 1


async def test_killed_at_every_lasting_change(world: World) -> None:
    """However often it is shot, before every commit and every new file: all keys open, and it gets done."""
    secrets = load_secrets("", world.folder)
    store = await filled(world.folder, secrets)
    (world.folder / KEY_FILE).chmod(0o600)
    for change in range(1, _CHANGES):
        code, said = await run({**world.variables, "SABOTAGE": f"die:{change}"}, world.folder, ROTATE)
        held = load_secrets("", world.folder)
        assert await unreadable(store, held) == 0, f"shot before change {change}"
        if code == 0:
            break
        assert code == 128 + 9, said
    assert code == 0
    assert change > 4, "it was never shot in the middle"
    assert len(held) == 1
    assert held != secrets
    assert [path.name for path in world.folder.glob(f"*{KEY_FILE}*")] == [KEY_FILE]


async def test_no_file_of_the_bot_can_be_read_by_others(world: World, anna: Shopper) -> None:
    """In a folder that was there before, a bot started with an open umask leaves nothing open."""
    world.folder.chmod(0o755)
    before = os.umask(0o022)
    try:
        bot = await world.start_bot(fresh=True)
        await anna.add_key()
        modes = {
            path.name: oct(stat.S_IMODE(path.stat().st_mode))
            for path in world.folder.iterdir()
            if path.suffix != ".log"  # of the test
        }
        await bot.stop()
    finally:
        os.umask(before)
    assert {"sandbox.db", "sandbox.db-wal", "sandbox.db-shm", KEY_FILE, "codebell.lock"} <= set(modes)
    assert set(modes.values()) == {"0o600"}
