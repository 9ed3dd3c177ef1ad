"""What Get-SMS's version 1 answers, and what it means.

Source: the provider's page "Get-SMS's own API", from its start to "Compatible API with other activation
services"; quoted titles are its sections.

An answer is ``{"status": …, "data": {…}}``, and the same status means different things by method; only
``getallcount`` answers without that envelope. What the page does not say is never guessed: an unknown status
is no information, and after a purchase it is an unknown outcome.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.domain.errors import (
    BadCountry,
    BadOperator,
    BadRequest,
    BadService,
    Banned,
    KeyRejected,
    LowBalance,
    Maintenance,
    NoNumbers,
    NoSmsYet,
    OrderExpired,
    OrderGone,
    OutcomeUnknown,
    ProviderError,
    ProviderFault,
)
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.calls import Answer, Call
from bot.providers.trade import Bought

_OK = "200"
_NOT_YET = "400"
_NO_CONTENT = 204
_HTTP_OK = 200
_ANY_OPERATOR = "ANY"

# The page prints `"balance": 100,00`, which is not JSON.
_DECIMAL_COMMA = re.compile(rb'("balance"\s*:\s*-?\d+),(\d+)(?=\s*[,}])')


_Row: TypeAlias = tuple[str, str, str | None, Any]
"""Service, country, operator, and what the vendor tells of them."""


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the page and its own table "Error codes (status)"."""

    name: str
    errors: Mapping[str, type[ProviderError]]


_KEY_AND_METHOD: Mapping[str, type[ProviderError]] = {"401": KeyRejected, "404": BadRequest}

# "Receiving the user's balance"
GET_BALANCE = Method("getbalance", {**_KEY_AND_METHOD, "500": ProviderFault})

# "Getting a list of services and the number of available numbers"
GET_COUNT = Method("getcount", {**_KEY_AND_METHOD, "500": ProviderFault})

# "Getting all values of countries and services available in it"
GET_ALL_COUNT = Method("getallcount", {**_KEY_AND_METHOD, "502": ProviderFault})

# "Obtaining a telephone number"
GET_NUMBER = Method(
    "getnumber",
    {
        **_KEY_AND_METHOD,
        "500": NoNumbers,
        "502": BadService,
        "503": BadOperator,
        "504": LowBalance,
        "505": BadCountry,
        "506": Banned,  # "until the next day", in a zone that is not told
        "507": Maintenance,
    },
)

# "Retrieving a code from an SMS"
GET_CODE = Method(
    "getcode",
    {
        **_KEY_AND_METHOD,
        "500": OrderExpired,
        "502": ProviderFault,
        "504": LowBalance,
        "505": OrderGone,
        "506": BadRequest,
    },
)

# "Retrieving the code"
WRONG_CODE = Method(
    "wrongcode",
    {
        **_KEY_AND_METHOD,
        "500": OrderExpired,
        "501": BadRequest,
        "502": ProviderFault,
        "504": NoSmsYet,
        "505": OrderGone,
        "506": BadRequest,
    },
)

_CLOSING = {**_KEY_AND_METHOD, "500": OrderExpired, "502": ProviderFault, "506": BadRequest}

# "Canceling a number order"
REFUSE_NUMBER = Method("refusenumber", _CLOSING)

# "Ban phone number"
BAN_NUMBER = Method("bannumber", _CLOSING)


def read_balance(call: Call, answer: Answer) -> Money:
    """Return the balance of a ``getbalance`` answer; ``100,00``, ``100.00`` and ``"100.00"`` are all seen."""
    mended = replace(answer, body=_DECIMAL_COMMA.sub(rb"\1.\2", answer.body))
    data = _data(call, mended, GET_BALANCE)
    amount = values.number(data.get("balance"))
    if amount is None:
        raise call.unreadable(answer)
    return Money(amount, call.record.currency)


def read_country(call: Call, answer: Answer) -> tuple[Quote, ...]:
    """Return the quotes of a ``getcount`` answer: ``{operator: {service: {count, price}}}``."""
    country = str(call.form["country"])
    rows = [
        (service, country, None if operator == _ANY_OPERATOR else operator, row)
        for operator, services in _data(call, answer, GET_COUNT).items()
        for service, row in _services(services)
    ]
    return _quotes(call, answer, rows, "count")


