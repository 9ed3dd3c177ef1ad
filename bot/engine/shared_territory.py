"""Several replicas share the watching: each holds leases on accounts, and watches these alone.

An account is the unit, with all that is open of it: lists of orders, keys and what an uncertain purchase may
have made are an account's. Each replica renews its leases every few seconds, claims up to its fair share of
what nobody holds, and hands over what is more than that. What a replica no longer holds it does not touch: it
knows by its own monotonic clock, before it asks anybody, when its leases have run out.
"""

import asyncio
import random
from collections.abc import Callable, Collection, Coroutine
from typing import Any, Protocol

from bot.clock import Clock
from bot.engine.bus import Bus
from bot.logs import get_logger
from bot.storage import leases, open_work
from bot.storage.database import Database, DatabaseFails, Transaction
from bot.storage.leases import Leased
from bot.storage.open_work import Work

BEAT_SECONDS = 5.0
LEASE_SECONDS = 15.0

_SURE_SECONDS = 0.8 * LEASE_SECONDS  # what begins then is done before another may do it, as a rule
_TOPIC = "work"
_CHANGED = "changed"
_SWEEP_BEATS = 2
_FORGET_BEATS = 200
_AT_ONCE = 500  # accounts that are taken up between two beats: more would delay the next one
_SOON_SECONDS = 0.1
_LEAVE_SECONDS = 2.0  # of real time: the process is to end within ten
_log = get_logger(__name__)


class Parts(Protocol):
    """What is kept in memory of the accounts that are held."""

    async def take_over(self, account_ids: Collection[int]) -> None:
        """Watch all that is open of accounts that another process may have watched until now."""
        ...

    async def load(self, account_ids: Collection[int]) -> None:
        """Watch all that is open of these accounts, and nothing of them that is over."""
        ...

    def drop(self, account_ids: Collection[int]) -> None:
        """Watch nothing of these accounts any more."""
        ...

    def differing(self, work: Collection[Work], account_ids: Collection[int]) -> set[int]:
        """Return which of these accounts are not watched as the database says; ``work`` is what is open."""
        ...


