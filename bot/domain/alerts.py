"""What a person is told without asking: that there are numbers, that a balance is low."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.finding import Goods
from bot.domain.money import Money
from bot.domain.views import AccountView

LASTS = timedelta(days=7)
"""How long numbers are looked out for: whoever still wants them then says so anew."""

MOST_ALERTS = 20
"""How many a person may have, over all accounts."""


@dataclass(frozen=True, slots=True)
class Alert:
    """The wish to hear when an account could buy goods.

    Attributes:
        id: ours.
        user_id: whose.
        account_id: with which key.
        goods: what; the country is named.
        most: at most at this price; None for any.
        is_met: whether there were some when the provider was asked last.
        price: the best price of that time; None where none was told, or there were none.
        stock: how many there were then, or None.
        expires_at: until when it is looked out for (UTC).
    """

    id: int
    user_id: int
    account_id: int
    goods: Goods
    most: Money | None
    is_met: bool
    price: Money | None
    stock: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert, and with whose key it looks."""

    alert: Alert
    account: AccountView


@dataclass(frozen=True, slots=True)
class Question:
    """What a provider is asked once for all alerts that want to know it."""

    provider: str
    goods: Goods


@dataclass(frozen=True, slots=True)
class Floor:
    """Below which balance an account's person wants to hear of it.

    Attributes:
        account: which.
        currency: in which it pays (ISO 4217).
        below: the threshold; None where none is set.
        seen: the balance that was known last since it was set; None where none was.
    """

    account: AccountView
    currency: str
    below: Money | None = None
    seen: Money | None = None
