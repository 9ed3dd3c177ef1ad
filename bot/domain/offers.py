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
        price: what one number costs; None where the provider tells no price before a purchase.
        stock: how many numbers there are; None where the provider does not say.
        operator: the provider's operator code, or None for any.
        name: the provider's own name of the service, where it tells one.
    """

    service: str
    country: str
    price: Money | None
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
        price: what one number costs; None where the provider tells no price before a purchase.
        stock: how many numbers there are; None where the provider does not say.
        operator: the provider's operator code, or None for any.
        voice: the number can take a call.
        forward: what comes to the number can be forwarded.
        highest: the most that it may cost, where a person allowed more than the price; in its currency.
    """

    account_id: int
    provider: str
    service: str
    country: str
    price: Money | None
    stock: int | None
    operator: str | None = None
    voice: bool = False
    forward: bool = False
    highest: Money | None = None

    @property
    def limit(self) -> Money | None:
        """The most that may be charged, as it was confirmed; None where neither price nor limit is told."""
        return self.highest or self.price


@dataclass(frozen=True, slots=True)
class Draft:
    """A confirm button: the offer that it buys, once.

    Attributes:
        token: one-time, unguessable, 22 characters of ``[A-Za-z0-9_-]``.
        user_id: who may press it.
        offer: what it buys, at most at this price where one was told.
        deal: how it buys.
        parent_id: the order whose number is used again, or None.
        further: what the same number is bought for beside; of the same account and country.
        buyer_id: who may press it instead, with the money of ``user_id``; None where that one buys.
    """

    token: str
    user_id: int
    offer: Offer
    deal: Deal = Deal.BUY
    parent_id: int | None = None
    further: tuple[Offer, ...] = ()
    buyer_id: int | None = None

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All that one tap buys."""
        return (self.offer, *self.further)

    @property
    def price(self) -> Money | None:
        """What all of it costs together (one account pays, in one currency); None where that is not told."""
        prices = [offer.price for offer in self.offers if offer.price is not None]
        if len(prices) < len(self.offers):
            return None
        return Money(sum((price.amount for price in prices), Decimal()), prices[0].currency)
