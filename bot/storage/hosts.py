"""Hosts that users added: providers for one person each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row

from bot.storage.database import Transaction
from bot.storage.tables import HostRow
from bot.storage.upsert import insert_new


@dataclass(frozen=True, slots=True)
class Host:
    """A host that a user added.

    Attributes:
        id: ours.
        user_id: for whom alone it is.
        url: scheme, host and optional path prefix, in one spelling.
        title: what it is called.
        currency: ISO 4217 code of its prices.
    """

    id: int
    user_id: int
    url: str
    title: str
    currency: str


def _host(row: Row[Any]) -> Host:
    return Host(row.id, row.user_id, row.url, row.title, row.currency)


async def add(tx: Transaction, *, user_id: int, url: str, title: str, currency: str, now: datetime) -> Host:
    """Insert a host and return it; one of this user with this URL is returned as it stands."""
    values = {"user_id": user_id, "url": url, "title": title, "currency": currency, "created_at": now}
    await insert_new(tx, HostRow, values)
    same = select(HostRow).where(HostRow.user_id == user_id, HostRow.url == url)
    return _host((await tx.execute(same)).one())


async def everybodys(tx: Transaction) -> tuple[Host, ...]:
    """Return the hosts of all users, oldest first."""
    return tuple(_host(row) for row in await tx.execute(select(HostRow).order_by(HostRow.id)))
