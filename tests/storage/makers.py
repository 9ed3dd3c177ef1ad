"""Drafts and orders for the tests of storage."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Order, State
from bot.domain.people import Account
from bot.domain.rentals import Rental, RentalState
from bot.storage import orders, rentals
from bot.storage.database import Database
from tests.support.clock import START

TOKEN = "token-1"


def draft(account: Account, token: str = TOKEN) -> Draft:
    """Return a confirm button of the account's owner."""
    offer = Offer(
        account_id=account.id,
        provider=account.provider,
        service="telegram",
        country="RU",
        price=Money(Decimal("12.50"), "RUB"),
        stock=7,
    )
    return Draft(token, account.user_id, offer)


async def placed(database: Database, account: Account, token: str = TOKEN) -> Order:
    """Commit an order in state ``placing``."""
    async with database.write() as tx:
        return await orders.place(
            tx, draft(account, token), balance_before=Money(Decimal(100), "RUB"), card=(5, 6), now=START
        )


async def waiting(database: Database, account: Account, token: str = TOKEN, remote_id: str = "r-1") -> Order:
    """Commit an order in state ``waiting``."""
    order = await placed(database, account, token)
    async with database.write() as tx:
        moved = await orders.move(
            tx, order.id, of={State.PLACING}, to=State.WAITING, remote_id=remote_id, phone="79990001122"
        )
    assert moved is not None
    return moved


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def rented(database: Database, account: Account, **facts: Any) -> Rental:
    """Commit a rental that is held."""
    usual = {
        "provider": account.provider,
        "state": RentalState.ACTIVE.value,
        "service": "whatsapp",
        "country": "GB",
        "remote_id": "rent-1",
        "phone": "447700900001",
        "card_chat_id": 5,
    }
    async with database.write() as tx:
        return await rentals.add(
            tx,
            user_id=account.user_id,
            account_id=account.id,
            currency="USD",
            now=START,
            **{**usual, **facts},
        )
