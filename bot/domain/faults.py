"""What went wrong on our side and was put aside, so that everything else goes on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """What could not be dealt with."""

    UPDATE = "update"  # a message or a tap
    MESSAGE = "message"  # a row of the outbox
    ORDER = "order"  # a row of the orders, or what is to be done for one
    RENTAL = "rental"  # a row of the rentals
    BILL = "bill"  # a row of the bills, or a rental that it made; the beginning of its token
    UNKNOWN = "unknown"  # a fault whose own row does not say


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was put aside.

    Attributes:
        source: what it is.
        ref: which one: Telegram's update id, or our row id.
        reason: the kind of the error and the place in the code; never a text that somebody wrote.
        times: how often it was met.
        created_at: when it was met first, UTC; None where its row does not say.
    """

    source: Source
    ref: str
    reason: str
    times: int
    created_at: datetime | None
