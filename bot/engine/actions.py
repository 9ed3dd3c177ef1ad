"""What a person does with an open order: give the number back, ban it, ask for another SMS."""

from bot.domain.errors import NotYours, OrderExpired, OutOfDate, SmsCameFirst
from bot.domain.orders import GIVING_BACK, HARMLESS, Action, Order
from bot.domain.secrets import Key
from bot.engine.delivery import Delivery
from bot.engine.keyring import Keyring
from bot.engine.orders import possible
from bot.engine.tools import digits
from bot.engine.watch import Watch
from bot.engine.wishes import Wishes
from bot.providers.activations import Activations
from bot.providers.base import Capability
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import orders
from bot.storage.database import Database

_WISHES = GIVING_BACK | {Action.FINISH}


class Actions:
    """Carries out the buttons of a card."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        providers: Providers,
        watch: Watch,
        delivery: Delivery,
        wishes: Wishes,
    ) -> None:
        self._database = database
        self._wishes = wishes
        self._keyring = keyring
        self._providers = providers
        self._watch = watch
        self._delivery = delivery
        self._busy: set[int] = set()

    async def act(
        self, user_id: int, order_id: int, action: Action, *, forward_to: str | None = None
    ) -> Order:
        """Carry out an action; return the order as it is afterwards.

        Args:
            user_id: who asks.
            order_id: ours.
            action: what to do.
            forward_to: for ``READY`` of a number that forwards: where to, as the person wrote it.

        Returns:
            The order. One that is to be given back, banned or finished has a wish where the provider has not
            said a final word yet: it is asked on.

        Raises:
            NotYours: somebody else's order.
            OutOfDate: there is no such order, or the action is not possible in its state any more.
            SmsCameFirst: it was to be given back, or to bring another SMS, but a code was there: it is
                delivered instead.
            ProviderError: the provider refused, or did not answer; the order stays as it was.
        """
        order = await self._own(user_id, order_id, action)
        if action is Action.KEEP:
            return await self._wishes.keep(order)
        if order.wish is not None and order.wish.action is action:
            return order
        if order_id in self._busy:  # a double tap
            raise OutOfDate
        self._busy.add(order_id)
        try:
            return await self._act(order, action, forward_to)
        finally:
            self._busy.discard(order_id)

    async def _own(self, user_id: int, order_id: int, action: Action) -> Order:
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
        if order is None:
            raise OutOfDate
        is_buyers = order.buyer_id == user_id and action in HARMLESS
        if order.user_id != user_id and not is_buyers:
            raise NotYours
        return order

    async def _act(self, order: Order, action: Action, forward_to: str | None) -> Order:
        adapter = self._providers.get(order.provider)
        if action not in possible(order, adapter.capabilities):
            raise OutOfDate
        if action in _WISHES:
            return await self._wishes.press(order, action)
        key = await self._keyring.key(order.account_id)
        if action is Action.RETRY:
            return await self._retry(adapter, key, order)
        return await self._ready(adapter, key, order, forward_to)

    async def _retry(self, adapter: Activations, key: Key, order: Order) -> Order:
        try:
            if Capability.FOLLOW_UP not in adapter.capabilities:
                # An SMS that lies there unread would be put aside by asking for another one.
                came = await adapter.check(key, _watched(order))
                if came is not None and await self._watch.deliver(order.id, came) is not None:
                    raise SmsCameFirst
            sms = await adapter.retry(key, _watched(order))
        except OrderExpired:
            return await self._over(order)
        waiting = await self._delivery.wait_again(order.id)
        if waiting is None:
            raise OutOfDate
        self._watch.take(waiting)
        if sms is None:
            return waiting
        return await self._watch.deliver(order.id, sms) or waiting

    async def _ready(self, adapter: Activations, key: Key, order: Order, forward_to: str | None) -> Order:
        phone = digits(forward_to or "") if order.forward else None
        await adapter.ready(key, _watched(order), forward_to=phone)
        ready = await self._delivery.ready(order.id)
        if ready is None:
            raise OutOfDate
        return ready

    async def _over(self, order: Order) -> Order:
        over = await self._watch.over(order.id)
        if over is None:
            raise OutOfDate
        return over


def _watched(order: Order) -> Watched:
    return Watched(order.remote_id or "", order.last_sms_id)
