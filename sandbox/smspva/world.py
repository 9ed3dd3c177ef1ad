"""The world behind the simulated SMSPVA: shelves, rents, numbers that sleep and wake, an archive.

Rules are the page's: a number is woken through a queue and sleeps again by itself; a rent can be prolonged in
its last seven days, to 90 days at most; it is paid for at once; one that ended can be restored for the days
that were missed and 30 more.
"""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.clock import Clock
from sandbox.keys import Key, Keyring
from sandbox.provider import NotPossible
from sandbox.smspva import goods
from sandbox.smspva.rents import Line, Presence, Rent, Shelf, Sms

PROLONGABLE = timedelta(days=7)
LONGEST = timedelta(days=90)
RESTORED_DAYS = 30
_FIRST_RENT = 40370  # the number that the page prints
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waking:
    """How long a number takes to wake, and how long it then stays awake."""

    queue: timedelta = timedelta(minutes=10)
    awake: timedelta = timedelta(minutes=20)


class World:
    """Shelves and rents. Time is the clock's; rents end when somebody looks (``settle``).

    Attributes:
        waking: how long numbers sleep and wake.
        countries: by code; one that is taken away is rented out no more.
        services: names by code; likewise.
        born: rents that were made since this list was last emptied.
        woken: rents whose number was put into the queue since this list was last emptied.
    """

    def __init__(self, clock: Clock, keys: Keyring) -> None:
        self.clock = clock
        self.keys = keys
        self.waking = Waking()
        self.countries = dict(goods.COUNTRIES)
        self.services = {code: name for code, (name, _) in goods.SERVICES.items()}
        self.shelves: dict[tuple[str, str], Shelf] = {}
        self.rents: dict[str, Rent] = {}
        self.born: list[Rent] = []
        self.woken: list[Rent] = []
        self._ids = itertools.count(_FIRST_RENT)
        self._serials = itertools.count(1)

    def stock(self, service: str, country: str, count: int, price: Decimal) -> None:
        """Fill a shelf: the count is spread over the country's operators, the price is a day's.

        A service is given by its code or its name; one that is neither becomes known under this code.
        """
        if country not in self.countries:
            raise NotPossible(f"SMSPVA here rents nothing out in “{country}”.")
        if not service or count < 0 or price < 0:
            raise NotPossible("A shelf needs a service, a count and a price that are not negative.")
        operators = self.countries[country].operators
        share, rest = divmod(count, len(operators))
        counts = {operator: share + (place < rest) for place, operator in enumerate(operators)}
        code = self._code(service)
        self.services.setdefault(code, code)
        self.shelves[code, country] = Shelf(price, counts)

    def operator(self, shelves: Iterable[Shelf], wanted: str) -> str | None:
        """Return an operator that has a number for all these shelves, the best stocked one, or None."""
        left: dict[str, int] = {}
        for shelf in shelves:
            for name, count in shelf.counts.items():
                left[name] = min(count, left.get(name, count))
        fit = [name for name, count in left.items() if count and wanted in ("", name)]
        return max(fit, key=lambda name: left[name], default=None)

    def rent(self, key: Key, services: Iterable[str], country: str, operator: str, days: int) -> list[Rent]:
        """Rent one number out for all these services, and charge for each; the caller has checked it all."""
        now = self.clock.now()
        land = self.countries[country]
        line = Line(land.place.number(next(self._serials)), land.dial, country, operator, land.always_on, now)
        made = []
        for service in services:
            shelf = self.shelves[service, country]
            shelf.counts[operator] -= 1
            made.append(self._open(key, line, service, shelf.price, days, now + days * _DAY))
        return made

    def add_service(self, key: Key, rent: Rent, service: str, price: Decimal) -> Rent:
        """Rent a number that is rented already for another service, to the same end."""
        days = days_until(self.clock.now(), rent.until)
        return self._open(key, rent.line, service, price, days, rent.until)

    def prolong(self, rent: Rent, days: int) -> None:
        """Add days to a rent and charge for them."""
        rent.until += days * _DAY
        self._charge(rent, rent.price * days)

    def longest_end(self) -> datetime:
        """Return the latest end that a rent can be prolonged to."""
        return self.clock.now() + LONGEST

    def restore(self, rent: Rent, price: Decimal) -> None:
        """Take a rent out of the archive for 30 more days and charge this."""
        rent.closed = None
        rent.deleted = False
        rent.days = RESTORED_DAYS
        rent.until = self.clock.now() + RESTORED_DAYS * _DAY
        self._charge(rent, price)

    def wake(self, rent: Rent) -> None:
        """Put a sleeping number into the queue; one that is awake or in the queue stays where it is."""
        if self.presence(rent.line) is Presence.ASLEEP:
            rent.line.woken_at = self.clock.now()
            self.woken.append(rent)

    def presence(self, line: Line) -> Presence:
        """Return where a number is now."""
        if line.missing:
            return Presence.MISSING
        if line.always_on:
            return Presence.AWAKE
        if line.woken_at is None:
            return Presence.ASLEEP
        passed = self.clock.now() - line.woken_at
        if passed < self.waking.queue:
            return Presence.WAKING
        return Presence.AWAKE if passed < self.waking.queue + self.waking.awake else Presence.ASLEEP

    def last_online(self, line: Line) -> datetime:
        """Return when a number was last awake."""
        if self.presence(line) is Presence.AWAKE:
            return self.clock.now()
        if line.woken_at is None:
            return line.last_online
        return min(self.clock.now(), line.woken_at + self.waking.queue + self.waking.awake)

    def receive(self, rent: Rent, text: str, code: str | None, sender: str) -> Sms:
        """Let an SMS come to a rent."""
        sms = Sms(text, sender, self.clock.now(), code)
        rent.sms.append(sms)
        rent.unread = True
        return sms

    def close(self, rent: Rent, *, deleted: bool) -> None:
        """Put a rent into the archive; nothing is paid back."""
        rent.closed = self.clock.now() if deleted else rent.until
        rent.deleted = deleted

    def settle(self) -> int:
        """Put every rent whose time is over into the archive; return how many."""
        over = [rent for rent in self.rents.values() if rent.alive and rent.until <= self.clock.now()]
        for rent in over:
            self.close(rent, deleted=False)
        return len(over)

    def of(self, key: Key) -> Iterator[Rent]:
        """Return a key's living rents, oldest first."""
        return (rent for rent in self.rents.values() if rent.alive and rent.key == key.key)

    def archive(self, key: Key) -> list[Rent]:
        """Return a key's closed rents, those closed last first."""
        closed = [(rent.closed, rent) for rent in self.rents.values() if rent.closed and rent.key == key.key]
        return [rent for _, rent in sorted(closed, key=lambda pair: pair[0], reverse=True)]

    def _open(self, key: Key, line: Line, service: str, price: Decimal, days: int, until: datetime) -> Rent:
        rent = Rent(
            id=str(next(self._ids)),
            key=key.key,
            line=line,
            service=service,
            price=price,
            paid=Decimal(0),
            days=days,
            begin=self.clock.now(),
            until=until,
        )
        self.rents[rent.id] = rent
        self.born.append(rent)
        self._charge(rent, price * days)
        return rent

    def _charge(self, rent: Rent, amount: Decimal) -> None:
        rent.paid += amount
        self.keys.charge(rent.key, rent.id, amount)

    def _code(self, service: str) -> str:
        if service in self.services:
            return service
        wanted = service.casefold()
        return next((code for code, name in self.services.items() if name.casefold() == wanted), service)


def days_until(now: datetime, then: datetime) -> int:
    """Return the days between two moments, begun ones counted whole."""
    return max(0, math.ceil((then - now) / _DAY))
