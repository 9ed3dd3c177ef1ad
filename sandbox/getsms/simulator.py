"""The simulated Get-SMS as tests and the panel hold it: play the provider, read what happened."""

import asyncio
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from aiohttp import web

from bot.clock import Clock, SystemClock
from sandbox.getsms import methods, wire
from sandbox.getsms.faults import KINDS, METHODS, Faults, Kind
from sandbox.getsms.ledger import Asked, Ledger
from sandbox.getsms.replies import Prints, Reply, refusal
from sandbox.getsms.shop import Key, Order, Shop, Sms, State
from sandbox.provider import NotPossible

_SHOWN_ORDERS = 200
_CHANGING = ("getnumber", "refusenumber", "bannumber")


@dataclass(frozen=True, slots=True)
class Automatic:
    """Whether an SMS arrives by itself, and how many seconds after a purchase."""

    enabled: bool = False
    after: float = 6


class GetSmsSimulator:
    """A Get-SMS with its own keys, stock, orders and bad days.

    It starts with nothing in stock and no keys. Nothing happens by itself unless ``set_automatic`` says so;
    time is the injected clock's.

    Attributes:
        ledger: every request and every movement of money.
        faults: what will go wrong next.
        prints: how values look on the wire; may be replaced at any time.
        listeners: called, without arguments, after anything changed.
    """

    slug = "getsms"
    title = "Get-SMS"
    currency = "RUB"

    def __init__(
        self, clock: Clock | None = None, prints: Prints | None = None, memory: int | None = None
    ) -> None:
        self.clock = clock or SystemClock()
        self.prints = prints or Prints()
        self.ledger = Ledger(memory)
        self.faults = Faults()
        self.listeners: list[Callable[[], None]] = []
        self._shop = Shop(self.clock, self.ledger)
        self._automatic = Automatic()
        self._errands: set[asyncio.Task[None]] = set()

    # Playing the provider

    def add_key(self, key: str, balance: str | Decimal = "100.00") -> Key:
        """Make an API key known, with this to spend."""
        made = self._shop.keys[key] = Key(key, _money(balance))
        self._changed()
        return made

    def set_balance(self, key: str, balance: str | Decimal) -> None:
        """Set what the key may spend (below zero: it owes). What is in reserve stays there."""
        if key not in self._shop.keys:
            raise NotPossible("Get-SMS here does not know this key.")
        self._shop.keys[key].balance = _money(balance)
        self._changed()

    def stock(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers there are and what one costs; an unknown service becomes known.

        Raises:
            NotPossible: a country that is not sold here, a negative count or price, or a price that is none.
        """
        self._shop.stock(service, country, count, _money(price))
        self._changed()

    def fill(self, rows: Iterable[tuple[str, str, int, Decimal]]) -> None:
        """Stock many shelves: rows of service, country, count, price."""
        for row in rows:
            self._shop.stock(*row)
        self._changed()

    def deliver(self, order_id: str, text: str, code: str | None = None, sender: str = "") -> Sms:
        """Let an SMS arrive at the order's number; ``code`` None: the provider makes out no code in it.

        Raises:
            NotPossible: no such order, or it has ended.
        """
        sms = self._shop.receive(self._living(order_id), text, code, sender)
        self._changed()
        return sms

    def expire(self, order_id: str) -> None:
        """End the order's lifetime now; raises ``NotPossible`` for one that has ended already."""
        order = self._living(order_id)
        self._shop.end(order, State.OVER)
        order.expires_at = self.clock.now()
        self._changed()

    def fault(
        self,
        name: str,
        method: str = "*",
        times: int | None = 1,
        *,
        applied: bool | None = None,
        seconds: float | None = None,
    ) -> None:
        """Plan a fault after those already planned; arguments as in ``Faults.plan``."""
        self.faults.plan(name, method, times, applied=applied, seconds=seconds)
        self._changed()

    def break_with(self, name: str | None, method: str = "*", times: int | None = None) -> None:
        """Plan this fault and no other; None heals."""
        before, self.faults = self.faults, Faults()
        if name is not None:
            try:
                self.faults.plan(name, method, times)
            except NotPossible:
                self.faults = before
                raise
        self._changed()

    def set_automatic(self, *, enabled: bool, after: float) -> None:
        """Choose whether an SMS arrives by itself, ``after`` seconds after each further purchase."""
        if after < 0:
            raise NotPossible("An SMS cannot arrive before its number was bought.")
        self._automatic = Automatic(enabled, after)
        self._changed()

    # Reading what happened

    @property
    def orders(self) -> list[Order]:
        """All orders, oldest first, lifetimes up to date."""
        self._shop.settle()
        return list(self._shop.orders.values())

    def order(self, order_id: str) -> Order:
        """Return one order, its lifetime up to date; raises ``NotPossible`` where there is none."""
        self._shop.settle()
        if order_id not in self._shop.orders:
            raise NotPossible(f"Get-SMS here has no order {order_id}.")
        return self._shop.orders[order_id]

    def key(self, key: str) -> Key:
        """Return a key with its balance and reserve, lifetimes up to date."""
        self._shop.settle()
        return self._shop.keys[key]

    def panel(self) -> dict[str, Any]:
        """Return everything that the panel shows, as JSON values; the newest orders first, 200 at most."""
        newest = self.orders[: -_SHOWN_ORDERS - 1 : -1]
        return {
            "slug": self.slug,
            "title": self.title,
            "currency": self.currency,
            "keys": [{"key": key.key, "balance": f"{key.balance:.2f}"} for key in self._shop.keys.values()],
            "faults": [{"name": kind.name, "title": kind.title} for kind in KINDS.values()],
            "fault": self.faults.current,
            "methods": list(METHODS),
            "automatic": {"enabled": self._automatic.enabled, "after": self._automatic.after},
            "orders": [_shown(order) for order in newest],
        }

    # Serving

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Serve ``/api/v1/`` under the prefix, by GET and POST, and end with the app."""
        wire.mount(self, app, prefix)
        app.on_cleanup.append(self._close)

    def answer(self, form: Mapping[str, str], verb: str) -> tuple[Kind | None, str, int]:
        """Take one request: do what it asks for unless a fault forbids, and write it down.

        Returns:
            The fault that it meets, the body of the answer and the status in it.
        """
        method = form.get("method", "")
        ended = self._shop.settle()
        kind = self.faults.take(method)
        reply, applied = self._reply(kind, form)
        self.ledger.asked(
            Asked(
                at=self.clock.now(),
                method=method,
                form=form,
                verb=verb,
                fault=kind.name if kind else None,
                status=reply.status if kind is None or applied or kind.statuses else None,
            )
        )
        if applied and method == "getnumber" and reply.status == web.HTTPOk.status_code:
            self._send_automatically(reply.data["order_id"])
        if ended or kind or method in _CHANGING:
            self._changed()
        return kind, self.prints.body(reply), reply.status

    def _reply(self, kind: Kind | None, form: Mapping[str, str]) -> tuple[Reply, bool]:
        if kind is None or kind.applied:
            return methods.answer(self._shop, self.prints, form), True
        method = form.get("method", "")
        if kind.statuses is not None:
            return refusal(method, kind.statuses[method]), False
        return Reply(200, {}), False

    def _send_automatically(self, order_id: str) -> None:
        if not self._automatic.enabled:
            return
        errand = asyncio.create_task(self._later(order_id, self._automatic.after))
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)

    async def _later(self, order_id: str, seconds: float) -> None:
        await self.clock.sleep(seconds)
        order = self.order(order_id)
        if order.alive and self._automatic.enabled:
            code = f"{zlib.crc32(order_id.encode()) % 1_000_000:06}"
            name = self._shop.services[order.service]
            self.deliver(order_id, f"{name}: your code is {code}. Do not share it with anyone.", code, name)

    async def _close(self, _app: web.Application) -> None:
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    def _living(self, order_id: str) -> Order:
        order = self.order(order_id)
        if not order.alive:
            raise NotPossible(f"Order {order_id} has ended ({order.state}).")
        return order

    def _changed(self) -> None:
        for listener in self.listeners:
            listener()


def _money(amount: str | Decimal) -> Decimal:
    try:
        money = Decimal(amount)
    except InvalidOperation:
        money = Decimal("NaN")
    if not money.is_finite():
        raise NotPossible("An amount of money is a number, like 100.00.")
    return money


def _shown(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "phone": order.phone,
        "service": order.service,
        "country": order.country,
        "state": order.state.value,
        "price": f"{order.price:.2f}",
        "created_at": int(order.created_at.timestamp()),
        "expires_at": int(order.expires_at.timestamp()),
        "sms": [{"text": sms.text, "code": sms.code, "at": int(sms.at.timestamp())} for sms in order.sms],
    }
