"""Wishes of persons: written down first, then asked for until the provider has said a final word."""

import random
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from bot.clock import Clock
from bot.domain.errors import (
    CodebellError,
    KeyRejected,
    Malformed,
    NoSmsYet,
    NotOffered,
    NotYours,
    OutOfDate,
    ProviderError,
    ProviderFault,
    RateLimited,
    TooEarlyToCancel,
    TooLateToCancel,
    UnknownProvider,
    Unreachable,
)
from bot.domain.faults import Source
from bot.domain.orders import Action, Order
from bot.domain.outbox import Notice
from bot.engine.endings import Endings
from bot.engine.faults import Faults
from bot.engine.keyring import Keyring
from bot.engine.outbox import Outbox
from bot.engine.schedule import Job, Scheduler
from bot.engine.watch import Watch
from bot.storage import orders, outbox, wishes
from bot.storage.database import Database

_PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)
_AT_ONCE = 3  # tries while the person still waits for the answer to the tap
_EARLY_SECONDS = 30.0
_PAUSED_SECONDS = 60.0
_BUSY_SECONDS = 1.0
_COURTESY_SECONDS = 10.0
_NO = (TooLateToCancel, NoSmsYet, NotOffered, NotYours)
_LOST = (Unreachable, Malformed, ProviderFault)


class Asking(Job):
    """Asks for one order's wish until it is carried out, or over.

    Attributes:
        order_id: ours.
        account_id: whose key asks.
        is_hurried: whether the watch has heard that the order is over, and had it asked for at once.
    """

    __slots__ = ("_wishes", "account_id", "is_hurried", "order_id")

    def __init__(self, wishes_: "Wishes", order: Order) -> None:
        super().__init__(lane=f"wishes {order.provider}")
        self._wishes = wishes_
        self.order_id = order.id
        self.account_id = order.account_id
        self.is_hurried = False

    @property
    def subject(self) -> str:
        """The order."""
        return str(self.order_id)

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.account_id

    async def run(self) -> float | None:
        """Ask once."""
        return await self._wishes.ask(self)


