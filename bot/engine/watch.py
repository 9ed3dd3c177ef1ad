"""Watching: every open number is asked for its SMS, as often as its provider allows, until its end."""

import random
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from bot.clock import Clock
from bot.domain.errors import (
    KeyRejected,
    Maintenance,
    Malformed,
    NoAnswer,
    NoNumbers,
    NotYours,
    OrderClosed,
    OrderExpired,
    OrderGone,
    ProviderError,
    ProviderFault,
    RateLimited,
    Unreachable,
)
from bot.domain.faults import Source
from bot.domain.orders import WATCHED, Order
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.engine.check_times import CheckTimes
from bot.engine.checklist import Checklist
from bot.engine.checks import Check, worth_a_look
from bot.engine.delivery import Delivery
from bot.engine.faults import Faults
from bot.engine.health import Health
from bot.engine.keyring import Keyring
from bot.engine.last_look import call_to, left_behind
from bot.engine.roll import Rolls
from bot.engine.schedule import Scheduler
from bot.logs import get_logger
from bot.providers.activations import Activations
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import accounts, orders
from bot.storage.database import Database

_GRACE = timedelta(minutes=1)
_SILENT_GRACE = timedelta(minutes=30)
_COMPLAINT_SECONDS = 15.0
_PAUSED_SECONDS = 60.0
_SLOWEST_SECONDS = 60.0
_GONE_FOR_GOOD = 3
_log = get_logger(__name__)


