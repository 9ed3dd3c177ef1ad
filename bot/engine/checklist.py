"""The checks of all orders that are watched, and what can be asked of them without asking anybody."""

import math
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.orders import State
from bot.engine.checks import Check
from bot.engine.territory import Territory


class Checklist:
    """One check for each order.

    Attributes:
        put_aside: ids of open orders whose rows cannot be read.
    """

    def __init__(self, clock: Clock, territory: Territory) -> None:
        self._clock = clock
        self._territory = territory
        self._checks: dict[int, Check] = {}
        self.put_aside: set[int] = set()

    def __iter__(self) -> Iterator[Check]:
        """Go over all checks as they are at this moment."""
        return iter(tuple(self._checks.values()))

    def find(self, order_id: int) -> Check | None:
        """Return an order's check, or None where it is not watched."""
        return self._checks.get(order_id)

    def has(self, check: Check) -> bool:
        """Whether this check is still its order's."""
        return self._checks.get(check.order_id) is check

    def add(self, check: Check) -> None:
        """Keep an order's check."""
        self._checks[check.order_id] = check

    def remove(self, check: Check) -> None:
        """Keep it no more; the order may have a newer one, which stays."""
        if self.has(check):
            del self._checks[check.order_id]

    def of(self, account_ids: Collection[int] | None) -> list[Check]:
        """Return the checks of some accounts; of all where None."""
        return [one for one in self if account_ids is None or one.account_id in account_ids]

    def knows(self, order_id: int, state: str, provider: str | None, *, is_wished: bool) -> bool:
        """Whether an order is watched as the database has it, or cannot be."""
        check = self._checks.get(order_id)
        if check is None:
            return order_id in self.put_aside
        return (check.state.value, check.lane, check.wished) == (state, provider, is_wished)

    def nearing_end(self, seconds: float) -> dict[int, float]:
        """Return the orders without an SMS whose lifetime ends within so many seconds, with what is left.

        By the monotonic clock: setting the machine's time brings no end nearer.
        """
        left = {check.order_id: self.left(check) for check in self._ours() if check.waits}
        return {order_id: of for order_id, of in left.items() if 0 < of <= seconds}

    def waiting_since(self, after: datetime, to: datetime) -> list[int]:
        """Return the orders without an SMS that were confirmed after one moment, up to another."""
        return [
            one.order_id
            for one in self._ours()
            if one.state is State.WAITING and after < one.created_at <= to
        ]

    def left(self, check: Check) -> float:
        """Return the seconds to the end of the lifetime; negative after it, endless where none is known."""
        return math.inf if check.ends is None else check.ends - self._clock.monotonic()

    def is_past(self, check: Check, grace: timedelta) -> bool:
        """Whether the lifetime has been over for so long."""
        return self.left(check) < -grace.total_seconds()

    def _ours(self) -> Iterator[Check]:
        return (check for check in self._checks.values() if self._territory.mine(check.account_id))
