"""Accounts and people: keys are known by fingerprint, and gone once removed."""

from dataclasses import replace

import pytest

from bot.domain.people import Account, User
from bot.storage import accounts, people
from bot.storage.accounts import SealedKey
from bot.storage.database import Database
from bot.storage.tables import AccountRow
from tests.storage.conftest import ON_SQLITE, STRANGER, USER
from tests.storage.makers import contents
from tests.support.clock import START

SEALED = b"sealed bytes"


async def test_an_account_is_kept_without_showing_its_key(database: Database, account: Account) -> None:
    """The record that travels through the bot has no key in it; the sealed one is asked for by id."""
    async with database.read() as tx:
        assert await accounts.of_user(tx, USER) == (account,)
        assert await accounts.of_user(tx, STRANGER) == ()
        assert await accounts.find(tx, account.id) == account
        assert await accounts.find(tx, account.id + 1) is None
        assert await accounts.sealed_key(tx, account.id) == SealedKey(account.id, USER, "getsms", SEALED)
        assert await accounts.newest_sealed(tx) == SealedKey(account.id, USER, "getsms", SEALED)
        assert await accounts.sealed_key(tx, account.id + 1) is None
    assert "sealed" not in repr(account)


@pytest.mark.parametrize(
    ("user_id", "provider", "fingerprint", "known"),
    [
        (USER, "getsms", "f" * 64, True),
        (USER, "getsms", "e" * 64, False),
        (USER, "other", "f" * 64, False),
        (STRANGER, "getsms", "f" * 64, False),
    ],
)
async def test_a_key_is_known_to_its_user_and_provider(
    database: Database, account: Account, user_id: int, provider: str, fingerprint: str, *, known: bool
) -> None:
    """Two people may share a key, and one may use it at two providers; twice at one is a duplicate."""
    assert account.user_id == USER
    async with database.read() as tx:
        assert await accounts.is_known(tx, user_id, provider, ["0" * 64, fingerprint]) is known


async def test_the_database_refuses_a_duplicate_key(database: Database, account: Account) -> None:
    """Two adds that both saw no duplicate cannot both be written."""
    with pytest.raises(accounts.FingerprintTaken):
        await _add(database, fingerprint="f" * 64)
    other = await _add(database, fingerprint="e" * 64)
    with pytest.raises(accounts.FingerprintTaken):
        async with database.write() as tx:
            await accounts.replace_key(
                tx, other.id, provider="getsms", sealed=b"x", fingerprint="f" * 64, tail="x"
            )
    async with database.read() as tx:
        assert await accounts.of_user(tx, USER) == (account, other)


async def test_removal_wipes_the_key(database: Database, account: Account) -> None:
    """A removed account keeps its row for its orders, loses key and fingerprint, and frees the key."""
    async with database.write() as tx:
        await accounts.remove(tx, account.id, START)
    async with database.read() as tx:
        row = (await tx.execute(AccountRow.__table__.select())).one()
        assert (row.sealed, row.fingerprint, row.removed_at) == (None, None, START)
        assert await accounts.sealed_key(tx, account.id) is None
        assert await accounts.newest_sealed(tx) is None
        assert await accounts.of_user(tx, USER) == ()
        assert await accounts.find(tx, account.id) == account
        assert not await accounts.is_known(tx, USER, "getsms", ["f" * 64])
    assert (await _add(database, fingerprint="f" * 64)).id != account.id


@ON_SQLITE
async def test_removal_leaves_no_sealed_bytes_in_the_file(database: Database, account: Account) -> None:
    """After a removal and a clean end even the ciphertext is gone from the database file."""
    async with database.write() as tx:
        await accounts.remove(tx, account.id, START)
    await database.close()
    assert database.folder is not None
    assert SEALED not in b"".join(contents(database.folder).values())


async def test_replacing_a_key_ends_its_rejection(database: Database, account: Account) -> None:
    """A replaced key is another key: new tail, new fingerprint, not rejected, same account."""
    async with database.write() as tx:
        assert await accounts.set_rejected(tx, account.id, rejected=True)
        await accounts.replace_key(
            tx, account.id, provider="getsms", sealed=b"new", fingerprint="a" * 64, tail="-new"
        )
    async with database.read() as tx:
        assert await accounts.find(tx, account.id) == replace(account, tail="-new")
        assert await accounts.is_known(tx, USER, "getsms", ["a" * 64])
        assert not await accounts.is_known(tx, USER, "getsms", ["f" * 64])


async def test_a_rejection_is_news_once(database: Database, account: Account) -> None:
    """Noting what is noted already says that it is no news, in both directions."""
    for rejected in (True, False):
        async with database.write() as tx:
            told = [await accounts.set_rejected(tx, account.id, rejected=rejected) for _ in range(3)]
            known = await accounts.find(tx, account.id)
        assert told == [True, False, False]
        assert known is not None
        assert known.rejected is rejected


async def test_a_label_changes_nothing_else(database: Database, account: Account) -> None:
    """Renaming touches one account's label."""
    other = await _add(database, fingerprint="e" * 64)
    async with database.write() as tx:
        await accounts.rename(tx, account.id, "<b>работа</b>")
    async with database.read() as tx:
        assert await accounts.of_user(tx, USER) == (replace(account, label="<b>работа</b>"), other)


async def test_people_are_made_once(database: Database) -> None:
    """A second first contact keeps the language that was chosen."""
    async with database.write() as tx:
        await people.set_language(tx, USER, "ru")
        await people.set_reachable(tx, USER, reachable=False)
        again = await people.first_seen(tx, USER, "tr", START)
        assert await people.find(tx, 404) is None
        stranger = await people.find(tx, STRANGER)
    assert again == User(USER, "ru", reachable=False, created_at=START)
    assert stranger == User(STRANGER, "tr", reachable=True, created_at=START)


async def _add(database: Database, *, fingerprint: str) -> Account:
    async with database.write() as tx:
        return await accounts.add(
            tx,
            user_id=USER,
            provider="getsms",
            label="Get-SMS 2",
            tail="-two",
            sealed=b"other",
            fingerprint=fingerprint,
            now=START,
        )
