"""Accounts: a user's keys, sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, exists, insert, select, update
from sqlalchemy.engine import CursorResult, Row
from sqlalchemy.exc import IntegrityError

from bot.domain.people import Account
from bot.storage.database import Transaction
from bot.storage.tables import AccountRow


class FingerprintTaken(Exception):
    """This user keeps this key at this provider already."""


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A key as it lies in the database, with what it is bound to."""

    account_id: int
    user_id: int
    provider: str
    sealed: bytes


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.user_id, row.provider, row.label, row.tail, row.rejected, row.created_at)


async def _unique(tx: Transaction, statement: Executable) -> CursorResult[Any]:
    try:
        return await tx.execute(statement)
    except IntegrityError as error:
        if "uq_accounts" not in str(error.orig) and "accounts.fingerprint" not in str(error.orig):
            raise
        raise FingerprintTaken from None


async def of_user(tx: Transaction, user_id: int) -> tuple[Account, ...]:
    """Return the user's accounts, oldest first."""
    rows = await tx.execute(
        select(AccountRow)
        .where(AccountRow.user_id == user_id, AccountRow.removed_at.is_(None))
        .order_by(AccountRow.id)
    )
    return tuple(_account(row) for row in rows)


async def find(tx: Transaction, account_id: int) -> Account | None:
    """Return the account, removed ones included, or None."""
    row = (await tx.execute(select(AccountRow).where(AccountRow.id == account_id))).one_or_none()
    return _account(row) if row else None


async def providers_in_use(tx: Transaction) -> frozenset[str]:
    """Return the slugs of the providers that any user has an account at."""
    rows = await tx.execute(select(AccountRow.provider).where(AccountRow.removed_at.is_(None)).distinct())
    return frozenset(rows.scalars())


async def is_known(tx: Transaction, user_id: int, provider: str, fingerprints: Collection[str]) -> bool:
    """Whether this user already keeps a key with one of these fingerprints."""
    query = exists().where(
        AccountRow.user_id == user_id,
        AccountRow.provider == provider,
        AccountRow.fingerprint.in_(fingerprints),
        AccountRow.removed_at.is_(None),
    )
    return bool((await tx.execute(select(query))).scalar_one())


async def add(
    tx: Transaction,
    *,
    user_id: int,
    provider: str,
    label: str,
    tail: str,
    sealed: bytes,
    fingerprint: str,
    now: datetime,
) -> Account:
    """Insert an account and return it.

    Raises:
        FingerprintTaken: leave the transaction by the exception.
    """
    statement = insert(AccountRow).values(
        user_id=user_id,
        provider=provider,
        label=label,
        tail=tail,
        sealed=sealed,
        fingerprint=fingerprint,
        rejected=False,
        created_at=now,
    )
    row = (await _unique(tx, statement.returning(AccountRow.id))).scalar_one()
    return Account(row, user_id, provider, label, tail, rejected=False, created_at=now)


async def lock(tx: Transaction, account_id: int) -> None:
    """Keep everybody else from buying with an account, changing or removing it, as ``settings.lock`` does."""
    await tx.execute(select(AccountRow.id).where(AccountRow.id == account_id).with_for_update(key_share=True))


async def replace_key(
    tx: Transaction, account_id: int, *, provider: str, sealed: bytes, fingerprint: str, tail: str
) -> bool:
    """Put another key into an account; False where it was removed, or moved to another provider, meanwhile.

    Args:
        tx: a writing transaction.
        account_id: whose key.
        provider: for which it is sealed.
        sealed: the ciphertext.
        fingerprint: of the key.
        tail: the key's last characters.

    Raises:
        FingerprintTaken: leave the transaction by the exception.
    """
    done = await _unique(
        tx,
        update(AccountRow)
        .where(AccountRow.id == account_id, AccountRow.provider == provider, AccountRow.removed_at.is_(None))
        .values(sealed=sealed, fingerprint=fingerprint, tail=tail, rejected=False)
        .returning(AccountRow.id),
    )
    return done.first() is not None


async def move(tx: Transaction, account_id: int, *, provider: str, sealed: bytes) -> None:
    """Have another provider answer for an account, whose key is sealed anew for it.

    Raises:
        FingerprintTaken: leave the transaction by the exception.
    """
    await _unique(
        tx,
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(provider=provider, sealed=sealed, rejected=False),
    )


async def rename(tx: Transaction, account_id: int, label: str) -> None:
    """Give the account another label (64 characters at most)."""
    await tx.execute(update(AccountRow).where(AccountRow.id == account_id).values(label=label))


async def set_rejected(tx: Transaction, account_id: int, *, rejected: bool) -> bool:
    """Note whether the provider refuses the key; return whether that is news."""
    done = await tx.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id, AccountRow.rejected.is_not(rejected))
        .values(rejected=rejected)
        .returning(AccountRow.id)
    )
    return done.first() is not None


async def remove(tx: Transaction, account_id: int, now: datetime) -> None:
    """Forget the key; the row stays for its orders' sake."""
    await tx.execute(
        update(AccountRow)
        .where(AccountRow.id == account_id)
        .values(sealed=None, fingerprint=None, removed_at=now)
    )


async def sealed_key(tx: Transaction, account_id: int) -> SealedKey | None:
    """Return the sealed key of an account that was not removed."""
    row = (
        await tx.execute(
            select(AccountRow.id, AccountRow.user_id, AccountRow.provider, AccountRow.sealed).where(
                AccountRow.id == account_id
            )
        )
    ).one_or_none()
    if row is None or row.sealed is None:
        return None
    return SealedKey(row.id, row.user_id, row.provider, row.sealed)


async def newest_sealed(tx: Transaction) -> SealedKey | None:
    """Return the sealed key that was added last by anybody, or None where there is none."""
    row = (
        await tx.execute(
            select(AccountRow.id, AccountRow.user_id, AccountRow.provider, AccountRow.sealed)
            .where(AccountRow.sealed.is_not(None))
            .order_by(AccountRow.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return SealedKey(row.id, row.user_id, row.provider, row.sealed) if row else None
