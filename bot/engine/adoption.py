"""Making an order of what the provider lists, by itself or at its person's word."""

from bot.clock import Clock
from bot.domain.errors import OutOfDate
from bot.domain.money import Money
from bot.domain.orders import Candidate, Order, State
from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.engine.costs import charged
from bot.engine.outbox import Outbox
from bot.engine.watch import Watch
from bot.logs import get_logger
from bot.providers.registry import Providers
from bot.storage import accounts, candidates, orders, outbox
from bot.storage.database import Transaction

_log = get_logger(__name__)


class Adoption:
    """Settles which activation an uncertain purchase has made."""

    def __init__(self, clock: Clock, providers: Providers, tell: Outbox, watch: Watch) -> None:
        self._clock = clock
        self._providers = providers
        self._outbox = tell
        self._watch = watch

    async def take(
        self,
        order: Order,
        remote_id: str,
        phone: str | None,
        price: Money | None,
        sms: tuple[Sms, ...] = (),
    ) -> Order | None:
        """Make an order of what the provider lists; None where one stands for it already."""
        try:
            async with self._outbox.telling() as tx:
                await accounts.lock(tx, order.account_id)  # one look at a time at what the account has
                if remote_id in await orders.remote_ids(tx, order.account_id):
                    return None
                moved = await orders.move(
                    tx,
                    order.id,
                    of={State.UNCERTAIN},
                    to=State.WAITING,
                    remote_id=remote_id,
                    phone=phone,
                    **charged(order, price),
                    expires_at=order.created_at + self._providers.limits(order.provider).lifetime,
                    error=None,
                    error_text=None,
                    candidates=candidates.column(None),
                )
                if moved is None:
                    return None
                await outbox.add_card(tx, moved, self._clock.now())
        except orders.RemoteIdTaken:
            return None
        _log.info("uncertain purchase found in the provider's list", order=order.id)
        self._watch.take(moved, delay=0)
        for one in sms:
            await self._watch.deliver(order.id, one)
        return moved

    async def ask(self, order: Order, meant: tuple[Candidate, ...]) -> None:
        """Have the person choose, by the card and by one message."""
        async with self._outbox.telling() as tx:
            asked = await _still(tx, order, candidates=candidates.column(meant or None))
            if asked is None:
                return
            await outbox.add_card(tx, asked, self._clock.now())
            if meant and not await outbox.has_notice(tx, order.id, Notice.CHOOSE):
                await outbox.add_notice(
                    tx,
                    Notice.CHOOSE,
                    chat_id=asked.owners_chat_id,
                    user_id=asked.user_id,
                    order_id=asked.id,
                    now=self._clock.now(),
                )

    async def decline(self, order: Order, asked: tuple[Candidate, ...]) -> Order:
        """Rule out what its person says it is not.

        Raises:
            OutOfDate: the order is not uncertain any more.
        """
        others = (order.listed_before or frozenset()) | {one.remote_id for one in asked}
        async with self._outbox.telling() as tx:
            declined = await _still(
                tx, order, candidates=candidates.column(None), listed_before=sorted(others)
            )
            if declined is None:
                raise OutOfDate
            await outbox.add_card(tx, declined, self._clock.now())
        return declined


async def _still(tx: Transaction, order: Order, **changes: object) -> Order | None:
    """Change columns of an order while it is uncertain; None where it is not any more."""
    return await orders.move(tx, order.id, of={State.UNCERTAIN}, to=State.UNCERTAIN, **changes)
