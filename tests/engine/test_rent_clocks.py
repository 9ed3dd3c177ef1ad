"""Ends of rentals stay right whatever clocks and zones say: ours, the provider's, or the season's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.periods import Period, Unit
from bot.domain.rentals import BillState
from sandbox.getsms import GetSmsSimulator, serve
from tests.engine import lettings
from tests.engine.lettings import FOUR_HOURS, ONE_DAY, WEEK, handler, letting, rental_of, settle, smspva
from tests.engine.tenancy import bill_of, press, rent
from tests.engine.world import USER, Builder, WallClock, World
from tests.support.clock import ManualClock

_OFF = [timedelta(minutes=-7), timedelta(minutes=9)]
_TWO_DAYS = Period(Unit.DAY, 2)


async def prolonged(world: World, rental_id: int, period: Period) -> str:
    """Prolong a rental; return the bill's token."""
    found = await world.engine.rent_shop.prolongs(USER, rental_id)
    view = next(one for one in found.bills if one.bill.period == period)
    await press(world, view)
    return view.bill.token


@pytest.mark.parametrize("off", _OFF)
async def test_an_end_that_is_told_does_not_know_our_clock(
    builder: Builder, clock: ManualClock, off: timedelta
) -> None:
    """Our clock is minutes off: ends that the provider tells, at first and after prolonging, are its own."""
    ours = WallClock(clock)
    ours.off = off
    async with letting(builder, smspva(clock), clock=ours) as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        assert rental.until == clock.now() + timedelta(days=7)
        await prolonged(world, rental.id, WEEK)
        assert (await rental_of(world, rental.id)).until == clock.now() + timedelta(days=14)


@pytest.mark.parametrize("off", _OFF)
async def test_an_end_that_nobody_tells_is_in_the_time_of_our_clock(
    builder: Builder, clock: ManualClock, off: timedelta
) -> None:
    """Our clock is minutes off: by it, four hours are left just after renting, for it is asked later, too."""
    ours = WallClock(clock)
    ours.off = off
    async with letting(builder, handler(clock, "sms-activate"), clock=ours) as world:
        rental = await rent(world, await settle(world, "sms-activate"), FOUR_HOURS, country="RU")
        assert rental.until == ours.now() + timedelta(hours=4)
        assert not rental.until_told


async def test_an_end_that_our_clock_thinks_past_is_prolonged_from(
    builder: Builder, clock: ManualClock, sim: GetSmsSimulator
) -> None:
    """Our clock runs ahead: what still runs at the provider is prolonged from its end, not from "now"."""
    ours = WallClock(clock)
    async with builder.world(clock=ours) as world:
        await world.add_account()
        rental = await rent(world, await lettings.settle_at_getsms(world), ONE_DAY, country="RU")
        await clock.advance(24 * 3600 - 120)
        ours.off = timedelta(minutes=9)
        await prolonged(world, rental.id, _TWO_DAYS)
        now = await rental_of(world, rental.id)
        assert rental.until is not None
        assert now.until == rental.until + timedelta(days=2)
        assert now.until == sim.rental(rental.remote_id or "").expires_at


@pytest.mark.parametrize(
    "start",
    [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)],
    ids=["spring", "autumn"],
)
async def test_a_week_over_the_change_of_the_season_is_seven_times_24_hours(
    tmp_path: Path, start: datetime
) -> None:
    """Wall clocks are turned within the week: the end is the one that the provider keeps, to the second."""
    clock = ManualClock(start)
    getsms, activate = GetSmsSimulator(clock=clock), handler(clock, "sms-activate")
    async with serve(getsms) as url:
        builder = Builder(clock, getsms, url, tmp_path / "codebell.db")
        async with letting(builder, activate) as world:
            await world.add_account()
            at_getsms = await lettings.settle_at_getsms(world)
            days = await rent(world, at_getsms, Period(Unit.DAY, 7), country="RU")
            assert days.until == getsms.rental(days.remote_id or "").expires_at
            await prolonged(world, days.id, Period(Unit.DAY, 7))
            again = await rental_of(world, days.id)
            assert again.until == getsms.rental(days.remote_id or "").expires_at
            account_id = await settle(world, "sms-activate")
            week = await rent(world, account_id, WEEK, country="RU")
            assert week.until == activate.rental(week.remote_id or "").expires_at


async def test_a_lost_prolongation_is_found_though_our_clock_is_off(
    builder: Builder, clock: ManualClock
) -> None:
    """The end before was told, and so is the new one: minutes of ours make no prolongation of it."""
    ours = WallClock(clock)
    ours.off = timedelta(minutes=9)
    pva = smspva(clock)
    async with letting(builder, pva, clock=ours, hasty=True) as world:
        rental = await rent(world, await settle(world, "smspva"), WEEK)
        pva.faults.plan("hang", "prolong")
        lost = await prolonged(world, rental.id, WEEK)
        pva.faults.clear()
        await world.start()
        await world.pass_(11 * 60, step=30)
        assert (await bill_of(world, lost)).state is BillState.FAILED
        pva.faults.plan("reset-after", "prolong")
        found = await prolonged(world, rental.id, WEEK)
        await world.pass_(60)
        assert (await bill_of(world, found)).state is BillState.PAID