class Watch:
    """Keeps a check for every order whose number is ours.

    Attributes:
        checks: what is watched.
        territory: whose accounts these are.
        on_wished_over: hears of which order, with a wish, the provider says that it is over: that may be the
            echo of a try to give it back, so that whoever carries out the wish finds out.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        scheduler: Scheduler,
        delivery: Delivery,
        health: Health,
        faults: Faults,
    ) -> None:
        self.territory = scheduler.territory
        self._faults = faults
        self._database = database
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._scheduler = scheduler
        self._delivery = delivery
        self._health = health
        self.checks = Checklist(clock, self.territory)
        self._rolls = Rolls(keyring, providers, scheduler, self._listed)
        self._times = CheckTimes(providers, self.checks, self._rolls)
        self._missing: set[str] = set()
        self.on_wished_over: Callable[[int], None] | None = None
        keyring.listeners.append(self._key_changed)

    async def load(self, account_ids: Collection[int] | None = None) -> int:
        """Watch every open order of some accounts, or of all, and none that is over; return how many.

        The first checks are spread over the checking interval, so that a restart is no burst.
        """
        before = self.checks.of(account_ids)
        async with self._database.read() as tx:
            found, broken = await orders.in_states(tx, WATCHED, account_ids)
        for order_id, error in broken.items():
            self.checks.put_aside.add(order_id)
            await self._faults.note(Source.ORDER, str(order_id), error)
        open_ = {order.id for order in found}
        for check in before:
            if check.order_id not in open_:
                self._drop(check)
        for order in found:
            self._take_up(order)
        return len(found)

    def _take_up(self, order: Order) -> None:
        known = self.checks.find(order.id)
        if known is not None and known.lane != order.provider:
            self._drop(known)
            known = None
        if known is None:
            interval = self._providers.limits(order.provider).check_every
            self.take(order, random.uniform(0, interval))  # noqa: S311 - spreading load, no secret
        elif known.state is not order.state:
            self.take(order)
        else:
            self._update(known, order)

    def drop(self, account_ids: Collection[int]) -> None:
        """Watch nothing of these accounts any more."""
        for check in self.checks.of(account_ids):
            self._drop(check)

    def take(self, order: Order, delay: float | None = None) -> None:
        """Watch an order, or go on with what has changed of it; or tell the process that watches its account.

        Args:
            order: in a watched state; in any other it is dropped.
            delay: seconds to the next check; the usual interval where None.
        """
        if not self.territory.mine(order.account_id):
            self.territory.changed(order.account_id)
            return
        check = self.checks.find(order.id)
        if not order.is_watched:
            if check is not None:
                self._drop(check)
            return
        if check is None:
            check = Check(order, self._clock, self.ask)
            self.checks.add(check)
        else:
            check.update(order)
        self._rolls.see(check)
        self._scheduler.add(check, self._times.interval(check) if delay is None else delay)

    def note(self, order: Order) -> None:
        """Go on with what has changed of an order that is watched, at the time that is set already."""
        check = self.checks.find(order.id)
        if check is not None:
            self._update(check, order)
        elif not self.territory.mine(order.account_id):
            self.territory.changed(order.account_id)

    def move(self, order: Order) -> None:
        """Go on watching an order at another provider; what the old one still says is no end of it."""
        check = self.checks.find(order.id)
        if check is not None:
            self._drop(check)
        self.take(order, delay=0)

    async def deliver(self, order_id: int, sms: Sms) -> Order | None:
        """Record an SMS that was read elsewhere, and go on watching."""
        order = await self._delivery.sms(order_id, sms)
        if order is not None:
            self.take(order)
        return order

    async def over(self, order_id: int, why: ProviderError | None = None) -> Order | None:
        """Note that an order is over, and watch it no more.

        Args:
            order_id: ours.
            why: as in ``Delivery.over``: None where the lifetime is simply over.
        """
        order = await self._delivery.over(order_id, why)
        check = self.checks.find(order_id)
        if check is not None:
            self._drop(check)
        elif order is not None:
            self.take(order)
        return order

    async def close(self, order: Order, why: ProviderError | None) -> Order | None:
        """End an order that is said to be over, and nobody says how; what it has brought is told first.

        Args:
            order: which one.
            why: what the provider said; None where it waited for its SMS up to the end of its lifetime.

        Returns:
            The order; None where it has moved on meanwhile, or is listed as open after all.

        Raises:
            ProviderError: what it has brought cannot be asked now; it stays open.
        """
        async with self._database.read() as tx:
            told = await orders.sms_of(tx, order.id)
        adapter, key = self._providers.get(order.provider), await self._keyring.key(order.account_id)
        now = self._clock.now()
        left = await left_behind(adapter, key, order, told, now)
        for sms in left.sms:
            await self.deliver(order.id, sms)
        is_late = order.expires_at is not None and now > order.expires_at + _GRACE
        return None if left.is_open and not is_late else await self.over(order.id, why)

    @contextmanager
    def ending(self, order_id: int) -> Iterator[None]:
        """While somebody gives a number back, hear "over" from the provider as the echo of that."""
        check = self.checks.find(order_id)
        if check is None:
            yield
            return
        check.ending = True
        try:
            yield
        finally:
            check.ending = False

    def look_now(self, account_id: int, named: frozenset[str] | None = None) -> bool:
        """Check orders of an account at once, of these ids or any; return whether one is watched."""
        found = worth_a_look(self.checks, account_id, named)
        for check in found:
            self._scheduler.add(check)
        return bool(found)

    def _key_changed(self, account_id: int) -> None:
        for check in self.checks.of({account_id}):
            self._scheduler.add(check)

    async def ask(self, check: Check) -> float | None:
        """Ask once; return the seconds to the next time, or None when the order is over."""
        adapter = self._providers.find(check.lane)
        if adapter is None:
            return await self._unknown(check)
        try:
            key = await self._keyring.key(check.account_id)
            sms = await self._look(adapter, key, check)
        except NotYours:  # the account was removed; its open orders were refused removal before
            self._drop(check)
            return None
        except ProviderError as error:
            return await self._failed(check, error) if self.checks.has(check) else None
        await self._answered(check)
        check.gone = 0
        check.waited_at = self._clock.monotonic()
        await self._accepted(check)
        order = await self._delivery.sms(check.order_id, sms) if sms is not None else None
        if order is None and check.takes_calls:
            order = await self._call(adapter, key, check)
        if order is None:
            return await self._no_news(check)
        if not self.checks.has(check):
            return None
        self._rolls.found(check)
        self._update(check, order)
        return self._times.interval(check)

    async def _listed(self, check: Check, found: tuple[Sms, ...]) -> None:
        """Record what the account's list shows of an order."""
        for sms in found:
            order = await self._delivery.sms(check.order_id, sms)
            if order is not None and self.checks.has(check):
                self.take(order)

    def _update(self, check: Check, order: Order) -> None:
        check.update(order)
        self._rolls.see(check)

    async def _unknown(self, check: Check) -> float | None:
        """Pause: the provider's entry has gone from the configuration, and may come back with a restart."""
        if check.lane not in self._missing:
            self._missing.add(check.lane)
            _log.warning("provider is not configured; its orders are not asked for", provider=check.lane)
        if self.checks.is_past(check, _SILENT_GRACE):
            await self.over(check.order_id, NoAnswer(check.lane, "check"))
            return None
        return _PAUSED_SECONDS

    async def _look(self, adapter: Activations, key: Key, check: Check) -> Sms | None:
        order = Watched(check.remote_id, check.last_sms_id)
        if check.is_numberless:
            phone = await adapter.number(key, order)
            if phone is None:
                return None
            known = await self._delivery.number(check.order_id, phone)
            if known is not None:
                self._update(check, known)
        return await adapter.check(key, order)

    async def _call(self, adapter: Activations, key: Key, check: Check) -> Order | None:
        """Record who has called a number that takes calls: that is its code."""
        with suppress(ProviderError):  # asked again with the next check
            if call := await call_to(adapter, key, Watched(check.remote_id)):
                return await self._delivery.sms(check.order_id, call)
        return None

    async def _no_news(self, check: Check) -> float | None:
        if self.checks.is_past(check, _GRACE):
            await self.over(check.order_id)
            return None
        return self._times.interval(check)

    async def _failed(self, check: Check, error: ProviderError) -> float | None:
        if isinstance(error, OrderExpired | OrderClosed | OrderGone | NoNumbers):
            return await self._ended(check, error)
        why = error
        match error:
            case KeyRejected():
                await self._delivery.key_rejected(check.account_id, error)
                check.rejected = True
                pause = _PAUSED_SECONDS
            case RateLimited(retry_after=seconds):
                why, pause = NoAnswer(check.lane, "check"), seconds
            case ProviderFault() | Maintenance() | Unreachable() | Malformed():
                if self._health.failed(check.lane, error):
                    await self._redraw(check.lane)
                check.failures += 1
                why = NoAnswer(check.lane, "check", error.code, error.text)
                pause = min(self._times.limits(check).check_every * 2**check.failures, _SLOWEST_SECONDS)
            case _:
                # It answers, and says no: a balance below zero, say. The owner must hear why no code comes.
                await self._answered(check)
                await self._delivery.complaint(check.order_id, error)
                pause = _COMPLAINT_SECONDS
        if self.checks.is_past(check, _SILENT_GRACE):
            await self.over(check.order_id, why)
            return None
        return pause * random.uniform(0.8, 1.2)  # noqa: S311 - spreading load, no secret

    async def _ended(self, check: Check, error: ProviderError) -> float | None:
        """Hear from the provider that an order is over, or is said to be."""
        if check.ending:
            return self._times.interval(check)
        await self._answered(check)
        if not await self._is_current(check):
            return None
        if self._may_be_an_echo(check, error) and self.on_wished_over is not None:
            self.on_wished_over(check.order_id)
            return self._times.interval(check)
        check.gone = check.gone + 1 if isinstance(error, OrderGone) else 0
        if check.gone in range(1, _GONE_FOR_GOOD):
            return self._times.interval(check)
        if isinstance(error, NoNumbers):
            await self._delivery.refused(check.order_id, error)
            self._drop(check)
        elif isinstance(error, OrderExpired):
            await self.over(check.order_id)
        else:
            return await self._closed(check, error)
        return None

    async def _is_current(self, check: Check) -> bool:
        """Read what another process may have written meanwhile: it gives the number back, perhaps."""
        if self.territory.worker is None:
            return True
        async with self._database.read() as tx:
            order = await orders.find(tx, check.order_id)
        if order is not None:
            self._update(check, order) if order.is_watched else self._drop(check)
        return self.checks.has(check)

    def _may_be_an_echo(self, check: Check, error: ProviderError) -> bool:
        """Whether "over" may come from a try to give the number back; after its time nobody need wonder."""
        return check.wished and not isinstance(error, NoNumbers) and not self.checks.is_past(check, _GRACE)

    async def _closed(self, check: Check, error: ProviderError) -> float | None:
        """Believe that an order is over once it is known that nothing of it stays behind."""
        async with self._database.read() as tx:
            order = await orders.find(tx, check.order_id)
        try:
            if order is not None:
                await self.close(order, None if self._times.has_waited_to_the_end(check) else error)
        except ProviderError as silence:
            return await self._failed(check, silence)
        return self._times.interval(check) if self.checks.has(check) else None

    async def _answered(self, check: Check) -> None:
        check.failures = 0
        if self._health.answered(check.lane):
            await self._redraw(check.lane)

    async def _accepted(self, check: Check) -> None:
        """Take back the mark of a rejected key: the account works, and a later rejection is news again."""
        if check.rejected:
            check.rejected = False
            async with self._database.write() as tx:
                await accounts.set_rejected(tx, check.account_id, rejected=False)

    async def _redraw(self, provider: str) -> None:
        await self._delivery.redraw([check.order_id for check in self.checks if check.lane == provider])

    def _drop(self, check: Check) -> None:
        self._scheduler.remove(check)
        self._rolls.forget(check)
        self.checks.remove(check)
