"""What the rental half of ``handler_api.php`` says: its words, and its answers method by method.

Source: SMS-Activate's page, "Rent Api". Refusals come as ``{"status": "error", "message": word}``, those of
the key as a bare word. Lists are objects with the keys ``"0"``, ``"1"`` …; empty ones may be arrays. Words
that only running houses were seen to use are marked *seen*.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.errors import (
    BadPeriod,
    BadRequest,
    BadService,
    KeyRejected,
    LowBalance,
    NoNumbers,
    OrderClosed,
    OrderExpired,
    OrderGone,
    ProviderFault,
    Refused,
    TooLateToCancel,
)
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.handler_api_answers import price_of
from bot.providers.handler_api_reply import Reply, rows
from bot.providers.handler_api_words import Errors, Method
from bot.providers.lease import LeaseState, Listed, RentCountry, Rented, RentQuote

WHOLE = "full"
"""The service that stands for the whole number."""

_NO_CONTENT = 204
_ANY_OPERATOR = "any"
_SUCCESS = ("success", "true", True)

_EVERY: Errors = {
    "NO_KEY": KeyRejected,
    "BAD_KEY": KeyRejected,
    "NO_ACTION": BadRequest,
    "BAD_ACTION": BadRequest,
    "SQL_ERROR": ProviderFault,
    "ERROR_SQL": ProviderFault,  # the same, in the page's other half
    "SERVER_ERROR": ProviderFault,
}
_RENTAL: Errors = {**_EVERY, "NO_ID_RENT": BadRequest, "INVALID_PHONE": OrderGone}
_LONGER: Errors = {
    **_RENTAL,
    "INVALID_TIME": BadPeriod,
    "MAX_HOURS_EXCEED": BadPeriod,
    "RENT_DIE": OrderExpired,
    "WRONG_OPERATOR": Refused,  # in the house's own client: only numbers of one operator can be prolonged
}
_SERVICES = "getRentServicesAndCountries"
_SOLD_OUT = "OUT_OF_STOCK"  # seen: nothing is to be had in the country, which says nothing of other countries

GET_COUNTRIES = Method(_SERVICES, {**_EVERY, _SOLD_OUT: NoNumbers})
GET_SERVICES = Method(_SERVICES, _EVERY, frozenset({_SOLD_OUT}))
GET_NUMBER = Method(
    "getRentNumber",
    {
        **_EVERY,
        "BAD_SERVICE": BadService,
        "NO_BALANCE": LowBalance,
        "NO_NUMBERS": NoNumbers,
        "ACCOUNT_INACTIVE": NoNumbers,  # "no numbers", says the page
        _SOLD_OUT: NoNumbers,
    },
)
GET_STATUS = Method(
    "getRentStatus",
    {
        **_RENTAL,
        "STATUS_FINISH": OrderExpired,
        "STATUS_CANCEL": OrderClosed,
        "STATUS_REVOKE": OrderClosed,  # seen: the house took the number away, and gave the money back
    },
    frozenset({"STATUS_WAIT_CODE"}),
)
SET_STATUS = Method(
    "setRentStatus",
    {
        **_RENTAL,
        "INCORECT_STATUS": BadRequest,  # as the page spells it
        "CANT_CANCEL": TooLateToCancel,
        "ALREADY_FINISH": OrderExpired,
        "ALREADY_CANCEL": OrderClosed,
    },
)
GET_LIST = Method("getRentList", _EVERY, frozenset({"NO_NUMBERS"}))
CONTINUE = Method("continueRentNumber", {**_LONGER, "NO_BALANCE": LowBalance})
GET_CONTINUE_PRICE = Method("getContinueRentPriceNumber", _LONGER)


def read_countries(reply: Reply) -> tuple[RentCountry, ...]:
    """Return the countries of ``getRentServicesAndCountries``.

    Raises:
        NoNumbers: the one that is looked at by default has nothing; others are not told then.
    """
    return tuple(RentCountry(code) for code in _codes(reply, "countries"))


def read_operators(reply: Reply) -> tuple[str, ...]:
    """Return the operators of ``getRentServicesAndCountries``, without "any"."""
    return tuple(code for code in _codes(reply, "operators") if code != _ANY_OPERATOR)


def read_quotes(
    reply: Reply, country: str, period: Period, operator: str | None = None
) -> tuple[RentQuote, ...]:
    """Return the prices of ``getRentServicesAndCountries``, each for the whole period.

    Args:
        reply: what came.
        country: the country that was asked for.
        period: the period that was asked for.
        operator: the operator that was asked for, or None for any.
    """
    services = _part(reply, "services")
    if not isinstance(services, dict):
        if services:
            raise reply.unreadable()
        return ()
    quotes = []
    for service, row in services.items():
        code = values.identifier(service)
        price = price_of(reply, row, "cost") if isinstance(row, dict) else None
        if code is None or price is None:
            continue
        quotes.append(
            RentQuote(
                service=None if code == WHOLE else code,
                country=country,
                period=period,
                price=price,
                stock=values.count(row.get("quant")),
                operator=operator,
            )
        )
    if services and not quotes:
        raise reply.unreadable()
    return tuple(quotes)


def read_rented(reply: Reply) -> Rented:
    """Return the rental of ``getRentNumber`` and ``continueRentNumber``; its ``endDate`` has no zone.

    Raises:
        BadPeriod: not for so long; the longest is the answer's ``info.max``, in hours.
        OutcomeUnknown: the answer is not complete; the rental's id is in the text where it is told.
    """
    try:
        value = reply.data()
    except BadPeriod as refusal:
        refusal.longest = _longest(reply)
        raise
    row = value.get("phone") if isinstance(value, dict) else None
    row = row if isinstance(row, dict) else {}
    remote_id, phone = values.identifier(row.get("id")), values.phone(row.get("number"))
    if remote_id is None or phone is None:
        raise reply.unreadable(f"id {remote_id}" if remote_id else None)
    return Rented(remote_id, phone, values.moment(row.get("endDate")))


def read_listed(reply: Reply) -> tuple[Listed, ...]:
    """Return the rentals of ``getRentList``, all of which run."""
    found = rows(_part(reply, "values"))
    listed = [
        Listed(remote_id, phone, LeaseState.ACTIVE)
        for row in found
        if isinstance(row, dict)
        and (remote_id := values.identifier(row.get("id")))
        and (phone := values.phone(row.get("phone")))
    ]
    if found and not listed:
        raise reply.unreadable()
    return tuple(listed)


def read_sms(reply: Reply) -> tuple[Sms, ...]:
    """Return the SMS of ``getRentStatus``, oldest first; the page prints the newest first.

    An SMS has a date without a zone, and no id: the date stands for one.
    """
    value = reply.data()
    if value == []:  # STATUS_WAIT_CODE
        return ()
    found = rows(_part(reply, "values"))
    if not found and values.count(value.get("quantity")):
        raise reply.unreadable()
    messages = [sms for row in found if isinstance(row, dict) and (sms := _sms(row))]
    if found and not messages:
        raise reply.unreadable()
    messages.reverse()
    messages.sort(key=lambda sms: sms.remote_id or "")
    return tuple(messages)


def read_done(reply: Reply) -> None:
    """Return if ``setRentStatus`` says that it is done."""
    if reply.answer.status == _NO_CONTENT:
        return
    value = reply.data()
    if not isinstance(value, dict) or value.get("status") not in _SUCCESS:
        raise reply.unreadable()


def read_price(reply: Reply) -> Money:
    """Return the price of ``getContinueRentPriceNumber``.

    Raises:
        BadPeriod: as in ``read_rented``.
    """
    try:
        value = reply.data()
    except BadPeriod as refusal:
        refusal.longest = _longest(reply)
        raise
    price = price_of(reply, value, "price") if isinstance(value, dict) else None
    if price is None:
        raise reply.unreadable()
    return price


def _part(reply: Reply, name: str) -> Any:
    """Return a list, or an object that stands for one, inside an answer; [] where the answer is "nothing"."""
    value = reply.data()
    if value == []:
        return []
    part = value.get(name) if isinstance(value, dict) else None
    if not isinstance(part, dict | list):
        raise reply.unreadable()
    return part


def _codes(reply: Reply, name: str) -> list[str]:
    found = rows(_part(reply, name))
    codes = [code for element in found if (code := values.identifier(element))]
    if found and not codes:
        raise reply.unreadable()
    return codes


def _sms(row: Mapping[str, Any]) -> Sms | None:
    text, date = values.sentence(row.get("text")), row.get("date")
    if text is None:
        return None
    return Sms(
        text=text,
        remote_id=values.sentence(date),
        sender=values.sentence(row.get("phoneFrom")),
        received_at=values.moment(date),
    )


def _longest(reply: Reply) -> timedelta | None:
    """Return the most that a refusal allows: ``{…, "info": {"max": hours}}``."""
    try:
        value = values.parse_json(values.decode(reply.answer.body))
    except ValueError:
        return None
    info = value.get("info") if isinstance(value, dict) else None
    hours = values.count(info.get("max")) if isinstance(info, dict) else None
    try:
        return timedelta(hours=hours) if hours else None
    except OverflowError:
        return None