class Wishes:
    """Carries out *Cancel*, *Ban* and *Finish*, however often the provider must be asked.

    A provider that is silent, asks for a pause, is broken or says "too early" has said nothing final. Final
    is: done, done before, over, a code is here, or a plain no.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        scheduler: Scheduler,
        tell: Outbox,
        watch: Watch,
        endings: Endings,
        faults: Faults,
    ) -> None:
        self._territory = scheduler.territory
        self._database = database
        self._clock = clock
        self._scheduler = scheduler
        self._outbox = tell
        self._watch = watch
        self._endings = endings
        self._faults = faults
        self._jobs: dict[int, Asking] = {}
        self._busy: set[int] = set()
        self._pressed: set[int] = set()
        self._put_aside: set[int] = set()
        keyring.listeners.append(self._key_changed)
        watch.on_wished_over = self._said_over

    async def load(self, account_ids: Collection[int] | None = None) -> int:
        """Take up wishes that were written down elsewhere or before; return how many there are.

        Args:
            account_ids: of which accounts; None for all.
        """
        async with self._database.read() as tx:
            found, broken = await wishes.standing(tx, account_ids)
        for order_id, error in broken.items():
            self._put_aside.add(order_id)
            await self._faults.note(Source.ORDER, str(order_id), error)
        for order in found:
            if not self.knows(order.id):
                self._schedule(order, min(max(self._left(order), self._courtesy(order)), _PAUSED_SECONDS))
        return len(found)

    def drop(self, account_ids: Collection[int]) -> None:
        """Ask for nothing of these accounts any more."""
        for job in [one for one in self._jobs.values() if one.account_id in account_ids]:
            self._scheduler.remove(job)
            del self._jobs[job.order_id]

    def knows(self, order_id: int) -> bool:
        """Whether an order's wish is asked for here already, or cannot be read."""
        return order_id in self._jobs or order_id in self._pressed or order_id in self._put_aside

    def _courtesy(self, order: Order) -> float:
        """Return the seconds that are left to whoever took the tap, at another process, to ask first."""
        if self._territory.worker is None or order.wish is None or order.wish.next_at is not None:
            return 0.0
        return max(0.0, _COURTESY_SECONDS - (self._clock.now() - order.wish.made_at).total_seconds())

    async def press(self, order: Order, action: Action) -> Order:
        """Write down what a person wants, and ask the provider; where it says nothing final, ask on.

        Args:
            order: as the person sees it.
            action: ``CANCEL``, ``BAN`` or ``FINISH``.

        Returns:
            The order: over, or with its wish.

        Raises:
            OutOfDate: the order has moved on, or something is wished of it already.
            SmsCameFirst: a code was there: it is delivered, and the number stays.
            ProviderError: the provider refuses for good.
        """
        async with self._database.write() as tx:
            wished = await wishes.make(tx, order.id, action, self._clock.now(), of=order.state)
        if wished is None:
            raise OutOfDate
        self._watch.note(wished)
        self._pressed.add(order.id)
        try:
            return await self._pursue(wished)
        finally:
            self._pressed.discard(order.id)

    async def _pursue(self, wished: Order) -> Order:
        """Ask while the person waits, and have it asked on afterwards where that was no final word."""
        if wished.id in self._busy:  # a try for a wish that was taken back is still under way
            self._schedule(wished, _BUSY_SECONDS)
            return wished
        try:
            after = await self._insist(wished)
        except BaseException:
            self._schedule(wished, _BUSY_SECONDS)  # it finds nothing to do where that was a final word
            raise
        if after.wish is not None:
            self._schedule(after, self._left(after))
        return after

    async def keep(self, order: Order) -> Order:
        """Take a wish back; a try under way may still be carried out.

        Raises:
            OutOfDate: there is none any more.
        """
        async with self._outbox.telling() as tx:
            kept = await wishes.end(tx, order.id)
            if kept is None:
                raise OutOfDate
            await outbox.add_card(tx, kept, self._clock.now())
        self._watch.note(kept)
        return kept

    async def ask(self, job: Asking) -> float | None:
        """Ask once for a wish; return the seconds to the next time, or None where there is nothing to ask."""
        if job.order_id in self._busy:
            return _BUSY_SECONDS
        order = await self._standing(job.order_id)
        if order is not None:
            with suppress(CodebellError):  # a final word, which its person hears by a notice
                await self._try(order, by_itself=True)
            order = await self._standing(job.order_id)
        if order is None:
            if self._jobs.get(job.order_id) is job:
                del self._jobs[job.order_id]
            return None
        return self._left(order)

    def take_up(self, order: Order) -> None:
        """Carry out a wish that was written down elsewhere."""
        self._watch.note(order)
        self._schedule(order, 0)

    async def _insist(self, order: Order) -> Order:
        """Ask a few times while the person waits, as long as only the network is in the way."""
        after = await self._try(order, by_itself=False)
        for _ in range(_AT_ONCE - 1):
            if after.wish is None or after.wish.error != Unreachable.slug:
                break
            await self._clock.sleep(self._left(after))
            again = await self._standing(order.id)
            if again is None:  # taken back, or over by what a check has heard
                raise OutOfDate
            after = await self._try(again, by_itself=False)
        return after

    async def _try(self, order: Order, *, by_itself: bool) -> Order:
        self._busy.add(order.id)
        try:
            return await self._endings.ask(order, _done(order) if by_itself else None)
        except _NO as no:
            await self._refused(order, no, by_itself=by_itself)
            raise
        except (ProviderError, UnknownProvider) as error:
            return await self._put_off(order, error)
        finally:
            self._busy.discard(order.id)

    async def _refused(self, order: Order, no: CodebellError, *, by_itself: bool) -> None:
        words = no.text if isinstance(no, ProviderError) else None
        async with self._outbox.telling() as tx:
            kept = await wishes.end(tx, order.id, error=no.slug, error_text=words)
            if kept is None:
                return
            now = self._clock.now()
            await outbox.add_card(tx, kept, now)
            if by_itself:
                await outbox.add_notice(
                    tx,
                    Notice.KEPT,
                    chat_id=kept.card_chat_id,
                    user_id=kept.user_id,
                    order_id=kept.id,
                    now=now,
                )
        self._watch.note(kept)

    async def _put_off(self, order: Order, error: ProviderError | UnknownProvider) -> Order:
        """Note when the provider is asked again; the card says so."""
        wish, now = order.wish, self._clock.now()
        if wish is None:
            raise OutOfDate
        # "Too early" says that no try was carried out yet. What is silent or broken may have carried it out.
        is_lost = (
            None if isinstance(error, _LOST) else wish.is_lost and not isinstance(error, TooEarlyToCancel)
        )
        async with self._outbox.telling() as tx:
            waiting = await wishes.put_off(
                tx,
                order.id,
                wish.action,
                until=now + timedelta(seconds=_pause(wish.tries, error)),
                error=error.slug,
                error_text=error.text if isinstance(error, ProviderError) else None,
                is_lost=is_lost,
            )
            if waiting is None:
                raise OutOfDate
            await outbox.add_card(tx, waiting, now)
        self._watch.note(waiting)
        return waiting

    async def _standing(self, order_id: int) -> Order | None:
        """Return the order if something is wished of it."""
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
        return order if order is not None and order.is_watched and order.wish is not None else None

    def _schedule(self, order: Order, delay: float) -> None:
        if not self._territory.mine(order.account_id):
            self._territory.changed(order.account_id)
            return
        job = self._jobs.get(order.id)
        if job is None:
            job = self._jobs[order.id] = Asking(self, order)
        self._scheduler.add(job, delay)

    def _left(self, order: Order) -> float:
        """Return the seconds to the next try."""
        if order.wish is None or order.wish.next_at is None:
            return 0.0
        return max(0.0, (order.wish.next_at - self._clock.now()).total_seconds())

    def _said_over(self, order_id: int) -> None:
        """Ask at once, one time: what a check has heard may be the echo of a lost try."""
        job = self._jobs.get(order_id)
        if job is not None and not job.is_hurried:
            job.is_hurried = True
            self._scheduler.add(job)

    def _key_changed(self, account_id: int) -> None:
        for job in self._jobs.values():
            if job.account_id == account_id:
                self._scheduler.add(job)


def _done(order: Order) -> Notice:
    """Return what is told once the number has gone back, and nobody waits for the answer."""
    return Notice.AUTO_CANCELED if order.wish is not None and order.wish.is_auto else Notice.GIVEN_BACK


def _pause(tries: int, error: CodebellError) -> float:
    """Return the seconds to the next try, after so many earlier ones."""
    usual = _PAUSES[min(tries, len(_PAUSES) - 1)]
    match error:
        case RateLimited(retry_after=seconds):
            usual = max(seconds, usual)
        case TooEarlyToCancel():
            usual = _EARLY_SECONDS
        case KeyRejected() | UnknownProvider():
            usual = _PAUSED_SECONDS
    return usual * random.uniform(1.0, 1.2) if tries >= _AT_ONCE else usual  # noqa: S311 - spreading load
