"""The sealed keys as a whole: how many there are, which of them open, and sealing them all anew."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import exists, func, select, update

from bot.domain.secrets import Key
from bot.storage.accounts import SealedKey
from bot.storage.database import Database, Transaction
from bot.storage.tables import AccountRow
from bot.storage.vault import Vault, VaultError

_AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Survey:
    """How the stored keys stand.

    Attributes:
        total: how many there are.
        unreadable: those that cannot be opened.
    """

    total: int
    unreadable: tuple[SealedKey, ...]


@dataclass(frozen=True, slots=True)
class Resealing:
    """What came of sealing all keys anew.

    Attributes:
        resealed: how many were.
        untouched: how many were sealed with the first secret already.
        unreadable: how many cannot be opened with any of the secrets, and were left as they are.
    """

    resealed: int
    untouched: int
    unreadable: int


async def count(tx: Transaction) -> int:
    """Return how many keys are stored."""
    found = await tx.execute(select(func.count()).where(AccountRow.sealed.is_not(None)))
    return int(found.scalar_one())


async def put(tx: Transaction, account_id: int, sealed: bytes) -> None:
    """Store the ciphertext of an account's key, and leave everything else of it alone."""
    await tx.execute(update(AccountRow).where(AccountRow.id == account_id).values(sealed=sealed))


def open_(vault: Vault, found: SealedKey) -> Key:
    """Open a stored key for the account that it is stored at.

    Raises:
        VaultError: as ``Vault.open``.
    """
    return vault.open(
        found.sealed, account_id=found.account_id, user_id=found.user_id, provider=found.provider
    )


async def survey(database: Database, vault: Vault) -> Survey:
    """Try every stored key."""
    total = 0
    unreadable: list[SealedKey] = []
    async for batch in _batches(database):
        total += len(batch)
        unreadable += (found for found in batch if not _opens(vault, found))
    return Survey(total, tuple(unreadable))


async def opens_any(database: Database, vault: Vault) -> bool:
    """Say whether at least one of the stored keys can be opened."""
    async for batch in _batches(database):
        if any(_opens(vault, found) for found in batch):
            return True
    return False


async def reseal(database: Database, vault: Vault) -> Resealing:
    """Seal every key with the vault's first secret, and bring its fingerprint up to date.

    Each transaction takes a hundred keys. Whoever is interrupted leaves some keys under the old secret and
    some under the new, all of which open; doing it again goes on from there.
    """
    resealed = untouched = unreadable = 0
    async for batch in _batches(database):
        async with database.write() as tx:
            for found in batch:
                try:
                    changed = await _reseal_one(tx, vault, found)
                except VaultError:
                    unreadable += 1
                else:
                    resealed += changed
                    untouched += not changed
    return Resealing(resealed, untouched, unreadable)


async def _reseal_one(tx: Transaction, vault: Vault, found: SealedKey) -> bool:
    """Seal one key anew where that is needed; return whether it was."""
    key = open_(vault, found)
    values: dict[str, object] = {}
    if not vault.is_up_to_date(found.sealed):
        values["sealed"] = vault.seal(
            key, account_id=found.account_id, user_id=found.user_id, provider=found.provider
        )
    fingerprint = vault.fingerprint(key)
    if not await _is_taken(tx, found, fingerprint):
        values["fingerprint"] = fingerprint
    if not values:
        return False
    # One that was replaced meanwhile is left alone: it is sealed already with what was the first secret then.
    same = (AccountRow.id == found.account_id, AccountRow.sealed == found.sealed)
    done = await tx.execute(update(AccountRow).where(*same).values(**values).returning(AccountRow.id))
    return done.first() is not None


async def _is_taken(tx: Transaction, found: SealedKey, fingerprint: str) -> bool:
    """Say whether a row has this fingerprint already: this one, or another with the same key.

    The latter happens where a secret was missing for a while, so that the same key could be added again.
    """
    query = exists().where(
        AccountRow.user_id == found.user_id,
        AccountRow.provider == found.provider,
        AccountRow.fingerprint == fingerprint,
    )
    return bool((await tx.execute(select(query))).scalar_one())


def _opens(vault: Vault, found: SealedKey) -> bool:
    try:
        open_(vault, found)
    except VaultError:
        return False
    return True


async def _batches(database: Database) -> AsyncIterator[list[SealedKey]]:
    last = 0
    while True:
        query = (
            select(AccountRow.id, AccountRow.user_id, AccountRow.provider, AccountRow.sealed)
            .where(AccountRow.sealed.is_not(None), AccountRow.id > last)
            .order_by(AccountRow.id)
            .limit(_AT_A_TIME)
        )
        async with database.read() as tx:
            rows = (await tx.execute(query)).all()
        if not rows:
            return
        yield [SealedKey(row.id, row.user_id, row.provider, row.sealed) for row in rows]
        last = rows[-1].id
