"""Numbers for rent at the simulated Get-SMS: their stock, their time, their SMS and their money.

Rules are those of the document's *API for renting a phone number*: the price is in reserve for 20 minutes or
until the first SMS, and comes back where the rental is cancelled before.
"""

import heapq
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.clock import Clock
from sandbox.getsms import goods
from sandbox.getsms.shop import Sms
from sandbox.keys import Key, Keyring
from sandbox.ledger import Movement
from sandbox.provider import NotPossible

CANCELLABLE = timedelta(minutes=20)
WEEK = 7
MOST_DAYS = 4 * WEEK  # the document names no bound; this is the simulator's
_FIRST_RENT = 14763471  # the number that the document prints
_DIME = Decimal("0.1")

# What so many days cost, in prices of one day: with these all printed prices come out.
_FACTORS = [Decimal(factor) for factor in ("0", "1", "1.42", "1.79", "2.11", "2.37", "2.47", "2.70")]


class RentState(StrEnum):
    """Where a rental is in its life."""

    WAITING = "waiting"
    RECEIVED = "received"
    OVER = "over"  # its time is up
    COMPLETED = "completed"  # the provider has closed it before its time
    CANCELED = "canceled"


@dataclass(slots=True)
class RentShelf:
    """The numbers for rent for one service in one country; ``price`` is that of a day."""

    count: int
    price: Decimal

    def price_of(self, days: int) -> Decimal:
        """Return what so many days cost: 1 to 7 as the document prints it, then week by week."""
        weeks, rest = divmod(days, WEEK)
        return weeks * self._days(WEEK) + self._days(rest)

    def _days(self, days: int) -> Decimal:
        return (self.price * _FACTORS[days]).quantize(_DIME, ROUND_HALF_UP)


@dataclass(slots=True)
class Rental:
    """A number that somebody rents; ``paid``: its price can no longer come back."""

    id: str
    key: str
    phone: str
    service: str
    country: str
    price: Decimal
    created_at: datetime
    expires_at: datetime
    state: RentState = RentState.WAITING
    sms: list[Sms] = field(default_factory=list)
    paid: bool = False
    deleted: bool = False

    @property
    def alive(self) -> bool:
        """Whether SMS may still come."""
        return self.state in (RentState.WAITING, RentState.RECEIVED) and not self.deleted


class RentShop:
    """Stock and rentals; prices become due and time runs out when somebody looks (``settle``).

    Args:
        clock: the simulator's.
        keys: who may rent.
        services: names by code, shared with the other shop; what is stocked here becomes known there.

    Attributes:
        born: rentals that were made since this list was last emptied.
    """

    def __init__(self, clock: Clock, keys: Keyring, services: dict[str, str]) -> None:
        self.keys = keys
        self.services = services
        self.shelves: dict[tuple[str, str], RentShelf] = {}
        self.rentals: dict[str, Rental] = {}
        self.born: list[Rental] = []
        self._clock = clock
        self._due: list[tuple[datetime, str]] = []
        self._ids = itertools.count(_FIRST_RENT)
        self._serials = itertools.count(700_001)  # far from the numbers of activations
        self._sms_ids = itertools.count(1)

    def stock(self, service: str, country: str, count: int, price: Decimal) -> None:
        """Set how many numbers are for rent and what a day costs; an unknown service becomes known."""
        if country not in goods.COUNTRIES or not service or count < 0 or price < 0:
            raise NotPossible("Numbers for rent need a service, a country sold here, a count and a price.")
        self.services.setdefault(service, service)
        self.shelves[service, country] = RentShelf(count, price)

    def rent(self, key: Key, service: str, country: str, days: int) -> Rental | None:
        """Rent a number out and reserve its price; None where there is none. Money is the caller's care."""
        shelf = self.shelves.get((service, country))
        if shelf is None or not shelf.count:
            return None
        shelf.count -= 1
        now = self._clock.now()
        made = Rental(
            id=str(next(self._ids)),
            key=key.key,
            phone=goods.COUNTRIES[country].number(next(self._serials)),
            service=service,
            country=country,
            price=shelf.price_of(days),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        self.rentals[made.id] = made
        self.born.append(made)
        self._push(made, now + CANCELLABLE)
        self._push(made, made.expires_at)
        self.keys.move(Movement.RESERVED, key.key, made.id, made.price)
        return made

    def prolong_price(self, rental: Rental, days: int) -> Decimal | None:
        """Return what so many days more cost; None where it cannot be: the rental is over, or too many."""
        until = rental.expires_at + timedelta(days=days)
        if not rental.alive or until > self._clock.now() + timedelta(days=MOST_DAYS):
            return None
        return self.shelves[rental.service, rental.country].price_of(days)

    def prolong(self, rental: Rental, days: int, price: Decimal) -> None:
        """Add days to a living rental, for money that does not come back."""
        rental.expires_at += timedelta(days=days)
        self._push(rental, rental.expires_at)
        self.keys.charge(rental.key, rental.id, price)

    def receive(self, rental: Rental, text: str, code: str | None, sender: str) -> Sms:
        """Let an SMS come to a living rental, which makes its price due."""
        sms = Sms(str(next(self._sms_ids)), text, code, self._clock.now(), sender)
        rental.sms.append(sms)
        rental.state = RentState.RECEIVED
        self._pay(rental)
        return sms

    def end(self, rental: Rental, state: RentState) -> None:
        """End a living rental; only a cancelled one is paid back. The number goes back to its shelf."""
        rental.state = state
        if state is RentState.CANCELED:
            self.keys.move(Movement.RELEASED, rental.key, rental.id, rental.price)
        else:
            self._pay(rental)
        self.shelves[rental.service, rental.country].count += 1

    def delete(self, rental: Rental) -> None:
        """Forget a rental; what still ran is over, and paid for."""
        if rental.alive:
            self.end(rental, RentState.COMPLETED)
        rental.deleted = True

    def settle(self) -> int:
        """Let prices become due and rentals end whose time has come; return how many ended."""
        now = self._clock.now()
        ended = 0
        while self._due and self._due[0][0] <= now:
            rental = self.rentals[heapq.heappop(self._due)[1]]
            if not rental.alive:
                continue
            if rental.expires_at <= now:
                self.end(rental, RentState.OVER)
                ended += 1
            else:
                self._pay(rental)
        return ended

    def of(self, key: Key) -> Iterable[Rental]:
        """Return a key's rentals that were not deleted, oldest first."""
        return (one for one in self.rentals.values() if one.key == key.key and not one.deleted)

    def _pay(self, rental: Rental) -> None:
        if not rental.paid:
            rental.paid = True
            self.keys.move(Movement.CHARGED, rental.key, rental.id, rental.price)

    def _push(self, rental: Rental, at: datetime) -> None:
        heapq.heappush(self._due, (at, rental.id))