class SharedTerritory:
    """The accounts whose leases this process holds.

    Attributes:
        worker: this process, as the database knows it.
        workers: how many replicas lived at the last beat, this one among them.
        beats: how often the leases were renewed, or tried to be.
        parts: set once, before the first beat.
    """

    parts: Parts

    def __init__(self, database: Database, clock: Clock, bus: Bus, worker: str) -> None:
        self._database = database
        self._clock = clock
        self._bus = bus
        self._worker = worker
        self._held: set[int] = set()
        self._until = float("-inf")
        self._lock = asyncio.Lock()  # one change of what is held at a time
        self._changes: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._hears: dict[str, Callable[[list[str]], None]] = {}
        self._is_away = False
        self.workers = 0
        self.beats = 0
        bus.listen(_TOPIC, self._heard)

    @property
    def worker(self) -> str:
        """This process, as the database knows it."""
        return self._worker

    @property
    def held(self) -> int:
        """How many accounts are held."""
        return len(self._held)

    async def live(self, tx: Transaction) -> frozenset[str]:
        """Return the replicas that may still get an answer to a paid call, this one among them."""
        return await leases.live(tx, LEASE_SECONDS) | {self._worker}

    def mine(self, account_id: int) -> bool:
        """Whether the account's lease is held, and has not run out by the monotonic clock."""
        return account_id in self._held and self._clock.monotonic() < self._until

    def changed(self, account_id: int) -> None:
        """Have whoever watches an account take up what was committed; where nobody does, this process."""
        if account_id not in self._changes:
            self._changes.add(account_id)
            self.begin(self._pass_on(account_id))

    def say(self, what: str, about: str) -> None:
        """Tell all other replicas something."""
        self.begin(self._bus.tell(_TOPIC, f"{what} {about}"))

    def hear(self, what: str, act: Callable[[list[str]], None]) -> None:
        """Have ``act`` called with what other replicas say of this."""
        self._hears[what] = act

    async def settled(self) -> None:
        """Return when nothing is being passed on or taken up."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def run(self) -> None:
        """Keep the leases, after a first beat, until cancelled."""
        more = False
        while True:
            await self._clock.sleep(_SOON_SECONDS if more else BEAT_SECONDS)
            more = await self.beat()

    async def leave(self) -> None:
        """Give up everything, so that others need not wait for the leases to run out."""
        async with self._lock:
            self._drop_all()
            for task in self._tasks:
                task.cancel()
            try:
                async with asyncio.timeout(_LEAVE_SECONDS), self._database.write() as tx:
                    await leases.leave(tx, self._worker)
            except (*DatabaseFails, TimeoutError) as error:
                _log.warning("leases are left to run out", reason=type(error).__name__)

    async def beat(self) -> bool:
        """Renew, claim and hand over once; return whether there is more to be claimed at once."""
        try:
            async with self._lock:
                return await self._beat()
        except DatabaseFails as error:
            if not self._is_away:
                self._is_away = True
                _log.warning("leases cannot be renewed; trying on", reason=type(error).__name__)
            return False
        except Exception:  # noqa: BLE001 - a fault in one account must not leave all others unwatched
            _log.exception("accounts could not be shared out; trying on")
            return False
        finally:
            self.beats += 1

    async def _beat(self) -> bool:
        self._stand_back()
        began = self._clock.monotonic()
        async with self._database.write() as tx:
            await leases.seen(tx, self._worker)
            kept = await leases.renew(tx, Leased.ACCOUNT, self._worker, LEASE_SECONDS)
            kept -= await open_work.release_idle(tx, self._worker)
            live = await leases.live(tx, LEASE_SECONDS)
            total = await open_work.count_accounts(tx)
            if self.beats % _FORGET_BEATS == 0:
                await leases.forget(tx)
        self._is_away = False
        self.workers = len(live)
        self._stand_back()  # the answer may have taken longer than the leases lasted
        self._let_go(self._held - kept)
        self._until = began + _SURE_SECONDS
        await self._take(kept - self._held)
        share = -(-total // max(self.workers, 1))
        if len(self._held) > share:
            await self._hand_over(len(self._held) - share)
        more = await self._claim(min(share - len(self._held), _AT_ONCE)) == _AT_ONCE
        if self.beats % _SWEEP_BEATS == 0:
            await self._sweep(live)
        return more

    def _stand_back(self) -> None:
        """Drop everything once the leases have run out: others may hold it by now."""
        if self._held and self._clock.monotonic() >= self._until:
            _log.warning("leases ran out; standing back", accounts=len(self._held))
            self._drop_all()

    def _drop_all(self) -> None:
        held, self._held = self._held, set()
        self._until = float("-inf")
        self.parts.drop(held)

    def _let_go(self, account_ids: Collection[int]) -> None:
        if account_ids:
            self._held.difference_update(account_ids)
            self.parts.drop(account_ids)
            _log.info("accounts let go", accounts=len(account_ids), held=len(self._held))

    async def _take(self, account_ids: Collection[int]) -> None:
        if account_ids:
            self._held.update(account_ids)
            await self.parts.take_over(account_ids)

    async def _hand_over(self, number: int) -> None:
        given = random.sample(sorted(self._held), number)
        self._held.difference_update(given)
        self.parts.drop(given)
        async with self._database.write() as tx:
            await leases.release(tx, Leased.ACCOUNT, given, self._worker)
        _log.info("accounts handed over", accounts=number, held=len(self._held), workers=self.workers)

    async def _claim(self, number: int) -> int:
        if number <= 0:
            return 0
        async with self._database.write() as tx:
            got, taken_over = await leases.claim_some(
                tx, Leased.ACCOUNT, open_work.accounts(), self._worker, LEASE_SECONDS, most=number
            )
        await self._take(got)
        if got:
            _log.info("accounts claimed", accounts=len(got), taken_over=taken_over, held=len(self._held))
        return len(got)

    async def _sweep(self, live: frozenset[str]) -> None:
        """Take up what was never heard of: a word on the bus may be lost."""
        async with self._database.read() as tx:
            work = await open_work.of_worker(tx, self._worker, live | {self._worker})
        missed = self.parts.differing(work, self._held)
        if missed:
            await self.parts.load(missed)
            _log.info("accounts caught up with", accounts=len(missed))

    async def _pass_on(self, account_id: int) -> None:
        async with self._lock:
            self._changes.discard(account_id)  # not sooner: what is told until here is loaded now
            if not self.mine(account_id):
                await self._claim_one(account_id)
            if self.mine(account_id):
                await self.parts.load([account_id])
                return
        await self._bus.tell(_TOPIC, f"{_CHANGED} {account_id}")

    async def _claim_one(self, account_id: int) -> None:
        if self._clock.monotonic() >= self._until:
            return  # standing back comes first
        async with self._database.write() as tx:
            got = await leases.claim(tx, Leased.ACCOUNT, [account_id], self._worker, LEASE_SECONDS)
        self._held.update(got)

    def _heard(self, text: str) -> None:
        what, *about = text.split()
        if what == _CHANGED:
            account_id = int(about[0])
            if self.mine(account_id):
                self.changed(account_id)
        elif what in self._hears:
            self._hears[what](about)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside; what it fails of is logged alone."""
        task = asyncio.create_task(self._carry_out(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_out(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - whatever it is: the next beat or sweep makes up for it
            _log.warning("replicas could not be told", reason=type(error).__name__)
