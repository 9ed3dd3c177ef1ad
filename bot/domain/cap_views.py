"""What there is to show of caps."""

from dataclasses import dataclass

from bot.domain.caps import Tally
from bot.domain.views import AccountView


@dataclass(frozen=True, slots=True)
class AccountCap:
    """The daily cap of one account.

    Attributes:
        account: which.
        currency: in which it pays (ISO 4217).
        tally: how it stands.
    """

    account: AccountView
    currency: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class CapsView:
    """All caps of a person.

    Attributes:
        open_most: how many numbers may be open at once, or None for no limit.
        open_now: how many are.
        accounts: the daily caps, oldest account first.
    """

    open_most: int | None
    open_now: int
    accounts: tuple[AccountCap, ...]
