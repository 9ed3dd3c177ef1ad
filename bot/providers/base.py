"""What a provider is: a record, the limits that its document sets, the capabilities of its protocol."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Capability(StrEnum):
    """What a protocol can do beyond balance, quotes, buy and check."""

    # with an open order
    CANCEL = "cancel"
    BAN = "ban"
    RETRY = "retry"
    READY = "ready"
    READY_FIRST = "ready_first"  # no SMS is awaited before ``ready``
    BAN_FIRST = "ban_first"  # a number can be banned only before ``ready``
    FINISH = "finish"
    FOLLOW_UP = "follow_up"  # further SMS can be read without asking for them first
    LATE_NUMBER = "late_number"  # the number comes some time after the purchase
    # with an order that brought an SMS
    REPEAT = "repeat"
    REPEAT_PRICE = "repeat_price"
    FREE_REPEAT = "free_repeat"
    ADDITIONAL = "additional"
    # when buying
    OPERATORS = "operators"
    MAX_PRICE = "max_price"
    SEVERAL = "several"
    VOICE = "voice"
    FORWARD = "forward"
    UNPRICED = "unpriced"  # neither prices nor stock are told: ``quotes`` is empty, a purchase is blind
    # with the account
    ACTIVE = "active"
    HISTORY = "history"
    NUMBER_BALANCE = "number_balance"
    CLEAN_BLACKLIST = "clean_blacklist"
    RATES = "rates"
    COUNTRIES = "countries"
    # with a number that takes or makes calls
    CALL_STATUS = "call_status"
    CALL_OUT = "call_out"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider's document allows, in seconds.

    Attributes:
        check_every: between two checks of one order that waits for an SMS.
        follow_up_every: between two checks of an order whose first SMS has come.
        lifetime: of an activation, from the purchase.
        requests_per_second: from one address; None where the document names no limit.
        at_once: how many requests may be under way to the host.
    """

    check_every: float = 5.0
    follow_up_every: float = 30.0
    lifetime: timedelta = timedelta(minutes=15)
    requests_per_second: float | None = None
    at_once: int = 200


@dataclass(frozen=True, slots=True)
class Record:
    """A provider: a name and a place for a protocol.

    Attributes:
        slug: short name, ``[a-z0-9-]``, kept in the database and in buttons.
        title: the name people know.
        url: scheme, host and optional path prefix, without a slash at the end.
        protocol: the key of the protocol class in the registry, or None at a house that sells no activations.
        currency: ISO 4217 code of its prices and balances.
        codes: which table of the catalogue translates its services and countries.
        site: the page where a person tops up or finds the key.
        limits: what its document allows.
        quirks: declared deviations from the protocol, by name.
        closed: whether the house has shut; its accounts can only be moved to another host.
        owner: the user who added the host, for whom alone it is; None for a provider of everybody. A host
            that a user named is connected to at addresses of the public internet only.
        rentals: the key in the registry of the protocol class that rents its numbers out; None where it rents
            none out.
    """

    slug: str
    title: str
    url: str
    protocol: str | None
    currency: str
    codes: str
    site: str
    limits: Limits = field(default_factory=Limits)
    quirks: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    owner: int | None = None
    rentals: str | None = None
