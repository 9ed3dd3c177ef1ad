"""What rentals cost: asked of the provider in its own codes, remembered for a moment."""

import asyncio
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from bot.clock import Clock
from bot.domain.errors import BadCountry, BadService, NoNumbers, NotOffered, Refused
from bot.domain.money import Money
from bot.domain.people import Account
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Rental
from bot.engine.keyring import Keyring
from bot.engine.rent_names import RentNames
from bot.providers.lease import Held, RentalCapability, RentQuote
from bot.providers.registry import Providers

_FRESH_SECONDS = 15.0
_REMEMBERED = 500
_DAY = timedelta(days=1)

_Asked = tuple[int, str, Period | None, str | None]


@dataclass(frozen=True, slots=True)
class Good:
    """What is rented: a number from a country, for some services, of an operator.

    Attributes:
        services: canonical ids; None among them for the whole number.
        country: canonical id; None where nobody can choose.
        operator: the provider's operator code, or None for any.
    """

    services: tuple[str | None, ...]
    country: str | None
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs now.

    Attributes:
        period: for how long; None where the act has no period.
        money: for all services together; None where it is not told.
        estimated: it was worked out from another price.
        name: the provider's own name of the first service, or None.
    """

    period: Period | None
    money: Money | None
    estimated: bool = False
    name: str | None = None


class RentPrices:
    """Prices of one account at a time, in canonical words.

    Quotes are remembered for a quarter of a minute, so that turning pages does not ask the provider again;
    ``fresh`` asks anew.
    """

    def __init__(self, clock: Clock, keyring: Keyring, providers: Providers, names: RentNames) -> None:
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._names = names
        self._remembered: dict[_Asked, tuple[float, tuple[RentQuote, ...]]] = {}

    def forget(self, account_id: int) -> None:
        """Remember nothing of an account."""
        self._remembered = {asked: told for asked, told in self._remembered.items() if asked[0] != account_id}

    async def quotes(
        self, account: Account, country: str, period: Period | None, operator: str | None, *, fresh: bool
    ) -> tuple[RentQuote, ...]:
        """Return what a provider tells of a country, in its own codes.

        Args:
            account: who is asked.
            country: canonical id.
            period: for how long; None: whichever the provider tells without being asked.
            operator: the provider's operator code, or None for any.
            fresh: whether what is remembered does not count.

        Raises:
            BadCountry: the provider has no such country.
            NotOffered: it has no such period, or no operators.
            ProviderError: it refuses, or does not answer.
        """
        adapter = self._providers.rentals(account.provider)
        code = self._names.country_code(adapter.record, country)
        if code is None:
            raise BadCountry(account.provider, "quotes")
        asked = (account.id, code, period, operator)
        known = self._remembered.get(asked)
        if known is not None and not fresh and self._clock.monotonic() - known[0] < _FRESH_SECONDS:
            return known[1]
        key = await self._keyring.key(account.id)
        found = await adapter.quotes(key, code, period=period, operator=operator)
        if fresh:  # what was told before of other periods may be as old as what this look corrects
            self._remembered = {
                other: told for other, told in self._remembered.items() if other[:2] != asked[:2]
            }
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        self._remembered[asked] = (self._clock.monotonic(), found)
        return found

    async def of_all(self, account: Account, good: Good) -> tuple[Price, ...]:
        """Return what can be had, for each period that the provider's document names, shortest first.

        A provider that tells a price per day is asked once, one that tells a price per period for each.

        Raises:
            NoNumbers: there is none for any period.
            BadCountry, BadService: the provider does not know it.
            NotOffered: the provider rents out no such thing.
            ProviderError: it refuses, or does not answer.
        """
        adapter = self._providers.rentals(account.provider)
        periods = adapter.terms.periods
        if RentalCapability.QUOTES not in adapter.capabilities:
            return tuple(Price(period, None) for period in periods)
        if good.country is None:
            raise BadCountry(account.provider, "quotes")
        codes = self._codes(account, good.services)
        told = await self.quotes(account, good.country, None, good.operator, fresh=False)
        found = {period: _sum(told, codes, period) for period in periods}
        if len({quote.period for quote in told}) <= 1:
            daily = _daily(told, codes)
            missing = [period for period in periods if found[period] is None]
            if daily is not None:
                found |= {period: _scaled(daily, period) for period in missing}
            else:
                found |= await self._one_by_one(account, good, missing)
        prices = tuple(price for price in found.values() if price is not None)
        if not prices:
            raise NoNumbers(account.provider, "quotes")
        return prices

    async def of(self, account: Account, good: Good, period: Period, *, fresh: bool = True) -> Price:
        """Return what a number costs for a period now.

        Raises:
            NoNumbers: there is none.
            BadCountry, BadService: the provider does not know it.
            NotOffered: the provider rents out no such thing.
            ProviderError: it refuses, or does not answer.
        """
        if RentalCapability.QUOTES not in self._providers.rentals(account.provider).capabilities:
            return Price(period, None)
        if good.country is None:
            raise BadCountry(account.provider, "quotes")
        codes = self._codes(account, good.services)
        told = await self.quotes(account, good.country, period, good.operator, fresh=fresh)
        price = _sum(told, codes, period)
        if price is None:
            raise NoNumbers(account.provider, "quotes")
        return price

    async def of_prolonging(
        self, account: Account, rental: Rental, period: Period, *, fresh: bool = True
    ) -> Price:
        """Return what prolonging a rental costs now: as the provider tells it, else as much as a new one.

        Raises:
            BadPeriod: not for so long.
            ProviderError: the provider refuses, or does not answer.
        """
        adapter = self._providers.rentals(account.provider)
        if RentalCapability.PROLONG_PRICE in adapter.capabilities:
            key = await self._keyring.key(account.id)
            held = Held(rental.remote_id or "", rental.phone or "")
            try:
                return Price(period, await adapter.prolong_price(key, held, period), name=rental.name)
            except Refused as refusal:
                if type(refusal) is not Refused:
                    raise
                # It prolongs, but tells no price: SMS-Activate does so for numbers of one operator only.
        daily = await self._of_new(
            account, Good((rental.service,), rental.country, rental.operator), period, fresh=fresh
        )
        return replace(daily, name=rental.name)

    async def of_prolongings(
        self, account: Account, rental: Rental, periods: Iterable[Period]
    ) -> tuple[Price, ...]:
        """Return what prolonging costs for each period that the provider takes, in their order.

        Args:
            account: who is asked.
            rental: what is prolonged.
            periods: at least one.

        Raises:
            ProviderError: it takes none, or does not answer.
        """
        first, *others = periods
        # Alone: its answer is often a list that tells of all of them, and is remembered for the others.
        answers = [await self._perhaps(account, rental, first)]
        answers += await asyncio.gather(*(self._perhaps(account, rental, period) for period in others))
        prices = tuple(price for price in answers if isinstance(price, Price))
        refusals = [refusal for refusal in answers if isinstance(refusal, Refused)]
        if not prices and refusals:
            raise refusals[0]
        return prices

    async def of_extra(self, account: Account, rental: Rental, service: str) -> Price:
        """Return what one more service on a number costs for the time that it has left, begun days whole.

        Raises:
            NotOffered: how long it has left, or where it is from, is not known.
            BadService: the provider does not know it.
            ProviderError: the provider refuses, or does not answer.
        """
        if rental.country is None or rental.until is None:
            raise NotOffered
        codes = self._codes(account, (service,))
        told = await self.quotes(account, rental.country, None, None, fresh=True)
        daily = _daily(told, codes, is_stock_needed=False)
        if daily is None:
            raise BadService(account.provider, "quotes")
        days = max(1, math.ceil((rental.until - self._clock.now()) / _DAY))
        return replace(_scaled(daily, Period(Unit.DAY, days)), period=None)

    async def _perhaps(self, account: Account, rental: Rental, period: Period) -> Price | Refused:
        try:
            return await self.of_prolonging(account, rental, period, fresh=False)
        except Refused as refusal:
            return refusal

    async def _of_new(self, account: Account, good: Good, period: Period, *, fresh: bool) -> Price:
        """Return the price of a new number for what one costs that is held, stock or not; else no price."""
        capabilities = self._providers.rentals(account.provider).capabilities
        if RentalCapability.QUOTES not in capabilities or good.country is None:
            return Price(period, None)
        try:
            codes = self._codes(account, good.services)
            told = await self.quotes(account, good.country, None, good.operator, fresh=fresh)
            if _daily(told, codes, is_stock_needed=False) is None and period not in {q.period for q in told}:
                told = await self.quotes(account, good.country, period, good.operator, fresh=fresh)
        except (BadService, BadCountry, NoNumbers, NotOffered):  # it can be held all the same
            return Price(period, None)
        exact = _sum(told, codes, period, is_stock_needed=False)
        if exact is not None:
            return replace(exact, estimated=True)
        daily = _daily(told, codes, is_stock_needed=False)
        return Price(period, None) if daily is None else _scaled(daily, period)

    async def _one_by_one(
        self, account: Account, good: Good, periods: Iterable[Period]
    ) -> dict[Period, Price | None]:
        async def ask(period: Period) -> tuple[Period, Price | None]:
            try:
                return period, await self.of(account, good, period, fresh=False)
            except (Refused, NotOffered):  # this period cannot be had; others may
                return period, None

        return dict(await asyncio.gather(*(ask(period) for period in periods)))

    def _codes(self, account: Account, services: Iterable[str | None]) -> tuple[str | None, ...]:
        adapter = self._providers.rentals(account.provider)
        codes = []
        for service in services:
            if service is None and RentalCapability.WHOLE not in adapter.capabilities:
                raise NotOffered
            code = None if service is None else self._names.service_code(adapter.record, service)
            if service is not None and code is None:
                raise BadService(account.provider, "quotes")
            codes.append(code)
        return tuple(codes)


def _sum(
    quotes: Iterable[RentQuote],
    codes: Iterable[str | None],
    period: Period | None,
    *,
    is_stock_needed: bool = True,
) -> Price | None:
    """Return the price of all services together for a period; None where one of them cannot be had."""
    told = {
        quote.service: quote
        for quote in quotes
        if quote.period == period and (quote.stock != 0 or not is_stock_needed)
    }
    found = [told.get(code) for code in codes]
    parts = [quote for quote in found if quote is not None]
    if not parts or len(parts) < len(found) or len({quote.price.currency for quote in parts}) > 1:
        return None
    amount = sum((quote.price.amount for quote in parts), Decimal())
    money = Money(amount, parts[0].price.currency)
    return Price(period, money, any(quote.estimated for quote in parts), parts[0].name)


def _daily(
    quotes: Iterable[RentQuote], codes: Iterable[str | None], *, is_stock_needed: bool = True
) -> Price | None:
    """Return what a period costs at a provider that tells a price per day; None at any other."""
    worked_out = [quote for quote in quotes if quote.estimated]
    period = worked_out[0].period if worked_out else None
    return _sum(worked_out, codes, period, is_stock_needed=is_stock_needed)


def _scaled(price: Price, period: Period) -> Price:
    """Return the price for another period, in proportion to its days."""
    if price.money is None or price.period is None:
        return replace(price, period=period)
    amount = price.money.amount * (period.length // _DAY) / (price.period.length // _DAY)
    money = Money(amount, price.money.currency)
    return Price(period, money, estimated=True, name=price.name)
