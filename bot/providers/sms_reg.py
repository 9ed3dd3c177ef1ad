"""The sms-reg language, as GetSMS.ONLINE speaks it: which method is sent for which operation.

Source: GetSMS.ONLINE, "API documentation", section "API #2". Each method is a page of its own after the
host's name, and takes GET and POST; everything goes as a form by POST, so that keys stay out of URLs.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.errors import BadRequest, NoSmsYet, OrderClosed, OrderExpired, TooLateToCancel
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import sms_reg_answers as answers
from bot.providers.activations import Activations
from bot.providers.base import Capability, Record
from bot.providers.calls import Answer, Call, Kind
from bot.providers.http import Http
from bot.providers.trade import Bought, Want, Watched

# "getNum", its list of countries: the words with an operator in them, ``ru_mts``, taken apart.
OPERATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ru": ("beeline", "mts", "megafon", "tele2"),
        "ua": ("beeline", "kyivstar", "djuice", "mts", "jeans", "life"),
        "kz": ("beeline", "aktiv", "tele2"),
    }
)


class SmsReg(Activations):
    """``Activations`` over this language; balances are in the record's currency.

    It has no call for prices or stock, so ``quotes`` is empty for everybody (``UNPRICED``): what a number
    costs shows in the balance alone. A number cannot be given back; an order that brings no SMS ends by
    itself. A purchase returns before there is a number. No SMS is awaited until ``ready`` was called: without
    it the provider ends the order as if none had come.
    """

    capabilities = frozenset(
        {
            Capability.BAN,
            Capability.RETRY,
            Capability.READY,
            Capability.READY_FIRST,
            Capability.FINISH,
            Capability.LATE_NUMBER,
            Capability.REPEAT,
            Capability.OPERATORS,
            Capability.UNPRICED,
        }
    )

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self._http = http

    async def balance(self, key: Key) -> Money:
        """Return what the account holds (``getBalance``)."""
        return answers.read_balance(*await self._ask("balance", Kind.READ, "getBalance", key))

    async def quotes(
        self,
        key: Key,  # noqa: ARG002 - nothing is asked, see the class
        *,
        service: str | None = None,  # noqa: ARG002 - same reason
        country: str | None = None,  # noqa: ARG002 - same reason
    ) -> tuple[Quote, ...]:
        """Return nothing: no method tells prices or stock."""
        return ()

    async def operators(self, key: Key, country: str) -> tuple[str, ...]:  # noqa: ARG002 - not asked for
        """Return the operators that the page lists for a country; nothing is sent."""
        return OPERATORS.get(country, ())

    async def buy(self, key: Key, want: Want) -> Bought:
        """Buy one number (``getNum``); an operator is a part of the country's word."""
        country = want.country if want.operator is None else f"{want.country}_{want.operator}"
        asked = await self._ask("buy", Kind.PAID, "getNum", key, country=country, service=want.service)
        return answers.read_purchase(*asked)

    async def number(self, key: Key, order: Watched) -> str | None:
        """Return the phone of an order (``getState``), None while it waits for one."""
        return answers.read_number(*await self._state("number", key, order))

    async def check(self, key: Key, order: Watched) -> Sms | None:
        """Return the newest SMS (``getState``).

        An order that is over goes on returning the SMS that it brought.

        Raises:
            OrderExpired: the lifetime is over and no SMS came.
            OrderClosed: the order was completed, marked as unusable or deleted, and shows no SMS.
            OrderGone: the provider does not know the order.
            NoNumbers: there will be no number; nothing is charged.
        """
        return answers.read_state(*await self._state("check", key, order)).sms

    async def ready(self, key: Key, order: Watched, *, forward_to: str | None = None) -> None:
        """Say that the SMS was requested (``setReady``); said again or too late it does no harm."""
        del forward_to  # this language forwards nothing
        answers.read_done(*await self._ask("ready", Kind.ACTION, "setReady", key, tzid=order.remote_id))

    async def retry(self, key: Key, order: Watched) -> Sms | None:
        """Ask for another SMS (``setOperationRevise``).

        Where the order's state does not allow it, the state tells why: asked before is as good as asked now.

        Raises:
            NoSmsYet: there has been no SMS at all.
        """
        if await self._done("retry", "setOperationRevise", key, order):
            return None
        state = answers.read_state(*await self._state("retry", key, order))
        if state.sms is None and not state.waits_again:
            raise NoSmsYet(self.record.slug, "retry", state.word)
        return state.sms

    async def ban(self, key: Key, order: Watched) -> Sms | None:
        """Say that the number is unusable (``setOperationUsed``).

        Where the order's state does not allow it, the state tells why.

        Raises:
            TooLateToCancel: it is not allowed, though the order lives and shows no SMS.
        """
        if await self._done("ban", "setOperationUsed", key, order):
            return None
        state = answers.read_state(*await self._state("ban", key, order))
        if state.sms is None:
            raise TooLateToCancel(self.record.slug, "ban", state.word)
        return state.sms

    async def finish(self, key: Key, order: Watched) -> None:
        """Complete the order (``setOperationOk``); one that is over already is complete.

        Raises:
            NoSmsYet: it is not allowed, because there is nothing to complete.
            BadRequest: it is not allowed, though an SMS is there.
        """
        if await self._done("finish", "setOperationOk", key, order):
            return
        try:
            state = answers.read_state(*await self._state("finish", key, order))
        except (OrderExpired, OrderClosed):
            return
        if not state.over:
            raise (NoSmsYet if state.sms is None else BadRequest)(self.record.slug, "finish", state.word)

    async def repeat(self, key: Key, order: Watched, *, phone: str, service: str) -> Bought:  # noqa: ARG002 - the order's id says both
        """Order the same number for the same service once more (``getNumRepeat``)."""
        asked = await self._ask("repeat", Kind.PAID, "getNumRepeat", key, tzid=order.remote_id)
        return answers.read_repeat(*asked)

    async def _state(self, operation: str, key: Key, order: Watched) -> tuple[Call, Answer]:
        return await self._ask(operation, Kind.POLL, "getState", key, tzid=order.remote_id)

    async def _done(self, operation: str, method: str, key: Key, order: Watched) -> bool:
        """Carry out a ``set…`` method; False where the order's state does not allow it."""
        return answers.read_done(*await self._ask(operation, Kind.ACTION, method, key, tzid=order.remote_id))

    async def _ask(
        self, operation: str, kind: Kind, method: str, key: Key, **named: str
    ) -> tuple[Call, Answer]:
        form: dict[str, str | Key] = {"apikey": key, **named}
        call = Call(self.record, operation, f"/{method}.php", form, kind)
        return call, await self._http.send(call)
