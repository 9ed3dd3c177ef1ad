"""The buttons of paid acts: made with a price, kept until they are pressed or forgotten."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.errors import BadPeriod, NotOffered, NotProlongable
from bot.domain.people import Account
from bot.domain.periods import Period
from bot.domain.rental_views import BillView
from bot.domain.rentals import HELD, RUN_OUT, Act, Bill, BillState, Rental
from bot.domain.views import AccountView
from bot.engine.caps import Caps
from bot.engine.rent_prices import Price
from bot.providers.lease import RentalCapability
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals
from bot.storage import bills
from bot.storage.database import Database

_TOKEN_BYTES = 16


class RentBills:
    """Makes bills and keeps those that are shown."""

    def __init__(self, database: Database, clock: Clock, providers: Providers, caps: Caps) -> None:
        self._database = database
        self._clock = clock
        self._providers = providers
        self._caps = caps

    async def again(self, view: BillView, price: Price) -> Bill:
        """Return a new live button like an earlier one, at another price."""
        bill = replace(
            view.bill,
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            price=price.money,
            estimated=price.estimated,
            created_at=self._clock.now(),
        )
        (new,) = await self.keep(view.account, [(bill, price)], view.rental)
        return new.bill

    def prolonging(self, rental: Rental, price: Price) -> Bill:
        """Return an act that prolongs a rental; it is not kept yet."""
        bill = Bill(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            user_id=rental.user_id,
            account_id=rental.account_id,
            act=Act.PROLONG,
            state=BillState.OFFERED,
            service=rental.service,
            country=rental.country,
            operator=rental.operator,
            period=price.period,
            price=price.money,
            created_at=self._clock.now(),
        )
        return replace(bill, estimated=price.estimated, rental_id=rental.id, phone=rental.phone)

    def new(
        self,
        account: Account,
        act: Act,
        price: Price,
        *,
        service: str | None = None,
        further: tuple[str, ...] = (),
        country: str | None = None,
        operator: str | None = None,
    ) -> Bill:
        """Return an act at its price; it is not kept yet."""
        return Bill(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            user_id=account.user_id,
            account_id=account.id,
            act=act,
            state=BillState.OFFERED,
            service=service,
            country=country,
            operator=operator,
            period=price.period,
            price=price.money,
            created_at=self._clock.now(),
            further=further,
            estimated=price.estimated,
        )

    async def keep(
        self, account: AccountView, offered: Iterable[tuple[Bill, Price]], rental: Rental | None = None
    ) -> tuple[BillView, ...]:
        """Keep bills, each with the price that it was made from: their buttons are live from now on."""
        found = tuple(offered)
        currency = self._providers.rentals(account.provider.slug).record.currency
        async with self._database.write() as tx:
            for bill, _ in found:
                await bills.add(tx, bill, currency)
        tally = await self._caps.tally(account.account.id)
        views = (self._view(bill, account, rental, price.name) for bill, price in found)
        return tuple(replace(view, tally=tally) for view in views)

    async def view(
        self, bill: Bill, account: AccountView, rental: Rental | None, name: str | None
    ) -> BillView:
        """Return an act with what its provider promises of the number, and how its account stands."""
        view = self._view(bill, account, rental, name)
        return replace(view, tally=await self._caps.tally(account.account.id))

    def _view(self, bill: Bill, account: AccountView, rental: Rental | None, name: str | None) -> BillView:
        adapter = self._providers.find_rentals(account.provider.slug)
        if adapter is None:  # its entry has gone from the configuration
            return BillView(bill, account, rental, name)
        sleeps = RentalCapability.ACTIVATE in adapter.capabilities
        within = adapter.terms.cancel_within if RentalCapability.CANCEL in adapter.capabilities else None
        return BillView(bill, account, rental, name, refund_within=within, sleeps=sleeps)


def periods_to_prolong(rental: Rental, adapter: Rentals, now: datetime) -> tuple[Period, ...]:
    """Return the periods by which a provider's document lets a rental be prolonged now.

    What the provider itself says of the rental counts more than our clock.

    Raises:
        NotOffered: it prolongs nothing, or the rental is over for good.
        NotProlongable: not yet.
        BadPeriod: it lasts as long as it can already.
    """
    terms, capabilities = adapter.terms, adapter.capabilities
    # Where the price is told, the provider says for nothing whether a rental that ran out comes back.
    states = HELD | RUN_OUT if RentalCapability.PROLONG_PRICE in capabilities else HELD
    if RentalCapability.PROLONG not in capabilities or rental.state not in states:
        raise NotOffered
    until, within = rental.until, terms.prolong_within
    since = until - within if until is not None and within is not None else None
    is_early = since is not None and now < since
    if rental.can_prolong is False or (rental.can_prolong is None and is_early):
        raise NotProlongable(since if is_early else None)
    latest = rental.prolong_until or (now + terms.longest if terms.longest is not None else None)
    start = until if rental.is_held else now
    if latest is None or start is None:
        return terms.periods
    fitting = tuple(period for period in terms.periods if start + period.length <= latest)
    if not fitting:
        raise BadPeriod(adapter.record.slug, "prolong", longest=terms.longest)
    return fitting
