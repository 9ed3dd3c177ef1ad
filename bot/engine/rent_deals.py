"""The paid acts of rentals: what each costs at the last moment, and which call carries it out."""

from dataclasses import dataclass

from bot.domain.errors import BillRose, CodebellError, OutOfDate
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.rental_views import BillView
from bot.domain.rentals import Act, Bill, Rental
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.hooks import Hooks
from bot.engine.keyring import Keyring
from bot.engine.rent_bills import RentBills
from bot.engine.rent_names import RentNames
from bot.engine.rent_prices import Good, Price, RentPrices
from bot.engine.tally import Tally
from bot.providers.lease import Held, Listed, RentalCapability, Rented, RentWant
from bot.providers.registry import Providers


@dataclass(frozen=True, slots=True)
class Before:
    """What an account held just before it paid, for comparison should the answer be lost.

    Attributes:
        balance: None where it could not be told.
        listed: the provider's ids of the account's rentals; None where it could not be told.
    """

    balance: Money | None
    listed: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What to ask the provider for, in its own codes.

    Attributes:
        services: service codes, None for the whole number.
        country: country code; empty where nobody can choose.
    """

    services: tuple[str | None, ...]
    country: str


class RentDeals:
    """Knows, for each paid act, whether its price still holds and which call carries it out."""

    def __init__(
        self,
        accounts: Accounts,
        keyring: Keyring,
        providers: Providers,
        names: RentNames,
        prices: RentPrices,
        offers: RentBills,
        hooks: Hooks,
        tally: Tally,
    ) -> None:
        self._tally = tally
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers
        self._names = names
        self._prices = prices
        self._bills = offers
        self._hooks = hooks

    async def hold(self, view: BillView) -> Price:
        """Ask the price once more, and return it.

        Raises:
            BillRose: it costs more now.
            OutOfDate: it had a price and has none now, or the other way round.
            NoNumbers: there is no number any more.
            ProviderError: the price could not be asked.
        """
        price = await self.price(view)
        asked, told = view.bill.price, price.money
        if asked is None or told is None:
            if asked is not told:
                raise OutOfDate
        elif asked.currency != told.currency or asked < told:
            raise BillRose(await self._bills.again(view, price))
        return price

    async def price(self, view: BillView) -> Price:
        """Return what an act costs now.

        Raises:
            OutOfDate: its rental is gone.
            ProviderError: it cannot be had, or the price could not be asked.
        """
        bill, account = view.bill, view.account.account
        if bill.act is Act.RENT:
            good = Good(bill.services, bill.country, bill.operator)
            return await self._prices.of(account, good, _period(bill))
        if bill.act is Act.RESTORE:
            key = await self._keyring.key(account.id)
            adapter = self._providers.rentals(account.provider)
            quote = await adapter.restore_price(key, bill.remote_id or "")
            given = Period(Unit.DAY, quote.days) if quote.days else None
            return Price(given, quote.price, name=quote.name)
        if view.rental is None:
            raise OutOfDate
        if bill.act is Act.PROLONG:
            return await self._prices.of_prolonging(account, view.rental, _period(bill))
        return await self._prices.of_extra(account, view.rental, bill.service or "")

    def deed(self, view: BillView) -> Deed:
        """Return what to ask the provider for.

        Raises:
            OutOfDate: the catalogue no longer knows a service or the country.
        """
        bill, record = view.bill, self._providers.rentals(view.account.provider.slug).record
        codes = tuple(
            None if service is None else self._names.service_code(record, service)
            for service in bill.services
        )
        country = "" if bill.country is None else self._names.country_code(record, bill.country)
        if bill.act in {Act.RENT, Act.ADD_SERVICE}:
            lost = any(
                code is None and service is not None
                for code, service in zip(codes, bill.services, strict=True)
            )
            if lost or country is None:
                raise OutOfDate
        return Deed(codes, country or "")

    async def before(self, account: AccountView) -> Before:
        """Note what an account holds. Paying does not depend on it: what cannot be told is None."""
        listed = await self.listed(account)
        return Before(
            await self.balance(account),
            None if listed is None else frozenset(one.remote_id for one in listed),
        )

    async def balance(self, account: AccountView) -> Money | None:
        """Return what an account holds, or None where it is not told."""
        if self._providers.find(account.provider.slug) is None:  # a house that only rents out tells none
            return None
        try:
            return await self._accounts.balance(account)
        except CodebellError:
            return None

    async def listed(self, account: AccountView) -> tuple[Listed, ...] | None:
        """Return the account's rentals as the provider lists them now, or None where it does not tell."""
        try:
            adapter = self._providers.rentals(account.provider.slug)
            return await adapter.listed(await self._keyring.key(account.account.id))
        except CodebellError:
            return None

    async def make(
        self, bill: Bill, deed: Deed, rental: Rental | None, provider: str
    ) -> tuple[Rented | None, ...]:
        """Carry the act out. Paid: sent once.

        Returns:
            What came of it, for each service in its order; None where the answer does not tell of one.

        Raises:
            OutcomeUnknown: it may have been carried out.
            CodebellError: it was not.
        """
        with self._tally.call(provider):
            return await self._make(bill, deed, rental, provider)

    async def _make(
        self, bill: Bill, deed: Deed, rental: Rental | None, provider: str
    ) -> tuple[Rented | None, ...]:
        adapter = self._providers.rentals(provider)
        key = await self._keyring.key(bill.account_id)
        if bill.act is Act.RENT:
            hook = self._hooks.url(bill.account_id)
            if RentalCapability.WEBHOOK not in adapter.capabilities:
                hook = None
            want = RentWant(deed.services[0], deed.country, _period(bill), bill.operator, hook)
            if len(deed.services) == 1:
                return (await adapter.rent(key, want),)
            services = tuple(code for code in deed.services if code is not None)
            rented = await adapter.rent_several(key, want, services)
            made = {one.service: one for one in rented}
            if not made.keys() & set(services) and len(rented) == len(services):
                return rented  # in words of its own, but all of them
            return tuple(made.get(code) for code in services)
        if bill.act is Act.RESTORE:
            await adapter.restore(key, bill.remote_id or "")
            return (Rented(bill.remote_id or "", bill.phone or ""),)
        if rental is None:
            raise OutOfDate
        held = Held(rental.remote_id or "", rental.phone or "")
        if bill.act is Act.PROLONG:
            return (await adapter.prolong(key, held, _period(bill)),)
        await adapter.add_service(key, held, deed.services[0] or "")
        return (None,)  # the list tells its id


def _period(bill: Bill) -> Period:
    if bill.period is None:  # only a restoration and another service have none
        raise OutOfDate
    return bill.period
