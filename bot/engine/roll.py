"""One list for an account in place of a check for each of its orders, where the list shows their SMS.

A list only ever adds: what it shows is recorded, an order that it does not show is asked for by itself at
once, and when it does not come, all are. What it shows as waiting is still asked for by itself once a minute.
So a list that is late, cut short or wrong costs nothing but the usual checks.
"""

import random
from collections.abc import Awaitable, Callable, Mapping

from bot.domain.errors import NotYours, ProviderError, RateLimited
from bot.domain.sms import Sms
from bot.engine.checks import Check, Roll
from bot.engine.keyring import Keyring
from bot.engine.schedule import Scheduler
from bot.logs import get_logger
from bot.providers.activations import Activations
from bot.providers.base import Capability
from bot.providers.registry import Providers

COVERED_SECONDS = 60.0
"""Between two checks of an order that a list stands in for, at most; half of it at least."""

_WORTH_A_LIST = 2  # orders; one is asked for as cheaply by itself
_NOT_PROVED_SECONDS = 30.0
_FAILED_SECONDS = 60.0
_log = get_logger(__name__)


class Rolls:
    """Keeps a roll for every account with several orders that wait.

    A document that shows the SMS in the list is believed. At any other house a list must have shown one
    first. Wherever it once lacked an SMS that a check has found, lists stand in for nothing any more.

    Args:
        keyring: for the keys.
        providers: whom to ask.
        scheduler: shared with the checks.
        deliver: records SMS of an order that a list has shown.
    """

    def __init__(
        self,
        keyring: Keyring,
        providers: Providers,
        scheduler: Scheduler,
        deliver: Callable[[Check, tuple[Sms, ...]], Awaitable[None]],
    ) -> None:
        self._keyring = keyring
        self._providers = providers
        self._scheduler = scheduler
        self._deliver = deliver
        self._rolls: dict[tuple[str, int], Roll] = {}  # by provider and account: an account may move
        self._shows_sms: dict[str, bool] = {}

    def see(self, check: Check) -> None:
        """Take note of an order that is watched, or of what has changed of it."""
        if not check.waits_plainly or Capability.ACTIVE not in self._providers.capabilities(check.lane):
            self.forget(check)
            return
        at = (check.lane, check.account_id)
        roll = self._rolls.get(at)
        if roll is None:
            roll = self._rolls[at] = Roll(check.lane, check.account_id, self.ask)
        roll.checks[check.order_id] = check
        if len(roll.checks) >= _WORTH_A_LIST and not roll.is_set:
            roll.is_set = True
            self._scheduler.add(roll, self._spread(roll))

    def forget(self, check: Check) -> None:
        """Take an order off its roll."""
        roll = self._rolls.get((check.lane, check.account_id))
        if roll is None or roll.checks.get(check.order_id) is not check:
            return
        del roll.checks[check.order_id]
        roll.covered.discard(check.order_id)
        if not roll.checks:
            self._scheduler.remove(roll)
            del self._rolls[check.lane, check.account_id]

    def covers(self, check: Check) -> bool:
        """Whether the account's list stands in for the order's own checks."""
        roll = self._rolls.get((check.lane, check.account_id))
        return roll is not None and check.order_id in roll.covered

    def found(self, check: Check) -> None:
        """Hear that a check has found an SMS: the next list must show it as well."""
        if self.covers(check):
            self._rolls[check.lane, check.account_id].owed.add(check.remote_id)

    async def ask(self, roll: Roll) -> float | None:
        """Ask for the list; return the seconds to the next time, or None where it is worth nothing now."""
        adapter = self._providers.find(roll.lane)
        if adapter is None or len(roll.checks) < _WORTH_A_LIST or self._shows_sms.get(roll.lane) is False:
            roll.is_set = False
            self._release(roll)
            return None
        before, owed = dict(roll.checks), frozenset(roll.owed)
        roll.owed.clear()
        try:
            shown = await adapter.shown(await self._keyring.key(roll.account_id))
        except (NotYours, ProviderError) as error:
            self._release(roll)
            return max(_FAILED_SECONDS, error.retry_after if isinstance(error, RateLimited) else 0.0)
        self._learn(roll, shown, owed)
        await self._compare(roll, shown, before, is_proved=self._is_proved(adapter))
        every = self._providers.limits(roll.lane).check_every
        return every if self._is_proved(adapter) else max(every, _NOT_PROVED_SECONDS)

    async def _compare(
        self, roll: Roll, shown: Mapping[str, tuple[Sms, ...]], before: dict[int, Check], *, is_proved: bool
    ) -> None:
        for order_id, check in before.items():
            if roll.checks.get(order_id) is not check:
                continue  # it has moved on while the list was on its way
            sms = shown.get(check.remote_id)
            if sms is None or not is_proved:
                self._uncover(roll, check, delay=0)
            elif not sms:
                roll.covered.add(order_id)
            elif all(one.code for one in sms):
                await self._deliver(check, sms)
            else:  # by its code a check would know it again; without one, the check is to tell it
                self._uncover(roll, check, delay=0)
                self._scheduler.add(check)

    def _learn(self, roll: Roll, shown: Mapping[str, tuple[Sms, ...]], owed: frozenset[str]) -> None:
        if any(remote_id in shown and not shown[remote_id] for remote_id in owed):
            self._shows_sms[roll.lane] = False
            _log.warning("the provider's list lacks SMS; orders are asked for one by one", provider=roll.lane)
        elif any(one.code for sms in shown.values() for one in sms):
            self._shows_sms.setdefault(roll.lane, True)

    def _is_proved(self, adapter: Activations) -> bool:
        return self._shows_sms.get(adapter.record.slug, adapter.lists_sms)

    def _release(self, roll: Roll) -> None:
        """Have every order of the account asked for by itself again, spread over the interval."""
        for check in roll.checks.values():
            self._uncover(roll, check, self._spread(roll))

    def _uncover(self, roll: Roll, check: Check, delay: float) -> None:
        if check.order_id in roll.covered:
            roll.covered.discard(check.order_id)
            self._scheduler.add(check, delay)

    def _spread(self, roll: Roll) -> float:
        return random.uniform(0, self._providers.limits(roll.lane).check_every)  # noqa: S311 - no secret
