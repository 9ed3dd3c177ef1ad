"""The world behind the simulated API #2: shelves of numbers, operations and their SMS.

The document tells the states and what moves an operation from one to the next; that 20 minutes without an SMS
end it is told under API #1. A price stands in reserve until the first SMS is shown; a repeat is free.
"""

import heapq
import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.clock import Clock
from sandbox.keys import Key, Keyring
from sandbox.ledger import Movement
from sandbox.provider import NotPossible
from sandbox.sms_reg import goods

LIFETIME = timedelta(minutes=20)
_FIRST_OPERATION = 83301928


class State(StrEnum):
    """Where an operation is in its life."""

    POOL = "pool"  # a number is being looked for
    NO_NUMBERS = "no numbers"
    PREPARE = "prepare"  # there is a number; the SMS has not been asked for
    WAIT = "wait"
    ANSWER = "answer"
    WAIT2 = "wait2"  # another SMS was asked for
    OK = "ok"
    EMPTY = "empty"  # no SMS came
    NOT_READY = "not ready"  # the time ran out before the SMS was asked for
    OK2 = "ok2"  # completed after another SMS
    EMPTY2 = "empty2"  # the other SMS did not come
    USED = "used"


LIVING = frozenset({State.POOL, State.PREPARE, State.WAIT, State.ANSWER, State.WAIT2})

_AT_THE_END = {
    State.POOL: State.NO_NUMBERS,
    State.PREPARE: State.NOT_READY,
    State.WAIT: State.EMPTY,
    State.ANSWER: State.OK,
    State.WAIT2: State.EMPTY2,
}


@dataclass(frozen=True, slots=True)
class Sms:
    """A message that came to a number; ``code`` is None where the provider could not make one out."""

    text: str
    code: str | None
    at: datetime
    sender: str = ""


@dataclass(slots=True)
class Shelf:
    """The numbers for one service in one country, or at one operator of it."""

    count: int
    price: Decimal


@dataclass(slots=True)
class Operation:
    """An activation from ``getNum`` or ``getNumRepeat`` on.

    Attributes:
        tzid: its id.
        key: who pays.
        service: service code.
        country: the shelf that the number came from, or what was asked for where there was none.
        price: zero for a repeat.
        created_at: when it was ordered.
        number_at: from when on its number is told.
        expires_at: when its life ends.
        state: where it is.
        phone: digits without plus; empty where there was no number.
        sms: what came, oldest first.
        shown: how many of them were let through.
        revised: whether another SMS was asked for.
    """

    tzid: str
    key: str
    service: str
    country: str
    price: Decimal
    created_at: datetime
    number_at: datetime
    expires_at: datetime
    state: State
    phone: str = ""
    sms: list[Sms] = field(default_factory=list)
    shown: int = 0
    revised: bool = False

    @property
    def alive(self) -> bool:
        """Whether SMS may still come."""
        return self.state in LIVING


