"""What counts against a cap, row by row, and that the count holds on an engine with several writers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Dialect, event
from sqlalchemy.dialects import postgresql

from bot.domain.caps import Spending
from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.people import Account
from bot.domain.rentals import Act, BillState, RentalState
from bot.domain.sms import Sms
from bot.storage import bills, caps, orders, settings
from bot.storage.database import Database
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import placed, rented
from tests.storage.test_bills import bill, offer
from tests.support.clock import START

_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap
_BEFORE = START - timedelta(hours=24)


async def spending(database: Database, account: Account) -> Spending:
    """Return what counts."""
    async with database.read() as tx:
        return await caps.spending(tx, account.id, _BEFORE)


async def in_state(
    database: Database, account: Account, state: State, *, sms: bool = False, **columns: Any
) -> None:
    """Commit an order for 12.50 roubles in a state."""
    order = await placed(database, account)
    async with database.write() as tx:
        if sms:
            await orders.record_sms(tx, order.id, Sms("Code 1234", "1234"), START)
        await orders.move(tx, order.id, of={State.PLACING}, to=state, **columns)


@pytest.mark.parametrize(
    ("state", "sms", "counts"),
    [
        (State.PLACING, False, True),
        (State.WAITING, False, True),
        (State.RECEIVED, True, True),
        (State.WAITING_AGAIN, True, True),
        (State.UNCERTAIN, False, True),
        (State.FINISHED, True, True),
        (State.CANCELED, False, False),
        (State.CANCELED, True, True),
        (State.BANNED, False, False),
        (State.BANNED, True, True),
        (State.EXPIRED, False, False),
        (State.CLOSED, False, True),
        (State.FAILED, False, False),
    ],
)
async def test_which_orders_count(
    database: Database, account: Account, state: State, *, sms: bool, counts: bool
) -> None:
    """All that is paid for or may be counts; what failed, or was given back without an SMS, does not."""
    await in_state(database, account, state, sms=sms)
    found = await spending(database, account)
    assert found.spent("RUB") == Money(Decimal("12.50") if counts else Decimal(), "RUB")
    assert found.untold == 0


@pytest.mark.parametrize(
    ("state", "columns", "amount"),
    [
        (State.PLACING, {"amount": Decimal(10), "highest": Decimal(15)}, "15"),
        (State.WAITING, {"amount": Decimal(10), "highest": Decimal(15)}, "10"),
        (State.WAITING, {"amount": None, "highest": Decimal(15)}, "15"),
        (State.UNCERTAIN, {"amount": None, "balance_after": Decimal(91)}, "9"),
        (State.UNCERTAIN, {"amount": None, "balance_after": Decimal(100)}, None),
        (State.UNCERTAIN, {"amount": None}, None),
        (State.WAITING, {"amount": None}, None),
    ],
)
async def test_with_how_much_an_order_counts(
    database: Database, account: Account, state: State, columns: dict[str, Any], amount: str | None
) -> None:
    """The charged price; before it is known the most that it may be; without any what the balance lost."""
    await in_state(database, account, state, **columns)
    found = await spending(database, account)
    assert found.spent("RUB").amount == Decimal(amount or 0)
    assert found.untold == (amount is None)


async def test_what_is_older_does_not_count(database: Database, account: Account) -> None:
    """An order that was placed exactly a day ago counts no more."""
    await in_state(database, account, State.FINISHED, created_at=_BEFORE)
    assert (await spending(database, account)).paid == {}


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (BillState.OFFERED, False),
        (BillState.PLACING, True),
        (BillState.UNCERTAIN, True),
        (BillState.PAID, True),
        (BillState.FAILED, False),
    ],
)
async def test_which_bills_count(
    database: Database, account: Account, state: BillState, *, counts: bool
) -> None:
    """A bill counts from its press on, unless it failed."""
    await offer(database, bill(account))
    async with database.write() as tx:
        placed_at = None if state is BillState.OFFERED else START
        await bills.move(tx, "token-1", of={BillState.OFFERED}, to=state, placed_at=placed_at)
    assert (await spending(database, account)).spent("USD").amount == Decimal("7.50" if counts else 0)


@pytest.mark.parametrize(
    ("act", "states", "counts"),
    [
        (Act.RENT, ["active"], True),
        (Act.RENT, ["canceled"], False),
        (Act.RENT, ["canceled", "active"], True),
        (Act.RENT, ["canceled", "canceled"], False),
        (Act.RENT, ["over"], True),
        (Act.PROLONG, ["canceled"], True),
    ],
)
async def test_a_rental_given_back_takes_its_first_price_along(
    database: Database, account: Account, act: Act, states: list[str], *, counts: bool
) -> None:
    """Of a number for several services all have to be given back; what prolonged it stays paid."""
    await offer(database, bill(account, act=act))
    for number, state in enumerate(states):
        await rented(
            database, account, bill="token-1", remote_id=f"r{number}", state=RentalState(state).value
        )
    async with database.write() as tx:
        await bills.move(tx, "token-1", of={BillState.OFFERED}, to=BillState.PAID, placed_at=START)
    assert (await spending(database, account)).spent("USD").amount == Decimal("7.50" if counts else 0)


async def test_a_rental_that_is_being_brought_back_is_open(database: Database, account: Account) -> None:
    """Open are activations, rentals, and an ended rental whose bill is placed; another person's are not."""
    await placed(database, account)
    await rented(database, account)
    ended = await rented(database, account, remote_id="r2", state=RentalState.OVER.value)
    await offer(database, bill(account, act=Act.RESTORE, rental_id=ended.id))

    async def count(user_id: int = USER) -> int:
        async with database.read() as tx:
            return await caps.count_open(tx, user_id)

    assert await count() == 2
    async with database.write() as tx:
        await bills.move(tx, "token-1", of={BillState.OFFERED}, to=BillState.PLACING, placed_at=START)
    assert await count() == 3
    assert await count(STRANGER) == 0


async def test_a_cap_is_kept_changed_and_lifted(database: Database, account: Account) -> None:
    """There is one cap an account; it keeps its digits and its currency."""
    seen = []
    for cap in (Money(Decimal("99.50"), "RUB"), Money(Decimal(7), "USD"), None):
        async with database.write() as tx:
            await caps.put(tx, account.id, cap)
        async with database.read() as tx:
            seen.append(await caps.find(tx, account.id))
    assert seen == [Money(Decimal("99.50"), "RUB"), Money(Decimal(7), "USD"), None]


@asynccontextmanager
async def heard(database: Database) -> AsyncIterator[list[str]]:
    """Collect the statements of a context, as PostgreSQL would get them."""
    said: list[str] = []

    def hear(_: object, clause: Any, *__: object) -> None:
        said.append(str(clause.compile(dialect=_POSTGRESQL)))

    engine = database.engine.sync_engine
    event.listen(engine, "before_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_execute", hear)


async def test_counting_begins_with_the_lock_of_the_person(database: Database) -> None:
    """Where several can write at once the person's row is locked to the end, for those who count, too."""
    async with heard(database) as said, database.write() as tx:
        await settings.lock(tx, USER)
    assert said[-1].startswith("SELECT users.id")
    assert said[-1].endswith("FOR NO KEY UPDATE")
