"""Asking a provider to end an order as its person wishes: give it back, ban it, finish it."""

from bot.domain.errors import (
    AlreadyDone,
    OrderClosed,
    OrderExpired,
    OrderGone,
    OutOfDate,
    ProviderError,
    SmsCameFirst,
    SmsIsThere,
)
from bot.domain.orders import Action, Order, State, Wish
from bot.domain.outbox import Notice
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.engine.delivery import WITH_SMS, Delivery
from bot.engine.keyring import Keyring
from bot.engine.last_look import call_to
from bot.engine.watch import Watch
from bot.providers.activations import Activations
from bot.providers.registry import Providers
from bot.providers.trade import Watched
from bot.storage import wishes
from bot.storage.database import Database

_ENDED = (OrderExpired, OrderClosed, OrderGone)


class Endings:
    """Tells providers the wishes that stand in orders, one try at a time."""

    def __init__(
        self, database: Database, keyring: Keyring, providers: Providers, watch: Watch, delivery: Delivery
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._providers = providers
        self._watch = watch
        self._delivery = delivery

    async def ask(self, order: Order, notice: Notice | None = None) -> Order:
        """Try once to have an order's wish carried out; return the order, which is over then.

        Args:
            order: with its wish, as it stands in the database.
            notice: what to tell once the number has gone back; None where somebody waits for the answer.

        Raises:
            SmsCameFirst: a code was there: it is delivered, and the number stays.
            OutOfDate: the order has moved on, or the wish was taken back meanwhile.
            ProviderError: the provider refused, or did not answer.
            UnknownProvider: its entry has gone from the configuration.
            NotOffered: its protocol cannot do that.
        """
        wish = order.wish
        if wish is None:
            raise OutOfDate
        adapter = self._providers.get(order.provider)
        key = await self._keyring.key(order.account_id)
        with self._watch.ending(order.id):
            if wish.action is Action.FINISH:
                return await self._finish(adapter, key, order)
            return await self._give_back(adapter, key, order, wish, notice)

    async def _finish(self, adapter: Activations, key: Key, order: Order) -> Order:
        await self._begin(order, Action.FINISH)
        try:
            await adapter.finish(key, _watched(order))
        except (*_ENDED, AlreadyDone):
            return await self._over(order)
        return await self._end(order, State.FINISHED)

    async def _give_back(
        self, adapter: Activations, key: Key, order: Order, wish: Wish, notice: Notice | None
    ) -> Order:
        try:
            sms = await self._last_look(adapter, key, order, wish)
            if sms is None:
                await self._begin(order, wish.action)
                call = adapter.cancel if wish.action is Action.CANCEL else adapter.ban
                sms = await call(key, _watched(order))
        except SmsIsThere:
            sms = await adapter.check(key, _watched(order))
            if sms is None:
                raise
        except AlreadyDone:
            sms = None
        except (OrderExpired, OrderGone) as over:
            if not wish.is_lost:
                return await self._ended_otherwise(order, over)
            sms = None  # an earlier try was carried out, and only its answer was lost
        except (
            OrderClosed
        ) as over:  # canceled or completed: even after a lost try that may not have been ours
            return await self._ended_otherwise(order, over)
        if sms is not None:
            await self._watch.deliver(order.id, sms)
            raise SmsCameFirst
        return await self._end(
            order, State.CANCELED if wish.action is Action.CANCEL else State.BANNED, notice
        )

    async def _last_look(self, adapter: Activations, key: Key, order: Order, wish: Wish) -> Sms | None:
        """Return what is there already: a code is worth more than the money back."""
        try:
            sms = await adapter.check(key, _watched(order))
        except _ENDED:
            if not wish.is_lost:
                raise
            return None  # perhaps by our own try: what the provider says to the next one tells
        return await call_to(adapter, key, order) if sms is None and order.voice else sms

    async def _begin(self, order: Order, action: Action) -> None:
        async with self._database.write() as tx:
            if await wishes.begin(tx, order.id, action) is None:
                raise OutOfDate

    async def _end(self, order: Order, to: State, notice: Notice | None = None) -> Order:
        of = WITH_SMS if to is State.FINISHED else {State.WAITING}
        ended = await self._delivery.end(order.id, of=of, to=to, notice=notice)
        if ended is None:
            raise OutOfDate
        self._watch.take(ended)
        return ended

    async def _ended_otherwise(self, order: Order, why: ProviderError) -> Order:
        if isinstance(why, OrderExpired):
            return await self._over(order)
        closed = await self._watch.close(order, why)
        if closed is None:
            raise why
        return closed

    async def _over(self, order: Order) -> Order:
        over = await self._watch.over(order.id)
        if over is None:
            raise OutOfDate
        return over


def _watched(order: Order) -> Watched:
    return Watched(order.remote_id or "", order.last_sms_id)
