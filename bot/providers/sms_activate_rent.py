"""SMS-Activate's rent API, the other half of ``handler_api.php``: which method is sent for which operation.

Source: SMS-Activate's page, "Rent Api". It allows GET and POST; everything goes as a form by POST, so that
keys stay out of URLs and out of the logs of proxies.
"""

from datetime import timedelta

from bot.domain.errors import NotOffered
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import sms_activate_rent_answers as answers
from bot.providers.base import Record
from bot.providers.calls import Call, Kind
from bot.providers.handler_api_reply import Reply
from bot.providers.handler_api_words import Method
from bot.providers.http import Http
from bot.providers.lease import (
    Held,
    Listed,
    RentalCapability,
    RentCountry,
    Rented,
    RentQuote,
    RentWant,
    Terms,
)
from bot.providers.rentals import Rentals

_PATH = "/stubs/handler_api.php"
_FINISH, _CANCEL = "1", "2"
_HOUR = timedelta(hours=1)
_SHORT = (4, 12)  # hours; beyond them a period is a multiple of 24
_USUAL = Period(Unit.HOUR, 4)


class SmsActivateRent(Rentals):
    """``Rentals`` over this protocol; prices are in the record's currency unless an answer names another."""

    capabilities = frozenset(
        {
            RentalCapability.COUNTRIES,
            RentalCapability.QUOTES,
            RentalCapability.OPERATORS,
            RentalCapability.WHOLE,
            RentalCapability.WEBHOOK,
            RentalCapability.PROLONG,
            RentalCapability.PROLONG_PRICE,
            RentalCapability.CANCEL,
            RentalCapability.FINISH,
        }
    )
    terms = Terms(
        # 4, 12 and 24 hours, then whole days; up to 1344 hours may be asked for
        periods=(
            _USUAL,
            Period(Unit.HOUR, 12),
            Period(Unit.DAY, 1),
            Period(Unit.DAY, 2),
            Period(Unit.DAY, 3),
            Period(Unit.WEEK, 1),
            Period(Unit.WEEK, 2),
            Period(Unit.WEEK, 4),
            Period(Unit.WEEK, 8),
        ),
        check_every=15.0,  # the page names no interval
        cancel_within=timedelta(minutes=20),  # CANT_CANCEL
    )

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self._http = http

    async def prove(self, key: Key) -> None:
        """Return if the provider accepts the key: the list of rentals is asked for."""
        answers.read_listed(await self._ask("prove", Kind.READ, answers.GET_LIST, key))

    async def countries(self, key: Key) -> tuple[RentCountry, ...]:
        """Return where numbers are rented out (``getRentServicesAndCountries``)."""
        return answers.read_countries(await self._ask("countries", Kind.READ, answers.GET_COUNTRIES, key))

    async def quotes(
        self, key: Key, country: str, *, period: Period | None = None, operator: str | None = None
    ) -> tuple[RentQuote, ...]:
        """Return prices and stock (``getRentServicesAndCountries``); without a period, those for 4 hours."""
        asked = period or _USUAL
        named = {"country": country, "rent_time": _hours(asked), **_from(operator)}
        reply = await self._ask("quotes", Kind.READ, answers.GET_SERVICES, key, **named)
        return answers.read_quotes(reply, country, asked, operator)

    async def operators(self, key: Key, country: str, *, period: Period | None = None) -> tuple[str, ...]:
        """Return a country's operators (``getRentServicesAndCountries``)."""
        named = {"country": country, "rent_time": _hours(period or _USUAL)}
        return answers.read_operators(
            await self._ask("operators", Kind.READ, answers.GET_SERVICES, key, **named)
        )

    async def rent(self, key: Key, want: RentWant) -> Rented:
        """Rent a number (``getRentNumber``)."""
        named = {
            "service": answers.WHOLE if want.service is None else want.service,
            "rent_time": _hours(want.period),
            "country": want.country,
            **_from(want.operator),
        }
        if want.webhook is not None:
            named["url"] = want.webhook
        return answers.read_rented(await self._ask("rent", Kind.PAID, answers.GET_NUMBER, key, **named))

    async def listed(self, key: Key) -> tuple[Listed, ...]:
        """Return the rentals that run (``getRentList``)."""
        return answers.read_listed(await self._ask("listed", Kind.POLL, answers.GET_LIST, key))

    async def sms(self, key: Key, rental: Held) -> tuple[Sms, ...]:
        """Return the SMS of a rental (``getRentStatus``)."""
        return answers.read_sms(await self._of("sms", Kind.POLL, answers.GET_STATUS, key, rental))

    async def prolong(self, key: Key, rental: Held, period: Period) -> Rented:
        """Make a rental longer (``continueRentNumber``); one that is over comes back under a new id."""
        named = {"rent_time": _in_hours(period)}
        return answers.read_rented(
            await self._of("prolong", Kind.PAID, answers.CONTINUE, key, rental, **named)
        )

    async def prolong_price(self, key: Key, rental: Held, period: Period) -> Money:
        """Return the price of ``prolong`` (``getContinueRentPriceNumber``).

        The page shows the method without a period, but a program on it and two of its errors know one.
        """
        named = {"rent_time": _in_hours(period)}
        method = answers.GET_CONTINUE_PRICE
        return answers.read_price(await self._of("prolong-price", Kind.READ, method, key, rental, **named))

    async def cancel(self, key: Key, rental: Held) -> None:
        """Give a number back (``setRentStatus`` 2)."""
        await self._set("cancel", key, rental, _CANCEL)

    async def finish(self, key: Key, rental: Held) -> None:
        """End a rental (``setRentStatus`` 1)."""
        await self._set("finish", key, rental, _FINISH)

    async def _set(self, operation: str, key: Key, rental: Held, status: str) -> None:
        method = answers.SET_STATUS
        answers.read_done(await self._of(operation, Kind.ACTION, method, key, rental, status=status))

    async def _of(
        self, operation: str, kind: Kind, method: Method, key: Key, rental: Held, **named: str
    ) -> Reply:
        return await self._ask(operation, kind, method, key, id=rental.remote_id, **named)

    async def _ask(self, operation: str, kind: Kind, method: Method, key: Key, **named: str) -> Reply:
        form: dict[str, str | Key] = {"api_key": key, "action": method.action, **named}
        call = Call(self.record, operation, _PATH, form, kind)
        return Reply(call, await self._http.send(call), method)


def _from(operator: str | None) -> dict[str, str]:
    return {} if operator is None else {"operator": operator}


def _in_hours(period: Period) -> str:
    return str(period.length // _HOUR)


def _hours(period: Period) -> str:
    """Return a period as it is rented.

    Raises:
        NotOffered: it is neither 4 hours, nor 12, nor whole days.
    """
    hours = period.length // _HOUR
    if hours not in _SHORT and hours % 24:
        raise NotOffered
    return str(hours)
