"""The world behind ``handler_api.php``: shelves of numbers, activations, their SMS and their money.

An activation's price is in reserve until its first SMS, which makes it due; without one it comes back.
"""

import heapq
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.clock import Clock
from sandbox.handler_api.house import House
from sandbox.handler_api.records import Activation, Call, Shelf, Sms, Stage, Tier, Variant
from sandbox.keys import Key, Keyring
from sandbox.ledger import Movement
from sandbox.provider import NotPossible

UNNAMED = ("",)
_ANY = "any"
_TRIES = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Which number somebody wants.

    Attributes:
        operators: any of these; empty: whichever.
        ceiling: the highest price; None: the regular price and no other.
        without: prefixes that the number must not have.
    """

    service: str
    country: str
    variant: Variant = Variant.SMS
    operators: Collection[str] = ()
    ceiling: Decimal | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A number that could be sold: nothing has been taken yet."""

    wish: Wish
    tier: Tier
    operator: str
    phone: str


class World:
    """Keys, shelves and activations. Lifetimes end when somebody looks (``settle``).

    Attributes:
        born: activations that were made since this list was last emptied.
        blacklists: by key, the numbers that are not sold to it again.
        calls: the outgoing calls that were asked for, oldest first.
        bonuses: by key, the cashback that counts into its second balance.
        unrepeatable: numbers that are no longer there for a further activation.
        inquiries: numbers whose own balance was asked for, and when first.
    """

    def __init__(self, house: House, clock: Clock, keys: Keyring) -> None:
        self.house = house
        self.clock = clock
        self.keys = keys
        self.shelves: dict[tuple[str, str, Variant], Shelf] = {}
        self.activations: dict[str, Activation] = {}
        self.born: list[Activation] = []
        self.blacklists: defaultdict[str, set[str]] = defaultdict(set)
        self.calls: list[Call] = []
        self.bonuses: dict[str, Decimal] = {}
        self.unrepeatable: set[str] = set()
        self.inquiries: dict[str, datetime] = {}
        self.serials = itertools.count(1)
        self.sms_ids = itertools.count(1)
        self._ids = itertools.count(house.first_id)
        self._deadlines: list[tuple[datetime, str]] = []

    def service(self, code: str) -> str | None:
        """Return the house's own code for a service code, None for an unknown one."""
        code = self.house.aliases.get(code, code)
        return code if code in self.house.services else None

    def operators(self, country: str) -> tuple[str, ...]:
        """Return a country's operators; one without a name where the house names none."""
        return self.house.operators.get(country, UNNAMED)

    def shelf(self, service: str, country: str, variant: Variant = Variant.SMS) -> Shelf | None:
        """Return a shelf, None where there is none."""
        return self.shelves.get((service, country, variant))

    def stock(self, service: str, country: str, count: int, price: Decimal, variant: Variant) -> None:
        """Fill the regular tier of a shelf: the count is spread over the country's operators."""
        self._check(service, country, count, price)
        kept = self.shelves.get((service, country, variant), Shelf([])).tiers[1:]
        self.shelves[service, country, variant] = Shelf([self._tier(country, count, price), *kept])

    def stock_dearer(self, service: str, country: str, count: int, price: Decimal) -> None:
        """Add numbers at a higher price to a shelf that stands; raises ``NotPossible`` for a lower price."""
        self._check(service, country, count, price)
        shelf = self.shelf(service, country)
        if shelf is None or price <= shelf.price:
            raise NotPossible("A dearer tier stands above a regular one.")
        shelf.tiers.append(self._tier(country, count, price))
        shelf.tiers.sort(key=lambda tier: tier.price)

    def find(self, key: Key, wish: Wish) -> Pick | None:
        """Return a number that fits, the cheapest first; None where there is none. Takes nothing."""
        shelf = self.shelf(wish.service, wish.country, wish.variant)
        if shelf is None:
            return None
        ceiling = shelf.price if wish.ceiling is None else wish.ceiling
        for tier in shelf.tiers:
            if tier.price > ceiling:
                break
            for operator in sorted(tier.counts, key=lambda name: -tier.counts[name]):
                if wish.operators and _ANY not in wish.operators and operator not in wish.operators:
                    continue
                phone = self._phone(key, wish, tier, operator) if tier.counts[operator] else None
                if phone is not None:
                    return Pick(wish, tier, operator, phone)
        return None

    def sell(self, key: Key, pick: Pick, phone: str | None = None) -> Activation:
        """Take the number off its shelf and its price into the reserve.

        Args:
            key: who pays; the caller has checked that it can.
            pick: what ``find`` returned.
            phone: the number to use instead, where one number serves several activations.
        """
        returned = pick.tier.returned.get(pick.operator, [])
        if pick.phone in returned:
            returned.remove(pick.phone)
        pick.tier.counts[pick.operator] -= 1
        return self.open(
            key,
            phone or pick.phone,
            (pick.wish.service, pick.wish.country, pick.operator, pick.wish.variant),
            pick.tier.price,
            pick.tier,
        )

    def open(
        self,
        key: Key,
        phone: str,
        what: tuple[str, str, str, Variant],
        price: Decimal,
        shelf: Tier | None = None,
    ) -> Activation:
        """Make an activation on a number that is held already; ``what``: service, country, operator, kind."""
        now = self.clock.now()
        service, country, operator, variant = what
        made = Activation(
            id=str(next(self._ids)),
            key=key.key,
            phone=phone,
            service=service,
            country=country,
            operator=operator,
            variant=variant,
            price=price,
            created_at=now,
            expires_at=now + self.house.lifetime,
            shelf=shelf,
        )
        self.activations[made.id] = made
        self.born.append(made)
        heapq.heappush(self._deadlines, (made.expires_at, made.id))
        self.keys.move(Movement.RESERVED, key.key, made.id, price)
        return made

    def receive(self, activation: Activation, text: str, code: str | None, sender: str) -> Sms:
        """Let an SMS, or a call, come to a living activation; the first one makes its price due."""
        sms = Sms(str(next(self.sms_ids)), text, code, self.clock.now(), sender, service=activation.service)
        if not activation.sms:
            self.keys.move(Movement.CHARGED, activation.key, activation.id, activation.price)
        activation.sms.append(sms)
        if activation.variant is Variant.VOICE:
            activation.caller = sender or sms.shown
        if not (self.house.insists and activation.stage is Stage.PREPARING):
            activation.stage = Stage.RECEIVED
        return sms

    def enter(self, activation: Activation, stage: Stage) -> None:
        """Let the client's word take effect: the stage follows, and what belongs to it."""
        if stage in (Stage.CANCELED, Stage.REFUSED, Stage.FINISHED):
            self.end(activation, stage)
            return
        if stage is Stage.AGAIN:
            activation.judged = len(activation.sms)
        activation.stage = Stage.RECEIVED if stage is Stage.WAITING and activation.unjudged else stage

    def end(self, activation: Activation, stage: Stage) -> None:
        """End a living activation; without an SMS its price comes back, and its number too."""
        activation.stage = stage
        if activation.sms:
            return
        self.keys.move(Movement.RELEASED, activation.key, activation.id, activation.price)
        if activation.shelf is not None:
            activation.shelf.counts[activation.operator] += 1
            if self.house.blacklists:
                activation.shelf.returned.setdefault(activation.operator, []).append(activation.phone)

    def settle(self) -> int:
        """End every activation whose lifetime is over by now; return how many."""
        now = self.clock.now()
        ended = 0
        while self._deadlines and self._deadlines[0][0] <= now:
            activation = self.activations[heapq.heappop(self._deadlines)[1]]
            if activation.alive:
                self.expire(activation)
                ended += 1
        return ended

    def expire(self, activation: Activation) -> None:
        """End a lifetime; a number on which no SMS came goes onto its key's blacklist."""
        activation.timed_out = True
        if not activation.sms and self.house.blacklists:
            self.blacklists[activation.key].add(activation.phone)
        self.end(activation, Stage.FINISHED if activation.sms else Stage.CANCELED)

    def of(self, key: Key) -> Iterable[Activation]:
        """Return a key's activations, oldest first."""
        return (one for one in self.activations.values() if one.key == key.key)

    def _check(self, service: str, country: str, count: int, price: Decimal) -> None:
        if country not in self.house.places:
            raise NotPossible(f"{self.house.title} here sells nothing in “{country}”.")
        if self.service(service) != service or count < 0 or price < 0:
            raise NotPossible(
                f"A shelf needs a service that {self.house.title} knows, a count and a price not below zero."
            )

    def _tier(self, country: str, count: int, price: Decimal) -> Tier:
        operators = self.operators(country)
        share, rest = divmod(count, len(operators))
        return Tier(price, {name: share + (place < rest) for place, name in enumerate(operators)})

    def _phone(self, key: Key, wish: Wish, tier: Tier, operator: str) -> str | None:
        """Return one that was given back, else a new one; None where only blacklisted ones are left."""
        returned = tier.returned.get(operator, ())
        for phone in returned:
            if phone not in self.blacklists[key.key] and not phone.startswith(wish.without or "+"):
                return phone
        if tier.counts[operator] <= len(returned):
            return None
        made = (self.house.places[wish.country].number(next(self.serials)) for _ in range(_TRIES))
        return next((phone for phone in made if not phone.startswith(wish.without or "+")), None)
