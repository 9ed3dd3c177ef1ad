"""Get-SMS's own activation protocol, version 1: which method is sent for which operation.

Source: the provider's page "Get-SMS's own API". It allows GET and POST; everything goes as a form by POST, so
that keys stay out of URLs and out of the logs of proxies.
"""

import asyncio

from bot.domain.errors import NoSmsYet
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import getsms_v1_answers as answers
from bot.providers.activations import Activations
from bot.providers.base import Capability, Record
from bot.providers.calls import Call, Kind
from bot.providers.getsms_envelope import Method
from bot.providers.http import Http
from bot.providers.trade import Bought, Want, Watched

_PATH = "/api/v1/"


class GetSmsV1(Activations):
    """``Activations`` over this protocol; prices and balances are in the record's currency."""

    capabilities = frozenset({Capability.CANCEL, Capability.BAN, Capability.RETRY, Capability.FOLLOW_UP})

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self._http = http

    async def balance(self, key: Key) -> Money:
        """Return what the account holds (``getbalance``)."""
        call = self._call("balance", Kind.READ, answers.GET_BALANCE, key)
        return answers.read_balance(call, await self._http.send(call))

    async def quotes(
        self, key: Key, *, service: str | None = None, country: str | None = None
    ) -> tuple[Quote, ...]:
        """Return prices and stock.

        For one country ``getcount`` is asked, which tells them by operator (``ANY`` becomes None); otherwise
        ``getallcount``, for one service or for everything, which knows no operators.
        """
        if country is not None:
            call = self._call("quotes", Kind.READ, answers.GET_COUNT, key, country=country)
            quotes = answers.read_country(call, await self._http.send(call))
            return tuple(quote for quote in quotes if service in {None, quote.service})
        named = {} if service is None else {"service": service}
        call = self._call("quotes", Kind.READ, answers.GET_ALL_COUNT, key, **named)
        answer = await self._http.send(call)
        if service is None:  # megabytes: the better part of a second, in which the loop must not stand still
            return await asyncio.to_thread(answers.read_countries, call, answer, None)
        return answers.read_countries(call, answer, service)

    async def buy(self, key: Key, want: Want) -> Bought:
        """Buy one number (``getnumber``).

        The page names no parameter for the operator, though status 503 speaks of one; ``operator`` it is.
        """
        named = {"service": want.service, "country": want.country}
        if want.operator is not None:
            named["operator"] = want.operator
        call = self._call("buy", Kind.PAID, answers.GET_NUMBER, key, **named)
        return answers.read_purchase(call, await self._http.send(call))

    async def check(self, key: Key, order: Watched) -> Sms | None:
        """Return the first SMS (``getcode``), or the one after the last that is known (``wrongcode``)."""
        return await self._sms("check", Kind.POLL, key, order)

    async def retry(self, key: Key, order: Watched) -> Sms | None:
        """Ask for another SMS (``wrongcode``), which needs the id of a first one.

        Raises:
            NoSmsYet: there has been no SMS at all.
        """
        sms = await self._sms("retry", Kind.ACTION, key, order)
        if sms is None and order.last_sms_id is None:
            raise NoSmsYet(self.record.slug, "retry")
        return sms

    async def cancel(self, key: Key, order: Watched) -> Sms | None:
        """Give the number back (``refusenumber``)."""
        return await self._close("cancel", answers.REFUSE_NUMBER, key, order)

    async def ban(self, key: Key, order: Watched) -> Sms | None:
        """Say that the number is unusable (``bannumber``)."""
        return await self._close("ban", answers.BAN_NUMBER, key, order)

    async def _sms(self, operation: str, kind: Kind, key: Key, order: Watched) -> Sms | None:
        if order.last_sms_id is None:
            call = self._call(operation, kind, answers.GET_CODE, key, order_id=order.remote_id)
            return answers.read_sms(call, await self._http.send(call), answers.GET_CODE)
        named = {"order_id": order.remote_id, "last_id": order.last_sms_id}
        call = self._call(operation, kind, answers.WRONG_CODE, key, **named)
        return answers.read_sms(call, await self._http.send(call), answers.WRONG_CODE)

    async def _close(self, operation: str, method: Method, key: Key, order: Watched) -> Sms | None:
        call = self._call(operation, Kind.ACTION, method, key, order_id=order.remote_id)
        answers.read_closed(call, await self._http.send(call), method)
        return None

    def _call(self, operation: str, kind: Kind, method: Method, key: Key, **named: str) -> Call:
        form: dict[str, str | Key] = {"method": method.name, "userkey": key, **named}
        return Call(self.record, operation, _PATH, form, kind)
