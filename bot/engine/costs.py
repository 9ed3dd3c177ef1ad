"""What a number has cost: as its provider tells it, or what the balance lost by the purchase."""

from bot.clock import Clock
from bot.domain.errors import CodebellError
from bot.domain.money import Money
from bot.domain.orders import Order
from bot.engine.accounts import Accounts
from bot.engine.outbox import Outbox
from bot.engine.schedule import Job, Scheduler
from bot.storage import orders, outbox
from bot.storage.database import Database

_LOOKS_ENOUGH = 3
_LOOK_AGAIN_SECONDS = 30.0


def charged(order: Order, told: Money | None) -> dict[str, object]:
    """Return the columns of an order that its purchase changes.

    Args:
        order: as it was confirmed.
        told: what it cost, as the provider says, or None.

    Returns:
        What is told. Where nothing is, and more than the price was allowed, the price is not known any more.
    """
    if told is None:
        return {"amount": None} if order.highest is not None else {}
    known = order.limit or order.balance_before
    # Amounts of a row share a currency; one that turns out to be another's is of no use any more.
    foreign = known is not None and known.currency != told.currency
    apart = {"balance_before": None, "highest": None} if foreign else {}
    return {"amount": told.amount, "currency": told.currency, **apart}


class Look(Job):
    """Looks at the balance after a purchase, again while nothing is gone: the number may come later, too.

    Attributes:
        order: as it was bought.
        idle_since: the account's newest order before it.
        looks: how often the balance was looked at.
    """

    __slots__ = ("_costs", "idle_since", "looks", "order")

    def __init__(self, costs: "Costs", order: Order, idle_since: int) -> None:
        super().__init__(lane="costs")
        self._costs = costs
        self.order = order
        self.idle_since = idle_since
        self.looks = 0

    async def run(self) -> float | None:
        """Look once; return the seconds to the next look, or None after the last."""
        self.looks += 1
        is_done = await self._costs.look(self.order, self.idle_since)
        return None if is_done or self.looks == _LOOKS_ENOUGH else _LOOK_AGAIN_SECONDS


class Costs:
    """Compares the balance after a purchase with the one before it.

    The difference is the order's cost only if nothing else of the account moved the balance: an order that
    was open before, or was placed since, may have been charged or given back. Then nothing is claimed. What
    moves the balance without the bot (another program with the same key, a top-up) is not seen, so that a
    screen says where the amount comes from.
    """

    def __init__(
        self, database: Database, clock: Clock, accounts: Accounts, scheduler: Scheduler, tell: Outbox
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._scheduler = scheduler
        self._outbox = tell

    def work_out(self, order: Order, idle_since: int | None) -> None:
        """Find out, behind the purchase's back, what it cost; nothing where that is known or cannot be told.

        Args:
            order: just bought.
            idle_since: the account's newest order before it; None where one was open then.
        """
        if order.is_watched and order.price is None and order.balance_before and idle_since is not None:
            self._scheduler.add(Look(self, order, idle_since))

    async def look(self, order: Order, idle_since: int) -> bool:
        """Compare once; return whether there is no need to look again."""
        lost = await self._lost(order)
        async with self._outbox.telling() as tx:
            if not await orders.is_alone(tx, order, idle_since):
                return True
            if lost is None or lost.amount <= 0:
                return False
            if order.highest is not None and lost > order.highest:
                return True  # something else was paid for, too
            told = await orders.set_cost(tx, order.id, lost)
            if told is not None:
                await outbox.add_card(tx, told, self._clock.now())
        return True

    async def _lost(self, order: Order) -> Money | None:
        """Return by how much the balance has fallen since before the purchase; None where it is not told."""
        account = await self._accounts.find(order.account_id)
        if account is None or account.account.provider != order.provider or order.balance_before is None:
            return None  # the key may have moved to another host, which has a balance of its own
        try:
            now = await self._accounts.balance(account)
        except CodebellError:
            return None
        return order.balance_before - now if now else None
