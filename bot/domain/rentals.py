"""A rental: a number for hours, days or weeks, and everything that was paid for it.

::

    placing ─┬─> active ⇄ sleeping → waking → active       what the provider lists
             │      │
             │      └──> over | canceled | finished | deleted
             ├─> failed                                     the provider refused
             └─> uncertain ─┬─> active                      found in the provider's list
                            └─> failed                      settled

A *bill* is one paid act: its button is ``offered``, its press makes it ``placing`` once.

::

    offered → placing ─┬─> paid
                       ├─> failed
                       └─> uncertain ─> paid | failed
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.periods import Period


class RentalState(StrEnum):
    """Where a rental stands."""

    PLACING = "placing"
    UNCERTAIN = "uncertain"
    ACTIVE = "active"  # can take SMS now
    SLEEPING = "sleeping"  # must be woken before an SMS is sent
    WAKING = "waking"
    MISSING = "missing"  # the provider has the number in no machine at the moment
    OVER = "over"
    CANCELED = "canceled"  # given back; the provider says that the money returns
    FINISHED = "finished"  # ended by its person before its time
    DELETED = "deleted"
    FAILED = "failed"


HELD = frozenset({RentalState.ACTIVE, RentalState.SLEEPING, RentalState.WAKING, RentalState.MISSING})
"""A number is ours in these states, and the provider is asked for its SMS."""

OPEN_RENTALS = HELD | {RentalState.PLACING, RentalState.UNCERTAIN}
"""Not over yet: shown first, and its account cannot be removed."""

RUN_OUT = frozenset({RentalState.OVER, RentalState.FINISHED})
"""Some providers prolong a number in these states, too."""


class RentalAction(StrEnum):
    """What a person can do with a rental for nothing."""

    ACTIVATE = "activate"
    CANCEL = "cancel"
    FINISH = "finish"
    DELETE = "delete"


class Act(StrEnum):
    """What a bill pays for."""

    RENT = "rent"
    PROLONG = "prolong"
    ADD_SERVICE = "add_service"
    RESTORE = "restore"


class BillState(StrEnum):
    """How far a paid act has come."""

    OFFERED = "offered"
    PLACING = "placing"
    PAID = "paid"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Bill:
    """One paid act: the button that offers it, then the intent, then its outcome.

    Attributes:
        token: one-time, unguessable, 22 characters of ``[A-Za-z0-9_-]``; pays once.
        user_id: who may press it.
        account_id: which key pays.
        act: what is paid for.
        state: see the module's drawing.
        service: canonical id, ``provider:code``, or None for the whole number.
        further: what the same number is rented for beside (SMSPVA's several services), canonical ids.
        country: canonical id, ``provider:code``, or None where nobody can choose.
        operator: the provider's operator code, or None for any.
        period: for how long; None where the act has none (another service, a restoration).
        price: as shown on the button, for all services together; None where it is not told beforehand.
        estimated: the price was worked out from that of a day.
        rental_id: the rental that is prolonged or gets a service, or that was made; None before.
        remote_id: the provider's id of an archived rental (``RESTORE``), else None.
        phone: digits of the number, where it is known beforehand.
        created_at: when the button was made (UTC).
        placed_at: when it was pressed (UTC), or None.
        until_before: until when the rental lasted as the act was placed (UTC), or None.
        balance_before: what the account held just before, where it was told.
        balance_after: what it held once the answer was lost, where it was told.
        listed_before: the provider's ids of the account's rentals just before; None where it could not tell.
        error: slug of the error that ended or clouded the act, or None.
        error_text: the vendor's words for it, unescaped, or None.
    """

    token: str
    user_id: int
    account_id: int
    act: Act
    state: BillState
    service: str | None
    country: str | None
    operator: str | None
    period: Period | None
    price: Money | None
    created_at: datetime
    further: tuple[str, ...] = ()
    estimated: bool = False
    rental_id: int | None = None
    remote_id: str | None = None
    phone: str | None = None
    placed_at: datetime | None = None
    until_before: datetime | None = None
    balance_before: Money | None = None
    balance_after: Money | None = None
    listed_before: frozenset[str] | None = None
    error: str | None = None
    error_text: str | None = None

    @property
    def services(self) -> tuple[str | None, ...]:
        """All that the number is rented for: a rental each."""
        return (self.service, *self.further)

    @property
    def is_price_gone(self) -> bool | None:
        """Whether the price is gone from the balance: all of it, nothing, or None where neither is so."""
        before, after = self.balance_before, self.balance_after
        if before is None or after is None:
            return None
        if before == after:
            return False
        return True if self.price is not None and before - after == self.price else None


@dataclass(frozen=True, slots=True)
class Rental:
    """One number that is, was, or is being rented.

    Attributes:
        id: ours.
        user_id: whose.
        account_id: which key pays.
        provider: the provider's slug.
        bill: token of the bill that made it; None for one that was rented elsewhere.
        service: canonical id, ``provider:code``, or None for the whole number.
        name: the provider's own name of the service, where it tells one.
        country: canonical id, ``provider:code``, or None where it is not known.
        operator: the provider's operator code, or None.
        state: see the module's drawing.
        price: of the first period, as confirmed; None where it is not known.
        remote_id: the provider's id; None until it is known. Prolonging may change it.
        phone: digits in international format without plus; None until it is known.
        created_at: when the person confirmed, or adopted it (UTC).
        until: when it ends (UTC); None until it is known.
        until_told: True where the provider told ``until`` with its zone; False where it was worked out by our
            clock from the period.
        can_prolong: whether the provider prolongs it now; None where it does not say.
        prolong_until: the latest moment up to which the provider prolongs it (UTC), or None.
        awake_until: when a woken number probably falls asleep again (UTC), or None.
        news_at: when something last happened: rented, prolonged, woken, an SMS, its card looked at (UTC).
        reminded: the last reminder for the present ``until``: 24 or 1 hours before it; None before both.
        auto_prolong: the period by which to prolong before the end without asking; None: do not.
        auto_most: the most that prolonging without asking may cost; None where no price was told.
        card_chat_id: the chat that shows the card.
        card_message_id: the card; None until it was sent.
        error: slug of the error that ended or clouded it, or None.
        error_text: the vendor's words for it, unescaped, or None.
    """

    id: int
    user_id: int
    account_id: int
    provider: str
    bill: str | None
    service: str | None
    name: str | None
    country: str | None
    operator: str | None
    state: RentalState
    price: Money | None
    remote_id: str | None
    phone: str | None
    created_at: datetime
    until: datetime | None
    until_told: bool
    can_prolong: bool | None
    prolong_until: datetime | None
    awake_until: datetime | None
    news_at: datetime
    reminded: int | None
    auto_prolong: Period | None
    auto_most: Money | None
    card_chat_id: int
    card_message_id: int | None
    error: str | None
    error_text: str | None

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen to it."""
        return self.state in OPEN_RENTALS

    @property
    def is_held(self) -> bool:
        """Whether the number is ours now."""
        return self.state in HELD
