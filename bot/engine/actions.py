"""What a person does with an open order: give the number back, ban it, ask for another SMS."""

from contextlib import nullcontext

from bot.clock import Clock
from bot.domain.errors import (
    NotYours,
    OrderClosed,
    OrderExpired,
    OrderGone,
    OutOfDate,
    SmsCameFirst,
    SmsIsThere,
    Unreachable,
)
from bot.domain.orders import Action, Order, State
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.engine.delivery import WITH_SMS, Delivery
from bot.engine.keyring import Keyring
from bot.engine.orders import possible
from bot.engine.tools import digits
from bot.engine.watch import Watch
from bot.providers.activations import Activations
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import orders
from bot.storage.database import Database

_TRIES = 3
_ENDING = frozenset({Action.CANCEL, Action.BAN, Action.FINISH})
_ENDED = (OrderExpired, OrderClosed, OrderGone)
_PAUSE_SECONDS = 1.0


class Actions:
    """Carries out the buttons of a card."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        keyring: Keyring,
        providers: Providers,
        watch: Watch,
        delivery: Delivery,
    ) -> None:
        self._database = database
        self._clock = clock
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

        Raises:
            NotYours: somebody else's order.
            OutOfDate: there is no such order, or the action is not possible in its state any more.
            SmsCameFirst: it was to be given back, but a code was there: it is delivered instead.
            ProviderError: the provider refused, or did not answer; the order stays as it was.
        """
        if order_id in self._busy:  # a double tap
            raise OutOfDate
        self._busy.add(order_id)
        try:
            with self._watch.ending(order_id) if action in _ENDING else nullcontext():
                return await self._act(user_id, order_id, action, forward_to)
        finally:
            self._busy.discard(order_id)

    async def _act(self, user_id: int, order_id: int, action: Action, forward_to: str | None) -> Order:
        async with self._database.read() as tx:
            order = await orders.find(tx, order_id)
        if order is None:
            raise OutOfDate
        if order.user_id != user_id:
            raise NotYours
        adapter = self._providers.get(order.provider)
        if action not in possible(order, adapter.capabilities):
            raise OutOfDate
        key = await self._keyring.key(order.account_id)
        match action:
            case Action.RETRY:
                return await self._retry(adapter, key, order)
            case Action.READY:
                return await self._ready(adapter, key, order, forward_to)
            case Action.FINISH:
                return await self._finish(adapter, key, order)
            case Action.CANCEL | Action.BAN:
                return await self._give_back(adapter, key, order, action)

    async def _retry(self, adapter: Activations, key: Key, order: Order) -> Order:
        try:
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
        phone = digits(adapter, "ready", forward_to or "") if order.forward else None
        await adapter.ready(key, _watched(order), forward_to=phone)
        ready = await self._delivery.ready(order.id)
        if ready is None:
            raise OutOfDate
        return ready

    async def _finish(self, adapter: Activations, key: Key, order: Order) -> Order:
        try:
            await adapter.finish(key, _watched(order))
        except _ENDED:
            return await self._over(order)
        ended = await self._delivery.end(order.id, of=WITH_SMS, to=State.FINISHED)
        if ended is None:
            raise OutOfDate
        self._watch.take(ended)
        return ended

    async def _give_back(self, adapter: Activations, key: Key, order: Order, action: Action) -> Order:
        try:
            # The last look: a code that is there already is worth more than the money back.
            sms = await adapter.check(key, _watched(order))
            if sms is None:
                sms = await self._insist(adapter, key, order, action)
        except SmsIsThere:
            sms = await adapter.check(key, _watched(order))
            if sms is None:
                raise
        except OrderExpired:
            return await self._over(order)
        if sms is not None:
            await self._watch.deliver(order.id, sms)
            raise SmsCameFirst
        to = State.CANCELED if action is Action.CANCEL else State.BANNED
        ended = await self._delivery.end(order.id, of={State.WAITING}, to=to)
        if ended is None:
            raise OutOfDate
        self._watch.take(ended)
        return ended

    async def _insist(self, adapter: Activations, key: Key, order: Order, action: Action) -> Sms | None:
        """Ask until there is an answer: giving a number back twice does no harm."""
        call = adapter.cancel if action is Action.CANCEL else adapter.ban
        lost = 0
        while True:
            try:
                return await call(key, _watched(order))
            except Unreachable:
                lost += 1
                if lost == _TRIES:
                    raise
                await self._clock.sleep(_PAUSE_SECONDS * lost)
            except _ENDED:
                if not lost:
                    raise
                return None  # an earlier try was carried out, and only its answer was lost

    async def _over(self, order: Order) -> Order:
        over = await self._watch.over(order.id)
        if over is None:
            raise OutOfDate
        return over


def _watched(order: Order) -> Watched:
    return Watched(order.remote_id or "", order.last_sms_id)
