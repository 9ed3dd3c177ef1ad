"""How the numbers are kept that an uncertain purchase may have made: as JSON in the order's row."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import null

from bot.domain.money import Money
from bot.domain.orders import Candidate

_WORDS = ("remote_id", "phone", "service", "country", "opened")


def read(kept: dict[str, Any]) -> Candidate:
    """Return a candidate from what was kept of it."""
    price = None if kept["amount"] is None else Money(Decimal(kept["amount"]), kept["currency"])
    return Candidate(**{name: kept[name] for name in _WORDS}, price=price)


def column(found: Collection[Candidate] | None) -> Any:
    """Return what the column is to hold; None where nothing is asked any more."""
    return null() if found is None else [_kept(one) for one in found]


def _kept(one: Candidate) -> dict[str, Any]:
    words = {name: getattr(one, name) for name in _WORDS}
    money = (
        {"amount": str(one.price.amount), "currency": one.price.currency} if one.price else {"amount": None}
    )
    return {**words, **money}
