"""The shop of rentals: what can be rented, prolonged, added and restored, each with a button that pays."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot.clock import Clock
from bot.domain.errors import AlreadyDone, NotOffered, NotYours, OutOfDate
from bot.domain.rental_views import (
    BillView,
    RentBillsView,
    RentCountriesView,
    RentCountryChoice,
    RentServiceChoice,
    RentServicesView,
)
from bot.domain.rentals import HELD, Act, Rental
from bot.domain.views import AccountView, ProviderFacts
from bot.engine.accounts import Accounts
from bot.engine.keyring import Keyring
from bot.engine.rent_bills import RentBills, periods_to_prolong
from bot.engine.rent_names import RentNames
from bot.engine.rent_prices import Good, Price, RentPrices
from bot.providers.base import Record
from bot.providers.lease import RentalCapability, RentQuote
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals
from bot.storage import bills, rentals
from bot.storage.database import Database


class RentShop:
    """What the user's accounts rent out, and the buttons that pay for it.

    Every method raises ``NotYours`` for another person's account or rental, ``UnknownProvider`` where the
    account's house rents no numbers out, and ``ProviderError`` where it refuses or does not answer.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts: Accounts,
        keyring: Keyring,
        providers: Providers,
        names: RentNames,
        prices: RentPrices,
        offers: RentBills,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._keyring = keyring
        self._providers = providers
        self._names = names
        self._prices = prices
        self._bills = offers

    async def accounts(self, user_id: int) -> tuple[AccountView, ...]:
        """Return the user's accounts that rent numbers out, oldest first."""
        found = await self._accounts.list(user_id)
        return tuple(view for view in found if self._providers.find_rentals(view.provider.slug) is not None)

    def houses(self, user_id: int) -> tuple[ProviderFacts, ...]:
        """Return the providers that rent numbers out, and that the user can add a key for."""
        found = self._accounts.providers(user_id)
        return tuple(house for house in found if self._providers.find_rentals(house.slug) is not None)

    async def countries(self, user_id: int, account_id: int) -> RentCountriesView:
        """Return where an account rents numbers out, the most wanted first; nothing where nobody can choose.

        A house that lists no countries, and can be asked for each, is offered every one it has a code of.
        """
        account, adapter = await self._at(user_id, account_id)
        if RentalCapability.COUNTRIES in adapter.capabilities:
            told = await adapter.countries(await self._keyring.key(account_id))
            names = {self._country(adapter.record, one.code): one.name for one in told}
        elif RentalCapability.QUOTES in adapter.capabilities:
            names = dict.fromkeys(self._names.countries(adapter.record))
        else:
            names = {}
        choices = [RentCountryChoice(country, name) for country, name in names.items()]
        choices.sort(key=lambda choice: (self._names.place(choice.country), choice.name or choice.country))
        return RentCountriesView(account, tuple(choices))

    async def services(
        self, user_id: int, account_id: int, country: str | None, *, operator: str | None = None
    ) -> RentServicesView:
        """Return what numbers of a country can be rented for: the whole number, then what is in stock.

        Args:
            user_id: whose account.
            account_id: which.
            country: canonical id, or None where nobody can choose.
            operator: the provider's operator code, or None for any.

        Raises:
            BadCountry: the provider has no such country.
        """
        account, adapter = await self._at(user_id, account_id)
        if country is None or RentalCapability.QUOTES not in adapter.capabilities:
            whole = RentServiceChoice(None, None, None, adapter.terms.periods[0], None)
            has_whole = RentalCapability.WHOLE in adapter.capabilities
            choices: tuple[RentServiceChoice, ...] = (whole,) if has_whole else ()
        else:
            told = await self._prices.quotes(account.account, country, None, operator, fresh=False)
            choices = self._choices(adapter.record, told)
        has_operators = RentalCapability.OPERATORS in adapter.capabilities
        return RentServicesView(account, country, choices, operator, has_operators)

    async def operators(self, user_id: int, account_id: int, country: str) -> tuple[str, ...]:
        """Return the operators of a country, in the provider's words.

        Raises:
            NotOffered: the protocol knows none.
            BadCountry: the provider has no such country.
        """
        _, adapter = await self._at(user_id, account_id)
        code = self._names.country_code(adapter.record, country)
        if code is None or RentalCapability.OPERATORS not in adapter.capabilities:
            raise NotOffered
        return await adapter.operators(await self._keyring.key(account_id), code)

    async def bills(
        self,
        user_id: int,
        account_id: int,
        country: str | None,
        service: str | None,
        *,
        operator: str | None = None,
        further: tuple[str, ...] = (),
    ) -> RentBillsView:
        """Return for how long a number can be rented, each with its price and a live button, shortest first.

        Args:
            user_id: whose account.
            account_id: which.
            country: canonical id, or None where nobody can choose.
            service: canonical id, or None for the whole number.
            operator: the provider's operator code, or None for any.
            further: what the same number is rented for besides, canonical ids.

        Raises:
            NoNumbers: there is none for any period.
            BadCountry, BadService: the provider does not know it.
            AlreadyDone: one service is named twice.
            NotOffered: no whole numbers, no operators, or only one service a number.
        """
        account, adapter = await self._at(user_id, account_id)
        has_several = RentalCapability.SEVERAL in adapter.capabilities and service is not None
        if further and not has_several:
            raise NotOffered
        services = (service, *further)
        if len(set(services)) < len(services):
            raise AlreadyDone(account.provider.slug, "rent")
        prices = await self._prices.of_all(account.account, Good(services, country, operator))
        offered = [
            self._bills.new(
                account.account,
                Act.RENT,
                price,
                service=service,
                further=further,
                country=country,
                operator=operator,
            )
            for price in prices
        ]
        has_operators = RentalCapability.OPERATORS in adapter.capabilities
        views = await self._bills.keep(account, zip(offered, prices, strict=True))
        return RentBillsView(account, views, None, has_operators, has_several)

    async def bill(self, user_id: int, token: str) -> BillView:
        """Return the paid act behind a button, as it stands now.

        Raises:
            OutOfDate: no such button any more.
            NotYours: it was made for somebody else, or its account was removed.
        """
        async with self._database.read() as tx:
            bill = await bills.find(tx, token)
            known = bill is not None and bill.rental_id is not None
            rental = await rentals.find(tx, bill.rental_id) if bill and known and bill.rental_id else None
        if bill is None:
            raise OutOfDate
        if bill.user_id != user_id:
            raise NotYours
        account = await self._accounts.get(user_id, bill.account_id)
        return await self._bills.view(bill, account, rental, rental.name if rental else None)

    async def prolongs(self, user_id: int, rental_id: int) -> RentBillsView:
        """Return by how much a rental can be prolonged, each with a live button, shortest first.

        What the provider's document forbids is said before it is asked anything.

        Raises:
            NotOffered: its provider prolongs nothing, or the rental is over for good.
            NotProlongable: not yet.
            BadPeriod: it lasts as long as it can already, or the provider takes no period.
            OrderExpired: too late.
        """
        rental = await self._rental(user_id, rental_id)
        account, adapter = await self._at(user_id, rental.account_id)
        periods = periods_to_prolong(rental, adapter, self._clock.now())
        prices = await self._prices.of_prolongings(account.account, rental, periods)
        offered = [self._bills.prolonging(rental, price) for price in prices]
        views = await self._bills.keep(account, zip(offered, prices, strict=True), rental)
        return RentBillsView(account, views, rental)

    async def extra(self, user_id: int, rental_id: int, service: str) -> BillView:
        """Return a live button for one more service on a rental's number, for the time it has left.

        Raises:
            NotOffered: its provider has no such thing, or the rental does not run.
            AlreadyDone: the number is rented for it already.
            BadService: the provider does not know it.
        """
        rental = await self._rental(user_id, rental_id)
        account, adapter = await self._at(user_id, rental.account_id)
        if RentalCapability.ADD_SERVICE not in adapter.capabilities or not rental.is_held:
            raise NotOffered
        async with self._database.read() as tx:
            beside, broken = await rentals.in_states(tx, HELD, account_ids=[rental.account_id])
        for error in broken.values():
            raise error  # it may be the same: nothing is paid twice
        if any((one.phone, one.service) == (rental.phone, service) for one in beside):
            raise AlreadyDone(account.provider.slug, "add_service")
        price = await self._prices.of_extra(account.account, rental, service)
        bill = replace(
            self._bills.new(account.account, Act.ADD_SERVICE, price, service=service),
            country=rental.country,
            operator=rental.operator,
            rental_id=rental.id,
            phone=rental.phone,
        )
        (view,) = await self._bills.keep(account, [(bill, price)], rental)
        return view

    async def restore(self, user_id: int, account_id: int, remote_id: str) -> BillView:
        """Return a live button for bringing a rental back from the provider's archive.

        Raises:
            NotOffered: the provider has no archive.
            NotRepeatable: the number cannot be had again.
            StillRunning: it has not ended yet.
            OrderGone: the archive has no such rental of this account.
            LowBalance: the account cannot pay for it.
        """
        account, adapter = await self._at(user_id, account_id)
        if RentalCapability.RESTORE not in adapter.capabilities:
            raise NotOffered
        quote = await adapter.restore_price(await self._keyring.key(account_id), remote_id)
        price = Price(None, quote.price, name=quote.name)
        async with self._database.read() as tx:
            rental = await rentals.of_remote(tx, account_id, remote_id)
        if rental is not None and rental.is_open:
            raise AlreadyDone(account.provider.slug, "restore")
        bill = replace(
            self._bills.new(account.account, Act.RESTORE, price),
            service=self._names.service(adapter.record, quote.service),
            country=self._names.country(adapter.record, quote.country),
            rental_id=rental.id if rental else None,
            remote_id=remote_id,
            phone=quote.phone,
        )
        (view,) = await self._bills.keep(account, [(bill, price)], rental)
        return replace(view, days=quote.days, overdue_days=quote.overdue_days)

    async def _at(self, user_id: int, account_id: int) -> tuple[AccountView, Rentals]:
        account = await self._accounts.get(user_id, account_id)
        return account, self._providers.rentals(account.provider.slug)

    async def _rental(self, user_id: int, rental_id: int) -> Rental:
        async with self._database.read() as tx:
            rental = await rentals.find(tx, rental_id)
        if rental is None or rental.user_id != user_id:
            raise NotYours
        return rental

    def _country(self, record: Record, code: str) -> str:
        return self._names.country(record, code) or code

    def _choices(self, record: Record, told: Iterable[RentQuote]) -> tuple[RentServiceChoice, ...]:
        """Return a choice for each service, at the shortest period that has a price."""
        shortest: dict[str | None, RentQuote] = {}
        for quote in told:
            known = shortest.get(quote.service)
            if known is None or quote.period.length < known.period.length:
                shortest[quote.service] = quote
        choices = [
            RentServiceChoice(
                service=self._names.own_service(record, code),
                name=quote.name,
                price=quote.price,
                period=quote.period,
                stock=quote.stock,
                estimated=quote.estimated,
            )
            for code, quote in shortest.items()
        ]
        return tuple(sorted(choices, key=_rank))


def _rank(choice: RentServiceChoice) -> tuple[bool, bool, Decimal]:
    """Return what choices are sorted by: the whole number, then those in stock, cheapest first."""
    amount = choice.price.amount if choice.price else Decimal()
    return (choice.service is not None, choice.stock == 0, amount)
