"""Renting at GetSMS.ONLINE: a number for one day, whichever there is.

Source: the provider's page, "API #1": ``getRentOneDay``, ``getRentList`` and ``getRentNumberSMS``. They are a
part of its ``handler_api.php``, which takes GET and POST; everything goes as a form by POST. A rental has no
id: its number stands for one. Neither the country nor the price is told before, nor can they be chosen.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.errors import (
    BadRequest,
    KeyRejected,
    LowBalance,
    NoNumbers,
    NotOffered,
    OrderGone,
    ProviderFault,
)
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.base import Record
from bot.providers.calls import Call, Kind
from bot.providers.handler_api_reply import Reply, rows
from bot.providers.handler_api_words import Errors, Method
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, Listed, RentalCapability, Rented, RentWant, Terms
from bot.providers.rentals import Rentals

_PATH = "/stubs/handler_api.php"
_DAY = timedelta(days=1)
_NEWEST = "100"  # how many of the last SMS are asked for: more than can come between two looks
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_OK = "0"  # under "response"

_EVERY: Errors = {
    "NO_KEY": KeyRejected,
    "BAD_KEY": KeyRejected,
    "NO_ACTION": BadRequest,
    "BAD_ACTION": BadRequest,
    "ERROR_SQL": ProviderFault,
}
GET_ONE_DAY = Method(
    "getRentOneDay",
    {
        **_EVERY,
        # sentences, with the dash that the page prints after them and without
        "too low balance": LowBalance,
        "too low balance -": LowBalance,
        "no numbers": NoNumbers,
        "no numbers -": NoNumbers,
        "error, please try again": ProviderFault,
        "error, please try again -": ProviderFault,
    },
)
GET_LIST = Method("getRentList", _EVERY, frozenset({"RENT_LIST_EMPTY"}))
GET_SMS = Method("getRentNumberSMS", {**_EVERY, "WRONG_NUMBER": OrderGone})


class GetSmsOnlineRent(Rentals):
    """``Rentals`` over these three methods."""

    capabilities = frozenset({RentalCapability.WHOLE})
    terms = Terms(periods=(Period(Unit.DAY, 1),), check_every=15.0)  # only 50 requests a second are a limit

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self._http = http

    async def prove(self, key: Key) -> None:
        """Return if the provider accepts the key: the list of rentals is asked for."""
        read_listed(await self._ask("prove", Kind.READ, GET_LIST, key))

    async def rent(self, key: Key, want: RentWant) -> Rented:
        """Rent a number for a day (``getRentOneDay``)."""
        if want.period.length != _DAY or want.service is not None or want.operator is not None:
            raise NotOffered
        return read_rented(await self._ask("rent", Kind.PAID, GET_ONE_DAY, key))

    async def listed(self, key: Key) -> tuple[Listed, ...]:
        """Return the rentals that run (``getRentList``)."""
        return read_listed(await self._ask("listed", Kind.POLL, GET_LIST, key))

    async def sms(self, key: Key, rental: Held) -> tuple[Sms, ...]:
        """Return the last SMS of a rental (``getRentNumberSMS``)."""
        named = {"number": rental.phone, "count": _NEWEST}
        return read_sms(await self._ask("sms", Kind.POLL, GET_SMS, key, **named))

    async def _ask(self, operation: str, kind: Kind, method: Method, key: Key, **named: str) -> Reply:
        form: dict[str, str | Key] = {"api_key": key, "action": method.action, **named}
        call = Call(self.record, operation, _PATH, form, kind)
        return Reply(call, await self._http.send(call), method)


def read_rented(reply: Reply) -> Rented:
    """Return the rental of ``getRentOneDay``: ``success: NUMBER``."""
    word, rest = reply.words()
    phone = values.phone(rest)
    if word != "success" or phone is None:
        raise reply.unreadable()
    return Rented(phone, phone)


def read_listed(reply: Reply) -> tuple[Listed, ...]:
    """Return the rentals of ``getRentList``: the active ones."""
    value = _accepted(reply)
    if value == []:
        return ()
    data = value.get("data")
    found = _rows(reply, data.get("rents") if isinstance(data, dict) else data)
    listed = [
        Listed(
            remote_id=phone,
            phone=phone,
            state=LeaseState.ACTIVE,
            until=values.unix(row.get("time_end")),
            started_at=values.unix(row.get("time_start")),
        )
        for row in found
        if isinstance(row, dict) and (phone := values.phone(row.get("number")))
    ]
    if found and not listed:
        raise reply.unreadable()
    return tuple(listed)


def read_sms(reply: Reply) -> tuple[Sms, ...]:
    """Return the SMS of ``getRentNumberSMS``, oldest first; the page prints the newest first."""
    value = _accepted(reply)
    found = [] if value == [] else _rows(reply, value.get("items"))
    messages = [
        Sms(
            text=text,
            remote_id=values.identifier(row.get("id_message")),
            sender=values.sentence(row.get("sender")),
            received_at=values.unix(row.get("date")),
        )
        for row in found
        if isinstance(row, dict) and (text := values.sentence(row.get("text")))
    ]
    if found and not messages:
        raise reply.unreadable()
    messages.reverse()
    messages.sort(key=lambda sms: sms.received_at or _EARLIEST)
    return tuple(messages)


def _accepted(reply: Reply) -> Any:
    """Return an answer in JSON whose ``response`` is 0, or [] where it says that there is nothing.

    Any other ``response`` is a refusal: its word is looked for where success has "success".
    """
    value = reply.data()
    if value == []:
        return value
    if not isinstance(value, dict):
        raise reply.unreadable()
    if value.get("response") == _OK:
        return value
    word = value.get("description")
    word = word.strip() if isinstance(word, str) else ""
    if word in reply.method.nothing:
        return []
    if word in reply.method.errors:
        raise reply.call.error(reply.method.errors[word], word)
    raise reply.call.unreadable(reply.answer, word or None)


def _rows(reply: Reply, value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        raise reply.unreadable()
    return rows(value)
