"""Limits that a person sets for themselves, and what counts against them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import Money

WINDOW = timedelta(hours=24)
"""What "a day" is for a cap, and for the look at how orders ended: the last 24 hours, in every time zone."""

_MISSED_ENOUGH = 5
_LAST = 20


class Cap(StrEnum):
    """What is limited."""

    OPEN = "open"  # numbers that a person has open at once: activations and rentals
    DAY = "day"  # what an account spends within 24 hours
    FOREIGN = "foreign"  # the same, set in a currency that the account does not pay in any more


@dataclass(frozen=True, slots=True)
class Spending:
    """What an account paid for within 24 hours, and how its numbers ended.

    Attributes:
        paid: what was charged, or may have been, in each currency (ISO 4217).
        untold: how many purchases stand in no sum: neither the provider nor the balance told the price.
        endings: for each activation that is over, the newest first, whether it brought an SMS.
    """

    paid: dict[str, Decimal]
    untold: int
    endings: tuple[bool, ...] = ()

    def spent(self, currency: str) -> Money:
        """Return what was paid in a currency."""
        return Money(self.paid.get(currency, Decimal()), currency)

    @property
    def missed(self) -> int:
        """How many of the last 20 activations ended without an SMS."""
        return sum(not brought for brought in self.endings[:_LAST])

    @property
    def looked_at(self) -> int:
        """How many activations ``missed`` is about."""
        return len(self.endings[:_LAST])

    @property
    def is_risky(self) -> bool:
        """Whether so few of the last numbers brought an SMS that a provider may suspend the account for it.

        Five or more without an SMS, and more than half: see docs/decisions.md.
        """
        return self.missed >= _MISSED_ENOUGH and 2 * self.missed > self.looked_at


@dataclass(frozen=True, slots=True)
class Tally:
    """How an account stands against its daily cap.

    Attributes:
        cap: the most that it may spend within 24 hours, or None.
        spending: what it paid for in that time.
    """

    cap: Money | None
    spending: Spending

    @property
    def spent(self) -> Money | None:
        """What was paid in the currency of the cap; None without one."""
        return None if self.cap is None else self.spending.spent(self.cap.currency)
