"""An order's life.

::

    placing ─► waiting ─► received ⇄ waiting_again ─► finished | canceled | banned | expired
       │                                                   | closed  (nobody says how)
       │─► failed                     (the provider refused)
       └─► uncertain ─► waiting | failed   (the answer was lost)
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.deals import Deal
from bot.domain.money import Money


class State(StrEnum):
    """Where an order stands."""

    PLACING = "placing"
    WAITING = "waiting"
    RECEIVED = "received"
    WAITING_AGAIN = "waiting_again"
    UNCERTAIN = "uncertain"
    FINISHED = "finished"
    CANCELED = "canceled"
    BANNED = "banned"
    EXPIRED = "expired"
    CLOSED = "closed"  # over, and the provider does not say how
    FAILED = "failed"


class Action(StrEnum):
    """What a person can do with an open order."""

    CANCEL = "cancel"
    BAN = "ban"
    RETRY = "retry"
    READY = "ready"
    FINISH = "finish"
    KEEP = "keep"  # take back the wish to give the number back, to ban or to finish it


GIVING_BACK = frozenset({Action.CANCEL, Action.BAN})
"""Actions by which a number goes back, and its price with it."""

HARMLESS = frozenset(Action) - {Action.BAN}
"""Actions that who bought with somebody else's money may take: a ban tells on the owner's account."""

LONGEST_AUTO_CANCEL = 10
"""The most minutes before its end at which a number can be given back by itself."""

WATCHED = frozenset({State.WAITING, State.RECEIVED, State.WAITING_AGAIN})
"""A number is ours in these states, and the provider is asked for its SMS."""

OPEN = WATCHED | {State.PLACING, State.UNCERTAIN}
"""Not over yet: shown under /orders, and its account cannot be removed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants an open order to come to; the provider is asked until it says a final word.

    Attributes:
        action: ``CANCEL``, ``BAN`` or ``FINISH``.
        made_at: when it was pressed, or was due by itself (UTC).
        tries: how often the provider was asked.
        next_at: when it is asked again (UTC); None while it is being asked.
        error: slug of what the last try met, or None.
        error_text: the vendor's words for it, unescaped, or None.
        is_lost: whether a try may have been carried out: its answer did not come.
        is_auto: whether it was made by the auto-cancel that its person has set.
    """

    action: Action
    made_at: datetime
    tries: int = 0
    next_at: datetime | None = None
    error: str | None = None
    error_text: str | None = None
    is_lost: bool = False
    is_auto: bool = False


MOST_CANDIDATES = 6
"""How many a person is asked about at once: each has a button, and a keyboard has its limits."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activation of the provider's list that an uncertain purchase may have made.

    Attributes:
        remote_id: the provider's order id.
        phone: digits, or None where it is masked.
        service: canonical id, or ``provider:code``.
        country: canonical id, or ``provider:code``.
        price: what it costs, or None where it is not told.
        opened: since when it is open, as the provider prints it: without a zone; None where it is not told.
    """

    remote_id: str
    phone: str | None
    service: str
    country: str
    price: Money | None
    opened: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """One number that was bought, or is being bought.

    Attributes:
        id: ours.
        user_id: who tapped.
        account_id: which key pays.
        provider: the provider's slug.
        service: canonical service id.
        country: ISO alpha-2, or ``provider:code`` where the catalogue has no mapping.
        operator: the provider's operator code, or None.
        state: see the module's drawing.
        price: as confirmed by the user; where none was told before the purchase, what the balance lost by it
            (``is_worked_out``), or None while that is not known.
        balance_before: what the account held just before the purchase, where it was told.
        balance_after: what it held once the purchase's answer was lost, where it was told.
        remote_id: the provider's order id; None until it is known.
        phone: digits in international format without plus; None until it is known.
        created_at: when the user confirmed (UTC).
        expires_at: when the provider's lifetime ends by our clock (UTC); None until bought.
        last_sms_id: the provider's id of the newest SMS, for protocols that page by it.
        card_chat_id: the chat that shows the card.
        card_message_id: the card; None until it was sent.
        round: how often another SMS was asked for.
        is_ready: whether the provider was told that the SMS was requested.
        can_retry: False where the provider says that no second SMS can be had.
        voice: whether the number can take a call.
        forward: whether what comes to the number can be forwarded.
        deal: how the number was, or is being, bought.
        parent_id: the order whose number this one uses again or shares; None for a new number.
        listed_before: the provider's ids of what the account had open just before the purchase; None where it
            could not tell.
        error: slug of the error that ended or clouded the order, or None.
        error_text: the vendor's words for it, unescaped, or None.
        error_until: until when an account is blocked (UTC), where that is the error and the end is known.
        minimum: what the provider asks at least, where it refused the price for being below that.
        is_worked_out: whether the price is no provider's word, but what the balance lost.
        highest: the most that it could cost, where its person allowed more than the price.
        wish: what its person wants it to come to, and the provider has not confirmed yet; None without one.
        is_spared: whether its person took a wish back, so that it is not canceled by itself any more.
        candidates: what an uncertain purchase may have made, where several fit; None where nothing is asked.
        buyer_id: who bought it with the money of ``user_id``; None where that one did.
        card_topic_id: the topic of the chat that shows the card, where it has topics.
    """

    id: int
    user_id: int
    account_id: int
    provider: str
    service: str
    country: str
    operator: str | None
    state: State
    price: Money | None
    balance_before: Money | None
    balance_after: Money | None
    remote_id: str | None
    phone: str | None
    created_at: datetime
    expires_at: datetime | None
    last_sms_id: str | None
    card_chat_id: int
    card_message_id: int | None
    round: int
    is_ready: bool
    can_retry: bool
    voice: bool
    forward: bool
    deal: Deal
    parent_id: int | None
    listed_before: frozenset[str] | None
    error: str | None
    error_text: str | None
    minimum: Money | None = None
    is_worked_out: bool = False
    highest: Money | None = None
    error_until: datetime | None = None
    wish: Wish | None = None
    is_spared: bool = False
    candidates: tuple[Candidate, ...] | None = None
    buyer_id: int | None = None
    card_topic_id: int | None = None

    @property
    def limit(self) -> Money | None:
        """The most that could be charged, as it was confirmed; None where nothing was told."""
        return self.highest or self.price

    @property
    def owners_chat_id(self) -> int:
        """Where its owner is told what they hold: in private where a member of a group bought."""
        return self.card_chat_id if self.buyer_id is None else self.user_id

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen to it."""
        return self.state in OPEN

    @property
    def is_watched(self) -> bool:
        """Whether the provider is asked for its SMS."""
        return self.state in WATCHED

    @property
    def is_repeatable(self) -> bool:
        """Whether one tap may buy the same again: a plain purchase that is over, and whose price was told."""
        is_bought = not self.is_open and self.state is not State.FAILED
        is_plain = self.deal is Deal.BUY and not self.forward
        return is_bought and is_plain and self.price is not None and not self.is_worked_out
