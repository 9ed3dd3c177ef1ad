"""Amounts to choose from."""

from decimal import Decimal

from bot.domain.money import Money

_SMALL = (2, 5, 20, 50)
_LARGE = (100, 300, 1000, 3000)
CHEAP = frozenset({"RUB", "KZT", "TRY", "UAH", "CNY"})
"""Currencies of which a number costs tens, and not a part of one."""


def amounts(currency: str) -> tuple[Money, ...]:
    """Return amounts to choose from, as an account in this currency spends them in a day."""
    found = _LARGE if currency in CHEAP else _SMALL
    return tuple(Money(Decimal(amount), currency) for amount in found)
