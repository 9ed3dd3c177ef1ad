"""Bills: what is offered is paid once, and stays readable."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.domain.people import Account
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Act, Bill, BillState
from bot.storage import bills
from bot.storage.database import Database
from tests.storage.conftest import USER
from tests.storage.makers import rented
from tests.support.clock import START


def bill(account: Account, **changes: object) -> Bill:
    """Return a bill that is offered, for a week."""
    offered = Bill(
        token="token-1",
        user_id=USER,
        account_id=account.id,
        act=Act.RENT,
        state=BillState.OFFERED,
        service="telegram",
        country="GB",
        operator="o2",
        period=Period(Unit.WEEK, 1),
        price=Money(Decimal("7.50"), "USD"),
        created_at=START,
        further=("whatsapp", "smspva:opt7"),
        estimated=True,
        phone="447700900001",
    )
    return replace(offered, **changes)  # type: ignore[arg-type]


async def offer(database: Database, offered: Bill) -> Bill:
    """Insert a bill."""
    async with database.write() as tx:
        await bills.add(tx, offered, "USD")
    return offered


@pytest.mark.parametrize(
    "changes",
    [{}, {"price": None, "period": None, "service": None, "country": None, "operator": None, "further": ()}],
    ids=["everything", "nothing told"],
)
async def test_a_bill_is_read_as_it_was_written(
    database: Database, account: Account, changes: dict[str, object]
) -> None:
    """What the button offers is exactly what the press finds, with and without a price."""
    offered = await offer(database, bill(account, **changes))
    async with database.read() as tx:
        assert await bills.find(tx, "token-1") == offered
        assert await bills.find(tx, "another") is None


async def test_twenty_presses_pay_once(database: Database, account: Account) -> None:
    """Of twenty who place one bill exactly one succeeds."""
    await offer(database, bill(account))

    async def press() -> bool:
        async with database.write() as tx:
            placed = await bills.move(
                tx, "token-1", of={BillState.OFFERED}, to=BillState.PLACING, placed_at=START
            )
            return placed is not None

    assert sum(await asyncio.gather(*(press() for _ in range(20)))) == 1


async def test_what_was_placed_is_found_after_a_crash(database: Database, account: Account) -> None:
    """A bill whose outcome is open is listed with what was known before it; an offered one is not."""
    await offer(database, bill(account))
    await offer(database, bill(account, token="token-2"))
    async with database.write() as tx:
        await bills.move(
            tx,
            "token-1",
            of={BillState.OFFERED},
            to=BillState.PLACING,
            placed_at=START,
            balance_before=Decimal(20),
            listed_before=["1", "2"],
            until_before=START + timedelta(days=1),
        )
    async with database.read() as tx:
        [found], _ = await bills.in_states(tx, {BillState.PLACING, BillState.UNCERTAIN})
    assert (found.token, found.placed_at, found.balance_before) == (
        "token-1",
        START,
        Money(Decimal(20), "USD"),
    )
    assert found.listed_before == frozenset({"1", "2"})
    assert found.until_before == START + timedelta(days=1)


async def test_only_offers_are_forgotten(database: Database, account: Account) -> None:
    """Old buttons go; what was pressed stays for good, however old it is."""
    await offer(database, bill(account))
    await offer(database, bill(account, token="token-2"))
    await offer(database, bill(account, token="token-3", created_at=START + timedelta(days=3)))
    async with database.write() as tx:
        await bills.move(tx, "token-1", of={BillState.OFFERED}, to=BillState.PAID, placed_at=START)
        await bills.forget(tx, START + timedelta(days=2))
    async with database.read() as tx:
        left = {token for token in ("token-1", "token-2", "token-3") if await bills.find(tx, token)}
    assert left == {"token-1", "token-3"}


async def test_what_was_paid_for_a_rental_later(database: Database, account: Account) -> None:
    """Of a rental's bills those are told that came after it, and only the pressed ones."""
    rental = await rented(database, account)
    for number, act in enumerate((Act.RENT, Act.PROLONG, Act.PROLONG)):
        await offer(database, bill(account, token=f"t{number}", act=act, rental_id=rental.id))
    async with database.write() as tx:
        for token in ("t0", "t1"):
            await bills.move(tx, token, of={BillState.OFFERED}, to=BillState.PAID, placed_at=START)
    async with database.read() as tx:
        assert [one.token for one in await bills.of_rental(tx, rental.id)] == ["t1"]
