"""What is asked of a provider and what it answers, in its own codes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.money import Money
from bot.domain.reports import Outgoing, Past
from bot.domain.sms import Sms

__all__ = ["Active", "Bought", "Outgoing", "Past", "Place", "Rate", "Want", "Watched"]


@dataclass(frozen=True, slots=True)
class Want:
    """What to buy, in the provider's own codes.

    Attributes:
        service: service code.
        country: country code.
        operator: operator code, or None for any.
        max_price: the most that it may cost (``MAX_PRICE``), in the record's currency, or None.
        voice: a number that can take a call (``VOICE``).
        forward: a number whose calls and SMS are forwarded (``FORWARD``).
    """

    service: str
    country: str
    operator: str | None = None
    max_price: Decimal | None = None
    voice: bool = False
    forward: bool = False


@dataclass(frozen=True, slots=True)
class Bought:
    """What a purchase returned.

    Attributes:
        remote_id: the provider's order id.
        phone: digits in international format, without plus; None where the number comes later.
        started_at: the provider's own start time (aware, UTC), or None where it tells none with a zone.
        price: what it costs, where the answer tells.
        service: the provider's service code, where the answer tells (one number for several services).
        can_retry: False where the provider says that no second SMS can be had.
        ends_at: when its lifetime ends (aware, UTC), or None where the answer tells none with a zone.
    """

    remote_id: str
    phone: str | None
    started_at: datetime | None = None
    price: Money | None = None
    service: str | None = None
    can_retry: bool = True
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What a check needs to know of an order.

    Attributes:
        remote_id: the provider's order id.
        last_sms_id: the provider's id of the newest SMS that we have, or None before the first.
    """

    remote_id: str
    last_sms_id: str | None = None


@dataclass(frozen=True, slots=True)
class Active:
    """An activation that the provider lists as open.

    Attributes:
        remote_id: the provider's order id.
        phone: digits in international format, without plus; None where it is masked.
        service: the provider's service code.
        country: the provider's country code, or None where it is not told.
        price: what it costs, or None where it is not told.
        operator: the provider's operator code, or None.
        sms: what has come so far, oldest first.
        opened: since when it is open, as the provider prints it: without a zone, so that it is only shown.
    """

    remote_id: str
    phone: str | None
    service: str
    country: str | None
    price: Money | None = None
    operator: str | None = None
    sms: tuple[Sms, ...] = ()
    opened: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A country as a provider lists it.

    Attributes:
        code: the provider's country code.
        english: its name in English, or None.
        russian: its name in Russian, or None.
        can_retry: whether another SMS can be asked for.
        several: whether one number can be had for several services.
    """

    code: str
    english: str | None
    russian: str | None
    can_retry: bool
    several: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a service works in a country, as the provider tells it.

    Attributes:
        country: the provider's country code.
        share: percentage of all purchases of the service.
        success: percentage of activations that brought an SMS.
    """

    country: str
    share: Decimal
    success: Decimal
