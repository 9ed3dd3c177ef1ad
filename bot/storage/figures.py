"""Counts over everybody's rows, for who runs the bot."""

from datetime import datetime

from sqlalchemy import func, select

from bot.domain.orders import State
from bot.domain.rentals import OPEN_RENTALS, BillState
from bot.storage.database import Transaction
from bot.storage.rental_tables import BillRow, RentalRow
from bot.storage.tables import OrderRow, OutboxRow


async def backlog(tx: Transaction) -> dict[str, tuple[int, datetime]]:
    """Return, by kind of message, how many were not told yet, and since when the oldest of them waits."""
    query = (
        select(OutboxRow.kind, func.count(), func.min(OutboxRow.created_at))
        .where(OutboxRow.ended_at.is_(None))
        .group_by(OutboxRow.kind)
    )
    return {kind: (int(number), oldest) for kind, number, oldest in await tx.execute(query)}


async def rentals(tx: Transaction) -> dict[str, int]:
    """Return how many rentals of all users are running or in doubt at each provider that has any."""
    query = (
        select(RentalRow.provider, func.count())
        .where(RentalRow.state.in_([state.value for state in OPEN_RENTALS]))
        .group_by(RentalRow.provider)
    )
    return {provider: int(number) for provider, number in await tx.execute(query)}


async def uncertain(tx: Transaction) -> tuple[int, int]:
    """Return of how many purchases, and of how many payments for rentals, the outcome is not known."""
    bought = select(func.count()).where(OrderRow.state == State.UNCERTAIN.value)
    paid = select(func.count()).where(BillRow.state == BillState.UNCERTAIN.value)
    return int((await tx.execute(bought)).scalar_one()), int((await tx.execute(paid)).scalar_one())
