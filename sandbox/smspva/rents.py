"""What a simulated SMSPVA keeps: numbers, what is rented on them, and their SMS."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum


class Presence(IntEnum):
    """Where a number is; the values are those of ``state`` under "List of orders"."""

    MISSING = -1
    ASLEEP = 0
    AWAKE = 1
    WAKING = 2


@dataclass(frozen=True, slots=True)
class Sms:
    """A message that came; ``code`` is what the panel was told, the provider itself looks for none."""

    text: str
    sender: str
    at: datetime
    code: str | None = None


@dataclass(slots=True)
class Shelf:
    """The numbers for one service in one country: counts by operator, one price a day."""

    price: Decimal
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many numbers there are."""
        return sum(self.counts.values())


@dataclass(slots=True)
class Line:
    """A number, which may be rented for several services at once.

    Attributes:
        phone: international digits, without the plus sign.
        dial: the dialling code in it.
        always_on: it needs no waking.
        woken_at: when it was last asked to wake.
        missing: the provider has lost it.
        last_online: when it was last seen awake.
    """

    phone: str
    dial: str
    country: str
    operator: str
    always_on: bool
    last_online: datetime
    woken_at: datetime | None = None
    missing: bool = False

    @property
    def local(self) -> str:
        """The number without its dialling code."""
        return self.phone.removeprefix(self.dial)


@dataclass(slots=True)
class Rent:
    """A number that somebody rents for one service.

    Attributes:
        paid: dollars so far.
        days: how long it was first rented for.
        until: when it ends, or would have ended.
        closed: when it went into the archive.
        deleted: whether its owner sent it there before its end.
        unread: whether an SMS came that nobody has fetched.
    """

    id: str
    key: str
    line: Line
    service: str
    price: Decimal
    paid: Decimal
    days: int
    begin: datetime
    until: datetime
    closed: datetime | None = None
    deleted: bool = False
    unread: bool = False
    sms: list[Sms] = field(default_factory=list)

    @property
    def alive(self) -> bool:
        """Whether it is not in the archive."""
        return self.closed is None
