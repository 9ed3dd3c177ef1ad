"""``handler_api.php``, the language of SMS-Activate and its successors: which method is sent when.

Sources: as in ``handler_api_dialects``, whose data says how the houses differ. All pages allow GET and POST;
everything goes as a form by POST, so that keys stay out of URLs and out of the logs of proxies.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import BadRequest, KeyRejected, NotOffered, TooLateToCancel
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import handler_api_answers as answers
from bot.providers import handler_api_lists as lists
from bot.providers import handler_api_prices as prices
from bot.providers import handler_api_words as words
from bot.providers.activations import Activations
from bot.providers.base import Capability, Record
from bot.providers.calls import Call, Kind
from bot.providers.handler_api_dialects import Buy, Outer, Repeat, dialect_of
from bot.providers.handler_api_reply import Reply
from bot.providers.http import Http
from bot.providers.trade import Active, Bought, Outgoing, Past, Place, Rate, Want, Watched

_PATH = "/stubs/handler_api.php"
_READY, _RETRY, _FINISH = "1", "3", "6"


class HandlerApi(Activations):
    """``Activations`` over this language; amounts are in the record's currency, or one that an answer names.

    Attributes:
        dialect: how the record's house speaks it; its capabilities are the adapter's.

    Raises:
        ValueError: on construction, where the record has a quirk that there is not.
    """

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self.dialect = dialect_of(record)
        self.capabilities = self.dialect.capabilities
        self.lists_sms = self.dialect.lists_sms
        self._http = http

    async def balance(self, key: Key) -> Money:
        """Return what the account holds (``getBalance`` or ``getBalanceAndCashBack``)."""
        method = words.GET_BALANCE_AND_CASHBACK if self.dialect.cashback else words.GET_BALANCE
        return answers.read_balance(await self._ask("balance", Kind.READ, method, key))

    async def quotes(
        self, key: Key, *, service: str | None = None, country: str | None = None
    ) -> tuple[Quote, ...]:
        """Return prices and stock (``getPrices``).

        For one service in one country, SMS-Activate's ``getTopCountriesByService`` tells the stock by price:
        a quote each, the cheapest first. Where prices of a country come without stock, ``getNumbersStatus``
        tells it.
        """
        if service is not None and country is not None and self.dialect.tiers:
            tiers = [q for q in await self._top_countries(key, service) if q.country == country]
            if tiers:
                return tuple(tiers)
        asked = {"service": service, "country": country}
        named = {name: value for name, value in asked.items() if value is not None}
        reply = await self._ask("quotes", Kind.READ, words.GET_PRICES, key, **named)
        reading = (reply, self.dialect.prices, service, country)
        if named:
            found = prices.read_prices(*reading)
        else:  # megabytes: the loop must not stand still over them
            found = await asyncio.to_thread(prices.read_prices, *reading)
        quotes = [quote for quote in map(self._split, found) if country in {None, quote.country}]
        if service is not None:
            wanted = self.dialect.aliases.get(service, service)
            quotes = [quote for quote in quotes if quote.service in {service, wanted}]
        if country is not None and any(quote.stock is None for quote in quotes):
            quotes = await self._stocked(key, country, quotes)
        return tuple(quotes)

    async def voice_quotes(self, key: Key, service: str) -> tuple[Quote, ...]:
        """Return prices of numbers that can take a call (``getPricesVerification``)."""
        self._need(Capability.VOICE)
        reply = await self._ask("quotes", Kind.READ, words.GET_PRICES_VERIFICATION, key, service=service)
        found = prices.read_prices(reply, Outer.SERVICE, service, None)
        return tuple(quote for quote in found if quote.service == service)

    def forwards(self, service: str) -> bool:
        """Whether the house's page names the service among those that forward, or names none."""
        named = self.dialect.forwards
        return Capability.FORWARD in self.capabilities and (named is None or service in named)

    async def forward_quotes(self, key: Key, service: str, country: str) -> tuple[Quote, ...]:
        """Return the stock of numbers with forwarding (``getNumbersStatus``, the words with ``_1``)."""
        self._need(Capability.FORWARD)
        method = words.GET_NUMBERS_STATUS
        stock = lists.read_stock(await self._ask("quotes", Kind.READ, method, key, country=country))
        named = self.dialect.aliases.get(service, service)
        return (Quote(service, country, price=None, stock=stock.get((named, True), 0)),)

    async def operators(self, key: Key, country: str) -> tuple[str, ...]:
        """Return a country's operators (``getOperators``, or the list that stands on the house's page)."""
        self._need(Capability.OPERATORS)
        if self.dialect.operators:
            return self.dialect.operators.get(country, ())
        reply = await self._ask("operators", Kind.READ, words.GET_OPERATORS, key, country=country)
        return lists.read_operators(reply, country)

    async def countries(self, key: Key) -> tuple[Place, ...]:
        """Return the house's own list of countries, with their names (``getCountries``)."""
        self._need(Capability.COUNTRIES)
        return lists.read_countries(await self._ask("countries", Kind.READ, words.GET_COUNTRIES, key))

    async def rates(self, key: Key, service: str) -> tuple[Rate, ...]:
        """Return how well a service works by country (``getListOfTopCountriesByService``)."""
        self._need(Capability.RATES)
        method = words.GET_LIST_OF_TOP_COUNTRIES
        return lists.read_rates(await self._ask("rates", Kind.READ, method, key, service=service))

    async def buy(self, key: Key, want: Want) -> Bought:
        """Buy one number (``getNumber`` or ``getNumberV2``)."""
        method = words.GET_NUMBER_V2 if self.dialect.buy is Buy.JSON else words.GET_NUMBER
        named = {"service": want.service, **self._wishes(want)}
        if want.max_price is not None and Capability.MAX_PRICE in self.capabilities:
            named["maxPrice"] = f"{want.max_price:f}"
        if want.voice:
            self._need(Capability.VOICE)
            named["verification"] = "true"
        if want.forward:
            self._need(Capability.FORWARD)
            named["forward"] = "1"
        return answers.read_purchase(await self._ask("buy", Kind.PAID, method, key, **named))

    async def buy_several(self, key: Key, want: Want, services: tuple[str, ...]) -> tuple[Bought, ...]:
        """Buy one number for several services (``getMultiServiceNumber``); forwarding is for the first."""
        self._need(Capability.SEVERAL)
        named = {"multiService": ",".join(services), **self._wishes(want)}
        if want.forward:
            self._need(Capability.FORWARD)
            named["multiForward"] = ",".join("1" if at == 0 else "0" for at in range(len(services)))
        reply = await self._ask("buy", Kind.PAID, words.GET_MULTI_SERVICE_NUMBER, key, **named)
        return answers.read_several(reply)

    async def check(self, key: Key, order: Watched) -> Sms | None:
        """Return the newest SMS (``getStatus``); the one before it, marked so, while another is awaited."""
        return answers.read_status(await self._of("check", Kind.POLL, words.GET_STATUS, key, order))

    async def ready(self, key: Key, order: Watched, *, forward_to: str | None = None) -> None:
        """Say that the SMS was requested, or requested once more (``setStatus``).

        An order that waits for its SMS to be sent again takes another status than a new one, at SMS-Activate.

        Args:
            key: the account's.
            order: which one.
            forward_to: where calls and SMS of a forwarded number go, digits; such an order needs it.
        """
        self._need(Capability.READY)
        named = {} if forward_to is None else {"forward": forward_to}
        reply = await self._set("ready", words.SET_READY, key, order, _READY, **named)
        try:
            answers.read_ready(reply)
        except BadRequest as error:
            if error.code != words.BAD_STATUS:
                raise
            if not answers.awaits_resend(await self._of("ready", Kind.ACTION, words.GET_STATUS, key, order)):
                raise
            answers.read_resent(await self._set("ready", words.SET_READY, key, order, _FINISH))

    async def retry(self, key: Key, order: Watched) -> Sms | None:
        """Ask for another SMS (``setStatus``); it comes by ``check``."""
        self._need(Capability.RETRY)
        answers.read_retry(await self._set("retry", words.SET_RETRY, key, order, _RETRY))
        return None

    async def cancel(self, key: Key, order: Watched) -> Sms | None:
        """Give the number back (``setStatus``)."""
        self._need(Capability.CANCEL)
        return await self._give_back("cancel", key, order, self.dialect.cancel)

    async def ban(self, key: Key, order: Watched) -> Sms | None:
        """Say that the number is unusable (``setStatus``)."""
        self._need(Capability.BAN)
        return await self._give_back("ban", key, order, self.dialect.ban)

    async def finish(self, key: Key, order: Watched) -> None:
        """Complete the order (``setStatus``)."""
        self._need(Capability.FINISH)
        answers.read_finished(await self._set("finish", words.SET_FINISHED, key, order, _FINISH))

    async def repeat(self, key: Key, order: Watched, *, phone: str, service: str) -> Bought:
        """Activate the same number once more (``getExtraActivation``, or ``getRepeat``, which is free)."""
        self._need(Capability.REPEAT)
        if self.dialect.repeat is Repeat.BY_PHONE:
            named, method = {"number": phone, "service": service}, words.GET_REPEAT
        else:
            named, method = {"activationId": order.remote_id}, words.GET_EXTRA_ACTIVATION
        return answers.read_purchase(await self._ask("repeat", Kind.PAID, method, key, **named))

    async def repeat_price(self, key: Key, order: Watched) -> Money:
        """Return what ``repeat`` would cost (``checkExtraActivation``)."""
        self._need(Capability.REPEAT_PRICE)
        method = words.CHECK_EXTRA_ACTIVATION
        reply = await self._ask("repeat", Kind.READ, method, key, activationId=order.remote_id)
        return lists.read_repeat_price(reply)

    def additional_price(self) -> Money | None:
        """Return what the page says; at a house that counts in another currency that says nothing."""
        told = self.dialect.additional_price
        return told if told is not None and told.currency == self.record.currency else None

    async def additional(self, key: Key, order: Watched, *, service: str) -> Bought:
        """Buy another service on a forwarded number (``getAdditionalService``)."""
        self._need(Capability.ADDITIONAL)
        method = words.GET_ADDITIONAL_SERVICE
        reply = await self._of("additional", Kind.PAID, method, key, order, service=service)
        return answers.read_purchase(reply)

    async def active(self, key: Key) -> tuple[Active, ...]:
        """Return every open activation of the account (``getActiveActivations``)."""
        self._need(Capability.ACTIVE)
        return lists.read_active(await self._ask("active", Kind.POLL, words.GET_ACTIVE_ACTIVATIONS, key))

    async def shown(self, key: Key) -> Mapping[str, tuple[Sms, ...]]:
        """Return the SMS of every open activation by its id (``getActiveActivations``)."""
        self._need(Capability.ACTIVE)
        return lists.read_shown(await self._ask("active", Kind.POLL, words.GET_ACTIVE_ACTIVATIONS, key))

    async def history(self, key: Key, *, since: datetime, until: datetime) -> tuple[Past, ...]:
        """Return the house's own history (``getHistory``)."""
        self._need(Capability.HISTORY)
        span = {"start": str(int(since.timestamp())), "end": str(int(until.timestamp()))}
        return lists.read_history(await self._ask("history", Kind.READ, words.GET_HISTORY, key, **span))

    async def number_balance(self, key: Key, phone: str) -> Money | None:
        """Return what a phone number's own account holds (``getNumberBalance``)."""
        self._need(Capability.NUMBER_BALANCE)
        reply = await self._ask("number-balance", Kind.READ, words.GET_NUMBER_BALANCE, key, num=phone)
        return answers.read_number_balance(reply)

    async def clean_blacklist(self, key: Key) -> None:
        """Forget which numbers were banned (``cleanblacklist``)."""
        self._need(Capability.CLEAN_BLACKLIST)
        answers.read_done(await self._ask("clean-blacklist", Kind.ACTION, words.CLEAN_BLACKLIST, key))

    async def call_status(self, key: Key, order: Watched) -> str | None:
        """Return the phone number that has called (``getIncomingCallStatus``)."""
        self._need(Capability.CALL_STATUS)
        method = words.GET_INCOMING_CALL_STATUS
        reply = await self._ask("call-status", Kind.POLL, method, key, activationId=order.remote_id)
        return lists.read_caller(reply)

    async def call_out(self, key: Key, order: Watched, phone: str) -> None:
        """Have the number call somebody (``createTaskForCall``)."""
        self._need(Capability.CALL_OUT)
        named = {"activationId": order.remote_id, "phone": phone}
        answers.read_done(await self._ask("call", Kind.ACTION, words.CREATE_TASK_FOR_CALL, key, **named))

    async def outgoing(self, key: Key, order: Watched) -> tuple[Outgoing, ...]:
        """Return today's calls from the number (``getOutgoingCalls``)."""
        self._need(Capability.CALL_OUT)
        method = words.GET_OUTGOING_CALLS
        reply = await self._ask("calls", Kind.READ, method, key, activationId=order.remote_id)
        return lists.read_outgoing(reply)

    def _need(self, capability: Capability) -> None:
        if capability not in self.capabilities:
            raise NotOffered

    def _wishes(self, want: Want) -> dict[str, str]:
        """Return the fields that say where a number is from."""
        named = {"country": self.dialect.place(want.country, want.operator)}
        if want.operator is not None and not self.dialect.operators:
            named["operator"] = want.operator
        if self.dialect.phone_exception:
            named["phoneException"] = self.dialect.phone_exception
        return named

    def _split(self, quote: Quote) -> Quote:
        """Return a quote whose operator stands apart from its country."""
        country, operator = self.dialect.split(quote.country)
        return quote if operator is None else replace(quote, country=country, operator=operator)

    async def _top_countries(self, key: Key, service: str) -> tuple[Quote, ...]:
        method = words.GET_TOP_COUNTRIES
        reply = await self._ask("quotes", Kind.READ, method, key, service=service, freePrice="true")
        return prices.read_top_countries(reply, service)

    async def _stocked(self, key: Key, country: str, quotes: list[Quote]) -> list[Quote]:
        """Return the quotes with the stock that is told apart from the prices."""
        method = words.GET_NUMBERS_STATUS
        stock = lists.read_stock(await self._ask("quotes", Kind.READ, method, key, country=country))
        return [
            replace(quote, stock=stock.get((quote.service, False))) if quote.stock is None else quote
            for quote in quotes
        ]

    async def _give_back(self, operation: str, key: Key, order: Watched, status: str) -> Sms | None:
        """Set a status that ends an order; where its state does not allow that, an SMS may be the reason."""
        reply = await self._set(operation, words.SET_GIVEN_BACK, key, order, status)
        try:
            return answers.read_given_back(reply)
        except TooLateToCancel:
            sms = answers.read_status(await self._of(operation, Kind.ACTION, words.GET_STATUS, key, order))
            if sms is None or sms.earlier:
                raise
            return sms

    async def _set(
        self, operation: str, method: words.Method, key: Key, order: Watched, status: str, **named: str
    ) -> Reply:
        return await self._of(operation, Kind.ACTION, method, key, order, status=status, **named)

    async def _of(
        self, operation: str, kind: Kind, method: words.Method, key: Key, order: Watched, **named: str
    ) -> Reply:
        return await self._ask(operation, kind, method, key, id=order.remote_id, **named)

    async def _ask(self, operation: str, kind: Kind, method: words.Method, key: Key, **named: str) -> Reply:
        form: dict[str, str | Key] = {"api_key": key, "action": method.action, **named}
        call = Call(self.record, operation, _PATH, form, kind)
        if self.dialect.bad_action_is_key:
            method = replace(method, errors={**method.errors, "BAD_ACTION": KeyRejected})
        return Reply(call, await self._http.send(call), method)
