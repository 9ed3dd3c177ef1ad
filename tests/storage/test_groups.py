"""Groups: where a code goes beside its owner, who was named, and what follows a group to its new id."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Dialect, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from bot.domain.groups import Group, GroupState, Pause
from bot.domain.money import Money
from bot.domain.outbox import Notice
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.storage import group_outbox, groups, orders, outbox, prompts, rentals
from bot.storage.database import Database
from bot.storage.group_outbox import Bound
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import placed, rented, waiting
from tests.support.clock import START

CHAT = -1001
FIFTY = Money(Decimal(50), "RUB")
_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap


async def made(
    database: Database,
    *,
    owner: int = USER,
    place: tuple[int, int] = (CHAT, 0),
    state: GroupState = GroupState.ACTIVE,
    **columns: Any,
) -> Group:
    """Commit a binding."""
    async with database.write() as tx:
        group = await groups.add(tx, owner_id=owner, place=place, title="Codes", state=state, now=START)
        return await groups.change(tx, group.id, **columns) or group if columns else group


async def bound(database: Database, service: str | None, card: int = 5) -> list[int]:
    """Return the ids of the groups that get a code of the user's."""
    async with database.read() as tx:
        return [group.id for group in (await group_outbox.bound(tx, USER, service, card)).groups]


async def test_a_binding_is_kept_as_it_was_made(database: Database) -> None:
    """What is written is read: place, owner, choices and why it is paused."""
    made_ = await made(database, place=(CHAT, 7), services=["telegram"], spoiler=True)
    assert (made_.owner_id, made_.chat_id, made_.topic_id) == (USER, CHAT, 7)
    assert (made_.services, made_.spoiler, made_.whole_phone) == (frozenset({"telegram"}), True, False)
    async with database.write() as tx:
        paused = await groups.change(
            tx, made_.id, of={GroupState.ACTIVE}, state="paused", pause=Pause.TOPIC.value
        )
        again = await groups.change(tx, made_.id, of={GroupState.ACTIVE}, state="paused", pause=None)
        assert paused is not None
        assert (paused.state, paused.pause, again) == (GroupState.PAUSED, Pause.TOPIC, None)
        assert await groups.at(tx, (CHAT, 7), USER) == await groups.find(tx, made_.id) == paused
        assert await groups.at(tx, (CHAT, 0), USER) is None


async def test_one_binding_for_a_place_and_owner(database: Database) -> None:
    """Two of the same person in one topic cannot be; another topic or another person can."""
    await made(database)
    await made(database, place=(CHAT, 3))
    await made(database, owner=STRANGER)
    with pytest.raises(IntegrityError):
        await made(database)


@pytest.mark.parametrize("state", [GroupState.PROPOSED, GroupState.PAUSED, GroupState.REFUSED])
async def test_nothing_is_told_where_nobody_agreed(database: Database, state: GroupState) -> None:
    """Only an active binding gets codes, and only its owner's."""
    await made(database, state=state)
    await made(database, owner=STRANGER)
    assert await bound(database, "telegram", CHAT) == []


@pytest.mark.parametrize(
    ("services", "service", "gets"),
    [
        ([], "telegram", True),
        ([], None, True),
        (["telegram"], "telegram", True),
        (["telegram"], "whatsapp", False),
        (["telegram"], None, False),
    ],
)
async def test_only_chosen_services_are_told(
    database: Database, services: Collection[str], service: str | None, *, gets: bool
) -> None:
    """Without a choice all services are told; with one, those alone."""
    group = await made(database, services=services)
    assert await bound(database, service) == ([group.id] if gets else [])


async def test_what_was_bought_in_a_group_comes_back_there(database: Database, account: Account) -> None:
    """Its code is told by the group's rules, and not a second time without them."""
    group = await made(database, services=["whatsapp"])
    assert await bound(database, "telegram", CHAT) == [group.id]
    order = await placed(database, account)
    assert group_outbox.plain_chats(order, Bound((group,), frozenset({group.chat_id}))) == [5, USER]
    at_home = await rented(database, account, card_chat_id=CHAT)
    assert group_outbox.plain_chats(at_home, Bound((group,), frozenset({group.chat_id}))) == [USER]
    assert group_outbox.plain_chats(at_home, Bound((), frozenset())) == [CHAT, USER]


async def test_the_row_names_the_topic_and_the_rules(database: Database, account: Account) -> None:
    """The courier reads where in the chat it goes and by whose rules; whether it was told is remembered."""
    group = await made(database, place=(CHAT, 7))
    order = await placed(database, account)
    async with database.write() as tx:
        await group_outbox.add_codes(tx, [group], START, order_id=order.id, sms_id=None)
        await group_outbox.add_notice(tx, Notice.GROUP_PAUSED, group, START)
        (code, notice), _ = await outbox.pending(tx, limit=9)
        assert not await group_outbox.was_told(tx, group, sms_id=1, of_rental=False)
    assert (code.chat_id, code.topic_id, code.group_id) == (CHAT, 7, group.id)
    assert (notice.chat_id, notice.topic_id, notice.notice) == (USER, None, Notice.GROUP_PAUSED)


