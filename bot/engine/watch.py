"""Watching: every open number is asked for its SMS, as often as its provider allows, until its end."""

import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.errors import (
    KeyRejected,
    Maintenance,
    Malformed,
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
from bot.domain.orders import WATCHED, Order, State
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.engine.delivery import Delivery
from bot.engine.health import Health
from bot.engine.keyring import Keyring
from bot.engine.schedule import Job, Scheduler
from bot.logs import get_logger
from bot.providers.activations import Activations
from bot.providers.base import Capability, Limits
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import accounts, orders
from bot.storage.database import Database

_GRACE = timedelta(minutes=1)
_SILENT_GRACE = timedelta(minutes=30)
_COMPLAINT_SECONDS = 15.0
_PAUSED_SECONDS = 60.0
_SLOWEST_SECONDS = 60.0
_LAST_LOOK_SECONDS = 2.0  # before the end; the provider's own end is earlier than ours by the answer's way
_GONE_FOR_GOOD = 3
_log = get_logger(__name__)


class Check(Job):
    """The repeated question for one order's SMS.

    Attributes:
        order_id: ours.
        ends: when the lifetime is over, on the monotonic clock: setting the machine's time moves no end.
        failures: unanswered questions in a row.
        gone: answers in a row that the provider does not know the order.
        rejected: whether the last answer was that the key is not accepted.
        ending: whether a person is giving the number back, so that "over" is no news.
    """

    __slots__ = (
        "_watch",
        "account_id",
        "ending",
        "ends",
        "expires_at",
        "failures",
        "gone",
        "is_numberless",
        "last_sms_id",
        "order_id",
        "rejected",
        "remote_id",
        "state",
    )

    def __init__(self, watch: "Watch", order: Order) -> None:
        super().__init__(lane=order.provider)
        self._watch = watch
        self.order_id = order.id
        self.account_id = order.account_id
        self.failures = 0
        self.gone = 0
        self.rejected = False
        self.ending = False
        self.ends: float | None = None
        self.expires_at: datetime | None = None
        self.update(order)

    def update(self, order: Order) -> None:
        """Take over what has changed of the order."""
        self.remote_id = order.remote_id or ""
        self.last_sms_id = order.last_sms_id
        self.state = order.state
        self.is_numberless = order.phone is None
        if order.expires_at != self.expires_at:
            self.expires_at = order.expires_at
            self.ends = self._watch.monotonic(order.expires_at)

    async def run(self) -> float | None:
        """Ask once."""
        return await self._watch.ask(self)


class Watch:
    """Keeps a check for every order whose number is ours."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        scheduler: Scheduler,
        delivery: Delivery,
        health: Health,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keyring = keyring
        self._providers = providers
        self._scheduler = scheduler
        self._delivery = delivery
        self._health = health
        self._checks: dict[int, Check] = {}
        self._missing: set[str] = set()
        keyring.listeners.append(self._key_changed)

    async def load(self) -> int:
        """Take up every open order after a start; return how many.

        The first checks are spread over the checking interval, so that a restart is no burst.
        """
        async with self._database.read() as tx:
            found = await orders.in_states(tx, WATCHED)
        for order in found:
            interval = self._providers.limits(order.provider).check_every
            self.take(order, random.uniform(0, interval))  # noqa: S311 - spreading load, no secret
        return len(found)

    def take(self, order: Order, delay: float | None = None) -> None:
        """Watch an order, or go on with what has changed of it.

        Args:
            order: in a watched state; in any other it is dropped.
            delay: seconds to the next check; the usual interval where None.
        """
        check = self._checks.get(order.id)
        if not order.is_watched:
            if check is not None:
                self._drop(check)
            return
        if check is None:
            check = self._checks[order.id] = Check(self, order)
        else:
            check.update(order)
        self._scheduler.add(check, self._interval(check) if delay is None else delay)

    def move(self, order: Order) -> None:
        """Go on watching an order at another provider; what the old one still says is no end of it."""
        check = self._checks.get(order.id)
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
        """Note that an order's time is over, and watch it no more."""
        order = await self._delivery.over(order_id, why)
        check = self._checks.get(order_id)
        if check is not None:
            self._drop(check)
        return order

    @contextmanager
    def ending(self, order_id: int) -> Iterator[None]:
        """While somebody gives a number back, hear "over" from the provider as the echo of that."""
        check = self._checks.get(order_id)
        if check is None:
            yield
            return
        check.ending = True
        try:
            yield
        finally:
            check.ending = False

    def monotonic(self, moment: datetime | None) -> float | None:
        """Return when a moment of the wall clock, as it goes now, is on the monotonic one."""
        if moment is None:
            return None
        return self._clock.monotonic() + (moment - self._clock.now()).total_seconds()

    def _key_changed(self, account_id: int) -> None:
        for check in self._checks.values():
            if check.account_id == account_id:
                self._scheduler.add(check)

    async def ask(self, check: Check) -> float | None:
        """Ask once; return the seconds to the next time, or None when the order is over."""
        adapter = self._providers.find(check.lane)
        if adapter is None:
            return await self._unknown(check)
        if check.state is State.RECEIVED and Capability.FOLLOW_UP not in adapter.capabilities:
            return await self._wait_for_the_end(check)
        try:
            key = await self._keyring.key(check.account_id)
            sms = await self._look(adapter, key, check)
        except NotYours:  # the account was removed; its open orders were refused removal before
            self._drop(check)
            return None
        except ProviderError as error:
            return await self._failed(check, error) if self._checks.get(check.order_id) is check else None
        await self._answered(check)
        check.gone = 0
        await self._accepted(check)
        order = await self._delivery.sms(check.order_id, sms) if sms is not None else None
        if order is None:
            return await self._no_news(check)
        check.update(order)
        return self._interval(check)

    async def _unknown(self, check: Check) -> float | None:
        """Pause: the provider's entry has gone from the configuration, and may come back with a restart."""
        if check.lane not in self._missing:
            self._missing.add(check.lane)
            _log.warning("provider is not configured; its orders are not asked for", provider=check.lane)
        if self._is_past(check, _SILENT_GRACE):
            await self.over(check.order_id)
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
                check.update(known)
        return await adapter.check(key, order)

    async def _no_news(self, check: Check) -> float | None:
        if self._is_past(check, _GRACE):
            await self.over(check.order_id)
            return None
        return self._interval(check)

    async def _failed(self, check: Check, error: ProviderError) -> float | None:
        if isinstance(error, OrderExpired | OrderClosed | OrderGone | NoNumbers):
            return await self._ended(check, error)
        match error:
            case KeyRejected():
                await self._delivery.key_rejected(check.account_id)
                check.rejected = True
                pause = _PAUSED_SECONDS
            case RateLimited(retry_after=seconds):
                pause = seconds
            case ProviderFault() | Maintenance() | Unreachable() | Malformed():
                if self._health.failed(check.lane, error):
                    await self._redraw(check.lane)
                check.failures += 1
                pause = min(self._limits(check).check_every * 2**check.failures, _SLOWEST_SECONDS)
            case _:
                # It answers, and says no: a balance below zero, say. The owner must hear why no code comes.
                await self._answered(check)
                await self._delivery.complaint(check.order_id, error)
                pause = _COMPLAINT_SECONDS
        if self._is_past(check, _SILENT_GRACE):
            await self.over(check.order_id, error)
            return None
        return pause * random.uniform(0.8, 1.2)  # noqa: S311 - spreading load, no secret

    async def _ended(self, check: Check, error: ProviderError) -> float | None:
        """Hear from the provider that an order is over, or is said to be."""
        if check.ending:
            return self._interval(check)
        await self._answered(check)
        check.gone = check.gone + 1 if isinstance(error, OrderGone) else 0
        if check.gone in range(1, _GONE_FOR_GOOD):
            return self._interval(check)
        if isinstance(error, NoNumbers):
            await self._delivery.refused(check.order_id, error)
            self._drop(check)
        else:
            await self.over(check.order_id, None if isinstance(error, OrderExpired) else error)
        return None

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
        await self._delivery.redraw(
            [check.order_id for check in self._checks.values() if check.lane == provider]
        )

    async def _wait_for_the_end(self, check: Check) -> float | None:
        left = self._left(check)
        if check.ends is None or left <= 0:
            await self.over(check.order_id)
            return None
        return left

    def _left(self, check: Check) -> float:
        """Return the seconds to the end of the lifetime; negative after it, endless where none is known."""
        return math.inf if check.ends is None else check.ends - self._clock.monotonic()

    def _is_past(self, check: Check, grace: timedelta) -> bool:
        return self._left(check) < -grace.total_seconds()

    def _interval(self, check: Check) -> float:
        limits = self._limits(check)
        usual = limits.follow_up_every if check.state is State.RECEIVED else limits.check_every
        to_last_look = self._left(check) - _LAST_LOOK_SECONDS
        return to_last_look if 0 < to_last_look < usual else usual

    def _limits(self, check: Check) -> Limits:
        return self._providers.limits(check.lane)

    def _drop(self, check: Check) -> None:
        self._scheduler.remove(check)
        if self._checks.get(check.order_id) is check:
            del self._checks[check.order_id]
