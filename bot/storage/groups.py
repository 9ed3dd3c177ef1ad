"""Groups that get somebody's codes, the people named in them, and their budgets."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Row

from bot.domain.groups import Group, GroupState, Member, Pause
from bot.domain.money import Money
from bot.storage.database import Transaction
from bot.storage.group_tables import GroupBudgetRow, GroupMemberRow, GroupRow
from bot.storage.rows import Broken, readable


def _group(row: Row[Any]) -> Group:
    return Group(
        id=row.id,
        owner_id=row.owner_id,
        chat_id=row.chat_id,
        topic_id=row.topic_id,
        title=row.title,
        state=GroupState(row.state),
        pause=Pause(row.pause) if row.pause else None,
        services=frozenset(row.services),
        whole_phone=row.whole_phone,
        spoiler=row.spoiler,
        named_only=row.named_only,
        created_at=row.created_at,
    )


async def add(
    tx: Transaction, *, owner_id: int, place: tuple[int, int], title: str, state: GroupState, now: datetime
) -> Group:
    """Insert a binding; its owner is to be locked (``settings.lock``), so that there is one for each place.

    Args:
        tx: a writing transaction.
        owner_id: whose codes.
        place: chat and topic (0 for the group as such).
        title: what the group is called.
        state: ``PROPOSED`` for all that its owner has not agreed to.
        now: UTC.
    """
    statement = insert(GroupRow).values(
        owner_id=owner_id,
        chat_id=place[0],
        topic_id=place[1],
        title=title,
        state=state.value,
        services=[],
        created_at=now,
    )
    return _group((await tx.execute(statement.returning(*GroupRow.__table__.columns))).one())


async def find(tx: Transaction, group_id: int) -> Group | None:
    """Return a binding, or None."""
    row = (await tx.execute(select(GroupRow).where(GroupRow.id == group_id))).one_or_none()
    return _group(row) if row else None


async def at(tx: Transaction, place: tuple[int, int], owner_id: int) -> Group | None:
    """Return the binding of a person in a chat and topic, or None."""
    query = select(GroupRow).where(
        GroupRow.chat_id == place[0], GroupRow.topic_id == place[1], GroupRow.owner_id == owner_id
    )
    row = (await tx.execute(query)).one_or_none()
    return _group(row) if row else None


async def of_owner(tx: Transaction, owner_id: int) -> tuple[Group, ...]:
    """Return a person's bindings, oldest first."""
    rows = await tx.execute(select(GroupRow).where(GroupRow.owner_id == owner_id).order_by(GroupRow.id))
    return tuple(_group(row) for row in rows)


async def active_of(tx: Transaction, owner_id: int) -> tuple[tuple[Group, ...], Broken]:
    """Return a person's bindings that get codes, oldest first; apart, the rows that cannot be read."""
    query = select(GroupRow).where(GroupRow.owner_id == owner_id, GroupRow.state == GroupState.ACTIVE.value)
    return await readable(tx, query.order_by(GroupRow.id), GroupRow.id, _group)


async def in_chat(tx: Transaction, chat_id: int) -> tuple[Group, ...]:
    """Return all bindings of a chat, of all its topics and owners, oldest first."""
    rows = await tx.execute(select(GroupRow).where(GroupRow.chat_id == chat_id).order_by(GroupRow.id))
    return tuple(_group(row) for row in rows)


async def change(
    tx: Transaction, group_id: int, *, of: Collection[GroupState] = tuple(GroupState), **columns: Any
) -> Group | None:
    """Change a binding that stands in one of these states; return it as it is now, or None."""
    statement = (
        update(GroupRow)
        .where(GroupRow.id == group_id, GroupRow.state.in_([state.value for state in of]))
        .values(**columns)
        .returning(*GroupRow.__table__.columns)
    )
    row = (await tx.execute(statement)).one_or_none()
    return _group(row) if row else None


