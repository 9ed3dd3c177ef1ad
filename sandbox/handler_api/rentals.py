"""Rented numbers: their stock, their time, their SMS and their money."""

import heapq
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.clock import Clock
from sandbox.handler_api.house import House
from sandbox.handler_api.records import Lease, Rental, Sms
from sandbox.keys import Key, Keyring
from sandbox.ledger import Movement
from sandbox.provider import NotPossible

WHOLE = "full"  # a number for all services
CANCELLABLE = timedelta(minutes=20)
RENEWABLE = timedelta(days=1)  # how long after its end a number can still be had again
BASE_HOURS = 4
MOST_HOURS = 1344


@dataclass(slots=True)
class Stock:
    """Numbers for rent: what four hours of one cost, how many there are of each operator."""

    price: Decimal
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many numbers there are."""
        return sum(self.counts.values())


class Rentals:
    """Rental stock and rentals; time runs out when somebody looks (``settle``).

    Attributes:
        born: rentals that were made since this list was last emptied.
    """

    def __init__(self, house: House, clock: Clock, keys: Keyring) -> None:
        self.stocked: dict[tuple[str, str], Stock] = {}
        self.rentals: dict[str, Rental] = {}
        self.born: list[Rental] = []
        self._house = house
        self._clock = clock
        self._keys = keys
        self._ids = itertools.count(house.first_rent)
        self._serials = itertools.count(500_001)
        self._sms_ids = itertools.count(123)
        self._due: list[tuple[datetime, str]] = []

    def stock(self, service: str, country: str, count: int, price: Decimal) -> None:
        """Set how many numbers are for rent and what four hours cost, spread over the operators."""
        if country not in self._house.places or count < 0 or price < 0:
            raise NotPossible(
                "Numbers for rent need a country of the house, a count and a price not below zero."
            )
        operators = self._house.operators.get(country, ("",))
        share, rest = divmod(count, len(operators))
        counts = {name: share + (place < rest) for place, name in enumerate(operators)}
        self.stocked[service, country] = Stock(price, counts)

    def price(self, stock: Stock, hours: int) -> Decimal:
        """Return what so many hours cost."""
        return (stock.price * hours / BASE_HOURS).quantize(Decimal("0.01"))

    def rent(
        self, key: Key, what: tuple[str, str, str], hours: int, price: Decimal, url: str | None = None
    ) -> Rental:
        """Rent a number out; ``what``: service, country, operator. The caller has checked stock and money."""
        service, country, operator = what
        self.stocked[service, country].counts[operator] -= 1
        return self._open(
            key, what, self._house.places[country].number(next(self._serials)), hours, price, url
        )

    def again(self, key: Key, old: Rental, hours: int, price: Decimal) -> Rental:
        """Rent the number of a rental that is over once more: it gets a new id."""
        return self._open(key, (old.service, old.country, old.operator), old.phone, hours, price, old.url)

    def prolong(self, rental: Rental, hours: int, price: Decimal) -> None:
        """Add hours to a living rental, for money that does not come back."""
        rental.expires_at += timedelta(hours=hours)
        self._push(rental, rental.expires_at)
        self._keys.charge(rental.key, rental.id, price)

    def receive(self, rental: Rental, text: str, code: str | None, sender: str) -> Sms:
        """Let an SMS come to a living rental, which makes its price due."""
        service = rental.service if rental.service != WHOLE else "ot"
        sms = Sms(str(next(self._sms_ids)), text, code, self._clock.now(), sender, service)
        rental.sms.append(sms)
        rental.lease = Lease.RECEIVED
        self._pay(rental)
        return sms

    def end(self, rental: Rental, lease: Lease) -> None:
        """End a living rental; what is cancelled or taken away in time is paid back."""
        rental.lease = lease
        if lease is Lease.OVER:
            self._pay(rental)
        elif not rental.paid:
            self._keys.move(Movement.RELEASED, rental.key, rental.id, rental.price)
        elif lease is Lease.REVOKED:
            self._keys.refund(rental.key, rental.id, rental.price)
        stock = self.stocked.get((rental.service, rental.country))
        if stock is not None and lease is not Lease.REVOKED:
            stock.counts[rental.operator] += 1

    def end_at(self, rental: Rental, moment: datetime) -> None:
        """Let a living rental end at another moment."""
        rental.expires_at = moment
        self._push(rental, moment)

    def settle(self) -> int:
        """Let prices become due and rentals end whose time has come; return how many ended."""
        now = self._clock.now()
        ended = 0
        while self._due and self._due[0][0] <= now:
            rental = self.rentals[heapq.heappop(self._due)[1]]
            if not rental.alive:
                continue
            if rental.expires_at <= now:
                self.end(rental, Lease.OVER)
                ended += 1
            elif self._clock.now() >= rental.created_at + CANCELLABLE:
                self._pay(rental)
        return ended

    def of(self, key: Key) -> Iterable[Rental]:
        """Return a key's rentals, oldest first."""
        return (one for one in self.rentals.values() if one.key == key.key)

    def _open(
        self, key: Key, what: tuple[str, str, str], phone: str, hours: int, price: Decimal, url: str | None
    ) -> Rental:
        now = self._clock.now()
        service, country, operator = what
        made = Rental(
            id=str(next(self._ids)),
            key=key.key,
            phone=phone,
            service=service,
            country=country,
            operator=operator,
            price=price,
            created_at=now,
            expires_at=now + timedelta(hours=hours),
            url=url,
        )
        self.rentals[made.id] = made
        self.born.append(made)
        self._push(made, now + CANCELLABLE)
        self._push(made, made.expires_at)
        self._keys.move(Movement.RESERVED, key.key, made.id, price)
        return made

    def _pay(self, rental: Rental) -> None:
        if not rental.paid:
            rental.paid = True
            self._keys.move(Movement.CHARGED, rental.key, rental.id, rental.price)

    def _push(self, rental: Rental, at: datetime) -> None:
        heapq.heappush(self._due, (at, rental.id))
