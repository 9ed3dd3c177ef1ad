"""Rentals: one winner a change of state, one open row an id of the provider, one row an SMS."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import OutOfDate
from bot.domain.money import Money
from bot.domain.outbox import Kind, Notice
from bot.domain.people import Account
from bot.domain.periods import Period, Unit
from bot.domain.rentals import HELD, OPEN_RENTALS, RentalState
from bot.domain.sms import Sms
from bot.storage import accounts, rental_outbox, rentals
from bot.storage.database import Database
from bot.storage.tables import OutboxRow
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import rented
from tests.support.clock import START


async def test_a_rental_is_read_as_it_was_written(database: Database, account: Account) -> None:
    """What was rented, for how much and until when, survives."""
    until = START + timedelta(days=7)
    rental = await rented(database, account, until=until, until_told=True, amount=Decimal("7.50"), name="Wha")
    async with database.read() as tx:
        assert await rentals.find(tx, rental.id) == rental
        assert await rentals.find(tx, rental.id + 1) is None
    assert (rental.price, rental.until, rental.until_told) == (Money(Decimal("7.50"), "USD"), until, True)
    assert (rental.created_at, rental.news_at, rental.reminded) == (START, START, None)
    assert (rental.is_open, rental.is_held, rental.name) == (True, True, "Wha")


async def test_nothing_is_rented_on_an_account_that_is_gone(database: Database, account: Account) -> None:
    """An account that was removed, or moved to another house, takes no more rentals."""
    with pytest.raises(OutOfDate):
        await rented(database, account, provider="smspva")
    async with database.write() as tx:
        await accounts.remove(tx, account.id, START)
    with pytest.raises(OutOfDate):
        await rented(database, account)


async def test_an_id_of_the_provider_is_open_once(database: Database, account: Account) -> None:
    """Two open rentals of an account cannot be one at the provider; an ended one stands in nobody's way."""
    first = await rented(database, account)
    with pytest.raises(rentals.RentalIdTaken):
        await rented(database, account)
    other = await rented(database, account, remote_id="other")
    with pytest.raises(rentals.RentalIdTaken):
        async with database.write() as tx:
            await rentals.move(tx, other.id, of=HELD, to=RentalState.ACTIVE, remote_id=first.remote_id)
    async with database.write() as tx:
        await rentals.move(tx, first.id, of=HELD, to=RentalState.OVER)
    await rented(database, account)


async def test_compare_and_set_has_one_winner(database: Database, account: Account) -> None:
    """Of twenty who end a rental exactly one succeeds."""
    rental = await rented(database, account)

    async def attempt() -> bool:
        async with database.write() as tx:
            return await rentals.move(tx, rental.id, of=HELD, to=RentalState.CANCELED) is not None

    assert sum(await asyncio.gather(*(attempt() for _ in range(20)))) == 1


async def test_a_wish_to_prolong_is_kept(database: Database, account: Account) -> None:
    """By how much, and at what price at most, a rental is to be prolonged without asking."""
    rental = await rented(database, account)
    async with database.write() as tx:
        changed = await rentals.change(
            tx, rental.id, auto_unit="week", auto_count=2, auto_most=Decimal(9), reminded=24
        )
        assert await rentals.change(tx, rental.id + 1, reminded=1) is None
    assert changed is not None
    assert changed.auto_prolong == Period(Unit.WEEK, 2)
    assert (changed.auto_most, changed.reminded) == (Money(Decimal(9), "USD"), 24)


async def test_pages_tell_open_ones_from_the_rest(database: Database, account: Account) -> None:
    """Each person sees their own rentals, newest first, the open ones apart from the ended ones."""
    found = [await rented(database, account, remote_id=str(number)) for number in range(3)]
    async with database.write() as tx:
        await rentals.move(tx, found[0].id, of=HELD, to=RentalState.OVER)
    async with database.read() as tx:
        page = await rentals.of_user(tx, USER, is_open=True, limit=1, offset=1)
        assert [one.id for one in page] == [found[1].id]
        assert [one.id for one in await rentals.of_user(tx, USER, is_open=False, limit=8)] == [found[0].id]
        assert await rentals.of_user(tx, STRANGER, is_open=True, limit=8) == ()
        assert await rentals.count_of_user(tx, USER, is_open=True) == 2
        assert await rentals.count_of_user(tx, USER, is_open=False) == 1
        assert await rentals.count_open_of_account(tx, account.id) == 2
        assert await rentals.remote_ids(tx, account.id) == {"0", "1", "2"}
        later = START + timedelta(seconds=1)
        assert await rentals.taken_ids(tx, account.id, since=later) == {"1", "2"}
        assert await rentals.taken_ids(tx, account.id, since=START) == {"0", "1", "2"}
        assert [
            one.id for one in (await rentals.in_states(tx, OPEN_RENTALS, account_ids=[account.id]))[0]
        ] == [one.id for one in found[1:]]


async def test_an_sms_is_kept_once(database: Database, account: Account) -> None:
    """The same SMS read again is no news; the same text of another moment is; the newest comes first."""
    rental = await rented(database, account)
    first, second = Sms("Your code: 1", remote_id="2026-11-21 10:00"), Sms("Your code: 1", remote_id="10:05")
    async with database.write() as tx:
        kept = await rentals.record_sms(tx, rental.id, first, START)
        assert kept is not None
        assert await rentals.record_sms(tx, rental.id, first, START) is None
        assert await rentals.record_sms(tx, rental.id, second, START) is not None
    async with database.read() as tx:
        assert await rentals.sms_page(tx, rental.id, limit=5) == (second, first)
        assert await rentals.sms_page(tx, rental.id, limit=1, offset=1) == (first,)
        assert await rentals.count_sms(tx, rental.id) == 2
        assert await rentals.find_sms(tx, kept) == first
        assert await rentals.find_sms(tx, 99) is None


async def test_an_sms_and_its_messages_are_one_commit(database: Database, account: Account) -> None:
    """What is told of a rental stands in the outbox with its rental, in the order of its urgency."""
    rental = await rented(database, account)
    async with database.write() as tx:
        sms_id = await rentals.record_sms(tx, rental.id, Sms("hello"), START)
        assert sms_id is not None
        await rental_outbox.add_notice(tx, Notice.DAY_LEFT, rental, START)
        await rental_outbox.add_card(tx, rental, START)
        await rental_outbox.add_sms(tx, rental, sms_id, [USER, 77], START)
    async with database.read() as tx:
        columns = [OutboxRow.kind, OutboxRow.chat_id, OutboxRow.rental_id, OutboxRow.rental_sms_id]
        query = OutboxRow.__table__.select().with_only_columns(*columns)
        rows = (await tx.execute(query.order_by(OutboxRow.priority, OutboxRow.id))).all()
    assert [tuple(row) for row in rows] == [
        (Kind.CODE.value, USER, rental.id, sms_id),
        (Kind.CODE.value, 77, rental.id, sms_id),
        (Kind.CARD.value, rental.card_chat_id, rental.id, None),
        (Kind.NOTICE.value, rental.card_chat_id, rental.id, None),
    ]


async def test_another_house_answers_for_all_rentals(database: Database, account: Account) -> None:
    """A moved key takes its rentals with it, ended ones too."""
    rental = await rented(database, account)
    async with database.write() as tx:
        await rentals.move_account(tx, account.id, "elsewhere")
        moved = await rentals.find(tx, rental.id)
    assert moved is not None
    assert moved.provider == "elsewhere"
