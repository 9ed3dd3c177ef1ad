"""Settings: what a person has set for themselves. Without a row, all of it is off."""

from typing import Any

from sqlalchemy import insert, select, update

from bot.storage.database import Transaction
from bot.storage.tables import SettingsRow, UserRow


async def lock(tx: Transaction, user_id: int) -> None:
    """Keep everybody else from deciding by, or changing, what this person has set or bought.

    SQLite has one writer anyway. Elsewhere the person's row is locked to the end of the transaction, so that
    what is counted behind this line stays true until it is committed. Rows that only point at the person can
    be written meanwhile.
    """
    await tx.execute(select(UserRow.id).where(UserRow.id == user_id).with_for_update(key_share=True))


async def open_orders_most(tx: Transaction, user_id: int) -> int | None:
    """Return how many numbers the person wants open at most; None for no limit."""
    query = select(SettingsRow.open_orders_most).where(SettingsRow.user_id == user_id)
    return (await tx.execute(query)).scalar_one_or_none()


async def auto_cancel_minutes(tx: Transaction, user_id: int) -> int | None:
    """Return how many minutes before its end a number without a code is given back; None for never."""
    query = select(SettingsRow.auto_cancel_minutes).where(SettingsRow.user_id == user_id)
    return (await tx.execute(query)).scalar_one_or_none()


async def change(tx: Transaction, user_id: int, **settings: Any) -> None:
    """Set columns of a person's row, which is made where there is none."""
    await lock(tx, user_id)
    known = update(SettingsRow).where(SettingsRow.user_id == user_id).values(**settings)
    if (await tx.execute(known.returning(SettingsRow.user_id))).first() is None:
        await tx.execute(insert(SettingsRow).values(user_id=user_id, **settings))
