"""Orders: one order a token, one winner a change of state, one row an SMS."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.domain.orders import OPEN, WATCHED, State
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.storage import accounts, orders
from bot.storage.database import Database
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import draft, placed, waiting
from tests.support.clock import START


async def test_the_intent_holds_the_whole_request(database: Database, account: Account) -> None:
    """An order that was placed can be read back with everything that the purchase needs."""
    order = await placed(database, account)
    async with database.read() as tx:
        assert await orders.find(tx, order.id) == order
        assert await orders.by_token(tx, "token-1") == order
        assert await orders.by_token(tx, "another") is None
        assert await orders.find(tx, order.id + 1) is None
    assert order.state is State.PLACING
    assert (order.user_id, order.account_id, order.provider) == (USER, account.id, "getsms")
    assert (order.service, order.country, order.operator) == ("telegram", "RU", None)
    assert order.price == Money(Decimal("12.50"), "RUB")
    assert order.balance_before == Money(Decimal(100), "RUB")
    assert (order.balance_after, order.remote_id, order.phone, order.expires_at) == (None, None, None, None)
    assert (order.card_chat_id, order.card_message_id, order.created_at) == (5, 6, START)


async def test_a_token_buys_once(database: Database, account: Account) -> None:
    """A second order with the same token is refused, and the transaction leaves nothing behind."""
    await placed(database, account)
    with pytest.raises(orders.TokenUsed):
        await placed(database, account)
    async with database.read() as tx:
        assert await orders.count_of_user(tx, USER, is_open=True) == 1


async def test_twenty_concurrent_taps_make_one_order(database: Database, account: Account) -> None:
    """Of twenty intents with one token exactly one is written."""
    results = await asyncio.gather(*(placed(database, account) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(result, orders.TokenUsed) for result in results) == 19
    assert sum(not isinstance(result, BaseException) for result in results) == 1


async def test_compare_and_set_has_one_winner(database: Database, account: Account) -> None:
    """Of twenty who move an order out of one state exactly one succeeds, and the row is the winner's."""
    order = await waiting(database, account)

    async def attempt(number: int) -> bool:
        async with database.write() as tx:
            moved = await orders.move(
                tx, order.id, of={State.WAITING}, to=State.CANCELED, error_text=str(number)
            )
        return moved is not None

    won = await asyncio.gather(*(attempt(number) for number in range(20)))
    assert won.count(True) == 1
    async with database.read() as tx:
        after = await orders.find(tx, order.id)
    assert after is not None
    assert (after.state, after.error_text) == (State.CANCELED, str(won.index(True)))


@pytest.mark.parametrize("state", list(State))
async def test_a_move_only_leaves_the_states_it_names(
    database: Database, account: Account, state: State
) -> None:
    """An order in any other state stays as it is, whatever columns the move brings."""
    order = await placed(database, account)
    async with database.write() as tx:
        await orders.move(tx, order.id, of={State.PLACING}, to=state)
    async with database.write() as tx:
        moved = await orders.move(tx, order.id, of=WATCHED, to=State.EXPIRED, error="late")
    async with database.read() as tx:
        after = await orders.find(tx, order.id)
    assert after is not None
    assert (moved is not None) == (state in WATCHED)
    assert (after.state, after.error) == ((State.EXPIRED, "late") if moved else (state, None))


async def test_a_remote_id_is_unique_among_open_orders(database: Database, account: Account) -> None:
    """Two open orders of one account never share the provider's id; the refused move changes nothing."""
    first = await waiting(database, account, "t1", "r-1")
    second = await placed(database, account, "t2")
    with pytest.raises(orders.RemoteIdTaken):
        async with database.write() as tx:
            await orders.move(tx, second.id, of={State.PLACING}, to=State.WAITING, remote_id="r-1")
    async with database.read() as tx:
        assert await orders.find(tx, second.id) == second
        assert await orders.find(tx, first.id) == first


async def test_a_remote_id_may_return_once_its_order_has_ended(database: Database, account: Account) -> None:
    """A provider may count from the start again: an ended order does not keep its id."""
    first = await waiting(database, account, "t1", "r-1")
    async with database.write() as tx:
        await orders.move(tx, first.id, of={State.WAITING}, to=State.FINISHED)
    assert (await waiting(database, account, "t2", "r-1")).remote_id == "r-1"


async def test_accounts_may_have_equal_remote_ids(database: Database, account: Account) -> None:
    """The provider's ids are compared within one account only."""
    async with database.write() as tx:
        other = await accounts.add(
            tx,
            user_id=STRANGER,
            provider="getsms",
            label="Get-SMS",
            tail="-two",
            sealed=b"other",
            fingerprint="e" * 64,
            now=START,
        )
    await waiting(database, account, "t1", "r-1")
    assert (await waiting(database, other, "t2", "r-1")).remote_id == "r-1"