def read_countries(call: Call, answer: Answer, service: str | None) -> tuple[Quote, ...]:
    """Return the quotes of a ``getallcount`` answer.

    Without a service it is ``{country: [{service: {name, price, count_all}}]}``, with one
    ``{country: {price, count_all}}``.
    """
    body = call.json(answer)
    if isinstance(body, dict) and "status" in body:
        body = _data(call, answer, GET_ALL_COUNT)
    if not isinstance(body, dict) and body != []:  # PHP writes an empty object as an empty list
        raise call.unreadable(answer)
    rows: list[_Row] = []
    for country, inside in body.items() if body else ():
        if isinstance(inside, dict) and "price" in inside:
            if service is None:
                raise call.unreadable(answer)
            rows.append((service, country, None, inside))
        else:
            rows.extend((code, country, None, row) for code, row in _services(inside))
    quotes = _quotes(call, answer, rows, "count_all")
    return tuple(quote for quote in quotes if service in {None, quote.service})


def read_purchase(call: Call, answer: Answer) -> Bought:
    """Return the order of a ``getnumber`` answer.

    Raises:
        OutcomeUnknown: it is not complete; the order's id is in the text where it is told.
    """
    data = _data(call, answer, GET_NUMBER)
    order = values.identifier(data.get("order_id"))
    phone = values.phone(data.get("phone"))
    if order is None or phone is None:
        raise call.error(OutcomeUnknown, None, f"order_id {order}" if order else None)
    return Bought(order, phone, values.moment(data.get("start_time")))


def read_sms(call: Call, answer: Answer, method: Method) -> Sms | None:
    """Return the SMS of a ``getcode`` or ``wrongcode`` answer, or None while there is none."""
    envelope = _envelope(call, answer)
    if envelope["status"] == _NOT_YET:
        return None
    data = _accepted(call, answer, method, envelope)
    code = values.sentence(data.get("code"))
    text = values.sentence(data.get("fullSms")) or code
    if text is None:
        raise call.unreadable(answer)
    return Sms(
        text=text,
        code=code,
        remote_id=values.identifier(data.get("id")),
        sender=values.sentence(data.get("sender")),
        received_at=values.moment(data.get("receivedDate")),
    )


def read_closed(call: Call, answer: Answer, method: Method) -> None:
    """Return if a ``refusenumber`` or ``bannumber`` answer says that it is done."""
    if answer.status != _NO_CONTENT:
        _data(call, answer, method)


def _envelope(call: Call, answer: Answer) -> Mapping[str, Any]:
    body = call.json(answer)
    # Proxies describe their own failures as {"status": 502, "title": …} nowadays. Under an HTTP error a body
    # is the vendor's only if it has the vendor's shape; otherwise 502 would become "no such service".
    foreign = answer.status != _HTTP_OK and isinstance(body, dict) and "data" not in body
    if not isinstance(body, dict) or not isinstance(body.get("status"), str) or foreign:
        raise call.unreadable(answer)
    return body


def _data(call: Call, answer: Answer, method: Method) -> Mapping[str, Any]:
    return _accepted(call, answer, method, _envelope(call, answer))


def _accepted(call: Call, answer: Answer, method: Method, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``data`` of an answer with status 200, or raise what the method's table says."""
    status: str = envelope["status"]
    data = envelope.get("data")
    if status == _OK:
        if data == []:  # PHP writes an empty object as an empty list
            return {}
        if isinstance(data, dict):
            return data
        raise call.unreadable(answer)
    text = values.sentence(data.get("msg")) if isinstance(data, dict) else None
    error = method.errors.get(status)
    if error is None:
        raise call.unreadable(answer, status, text)
    raise call.error(error, status, text)


def _services(value: object) -> Iterator[tuple[str, Any]]:
    """Yield the services and their rows in an object, or in a list of objects.

    What is neither becomes a row that cannot be read, so that nonsense is not taken for an empty shop.
    """
    for part in value if isinstance(value, list) else [value]:
        yield from part.items() if isinstance(part, dict) else [("", part)]


def _quotes(call: Call, answer: Answer, rows: list[_Row], stock: str) -> tuple[Quote, ...]:
    """Return the rows that have a price; rows without any readable one among them are no answer."""
    quotes = []
    for service, country, operator, row in rows:
        price = values.number(row.get("price")) if isinstance(row, dict) else None
        named = values.identifier(service) and values.identifier(country)
        if price is None or price < 0 or not named:
            continue
        quotes.append(
            Quote(
                service=service,
                country=country,
                price=Money(price, call.record.currency),
                stock=values.count(row.get(stock)),
                operator=values.sentence(operator),
                name=values.sentence(row.get("name")),
            )
        )
    if rows and not quotes:
        raise call.unreadable(answer)
    return tuple(quotes)
