"""What an answer of a provider does to an order: an SMS is recorded, an end is noted, and both are told."""

from collections.abc import Collection
from typing import Any

from bot.clock import Clock
from bot.domain.errors import KeyRejected, KeyUnreadable, ProviderError
from bot.domain.orders import GIVING_BACK, OPEN, WATCHED, Order, State
from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.engine.outbox import Outbox
from bot.storage import accounts, group_outbox, orders, outbox, wishes
from bot.storage.database import Transaction

WITH_SMS = frozenset({State.RECEIVED, State.WAITING_AGAIN})
"""States of an order that has brought an SMS already."""


_AT_A_TIME = 500


class Delivery:
    """Writes changes of orders together with the messages that tell of them, in one transaction each."""

    def __init__(self, tell: Outbox, clock: Clock) -> None:
        self._outbox = tell
        self._clock = clock

    async def sms(self, order_id: int, sms: Sms) -> Order | None:
        """Record an SMS and have it told; return the order, or None where the SMS was known already.

        An order that has ended meanwhile stays ended, and its code is told all the same.
        """
        async with self._outbox.telling() as tx:
            sms_id = await orders.record_sms(tx, order_id, sms, self._clock.now())
            if sms_id is None:
                return None
            before = await orders.find(tx, order_id)
            if before is None:
                raise LookupError(f"no order {order_id}")
            # A code is worth more than the money back: what was to be given back stays.
            given_back = before.wish is not None and before.wish.action in GIVING_BACK
            moved = await orders.move(
                tx,
                order_id,
                of=WATCHED,
                to=State.RECEIVED,
                last_sms_id=sms.remote_id,
                error=None,
                error_text=None,
                **(wishes.NONE if given_back else {}),
            )
            order = moved or before
            now = self._clock.now()
            bound = await group_outbox.bound(tx, order.user_id, order.service, order.card_chat_id)
            await outbox.add_code(tx, order, sms_id, group_outbox.plain_chats(order, bound), now)
            await group_outbox.add_codes(tx, bound.groups, now, order_id=order.id, sms_id=sms_id)
            await outbox.add_card(tx, order, self._clock.now())
            if moved and given_back and before.wish and before.wish.tries:  # else nobody was kept waiting
                await self._notice(tx, Notice.CODE_FIRST, order)
        return order

    async def over(self, order_id: int, why: ProviderError | None = None) -> Order | None:
        """Note that an order is over: finished with an SMS, without one expired or closed.

        Args:
            order_id: ours.
            why: what the provider said, or that it was silent, where it was not simply the end of the
                lifetime: then nobody knows whether the money has come back.
        """
        to, notice = (State.CLOSED, Notice.CLOSED) if why else (State.EXPIRED, Notice.EXPIRED)
        async with self._outbox.telling() as tx:
            order = await self._end(tx, order_id, of=WITH_SMS, to=State.FINISHED)
            if order is None:
                order = await self._end(tx, order_id, of={State.WAITING}, to=to, why=why)
                if order is not None:
                    await self._notice(tx, notice, order)
        return order

    async def end(
        self, order_id: int, *, of: Collection[State], to: State, notice: Notice | None = None
    ) -> Order | None:
        """Note that a person ended an order (canceled, banned); None where it had moved on meanwhile.

        Args:
            order_id: ours.
            of: states from which the change is right.
            to: the new state.
            notice: what to tell, where nobody looks at the card at this moment.
        """
        async with self._outbox.telling() as tx:
            order = await self._end(tx, order_id, of=of, to=to)
            if order is not None and notice is not None:
                await self._notice(tx, notice, order)
        return order

    async def wait_again(self, order_id: int) -> Order | None:
        """Note that another SMS was asked for; None where the order had moved on meanwhile."""
        async with self._outbox.telling() as tx:
            await orders.lock(tx, order_id)
            order = await orders.find(tx, order_id)
            if order is None:
                return None
            return await self._end(
                tx, order_id, of={State.RECEIVED}, to=State.WAITING_AGAIN, round=order.round + 1
            )

    async def ready(self, order_id: int) -> Order | None:
        """Note that the provider was told of the SMS being requested; None where the order had moved on."""
        async with self._outbox.telling() as tx:
            return await self._end(tx, order_id, of={State.WAITING}, to=State.WAITING, is_ready=True)

    async def number(self, order_id: int, phone: str) -> Order | None:
        """Note the number of an order that was bought without one; None where the order had moved on."""
        async with self._outbox.telling() as tx:
            return await self._end(tx, order_id, of={State.WAITING}, to=State.WAITING, phone=phone)

    async def refused(self, order_id: int, why: ProviderError) -> Order | None:
        """Note that a provider refuses an order after it had taken it; None where the order had moved on."""
        async with self._outbox.telling() as tx:
            return await self._end(tx, order_id, of={State.WAITING}, to=State.FAILED, why=why)

    async def redraw(self, order_ids: Collection[int]) -> None:
        """Have the cards of these orders drawn anew."""
        waiting = list(order_ids)
        for first in range(0, len(waiting), _AT_A_TIME):  # so that nobody else waits long for the database
            async with self._outbox.telling() as tx:
                await outbox.add_cards(tx, waiting[first : first + _AT_A_TIME], OPEN, self._clock.now())

    async def complaint(self, order_id: int, error: ProviderError) -> None:
        """Note, once, that a provider refuses to say whether an SMS has come, and why."""
        async with self._outbox.telling() as tx:
            await orders.lock(tx, order_id)
            order = await orders.find(tx, order_id)
            if order is not None and (order.error, order.error_text) != (error.slug, error.text):
                await self._end(tx, order_id, of={order.state} & WATCHED, to=order.state, why=error)

    async def key_rejected(self, account_id: int, why: KeyRejected) -> None:
        """Pause an account whose key the provider refuses, or we cannot open, and tell its owner once."""
        notice = Notice.KEY_UNREADABLE if isinstance(why, KeyUnreadable) else Notice.KEY_REJECTED
        async with self._outbox.telling() as tx:
            account = await accounts.find(tx, account_id)
            if account is not None and await accounts.set_rejected(tx, account_id, rejected=True):
                await outbox.add_notice(
                    tx,
                    notice,
                    chat_id=account.user_id,
                    user_id=account.user_id,
                    account_id=account_id,
                    now=self._clock.now(),
                )

    async def _end(
        self,
        tx: Transaction,
        order_id: int,
        *,
        of: Collection[State],
        to: State,
        why: ProviderError | None = None,
        **changes: object,
    ) -> Order | None:
        told: dict[str, Any] = {"error": why.slug, "error_text": why.text} if why else {}
        wished = {} if to in WATCHED else wishes.NONE
        order = await orders.move(tx, order_id, of=of, to=to, **told, **wished, **changes)
        if order is not None:
            await outbox.add_card(tx, order, self._clock.now())
        return order

    async def _notice(self, tx: Transaction, notice: Notice, order: Order) -> None:
        await outbox.add_notice(
            tx,
            notice,
            chat_id=order.card_chat_id,
            user_id=order.user_id,
            order_id=order.id,
            now=self._clock.now(),
        )
