"""Paid acts whose answer was lost: found in the list or settled, told, and never paid a second time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.outbox import Notice
from bot.domain.periods import Period, Unit
from bot.domain.rentals import BillState, Rental, RentalState
from bot.storage import bills
from sandbox.getsms import GetSmsSimulator
from sandbox.smspva import SmspvaSimulator
from tests.engine import lettings
from tests.engine.lettings import DAY, ONE_DAY, WEEK, letting, rental_of, settle, smspva
from tests.engine.tenancy import bill_of, made_by, offered, press, rent
from tests.engine.world import USER, Builder, World
from tests.support.clock import ManualClock


@dataclass
class Tenant:
    """A user at an SMSPVA, with a world that can be opened again after a crash."""

    builder: Builder
    pva: SmspvaSimulator

    @asynccontextmanager
    async def world(self) -> AsyncIterator[World]:
        """Open a world whose paid calls soon give up."""
        async with letting(self.builder, self.pva, hasty=True) as world:
            yield world


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


@pytest.fixture
def tenant(builder: Builder, pva: SmspvaSimulator) -> Tenant:
    """A user at that SMSPVA."""
    return Tenant(builder, pva)


async def crash(world: World, token: str, sim: SmspvaSimulator, method: str) -> None:
    """Press, and kill the process while the provider keeps its answer back."""
    sim.faults.plan("hang-after", method)
    tap = asyncio.create_task(world.engine.leasing.confirm(USER, token, chat_id=USER, message_id=55))
    while sim.ledger.count(method) == 0:  # noqa: ASYNC110 - a socket sets no event
        await asyncio.sleep(0.001)
    await world.kill()
    await asyncio.gather(tap, return_exceptions=True)


@pytest.mark.parametrize("fault", ["reset-after", "empty", "cut-off-stream", "wrong-types"])
async def test_a_lost_rental_is_found_in_the_list(tenant: Tenant, fault: str) -> None:
    """The number was rented and the answer lost: the first look finds it, and tells; one call was paid."""
    async with tenant.world() as world:
        view = await offered(world, await settle(world, "smspva"), WEEK)
        tenant.pva.faults.plan(fault, "create")
        paid = await press(world, view)
        assert paid.bill.state is BillState.UNCERTAIN
        assert paid.rental is not None
        assert paid.rental.state is RentalState.UNCERTAIN
        await world.start()
        await world.pass_(60)
        assert (await bill_of(world, view.bill.token)).state is BillState.PAID
        rental = await rental_of(world, paid.rental.id)
        (remote,) = tenant.pva.orders
        assert (rental.state, rental.remote_id) == (RentalState.ACTIVE, remote.id)
        assert rental.until == remote.until
        assert Notice.BILL_PAID in await world.notices()
        assert tenant.pva.ledger.count("create") == 1


async def test_where_no_end_is_told_a_found_rental_ends_as_it_was_paid_for(
    builder: Builder, clock: ManualClock
) -> None:
    """A process that was away for hours works the end out from the payment, not from when it found it."""
    sim = lettings.handler(clock, "sms-activate")
    async with letting(builder, sim, hasty=True) as world:
        view = await offered(world, await settle(world, "sms-activate"), ONE_DAY, country="RU")
        sim.faults.plan("reset-after", "getRentNumber")
        paid = await press(world, view)
        placed_at = clock.now()
        assert paid.rental is not None
        await world.clock.advance(3 * 3600)
        await world.start()
        await world.pass_(60)
        rental = await rental_of(world, paid.rental.id)
        assert rental.state is RentalState.ACTIVE
        assert rental.until is not None
        assert abs(rental.until - placed_at - timedelta(days=1)) < timedelta(minutes=1)


async def test_what_was_never_rented_is_settled(tenant: Tenant) -> None:
    """No trace in three looks within ten minutes: told as uncertain once, then settled as failed."""
    async with tenant.world() as world:
        view = await offered(world, await settle(world, "smspva"), WEEK)
        tenant.pva.faults.plan("hang", "create")
        paid = await press(world, view)
        assert paid.bill.state is BillState.UNCERTAIN
        await world.start()
        await world.pass_(45)
        assert await world.notices() == [Notice.BILL_UNCERTAIN]
        await world.pass_(11 * 60, step=30)
        assert (await bill_of(world, view.bill.token)).state is BillState.FAILED
        assert await world.notices() == [Notice.BILL_UNCERTAIN, Notice.BILL_SETTLED]
        assert paid.rental is not None
        assert (await rental_of(world, paid.rental.id)).state is RentalState.FAILED
        assert tenant.pva.ledger.count("create") == 1


async def test_two_that_can_be_meant_are_told_and_not_guessed(tenant: Tenant) -> None:
    """Another program rented the same meanwhile: neither number is taken, and its person is told."""
    async with tenant.world() as world:
        view = await offered(world, await settle(world, "smspva"), WEEK)
        tenant.pva.faults.plan("reset-after", "create")
        await press(world, view)
        key = tenant.pva.key(lettings.RENTAL_KEY)
        tenant.pva.world.rent(key, ["opt29"], "UK", tenant.pva.orders[0].line.operator, 7)
        await world.start()
        await world.pass_(11 * 60, step=30)
        assert (await bill_of(world, view.bill.token)).state is BillState.UNCERTAIN
        assert await world.notices() == [Notice.BILL_UNCERTAIN]


async def test_a_silent_list_says_nothing(tenant: Tenant) -> None:
    """While the list cannot be read, nothing is concluded; once it can, the number is found."""
    async with tenant.world() as world:
        view = await offered(world, await settle(world, "smspva"), WEEK)
        tenant.pva.faults.plan("reset-after", "create")
        await press(world, view)
        tenant.pva.faults.plan("http-502", "orders", times=None)
        await world.start()
        await world.pass_(20 * 60, step=30)
        assert (await bill_of(world, view.bill.token)).state is BillState.UNCERTAIN
        tenant.pva.faults.clear()
        await world.pass_(15 * 60, step=30)
        assert (await bill_of(world, view.bill.token)).state is BillState.PAID


async def test_a_killed_process_finds_what_it_was_renting(tenant: Tenant) -> None:
    """The process dies between the paid call and its answer: the next finds both rentals of the number."""
    async with tenant.world() as world:
        view = await offered(world, await settle(world, "smspva"), WEEK, further=("whatsapp",))
        await crash(world, view.bill.token, tenant.pva, "create_multi")
    async with tenant.world() as world:
        assert (await bill_of(world, view.bill.token)).state is BillState.PLACING
        await world.start()
        await world.pass_(30)
        assert (await bill_of(world, view.bill.token)).state is BillState.PAID
        rows = await made_by(world, view.bill.token)
        assert [row.remote_id for row in rows] == [one.id for one in tenant.pva.orders]
        assert {row.state for row in rows} == {RentalState.ACTIVE}
        assert tenant.pva.ledger.count("create_multi") == 1


async def test_two_that_take_the_same_up_do_not_fall_over_each_other(tenant: Tenant) -> None:
    """Where an interrupted act is taken up twice at once, the second finds it settled, and goes on."""
    async with tenant.world() as world:
        view = await offered(world, await settle(world, "smspva"), WEEK, further=("whatsapp",))
        await crash(world, view.bill.token, tenant.pva, "create_multi")
    async with tenant.world() as world:
        recovery = world.engine.rent_recovery
        assert [*await asyncio.gather(recovery.load(), recovery.load())] == [(1, {}), (1, {})]
        assert (await bill_of(world, view.bill.token)).state is BillState.UNCERTAIN


async def test_a_process_killed_after_it_wrote_has_nothing_to_find(tenant: Tenant) -> None:
    """After the answer was recorded a new process asks for nothing: the bill is paid, the rental is held."""
    async with tenant.world() as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        await world.kill()
    async with tenant.world() as world:
        assert await world.engine.rent_recovery.load() == (0, {})
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE


async def test_a_lost_prolongation_is_found_by_its_later_end(tenant: Tenant) -> None:
    """The process dies in the middle of prolonging: the list's later end tells that it was paid for."""
    async with tenant.world() as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        view = (await world.engine.rent_shop.prolongs(USER, rental.id)).bills[0]
        await crash(world, view.bill.token, tenant.pva, "prolong")
    async with tenant.world() as world:
        await world.start()
        await world.pass_(30)
        assert (await bill_of(world, view.bill.token)).state is BillState.PAID
        assert rental.until is not None
        assert (await rental_of(world, rental.id)).until == rental.until + timedelta(days=7)
        assert tenant.pva.ledger.count("prolong") == 1


