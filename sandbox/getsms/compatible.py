"""The compatible API of Get-SMS: six methods of ``handler_api.php`` on the shop that API v1 serves.

The document says that it is the other services' own: their table of statuses is used as it stands.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.getsms import goods
from sandbox.getsms.shop import Order, Shop, State
from sandbox.handler_api.records import Stage
from sandbox.handler_api.sms_activate import MOVES, STATUSES
from sandbox.keys import Key

_COUNTRIES = {number: code for code, number in goods.COMPATIBLE.items()}
_ENDED = {State.CANCELED: Stage.CANCELED, State.BANNED: Stage.REFUSED}
_ENDINGS = {Stage.CANCELED: State.CANCELED, Stage.REFUSED: State.BANNED, Stage.FINISHED: State.OVER}


@dataclass(slots=True)
class Course:
    """What a client said about an order: that the SMS was sent, how many codes it has judged."""

    ready: bool = False
    judged: int = 0


class Compatible:
    """The six methods, and what v1 does not keep about an order."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._courses: dict[str, Course] = {}

    def answer(self, form: Mapping[str, str]) -> Any:
        """Do what the form asks for; return a word, or a value that becomes JSON."""
        key = self._shop.keys.get(form.get("api_key", ""))
        if key is None:
            return "BAD_KEY"
        method = _METHODS.get(form.get("action", ""))
        return method(self, key, form) if method else "BAD_ACTION"

    def get_numbers_status(self, _key: Key, form: Mapping[str, str]) -> dict[str, int]:
        """``getNumbersStatus``: no number forwards, so every name ends in ``_0``."""
        country = _COUNTRIES.get(form.get("country") or "0")
        return {
            f"{service}_0": sum(shelf.counts.values())
            for (service, place), shelf in self._shop.shelves.items()
            if place == country
        }

    def get_balance(self, key: Key, _form: Mapping[str, str]) -> str:
        """``getBalance``."""
        return f"ACCESS_BALANCE:{key.balance.normalize():f}"

    def get_number(self, key: Key, form: Mapping[str, str]) -> str:
        """``getNumber``."""
        service, country = form.get("service", ""), _COUNTRIES.get(form.get("country") or "0")
        if not re.fullmatch(r"[a-z]{2}|call", service):
            return "BAD_SERVICE"
        if service not in self._shop.services:
            return "WRONG_SERVICE"
        shelf = self._shop.shelves.get((service, country or ""))
        if shelf is None or country is None:
            return "NO_NUMBERS"
        if key.balance < shelf.price:
            return "NO_BALANCE"
        order = self._shop.buy(key, service, country, None)
        return "NO_NUMBERS" if order is None else f"ACCESS_NUMBER:{order.id}:{order.phone}"

    def set_status(self, key: Key, form: Mapping[str, str]) -> str:
        """``setStatus``."""
        order = self._order(key, form)
        if order is None:
            return "NO_ACTIVATION"
        number = form.get("status", "")
        move = MOVES.get((self._stage(order), int(number) if number.isdecimal() else 0))
        if move is None:
            return "BAD_STATUS"
        if move.stage in _ENDINGS:
            self._shop.end(order, _ENDINGS[move.stage])
        elif move.stage is Stage.AGAIN:
            self._courses[order.id] = Course(ready=True, judged=len(order.sms))
        else:
            self._courses[order.id] = Course(ready=True)
        return move.word

    def get_status(self, key: Key, form: Mapping[str, str]) -> str:
        """``getStatus``; an account in debt is refused its code, as in v1."""
        order = self._order(key, form)
        if order is None:
            return "NO_ACTIVATION"
        stage = self._stage(order)
        if stage is Stage.RECEIVED and key.balance < 0:
            return "NO_BALANCE"
        last = order.sms[-1] if order.sms else None
        return STATUSES[stage].format(code=last and (last.text if last.code is None else last.code))

    def get_prices(self, _key: Key, form: Mapping[str, str]) -> dict[str, Any]:
        """``getPrices``: the price is a name, the count its value."""
        number, wanted = form.get("country") or "0", form.get("service")
        return {
            number: {
                service: {f"{shelf.price.normalize():f}": sum(shelf.counts.values())}
                for (service, place), shelf in self._shop.shelves.items()
                if place == _COUNTRIES.get(number) and wanted in (None, "", service)
            }
        }

    def _order(self, key: Key, form: Mapping[str, str]) -> Order | None:
        order = self._shop.orders.get(form.get("id", ""))
        return order if order is not None and order.key == key.key else None

    def _stage(self, order: Order) -> Stage:
        if not order.alive:
            return _ENDED.get(order.state, Stage.FINISHED if order.sms else Stage.CANCELED)
        course = self._courses.get(order.id, Course())
        if len(order.sms) > course.judged:
            return Stage.RECEIVED
        if course.judged:
            return Stage.AGAIN
        return Stage.WAITING if course.ready else Stage.PREPARING


_METHODS: dict[str, Callable[[Compatible, Key, Mapping[str, str]], Any]] = {
    "getNumbersStatus": Compatible.get_numbers_status,
    "getBalance": Compatible.get_balance,
    "getNumber": Compatible.get_number,
    "setStatus": Compatible.set_status,
    "getStatus": Compatible.get_status,
    "getPrices": Compatible.get_prices,
}
METHODS = tuple(_METHODS)
