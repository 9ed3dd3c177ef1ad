"""Who may see codes in a group, and who may buy with its owner's money, how much."""

from decimal import Decimal

from bot.clock import Clock
from bot.domain.caps import WINDOW
from bot.domain.errors import NotOffered, NotYours, OutOfDate
from bot.domain.groups import LONGEST_NAME, MOST_MEMBERS, BudgetView, GroupState, Member, MemberView
from bot.domain.money import Money
from bot.domain.outbox import Notice
from bot.domain.views import AccountView
from bot.engine.accounts import Accounts
from bot.engine.groups import own
from bot.engine.outbox import Outbox
from bot.providers.registry import Providers
from bot.storage import caps, group_outbox, groups, orders
from bot.storage.database import Database, Transaction


class GroupMembers:
    """People of groups, named by the owner of the codes or asking for it."""

    def __init__(
        self, database: Database, clock: Clock, tell: Outbox, accounts: Accounts, providers: Providers
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = tell
        self._accounts = accounts
        self._providers = providers

    async def ask(self, place: tuple[int, int], user_id: int, called: str) -> None:
        """Ask the owners of what is told in a chat and topic to let somebody in; each is asked once."""
        async with self._outbox.telling() as tx:
            for group in await groups.in_chat(tx, place[0]):
                is_here = group.topic_id == place[1] and group.state is GroupState.ACTIVE
                is_known = await groups.member_of(tx, group.id, user_id) is not None
                if not is_here or is_known or group.owner_id == user_id:
                    continue
                if await groups.count_members(tx, group.id) < MOST_MEMBERS:
                    await groups.name(tx, group.id, user_id, called[:LONGEST_NAME])
                    await group_outbox.add_notice(tx, Notice.GROUP_ACCESS, group, self._clock.now())

    async def name(self, owner_id: int, group_id: int, user_id: int, called: str) -> Member:
        """Name a person; they may do nothing yet.

        Raises:
            OutOfDate: there is no such group any more, or as many people as there can be.
            NotYours: it is somebody else's.
        """
        async with self._database.write() as tx:
            await own(tx, owner_id, group_id)
            known = await groups.member_of(tx, group_id, user_id)
            if known is None and await groups.count_members(tx, group_id) >= MOST_MEMBERS:
                raise OutOfDate
            return known or await groups.name(tx, group_id, user_id, called[:LONGEST_NAME])

    async def view(self, owner_id: int, member_id: int) -> MemberView:
        """Return a person with what they may spend of each of the owner's accounts.

        Raises:
            OutOfDate: they were taken off the list.
            NotYours: it is somebody else's group.
        """
        accounts = await self._accounts.list(owner_id)
        async with self._database.read() as tx:
            member = await _own(tx, owner_id, member_id)
            group = await own(tx, owner_id, member.group_id)
            budgets = [await self._budget(tx, member, account) for account in accounts]
        return MemberView(group, member, tuple(one for one in budgets if one is not None))

    async def set_sees(self, owner_id: int, member_id: int, *, sees: bool) -> None:
        """Let a person see codes where only named people may, or not. Raises as ``view``."""
        async with self._database.write() as tx:
            await _own(tx, owner_id, member_id)
            await groups.set_sees(tx, member_id, sees=sees)

    async def set_budget(self, owner_id: int, member_id: int, account_id: int, most: Decimal | None) -> None:
        """Set what a person may spend of an account within 24 hours, or nothing at all any more.

        Raises:
            OutOfDate: they were taken off the list.
            NotYours: it is somebody else's group or account.
            NotOffered: the account's provider has gone from the configuration.
        """
        account = await self._accounts.get(owner_id, account_id)
        record = self._providers.record(account.provider.slug)
        if record is None:
            raise NotOffered
        async with self._database.write() as tx:
            await _own(tx, owner_id, member_id)
            await groups.lock_member(tx, member_id)
            budget = None if most is None else Money(most, record.currency)
            await groups.set_budget(tx, member_id, account_id, budget)

    async def remove(self, owner_id: int, member_id: int) -> int:
        """Take a person off the list with all that they may; return the group's id. Raises as ``view``."""
        async with self._database.write() as tx:
            member = await _own(tx, owner_id, member_id)
            await groups.lock_member(tx, member_id)
            await groups.remove_member(tx, member_id)
        return member.group_id

    async def stop_buyer(self, owner_id: int, order_id: int) -> None:
        """Let who bought an order spend nothing more, in all groups of its owner.

        Raises:
            OutOfDate: there is no such order, or its owner bought it.
            NotYours: it is somebody else's.
        """
        async with self._database.write() as tx:
            order = await orders.find(tx, order_id)
            if order is None or (order.user_id == owner_id and order.buyer_id is None):
                raise OutOfDate
            if order.user_id != owner_id or order.buyer_id is None:
                raise NotYours
            for group in await groups.of_owner(tx, owner_id):
                member = await groups.member_of(tx, group.id, order.buyer_id)
                if member is not None:
                    await groups.lock_member(tx, member.id)
                    for account_id in member.budgets:
                        await groups.set_budget(tx, member.id, account_id, None)

    async def called(self, owner_id: int, user_id: int) -> str:
        """Return what a member of any of a person's groups is called; empty where they were taken off."""
        async with self._database.read() as tx:
            for group in await groups.of_owner(tx, owner_id):
                member = await groups.member_of(tx, group.id, user_id)
                if member is not None:
                    return member.name
        return ""

    async def _budget(self, tx: Transaction, member: Member, account: AccountView) -> BudgetView | None:
        record = self._providers.record(account.provider.slug)
        if record is None:
            return None
        since = self._clock.now() - WINDOW
        spent = await caps.spending(tx, account.account.id, since, buyer_id=member.user_id)
        budget = member.budgets.get(account.account.id)
        return BudgetView(
            account,
            record.currency,
            None if budget is None else budget.amount,
            spent.spent(record.currency).amount,
        )


async def _own(tx: Transaction, owner_id: int, member_id: int) -> Member:
    member = await groups.member(tx, member_id)
    if member is None:
        raise OutOfDate
    await own(tx, owner_id, member.group_id)
    return member
