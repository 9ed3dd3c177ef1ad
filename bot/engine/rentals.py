"""Rentals as a person sees them."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.errors import NotOffered, NotYours, OutOfDate
from bot.domain.money import Money
from bot.domain.people import Account
from bot.domain.periods import Period
from bot.domain.rental_views import ArchiveView, InboxView, RentalsPage, RentalView
from bot.domain.rentals import HELD, RUN_OUT, Rental, RentalAction, RentalState
from bot.domain.sms import Sms
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.health import Health
from bot.engine.outbox import Outbox
from bot.engine.rent_archive import RentArchive
from bot.engine.rent_jobs import lane_of
from bot.engine.rent_prices import RentPrices
from bot.engine.rent_watch import RentWatch
from bot.providers.lease import RentalCapability
from bot.providers.registry import Providers
from bot.providers.rentals import Rentals
from bot.storage import accounts, bills, rental_outbox, rentals
from bot.storage.database import Database, Transaction

PAGE = 4
INBOX_PAGE = 5
ARCHIVE_PAGE = 5

_POSSIBLE = {
    RentalAction.ACTIVATE: (RentalCapability.ACTIVATE, frozenset({RentalState.SLEEPING})),
    RentalAction.CANCEL: (RentalCapability.CANCEL, HELD),
    RentalAction.FINISH: (RentalCapability.FINISH, HELD),
    RentalAction.DELETE: (RentalCapability.DELETE, HELD),
}
_IN_ARCHIVE = frozenset({RentalState.OVER, RentalState.FINISHED, RentalState.DELETED})


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides on a rental's buttons.

    Attributes:
        rental: the row.
        adapter: of its provider; None where that is not configured any more.
        sms_count: how many SMS were recorded.
        now: UTC.
    """

    rental: Rental
    adapter: Rentals | None
    sms_count: int
    now: datetime

    @property
    def actions(self) -> tuple[RentalAction, ...]:
        """What can be done now: what the state allows and the protocol has."""
        adapter = self.adapter
        if adapter is None:
            return ()
        return tuple(
            action
            for action, (capability, states) in _POSSIBLE.items()
            if capability in adapter.capabilities
            and self.rental.state in states
            and (action is not RentalAction.CANCEL or self._can_cancel)
        )

    @property
    def cancel_until(self) -> datetime | None:
        """Until when it can be given back; None where it cannot, or where no end of that is told."""
        if RentalAction.CANCEL not in self.actions or self.adapter is None:
            return None
        within = self.adapter.terms.cancel_within
        return None if within is None else self.rental.created_at + within

    @property
    def can_prolong(self) -> bool:
        """Whether it can be prolonged now, as far as is known."""
        adapter, rental = self.adapter, self.rental
        if adapter is None or RentalCapability.PROLONG not in adapter.capabilities:
            return False
        if rental.state in RUN_OUT and RentalCapability.PROLONG_PRICE in adapter.capabilities:
            return True  # the provider says for nothing whether it comes back, and what that costs
        if not rental.is_held:
            return False
        if rental.can_prolong is not None:
            return rental.can_prolong
        within = adapter.terms.prolong_within
        return within is None or rental.until is None or rental.until - self.now <= within

    @property
    def can_add_service(self) -> bool:
        """Whether its number can be rented for one more service."""
        adapter, rental = self.adapter, self.rental
        if adapter is None or not rental.is_held or rental.service is None:
            return False
        return RentalCapability.ADD_SERVICE in adapter.capabilities

    @property
    def can_restore(self) -> bool:
        """Whether the provider can be asked to bring it back from its archive."""
        adapter, rental = self.adapter, self.rental
        if adapter is None or rental.remote_id is None or rental.state not in _IN_ARCHIVE:
            return False
        return RentalCapability.RESTORE in adapter.capabilities

    @property
    def auto_periods(self) -> tuple[Period, ...]:
        """By which it can be prolonged without asking."""
        adapter = self.adapter
        if adapter is None or not self.rental.is_held or RentalCapability.PROLONG not in adapter.capabilities:
            return ()
        return adapter.terms.periods

    @property
    def _can_cancel(self) -> bool:
        # Since when a number that was rented elsewhere is rented, is not known.
        if self.adapter is None or self.sms_count or self.rental.bill is None:
            return False
        within = self.adapter.terms.cancel_within
        return within is None or self.now < self.rental.created_at + within


