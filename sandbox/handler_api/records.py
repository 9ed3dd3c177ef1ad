"""What a house that speaks ``handler_api.php`` keeps: shelves of numbers, activations, rentals, their SMS."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Variant(StrEnum):
    """Which kind of number a shelf holds."""

    SMS = "0"
    FORWARD = "1"  # the suffix of getNumbersStatus: "av_1"
    VOICE = "voice"


class Stage(StrEnum):
    """Where an activation is in its life; the numbers are those of GetSMS.ONLINE's list of statuses."""

    PREPARING = "preparing"  # 0: nobody said yet that an SMS was sent
    WAITING = "waiting"  # 1
    RECEIVED = "received"  # 2: there is a code that the client has not judged
    AGAIN = "again"  # 3: another code was asked for
    RESEND = "resend"  # 5: the client should let the SMS be sent once more
    FINISHED = "finished"
    CANCELED = "canceled"
    REFUSED = "refused"  # the number was of no use: used already, or broken


ALIVE = frozenset({Stage.PREPARING, Stage.WAITING, Stage.RECEIVED, Stage.AGAIN, Stage.RESEND})


@dataclass(frozen=True, slots=True)
class Sms:
    """A message that came to a number; ``code`` is None where the provider could not make one out."""

    id: str
    text: str
    code: str | None
    at: datetime
    sender: str = ""
    service: str = ""

    @property
    def shown(self) -> str:
        """What the provider hands out as the code: the whole text where it made out none."""
        return self.text if self.code is None else self.code


@dataclass(slots=True)
class Tier:
    """The numbers of one price: counts by operator, and the numbers among them that were given back."""

    price: Decimal
    counts: dict[str, int]
    returned: dict[str, list[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many numbers there are."""
        return sum(self.counts.values())


@dataclass(slots=True)
class Shelf:
    """The numbers for one service in one country; tiers by price, the regular one first."""

    tiers: list[Tier]

    @property
    def price(self) -> Decimal:
        """The regular price, which is the lowest."""
        return self.tiers[0].price


@dataclass(slots=True)
class Activation:
    """A number that somebody bought for one service.

    Attributes:
        shelf: where the number came from and goes back to; None for further activations of a held number.
        judged: how many of the SMS the client has judged (by asking for another one).
        parent: the id of the activation that it continues.
        further: how many SMS were ordered beyond this one.
        forward_to: where a forwarding number forwards to.
        caller: who called a number that was bought to take a call.
        timed_out: whether its end was the end of its lifetime.
    """

    id: str
    key: str
    phone: str
    service: str
    country: str
    operator: str
    variant: Variant
    price: Decimal
    created_at: datetime
    expires_at: datetime
    shelf: Tier | None = None
    stage: Stage = Stage.PREPARING
    sms: list[Sms] = field(default_factory=list)
    judged: int = 0
    parent: str | None = None
    further: int = 0
    forward_to: str | None = None
    caller: str | None = None
    timed_out: bool = False

    @property
    def alive(self) -> bool:
        """Whether SMS may still come and the client may still act."""
        return self.stage in ALIVE

    @property
    def unjudged(self) -> bool:
        """Whether there is a code that the client has not judged."""
        return len(self.sms) > self.judged


class Lease(StrEnum):
    """Where a rental is in its life; the panel shows these words."""

    WAITING = "waiting"
    RECEIVED = "received"
    OVER = "over"
    CANCELED = "canceled"
    REVOKED = "banned"  # the provider took the number away and gave the money back


@dataclass(slots=True)
class Rental:
    """A number that somebody rents.

    Attributes:
        paid: whether the price can no longer come back.
        url: where every SMS is posted to.
    """

    id: str
    key: str
    phone: str
    service: str
    country: str
    operator: str
    price: Decimal
    created_at: datetime
    expires_at: datetime
    lease: Lease = Lease.WAITING
    sms: list[Sms] = field(default_factory=list)
    paid: bool = False
    url: str | None = None

    @property
    def alive(self) -> bool:
        """Whether SMS may still come."""
        return self.lease in (Lease.WAITING, Lease.RECEIVED)


@dataclass(slots=True)
class Call:
    """An outgoing call that was asked for."""

    activation: str
    to: str
    at: datetime
    status: str = "IN_PROCESS"
