"""The simulated Get-SMS as tests and the panel hold it: play the provider, read what happened."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from aiohttp import web

from bot.clock import Clock
from sandbox.deeds import Deeds
from sandbox.faults import Kind
from sandbox.getsms import compatible, methods, rent_methods, rent_replies
from sandbox.getsms.faults import KINDS, METHODS
from sandbox.getsms.rent_shop import Rental, RentShop, RentState
from sandbox.getsms.replies import Prints, Reply, refusal
from sandbox.getsms.shop import Order, Shop, Sms, State
from sandbox.handler_api.replies import printed, word_of
from sandbox.keys import Key, money
from sandbox.ledger import Asked
from sandbox.provider import NotPossible
from sandbox.simulator import SHOWN_ORDERS, Simulator
from sandbox.wire import Answer, form_of, respond

_CHANGING = rent_replies.CHANGING | {"getnumber", "refusenumber", "bannumber", "getNumber", "setStatus"}
_SHOWN_AS: Mapping[str, str] = {RentState.COMPLETED: "over"}  # a word that the panel does not know


class GetSmsSimulator(Simulator):
    """A Get-SMS: its API v1, its rent API v2 and its compatible API; see ``Simulator`` for what all have.

    In faults and in the ledger, the rent API's methods begin with ``rent/``.

    Attributes:
        prints: how values of v1 and of the rent API look on the wire; may be replaced at any time.
    """

    slug = "getsms"
    title = "Get-SMS"
    currency = "RUB"
    rent_hours = 24

    def __init__(
        self, clock: Clock | None = None, prints: Prints | None = None, memory: int | None = None
    ) -> None:
        super().__init__(clock, memory, (*METHODS, *compatible.METHODS, *rent_replies.METHODS), KINDS)
        self.prints = prints or Prints()
        self._shop = Shop(self.clock, self.keys)
        self._compatible = compatible.Compatible(self._shop)
        self._rent = RentShop(self.clock, self.keys, self._shop.services)

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

    def stock_rent(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers are for rent and what a day costs; errors as in ``stock``."""
        self._rent.stock(service, country, count, money(price))
        self.changed()

    def deliver(self, order_id: str, text: str, code: str | None = None, sender: str = "") -> Sms:
        """Let an SMS arrive at an order's or a rental's number; ``code`` None: no code is made out in it.

        Raises:
            NotPossible: no such order, or it has ended.
        """
        order = self._living(order_id)
        if isinstance(order, Rental):
            sms = self._rent.receive(order, text, code, sender)
        else:
            sms = self._shop.receive(order, text, code, sender)
        self.changed()
        return sms

    def expire(self, order_id: str) -> None:
        """End an order's or a rental's time now; raises ``NotPossible`` for one that has ended already."""
        order = self._living(order_id)
        order.expires_at = self.clock.now()
        if isinstance(order, Rental):
            self._rent.end(order, RentState.OVER)
        else:
            self._shop.end(order, State.OVER)
        self.changed()

    def deeds(self, order_id: str) -> Deeds:
        """Return what can be done to a living rental: to close it before its time."""
        order = self._any(order_id)
        return (
            {"complete": partial(self.complete, order_id)}
            if isinstance(order, Rental) and order.alive
            else {}
        )

    def complete(self, rental_id: str) -> None:
        """Close a rental before its time; raises ``NotPossible`` for one that has ended already."""
        rental = self._living(rental_id)
        if not isinstance(rental, Rental):
            raise NotPossible("Only a rental can be completed.")
        self._rent.end(rental, RentState.COMPLETED)
        self.changed()

    # Reading what happened

    @property
    def orders(self) -> list[Order]:
        """All orders but rentals, oldest first, lifetimes up to date."""
        self._settle()
        return list(self._shop.orders.values())

    def order(self, order_id: str) -> Order:
        """Return one order, its lifetime up to date; raises ``NotPossible`` where there is none."""
        self._settle()
        if order_id not in self._shop.orders:
            raise NotPossible(f"Get-SMS here has no order {order_id}.")
        return self._shop.orders[order_id]

    @property
    def rentals(self) -> list[Rental]:
        """All rentals, deleted ones too, oldest first, their time up to date."""
        self._settle()
        return list(self._rent.rentals.values())

    def rental(self, rental_id: str) -> Rental:
        """Return one rental, its time up to date; raises ``NotPossible`` where there is none."""
        self._settle()
        if rental_id not in self._rent.rentals:
            raise NotPossible(f"Get-SMS here has no rental {rental_id}.")
        return self._rent.rentals[rental_id]

    def key(self, key: str) -> Key:
        """Return a key with its balance and reserve, lifetimes up to date."""
        self._settle()
        return self.keys[key]

    def shown_orders(self) -> list[dict[str, Any]]:
        """Return the newest orders and rentals as the panel shows them, lifetimes up to date."""
        every: list[Order | Rental] = [*self.orders, *self._rent.rentals.values()]
        every.sort(key=lambda order: order.created_at)
        return [self._shown(order) for order in every[: -SHOWN_ORDERS - 1 : -1]]

    def awaits_sms(self, order_id: str) -> bool:
        """Whether the order or the rental is alive."""
        return self._any(order_id).alive

    # Serving

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Serve the three interfaces under the prefix, by GET and POST, and end with the app."""
        for verb in ("GET", "POST"):
            app.router.add_route(verb, f"{prefix}/api/v1/", self._handle)
            app.router.add_route(verb, f"{prefix}/api/v2/rent/", self._handle_rent)
            app.router.add_route(verb, f"{prefix}/stubs/handler_api.php", self._handle_compatible)
        app.on_cleanup.append(self.close)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        kind, body, status = self.answer(await form_of(request), request.method)
        return await respond(
            request, Answer(body, status if self.prints.http_status else 200), kind, self.clock
        )

    async def _handle_compatible(self, request: web.Request) -> web.StreamResponse:
        form = await form_of(request)
        method = form.get("action", "")
        kind, ended = self._begin(method)
        answer = None
        if kind is None or kind.applied:
            answer = printed(self._compatible.answer(form))
        elif kind.refusals is not None:
            answer = printed(kind.refusals[method])
        word = word_of(answer.text) if answer else None
        asked = Asked(
            self.clock.now(),
            method,
            form,
            request.method,
            kind.name if kind else None,
            word,
            form.get("id", ""),
        )
        self._finish(asked, news=bool(ended or kind))
        return await respond(request, answer or Answer(""), kind, self.clock)

    async def _handle_rent(self, request: web.Request) -> web.StreamResponse:
        form = await form_of(request)
        name = form.get("method", "")
        kind, ended = self._begin(rent_replies.PREFIX + name)
        reply = None
        if kind is None or kind.applied:
            reply = rent_methods.answer(self._rent, self.prints, form)
        elif kind.refusals is not None:
            reply = rent_replies.refusal(name, kind.refusals[rent_replies.PREFIX + name])
        asked = Asked(
            self.clock.now(),
            rent_replies.PREFIX + name,
            form,
            request.method,
            kind.name if kind else None,
            reply.status if reply else None,
            form.get("rentid", ""),
        )
        self._finish(asked, news=bool(ended or kind))
        text = json.dumps(reply.payload, ensure_ascii=False) if reply else ""
        http_status = reply.status if reply and self.prints.http_status else 200
        return await respond(request, Answer(text, http_status), kind, self.clock)

    def answer(self, form: Mapping[str, str], verb: str) -> tuple[Kind | None, str, int]:
        """Take one request of v1: do what it asks for unless a fault forbids, and write it down.

        Returns:
            The fault that it meets, the body of the answer and the status in it.
        """
        method = form.get("method", "")
        kind, ended = self._begin(method)
        reply, applied = self._reply(kind, form)
        status = reply.status if kind is None or applied or kind.refusals else None
        asked = Asked(
            self.clock.now(),
            method,
            form,
            verb,
            kind.name if kind else None,
            status,
            form.get("order_id", ""),
        )
        self._finish(asked, news=bool(ended or kind))
        return kind, self.prints.body(reply), reply.status

    def _begin(self, method: str) -> tuple[Kind | None, int]:
        """Bring lifetimes up to date; return the fault that this request meets, and how many ended."""
        ended = self._settle()
        return self.faults.take(method), ended

    def _finish(self, asked: Asked, *, news: bool) -> None:
        """Write the request down, have SMS come to what it bought, tell of what changed."""
        self.ledger.asked(asked)
        born: list[Order | Rental] = [*self._shop.born, *self._rent.born]
        for order in born:
            self.send_automatically(order.id, self._shop.services[order.service])
        self._shop.born.clear()
        self._rent.born.clear()
        if news or asked.method in _CHANGING:
            self.changed()

    def _reply(self, kind: Kind | None, form: Mapping[str, str]) -> tuple[Reply, bool]:
        if kind is None or kind.applied:
            return methods.answer(self._shop, self.prints, form), True
        method = form.get("method", "")
        if kind.refusals is not None:
            return refusal(method, kind.refusals[method]), False
        return Reply(200, {}), False

    def _settle(self) -> int:
        return self._shop.settle() + self._rent.settle()

    def _any(self, order_id: str) -> Order | Rental:
        return self.rental(order_id) if order_id in self._rent.rentals else self.order(order_id)

    def _shown(self, order: Order | Rental) -> dict[str, Any]:
        shown = {
            "id": order.id,
            "phone": order.phone,
            "service": order.service,
            "country": order.country,
            "state": _SHOWN_AS.get(order.state, order.state.value),
            "price": f"{order.price:.2f}",
            "created_at": int(order.created_at.timestamp()),
            "expires_at": int(order.expires_at.timestamp()),
            "sms": [{"text": sms.text, "code": sms.code, "at": int(sms.at.timestamp())} for sms in order.sms],
        }
        if isinstance(order, Rental):
            shown |= {"rental": True, "service_name": self._shop.services[order.service]}
        return shown

    def _living(self, order_id: str) -> Order | Rental:
        order = self._any(order_id)
        if not order.alive:
            raise NotPossible(f"Order {order_id} has ended ({order.state}).")
        return order
