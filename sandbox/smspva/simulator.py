"""The simulated SMSPVA as tests and the panel hold it: play the provider, read what happened."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from aiohttp import web

from bot.clock import Clock
from sandbox.deeds import Deeds, time_left
from sandbox.faults import Kind
from sandbox.keys import Key, money
from sandbox.ledger import Asked
from sandbox.provider import NotPossible
from sandbox.simulator import SHOWN_ORDERS, Simulator
from sandbox.smspva import keeping
from sandbox.smspva.faults import KINDS, METHODS
from sandbox.smspva.methods import Ask
from sandbox.smspva.rents import Presence, Rent, Sms
from sandbox.smspva.replies import INCORRECT_METHOD, Prints, Refused
from sandbox.smspva.world import World
from sandbox.wire import Answer, form_of, respond

PATHS = ("/api/rent.php", "/rent.php")
"""Both are printed; the second under ``getCountWithProviders`` alone."""

_QUIET = ("getcountries", "getdata", "getdataWithProviders", "getCountWithProviders", "orders")


class SmspvaSimulator(Simulator):
    """An SMSPVA, which rents numbers out; see ``Simulator`` for what it shares with the others.

    Prices are a day's. An SMS can come only to a number that is awake. Those that come by themselves come
    after the purchase to a number that is always on, else after each waking.

    Attributes:
        prints: how answers look on the wire; may be replaced at any time.
        world: shelves and rents; tests may set its attributes, ``waking`` first of all.
    """

    slug = "smspva"
    title = "SMSPVA"
    currency = "USD"

    def __init__(
        self, clock: Clock | None = None, prints: Prints | None = None, memory: int | None = None
    ) -> None:
        super().__init__(clock, memory, METHODS, KINDS)
        self.prints = prints or Prints()
        self.world = World(self.clock, self.keys)

    # Playing the provider

    def stock(self, service: str, country: str, count: int, price: str | Decimal) -> None:
        """Set how many numbers there are and what a day costs; an unknown service becomes known.

        Raises:
            NotPossible: a country that is not sold here, a negative count or price, or a price that is none.
        """
        self.world.stock(service, country, count, money(price))
        self.changed()

    def fill(self, rows: Iterable[tuple[str, str, int, Decimal]]) -> None:
        """Stock many shelves: rows of service, country, count, price of a day."""
        for row in rows:
            self.world.stock(*row)
        self.changed()

    def deliver(self, order_id: str, text: str, code: str | None = None, sender: str = "") -> Sms:
        """Let an SMS arrive; the provider itself makes out no code, so ``code`` is for the panel alone.

        Raises:
            NotPossible: no such order, it has ended, or its number is not awake.
        """
        rent = self._living(order_id)
        if self.world.presence(rent.line) is not Presence.AWAKE:
            raise NotPossible(f"The number of order {order_id} is not awake: it must be activated first.")
        sms = self.world.receive(rent, text, code, sender)
        self.changed()
        return sms

    def expire(self, order_id: str) -> None:
        """End a rent now; raises ``NotPossible`` for one that has ended already."""
        rent = self._living(order_id)
        rent.until = self.clock.now()
        self.world.close(rent, deleted=False)
        self.changed()

    def deeds(self, order_id: str) -> Deeds:
        """Return what can be done to a living rent: wake its number, let it sleep, lose it, shorten it."""
        rent = self.order(order_id)
        if not rent.alive:
            return {}
        deeds: dict[str, Callable[[], object]] = {}
        presence = self.world.presence(rent.line)
        if presence in (Presence.ASLEEP, Presence.WAKING):
            deeds["wake"] = partial(self.wake, order_id)
        if presence is Presence.AWAKE and not rent.line.always_on:
            deeds["sleep"] = partial(self.sleep, order_id)
        if presence is not Presence.MISSING:
            deeds["lose"] = partial(self.lose, order_id)
        return {**deeds, **time_left(rent.until, self.clock.now(), partial(self.end_at, order_id))}

    def wake(self, order_id: str) -> None:
        """Have a number awake at once, whether or not it was asked to wake."""
        rent = self._living(order_id)
        waits_already = self.world.presence(rent.line) is Presence.WAKING
        rent.line.woken_at = self.clock.now() - self.world.waking.queue
        if not waits_already:
            self.send_off(self._wake(rent, timedelta(0)))
        self.changed()

    def sleep(self, order_id: str) -> None:
        """Have a number fall asleep before its time."""
        line = self._living(order_id).line
        line.last_online, line.woken_at = self.clock.now(), None
        self.changed()

    def end_at(self, order_id: str, moment: datetime) -> None:
        """Let a rent end at another moment."""
        self._living(order_id).until = moment
        self.changed()

    def lose(self, order_id: str) -> None:
        """Take the number of a rent out of the system, for all orders on it."""
        self.order(order_id).line.missing = True
        self.changed()

    # Reading what happened

    @property
    def orders(self) -> list[Rent]:
        """All rents, oldest first, archived ones included."""
        self.world.settle()
        return list(self.world.rents.values())

    def order(self, order_id: str) -> Rent:
        """Return one rent, its time up to date; raises ``NotPossible`` where there is none."""
        self.world.settle()
        if order_id not in self.world.rents:
            raise NotPossible(f"SMSPVA here has no order {order_id}.")
        return self.world.rents[order_id]

    def key(self, key: str) -> Key:
        """Return a key with its balance."""
        return self.keys[key]

    def shown_orders(self) -> list[dict[str, Any]]:
        """Return the newest rents as the panel shows them."""
        return [self._shown(rent) for rent in self.orders[: -SHOWN_ORDERS - 1 : -1]]

    def awaits_sms(self, order_id: str) -> bool:
        """Whether the rent is alive and its number awake."""
        rent = self.order(order_id)
        return rent.alive and self.world.presence(rent.line) is Presence.AWAKE

    # Serving

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Serve ``/api/rent.php`` and ``/rent.php`` under the prefix, by GET alone, and end with the app."""
        for path in PATHS:
            app.router.add_get(prefix + path, self._handle)
        app.on_cleanup.append(self.close)

    def answer(self, form: Mapping[str, str], verb: str) -> tuple[Kind | None, Answer]:
        """Take one request: do what it asks for unless a fault forbids, and write it down.

        Returns:
            The fault that it meets, and the answer without it.
        """
        method = form.get("method", "")
        ended = self.world.settle()
        kind = self.faults.take(method)
        status: int | None = None
        text = ""
        if kind is None or kind.applied:
            status, text = self._said(method, form)
        elif kind.refusals is not None:
            status, text = 0, self.prints.refusal(Refused(kind.refusals[method]))
        self.ledger.asked(
            Asked(
                at=self.clock.now(),
                method=method,
                form=form,
                verb=verb,
                fault=kind.name if kind else None,
                status=status,
                order_id=form.get("id", "").strip(),
            )
        )
        self._follow()
        if ended or kind or method not in _QUIET:
            self.changed()
        return kind, Answer(text)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        kind, answer = self.answer(await form_of(request), request.method)
        return await respond(request, answer, kind, self.clock)

    def _said(self, method: str, form: Mapping[str, str]) -> tuple[int, str]:
        """Return the status and the text of the answer."""
        work = keeping.METHODS.get(method)
        if work is None:
            return 0, self.prints.refusal(Refused(INCORRECT_METHOD))
        try:
            return 1, self.prints.body(method, work(Ask(self.world, self.prints, form)))
        except Refused as refused:
            return 0, self.prints.refusal(refused)

    def _follow(self) -> None:
        """Set going what comes by itself: SMS to new numbers that are awake, and the waking of others."""
        for rent in self.world.born:
            if self.awaits_sms(rent.id):
                self.send_automatically(rent.id, self.world.services[rent.service])
        for rent in self.world.woken:
            self.send_off(self._wake(rent, self.world.waking.queue))
        self.world.born.clear()
        self.world.woken.clear()

    async def _wake(self, rent: Rent, queue: timedelta) -> None:
        """Announce that a number is awake, and later that it is not any more."""
        await self.clock.sleep(queue.total_seconds())
        self.changed()
        if self.awaits_sms(rent.id):
            self.send_automatically(rent.id, self.world.services[rent.service])
        await self.clock.sleep(self.world.waking.awake.total_seconds())
        self.changed()

    def _shown(self, rent: Rent) -> dict[str, Any]:
        return {
            "id": rent.id,
            "phone": rent.line.phone,
            "service": rent.service,
            "service_name": self.world.services.get(rent.service, rent.service),
            "country": rent.line.country,
            "state": _state(rent),
            "price": f"{rent.paid:.2f}",
            "created_at": int(rent.begin.timestamp()),
            "expires_at": int(rent.until.timestamp()),
            "sms": [{"text": sms.text, "code": sms.code, "at": int(sms.at.timestamp())} for sms in rent.sms],
            "rental": True,
            "presence": self.world.presence(rent.line).name.lower() if rent.alive else None,
        }

    def _living(self, order_id: str) -> Rent:
        rent = self.order(order_id)
        if not rent.alive:
            raise NotPossible(f"Order {order_id} has ended ({_state(rent)}).")
        return rent


def _state(rent: Rent) -> str:
    if rent.alive:
        return "received" if rent.sms else "waiting"
    return "canceled" if rent.deleted else "over"
