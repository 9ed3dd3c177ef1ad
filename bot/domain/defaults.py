"""What a purchase begins with, unless something else is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.money import Money
from bot.domain.views import AccountView


@dataclass(frozen=True, slots=True)
class DefaultsView:
    """What a person has set for every purchase.

    Attributes:
        account: which key is asked first; None for none in particular.
        country: canonical id; None for none in particular.
        dear: by currency, the price above which a purchase is asked about once more.
        accounts: all that can be chosen, oldest first.
        currencies: of these accounts.
    """

    account: AccountView | None = None
    country: str | None = None
    dear: Mapping[str, Money] = field(default_factory=dict)
    accounts: tuple[AccountView, ...] = ()
    currencies: tuple[str, ...] = ()

    def asks_about(self, price: Money | None) -> bool:
        """Whether a purchase is to be asked about once more; one without a price is, where a limit is set."""
        if price is None:
            return bool(self.dear)
        limit = self.dear.get(price.currency)
        return limit is not None and limit < price
