"""The eight methods of Get-SMS API v1, as the document tells them, on the simulated shop."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sandbox.getsms import goods
from sandbox.getsms.replies import Prints, Reply, refusal
from sandbox.getsms.shop import Order, Shop, Sms, State
from sandbox.keys import Key

_ANY = "ANY"

Method = Callable[[Shop, Prints, Key, Mapping[str, str]], Reply]


def answer(shop: Shop, prints: Prints, form: Mapping[str, str]) -> Reply:
    """Do what the form asks for and return the answer: 404 for the method first, then 401 for the key."""
    name = form.get("method", "")
    method = _METHODS.get(name)
    if method is None:
        return refusal(name, 404)
    key = shop.keys.get(form.get("userkey", ""))
    if key is None:
        return refusal(name, 401)
    return method(shop, prints, key, form)


def _getbalance(_shop: Shop, _prints: Prints, key: Key, _form: Mapping[str, str]) -> Reply:
    return Reply(200, {"balance": key.balance})


def _getcount(shop: Shop, prints: Prints, _key: Key, form: Mapping[str, str]) -> Reply:
    country = form.get("country") or "ru"
    if country not in goods.COUNTRIES:
        return refusal("getcount", 500)
    operators: dict[str, dict[str, Any]] = {_ANY: {}}
    for (service, place), shelf in shop.shelves.items():
        if place != country:
            continue
        for operator, count in {_ANY: sum(shelf.counts.values()), **shelf.counts}.items():
            if operator:
                operators.setdefault(operator, {})[service] = {
                    "count": prints.count(count, quoted=False),
                    "price": prints.price(shelf.price),
                }
    return Reply(200, operators)


def _getallcount(shop: Shop, prints: Prints, _key: Key, form: Mapping[str, str]) -> Reply:
    wanted = form.get("service")
    countries: dict[str, Any] = {}
    for (service, country), shelf in shop.shelves.items():
        offer = {
            "price": prints.price(shelf.price),
            "count_all": prints.count(sum(shelf.counts.values()), quoted=True),
        }
        if not wanted:
            named = {"name": shop.services[service], **offer}
            countries.setdefault(country, [{}])[0][service] = named
        elif service == wanted:
            countries[country] = offer
    return Reply(200, countries, enveloped=False)


def _getnumber(shop: Shop, _prints: Prints, key: Key, form: Mapping[str, str]) -> Reply:
    """Sell a number.

    The document lists 503 for an operator that does not exist and never says how one is asked for; the
    parameter ``operator`` with the names that getcount prints is this simulator's reading.
    """
    service, country = form.get("service", ""), form.get("country") or "ru"
    operator = form.get("operator") or _ANY
    status = 0
    if service not in shop.services:
        status = 502
    elif country not in goods.COUNTRIES:
        status = 505
    elif operator not in (_ANY, *goods.OPERATORS.get(country, ())):
        status = 503
    if status:
        return refusal("getnumber", status)
    shelf = shop.shelves.get((service, country))
    if shelf is not None and key.balance < shelf.price:
        return refusal("getnumber", 504)
    order = shop.buy(key, service, country, None if operator == _ANY else operator)
    if order is None:
        return refusal("getnumber", 500)
    return Reply(200, {"order_id": order.id, "phone": order.phone, "start_time": _iso(order.created_at)})


def _getcode(shop: Shop, _prints: Prints, key: Key, form: Mapping[str, str]) -> Reply:
    """Hand out the first SMS, again and again while the order lives."""
    order = _order_of(shop, key, form)
    if isinstance(order, int):
        return refusal("getcode", order)
    if not order.alive:
        return refusal("getcode", 500)
    if key.balance < 0:
        return refusal("getcode", 504)
    if not order.sms:
        return refusal("getcode", 400)
    order.first_taken = True
    return _sms(order, order.sms[0])


def _wrongcode(shop: Shop, _prints: Prints, key: Key, form: Mapping[str, str]) -> Reply:
    """Hand out the SMS that came after ``last_id``; 501 for a ``last_id`` that this order never had."""
    order = _order_of(shop, key, form)
    if isinstance(order, int):
        return refusal("wrongcode", order)
    if not order.alive:
        return refusal("wrongcode", 500)
    if not order.first_taken:
        return refusal("wrongcode", 504)
    ids = [sms.id for sms in order.sms]
    last_id = form.get("last_id", "")
    if last_id not in ids:
        return refusal("wrongcode", 501)
    after = ids.index(last_id) + 1
    return _sms(order, order.sms[after]) if after < len(ids) else refusal("wrongcode", 400)


def _refusenumber(shop: Shop, _prints: Prints, key: Key, form: Mapping[str, str]) -> Reply:
    return _end(shop, key, form, State.CANCELED)


def _bannumber(shop: Shop, _prints: Prints, key: Key, form: Mapping[str, str]) -> Reply:
    return _end(shop, key, form, State.BANNED)


def _end(shop: Shop, key: Key, form: Mapping[str, str], state: State) -> Reply:
    """End an order. The tables here have no *not found*: an order that is not living is one that is over."""
    method, msg = _ENDINGS[state]
    order = _order_of(shop, key, form)
    if order == 506:  # noqa: PLR2004 - the document's "order_id is not specified"
        return refusal(method, 506)
    if isinstance(order, int) or not order.alive:
        return refusal(method, 500)
    shop.end(order, state)
    return Reply(200, {"msg": msg})


def _order_of(shop: Shop, key: Key, form: Mapping[str, str]) -> Order | int:
    """Return the key's order, or the status that says why there is none."""
    order_id = form.get("order_id", "")
    if not order_id:
        return 506
    order = shop.orders.get(order_id)
    return order if order is not None and order.key == key.key else 505


def _sms(order: Order, sms: Sms) -> Reply:
    return Reply(
        200,
        {
            "code": sms.code,
            "fullSms": sms.text,
            "phone": order.phone,
            "receivedDate": _iso(sms.at),
            "sender": sms.sender,
            "id": sms.id,
            "phonePass": "",
        },
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


_ENDINGS = {
    State.CANCELED: ("refusenumber", "The phone number order has been canceled"),
    State.BANNED: ("bannumber", "The phone number is banned"),
}

_METHODS: dict[str, Method] = {
    "getbalance": _getbalance,
    "getcount": _getcount,
    "getnumber": _getnumber,
    "getcode": _getcode,
    "wrongcode": _wrongcode,
    "refusenumber": _refusenumber,
    "bannumber": _bannumber,
    "getallcount": _getallcount,
}
