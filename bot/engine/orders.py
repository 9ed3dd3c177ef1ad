"""Orders as a person sees them."""

from datetime import timedelta

from bot.clock import Clock
from bot.domain.deals import Deal, Tool
from bot.domain.errors import NotYours, OutOfDate
from bot.domain.orders import Action, Order, State
from bot.domain.people import Account
from bot.domain.views import AccountView, OrdersPage, OrderView
from bot.engine.accounts import Accounts
from bot.engine.delivery import WITH_SMS
from bot.engine.health import Health
from bot.providers.base import Capability
from bot.providers.registry import Providers
from bot.storage import accounts, orders
from bot.storage.database import Database, Transaction

PAGE = 4

SLOW = timedelta(minutes=3)
"""After this a first SMS is late: most come within one minute."""

_POSSIBLE = {
    Action.CANCEL: (Capability.CANCEL, {State.WAITING}),
    Action.BAN: (Capability.BAN, {State.WAITING}),
    Action.RETRY: (Capability.RETRY, {State.RECEIVED}),
    Action.READY: (Capability.READY, {State.WAITING}),
    Action.FINISH: (Capability.FINISH, {State.RECEIVED}),
}


def possible(order: Order, capabilities: frozenset[Capability]) -> tuple[Action, ...]:
    """Return what can be done with an order now: what its state allows and its protocol has.

    While something is wished of it, that can be taken back, and nothing else is done.
    """
    if order.wish is not None:
        return (Action.KEEP,)
    return tuple(
        action
        for action, (capability, states) in _POSSIBLE.items()
        if capability in capabilities
        and order.state in states
        and not _is_idle(action, order)
        and not (action is Action.BAN and order.is_ready and Capability.BAN_FIRST in capabilities)
    )


def _is_idle(action: Action, order: Order) -> bool:
    match action:
        case Action.READY:
            # Without a number no SMS can have been requested, and a provider would not hear of it.
            return order.is_ready or order.phone is None
        case Action.BAN:
            return order.phone is None
        case Action.RETRY:
            return not order.can_retry
        case _:
            return False


def deals(order: Order, capabilities: frozenset[Capability]) -> tuple[Deal, ...]:
    """Return how an order's number can be used again now."""
    found = []
    if Capability.REPEAT in capabilities and order.state is State.FINISHED and order.phone:
        found.append(Deal.REPEAT)
    if Capability.ADDITIONAL in capabilities and order.forward and order.state in WITH_SMS:
        found.append(Deal.ADDITIONAL)
    return tuple(found)


def tools(order: Order, capabilities: frozenset[Capability]) -> tuple[Tool, ...]:
    """Return what else can be asked of an order's number now."""
    if not order.is_watched or not order.voice:
        return ()
    known = {Capability.CALL_STATUS: Tool.CALL_STATUS, Capability.CALL_OUT: Tool.CALL_OUT}
    return tuple(tool for capability, tool in known.items() if capability in capabilities)


class Orders:
    """Reads orders, checks that they are the reader's, and adds what a card shows."""

    def __init__(
        self, database: Database, clock: Clock, accounts_: Accounts, providers: Providers, health: Health
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts_
        self._providers = providers
        self._health = health

    async def view(self, user_id: int, order_id: int) -> OrderView:
        """Return an order of the user, or one that they bought with somebody else's money.

        Raises:
            OutOfDate: there is no such order.
            NotYours: it is somebody else's.
        """
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
            if order is None:
                raise OutOfDate
            if user_id not in {order.user_id, order.buyer_id}:
                raise NotYours
            return await self._view(tx, order)

    async def find(self, order_id: int) -> OrderView | None:
        """Return any order, or None; for messages about it."""
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
            return await self._view(tx, order) if order else None

    async def page(self, user_id: int, page: int, *, is_open: bool) -> OrdersPage:
        """Return a page of the user's open orders or of the archive, newest first, 8 a page.

        Args:
            user_id: whose.
            page: from 0; one beyond the end is the last.
            is_open: the open ones, or the archive.
        """
        async with self._database.read() as tx:
            total = await orders.count_of_user(tx, user_id, is_open=is_open)
            pages = max(1, -(-total // PAGE))
            page = min(max(page, 0), pages - 1)
            found = await orders.of_user(tx, user_id, is_open=is_open, limit=PAGE, offset=page * PAGE)
            views = tuple([await self._view(tx, order) for order in found])
        return OrdersPage(views, page, pages, is_open, total)

    async def _view(self, tx: Transaction, order: Order) -> OrderView:
        account = await accounts.find(tx, order.account_id)
        capabilities = self._providers.capabilities(order.provider)
        return OrderView(
            order=order,
            account=self._account(order, account),
            sms=await orders.sms_of(tx, order.id),
            actions=possible(order, capabilities),
            deals=deals(order, capabilities),
            tools=tools(order, capabilities),
            silent_since=self._health.silent_since(order.provider) if order.is_watched else None,
            ready_first=Capability.READY_FIRST in capabilities,
            is_slow=order.state is State.WAITING and self._clock.now() - order.created_at >= SLOW,
        )

    def _account(self, order: Order, account: Account | None) -> AccountView:
        if account is None:  # the schema's foreign key forbids it
            raise LookupError(f"order {order.id} has no account")
        return self._accounts.view(account)
