"""Auto-cancel: a number without a code goes back so many minutes before its end, as its person has set."""

import math
from datetime import timedelta

from bot.clock import Clock
from bot.domain.faults import Source
from bot.domain.orders import LONGEST_AUTO_CANCEL, Action, State
from bot.engine.faults import Faults
from bot.engine.outbox import Outbox
from bot.engine.schedule import Job, Scheduler
from bot.engine.watch import Watch
from bot.engine.wishes import Wishes
from bot.providers.base import Capability
from bot.providers.registry import Providers
from bot.storage import outbox, settings, wishes
from bot.storage.database import Database

_ROUND_SECONDS = 10.0


class Round(Job):
    """Looks which numbers without a code come near their end."""

    __slots__ = ("_auto_cancel",)

    def __init__(self, auto_cancel: "AutoCancel") -> None:
        super().__init__(lane="auto-cancel")
        self._auto_cancel = auto_cancel

    async def run(self) -> float | None:
        """Look once."""
        await self._auto_cancel.make_due()
        return _ROUND_SECONDS


class AutoCancel:
    """Makes the wish to give a number back when its time comes; it is carried out like any other."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        providers: Providers,
        scheduler: Scheduler,
        tell: Outbox,
        watch: Watch,
        wishes_: Wishes,
        faults: Faults,
    ) -> None:
        self._database = database
        self._clock = clock
        self._providers = providers
        self._scheduler = scheduler
        self._outbox = tell
        self._watch = watch
        self._wishes = wishes_
        self._faults = faults

    def start(self) -> None:
        """Look from now on."""
        self._scheduler.add(Round(self))

    async def minutes(self, user_id: int) -> int | None:
        """Return how many minutes before its end a person's number is given back; None for never."""
        async with self._database.read() as tx:
            return await settings.auto_cancel_minutes(tx, user_id)

    async def set(self, user_id: int, minutes: int | None) -> None:
        """Set how many minutes before its end a number without a code is given back; None for never.

        Args:
            user_id: whose numbers, also those that are open already.
            minutes: at most ``LONGEST_AUTO_CANCEL``.
        """
        async with self._database.write() as tx:
            await settings.change(tx, user_id, auto_cancel_minutes=minutes)

    async def make_due(self) -> None:
        """Have numbers without a code given back whose end is as near as their person has set."""
        left = self._watch.checks.nearing_end(timedelta(minutes=LONGEST_AUTO_CANCEL).total_seconds())
        if not left:
            return
        async with self._database.read() as tx:
            waiting, broken = await wishes.to_auto_cancel(tx)
        for order_id, error in broken.items():
            if order_id in left:  # it is near its end: said now, not while it does not matter
                await self._faults.note(Source.ORDER, str(order_id), error)
        for order_id, provider, before in waiting:
            if left.get(order_id, math.inf) > before.total_seconds():
                continue
            if Capability.CANCEL not in self._providers.capabilities(provider):
                continue
            try:
                await self._make(order_id)
            except Exception as error:  # noqa: BLE001 - the numbers behind it are to go back all the same
                await self._faults.note(Source.ORDER, str(order_id), error)

    async def _make(self, order_id: int) -> None:
        async with self._outbox.telling() as tx:
            now = self._clock.now()
            order = await wishes.make(tx, order_id, Action.CANCEL, now, of=State.WAITING, is_auto=True)
            if order is not None:
                await outbox.add_card(tx, order, now)
        if order is not None:
            self._wishes.take_up(order)
