"""Who uses the bot, and with which accounts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Whether somebody may use the bot, as its admin has decided."""

    USUAL = "usual"  # as the configuration says
    ALLOWED = "allowed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class User:
    """A person in Telegram.

    Attributes:
        id: Telegram's user id (also the id of the private chat).
        language: ``en``, ``ru`` or ``tr``.
        reachable: False once the person blocked the bot; any new message of theirs makes it True.
        created_at: first contact, UTC.
        standing: whether they may use the bot.
    """

    id: int
    language: str
    reachable: bool
    created_at: datetime
    standing: Standing = Standing.USUAL


@dataclass(frozen=True, slots=True)
class Account:
    """One user's key at one provider; the key itself stays sealed in storage.

    Attributes:
        id: ours.
        user_id: the owner.
        provider: the provider's slug.
        label: the owner's name for it.
        tail: the last characters of the key, to recognise it by.
        rejected: True while the provider refuses the key; its orders are not asked for until it is replaced.
        created_at: UTC.
    """

    id: int
    user_id: int
    provider: str
    label: str
    tail: str
    rejected: bool
    created_at: datetime
