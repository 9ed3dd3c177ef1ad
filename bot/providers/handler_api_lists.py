"""The lists of ``handler_api.php``: open orders, history, countries, operators, success rates, calls.

Sources: SMS-Activate's page, "Activation API"; shapes that it does not print are those of running houses.
Numbers and flags are strings or numbers at random, and empty objects are empty lists.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from bot.domain.errors import OrderClosed
from bot.domain.money import Money
from bot.domain.reports import Course
from bot.domain.sms import Sms
from bot.providers import loose, values
from bot.providers.handler_api_answers import price_of, read_text
from bot.providers.handler_api_reply import Reply, rows
from bot.providers.trade import Active, Outgoing, Past, Place, Rate

_ANY_OPERATOR = "any"
# getHistory and getActiveActivations: an open one shows 4; 6 and 8 are what setStatus ended it with
_COURSES = {"4": Course.OPEN, "6": Course.FINISHED, "8": Course.CANCELED}
_OVER = frozenset({"3", "4", "5"})  # getIncomingCallStatus: closed, cancelled, returned


def read_active(reply: Reply) -> tuple[Active, ...]:
    """Return the open orders of ``getActiveActivations``.

    A list under ``activeActivations`` or ``data``, or in an object's ``rows`` there, or all that there is.
    """
    return _readable(reply, [_active(reply, row) for row in _open(reply)])


def read_shown(reply: Reply) -> dict[str, tuple[Sms, ...]]:
    """Return the SMS of the orders of ``getActiveActivations``, by their ids."""
    listed = _open(reply)
    shown = {
        order: tuple(_messages(row)) if row.get("smsCode") or row.get("smsText") else ()
        for row in listed
        if isinstance(row, dict)
        and row.get("serviceCode")
        and (order := values.identifier(row.get("activationId")))
    }
    if listed and not shown:
        raise reply.unreadable()
    return shown


def read_history(reply: Reply) -> tuple[Past, ...]:
    """Return the orders of ``getHistory``."""
    return _readable(reply, [_past(reply, row) for row in _listed(reply)])


def read_rates(reply: Reply) -> tuple[Rate, ...]:
    """Return the countries of ``getListOfTopCountriesByService``, in its order."""
    return _readable(reply, [_rate(row) for row in _listed(reply)])


def read_countries(reply: Reply) -> tuple[Place, ...]:
    """Return the countries of ``getCountries``: a list, or an object under their ids or names."""
    return _readable(reply, [_place(row) for row in _listed(reply)])


def read_operators(reply: Reply, country: str) -> tuple[str, ...]:
    """Return a country's operators in ``getOperators``, in its order, without "any"."""
    value = reply.data()
    if value == []:
        return ()
    inside = value.get("countryOperators") if isinstance(value, dict) else None
    if not isinstance(inside, dict | list):
        raise reply.unreadable()
    listed = inside.get(country, []) if isinstance(inside, dict) else []
    if not isinstance(listed, list):
        raise reply.unreadable()
    names = [name for one in listed if (name := values.identifier(one)) and name != _ANY_OPERATOR]
    if listed and not names and listed != [_ANY_OPERATOR]:
        raise reply.unreadable()
    return tuple(names)


def read_stock(reply: Reply) -> dict[tuple[str, bool], int]:
    """Return the numbers of ``getNumbersStatus``, by service and whether they can be forwarded."""
    value = reply.data()
    if value == []:
        return {}
    stock = {}
    for name, amount in value.items() if isinstance(value, dict) else ():
        service, _, forwarded = name.rpartition("_")
        count = values.count(amount)
        if service and forwarded in {"0", "1"} and count is not None:
            stock[service, forwarded == "1"] = count
    if value and not stock:
        raise reply.unreadable()
    return stock


def read_repeat_price(reply: Reply) -> Money:
    """Return the cost in ``checkExtraActivation``."""
    value = reply.data()
    cost = price_of(reply, value, "cost") if isinstance(value, dict) else None
    if cost is None:
        raise reply.unreadable()
    return cost


def read_caller(reply: Reply) -> str | None:
    """Return who called, as ``getIncomingCallStatus`` tells, or None while nobody has.

    Raises:
        OrderClosed: the order is over, and nobody called.
    """
    value = reply.data()
    if not isinstance(value, dict) or "phone" not in value or not isinstance(value.get("status"), str):
        raise reply.unreadable()
    caller = values.identifier(value["phone"])
    if caller is None and value["status"] in _OVER:
        raise reply.call.error(OrderClosed, value["status"])
    return caller


