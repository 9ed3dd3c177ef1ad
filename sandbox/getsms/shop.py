"""The world behind the simulated Get-SMS API: keys and their money, shelves of numbers, orders and their SMS.

Rules are those of the document's *Obtaining a telephone number* and *Retrieving the code*: an order lives
15 minutes; while it lives its price is in reserve; it is paid for only when an SMS came, and only once.
"""

import heapq
import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.clock import Clock
from sandbox.getsms import goods
from sandbox.goods import SERVICES
from sandbox.keys import Key, Keyring
from sandbox.ledger import Movement
from sandbox.provider import NotPossible

LIFETIME = timedelta(minutes=15)
_FIRST_ORDER = 377253343  # the number that the document prints


class State(StrEnum):
    """Where an order is in its life; the panel shows these words."""

    WAITING = "waiting"
    RECEIVED = "received"
    OVER = "over"
    CANCELED = "canceled"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Sms:
    """A message that came to a number; ``code`` is None where the provider could not make one out."""

    id: str
    text: str
    code: str | None
    at: datetime
    sender: str = ""


@dataclass(slots=True)
class Shelf:
    """The numbers for one service in one country: counts by operator, one price."""

    counts: dict[str, int]
    price: Decimal


@dataclass(slots=True)
class Order:
    """A number that somebody bought."""

    id: str
    key: str
    phone: str
    service: str
    country: str
    operator: str
    price: Decimal
    created_at: datetime
    expires_at: datetime
    state: State = State.WAITING
    sms: list[Sms] = field(default_factory=list)
    first_taken: bool = False  # getcode has handed out the first SMS

    @property
    def alive(self) -> bool:
        """Whether SMS may still come and the order can be cancelled or banned."""
        return self.state in (State.WAITING, State.RECEIVED)


class Shop:
    """Keys, shelves and orders. Time is the clock's; lifetimes end when somebody looks (``settle``).

    Attributes:
        born: orders that were made since this list was last emptied.
    """

    def __init__(self, clock: Clock, keys: Keyring) -> None:
        self.keys = keys
        self.shelves: dict[tuple[str, str], Shelf] = {}
        self.services = {code: name for code, (name, _) in SERVICES.items()}
        self.orders: dict[str, Order] = {}
        self.born: list[Order] = []
        self._clock = clock
        self._deadlines: list[tuple[datetime, str]] = []
        self._order_ids = itertools.count(_FIRST_ORDER)
        self._sms_ids = itertools.count(900_000_001)
        self._serials = itertools.count(1)

    def stock(self, service: str, country: str, count: int, price: Decimal) -> None:
        """Fill a shelf: the count is spread over the country's operators.

        A service is given by its code or its name; one that is neither becomes known under this code.
        """
        if country not in goods.COUNTRIES:
            raise NotPossible(f"Get-SMS here sells nothing in “{country}”.")
        if not service or count < 0 or price < 0:
            raise NotPossible("A shelf needs a service, a count and a price that are not negative.")
        operators = goods.OPERATORS.get(country, goods.UNNAMED)
        share, rest = divmod(count, len(operators))
        counts = {operator: share + (place < rest) for place, operator in enumerate(operators)}
        code = self._code(service)
        self.services.setdefault(code, code)
        self.shelves[code, country] = Shelf(counts, price)

    def buy(self, key: Key, service: str, country: str, operator: str | None) -> Order | None:
        """Take a number off the shelf and its price into the reserve; None when the shelf is empty.

        The caller has checked that the key can pay (``price``).
        """
        shelf = self.shelves.get((service, country))
        if shelf is None:
            return None
        taken = operator or max(shelf.counts, key=lambda name: shelf.counts[name])
        if not shelf.counts[taken]:
            return None
        shelf.counts[taken] -= 1
        now = self._clock.now()
        order = Order(
            id=str(next(self._order_ids)),
            key=key.key,
            phone=goods.COUNTRIES[country].number(next(self._serials)),
            service=service,
            country=country,
            operator=taken,
            price=shelf.price,
            created_at=now,
            expires_at=now + LIFETIME,
        )
        self.orders[order.id] = order
        self.born.append(order)
        heapq.heappush(self._deadlines, (order.expires_at, order.id))
        self._move(order, Movement.RESERVED)
        return order

    def receive(self, order: Order, text: str, code: str | None, sender: str) -> Sms:
        """Let an SMS come to a living order; the first one costs the order's price.

        The first SMS has the order's id, later ones have others ("almost always the same", it says).
        """
        sms = Sms(str(next(self._sms_ids)) if order.sms else order.id, text, code, self._clock.now(), sender)
        if not order.sms:
            self._move(order, Movement.CHARGED)
        order.sms.append(sms)
        order.state = State.RECEIVED
        return sms

    def end(self, order: Order, state: State) -> None:
        """End a living order; an unpaid one gives its price back, and its number too unless it is banned."""
        if not order.sms:
            self._move(order, Movement.RELEASED)
            if state is not State.BANNED:
                self.shelves[order.service, order.country].counts[order.operator] += 1
        order.state = state

    def settle(self) -> int:
        """End every order whose lifetime is over by now; return how many."""
        now = self._clock.now()
        ended = 0
        while self._deadlines and self._deadlines[0][0] <= now:
            order = self.orders[heapq.heappop(self._deadlines)[1]]
            if order.alive:
                self.end(order, State.OVER)
                ended += 1
        return ended

    def _code(self, service: str) -> str:
        if service in self.services:
            return service
        wanted = service.casefold()
        return next((code for code, name in self.services.items() if name.casefold() == wanted), service)

    def _move(self, order: Order, movement: Movement) -> None:
        self.keys.move(movement, order.key, order.id, order.price)