async def test_a_prolongation_that_never_was_is_settled(tenant: Tenant) -> None:
    """The list keeps the former end: ten minutes later the act is settled, and the rental is as it was."""
    async with tenant.world() as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        view = (await world.engine.rent_shop.prolongs(USER, rental.id)).bills[0]
        tenant.pva.faults.plan("hang", "prolong")
        await press(world, view)
        await world.start()
        await world.pass_(11 * 60, step=30)
        assert (await bill_of(world, view.bill.token)).state is BillState.FAILED
        now = await rental_of(world, rental.id)
        assert (now.state, now.until) == (RentalState.ACTIVE, rental.until)


async def test_a_lost_extra_service_is_found_on_its_number(tenant: Tenant) -> None:
    """One more service whose answer was lost is the new rental on the same number, no other new one."""
    async with tenant.world() as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        ask = world.engine.rent_shop.extra
        view = await ask(USER, rental.id, "whatsapp")
        tenant.pva.faults.plan("reset-after", "add_service_to_order")
        await press(world, view)
        made = tenant.pva.orders[-1]
        key = tenant.pva.key(lettings.RENTAL_KEY)
        tenant.pva.world.rent(key, ["opt20"], "UK", made.line.operator, 7)
        await world.start()
        await world.pass_(30)
        (added,) = await made_by(world, view.bill.token)
        assert (added.state, added.remote_id) == (RentalState.ACTIVE, made.id)


