"""Get-SMS's rent API, version 2: which method is sent for which operation.

Source: the provider's page, section "API for renting a phone number for an extended period". It allows GET
and POST; everything goes as a form by POST, so that keys stay out of URLs.
"""

from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import NotOffered
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import getsms_rent_answers as answers
from bot.providers.base import Record
from bot.providers.calls import Answer, Call, Kind
from bot.providers.getsms_envelope import Method
from bot.providers.http import Http
from bot.providers.lease import Held, Listed, RentalCapability, Rented, RentQuote, RentWant, Terms
from bot.providers.rentals import Rentals

_PATH = "/api/v2/rent/"
_SEVEN_DAYS = Period(Unit.DAY, 7)
_WEEK = Period(Unit.WEEK, 1)


class GetSmsRent(Rentals):
    """``Rentals`` over this protocol; prices are in the record's currency."""

    capabilities = frozenset(
        {
            RentalCapability.QUOTES,
            RentalCapability.PROLONG,
            RentalCapability.CANCEL,
            RentalCapability.DELETE,
        }
    )
    terms = Terms(
        periods=answers.PERIODS,  # weeks can be rented too, but their prices are not told
        check_every=15.0,  # "repeat the code retrieval request after 15-30 seconds"
        cancel_within=timedelta(minutes=20),
    )

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self._http = http

    async def prove(self, key: Key) -> None:
        """Return if the provider accepts the key (``getorders``)."""
        answers.read_listed(*await self._ask("prove", Kind.READ, answers.GET_ORDERS, key))

    async def quotes(
        self, key: Key, country: str, *, period: Period | None = None, operator: str | None = None
    ) -> tuple[RentQuote, ...]:
        """Return prices and stock (``getcountprices``), without a period those of one to seven days.

        The price of a week is taken to be that of seven days; nothing is told of longer times.
        """
        if operator is not None:
            raise NotOffered
        if period is not None:
            _counted(period)
        told = await self._ask("quotes", Kind.READ, answers.GET_COUNT_PRICES, key, country=country)
        quotes = answers.read_quotes(*told, country)
        if period == _WEEK:
            weeks = (quote for quote in quotes if quote.period == _SEVEN_DAYS)
            return tuple(replace(quote, period=_WEEK, estimated=True) for quote in weeks)
        return tuple(quote for quote in quotes if period in {None, quote.period})

    async def rent(self, key: Key, want: RentWant) -> Rented:
        """Rent a number for one service (``getnumber``)."""
        if want.service is None or want.operator is not None:
            raise NotOffered
        named = {"service": want.service, "country": want.country, **_counted(want.period)}
        told = await self._ask("rent", Kind.PAID, answers.GET_NUMBER, key, **named)
        return answers.read_rented(*told, want.service)

    async def listed(self, key: Key) -> tuple[Listed, ...]:
        """Return the account's rentals (``getorders``), those that are over or canceled among them."""
        return answers.read_listed(*await self._ask("listed", Kind.POLL, answers.GET_ORDERS, key))

    async def sms(self, key: Key, rental: Held) -> tuple[Sms, ...]:
        """Return the SMS of a rental (``getcode``)."""
        told = await self._ask("sms", Kind.POLL, answers.GET_CODE, key, rentid=rental.remote_id)
        return answers.read_sms(*told)

    async def prolong(self, key: Key, rental: Held, period: Period) -> Rented:
        """Make a rental longer (``prolong``); until when, the provider does not say with a zone."""
        named = {"rentid": rental.remote_id, **_counted(period)}
        phone = answers.read_prolonged(*await self._ask("prolong", Kind.PAID, answers.PROLONG, key, **named))
        return Rented(rental.remote_id, phone or rental.phone)

    async def cancel(self, key: Key, rental: Held) -> None:
        """Give the number back (``refuse``): within 20 minutes, and while no SMS has come."""
        await self._close("cancel", answers.REFUSE, key, rental)

    async def delete(self, key: Key, rental: Held) -> None:
        """Remove the rental from the provider's system (``delete``); the page tells of no money back."""
        await self._close("delete", answers.DELETE, key, rental)

    async def _close(self, operation: str, method: Method, key: Key, rental: Held) -> None:
        told = await self._ask(operation, Kind.ACTION, method, key, rentid=rental.remote_id)
        answers.read_done(*told, method)

    async def _ask(
        self, operation: str, kind: Kind, method: Method, key: Key, **named: str
    ) -> tuple[Call, Answer]:
        form: dict[str, str | Key] = {"method": method.name, "userkey": key, **named}
        call = Call(self.record, operation, _PATH, form, kind)
        return call, await self._http.send(call)


def _counted(period: Period) -> dict[str, str]:
    """Return a period in the protocol's words.

    Raises:
        NotOffered: it is counted in neither days nor weeks.
    """
    if period.unit not in (Unit.DAY, Unit.WEEK):
        raise NotOffered
    return {"type": period.unit.value, "period": str(period.count)}