def read_outgoing(reply: Reply) -> tuple[Outgoing, ...]:
    """Return the calls of ``getOutgoingCalls``: ``{id: {date, phoneFrom, status}}``."""
    value = reply.data()
    if not isinstance(value, dict) and value != []:
        raise reply.unreadable()
    return _readable(reply, [_call(id_, row) for id_, row in (value or {}).items()])


def _open(reply: Reply) -> list[Any]:
    value = reply.data()
    inside = value.get("activeActivations", value.get("data")) if isinstance(value, dict) else value
    if isinstance(inside, dict) and "rows" in inside:
        inside = inside["rows"]
    if not isinstance(inside, dict | list):
        raise reply.unreadable()
    return rows(inside)


def _listed(reply: Reply) -> list[Any]:
    """Return the rows of a list, of an object, or of what lies under ``data``."""
    value = reply.data()
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        value = value["data"]
    return rows(value)


def _readable(reply: Reply, found: list[Any]) -> tuple[Any, ...]:
    """Return the rows that could be read; rows without any readable one among them are no answer."""
    read = tuple(row for row in found if row is not None)
    if found and not read:
        raise reply.unreadable()
    return read


def _active(reply: Reply, row: Any) -> Active | None:
    order = values.identifier(row.get("activationId")) if isinstance(row, dict) else None
    service = values.identifier(row.get("serviceCode")) if order else None
    if order is None or service is None:
        return None
    return Active(
        remote_id=order,
        phone=values.phone(row.get("phoneNumber")),
        service=service,
        country=values.identifier(row.get("countryCode")),
        price=price_of(reply, row, "activationCost"),
        operator=values.identifier(row.get("activationOperator")),
        sms=tuple(_messages(row)),
        opened=values.sentence(row.get("activationTime")),
    )


def _messages(row: dict[str, Any]) -> Iterator[Sms]:
    """Yield the SMS of an order: codes and texts side by side, either of them a string, a list or nothing."""
    codes, texts = _strings(row.get("smsCode")), _strings(row.get("smsText"))
    # Where one of them is shorter, it tells the newest.
    pairs = list(zip_longest(reversed(codes), reversed(texts)))
    for code, text in reversed(pairs):
        shown = text or code
        if shown is not None:
            yield Sms(shown, code)


def _strings(value: Any) -> list[str | None]:
    return [values.sentence(one) for one in (value if isinstance(value, list) else [value]) if one]


def _past(reply: Reply, row: Any) -> Past | None:
    order = values.identifier(row.get("id")) if isinstance(row, dict) else None
    phone = values.phone(row.get("phone")) if order else None
    if order is None or phone is None:
        return None
    return Past(
        remote_id=order,
        phone=phone,
        at=values.sentence(row.get("date", row.get("createDate"))) or "",
        price=price_of(reply, row, "cost"),
        sms=tuple(_texts(row.get("sms", row.get("moreCodes")))),
        status=(status := values.sentence(row.get("status")) or ""),
        course=_COURSES.get(status),
    )


def _texts(value: Any) -> Iterator[Sms]:
    for text in _strings(_unpacked(value)):
        sms = read_text(text) if text else None
        if sms is not None:
            yield sms


def _unpacked(value: Any) -> Any:
    """Return the list in a text like ``["1234"]``, and anything else as it is."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return loose.parse(value)
    except ValueError:
        return value


def _rate(row: Any) -> Rate | None:
    if not isinstance(row, dict):
        return None
    country = values.identifier(row.get("country"))
    share, success = values.number(row.get("share")), values.number(row.get("rate"))
    return None if country is None or share is None or success is None else Rate(country, share, success)


def _place(row: Any) -> Place | None:
    code = values.identifier(row.get("id")) if isinstance(row, dict) else None
    if code is None:
        return None
    return Place(
        code=code,
        english=values.sentence(row.get("eng")),
        russian=values.sentence(row.get("rus")),
        can_retry=values.flag(row.get("retry")) is True,
        several=values.flag(row.get("multiService")) is True,
    )


def _call(id_: str, row: Any) -> Outgoing | None:
    activation = values.identifier(id_)
    status = values.sentence(row.get("status")) if isinstance(row, dict) else None
    if activation is None or status is None:
        return None
    return Outgoing(
        activation=activation,
        at=values.sentence(row.get("date")) or "",
        phone=values.sentence(row.get("phoneFrom")) or "",
        status=status,
    )
