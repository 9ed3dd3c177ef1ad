"""Users: one row a person, made at first contact."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Row

from bot.domain.people import Standing, User
from bot.storage.database import Transaction
from bot.storage.rows import Broken, readable
from bot.storage.tables import UserRow
from bot.storage.upsert import insert_new


def _user(row: Row[Any]) -> User:
    return User(row.id, row.language, row.reachable, row.created_at, Standing(row.standing))


async def find(tx: Transaction, user_id: int) -> User | None:
    """Return the user, or None."""
    row = (await tx.execute(select(UserRow).where(UserRow.id == user_id))).one_or_none()
    return _user(row) if row else None


async def language(tx: Transaction, user_id: int) -> str | None:
    """Return the language of a user, be the rest of the row unreadable; None for somebody never seen."""
    return (await tx.execute(select(UserRow.language).where(UserRow.id == user_id))).scalar_one_or_none()


async def add(tx: Transaction, user: User) -> None:
    """Insert a new user."""
    await tx.execute(insert(UserRow).values(**_values(user)))


def _values(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "language": user.language,
        "reachable": user.reachable,
        "created_at": user.created_at,
    }


async def set_language(tx: Transaction, user_id: int, language: str) -> None:
    """Change the language the bot speaks to this user."""
    await tx.execute(update(UserRow).where(UserRow.id == user_id).values(language=language))


async def set_reachable(tx: Transaction, user_id: int, *, reachable: bool) -> None:
    """Note whether the user's private chat takes messages."""
    await tx.execute(update(UserRow).where(UserRow.id == user_id).values(reachable=reachable))


async def set_standing(tx: Transaction, user_id: int, standing: Standing) -> None:
    """Let a user use the bot, or not."""
    await tx.execute(update(UserRow).where(UserRow.id == user_id).values(standing=standing.value))


async def page(tx: Transaction, *, limit: int, offset: int) -> tuple[tuple[User, ...], Broken]:
    """Return users, the newest first, and apart those whose rows cannot be read."""
    query = select(UserRow).order_by(UserRow.created_at.desc(), UserRow.id).limit(limit).offset(offset)
    return await readable(tx, query, UserRow.id, _user)


async def count(tx: Transaction) -> int:
    """Return how many there are."""
    return int((await tx.execute(select(func.count()).select_from(UserRow))).scalar_one())


async def first_seen(tx: Transaction, user_id: int, language: str, now: datetime) -> User:
    """Return the user, inserting one with this language where there is none."""
    known = await find(tx, user_id)
    if known is not None:
        return known
    user = User(user_id, language, reachable=True, created_at=now)
    if await insert_new(tx, UserRow, _values(user)):
        return user
    return await find(tx, user_id) or user  # somebody else was quicker