async def test_who_gets_the_id_of_a_deleted_group_gets_none_of_its_codes(
    database: Database, account: Account
) -> None:
    """What was told under an id by another owner, or in another chat, was not told in the group of today."""
    gone = await made(database)
    order = await waiting(database, account)
    async with database.write() as tx:
        sms_id = await orders.record_sms(tx, order.id, Sms("Your code: 48151"), START)
        assert sms_id is not None
        await group_outbox.add_codes(tx, [gone], START, order_id=order.id, sms_id=sms_id)
        assert await group_outbox.was_told(tx, gone, sms_id=sms_id, of_rental=False)
        for heir in (replace(gone, owner_id=STRANGER), replace(gone, chat_id=-1002)):
            assert not await group_outbox.was_told(tx, heir, sms_id=sms_id, of_rental=False)


async def test_a_person_is_named_once(database: Database, account: Account) -> None:
    """Naming again keeps what they may; budgets are set, replaced and taken away."""
    group = await made(database)
    async with database.write() as tx:
        boris = await groups.name(tx, group.id, STRANGER, "Boris")
        assert not boris.is_let_in
        await groups.set_sees(tx, boris.id, sees=True)
        await groups.set_budget(tx, boris.id, account.id, Money(Decimal(9), "RUB"))
        await groups.set_budget(tx, boris.id, account.id, FIFTY)
        again = await groups.name(tx, group.id, STRANGER, "Somebody else")
        assert (again.id, again.name, again.sees) == (boris.id, "Boris", True)
        assert again.budgets == {account.id: FIFTY}
        assert await groups.members(tx, group.id) == (again,)
        assert await groups.member_of(tx, group.id, STRANGER) == again
        await groups.set_budget(tx, boris.id, account.id, None)
        without = await groups.member(tx, boris.id)
        assert without is not None
        assert not without.budgets


async def test_a_binding_goes_with_its_people(database: Database, account: Account) -> None:
    """Deleting one leaves nothing behind, and nothing of another is touched."""
    gone, stays = await made(database), await made(database, place=(CHAT, 3))
    async with database.write() as tx:
        for group in (gone, stays):
            member = await groups.name(tx, group.id, STRANGER, "Boris")
            await groups.set_budget(tx, member.id, account.id, FIFTY)
        await groups.remove(tx, gone.id)
        assert await groups.of_owner(tx, USER) == (stays,)
        assert await groups.count_members(tx, gone.id) == 0
        assert await groups.count_members(tx, stays.id) == 1


async def test_all_follows_a_group_to_its_new_id(database: Database, account: Account) -> None:
    """Bindings, cards, rentals and what is to be told; a message's number means nothing in the new chat."""
    group = await made(database)
    order = await waiting(database, account)
    rental = await rented(database, account, card_chat_id=CHAT, card_message_id=9)
    async with database.write() as tx:
        await orders.move(tx, order.id, of={order.state}, to=order.state, card_chat_id=CHAT)
        await group_outbox.add_codes(tx, [group], START, order_id=order.id)
        await prompts.add(tx, prompts.Prompt(CHAT, 9, USER, "label", "1"), START)
        await groups.move_chat(tx, CHAT, -100_500)
        await group_outbox.move_chat(tx, CHAT, -100_500)
        moved = await orders.find(tx, order.id)
        rented_ = await rentals.find(tx, rental.id)
        assert moved is not None
        assert rented_ is not None
        assert (moved.card_chat_id, moved.card_message_id) == (-100_500, None)
        assert (rented_.card_chat_id, rented_.card_message_id) == (-100_500, None)
        rows, _ = await outbox.pending(tx, limit=9)
        assert {row.chat_id for row in rows} == {-100_500}
        assert [one.id for one in await groups.in_chat(tx, -100_500)] == [group.id]


async def test_a_member_is_locked_while_money_is_decided(database: Database) -> None:
    """On an engine with several writers nobody else reads the person's row for a decision meanwhile."""
    group = await made(database)
    said: list[str] = []

    def note(_connection: object, clause: Any, *_: object) -> None:
        said.append(str(clause.compile(dialect=_POSTGRESQL)))

    async with database.write() as tx:
        member = await groups.name(tx, group.id, STRANGER, "Boris")
        event.listen(database.engine.sync_engine, "before_execute", note)
        assert await groups.lock_member(tx, member.id) == member
    event.remove(database.engine.sync_engine, "before_execute", note)
    assert "FOR UPDATE" in said[0]
