"""Prolonging without asking: before the end, once, within the bound that its person set, and told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.outbox import Notice
from bot.domain.periods import Period, Unit
from bot.domain.rentals import BillState, Rental
from bot.engine.leasing import auto_token
from bot.storage import rentals
from sandbox.smspva import SmspvaSimulator
from tests.engine.lettings import DAY, HOUR, WEEK, letting, rental_of, settle, smspva
from tests.engine.tenancy import bill_of, rent
from tests.engine.world import Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


@pytest.fixture
async def tenant(builder: Builder, pva: SmspvaSimulator) -> AsyncIterator[World]:
    """A world with that SMSPVA; it does not run yet."""
    async with letting(builder, pva) as world:
        yield world


async def wished(
    world: World, *, most: str | None = "1.00", unit: Unit = Unit.WEEK, count: int = 1
) -> Rental:
    """Rent a number for a week that is to be prolonged without asking."""
    rental = await rent(world, await settle(world, "smspva"), WEEK)
    amount = None if most is None else Decimal(most)
    async with world.database.write() as tx:
        changed = await rentals.change(
            tx, rental.id, auto_unit=unit.value, auto_count=count, auto_most=amount
        )
    assert changed is not None
    return changed


async def run_from(world: World, left: float) -> None:
    """Let the bot run from so many seconds before the end of a week."""
    await world.clock.advance(7 * DAY - left)
    await world.start()
    await world.pass_(60)


async def test_it_is_prolonged_shortly_before_its_end(tenant: World, pva: SmspvaSimulator) -> None:
    """Three hours before the end, not sooner: paid once, the new end is known, and it is told."""
    rental = await wished(tenant)
    await run_from(tenant, 3.5 * HOUR)
    assert pva.ledger.count("prolong") == 0
    await tenant.pass_(HOUR, step=300)
    assert pva.ledger.count("prolong") == 1
    now = await rental_of(tenant, rental.id)
    assert rental.until is not None
    assert now.until == rental.until + timedelta(days=7)
    assert Notice.PROLONGED in await tenant.notices()


async def test_two_calls_prolong_once(tenant: World, pva: SmspvaSimulator) -> None:
    """However often it is asked for, one end is prolonged once."""
    rental = await wished(tenant)
    for _ in range(3):
        await tenant.engine.leasing.auto(rental)
    bill = await bill_of(tenant, auto_token(rental) or "")
    assert bill.state is BillState.PAID
    now = await rental_of(tenant, rental.id)
    assert rental.until is not None
    assert now.until == rental.until + timedelta(days=7)
    assert pva.ledger.count("prolong") == 1
    assert await tenant.notices() == [Notice.PROLONGED]


@pytest.mark.parametrize("most", ["0.69", None])
async def test_above_the_bound_nothing_is_paid(tenant: World, pva: SmspvaSimulator, most: str | None) -> None:
    """Dearer than allowed, or a price where none was agreed to: refused, and told once."""
    rental = await wished(tenant, most=most)
    await tenant.engine.leasing.auto(rental)
    await tenant.engine.leasing.auto(rental)
    assert pva.ledger.count("prolong") == 0
    bill = await bill_of(tenant, auto_token(rental) or "")
    assert (bill.state, bill.error) == (BillState.FAILED, "bill-rose")
    assert await tenant.notices() == [Notice.NOT_PROLONGED]


async def test_a_refusal_is_told(tenant: World, pva: SmspvaSimulator) -> None:
    """The provider refuses the paid call: the act failed with its reason, and is told once."""
    rental = await wished(tenant)
    next(iter(pva.keys.values())).balance = Decimal(0)
    await tenant.engine.leasing.auto(rental)
    bill = await bill_of(tenant, auto_token(rental) or "")
    assert (bill.state, bill.error) == (BillState.FAILED, "low-balance")
    assert await tenant.notices() == [Notice.NOT_PROLONGED]


async def test_a_passing_silence_is_waited_out(tenant: World, pva: SmspvaSimulator) -> None:
    """The house does not answer for half an hour: tried again, and prolonged in time."""
    rental = await wished(tenant)
    await run_from(tenant, 3.5 * HOUR)
    pva.faults.plan("http-502", "getdata", times=None)
    await tenant.pass_(HOUR, step=300)
    assert pva.ledger.count("prolong") == 0
    assert Notice.NOT_PROLONGED not in await tenant.notices()
    pva.faults.clear()
    await tenant.pass_(HOUR / 2, step=300)
    assert pva.ledger.count("prolong") == 1
    assert (await rental_of(tenant, rental.id)).until != rental.until


async def test_a_period_beyond_ninety_days_is_told(tenant: World, pva: SmspvaSimulator) -> None:
    """A period that the provider's document does not allow now is refused without a paid call."""
    rental = await wished(tenant, unit=Unit.MONTH, count=3)
    await tenant.engine.leasing.auto(rental)
    assert pva.ledger.count("prolong") == 0
    bill = await bill_of(tenant, auto_token(rental) or "")
    assert (bill.state, bill.error) == (BillState.FAILED, "bad-period")
    assert bill.period == Period(Unit.MONTH, 3)