async def test_orders_without_a_remote_id_do_not_collide(database: Database, account: Account) -> None:
    """Any number of orders may wait for their answer at once."""
    for number in range(3):
        await placed(database, account, f"t{number}")
    async with database.read() as tx:
        found, broken = await orders.in_states(tx, {State.PLACING})
        assert (len(found), broken) == (3, {})
        assert await orders.count_open_of_account(tx, account.id) == 3


async def test_an_sms_is_recorded_once(database: Database, account: Account) -> None:
    """Reading an SMS again, twenty times at once, keeps one row."""
    order = await waiting(database, account)
    sms = Sms("Your code is 12345", "12345", "900", "Telegram", START)

    async def record() -> int | None:
        async with database.write() as tx:
            return await orders.record_sms(tx, order.id, sms, START)

    recorded = [row for row in await asyncio.gather(*(record() for _ in range(20))) if row is not None]
    async with database.read() as tx:
        assert await orders.sms_of(tx, order.id) == (sms,)
        assert len(recorded) == 1
        assert await orders.find_sms(tx, recorded[0]) == sms
        assert await orders.find_sms(tx, recorded[0] + 1) is None


async def test_sms_without_an_id_are_told_apart_by_content_and_time(
    database: Database, account: Account
) -> None:
    """Where the provider gives no id, another text or another time is another SMS; the same is the same."""
    order = await waiting(database, account)
    stream = [
        Sms("code 1"),
        Sms("code 2"),
        Sms("code 1"),
        Sms("code 1", received_at=START),
        Sms("code 1", received_at=START + timedelta(seconds=1)),
        Sms("code 1", received_at=START),
    ]
    async with database.write() as tx:
        known = [await orders.record_sms(tx, order.id, sms, START) is None for sms in stream]
    assert known == [False, False, True, False, False, True]


async def test_an_sms_survives_any_text(database: Database, account: Account) -> None:
    """HTML, emoji, quotes and four thousand characters come back letter by letter, under a long id too."""
    order = await waiting(database, account)
    sms = Sms("<b>'\"&\\ код ₽ 🔑 ıİ" * 250, "1" * 300, "i" * 64, "O'Reilly <x>")
    async with database.write() as tx:
        assert await orders.record_sms(tx, order.id, sms, START) is not None
        assert await orders.record_sms(tx, order.id, sms, START) is None
        assert await orders.sms_of(tx, order.id) == (sms,)


async def test_pages_are_newest_first_and_split_open_from_ended(database: Database, account: Account) -> None:
    """A page holds one user's open or ended orders, newest first, without gaps or repeats."""
    made = [await placed(database, account, f"t{number}") for number in range(5)]
    async with database.write() as tx:
        await orders.move(tx, made[1].id, of=OPEN, to=State.FAILED)
    async with database.read() as tx:
        first = await orders.of_user(tx, USER, is_open=True, limit=3)
        second = await orders.of_user(tx, USER, is_open=True, limit=3, offset=3)
        ended = await orders.of_user(tx, USER, is_open=False, limit=3)
        counts = [await orders.count_of_user(tx, USER, is_open=is_open) for is_open in (True, False)]
        assert await orders.of_user(tx, STRANGER, is_open=True, limit=3) == ()
    assert [order.id for order in first + second] == [made[i].id for i in (4, 3, 2, 0)]
    assert [order.id for order in ended] == [made[1].id]
    assert counts == [4, 1]


async def test_the_card_can_move(database: Database, account: Account) -> None:
    """The message that shows an order is noted, and can be forgotten."""
    order = await placed(database, account)
    for message_id in (77, None):
        async with database.write() as tx:
            await orders.set_card(tx, order.id, message_id)
            after = await orders.find(tx, order.id)
        assert after is not None
        assert after.card_message_id == message_id


async def test_a_used_token_does_not_hide_another_fault(database: Database, account: Account) -> None:
    """Only a used token is called a used token: a person who does not exist is not."""
    broken = replace(draft(account), user_id=404)
    with pytest.raises(Exception, match=r"(?i)foreign key") as caught:
        async with database.write() as tx:
            await orders.place(tx, broken, balance_before=None, card=(5, 6), now=START)
    assert not isinstance(caught.value, orders.TokenUsed)


async def test_an_order_that_cannot_be_read_hides_no_other(database: Database, account: Account) -> None:
    """A row with an amount that is none is named apart; the others are read, for the watch and for a list."""
    for number in range(3):
        await placed(database, account, f"t{number}")
    async with database.write() as tx:
        await tx.exec_driver_sql("UPDATE orders SET amount = 'a lot' WHERE token = 't1'")
    async with database.read() as tx:
        found, broken = await orders.in_states(tx, {State.PLACING})
        page = await orders.of_user(tx, account.user_id, is_open=True, limit=3, offset=0)
        later = await orders.of_user(tx, account.user_id, is_open=True, limit=3, offset=2)
    assert (len(found), len(page), len(later)) == (2, 2, 1)
    assert [type(error).__name__ for error in broken.values()] == ["InvalidOperation"]
