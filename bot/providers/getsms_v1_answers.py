"""What Get-SMS's version 1 answers, and what it means.

Source: the provider's page "Get-SMS's own API", from its start to "Compatible API with other activation
services"; quoted titles are its sections.

An answer is ``{"status": …, "data": {…}}``, and the same status means different things by method; only
``getallcount`` answers without that envelope. What the page does not say is never guessed: an unknown status
is no information, and after a purchase it is an unknown outcome.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from bot.domain.errors import (
    BadCountry,
    BadOperator,
    BadRequest,
    BadService,
    Banned,
    LowBalance,
    Maintenance,
    NoNumbers,
    NoSmsYet,
    OrderExpired,
    OrderGone,
    OutcomeUnknown,
    ProviderFault,
)
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.calls import Answer, Call
from bot.providers.getsms_envelope import (
    KEY_AND_METHOD,
    NO_CONTENT,
    NOT_YET,
    Method,
    accepted,
    data_of,
    envelope_of,
)
from bot.providers.trade import Bought

_ANY_OPERATOR = "ANY"

# The page prints `"balance": 100,00`, which is not JSON.
_DECIMAL_COMMA = re.compile(rb'("balance"\s*:\s*-?\d+),(\d+)(?=\s*[,}])')


_Row: TypeAlias = tuple[str, str, str | None, Any]
"""Service, country, operator, and what the vendor tells of them."""


# "Receiving the user's balance"
GET_BALANCE = Method("getbalance", {**KEY_AND_METHOD, "500": ProviderFault})

# "Getting a list of services and the number of available numbers"
GET_COUNT = Method("getcount", {**KEY_AND_METHOD, "500": ProviderFault})

# "Getting all values of countries and services available in it"
GET_ALL_COUNT = Method("getallcount", {**KEY_AND_METHOD, "502": ProviderFault})

# "Obtaining a telephone number"
GET_NUMBER = Method(
    "getnumber",
    {
        **KEY_AND_METHOD,
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
        **KEY_AND_METHOD,
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
        **KEY_AND_METHOD,
        "500": OrderExpired,
        "501": BadRequest,
        "502": ProviderFault,
        "504": NoSmsYet,
        "505": OrderGone,
        "506": BadRequest,
    },
)

_CLOSING = {**KEY_AND_METHOD, "500": OrderExpired, "502": ProviderFault, "506": BadRequest}

# "Canceling a number order"
REFUSE_NUMBER = Method("refusenumber", _CLOSING)

# "Ban phone number"
BAN_NUMBER = Method("bannumber", _CLOSING)


def read_balance(call: Call, answer: Answer) -> Money:
    """Return the balance of a ``getbalance`` answer; ``100,00``, ``100.00`` and ``"100.00"`` are all seen."""
    mended = replace(answer, body=_DECIMAL_COMMA.sub(rb"\1.\2", answer.body))
    data = data_of(call, mended, GET_BALANCE)
    amount = values.number(data.get("balance"))
    if amount is None:
        raise call.unreadable(answer)
    return Money(amount, call.record.currency)


def read_country(call: Call, answer: Answer) -> tuple[Quote, ...]:
    """Return the quotes of a ``getcount`` answer: ``{operator: {service: {count, price}}}``."""
    country = str(call.form["country"])
    rows = [
        (service, country, None if operator == _ANY_OPERATOR else operator, row)
        for operator, services in data_of(call, answer, GET_COUNT).items()
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
        body = data_of(call, answer, GET_ALL_COUNT)
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
    data = data_of(call, answer, GET_NUMBER)
    order = values.identifier(data.get("order_id"))
    phone = values.phone(data.get("phone"))
    if order is None or phone is None:
        raise call.error(OutcomeUnknown, None, f"order_id {order}" if order else None)
    return Bought(order, phone, values.moment(data.get("start_time")))


def read_sms(call: Call, answer: Answer, method: Method) -> Sms | None:
    """Return the SMS of a ``getcode`` or ``wrongcode`` answer, or None while there is none."""
    envelope = envelope_of(call, answer)
    if envelope["status"] == NOT_YET:
        return None
    data = accepted(call, answer, method, envelope)
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
    if answer.status != NO_CONTENT:
        data_of(call, answer, method)


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
