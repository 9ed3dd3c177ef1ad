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
    CLOSED = "closed"  # an order is over, and whether money came back is not said
    UNCERTAIN = "uncertain"  # the answer to a purchase was lost
    SETTLED = "settled"  # the time of an uncertain purchase is over
    CHOOSE = "choose"  # several numbers of the provider's list may be what an uncertain purchase made
    GIVEN_BACK = "given-back"  # a number went back, some time after that was wished
    AUTO_CANCELED = "auto-canceled"  # a number went back before its end, as its person has set
    KEPT = "kept"  # the provider does not take a number back, or does not end an order, and says so
    CODE_FIRST = "code-first"  # a code came before a number could be given back
    KEY_REJECTED = "key-rejected"  # the provider refuses an account's key
    KEY_UNREADABLE = "key-unreadable"  # the stored key of an account cannot be opened
    LOW_BALANCE = "low-balance"  # an account holds less than its person wants
    IN_STOCK = "in-stock"  # there are numbers that a person looks out for
    # of a rental
    AWAKE = "awake"  # a woken number takes SMS now
    ASLEEP = "asleep"  # it fell asleep again
    DAY_LEFT = "day-left"
    HOUR_LEFT = "hour-left"
    RENTAL_OVER = "rental-over"
    PROLONGED = "prolonged"  # without asking, as its person wanted
    NOT_PROLONGED = "not-prolonged"  # the same, refused or not to be had
    BILL_UNCERTAIN = "bill-uncertain"  # the answer to a paid act was lost
    BILL_PAID = "bill-paid"  # a paid act whose answer was lost was carried out after all
    BILL_SETTLED = "bill-settled"  # no trace of it was found
    # of a group
    GROUP_PAUSED = "group-paused"  # nothing is told in a group any more
    GROUP_ASKED = "group-asked"  # somebody proposes that a group gets the person's codes
    GROUP_ACCESS = "group-access"  # somebody in a group asks to be let in
    GROUP_BOUGHT = "group-bought"  # a member of a group buys with the person's money


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
        rental_id: which rental, where it is about one.
        rental_sms_id: which SMS of a rental, for a code.
        notice: which notice, for a notice.
        created_at: UTC.
        group_id: by whose rules it is told, in a group that is bound to somebody's codes.
        topic_id: the topic of the chat, or None for none.
        alert_id: which alert, where it is about one.
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
    rental_id: int | None = None
    rental_sms_id: int | None = None
    group_id: int | None = None
    topic_id: int | None = None
    alert_id: int | None = None
