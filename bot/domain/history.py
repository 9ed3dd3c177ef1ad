"""What was bought, as it is looked through: purchases, filters, and what sums up a stretch of days."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.views import AccountView


class Bought(StrEnum):
    """What a purchase is; ``ALL`` in a filter alone."""

    ALL = ""
    ACTIVATION = "a"
    RENTAL = "r"  # every paid act for a rental: renting, prolonging, another service, restoring


class Facet(StrEnum):
    """By what a history is narrowed down."""

    KIND = "k"
    ACCOUNT = "a"
    SERVICE = "s"
    COUNTRY = "c"
    MONTH = "m"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which purchases are looked at; an empty value leaves everything in.

    Attributes:
        kind: activations, rentals, or both.
        account_id: which key paid; 0 for any.
        month: year and month (UTC) in four digits, 2601 for January 2026; 0 for any.
        service: canonical id, or ``provider:code``.
        country: canonical id, or ``provider:code``.
    """

    kind: Bought = Bought.ALL
    account_id: int = 0
    month: int = 0
    service: str = ""
    country: str = ""

    def with_(self, facet: Facet, value: str) -> "Wanted":
        """Return the same with another value for one facet; an empty one lifts it."""
        match facet:
            case Facet.KIND:
                return replace(self, kind=Bought(value))
            case Facet.ACCOUNT:
                return replace(self, account_id=int(value or 0))
            case Facet.SERVICE:
                return replace(self, service=value)
            case Facet.COUNTRY:
                return replace(self, country=value)
            case Facet.MONTH:
                return replace(self, month=int(value or 0))


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase that was not refused.

    Attributes:
        kind: an activation, or an act for a rental.
        id: of the order or the rental; None where a rental was never made.
        made_at: when it was confirmed (UTC).
        account_id: which key paid.
        provider: the provider's slug.
        service: canonical id, ``provider:code``, or None for a whole rented number.
        country: the same, or None where it is not known.
        phone: digits, or None.
        price: what it cost; None where nobody told.
        state: of the order or the bill, in the words of their states.
        act: ``buy``, ``repeat`` … for an activation; ``rent``, ``prolong`` … for a rental.
        is_returned: whether the price went back.
        first_sms_at: when the first SMS of an activation was recorded (UTC), or None.
    """

    kind: Bought
    id: int | None
    made_at: datetime
    account_id: int
    provider: str
    service: str | None
    country: str | None
    phone: str | None
    price: Money | None
    state: str
    act: str
    is_returned: bool
    first_sms_at: datetime | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of purchases, newest first.

    Attributes:
        wanted: which purchases.
        purchases: those of this page.
        accounts: who paid for them, by account id.
        page: from 0.
        pages: how many there are, at least 1.
        total: purchases over all pages.
        account: the account that is filtered by, or None.
        again: those activations of this page that one tap may buy the same as once more, by their ids.
    """

    wanted: Wanted
    purchases: tuple[Purchase, ...]
    accounts: dict[int, AccountView]
    page: int
    pages: int
    total: int
    account: AccountView | None = None
    again: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DaySpend:
    """What one provider took on one day (UTC) in one currency."""

    day: date
    provider: str
    paid: Money


@dataclass(frozen=True, slots=True)
class Result:
    """How the activations at a provider in a country ended.

    Attributes:
        provider: the provider's title.
        country: canonical id, or ``provider:code``.
        ended: how many are over.
        brought: how many of them brought an SMS.
        seconds: the median from the purchase to the first SMS, or None without any.
    """

    provider: str
    country: str
    ended: int
    brought: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Stats:
    """What sums up some days.

    Attributes:
        first: the first day (UTC).
        last: the last day (UTC), today.
        spend: by day, provider title and currency; currencies are never added to each other.
        untold: purchases whose price nobody told; they are in no sum.
        results: the most used first.
    """

    first: date
    last: date
    spend: tuple[DaySpend, ...]
    untold: int
    results: tuple[Result, ...]

    @property
    def totals(self) -> tuple[Money, ...]:
        """What was paid in each currency, by its code."""
        sums: dict[str, Money] = {}
        for one in self.spend:
            known = sums.get(one.paid.currency)
            sums[one.paid.currency] = (
                one.paid if known is None else Money(known.amount + one.paid.amount, known.currency)
            )
        return tuple(sums[currency] for currency in sorted(sums))
