"""A number that was rented before, rented once more: found under its old id, with the end of the new time."""

import itertools
from typing import Any

from bot.domain.outbox import Notice
from bot.domain.rentals import BillState, RentalAction, RentalState
from tests.engine.lettings import DAY, FOUR_HOURS, ONE_DAY, handler, letting, rental_of, settle
from tests.engine.tenancy import bill_of, offered, press, rent
from tests.engine.world import USER, Builder
from tests.support.clock import ManualClock


async def test_a_lost_purchase_of_a_former_number_is_found(builder: Builder, clock: ManualClock) -> None:
    """GetSMS.ONLINE calls a rental by its number: a former one is found as paid for all the same."""
    sim = handler(clock, "getsms-online")
    async with letting(builder, sim, hasty=True) as world:
        account_id = await settle(world, "getsms-online")
        whole: dict[str, Any] = {"country": None, "service": None}
        former = await rent(world, account_id, ONE_DAY, **whole)
        await clock.advance(DAY + 60)
        await world.engine.rent_watch.ended(former.id)
        sim.rentals._serials = itertools.count(500_001)  # the house gives the same number out again
        view = await offered(world, account_id, ONE_DAY, **whole)
        sim.faults.plan("reset-after", "getRentOneDay")
        paid = await press(world, view)
        assert paid.bill.state is BillState.UNCERTAIN
        assert paid.rental is not None
        await world.start()
        await world.pass_(60)
        assert (await bill_of(world, view.bill.token)).state is BillState.PAID
        rental = await rental_of(world, paid.rental.id)
        assert (rental.state, rental.phone) == (RentalState.ACTIVE, former.phone)
        assert Notice.BILL_PAID in await world.notices()
        assert (await rental_of(world, former.id)).state is RentalState.OVER
        assert sim.ledger.count("getRentOneDay") == 2


async def test_what_was_ended_early_begins_anew(builder: Builder, clock: ManualClock) -> None:
    """SMS-Activate orders a number that its tenant ended early anew: its time counts from now, no later."""
    sim = handler(clock, "sms-activate")
    async with letting(builder, sim) as world:
        rental = await rent(world, await settle(world, "sms-activate"), FOUR_HOURS, country="RU")
        await clock.advance(60)
        await world.engine.rent_actions.act(USER, rental.id, RentalAction.FINISH)
        await clock.advance(300)
        found = await world.engine.rent_shop.prolongs(USER, rental.id)
        view = next(one for one in found.bills if one.bill.period == FOUR_HOURS)
        paid = await press(world, view)
        assert paid.bill.state is BillState.PAID
        now = await rental_of(world, rental.id)
        assert (now.state, now.until_told) == (RentalState.ACTIVE, False)
        assert now.until == clock.now() + FOUR_HOURS.length
        assert sim.rental(now.remote_id or "").expires_at == now.until
