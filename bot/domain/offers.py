"""What can be bought: a provider's number for a service in a country, at a price."""

from dataclasses import dataclass
from decimal import Decimal

from bot.domain.deals import Deal
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class Quote:
    """A price as a provider tells it, in the provider's own codes.

    Attributes:
        service: the provider's service code (``wapp``).
        country: the provider's country code (``ssha``).
        price: what one number costs.
        stock: how many numbers there are; None where the provider does not say.
        operator: the provider's operator code, or None for any.
        name: the provider's own name of the service, where it tells one.
    """

    service: str
    country: str
    price: Money
    stock: int | None
    operator: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote of one account, in canonical words.

    Attributes:
        account_id: the user's account that would pay.
        provider: the provider's slug.
        service: canonical service id.
        country: ISO 3166 alpha-2, upper case, or ``provider:code`` where the catalogue has no mapping.
        price: what one number costs.
        stock: how many numbers there are; None where the provider does not say.
        operator: the provider's operator code, or None for any.
        voice: the number can take a call.
        forward: what comes to the number can be forwarded.
    """

    account_id: int
    provider: str
    service: str
    country: str
    price: Money
    stock: int | None
    operator: str | None = None
    voice: bool = False
    forward: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A confirm button: the offer that it buys, once.

    Attributes:
        token: one-time, unguessable, 22 characters of ``[A-Za-z0-9_-]``.
        user_id: who may press it.
        offer: what it buys, at most at this price.
        deal: how it buys.
        parent_id: the order whose number is used again, or None.
        further: what the same number is bought for beside; of the same account and country.
    """

    token: str
    user_id: int
    offer: Offer
    deal: Deal = Deal.BUY
    parent_id: int | None = None
    further: tuple[Offer, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All that one tap buys."""
        return (self.offer, *self.further)

    @property
    def price(self) -> Money:
        """What all of it costs together; one account pays, so that it is one currency."""
        return Money(sum((offer.price.amount for offer in self.offers), Decimal()), self.offer.price.currency)
