"""The simulated API #2 as tests and the panel hold it: play the provider, read what happened."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from aiohttp import web

from bot.clock import Clock
from sandbox.faults import Kind
from sandbox.keys import money
from sandbox.ledger import Asked
from sandbox.provider import NotPossible
from sandbox.simulator import SHOWN_ORDERS, Simulator
from sandbox.sms_reg import methods
from sandbox.sms_reg.faults import KINDS
from sandbox.sms_reg.methods import METHODS
from sandbox.sms_reg.replies import Prints, Reply
from sandbox.sms_reg.shop import Operation, Shop, Sms, State
from sandbox.wire import Answer, form_of, respond

_LOOKING = ("getBalance", "getState")


class SmsRegSimulator(Simulator):
    """GetSMS.ONLINE by its API #2; see ``Simulator`` for what it shares with the others.

    Attributes:
        prints: how values look on the wire; may be replaced at any time.
        number_after: seconds from ``getNum`` until a number is found, or none.
    """

    slug = "sms-reg"
    title = "GetSMS.ONLINE (API #2)"
    currency = "RUB"

    def __init__(
        self,
        clock: Clock | None = None,
        prints: Prints | None = None,
        memory: int | None = None,
        number_after: float = 0,
    ) -> None:
        super().__init__(clock, memory, METHODS, KINDS)
        self.prints = prints or Prints()
        self.number_after = number_after
        self._shop = Shop(self.clock, self.keys)

    @property
    def path(self) -> str:
        """The house's: its API #1 is at the same address."""
        return "getsms-online"

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
        """Let an SMS arrive at the operation's number; nobody sees it before ``setReady``.

        Raises:
            NotPossible: no such operation, or it has ended, or it has no number yet.
        """
        operation = self._living(order_id)
        if operation.state is State.POOL:
            raise NotPossible(f"Operation {order_id} has no number yet.")
        sms = self._shop.receive(operation, text, code, sender)
        self.changed()
        return sms

    def expire(self, order_id: str) -> None:
        """End the operation's time now; raises ``NotPossible`` for one that has ended already."""
        operation = self._living(order_id)
        self._shop.expire(operation)
        operation.expires_at = self.clock.now()
        self.changed()

    def retire(self, phone: str) -> None:
        """Take a number's card out of the machines: it cannot be had again."""
        self._shop.retired.add(phone)

    # Reading what happened

    @property
    def operations(self) -> list[Operation]:
        """All operations, oldest first, up to date."""
        self._shop.settle()
        return list(self._shop.operations.values())

    def operation(self, tzid: str) -> Operation:
        """Return one operation, up to date; raises ``NotPossible`` where there is none."""
        self._shop.settle()
        if tzid not in self._shop.operations:
            raise NotPossible(f"GetSMS.ONLINE here has no operation {tzid}.")
        return self._shop.operations[tzid]

    def shown_orders(self) -> list[dict[str, Any]]:
        """Return the newest operations as the panel shows them, up to date."""
        return [_shown(operation) for operation in self.operations[: -SHOWN_ORDERS - 1 : -1]]

    def awaits_sms(self, order_id: str) -> bool:
        """Whether the operation is alive and has a number."""
        operation = self.operation(order_id)
        return operation.alive and operation.state is not State.POOL

    # Serving

    def mount(self, app: web.Application, prefix: str = "") -> None:
        """Serve ``/<method>.php`` under the prefix, by GET and POST, and end with the app."""
        for method in METHODS:
            app.router.add_route("GET", f"{prefix}/{method}.php", self._handle)
            app.router.add_route("POST", f"{prefix}/{method}.php", self._handle)
        app.on_cleanup.append(self.close)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rsplit("/", 1)[-1].removesuffix(".php")
        kind, body = self.answer(method, await form_of(request), request.method)
        return await respond(request, Answer(body), kind, self.clock)

    def answer(self, method: str, form: Mapping[str, str], verb: str) -> tuple[Kind | None, str]:
        """Take one request: do what it asks for unless a fault forbids, and write it down.

        Returns:
            The fault that it meets, and the body of the answer.
        """
        settled = self._shop.settle()
        kind = self.faults.take(method)
        reply, applied = self._reply(kind, method, form)
        self.ledger.asked(
            Asked(
                at=self.clock.now(),
                method=method,
                form=form,
                verb=verb,
                fault=kind.name if kind else None,
                status=reply.get("error_msg", reply.get("response")),
                order_id=form.get("tzid", ""),
            )
        )
        if applied and method in ("getNum", "getNumRepeat") and reply.get("tzid"):
            begun = self._shop.operations[reply["tzid"]]
            self.send_automatically(begun.tzid, self._shop.services[begun.service])
        if settled or kind or method not in _LOOKING:
            self.changed()
        return kind, self.prints.body(method, reply)

    def _reply(self, kind: Kind | None, method: str, form: Mapping[str, str]) -> tuple[Reply, bool]:
        if kind is None or kind.applied:
            return methods.answer(self._shop, self.prints, method, form, self.number_after), True
        if kind.refusals is not None:
            return kind.refusals[method], False
        return {}, False

    def _living(self, tzid: str) -> Operation:
        operation = self.operation(tzid)
        if not operation.alive:
            raise NotPossible(f"Operation {tzid} has ended ({operation.state}).")
        return operation


def _panel_word(operation: Operation) -> str:
    """Return the state in the few words that the panel knows."""
    if operation.state is State.USED:
        return "banned"
    if not operation.alive:
        return "over"
    return "received" if operation.state is State.ANSWER else "waiting"


def _shown(operation: Operation) -> dict[str, Any]:
    return {
        "id": operation.tzid,
        "phone": "" if operation.state is State.POOL else operation.phone,
        "service": operation.service,
        "country": operation.country,
        "state": _panel_word(operation),
        "price": f"{operation.price:.2f}",
        "created_at": int(operation.created_at.timestamp()),
        "expires_at": int(operation.expires_at.timestamp()),
        "sms": [{"text": sms.text, "code": sms.code, "at": int(sms.at.timestamp())} for sms in operation.sms],
    }
