"""What a provider reports of the past, in its own words: activations, and calls from a number."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.sms import Sms


class Course(StrEnum):
    """How an activation in a history stands, where the provider's word for it is known."""

    OPEN = "open"
    FINISHED = "finished"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Past:
    """An activation in the provider's own history.

    Attributes:
        remote_id: the provider's order id.
        phone: digits, without plus.
        at: the provider's own words for the time; it names no zone.
        price: what it cost, or None where it is not told.
        sms: what came, oldest first; without ids.
        status: the provider's own word or number for how it ended.
        course: what that means, or None where nobody knows.
    """

    remote_id: str
    phone: str
    at: str
    price: Money | None
    sms: tuple[Sms, ...]
    status: str
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call that was ordered from a number.

    Attributes:
        activation: the provider's id of the order, or of the call.
        at: the provider's own words for the time; it names no zone.
        phone: the number that calls or is called, as told.
        status: the provider's own word.
    """

    activation: str
    at: str
    phone: str
    status: str