class RentalBook:
    """Reads rentals, checks that they are the reader's, and adds what a card shows."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        accounts_: Accounts,
        providers: Providers,
        archive: RentArchive,
        prices: RentPrices,
        tell: Outbox,
        watch: RentWatch,
        health: Health,
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts_
        self._providers = providers
        self._archive = archive
        self._prices = prices
        self._outbox = tell
        self._watch = watch
        self._health = health

    async def view(self, user_id: int, rental_id: int) -> RentalView:
        """Return a rental of the user; somebody looks at it, so its provider is asked soon.

        Raises:
            OutOfDate: there is no such rental.
            NotYours: it is somebody else's.
        """
        async with self._database.read() as tx:
            rental = await self._own(tx, user_id, rental_id)
            view = await self._view(tx, rental)
        self._watch.touch(rental_id)
        return view

    async def find(self, rental_id: int) -> RentalView | None:
        """Return any rental, or None; for messages about it."""
        async with self._database.read() as tx:
            rental = await rentals.find(tx, rental_id)
            return await self._view(tx, rental) if rental else None

    async def page(self, user_id: int, page: int, *, is_open: bool) -> RentalsPage:
        """Return a page of the user's open or ended rentals, newest first, 4 a page.

        Args:
            user_id: whose.
            page: from 0; one beyond the end is the last.
            is_open: the open ones, or those that have ended.
        """
        async with self._database.read() as tx:
            total = await rentals.count_of_user(tx, user_id, is_open=is_open)
            page, pages = _fit(page, total, PAGE)
            found = await rentals.of_user(tx, user_id, is_open=is_open, limit=PAGE, offset=page * PAGE)
            views = tuple([await self._view(tx, rental) for rental in found])
        return RentalsPage(views, page, pages, is_open, total)

    async def inbox(self, user_id: int, rental_id: int, page: int) -> InboxView:
        """Return a page of a rental's SMS, newest first, 5 a page; its provider is asked soon.

        Args:
            user_id: who asks.
            rental_id: ours.
            page: from 0; one beyond the end is the last.

        Raises:
            OutOfDate: there is no such rental.
            NotYours: it is somebody else's.
        """
        async with self._database.read() as tx:
            view = await self._view(tx, await self._own(tx, user_id, rental_id))
            page, pages = _fit(page, view.sms_count, INBOX_PAGE)
            found = await rentals.sms_page(tx, rental_id, limit=INBOX_PAGE, offset=page * INBOX_PAGE)
        self._watch.touch(rental_id)
        return InboxView(view, found, page, pages)

    async def archive(self, user_id: int, account_id: int, page: int) -> ArchiveView:
        """Return a page of what the provider keeps of an account's past rentals, 5 a page.

        Args:
            user_id: who asks.
            account_id: whose archive.
            page: from 0; one beyond the end is empty.

        Raises:
            NotYours: not the user's account.
            NotOffered: the provider keeps no archive.
            ProviderError: the provider refuses, or does not answer.
        """
        account = await self._accounts.get(user_id, account_id)
        return await self._archive.page(account, max(page, 0), ARCHIVE_PAGE)

    async def archives(self, user_id: int) -> tuple[AccountView, ...]:
        """Return the user's accounts whose provider keeps an archive, oldest first."""
        return tuple(
            view for view in await self._accounts.list(user_id) if self._archive.is_kept(view.provider.slug)
        )

    async def set_auto(self, user_id: int, rental_id: int, period: Period | None) -> RentalView:
        """Have a rental prolonged before its end without asking, or not; return it as it is then.

        Args:
            user_id: who asks.
            rental_id: ours.
            period: by how much, each time; None: do not. What that costs now is the most that it may cost.

        Raises:
            OutOfDate: there is no such rental, or it is over.
            NotYours: it is somebody else's.
            NotOffered: the provider prolongs nothing, or not for so long.
            ProviderError: the price is asked for, and the provider refuses, or does not answer.
        """
        async with self._database.read() as tx:
            rental = await self._own(tx, user_id, rental_id)
        most = await self._price(rental, period) if period else None
        async with self._outbox.telling() as tx:
            changed = await rentals.move(
                tx,
                rental_id,
                of=HELD & {rental.state},
                to=rental.state,
                auto_unit=period.unit.value if period else None,
                auto_count=period.count if period else None,
                auto_most=most.amount if most else None,
            )
            if changed is None:
                raise OutOfDate
            await rental_outbox.add_card(tx, changed, self._clock.now())
            view = await self._view(tx, changed)
        self._watch.take(changed)
        return view

    async def _price(self, rental: Rental, period: Period) -> Money | None:
        adapter = self._providers.find_rentals(rental.provider)
        if adapter is None or RentalCapability.PROLONG not in adapter.capabilities:
            raise NotOffered
        if period not in adapter.terms.periods:
            raise NotOffered
        account = await self._accounts.get(rental.user_id, rental.account_id)
        return (await self._prices.of_prolonging(account.account, rental, period)).money

    async def set_card(self, rental_id: int, message_id: int | None) -> None:
        """Note which message shows a rental now."""
        async with self._database.write() as tx:
            changed = await rentals.change(tx, rental_id, card_message_id=message_id)
        if changed is not None:
            self._watch.take(changed)

    async def sms(self, rental_sms_id: int) -> Sms | None:
        """Return an SMS by our row id, or None."""
        async with self._database.read() as tx:
            return await rentals.find_sms(tx, rental_sms_id)

    async def _own(self, tx: Transaction, user_id: int, rental_id: int) -> Rental:
        rental = await rentals.find(tx, rental_id)
        if rental is None:
            raise OutOfDate
        if rental.user_id != user_id:
            raise NotYours
        return rental

    async def _view(self, tx: Transaction, rental: Rental) -> RentalView:
        newest = await rentals.sms_page(tx, rental.id, limit=1)
        adapter = self._providers.find_rentals(rental.provider)
        facts = Facts(rental, adapter, await rentals.count_sms(tx, rental.id), self._clock.now())
        return RentalView(
            rental=rental,
            account=self._account(rental, await accounts.find(tx, rental.account_id)),
            sms_count=facts.sms_count,
            newest=newest[0] if newest else None,
            actions=facts.actions,
            can_prolong=facts.can_prolong,
            can_add_service=facts.can_add_service,
            cancel_until=facts.cancel_until,
            silent_since=self._health.silent_since(lane_of(rental.provider)) if rental.is_held else None,
            bills=await bills.of_rental(tx, rental.id),
            made_by=None if rental.bill is None else await bills.find(tx, rental.bill),
            can_restore=facts.can_restore,
            auto_periods=facts.auto_periods,
        )

    def _account(self, rental: Rental, account: Account | None) -> AccountView:
        if account is None:  # the schema's foreign key forbids it
            raise LookupError(f"rental {rental.id} has no account")
        return self._accounts.view(account)


def _fit(page: int, total: int, size: int) -> tuple[int, int]:
    """Return a page that there is, and how many there are."""
    pages = max(1, -(-total // size))
    return min(max(page, 0), pages - 1), pages
