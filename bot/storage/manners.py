"""How persons want to be told things: the language, the silent hours, what they want to hear of."""

from typing import Any

from sqlalchemy import select

from bot.domain.quiet import Manner, QuietHours
from bot.storage import settings
from bot.storage.database import Transaction
from bot.storage.tables import SettingsRow, UserRow


def _manner(row: Any) -> Manner:
    try:
        quiet = QuietHours(row.quiet_from, row.quiet_to)
    except (TypeError, ValueError):  # not set, or unreadable: no code may wait for that, it only rings
        quiet = None
    return Manner(row.language, row.zone, quiet)


async def find(tx: Transaction, user_id: int) -> Manner | None:
    """Return how a person wants to be told things, be the rest of their row unreadable; None for nobody."""
    columns = (UserRow.language, SettingsRow.zone, SettingsRow.quiet_from, SettingsRow.quiet_to)
    joined = UserRow.__table__.outerjoin(SettingsRow.__table__, SettingsRow.user_id == UserRow.id)
    query = select(*columns).select_from(joined).where(UserRow.id == user_id)
    row = (await tx.execute(query)).one_or_none()
    return _manner(row) if row else None


async def put_zone(tx: Transaction, user_id: int, zone: str) -> None:
    """Note in which time zone a person lives."""
    await settings.change(tx, user_id, zone=zone)


async def put_quiet(tx: Transaction, user_id: int, hours: QuietHours | None) -> None:
    """Set a person's silent hours, or lift them."""
    begin, end = (hours.begin, hours.end) if hours else (None, None)
    await settings.change(tx, user_id, quiet_from=begin, quiet_to=end)


async def is_reminded(tx: Transaction, user_id: int) -> bool:
    """Return whether a person wants to hear that a rental ends soon."""
    query = select(SettingsRow.is_not_reminded).where(SettingsRow.user_id == user_id)
    return not (await tx.execute(query)).scalar_one_or_none()


async def put_reminded(tx: Transaction, user_id: int, *, wanted: bool) -> None:
    """Set whether a person hears that a rental ends soon."""
    await settings.change(tx, user_id, is_not_reminded=not wanted)