async def remove(tx: Transaction, group_id: int) -> None:
    """Delete a binding with the people that were named in it."""
    for member in await members(tx, group_id):
        await remove_member(tx, member.id)
    await tx.execute(delete(GroupRow).where(GroupRow.id == group_id))


async def move_chat(tx: Transaction, old: int, new: int) -> None:
    """Have the bindings of a chat stand in another one: it has got a new id."""
    await tx.execute(update(GroupRow).where(GroupRow.chat_id == old).values(chat_id=new))


async def name(tx: Transaction, group_id: int, user_id: int, called: str) -> Member:
    """Return a person of a group, inserted without any right where they were not named before."""
    query = select(GroupMemberRow).where(
        GroupMemberRow.group_id == group_id, GroupMemberRow.user_id == user_id
    )
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        statement = insert(GroupMemberRow).values(group_id=group_id, user_id=user_id, name=called)
        row = (await tx.execute(statement.returning(*GroupMemberRow.__table__.columns))).one()
    return await _member(tx, row)


async def member(tx: Transaction, member_id: int) -> Member | None:
    """Return a named person, or None."""
    row = (await tx.execute(select(GroupMemberRow).where(GroupMemberRow.id == member_id))).one_or_none()
    return await _member(tx, row) if row else None


async def member_of(tx: Transaction, group_id: int, user_id: int) -> Member | None:
    """Return a person of a group, or None where they were not named there."""
    query = select(GroupMemberRow).where(
        GroupMemberRow.group_id == group_id, GroupMemberRow.user_id == user_id
    )
    row = (await tx.execute(query)).one_or_none()
    return await _member(tx, row) if row else None


async def members(tx: Transaction, group_id: int) -> tuple[Member, ...]:
    """Return the people of a group, oldest first."""
    query = select(GroupMemberRow).where(GroupMemberRow.group_id == group_id).order_by(GroupMemberRow.id)
    return tuple([await _member(tx, row) for row in (await tx.execute(query)).all()])


async def count_members(tx: Transaction, group_id: int) -> int:
    """Return how many people were named in a group, or have asked for it."""
    query = select(func.count()).select_from(GroupMemberRow).where(GroupMemberRow.group_id == group_id)
    return int((await tx.execute(query)).scalar_one())


async def set_sees(tx: Transaction, member_id: int, *, sees: bool) -> None:
    """Let a person see codes where only named people may, or not."""
    await tx.execute(update(GroupMemberRow).where(GroupMemberRow.id == member_id).values(sees=sees))


async def lock_member(tx: Transaction, member_id: int) -> Member | None:
    """Return a person, and keep everybody else from deciding by, or changing, what they may spend.

    SQLite has one writer anyway. Elsewhere the row is locked to the end of the transaction.
    """
    query = select(GroupMemberRow).where(GroupMemberRow.id == member_id).with_for_update()
    row = (await tx.execute(query)).one_or_none()
    return await _member(tx, row) if row else None


async def set_budget(tx: Transaction, member_id: int, account_id: int, most: Money | None) -> None:
    """Set what a person may spend of an account, or take it away; the person is to be locked before."""
    held = (GroupBudgetRow.member_id == member_id, GroupBudgetRow.account_id == account_id)
    await tx.execute(delete(GroupBudgetRow).where(*held))
    if most is not None:
        await tx.execute(
            insert(GroupBudgetRow).values(
                member_id=member_id, account_id=account_id, amount=most.amount, currency=most.currency
            )
        )


async def remove_member(tx: Transaction, member_id: int) -> None:
    """Delete a person with all that they may."""
    await tx.execute(delete(GroupBudgetRow).where(GroupBudgetRow.member_id == member_id))
    await tx.execute(delete(GroupMemberRow).where(GroupMemberRow.id == member_id))


async def _member(tx: Transaction, row: Row[Any]) -> Member:
    query = select(GroupBudgetRow).where(GroupBudgetRow.member_id == row.id)
    budgets = {one.account_id: Money(one.amount, one.currency) for one in await tx.execute(query)}
    return Member(row.id, row.group_id, row.user_id, row.name, row.sees, budgets)
