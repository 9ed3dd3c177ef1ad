"""Messages that must reach a chat: written with the change that they tell of, sent afterwards."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a message is."""

    CODE = "code"  # a new message: the phone rings
    CARD = "card"  # an edit of the order's card; several collapse into one
    NOTICE = "notice"  # a new message about an order or an account


class Notice(StrEnum):
    """What a notice says."""

    EXPIRED = "expired"  # the time is over and no code came
    UNCERTAIN = "uncertain"  # the answer to a purchase was lost
    SETTLED = "settled"  # the time of an uncertain purchase is over
    KEY_REJECTED = "key-rejected"  # the provider refuses an account's key


PRIORITY = {Kind.CODE: 0, Kind.CARD: 1, Kind.NOTICE: 2}
"""Smaller goes first."""


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox.

    Attributes:
        id: ours, growing.
        kind: what it is.
        chat_id: where it goes.
        user_id: in whose language.
        order_id: which order, where it is about one.
        sms_id: which SMS, for a code.
        account_id: which account, where it is about one.
        notice: which notice, for a notice.
        created_at: UTC.
    """

    id: int
    kind: Kind
    chat_id: int
    user_id: int
    order_id: int | None
    sms_id: int | None
    account_id: int | None
    notice: Notice | None
    created_at: datetime