async def test_an_extra_service_that_the_list_shows_late_is_found_later(tenant: Tenant) -> None:
    """The provider takes the money and its list fails: the rental waits without an id until it is listed."""
    async with tenant.world() as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        ask = world.engine.rent_shop.extra
        view = await ask(USER, rental.id, "whatsapp")
        tap = asyncio.create_task(press(world, view))
        while tenant.pva.ledger.count("add_service_to_order") == 0:  # noqa: ASYNC110 - a socket sets no event
            await asyncio.sleep(0)
        tenant.pva.faults.plan("http-502", "orders", times=2)
        paid = await tap
        assert paid.bill.state is BillState.PAID
        (added,) = await made_by(world, view.bill.token)
        assert added.state is RentalState.UNCERTAIN
        await world.kill()
    async with tenant.world() as world:
        tenant.pva.faults.clear()
        await world.start()
        await world.pass_(90)
        (added,) = await made_by(world, view.bill.token)
        assert (added.state, added.remote_id) == (RentalState.ACTIVE, tenant.pva.orders[-1].id)


async def _lost_at_getsms(world: World, sim: GetSmsSimulator, fault: str) -> tuple[Rental, str]:
    """Rent at Get-SMS for a day, and lose the answer to prolonging it by two."""
    rental = await rent(world, await lettings.settle_at_getsms(world), ONE_DAY, country="RU")
    sim.deliver(rental.remote_id or "", "the price is due from now on")
    found = await world.engine.rent_shop.prolongs(USER, rental.id)
    view = next(one for one in found.bills if one.bill.period == Period(Unit.DAY, 2))
    sim.faults.plan(fault, "rent/prolong")
    paid = await press(world, view)
    assert paid.bill.state is BillState.UNCERTAIN
    return rental, view.bill.token


async def test_where_the_list_tells_no_end_the_balance_tells(hasty: World, sim: GetSmsSimulator) -> None:
    """Get-SMS lists no ends: a balance that lost exactly the price says that the number was prolonged."""
    rental, token = await _lost_at_getsms(hasty, sim, "reset-after")
    await hasty.pass_(60)
    assert (await bill_of(hasty, token)).state is BillState.PAID
    now = await rental_of(hasty, rental.id)
    assert rental.until is not None
    assert (now.until, now.until_told) == (rental.until + timedelta(days=2), False)


async def test_an_untouched_balance_says_that_nothing_was_paid(hasty: World, sim: GetSmsSimulator) -> None:
    """The balance is what it was, ten minutes later: the prolongation is settled as failed."""
    rental, token = await _lost_at_getsms(hasty, sim, "hang")
    await hasty.pass_(11 * 60, step=30)
    assert (await bill_of(hasty, token)).state is BillState.FAILED
    assert (await rental_of(hasty, rental.id)).until == rental.until


async def test_a_number_that_outlives_its_former_end_was_prolonged(
    hasty: World, sim: GetSmsSimulator, clock: ManualClock
) -> None:
    """Neither list nor balance can tell: what still runs after its former end was prolonged."""
    rental, token = await _lost_at_getsms(hasty, sim, "reset-after")
    async with hasty.database.write() as tx:
        unclear = Decimal("100000.17")  # neither all nor nothing of the price is gone
        state = BillState.UNCERTAIN
        await bills.move(tx, token, of={state}, to=state, balance_before=unclear)
    await hasty.pass_(60)
    assert (await bill_of(hasty, token)).state is BillState.UNCERTAIN
    await hasty.pass_(DAY + 1200, step=600)
    assert (await bill_of(hasty, token)).state is BillState.PAID
    now = await rental_of(hasty, rental.id)
    assert now.state is RentalState.ACTIVE
    assert now.until is not None
    assert now.until > clock.now() + timedelta(days=1)
