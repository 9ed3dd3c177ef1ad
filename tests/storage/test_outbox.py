"""The outbox: urgent first, oldest first, ended once."""

from datetime import timedelta

import pytest

from bot.domain.orders import Order
from bot.domain.outbox import Kind, Message, Notice
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.storage import orders, outbox
from bot.storage.database import Database, Transaction
from tests.storage.conftest import USER
from tests.storage.makers import waiting
from tests.support.clock import START


@pytest.fixture
async def order(database: Database, account: Account) -> Order:
    """An order that waits, with its card in chat 5."""
    return await waiting(database, account)


async def _code(tx: Transaction, order: Order, text: str, chats: list[int]) -> int:
    sms_id = await orders.record_sms(tx, order.id, Sms(text), START)
    assert sms_id is not None
    await outbox.add_code(tx, order, sms_id, chats, START)
    return sms_id


async def _pending(database: Database, **options: object) -> tuple[Message, ...]:
    async with database.read() as tx:
        found, broken = await outbox.pending(tx, limit=50, **options)  # type: ignore[arg-type]  # one option, but=
    assert broken == {}
    return found


async def test_codes_go_before_cards_and_cards_before_notices(database: Database, order: Order) -> None:
    """The order of sending is by kind, then by age."""
    async with database.write() as tx:
        await outbox.add_notice(tx, Notice.EXPIRED, chat_id=5, user_id=USER, now=START, order_id=order.id)
        await outbox.add_card(tx, order, START)
        first = await _code(tx, order, "one", [5])
        await outbox.add_card(tx, order, START)
        second = await _code(tx, order, "two", [5])
    found = await _pending(database)
    assert [message.kind for message in found] == [Kind.CODE, Kind.CODE, Kind.CARD, Kind.CARD, Kind.NOTICE]
    assert [message.sms_id for message in found] == [first, second, None, None, None]
    assert found[2].id < found[3].id


async def test_a_message_says_all_that_the_courier_needs(
    database: Database, order: Order, account: Account
) -> None:
    """Each kind carries its chat, its reader, and what it is about."""
    async with database.write() as tx:
        sms_id = await _code(tx, order, "one", [5, 9])
        await outbox.add_card(tx, order, START)
        await outbox.add_notice(
            tx, Notice.KEY_REJECTED, chat_id=USER, user_id=USER, now=START, account_id=account.id
        )
    found = await _pending(database)
    first = found[0].id
    assert found == (
        Message(first, Kind.CODE, 5, USER, order.id, sms_id, None, None, START),
        Message(first + 1, Kind.CODE, 9, USER, order.id, sms_id, None, None, START),
        Message(first + 2, Kind.CARD, 5, USER, order.id, None, None, None, START),
        Message(first + 3, Kind.NOTICE, USER, USER, None, None, account.id, Notice.KEY_REJECTED, START),
    )


async def test_edits_of_one_card_can_be_closed_together(database: Database, order: Order) -> None:
    """Several edits of a card collapse: closing their ids leaves everything else to be sent."""
    async with database.write() as tx:
        for _ in range(3):
            await outbox.add_card(tx, order, START)
        await _code(tx, order, "one", [5])
    edits = [message.id for message in await _pending(database) if message.kind is Kind.CARD]
    async with database.write() as tx:
        await outbox.end(tx, edits, START, "sent")
    assert [message.kind for message in await _pending(database)] == [Kind.CODE]


async def test_the_reason_of_an_ending_is_kept_and_cut(database: Database, order: Order) -> None:
    """A message that cannot be delivered ends with its reason, at most 200 characters of it."""
    async with database.write() as tx:
        await outbox.add_card(tx, order, START)
        await outbox.end(tx, [1], START, "x" * 5000)
        row = (await tx.exec_driver_sql("SELECT ending, ended_at FROM outbox")).one()
    assert row.ending == "x" * 200
    assert row.ended_at is not None
    assert await _pending(database) == ()


async def test_busy_chats_are_left_out_and_the_limit_holds(database: Database, order: Order) -> None:
    """A chat with something under way does not hide the others; no more than the limit is read."""
    async with database.write() as tx:
        await _code(tx, order, "one", [5, 6, 7])
    assert [message.chat_id for message in await _pending(database, but=[5, 7])] == [6]
    async with database.read() as tx:
        assert [message.chat_id for message in (await outbox.pending(tx, limit=2))[0]] == [5, 6]


async def test_a_row_that_cannot_be_read_hides_no_other(database: Database, order: Order) -> None:
    """A message of a kind that nobody knows is named apart, and what stands around it is read in order."""
    async with database.write() as tx:
        await _code(tx, order, "one", [5, 6, 7])
        await tx.exec_driver_sql("UPDATE outbox SET kind = 'riddle' WHERE chat_id = 6")
    async with database.read() as tx:
        found, broken = await outbox.pending(tx, limit=50)
    assert [message.chat_id for message in found] == [5, 7]
    assert [type(error) for error in broken.values()] == [ValueError]


async def test_what_was_put_aside_is_told_again(database: Database, order: Order) -> None:
    """A message that was put aside is not forgotten with the old ones, and stands in the line once more."""
    async with database.write() as tx:
        await _code(tx, order, "one", [5])
    (message,) = await _pending(database)
    async with database.write() as tx:
        await outbox.end(tx, [message.id], START, outbox.PUT_ASIDE)
        await outbox.forget(tx, START + timedelta(days=99))
    assert await _pending(database) == ()
    async with database.write() as tx:
        await outbox.reopen(tx)
    assert await _pending(database) == (message,)
    async with database.read() as tx:
        assert await outbox.waiting(tx) == (1, START)


async def test_only_what_was_told_is_forgotten(database: Database, order: Order) -> None:
    """Tidying deletes messages that ended before the moment, and never one that waits."""
    async with database.write() as tx:
        await _code(tx, order, "one", [5, 6, 7])
    ids = [message.id for message in await _pending(database)]
    async with database.write() as tx:
        await outbox.end(tx, ids[:1], START, "sent")
        await outbox.end(tx, ids[1:2], START + timedelta(hours=1), "sent")
        await outbox.forget(tx, START + timedelta(minutes=1))
        left = (await tx.exec_driver_sql("SELECT id FROM outbox ORDER BY id")).scalars().all()
    assert left == ids[1:]
    assert [message.id for message in await _pending(database)] == ids[2:]


async def test_a_notice_is_remembered_told_or_not(database: Database, order: Order) -> None:
    """A notice counts as written for its order and kind, also after it was sent."""
    async with database.write() as tx:
        assert not await outbox.has_notice(tx, order.id, Notice.UNCERTAIN)
        await outbox.add_notice(tx, Notice.UNCERTAIN, chat_id=5, user_id=USER, now=START, order_id=order.id)
        assert await outbox.has_notice(tx, order.id, Notice.UNCERTAIN)
        await outbox.end(tx, [1], START, "sent")
        assert await outbox.has_notice(tx, order.id, Notice.UNCERTAIN)
        assert not await outbox.has_notice(tx, order.id, Notice.EXPIRED)
        assert not await outbox.has_notice(tx, order.id + 1, Notice.UNCERTAIN)


async def test_a_code_and_its_message_are_one_commit(database: Database, order: Order) -> None:
    """A crash between an SMS and its message loses both, so that the next check finds the SMS again."""

    async def interrupted() -> None:
        async with database.write() as tx:
            await _code(tx, order, "one", [5])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await interrupted()
    async with database.read() as tx:
        assert await orders.sms_of(tx, order.id) == ()
    assert await _pending(database) == ()
