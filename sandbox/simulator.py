"""What simulated providers have in common: keys, a ledger, faults, SMS that come by themselves, the panel."""

import asyncio
import zlib
from abc import abstractmethod
from collections.abc import Callable, Collection, Coroutine, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aiohttp import web

from bot.clock import Clock, SystemClock
from sandbox.deeds import Deeds
from sandbox.faults import Faults, Kind
from sandbox.keys import Key, Keyring, money
from sandbox.ledger import Ledger
from sandbox.provider import NotPossible, SimulatedProvider

SHOWN_ORDERS = 200


@dataclass(frozen=True, slots=True)
class Automatic:
    """Whether an SMS arrives by itself, and how many seconds after a purchase."""

    enabled: bool = False
    after: float = 6


class Simulator(SimulatedProvider):
    """A provider with its own keys, stock, orders and bad days.

    It starts with nothing in stock and no keys. Nothing happens by itself unless ``set_automatic`` says so;
    time is the injected clock's.

    Args:
        clock: the machine's unless given.
        memory: how many requests and movements the ledger remembers; None: all.
        methods: the names of the protocol's methods.
        faults: the provider's own ways to misbehave.

    Attributes:
        ledger: every request and every movement of money.
        faults: what will go wrong next.
        keys: the keys that are known, with their money.
        listeners: called, without arguments, after anything changed.
        rent_hours: for how many hours ``stock_rent`` takes a price; None where there is no such stock.
    """

    rent_hours: int | None = None
    slug: str
    title: str
    currency: str

    def __init__(
        self, clock: Clock | None, memory: int | None, methods: Collection[str], faults: Iterable[Kind]
    ) -> None:
        self.clock = clock or SystemClock()
        self.ledger = Ledger(memory)
        self.faults = Faults(self.title, methods, faults)
        self.keys = Keyring(self.clock, self.ledger)
        self.listeners: list[Callable[[], None]] = []
        self._methods = tuple(methods)
        self._automatic = Automatic()
        self._errands: set[asyncio.Task[None]] = set()

    @property
    def path(self) -> str:
        """Where it is mounted: under its own name, unless it shares a house with another language."""
        return self.slug

    # Playing the provider

    def add_key(self, key: str, balance: str | Decimal = "100.00") -> Key:
        """Make an API key known, with this to spend."""
        made = self.keys.add(key, money(balance))
        self.changed()
        return made

    def set_balance(self, key: str, balance: str | Decimal) -> None:
        """Set what the key may spend (below zero: it owes). What is in reserve stays there."""
        known = self.keys.get(key)
        if known is None:
            raise NotPossible(f"{self.title} here does not know this key.")
        known.balance = money(balance)
        self.changed()

    def fault(
        self,
        name: str,
        method: str = "*",
        times: int | None = 1,
        *,
        applied: bool | None = None,
        seconds: float | None = None,
        body: str | None = None,
        status: int = 200,
    ) -> None:
        """Plan a fault after those already planned; arguments as in ``Faults.plan``."""
        self.faults.plan(name, method, times, applied=applied, seconds=seconds, body=body, status=status)
        self.changed()

    def break_with(self, name: str | None, method: str = "*", times: int | None = None) -> None:
        """Plan this fault and no other; None heals."""
        self.faults.only(name, method, times)
        self.changed()

    def set_automatic(self, *, enabled: bool, after: float) -> None:
        """Choose whether an SMS arrives by itself, ``after`` seconds after each further purchase."""
        if after < 0:
            raise NotPossible("An SMS cannot arrive before its number was bought.")
        self._automatic = Automatic(enabled, after)
        self.changed()

    def stock_rent(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers are for rent and what one costs for ``rent_hours``.

        Raises:
            NotPossible: the house has no such stock of its own; else as ``stock``.
        """
        del service, country, count, price
        raise NotPossible(f"{self.title} here has one stock for everything.")

    def deeds(self, order_id: str) -> Deeds:
        """Return what can be done to this order now besides sending it SMS and ending it."""
        del order_id
        return {}

    def play(self, order_id: str, deed: str) -> None:
        """Do one of an order's deeds; raises ``NotPossible`` for one that it does not have now."""
        deeds = self.deeds(order_id)
        if deed not in deeds:
            raise NotPossible(f"“{deed}” cannot be done to order {order_id} now.")
        deeds[deed]()
        self.changed()

    # Reading what happened

    def panel(self) -> dict[str, Any]:
        """Return everything that the panel shows, as JSON values; the newest orders first, 200 at most."""
        return {
            "slug": self.slug,
            "title": self.title,
            "currency": self.currency,
            "keys": [{"key": key.key, "balance": f"{key.balance:.2f}"} for key in self.keys.values()],
            "faults": [{"name": kind.name, "title": kind.title} for kind in self.faults.kinds.values()],
            "fault": self.faults.current,
            "methods": list(self._methods),
            "automatic": {"enabled": self._automatic.enabled, "after": self._automatic.after},
            "rent_hours": self.rent_hours,
            "orders": [order | {"deeds": [*self.deeds(order["id"])]} for order in self.shown_orders()],
        }

    @abstractmethod
    def shown_orders(self) -> list[dict[str, Any]]:
        """Return the newest ``SHOWN_ORDERS`` orders as the panel shows them, newest first.

        Each has ``id``, ``phone``, ``service``, ``country``, ``state`` (a word), ``price`` (``2.00``),
        ``created_at`` and ``expires_at`` (Unix seconds) and ``sms``, a list of ``text``, ``code``, ``at``.
        A rental has a true ``rental`` and, where numbers sleep, ``presence`` (a word).
        """

    # For the simulators themselves

    def changed(self) -> None:
        """Tell the listeners that something in this world is not what it was."""
        for listener in self.listeners:
            listener()

    @abstractmethod
    def awaits_sms(self, order_id: str) -> bool:
        """Whether an SMS that comes by itself may still come to this order."""

    def send_automatically(self, order_id: str, name: str) -> None:
        """Send an SMS of the service with this name to a new order, when the automatic is on."""
        if not self._automatic.enabled:
            return
        self.send_off(self._later(order_id, name, self._automatic.after))

    def send_off(self, errand: Coroutine[Any, Any, None]) -> None:
        """Let something happen by itself, until it is done or the app that serves the simulator ends."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def close(self, _app: web.Application) -> None:
        """End what is under way; to be called when the app that serves the simulator ends."""
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    async def _later(self, order_id: str, name: str, seconds: float) -> None:
        await self.clock.sleep(seconds)
        if self._automatic.enabled and self.awaits_sms(order_id):
            code = f"{zlib.crc32(order_id.encode()) % 1_000_000:06}"
            self.deliver(order_id, f"{name}: your code is {code}. Do not share it with anyone.", code, name)
