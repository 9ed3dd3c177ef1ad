"""Groups that a person lets their codes go to, and what others may do there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.views import AccountView

LONGEST_TITLE = 128
LONGEST_NAME = 64
MOST_SERVICES = 40
"""How many services can be chosen for a group; more than that is "all" in all but name."""

MOST_MEMBERS = 40
"""How many people can be named in a group, or wait for that."""


class GroupState(StrEnum):
    """Where a binding stands."""

    PROPOSED = "proposed"  # its owner has not agreed yet: nothing is told
    ACTIVE = "active"
    PAUSED = "paused"
    REFUSED = "refused"  # its owner does not want it, and is not asked again by others


class Pause(StrEnum):
    """Why nothing is told in a group."""

    OWNER = "owner"  # its owner stopped it
    REMOVED = "removed"  # the bot is no member any more
    MUTED = "muted"  # the bot may not write there
    TOPIC = "topic"  # the topic was closed or deleted
    LEFT = "left"  # its owner left the group, or is no admin any more


class Option(StrEnum):
    """What is switched for a group."""

    WHOLE_PHONE = "p"
    SPOILER = "s"
    NAMED_ONLY = "n"


@dataclass(frozen=True, slots=True)
class Group:
    """A group or a topic that gets somebody's codes; one for each chat, topic and owner.

    Attributes:
        id: ours.
        owner_id: whose codes.
        chat_id: Telegram's.
        topic_id: Telegram's ``message_thread_id``; 0 for the group as such.
        title: what the group was called when it was bound, plain.
        state: see ``GroupState``.
        pause: why it is paused, where it is.
        services: canonical ids of what is told; empty for all.
        whole_phone: whether numbers are told whole.
        spoiler: whether codes are covered until they are pressed.
        named_only: whether only named people may see codes.
        created_at: UTC.
    """

    id: int
    owner_id: int
    chat_id: int
    topic_id: int
    title: str
    state: GroupState
    pause: Pause | None
    services: frozenset[str]
    whole_phone: bool
    spoiler: bool
    named_only: bool
    created_at: datetime

    def takes(self, service: str | None) -> bool:
        """Whether codes for a service are told there."""
        return not self.services or service in self.services


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom a group's owner has named, or who has asked for it.

    Attributes:
        id: ours.
        group_id: where.
        user_id: Telegram's.
        name: as Telegram told it, plain.
        sees: whether they may see codes where only named people may.
        budgets: what they may spend within 24 hours, by the owner's account.
    """

    id: int
    group_id: int
    user_id: int
    name: str
    sees: bool
    budgets: Mapping[int, Money] = field(default_factory=dict)

    @property
    def is_let_in(self) -> bool:
        """Whether they may do anything."""
        return self.sees or bool(self.budgets)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys with another person's accounts.

    Attributes:
        member: who, and how much they may spend.
        owner_id: whose money it is.
    """

    member: Member
    owner_id: int

    @property
    def account_ids(self) -> frozenset[int]:
        """The accounts that may pay."""
        return frozenset(self.member.budgets)


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with the people that were named, or have asked for it."""

    group: Group
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class BudgetView:
    """What a member may spend of one account.

    Attributes:
        account: the owner's.
        currency: in which it pays (ISO 4217).
        most: within 24 hours; None where they may not buy with it.
        spent: within the last 24 hours.
    """

    account: AccountView
    currency: str
    most: Decimal | None
    spent: Decimal


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member, the group, and what may be spent of each of the owner's accounts."""

    group: Group
    member: Member
    budgets: tuple[BudgetView, ...]
