"""The simulated Get-SMS as tests and the panel hold it: play the provider, read what happened."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from aiohttp import web

from bot.clock import Clock
from sandbox.faults import Kind
from sandbox.getsms import methods
from sandbox.getsms.faults import KINDS, METHODS
from sandbox.getsms.replies import Prints, Reply, refusal
from sandbox.getsms.shop import Order, Shop, Sms, State
from sandbox.keys import Key, money
from sandbox.ledger import Asked
from sandbox.provider import NotPossible
from sandbox.simulator import SHOWN_ORDERS, Simulator
from sandbox.wire import Answer, form_of, respond

_CHANGING = ("getnumber", "refusenumber", "bannumber")


class GetSmsSimulator(Simulator):
    """A Get-SMS; see ``Simulator`` for what it shares with the others.

    Attributes:
        prints: how values look on the wire; may be replaced at any time.
    """

    slug = "getsms"
    title = "Get-SMS"
    currency = "RUB"

    def __init__(
        self, clock: Clock | None = None, prints: Prints | None = None, memory: int | None = None
    ) -> None:
        super().__init__(clock, memory, METHODS, KINDS)
        self.prints = prints or Prints()
        self._shop = Shop(self.clock, self.keys)

    # Playing the provider

    def stock(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers there are and what one costs; an unknown service becomes known.

        Raises:
            NotPossible: a country that is not sold here, a negative count or price, or a price that is none.
        """
        self._shop.stock(service, country, count, money(price))
        self.changed()

    def fill(self, rows: Iterable[tuple[str, str, int, Decimal]]) -> None:
        """Stock many shelves: rows of service, country, count, price."""
        for row in rows:
            self._shop.stock(*row)
        self.changed()

    def deliver(self, order_id: str, text: str, code: str | None = None, sender: str = "") -> Sms:
        """Let an SMS arrive at the order's number; ``code`` None: the provider makes out no code in it.

        Raises:
            NotPossible: no such order, or it has ended.
        """
        sms = self._shop.receive(self._living(order_id), text, code, sender)
        self.changed()
        return sms

    def expire(self, order_id: str) -> None:
        """End the order's lifetime now; raises ``NotPossible`` for one that has ended already."""
        order = self._living(order_id)
        self._shop.end(order, State.OVER)
        order.expires_at = self.clock.now()
        self.changed()

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
        return self.keys[key]

    def shown_orders(self) -> list[dict[str, Any]]:
        """Return the newest orders as the panel shows them, lifetimes up to date."""
        return [_shown(order) for order in self.orders[: -SHOWN_ORDERS - 1 : -1]]

    def awaits_sms(self, order_id: str) -> bool:
        """Whether the order is alive."""
        return self.order(order_id).alive

    # Serving

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Serve ``/api/v1/`` under the prefix, by GET and POST, and end with the app."""
        app.router.add_route("GET", f"{prefix}/api/v1/", self._handle)
        app.router.add_route("POST", f"{prefix}/api/v1/", self._handle)
        app.on_cleanup.append(self.close)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        kind, body, status = self.answer(await form_of(request), request.method)
        return await respond(
            request, Answer(body, status if self.prints.http_status else 200), kind, self.clock
        )

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
                status=reply.status if kind is None or applied or kind.refusals else None,
                order_id=form.get("order_id", ""),
            )
        )
        if applied and method == "getnumber" and reply.status == web.HTTPOk.status_code:
            bought = self._shop.orders[reply.data["order_id"]]
            self.send_automatically(bought.id, self._shop.services[bought.service])
        if ended or kind or method in _CHANGING:
            self.changed()
        return kind, self.prints.body(reply), reply.status

    def _reply(self, kind: Kind | None, form: Mapping[str, str]) -> tuple[Reply, bool]:
        if kind is None or kind.applied:
            return methods.answer(self._shop, self.prints, form), True
        method = form.get("method", "")
        if kind.refusals is not None:
            return refusal(method, kind.refusals[method]), False
        return Reply(200, {}), False

    def _living(self, order_id: str) -> Order:
        order = self.order(order_id)
        if not order.alive:
            raise NotPossible(f"Order {order_id} has ended ({order.state}).")
        return order


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
