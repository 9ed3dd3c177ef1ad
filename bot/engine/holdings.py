"""All that is kept in memory of accounts: taken up and dropped together, held against the database."""

from collections.abc import Collection

from bot.domain.faults import Source
from bot.domain.orders import WATCHED
from bot.engine.faults import Faults
from bot.engine.hosts import Hosts
from bot.engine.lateness import Lateness
from bot.engine.recovery import Recovery
from bot.engine.rent_recovery import RentRecovery
from bot.engine.rent_watch import RentWatch
from bot.engine.watch import Watch
from bot.engine.wishes import Wishes
from bot.logs import get_logger
from bot.storage.open_work import Kind, Work

_AT_ONCE = 500
_TOLD_OF_TOKEN = 8  # enough to find the row, and not the button itself
_WATCHED = {state.value for state in WATCHED}
_log = get_logger(__name__)


class Holdings:
    """The parts that watch something; auto-cancel and reminders look at what these watch."""

    def __init__(
        self,
        hosts: Hosts,
        recovery: Recovery,
        rent_recovery: RentRecovery,
        watch: Watch,
        wishes: Wishes,
        lateness: Lateness,
        rent_watch: RentWatch,
        faults: Faults,
    ) -> None:
        self._hosts = hosts
        self._recovery = recovery
        self._rent_recovery = rent_recovery
        self._watch = watch
        self._wishes = wishes
        self._lateness = lateness
        self._rent_watch = rent_watch
        self._faults = faults

    async def load_all(self) -> None:
        """Take up all that is open, of all accounts."""
        await self._load(None)

    async def take_over(self, account_ids: Collection[int]) -> None:
        """Watch all that is open of accounts that another process may have watched until now."""
        self._lateness.look_back()
        await self.load(account_ids)

    async def load(self, account_ids: Collection[int]) -> None:
        """Watch all that is open of these accounts, and nothing of them that is over."""
        await self._hosts.load()  # one may have been added at another replica
        ordered = sorted(account_ids)
        for first in range(0, len(ordered), _AT_ONCE):
            await self._load(ordered[first : first + _AT_ONCE])

    async def know_hosts(self) -> None:
        """Know the hosts that users have added at other processes."""
        await self._hosts.load()

    def touch(self, rental_id: int) -> None:
        """Ask soon for a rental, if it is watched here."""
        self._rent_watch.touch_soon(rental_id)

    def drop(self, account_ids: Collection[int]) -> None:
        """Watch nothing of these accounts any more."""
        dropped = frozenset(account_ids)
        self._recovery.drop(dropped)
        self._rent_recovery.drop(dropped)
        self._wishes.drop(dropped)
        self._watch.drop(dropped)
        for account_id in dropped:
            self._rent_watch.forget(account_id)

    def differing(self, work: Collection[Work], account_ids: Collection[int]) -> set[int]:
        """Return which of these accounts are not watched as the database says."""
        missed = {one.account_id for one in work if not self._is_known(one)}
        open_ = {(one.kind, one.ref) for one in work}
        for check in self._watch.checks:
            if (Kind.ORDER, str(check.order_id)) not in open_:
                missed.add(check.account_id)
        for rental_id, account_id in self._rent_watch.watched():
            if (Kind.RENTAL, str(rental_id)) not in open_:
                missed.add(account_id)
        return missed & set(account_ids)

    def _is_known(self, work: Work) -> bool:
        if work.kind is Kind.BILL:
            return self._rent_recovery.knows(work.ref)
        if work.kind is Kind.RENTAL:
            return self._rent_watch.knows(int(work.ref), work.state, work.provider)
        order_id = int(work.ref)
        if work.state not in _WATCHED:
            return self._recovery.knows(order_id)
        if work.is_wished and not self._wishes.knows(order_id):
            return False
        return self._watch.checks.knows(order_id, work.state, work.provider, is_wished=work.is_wished)

    async def _load(self, account_ids: Collection[int] | None) -> None:
        recovered = await self._recovery.load(account_ids)
        billed, bills = await self._rent_recovery.load(account_ids)
        watched = await self._watch.load(account_ids)
        wished = await self._wishes.load(account_ids)
        rented, rentals = await self._rent_watch.load(account_ids)
        for token, error in bills.items():
            await self._faults.note(Source.BILL, token[:_TOLD_OF_TOKEN], error)
        for rental_id, error in rentals.items():
            await self._faults.note(Source.RENTAL, str(rental_id), error)
        if account_ids is None:
            _log.info("watching", orders=watched, uncertain=recovered + billed, wishes=wished, rentals=rented)
