"""Rows of rentals and bills that cannot be read are put aside and told once; all others are looked after."""

import pytest
from sqlalchemy import Update, update

from bot.domain.outbox import Notice
from bot.domain.rentals import BillState
from bot.storage.rental_tables import BillRow, RentalRow
from sandbox.smspva import SmspvaSimulator
from tests.engine.lettings import WEEK, let, letting, pushed, settle, settle_at_getsms, smspva
from tests.engine.tenancy import bill_of, offered, press
from tests.engine.world import ON_BOTH, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


async def damage(world: World, statement: Update) -> None:
    """Change rows behind the engine's back."""
    async with world.database.write() as tx:
        await tx.execute(statement)


def put_aside(world: World) -> list[tuple[str, str]]:
    """Return what was put aside: source and reference."""
    return [(source, ref) for source, ref in world.rows("SELECT source, ref FROM faults ORDER BY source")]


@ON_BOTH
async def test_a_rental_that_cannot_be_read(builder: Builder) -> None:
    """The engine starts, and tells the SMS of the other rental of the same account; the sweep is content."""
    async with letting(builder) as world:
        await world.add_account()
        account_id = await settle_at_getsms(world)
        broken, whole = await let(world, account_id), await let(world, account_id)
        await damage(world, update(RentalRow).where(RentalRow.id == broken.id).values(auto_unit="riddle"))
    async with letting(builder) as world:
        await world.start()
        await world.engine.holdings.load([account_id])
        assert world.engine.rent_watch.watched() == [(whole.id, account_id)]
        assert put_aside(world) == [("rental", str(broken.id))]
        assert world.engine.rent_watch.knows(broken.id, broken.state.value, broken.provider)
        world.sim.deliver(whole.remote_id or "", "Your code is 12345")
        await world.pass_(30)
        assert await pushed(world) == [(USER, whole.id, "Your code is 12345")]


@pytest.mark.parametrize("state", [BillState.PLACING, BillState.UNCERTAIN, BillState.PAID])
@pytest.mark.parametrize("table", ["bills", "rentals"])
async def test_a_payment_that_cannot_be_read(
    builder: Builder, pva: SmspvaSimulator, state: BillState, table: str
) -> None:
    """Its bill or its rental is broken: the engine starts, and settles the other payment in doubt."""
    async with letting(builder, pva, hasty=True) as world:
        account_id = await settle(world, "smspva")
        tokens = []
        for country in ("GB", "RU"):
            view = await offered(world, account_id, WEEK, country=country)
            pva.faults.plan("reset-after", "create")
            await press(world, view)
            tokens.append(view.bill.token)
        await damage(world, update(BillRow).where(BillRow.token == tokens[0]).values(state=state.value))
        broken = update(BillRow).where(BillRow.token == tokens[0]).values(act="riddle")
        if table == "rentals":
            broken = update(RentalRow).where(RentalRow.bill == tokens[0]).values(auto_unit="riddle")
        await damage(world, broken)
    async with letting(builder, pva, hasty=True) as world:
        await world.start()
        await world.pass_(60)
        assert (await bill_of(world, tokens[1])).state is BillState.PAID
        assert Notice.BILL_PAID in await world.notices()
        assert len(put_aside(world)) == 1
        assert world.engine.rent_recovery.knows(tokens[0])
        if table == "bills":
            assert put_aside(world) == [("bill", tokens[0][:8])]
