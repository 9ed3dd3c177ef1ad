"""Budgets: what members of a group may spend of its owner's money, held as caps are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.domain.caps import WINDOW, Spending
from bot.domain.errors import BudgetReached, NotLetIn
from bot.domain.groups import Buyer, GroupState, Member
from bot.domain.offers import Draft
from bot.domain.orders import Order
from bot.domain.outbox import Notice
from bot.storage import caps, groups, outbox
from bot.storage.database import Database, Transaction

Place = tuple[int, int]
"""Chat and topic."""


class Budgets:
    """Knows who may buy for whom, and holds their intents to it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def buyer(self, place: Place, user_id: int) -> Buyer | None:
        """Return whose money a person may spend in a chat and topic; None where nobody's.

        Where several owners allow it, it is the one who was first there.
        """
        async with self._database.read() as tx:
            for group in await groups.in_chat(tx, place[0]):
                if group.topic_id != place[1] or group.state is not GroupState.ACTIVE:
                    continue
                member = await groups.member_of(tx, group.id, user_id)
                if member is not None and member.budgets and group.owner_id != user_id:
                    return Buyer(member, group.owner_id)
        return None

    async def spent(self, buyer: Buyer, account_id: int) -> Spending:
        """Return what a person spent of an account within 24 hours."""
        async with self._database.read() as tx:
            return await self._spending(tx, buyer.member.user_id, account_id)

    @asynccontextmanager
    async def kept(self, tx: Transaction, draft: Draft, place: Place) -> AsyncIterator[None]:
        """Let an intent be written down in this context only as far as the buyer's budget goes.

        The member's row is locked to the end of the transaction, so that twenty taps at once pass no budget,
        and one that is taken away meanwhile is not spent. What has no price is not for others to buy.

        Args:
            tx: the writing transaction of the intent; the exception has to leave it.
            draft: what is bought; one that its owner buys is none of this.
            place: where the buyer is.

        Raises:
            NotLetIn: this person may not, or no longer, buy with that account.
            BudgetReached: with the intent, more would be spent than the owner allows.
        """
        if draft.buyer_id is None:
            yield
            return
        account_id = draft.offer.account_id
        most = (await self._locked(tx, draft, place)).budgets.get(account_id)
        if most is None:
            raise NotLetIn
        before = await self._spending(tx, draft.buyer_id, account_id)
        yield
        after = await self._spending(tx, draft.buyer_id, account_id)
        is_foreign = any(
            after.paid[name] > before.paid.get(name, 0) for name in after.paid if name != most.currency
        )
        if is_foreign or after.untold > before.untold or most < after.spent(most.currency):
            raise BudgetReached

    async def tell_owner(self, tx: Transaction, order: Order) -> None:
        """Have the owner told, with the intent, that somebody else buys with their money."""
        if order.buyer_id is not None:
            await outbox.add_notice(
                tx,
                Notice.GROUP_BOUGHT,
                chat_id=order.user_id,
                user_id=order.user_id,
                order_id=order.id,
                now=self._clock.now(),
            )

    async def _locked(self, tx: Transaction, draft: Draft, place: Place) -> Member:
        group = await groups.at(tx, place, draft.user_id)
        if group is not None and group.state is GroupState.ACTIVE and draft.buyer_id is not None:
            member = await groups.member_of(tx, group.id, draft.buyer_id)
            locked = None if member is None else await groups.lock_member(tx, member.id)
            if locked is not None:
                return locked
        raise NotLetIn

    async def _spending(self, tx: Transaction, buyer_id: int, account_id: int) -> Spending:
        return await caps.spending(tx, account_id, self._clock.now() - WINDOW, buyer_id=buyer_id)
