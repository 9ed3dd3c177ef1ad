"""Amounts of money as people write them, with a currency or without."""

import re
from collections.abc import Sequence

from bot.domain.money import Money
from bot.telegram.routers.choices import amount_in

_SIGNS = {"₽": "RUB", "$": "USD", "€": "EUR", "₺": "TRY", "₴": "UAH", "₸": "KZT"}
_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")


def money_in(text: str, currencies: Sequence[str]) -> Money | None:
    """Read an amount in one of the currencies that count here.

    Args:
        text: ``20``, ``0,5 usd``, ``$0.5``.
        currencies: ISO 4217 codes. Without a currency in the text, the only one is meant.

    Returns:
        The amount; None where there is none, or it is not clear in which of the currencies.
    """
    code = _CODE.search(text)
    named = code.group().upper() if code else next((_SIGNS[sign] for sign in text if sign in _SIGNS), None)
    if named is None and len(currencies) == 1:
        named = currencies[0]
    amount = amount_in(_CODE.sub("", text, count=1))
    if amount is None or named is None or named not in currencies:
        return None
    return Money(amount, named)
