"""What is asked of a provider that rents numbers out and what it answers, in its own codes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.periods import Period


class RentalCapability(StrEnum):
    """What a protocol can do beyond proving a key, renting, listing and reading SMS."""

    # when renting
    COUNTRIES = "countries"
    QUOTES = "quotes"
    STOCK = "stock"  # how many numbers there are by operator, without prices
    OPERATORS = "operators"
    SEVERAL = "several"
    WHOLE = "whole"  # a number for every service at once
    WEBHOOK = "webhook"  # the provider calls an address of ours when an SMS comes
    # with a rental
    PROLONG = "prolong"
    PROLONG_PRICE = "prolong_price"
    CANCEL = "cancel"
    FINISH = "finish"
    DELETE = "delete"
    ACTIVATE = "activate"  # a number sleeps until it is woken, and falls asleep again
    ADD_SERVICE = "add_service"
    NEWS = "news"  # the list of rentals tells which have SMS that were not read yet
    # with the account
    ARCHIVE = "archive"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the provider's document says of its rentals.

    Attributes:
        periods: for how long numbers can be rented and prolonged: what to offer, shortest first.
        check_every: seconds between two looks at one rental, or at the list where that tells the news.
        cancel_within: how long after renting a number without SMS can be given back; None: never, or the
            document does not say.
        prolong_within: only in this last stretch can a rental be prolonged; None: at any time.
        longest: the most that a rental can last in all, prolonged or not; None where none is told.
    """

    periods: tuple[Period, ...]
    check_every: float = 30.0
    cancel_within: timedelta | None = None
    prolong_within: timedelta | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class RentCountry:
    """A country in which numbers are rented out.

    Attributes:
        code: the provider's country code.
        name: the provider's own name of it, or None.
    """

    code: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class RentQuote:
    """A price for a period, as a provider tells it.

    Attributes:
        service: the provider's service code, or None for the whole number.
        country: the provider's country code.
        period: what the price is for.
        price: for the whole period.
        stock: how many numbers there are; None where the provider does not say.
        operator: the provider's operator code, or None for any.
        name: the provider's own name of the service, where it tells one.
        estimated: True where the provider tells only a price per day and ``price`` was worked out from it.
    """

    service: str | None
    country: str
    period: Period
    price: Money
    stock: int | None
    operator: str | None = None
    name: str | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class RentStock:
    """How many numbers an operator has for a service.

    Attributes:
        service: the provider's service code.
        operator: the provider's operator code, or None for all together.
        count: numbers.
    """

    service: str
    operator: str | None
    count: int


@dataclass(frozen=True, slots=True)
class RentWant:
    """What to rent, in the provider's own codes.

    Attributes:
        service: service code, or None for the whole number (``WHOLE``).
        country: country code; not looked at where nobody can choose (no ``QUOTES``).
        period: for how long.
        operator: operator code (``OPERATORS``), or None for any.
        webhook: the address that the provider calls when an SMS comes (``WEBHOOK``), or None.
    """

    service: str | None
    country: str
    period: Period
    operator: str | None = None
    webhook: str | None = field(default=None, repr=False)  # who knows it can have the bot look


@dataclass(frozen=True, slots=True)
class Held:
    """Which rental is meant: some protocols go by the order, some by the number, some want both.

    Attributes:
        remote_id: the provider's id of the rental.
        phone: digits in international format, without plus.
    """

    remote_id: str
    phone: str


@dataclass(frozen=True, slots=True)
class Rented:
    """What renting or prolonging returned.

    Attributes:
        remote_id: the provider's id; after prolonging it may be a new one.
        phone: digits in international format, without plus.
        until: when the rental ends (aware, UTC), or None where the answer does not tell with a zone.
        service: the provider's service code, or None where the answer does not tell.
    """

    remote_id: str
    phone: str
    until: datetime | None = None
    service: str | None = None


class LeaseState(StrEnum):
    """How a rental stands at the provider."""

    ACTIVE = "active"  # can take SMS now
    SLEEPING = "sleeping"  # must be woken before an SMS is sent
    WAKING = "waking"
    OVER = "over"
    CANCELED = "canceled"
    MISSING = "missing"  # the number is not in the provider's machines
    UNKNOWN = "unknown"  # the provider used a word that we do not know: no information


@dataclass(frozen=True, slots=True)
class Listed:
    """A rental in the provider's list.

    Attributes:
        remote_id: the provider's id of the rental.
        phone: digits in international format, without plus.
        state: how it stands; ``ACTIVE`` where the list has only rentals that run.
        service: the provider's service code, or None where it is not told.
        country: the provider's country code, or None where it is not told.
        until: when it ends (aware, UTC), or None where the list does not tell with a zone.
        has_news: whether there are SMS that were not read yet; None where it is not told.
        can_prolong: whether it can be prolonged now; None where it is not told.
        prolong_until: the latest moment up to which it can be prolonged, or None.
        name: the provider's own name of the service, or None.
        started_at: when it began (aware, UTC), or None.
    """

    remote_id: str
    phone: str
    state: LeaseState
    service: str | None = None
    country: str | None = None
    until: datetime | None = None
    has_news: bool | None = None
    can_prolong: bool | None = None
    prolong_until: datetime | None = None
    name: str | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Archived:
    """A rental of the past.

    Attributes:
        remote_id: the provider's id of the rental.
        phone: digits in international format, without plus.
        service: the provider's service code.
        country: the provider's country code, or None.
        days: for how many days it was rented, or None.
        has_sms: whether SMS came, or None where it is not told.
        began: when it began (aware, UTC), or None.
        ended: when it was to end (aware, UTC), or None.
        closed: when it was closed (aware, UTC), or None.
    """

    remote_id: str
    phone: str
    service: str
    country: str | None = None
    days: int | None = None
    has_sms: bool | None = None
    began: datetime | None = None
    ended: datetime | None = None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class RestoreQuote:
    """What bringing a rental back would cost.

    Attributes:
        remote_id: the provider's id of the rental.
        phone: digits in international format, without plus.
        service: the provider's service code, or None.
        price: of the restoration, days overdue included.
        overdue_days: how many days it has been over, or None.
        days: how many days it is prolonged by, or None.
        country: the provider's country code, or None.
        name: the provider's own name of the service, or None.
    """

    remote_id: str
    phone: str
    service: str | None
    price: Money
    overdue_days: int | None = None
    days: int | None = None
    country: str | None = None
    name: str | None = None
