"""A simulator's memory of what was asked of it and what money moved, for tests to count."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in.

    Attributes:
        at: when, by the simulator's clock.
        method: what the protocol calls the method, empty when the request named none.
        form: all parameters, of the query and of the form.
        verb: GET or POST.
        fault: the name of the fault that answered, None for an honest answer.
        status: the status, or status word, in the answer that was worked out; None when the fault kept it
            from being, or when such answers carry none.
        order_id: the order that the request is about, empty when it names none.
    """

    at: datetime
    method: str
    form: Mapping[str, str]
    verb: str
    fault: str | None
    status: int | str | None
    order_id: str = ""


class Movement(StrEnum):
    """What happened to an order's price."""

    RESERVED = "reserved"  # taken from the balance into the reserve
    CHARGED = "charged"  # taken out of the reserve for good
    RELEASED = "released"  # given back from the reserve to the balance


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of money, in the provider's currency."""

    at: datetime
    movement: Movement
    key: str
    order_id: str
    amount: Decimal


class Ledger:
    """Every request and every movement of money, oldest first.

    Args:
        limit: how many of each to remember; None remembers all. Counts never forget.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.requests: deque[Asked] = deque(maxlen=limit)
        self.entries: deque[Entry] = deque(maxlen=limit)
        self._counts: Counter[tuple[str, str]] = Counter()

    def asked(self, asked: Asked) -> None:
        """Write down a request."""
        self.requests.append(asked)
        self._counts[asked.method, asked.order_id] += 1

    def moved(self, entry: Entry) -> None:
        """Write down a movement of money."""
        self.entries.append(entry)

    def count(self, method: str | None = None, order_id: str | None = None) -> int:
        """Return how many requests came, of this method and about this order where they are given."""
        return sum(
            times
            for (asked_method, asked_order), times in self._counts.items()
            if method in (None, asked_method) and order_id in (None, asked_order)
        )

    @property
    def charges(self) -> list[Entry]:
        """The movements that cost money for good."""
        return _of(self.entries, Movement.CHARGED)

    @property
    def releases(self) -> list[Entry]:
        """The movements that gave money back."""
        return _of(self.entries, Movement.RELEASED)


def _of(entries: Iterable[Entry], movement: Movement) -> list[Entry]:
    return [entry for entry in entries if entry.movement is movement]
