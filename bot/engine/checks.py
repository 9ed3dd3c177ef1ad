"""What is kept of orders that are watched: a record for each, and one for each account with some waiting."""

import heapq
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from bot.clock import Clock
from bot.domain.orders import Order, State
from bot.engine.schedule import Job

_LOOKED_AT = 10  # orders at once, where it is not known which one has news


class Check(Job):
    """The repeated question for one order's SMS.

    Attributes:
        order_id: ours.
        ends: when the lifetime is over, on the monotonic clock: setting the machine's time moves no end.
        failures: unanswered questions in a row.
        gone: answers in a row that the provider does not know the order.
        takes_calls: whether a call is as good as an SMS.
        rejected: whether the last answer was that the key is not accepted.
        waited_at: when the provider last said that no SMS has come yet, on the monotonic clock.
        ending: whether a person is giving the number back, so that "over" is no news.
        wished: whether something is wished of the order, so that "over" is heard by whoever carries that out.
    """

    __slots__ = (
        "_ask",
        "_clock",
        "account_id",
        "created_at",
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
        "takes_calls",
        "waited_at",
        "wished",
    )

    def __init__(self, order: Order, clock: Clock, ask: Callable[["Check"], Awaitable[float | None]]) -> None:
        super().__init__(lane=order.provider)
        self._ask = ask
        self._clock = clock
        self.order_id = order.id
        self.account_id = order.account_id
        self.created_at = order.created_at
        self.failures = 0
        self.gone = 0
        self.rejected = False
        self.waited_at: float | None = None
        self.ending = False
        self.takes_calls = order.voice
        self.ends: float | None = None
        self.expires_at: datetime | None = None
        self.update(order)

    def update(self, order: Order) -> None:
        """Take over what has changed of the order."""
        self.remote_id = order.remote_id or ""
        self.last_sms_id = order.last_sms_id
        self.state = order.state
        self.is_numberless = order.phone is None
        self.wished = order.wish is not None
        if order.expires_at != self.expires_at:
            self.expires_at = order.expires_at
            self.ends = self._monotonic(order.expires_at)

    @property
    def subject(self) -> str:
        """The order."""
        return str(self.order_id)

    @property
    def waits(self) -> bool:
        """Whether it waits for its first SMS, and is not being given back."""
        return self.state is State.WAITING and not self.wished

    @property
    def waits_plainly(self) -> bool:
        """Whether it waits for its first SMS and nothing else, so that a list can stand in for its check."""
        special = self.is_numberless or self.takes_calls or self.wished
        return self.state is State.WAITING and not special

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.account_id

    async def run(self) -> float | None:
        """Ask once."""
        return await self._ask(self)

    def _monotonic(self, moment: datetime | None) -> float | None:
        """Return when a moment of the wall clock, as it goes now, is on the monotonic one."""
        if moment is None:
            return None
        return self._clock.monotonic() + (moment - self._clock.now()).total_seconds()


class Roll(Job):
    """The repeated question for the list of an account's open orders.

    Attributes:
        account_id: ours.
        checks: those of its orders that wait for their first SMS, by our id.
        covered: ids of the orders that the newest list shows, without an SMS: they need few checks.
        owed: ids of orders whose SMS a check has found while the list showed none; the next list must.
        is_set: whether it is on the schedule.
    """

    __slots__ = ("_ask", "account_id", "checks", "covered", "is_set", "owed")

    def __init__(
        self, provider: str, account_id: int, ask: Callable[["Roll"], Awaitable[float | None]]
    ) -> None:
        super().__init__(lane=provider)
        self._ask = ask
        self.account_id = account_id
        self.checks: dict[int, Check] = {}
        self.covered: set[int] = set()
        self.owed: set[str] = set()
        self.is_set = False

    @property
    def subject(self) -> str:
        """The account."""
        return f"account {self.account_id}"

    @property
    def bound_to(self) -> int:
        """Its account."""
        return self.account_id

    async def run(self) -> float | None:
        """Ask once."""
        return await self._ask(self)


def worth_a_look(checks: Iterable[Check], account_id: int, named: frozenset[str] | None) -> list[Check]:
    """Return which orders to ask for where an account's provider says that there is news.

    Args:
        checks: of all orders that are watched.
        account_id: whose orders.
        named: their ids at the provider; None for some that wait, those first that were not heard of longest.
    """
    found = [
        check
        for check in checks
        if check.account_id == account_id and (check.waits if named is None else check.remote_id in named)
    ]
    return heapq.nsmallest(_LOOKED_AT, found, key=lambda check: check.waited_at or 0.0)
