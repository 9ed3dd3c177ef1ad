"""A simulated house that speaks ``handler_api.php``, as tests and the panel hold it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from aiohttp import web

from bot.clock import Clock
from sandbox.deeds import Deeds, time_left
from sandbox.faults import Kind
from sandbox.handler_api import webhooks
from sandbox.handler_api.faults import UNTIL, kinds
from sandbox.handler_api.house import House
from sandbox.handler_api.methods import CHANGING, METHODS
from sandbox.handler_api.records import Activation, Lease, Rental, Sms, Stage, Variant
from sandbox.handler_api.rentals import BASE_HOURS, WHOLE, Rentals
from sandbox.handler_api.replies import Ask, Prints, Refused, printed, word_of
from sandbox.handler_api.shown import shown
from sandbox.handler_api.world import World
from sandbox.keys import Key, money
from sandbox.ledger import Asked
from sandbox.provider import NotPossible
from sandbox.simulator import SHOWN_ORDERS, Simulator
from sandbox.wire import Answer, form_of, respond

PATH = "/stubs/handler_api.php"
_BAN = timedelta(hours=1)


class HandlerApiSimulator(Simulator):
    """One house with its activations and rentals; see ``Simulator`` for what it shares with others.

    Attributes:
        house: what makes it this provider and no other.
        prints: how values look on the wire; may be replaced at any time.
        world: shelves, activations, calls, blacklists; tests may set its attributes.
        rentals: what is rented, and what can be.
        webhooks: by key, the address to which every SMS is posted.
    """

    rent_hours = BASE_HOURS

    def __init__(
        self,
        house: House,
        clock: Clock | None = None,
        prints: Prints | None = None,
        memory: int | None = None,
    ) -> None:
        self.house = house
        self.slug, self.title, self.currency = house.slug, house.title, house.currency
        super().__init__(clock, memory, METHODS[house.slug], kinds(house))
        self.prints = prints or Prints(json="document" if house.careless else "proper")
        self.world = World(house, self.clock, self.keys)
        self.rentals = Rentals(house, self.clock, self.keys)
        self.webhooks: dict[str, str] = {}

    # Playing the provider

    def stock(
        self,
        service: str,
        country: str,
        count: int,
        price: str | Decimal,
        variant: Variant = Variant.SMS,
    ) -> None:
        """Set how many numbers there are at the regular price, and that price.

        Raises:
            NotPossible: a service or country that is not sold here, a negative count or price.
        """
        self.world.stock(service, country, count, money(price), variant)
        self.changed()

    def stock_dearer(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Add numbers at a higher price, for those who say how much they would pay."""
        self.world.stock_dearer(service, country, count, money(price))
        self.changed()

    def stock_rent(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers are for rent (service ``full``: for all services) and what 4 hours cost."""
        self.rentals.stock(service, country, count, money(price))
        self.changed()

    def fill(self, rows: Iterable[tuple[str, str, int, Decimal]]) -> None:
        """Stock many shelves: rows of service, country, count, price."""
        for service, country, count, price in rows:
            self.world.stock(service, country, count, price, Variant.SMS)
        self.changed()

    def deliver(self, order_id: str, text: str, code: str | None = None, sender: str = "") -> Sms:
        """Let an SMS arrive; at a number that was bought to take a call, a call from ``sender`` or ``text``.

        Raises:
            NotPossible: no such order, or it has ended.
        """
        order = self._living(order_id)
        if isinstance(order, Rental):
            sms, url = self.rentals.receive(order, text, code, sender), order.url
        else:
            sms, url = self.world.receive(order, text, code, sender), self.webhooks.get(order.key)
        if url is not None:
            self.send_off(webhooks.post(self.clock, url, self._posted(order, sms)))
        self.changed()
        return sms

    def expire(self, order_id: str) -> None:
        """End an order's time now; raises ``NotPossible`` for one that has ended already."""
        order = self._living(order_id)
        order.expires_at = self.clock.now()
        if isinstance(order, Rental):
            self.rentals.end(order, Lease.OVER)
        else:
            self.world.expire(order)
        self.changed()

    def deeds(self, order_id: str) -> Deeds:
        """Return what can be done to a living rental: what the house has for it (``House.rental_deeds``)."""
        order = self._any(order_id)
        if not isinstance(order, Rental) or not order.alive:
            return {}
        shorten = time_left(order.expires_at, self.clock.now(), partial(self.rentals.end_at, order))
        deeds: Deeds = {"revoke": partial(self.revoke, order_id), **shorten}
        return {name: deed for name, deed in deeds.items() if name in self.house.rental_deeds}

    def revoke(self, order_id: str) -> None:
        """Take a rented number away and give the money back."""
        order = self._living(order_id)
        if not isinstance(order, Rental):
            raise NotPossible("Only a rented number can be taken away.")
        self.rentals.end(order, Lease.REVOKED)
        self.changed()

    def have_resent(self, order_id: str) -> None:
        """Ask the client to let its SMS be sent once more."""
        order = self._living(order_id)
        if not isinstance(order, Activation):
            raise NotPossible("A rented number needs no second SMS.")
        order.stage = Stage.RESEND
        self.changed()

    # Reading what happened

    @property
    def orders(self) -> list[Activation]:
        """All activations, oldest first, lifetimes up to date."""
        self._settle()
        return list(self.world.activations.values())

    def order(self, order_id: str) -> Activation:
        """Return one activation, its lifetime up to date; raises ``NotPossible`` where there is none."""
        order = self._any(order_id)
        if not isinstance(order, Activation):
            raise NotPossible(f"Order {order_id} is a rental.")
        return order

    def rental(self, order_id: str) -> Rental:
        """Return one rental, its time up to date; raises ``NotPossible`` where there is none."""
        order = self._any(order_id)
        if not isinstance(order, Rental):
            raise NotPossible(f"Order {order_id} is no rental.")
        return order

    def key(self, key: str) -> Key:
        """Return a key with its balance and reserve, lifetimes up to date."""
        self._settle()
        return self.keys[key]

    def shown_orders(self) -> list[dict[str, Any]]:
        """Return the newest activations and rentals as the panel shows them."""
        self._settle()
        every: list[Activation | Rental] = [*self.world.activations.values(), *self.rentals.rentals.values()]
        every.sort(key=lambda order: order.created_at, reverse=True)
        return [shown(order, self.house) for order in every[:SHOWN_ORDERS]]

    def awaits_sms(self, order_id: str) -> bool:
        """Whether the order is alive."""
        return self._any(order_id).alive

    # Serving

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Serve ``/stubs/handler_api.php`` under the prefix, by GET and POST, and end with the app."""
        app.router.add_route("GET", prefix + PATH, self._handle)
        app.router.add_route("POST", prefix + PATH, self._handle)
        app.on_cleanup.append(self.close)

    def answer(self, form: Mapping[str, str], verb: str) -> tuple[Kind | None, Answer]:
        """Take one request: do what it asks for unless a fault forbids, and write it down.

        Returns:
            The fault that it meets, and the answer without it.
        """
        method = form.get("action", "")
        ended = self._settle()
        kind = self.faults.take(method)
        if kind is None or kind.applied:
            answer: Answer | None = printed(self._said(form))
        elif kind.refusals is not None:
            until = (self.clock.now() + _BAN).astimezone(self.house.zone).strftime("%Y-%m-%d %H-%M-%S")
            answer = printed(kind.refusals[method].replace(UNTIL, until))
        else:
            answer = None
        self.ledger.asked(
            Asked(
                at=self.clock.now(),
                method=method,
                form=form,
                verb=verb,
                fault=kind.name if kind else None,
                status=word_of(answer.text) if answer else None,
                order_id=form.get("id") or form.get("activationId", ""),
            )
        )
        self._announce()
        if ended or kind or method in CHANGING:
            self.changed()
        return kind, answer or Answer("")

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        kind, answer = self.answer(await form_of(request), request.method)
        return await respond(request, answer, kind, self.clock)

    def _said(self, form: Mapping[str, str]) -> Any:
        """Return what the house says: a text, or a value that becomes JSON."""
        words, name = self.house.words, form.get("action")
        given = form.get("api_key")
        if not given:
            return words.no_key
        if not name:
            return words.no_action
        key = self.keys.get(given)
        if key is None:
            return "BAD_KEY"
        method = METHODS[self.slug].get(name)
        if method is None:
            return "BAD_ACTION"
        try:
            return method(Ask(self.world, self.rentals, self.prints, key, form))
        except Refused as refused:
            return refused.said

    def _announce(self) -> None:
        """Have SMS come by themselves to what was just bought."""
        born: list[Activation | Rental] = [*self.world.born, *self.rentals.born]
        for order in born:
            self.send_automatically(order.id, self._name(order.service))
        self.world.born.clear()
        self.rentals.born.clear()

    def _posted(self, order: Activation | Rental, sms: Sms) -> dict[str, Any]:
        return {
            "activationId": int(order.id),
            "service": sms.service,
            "text": sms.text,
            "code": sms.shown,
            "country": int(order.country) if order.country.isdecimal() else order.country,
            "receivedAt": sms.at.astimezone(self.house.zone).strftime("%Y-%m-%d %H:%M:%S"),
        }

    def _name(self, service: str) -> str:
        return self.house.services[service][0] if service != WHOLE else "Sandbox"

    def _settle(self) -> int:
        return self.world.settle() + self.rentals.settle()

    def _any(self, order_id: str) -> Activation | Rental:
        self._settle()
        order = self.world.activations.get(order_id) or self.rentals.rentals.get(order_id)
        if order is None:
            raise NotPossible(f"{self.title} here has no order {order_id}.")
        return order

    def _living(self, order_id: str) -> Activation | Rental:
        order = self._any(order_id)
        if not order.alive:
            state = order.lease if isinstance(order, Rental) else order.stage
            raise NotPossible(f"Order {order_id} has ended ({state}).")
        return order
