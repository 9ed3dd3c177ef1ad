"""Defaults of a purchase: the key that is asked first, the country, and what counts as dear."""

from decimal import Decimal

from sqlalchemy import delete, insert, select

from bot.domain.money import Money
from bot.storage import settings
from bot.storage.database import Transaction
from bot.storage.tables import DearRow, SettingsRow


async def find(tx: Transaction, user_id: int) -> tuple[int | None, str | None]:
    """Return a person's default account, which may have been removed since, and country."""
    query = select(SettingsRow.default_account_id, SettingsRow.default_country)
    row = (await tx.execute(query.where(SettingsRow.user_id == user_id))).one_or_none()
    return (row.default_account_id, row.default_country) if row else (None, None)


async def put_account(tx: Transaction, user_id: int, account_id: int | None) -> None:
    """Set which account is asked first; None for none."""
    await settings.change(tx, user_id, default_account_id=account_id)


async def put_country(tx: Transaction, user_id: int, country: str | None) -> None:
    """Set from which country numbers are wanted; None for none."""
    await settings.change(tx, user_id, default_country=country)


async def dear(tx: Transaction, user_id: int) -> dict[str, Money]:
    """Return above which price a purchase is asked about once more, by currency."""
    rows = await tx.execute(select(DearRow.currency, DearRow.amount).where(DearRow.user_id == user_id))
    return {row.currency: Money(row.amount, row.currency) for row in rows}


async def put_dear(tx: Transaction, user_id: int, currency: str, amount: Decimal | None) -> None:
    """Set above which price a purchase in a currency is asked about once more; None for never."""
    await settings.lock(tx, user_id)
    await tx.execute(delete(DearRow).where(DearRow.user_id == user_id, DearRow.currency == currency))
    if amount is not None:
        await tx.execute(insert(DearRow).values(user_id=user_id, currency=currency, amount=amount))