class Shop:
    """Shelves and operations. Time is the clock's; it is looked at when somebody asks (``settle``)."""

    def __init__(self, clock: Clock, keys: Keyring) -> None:
        self.keys = keys
        self.shelves: dict[tuple[str, str], Shelf] = {}
        self.services = {code: name for code, (name, _) in goods.SERVICES.items()}
        self.operations: dict[str, Operation] = {}
        self.retired: set[str] = set()
        self._clock = clock
        self._appointments: list[tuple[datetime, str]] = []
        self._ids = itertools.count(_FIRST_OPERATION)
        self._serials = itertools.count(1)

    def stock(self, service: str, country: str, count: int, price: Decimal) -> None:
        """Fill a shelf; an unknown service becomes known."""
        if country not in goods.COUNTRIES:
            raise NotPossible(f"GetSMS.ONLINE here sells nothing in “{country}”.")
        if not service or count < 0 or price < 0:
            raise NotPossible("A shelf needs a service, a count and a price that are not negative.")
        self.services.setdefault(service, service)
        self.shelves[service, country] = Shelf(count, price)

    def offered(self, service: str, asked: str) -> tuple[str, Shelf] | None:
        """Return the fullest shelf with what was asked for, None where all are empty."""
        shelves = [
            (country, shelf)
            for (sold, country), shelf in self.shelves.items()
            if sold == service and goods.covers(asked, country) and shelf.count
        ]
        return max(shelves, key=lambda found: found[1].count, default=None)

    def order(self, key: Key, service: str, asked: str, number_after: float) -> Operation:
        """Begin an operation: a number is taken, its price put into the reserve, or there is none.

        The caller has checked that the key can pay.
        """
        offered = self.offered(service, asked)
        if offered is None:
            return self._begin(key.key, service, asked, Decimal(0), "", number_after)
        country, shelf = offered
        shelf.count -= 1
        phone = goods.COUNTRIES[country].number(next(self._serials))
        operation = self._begin(key.key, service, country, shelf.price, phone, number_after)
        self.keys.move(Movement.RESERVED, key.key, operation.tzid, operation.price)
        return operation

    def repeat(self, past: Operation) -> Operation:
        """Begin an operation on the number of another one, free of charge."""
        return self._begin(past.key, past.service, past.country, Decimal(0), past.phone, 0)

    def busy(self, phone: str) -> bool:
        """Whether an operation on this number is alive."""
        return any(each.phone == phone and each.alive for each in self.operations.values())

    def receive(self, operation: Operation, text: str, code: str | None, sender: str) -> Sms:
        """Let an SMS come to the number; it is shown when one was asked for."""
        sms = Sms(text, code, self._clock.now(), sender)
        operation.sms.append(sms)
        self._show(operation)
        return sms

    def ask_for_sms(self, operation: Operation) -> None:
        """Begin to wait: for the first SMS, or for another one."""
        first = operation.state is State.PREPARE
        operation.revised = not first
        operation.state = State.WAIT if first else State.WAIT2
        self._show(operation)

    def complete(self, operation: Operation) -> None:
        """End an operation that brought an SMS."""
        operation.state = State.OK2 if operation.revised else State.OK

    def use(self, operation: Operation) -> None:
        """End an operation whose number is used up: the price goes back, the number does not."""
        self._release(operation)
        operation.state = State.USED

    def expire(self, operation: Operation) -> None:
        """End a living operation because its time is over."""
        if not operation.shown:
            self._release(operation)
        operation.state = _AT_THE_END[operation.state]

    def settle(self) -> int:
        """Tell numbers that are due and end what is over by now; return how many operations changed."""
        now, changed = self._clock.now(), 0
        while self._appointments and self._appointments[0][0] <= now:
            operation = self.operations[heapq.heappop(self._appointments)[1]]
            before = operation.state
            if operation.alive and operation.expires_at <= now:
                self.expire(operation)
            elif operation.state is State.POOL:
                operation.state = _numbered(operation)
            changed += operation.state is not before
        return changed

    def _begin(
        self, key: str, service: str, country: str, price: Decimal, phone: str, number_after: float
    ) -> Operation:
        now = self._clock.now()
        operation = Operation(
            tzid=str(next(self._ids)),
            key=key,
            service=service,
            country=country,
            price=price,
            created_at=now,
            number_at=now + timedelta(seconds=number_after),
            expires_at=now + LIFETIME,
            state=State.POOL,
            phone=phone,
        )
        self.operations[operation.tzid] = operation
        heapq.heappush(self._appointments, (operation.number_at, operation.tzid))
        heapq.heappush(self._appointments, (operation.expires_at, operation.tzid))
        if not number_after:
            operation.state = _numbered(operation)
        return operation

    def _show(self, operation: Operation) -> None:
        waiting = operation.state in (State.WAIT, State.WAIT2)
        if waiting and operation.shown < len(operation.sms):
            if not operation.shown and operation.price:
                self.keys.move(Movement.CHARGED, operation.key, operation.tzid, operation.price)
            operation.shown += 1
            operation.state = State.ANSWER

    def _release(self, operation: Operation) -> None:
        if operation.price:
            self.keys.move(Movement.RELEASED, operation.key, operation.tzid, operation.price)


def _numbered(operation: Operation) -> State:
    return State.PREPARE if operation.phone else State.NO_NUMBERS
