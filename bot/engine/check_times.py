"""How often an order is asked for its SMS."""

import random

from bot.domain.orders import State
from bot.engine.checklist import Checklist
from bot.engine.checks import Check
from bot.engine.roll import COVERED_SECONDS, Rolls
from bot.providers.base import Capability, Limits
from bot.providers.registry import Providers

_RARELY_SECONDS = 60.0
_LAST_LOOK_SECONDS = 2.0  # before the end; the provider's own end is earlier than ours by the answer's way


class CheckTimes:
    """As often as the provider allows, less often where a list stands in, and once just before the end."""

    def __init__(self, providers: Providers, checks: Checklist, rolls: Rolls) -> None:
        self._providers = providers
        self._checks = checks
        self._rolls = rolls

    def limits(self, check: Check) -> Limits:
        """Return what the order's provider allows."""
        return self._providers.limits(check.lane)

    def interval(self, check: Check) -> float:
        """Return the seconds to the next check."""
        limits = self.limits(check)
        usual = limits.check_every
        if check.state is State.RECEIVED:
            usual = limits.follow_up_every if self._hands_out(check) else _RARELY_SECONDS
        to_last_look = self._checks.left(check) - _LAST_LOOK_SECONDS
        if to_last_look > 0 and self._rolls.covers(check):
            usual = COVERED_SECONDS * random.uniform(0.5, 1)  # noqa: S311 - spreading load, no secret
        return to_last_look if 0 < to_last_look < usual else usual

    def has_waited_to_the_end(self, check: Check) -> bool:
        """Whether the provider still waited just before the end: then the end is all that came."""
        if check.ends is None or check.waited_at is None or self._checks.left(check) > 0:
            return False
        return check.ends - check.waited_at <= self.limits(check).check_every + _LAST_LOOK_SECONDS

    def _hands_out(self, check: Check) -> bool:
        """Whether further SMS can be read without asking for them first.

        Where they cannot, an order is looked at all the same, rarely: the answer to "another SMS" may have
        been lost, or somebody asked for one, or completed the order, on the provider's own site.
        """
        return Capability.FOLLOW_UP in self._providers.capabilities(check.lane)
