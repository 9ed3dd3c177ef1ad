"""What helps to find a number faster: favourites, what was bought last, how countries are looked through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.views import OfferView

MOST_FAVOURITES = 12
"""How many a person may have: two screens of them."""

OWN_FIGURE = timedelta(days=90)
"""How far back a person's own success counts."""


class Sort(StrEnum):
    """The order of a list of countries."""

    PRICE = "p"
    STOCK = "s"
    RATE = "r"  # how often the SMS came, as a provider tells it
    OWN = "o"  # how often it came to the person themselves


@dataclass(frozen=True, slots=True)
class Goods:
    """A service in a country.

    Attributes:
        service: canonical id, or ``provider:code``.
        country: canonical id, or ``provider:code``; empty for any.
    """

    service: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """An order that one tap buys the same as once more.

    Attributes:
        order_id: which one.
        price: what it cost, and the most that it may cost again.
    """

    order_id: int
    price: Money


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of a person's shelf: a favourite, or what they bought lately.

    Attributes:
        goods: what it is.
        is_favourite: whether the person chose it.
        again: the newest order for it, where one tap may buy the same; None where none may.
    """

    goods: Goods
    is_favourite: bool
    again: Again | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """What became of the wish to buy the same again.

    Attributes:
        goods: what it is about.
        view: the offer that can be bought at once; None where its person has to be asked first.
    """

    goods: Goods
    view: OfferView | None


@dataclass(frozen=True, slots=True)
class Taste:
    """How a person looks through countries.

    Attributes:
        sort: their order; None where it was never chosen.
        in_stock: whether those without stock are left out.
        most: those that are dearer are left out; None for none. A price in another currency is not compared.
        service: what ``name`` is kept for; empty without one.
        name: a part of a country's name, as it was typed.
    """

    sort: Sort | None = None
    in_stock: bool = False
    most: Money | None = None
    service: str = ""
    name: str = ""

    def named(self, service: str) -> str:
        """Return the part of a name by which the countries of this service are narrowed down, or nothing."""
        return self.name if service == self.service else ""


@dataclass(frozen=True, slots=True)
class Own:
    """A person's own numbers for a service in a country: how many are over, and how many got their SMS."""

    ended: int
    brought: int

    @property
    def share(self) -> float:
        """How many of a hundred got their SMS."""
        return 100 * self.brought / self.ended


@dataclass(frozen=True, slots=True)
class Look:
    """What a person's list of countries is drawn by.

    Attributes:
        taste: order and filters.
        own: the person's own success for the service, by country.
        is_favourite: whether the service is one of their favourites, wherever from.
    """

    taste: Taste = Taste()
    own: Mapping[str, Own] = field(default_factory=dict)
    is_favourite: bool = False
