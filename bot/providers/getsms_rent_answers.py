"""What Get-SMS's rent API, version 2, answers, and what it means.

Source: the provider's page, from "API for renting a phone number for an extended period" to "List of
countries"; quoted titles are its sections.

Only ``getorders`` answers without the envelope, with a bare array. The tables of statuses differ from those
of version 1 and from method to method.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import (
    AlreadyDone,
    BadCountry,
    BadPeriod,
    BadRequest,
    BadService,
    LowBalance,
    Maintenance,
    NoNumbers,
    OrderClosed,
    OrderExpired,
    OrderGone,
    OutcomeUnknown,
    ProviderFault,
    TooLateToCancel,
)
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
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
from bot.providers.lease import LeaseState, Listed, Rented, RentQuote

PERIODS = tuple(Period(Unit.DAY, days) for days in range(1, 8))
"""The periods whose prices ``getcountprices`` tells: ``1day`` to ``7day``."""

_PRICES = {f"{period.count}day": period for period in PERIODS}


# "Fetching the count of available phone numbers, services, and rental prices": the page has no table for it
GET_COUNT_PRICES = Method("getcountprices", KEY_AND_METHOD)

# "Obtaining a telephone number for rent"
GET_NUMBER = Method(
    "getnumber",
    {
        **KEY_AND_METHOD,
        "500": NoNumbers,
        "502": BadService,
        "503": ProviderFault,
        "504": LowBalance,
        "505": BadCountry,
        "506": BadPeriod,
        "507": Maintenance,
    },
)

# "Receiving all SMS on the rented number"
GET_CODE = Method(
    "getcode",
    {
        **KEY_AND_METHOD,
        "501": OrderClosed,  # canceled, or its time is over
        "502": OrderExpired,
        "503": OrderGone,
    },
    {"rental order not found": OrderGone},  # as served, under status 404
)

# "Extension of rental order"
PROLONG = Method(
    "prolong",
    {
        **KEY_AND_METHOD,
        "502": OrderGone,
        "504": BadPeriod,
        "505": LowBalance,
        "506": BadPeriod,
        "507": ProviderFault,
    },
)

# "Cancellation of Rental Order"
REFUSE = Method(
    "refuse",
    {
        **KEY_AND_METHOD,
        "400": TooLateToCancel,
        "500": BadRequest,
        "501": AlreadyDone,
        "502": OrderExpired,
        "503": OrderGone,
    },
)

# "Deleting Rental Order"
DELETE = Method("delete", {**KEY_AND_METHOD, "500": BadRequest})

# "Getting All Rental Orders": the page has no table for it
GET_ORDERS = Method("getorders", KEY_AND_METHOD)

_STATES = {"0": LeaseState.OVER, "1": LeaseState.ACTIVE, "2": LeaseState.CANCELED}


def read_quotes(call: Call, answer: Answer, country: str) -> tuple[RentQuote, ...]:
    """Return the quotes of a ``getcountprices`` answer: every service for one to seven days."""
    services = data_of(call, answer, GET_COUNT_PRICES)
    quotes = [
        quote
        for service, row in services.items()
        if values.identifier(service) and isinstance(row, dict) and isinstance(row.get("price"), dict)
        for quote in _quotes(call, country, service, row)
    ]
    if services and not quotes:
        raise call.unreadable(answer)
    return tuple(quotes)


def read_rented(call: Call, answer: Answer, service: str) -> Rented:
    """Return the rental of a ``getnumber`` answer; of its two ends the Unix one is taken, it has a zone.

    Raises:
        OutcomeUnknown: it is not complete; the order's id is in the text where it is told.
    """
    data = data_of(call, answer, GET_NUMBER)
    order, phone = values.identifier(data.get("order_id")), values.phone(data.get("phone"))
    if order is None or phone is None:
        raise call.error(OutcomeUnknown, None, f"order_id {order}" if order else None)
    return Rented(order, phone, values.unix(data.get("end_time_timestamp")), service)


def read_sms(call: Call, answer: Answer) -> tuple[Sms, ...]:
    """Return the SMS of a ``getcode`` answer, in the order of their dates.

    Dates name no zone, so they are no times here; they tell two SMS with the same text apart.
    """
    envelope = envelope_of(call, answer)
    if envelope["status"] == NOT_YET:
        return ()
    listed = accepted(call, answer, GET_CODE, envelope).get("sms_list")
    if not isinstance(listed, list):
        raise call.unreadable(answer)
    found = []
    for row in listed:
        text = values.sentence(row.get("text")) if isinstance(row, dict) else None
        if text is not None:
            found.append(Sms(text, remote_id=values.sentence(row.get("date"))))
    if listed and not found:
        raise call.unreadable(answer)
    return tuple(sorted(found, key=lambda sms: sms.remote_id or ""))


def read_prolonged(call: Call, answer: Answer) -> str | None:
    """Return the number that a ``prolong`` answer names, or None where it names none."""
    return values.phone(data_of(call, answer, PROLONG).get("phone"))


def read_done(call: Call, answer: Answer, method: Method) -> None:
    """Return if a ``refuse`` or ``delete`` answer says that it is done."""
    if answer.status != NO_CONTENT:
        data_of(call, answer, method)


def read_listed(call: Call, answer: Answer) -> tuple[Listed, ...]:
    """Return the rentals of a ``getorders`` answer: a bare array; ``date_at`` names no zone."""
    body = call.json(answer)
    if not isinstance(body, list):
        data_of(call, answer, GET_ORDERS)
        raise call.unreadable(answer)  # accepted, but no array: nobody learns from it what there is
    listed = [
        Listed(order, phone, _state(row.get("status")))
        for row in body
        if isinstance(row, dict)
        and (order := values.identifier(row.get("id")))
        and (phone := values.phone(row.get("phone")))
    ]
    if body and not listed:
        raise call.unreadable(answer)
    return tuple(listed)


def _quotes(call: Call, country: str, service: str, row: Mapping[str, Any]) -> list[RentQuote]:
    quotes = []
    for word, period in _PRICES.items():
        price = values.number(row["price"].get(word))
        if price is not None and price >= 0:
            money = Money(price, call.record.currency)
            quotes.append(RentQuote(service, country, period, money, values.count(row.get("count"))))
    return quotes


def _state(status: object) -> LeaseState:
    return _STATES.get(status, LeaseState.UNKNOWN) if isinstance(status, str) else LeaseState.UNKNOWN
