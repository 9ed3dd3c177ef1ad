"""Purchases looked back at: what is listed, narrowed down, and summed up."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.domain.history import Bought, Facet, Wanted
from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.people import Account
from bot.domain.rentals import Act, BillState, RentalState
from bot.domain.sms import Sms
from bot.storage import bills, history, orders
from bot.storage.database import Database
from bot.storage.history import Charge, Endings
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import placed, rented
from tests.storage.test_bills import bill, offer
from tests.support.clock import START

_LONG_AGO = START - timedelta(days=400)


async def ended(
    database: Database,
    account: Account,
    token: str,
    state: State,
    *,
    sms_after: float | None = None,
    **columns: Any,
) -> None:
    """Commit an order for 12.50 roubles that is over."""
    order = await placed(database, account, token)
    async with database.write() as tx:
        if sms_after is not None:
            await orders.record_sms(
                tx, order.id, Sms("Code 1234", "1234"), START + timedelta(seconds=sms_after)
            )
        await orders.move(tx, order.id, of={State.PLACING}, to=state, **columns)


async def paid(database: Database, account: Account, act: Act = Act.RENT, **facts: Any) -> None:
    """Commit a bill for 7.50 dollars that is paid."""
    await offer(database, bill(account, act=act, **facts))
    async with database.write() as tx:
        await bills.move(tx, "token-1", of={BillState.OFFERED}, to=BillState.PAID, placed_at=START)


async def test_both_kinds_stand_in_one_list(database: Database, account: Account) -> None:
    """Activations and bills, newest first; what was refused or only offered is none, nor another's."""
    await ended(database, account, "one", State.FINISHED, sms_after=20, created_at=START - timedelta(hours=1))
    await ended(database, account, "two", State.FAILED)
    await paid(database, account)
    async with database.read() as tx:
        found = await history.purchases(tx, USER, Wanted())
        strangers = await history.purchases(tx, STRANGER, Wanted())
        many = await history.count(tx, USER, Wanted())
    assert [one.kind for one in found] == [Bought.RENTAL, Bought.ACTIVATION]
    assert [one.price for one in found] == [Money(Decimal("7.50"), "USD"), Money(Decimal("12.50"), "RUB")]
    assert (found[1].first_sms_at, found[0].first_sms_at) == (START + timedelta(seconds=20), None)
    assert (many, strangers) == (2, ())


async def test_what_was_given_back_is_told_so(database: Database, account: Account) -> None:
    """Without an SMS a canceled number returns its price; with one it does not; nor does a kept rental."""
    await ended(database, account, "one", State.CANCELED)
    await ended(database, account, "two", State.CANCELED, sms_after=5)
    await paid(database, account)
    await rented(database, account, bill="token-1", state=RentalState.CANCELED.value)
    async with database.read() as tx:
        found = await history.purchases(tx, USER, Wanted())
        charges = await history.charges(tx, USER, START - timedelta(days=1))
    assert {(one.kind, one.act, one.is_returned) for one in found} == {
        (Bought.ACTIVATION, "buy", True),
        (Bought.ACTIVATION, "buy", False),
        (Bought.RENTAL, "rent", True),
    }
    assert charges == (Charge(START.date(), "getsms", "RUB", Decimal("12.50"), 1),)


async def test_a_bill_without_a_service_has_that_of_its_rental(database: Database, account: Account) -> None:
    """Prolonging names only the rental: service, country and number are read from there."""
    rental = await rented(database, account)
    await paid(database, account, Act.PROLONG, rental_id=rental.id, service=None, country=None)
    async with database.read() as tx:
        (one,) = await history.purchases(tx, USER, Wanted())
    assert (one.id, one.service, one.country, one.phone) == (rental.id, "whatsapp", "GB", "447700900001")


async def test_every_facet_narrows_down(database: Database, account: Account) -> None:
    """Each facet offers what is there, and leaves only that; the facet's own value hides no other."""
    await ended(database, account, "one", State.FINISHED, created_at=_LONG_AGO, service="telegram")
    await ended(database, account, "two", State.FINISHED, country="TR", service="viber")
    await paid(database, account)
    month = f"{START.year % 100:02}{START.month:02}"
    seen: dict[Facet, tuple[str, ...]] = {}
    async with database.read() as tx:
        for facet in Facet:
            seen[facet] = await history.values(tx, USER, facet, Wanted())
            for value in seen[facet]:
                wanted = Wanted().with_(facet, value)
                assert await history.count(tx, USER, wanted) > 0
                assert await history.values(tx, USER, facet, wanted) == seen[facet]
        assert await history.count(tx, USER, Wanted(month=int(month))) == 2
        assert await history.count(tx, USER, Wanted(kind=Bought.RENTAL, service="viber")) == 0
    assert seen[Facet.MONTH] == (month, f"{_LONG_AGO.year % 100:02}{_LONG_AGO.month:02}")
    assert seen[Facet.KIND] == ("a", "r")
    assert seen[Facet.ACCOUNT] == (str(account.id),)
    assert {"telegram", "viber"} <= set(seen[Facet.SERVICE])


async def test_december_ends_with_the_year(database: Database, account: Account) -> None:
    """The month after December is January."""
    december = START.replace(year=2025, month=12, day=31)
    await ended(database, account, "one", State.FINISHED, created_at=december)
    async with database.read() as tx:
        assert await history.count(tx, USER, Wanted(month=2512)) == 1
        assert await history.count(tx, USER, Wanted(month=2601)) == 0


async def test_days_are_summed_up(database: Database, account: Account) -> None:
    """Equal amounts are counted together, unknown ones too; how numbers ended and what they waited."""
    for number in range(3):
        await ended(database, account, f"t{number}", State.FINISHED, sms_after=10 * (number + 1))
    await ended(database, account, "t3", State.EXPIRED)
    await ended(database, account, "t4", State.CLOSED, amount=None)
    await ended(database, account, "t5", State.FINISHED, created_at=_LONG_AGO)
    await placed(database, account, "t6")
    since = START - timedelta(days=7)
    async with database.read() as tx:
        charges = await history.charges(tx, USER, since)
        endings = await history.endings(tx, USER, since)
        waits = await history.waits(tx, USER, since)
    assert {(one.amount, one.times) for one in charges} == {(Decimal("12.50"), 4), (None, 1)}
    assert endings == (Endings("getsms", "RU", 5, 3),)
    assert sorted(one.seconds for one in waits) == [10, 20, 30]
