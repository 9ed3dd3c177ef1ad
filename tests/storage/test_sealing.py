"""All stored keys at once: which open, and sealing them anew without ever losing one."""

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from bot.domain.secrets import Key
from bot.storage import accounts, sealing
from bot.storage.database import Database, Transaction
from bot.storage.sealing import Resealing
from bot.storage.tables import AccountRow
from bot.storage.vault import Vault, VaultError
from tests.storage.conftest import ON_SQLITE, USER
from tests.storage.makers import contents
from tests.support.clock import START

OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))
BEFORE, BOTH, AFTER = Vault([OLD]), Vault([NEW, OLD]), Vault([NEW])


async def keep(database: Database, plain: str, vault: Vault = BEFORE, provider: str = "getsms") -> int:
    """Keep a key as the bot does; return the account's id."""
    key = Key(plain)
    async with database.write() as tx:
        account = await accounts.add(
            tx,
            user_id=USER,
            provider=provider,
            label=plain,
            tail=key.tail,
            sealed=b"",
            fingerprint=vault.fingerprint(key),
            now=START,
        )
        sealed = vault.seal(key, account_id=account.id, user_id=USER, provider=provider)
        await sealing.put(tx, account.id, sealed)
    return account.id


async def opened(database: Database, vault: Vault) -> dict[int, str]:
    """Return every key in clear that a vault opens, by account."""
    found = {}
    async with database.read() as tx:
        for (account_id,) in (await tx.execute(select(AccountRow.id))).all():
            sealed = await accounts.sealed_key(tx, account_id)
            if sealed is not None:
                try:
                    found[account_id] = sealing.open_(vault, sealed).reveal()
                except VaultError:
                    continue
    return found


async def prints(database: Database) -> set[str | None]:
    """Return the stored fingerprints."""
    async with database.read() as tx:
        return set((await tx.execute(select(AccountRow.fingerprint))).scalars())


async def test_swapped_ciphertexts_do_not_open(database: Database) -> None:
    """Two rows of one user at one provider whose sealed columns changed places are both refused."""
    first, second = await keep(database, "first-key"), await keep(database, "second-key")
    async with database.write() as tx:
        ours, theirs = await accounts.sealed_key(tx, first), await accounts.sealed_key(tx, second)
        assert ours is not None
        assert theirs is not None
        await sealing.put(tx, first, theirs.sealed)
        await sealing.put(tx, second, ours.sealed)
    assert await opened(database, BEFORE) == {}
    found = await sealing.survey(database, BEFORE)
    assert (found.total, [one.account_id for one in found.unreadable]) == (2, [first, second])


async def test_a_survey_counts_what_does_not_open(database: Database) -> None:
    """Keys under another secret are counted; one that opens is enough to know the secret again."""
    ours, lost = await keep(database, "ours"), await keep(database, "lost", Vault([LOST]))
    found = await sealing.survey(database, BEFORE)
    assert (found.total, [one.account_id for one in found.unreadable]) == (2, [lost])
    assert await sealing.opens_any(database, BEFORE)
    assert not await sealing.opens_any(database, AFTER)
    async with database.read() as tx:
        assert await sealing.count(tx) == 2
    assert ours in await opened(database, BEFORE)


async def test_everything_is_sealed_anew(database: Database) -> None:
    """Afterwards the new secret alone opens every key and recognises it; once more changes nothing."""
    kept = {await keep(database, f"key-{number}"): f"key-{number}" for number in range(205)}
    assert await sealing.reseal(database, BOTH) == Resealing(205, 0, 0)
    assert await opened(database, AFTER) == kept
    assert await opened(database, BEFORE) == {}
    assert await prints(database) == {AFTER.fingerprint(Key(plain)) for plain in kept.values()}
    assert await sealing.reseal(database, BOTH) == Resealing(0, 205, 0)
    assert await sealing.reseal(database, AFTER) == Resealing(0, 205, 0)


@ON_SQLITE
async def test_nothing_of_the_old_ciphertexts_is_left(database: Database) -> None:
    """Whoever finds the old secret later finds nothing in the files that it would open."""
    await keep(database, "a-key")
    async with database.read() as tx:
        before = (await tx.execute(select(AccountRow.sealed))).scalar_one()
    await sealing.reseal(database, BOTH)
    await database.close()
    assert before is not None
    assert database.folder is not None
    for name, content in contents(database.folder).items():
        assert before not in content, name


@pytest.mark.parametrize("after", [0, 1, 150, 204])
async def test_an_interrupted_resealing_is_finished_by_another(
    database: Database, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Wherever it breaks off, both secrets together open everything, and a second run does the rest."""
    kept = {await keep(database, f"key-{number}"): f"key-{number}" for number in range(205)}
    genuine, done = sealing._reseal_one, 0

    async def stumble(tx: Transaction, vault: Vault, found: accounts.SealedKey) -> bool:
        nonlocal done
        if done == after:
            raise RuntimeError("the power is gone")
        done += 1
        return await genuine(tx, vault, found)

    with monkeypatch.context() as broken:
        broken.setattr(sealing, "_reseal_one", stumble)
        with pytest.raises(RuntimeError):
            await sealing.reseal(database, BOTH)
    assert await opened(database, BOTH) == kept
    again = await sealing.reseal(database, BOTH)
    assert (again.resealed + again.untouched, again.untouched) == (205, after // 100 * 100)
    assert await opened(database, AFTER) == kept


async def test_what_cannot_be_opened_is_left_as_it_is(database: Database) -> None:
    """A key under a lost secret stays, byte for byte: the secret may be found again."""
    lost = await keep(database, "lost-key", Vault([LOST]))
    await keep(database, "a-key")
    async with database.read() as tx:
        before = await accounts.sealed_key(tx, lost)
    assert await sealing.reseal(database, BOTH) == Resealing(1, 0, 1)
    async with database.read() as tx:
        assert await accounts.sealed_key(tx, lost) == before


async def test_a_key_that_is_kept_twice_stays_so(database: Database) -> None:
    """Two accounts with one key, added under two secrets, are both sealed anew; none blocks the other."""
    kept = {await keep(database, "same", vault): "same" for vault in (BEFORE, AFTER)}
    assert await sealing.reseal(database, BOTH) == Resealing(1, 1, 0)
    assert await opened(database, AFTER) == kept
    assert await sealing.reseal(database, BOTH) == Resealing(0, 2, 0)


async def test_a_removed_account_is_passed_over(database: Database) -> None:
    """A row without a key is neither counted nor given one."""
    account_id = await keep(database, "gone")
    async with database.write() as tx:
        await accounts.remove(tx, account_id, START)
    assert await sealing.reseal(database, BOTH) == Resealing(0, 0, 0)
    assert await sealing.survey(database, BOTH) == sealing.Survey(0, ())


async def test_a_key_from_before_accounts_were_written_inside_is_bound_by_a_rotation(
    database: Database,
) -> None:
    """An older ciphertext opens for its user and provider, and is sealed anew under the same secret."""
    account_id = await keep(database, "old-style")
    old = Fernet(OLD).encrypt(b'{"user": %d, "provider": "getsms", "key": "old-style"}' % USER)
    async with database.write() as tx:
        await sealing.put(tx, account_id, old)
    assert await opened(database, BEFORE) == {account_id: "old-style"}
    assert await sealing.reseal(database, BEFORE) == Resealing(1, 0, 0)
    async with database.read() as tx:
        sealed = (await tx.execute(select(AccountRow.sealed))).scalar_one()
    assert sealed is not None
    assert b'"account": %d' % account_id in Fernet(OLD).decrypt(sealed)
