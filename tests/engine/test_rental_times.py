"""What time does to rentals: reminders, prolonging without asking, and clocks that are wrong."""

from datetime import datetime, timedelta

import pytest

from bot.domain.errors import Unreachable
from bot.domain.outbox import Notice
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Rental, RentalState
from bot.engine.rent_times import margin
from bot.storage import rentals
from tests.engine import lettings
from tests.engine.lettings import DAY, HOUR, ONE_DAY, WEEK, let, letting, rental_of, settle
from tests.engine.world import USER, Builder, WallClock, World
from tests.support.clock import ManualClock

MINUTE = 60.0
TEN_MINUTES = timedelta(minutes=10)


async def _jump(world: World, seconds: float) -> None:
    """Let much time pass at once, then some in small steps."""
    world.clock.skip(seconds)
    await world.pass_(4 * MINUTE, step=30)


async def test_a_day_and_an_hour_before_the_end_are_told_once(builder: Builder, clock: ManualClock) -> None:
    """Two reminders, each in its time, and neither again after a restart."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        await let(world, account_id)
        await _jump(world, 5 * DAY + 22 * HOUR)
        assert await world.notices() == []
        await _jump(world, 3 * HOUR)
        assert await world.notices() == [Notice.DAY_LEFT]
        await world.kill()
    async with letting(builder, sim) as world:
        await world.start()
        await _jump(world, 3 * HOUR)
        assert await world.notices() == [Notice.DAY_LEFT]
        await _jump(world, 19 * HOUR + 30 * MINUTE)
        assert await world.notices() == [Notice.DAY_LEFT, Notice.HOUR_LEFT]
        await world.kill()
    async with letting(builder, sim) as world:
        await world.start()
        await world.pass_(5 * MINUTE, step=30)
        assert await world.notices() == [Notice.DAY_LEFT, Notice.HOUR_LEFT]


async def test_after_a_long_downtime_only_the_later_reminder_comes(
    builder: Builder, clock: ManualClock
) -> None:
    """Who was not reminded a day before is told of the last hour, and not of a day that is over."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await let(world, account_id)
        await world.kill()
    clock.skip(7 * DAY - 30 * MINUTE)
    async with letting(builder, sim) as world:
        await world.start()
        await world.pass_(5 * MINUTE, step=30)
        assert await world.notices() == [Notice.HOUR_LEFT]


@pytest.mark.parametrize("is_told_there", [True, False])
async def test_a_rental_of_a_day_begins_without_a_reminder(world: World, *, is_told_there: bool) -> None:
    """A number rented for a day has a day left from the first: no news. The hour is told."""
    account_id = await lettings.settle_at_getsms(world)
    ahead = timedelta(minutes=2) if is_told_there else timedelta()  # their clock may go before ours
    await let(world, account_id, until=world.clock.now() + ONE_DAY.length + ahead, reminded=None)
    await _jump(world, 3 * HOUR)
    assert await world.notices() == []
    await _jump(world, 20 * HOUR)
    assert await world.notices() == [Notice.HOUR_LEFT]


async def test_a_rental_that_was_prolonged_by_a_day_is_reminded_of_its_hour(
    builder: Builder, clock: ManualClock
) -> None:
    """Prolonged on the provider's site within its last hour, a week more: both reminders come again."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await _jump(world, 7 * DAY - 40 * MINUTE)
        assert (await world.notices())[-1] is Notice.HOUR_LEFT
        told = len(await world.notices())
        sim.world.prolong(sim.order(rental.remote_id or ""), 7)
        await world.pass_(60)
        await _jump(world, 6 * DAY + HOUR)
        assert (await world.notices())[told:] == [Notice.DAY_LEFT]
        await _jump(world, 23 * HOUR)
        assert (await world.notices())[told:] == [Notice.DAY_LEFT, Notice.HOUR_LEFT]


class Prolonging:
    """Stands where rentals are prolonged without asking: notes what it is asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked: list[tuple[int, datetime]] = []
        self.failing = 0
        world.engine.rent_watch.auto = self

    async def __call__(self, rental: Rental) -> None:
        """Prolong by a week, or fail before anything was sent."""
        assert rental.until is not None
        self.asked.append((rental.id, self.world.clock.now()))
        if self.failing:
            self.failing -= 1
            raise Unreachable(rental.provider, "prolong_price")


async def _automatic(world: World, rental: Rental) -> None:
    async with world.database.write() as tx:
        changed = await rentals.change(tx, rental.id, auto_unit="week", auto_count=1)
    assert changed is not None
    world.engine.rent_watch.take(changed)


async def test_a_rental_is_prolonged_without_asking_once_for_each_end(world: World) -> None:
    """Three hours before the end, and not again for the same end, whatever came of it."""
    prolonging = Prolonging(world)
    rental = await let(world, await lettings.settle_at_getsms(world), period=WEEK)
    other = await let(world, rental.account_id, period=WEEK)  # nobody wanted that for it
    await _automatic(world, rental)
    await _jump(world, 7 * DAY - 4 * HOUR)
    assert prolonging.asked == []
    await _jump(world, 2 * HOUR)
    assert [rental_id for rental_id, _ in prolonging.asked] == [rental.id] != [other.id]
    assert rental.until is not None
    async with world.database.write() as tx:
        longer = await rentals.change(tx, rental.id, until=rental.until + WEEK.length)
    assert longer is not None
    world.sim.rental(rental.remote_id or "").expires_at += WEEK.length
    world.engine.rent_watch.take(longer)
    await _jump(world, 7 * DAY)
    assert len(prolonging.asked) == 2


async def _near_its_end(world: World) -> Rental:
    """Have a week that is to be prolonged by a day come to its last hours."""
    rental = await let(world, await lettings.settle_at_getsms(world), period=WEEK)
    await world.pass_(60)
    await world.engine.rent_book.set_auto(USER, rental.id, ONE_DAY)
    return rental


async def test_the_watch_has_a_rental_prolonged_and_told(world: World) -> None:
    """Paid once within the bound, told once; the next end is a day later, and is looked after as well."""
    rental = await _near_its_end(world)
    await _jump(world, 7 * DAY - 3 * HOUR)
    assert Notice.PROLONGED in await world.notices()
    longer = await rental_of(world, rental.id)
    assert rental.until is not None
    assert longer.until == rental.until + ONE_DAY.length
    await world.pass_(10 * MINUTE, step=30)
    assert world.asked("rent/prolong") == 1
    await _jump(world, DAY)
    assert world.asked("rent/prolong") == 2
    assert (await world.notices()).count(Notice.PROLONGED) == 2


async def test_a_dearer_prolonging_is_told_and_not_done(world: World) -> None:
    """Above what it cost as it was switched on, nothing is paid; that is told once, also over a restart."""
    rental = await _near_its_end(world)
    world.sim.stock_rent("tg", "ru", count=50, price="9")
    await _jump(world, 7 * DAY - 3 * HOUR)
    world.engine.rent_watch.forget(rental.account_id)
    await world.engine.rent_watch.load()
    await world.pass_(10 * MINUTE, step=30)
    assert world.asked("rent/prolong") == 0
    assert (await world.notices()).count(Notice.NOT_PROLONGED) == 1
    assert (await rental_of(world, rental.id)).until == rental.until


async def test_what_could_not_even_be_asked_is_asked_again(world: World) -> None:
    """A price that no answer came for is asked for again five minutes later: nothing was paid."""
    prolonging = Prolonging(world)
    prolonging.failing = 2
    rental = await let(world, await lettings.settle_at_getsms(world), period=WEEK)
    await _automatic(world, rental)
    world.clock.skip(7 * DAY - 3 * HOUR)
    await world.pass_(20 * MINUTE, step=30)
    moments = [at for _, at in prolonging.asked]
    assert len(moments) == 3
    assert moments[2] - moments[0] == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("length", "before"),
    [(timedelta(hours=4), timedelta(hours=1)), (timedelta(days=30), timedelta(hours=3))],
)
def test_short_rentals_are_prolonged_in_their_last_quarter(length: timedelta, before: timedelta) -> None:
    """Three hours before the end would be at once after the beginning of a rental of four."""
    now = datetime.fromisoformat("2026-01-15T12:00:00+00:00")
    assert margin(_rental(now, now + length)) == before


def _rental(created_at: datetime, until: datetime) -> Rental:
    empty: dict[str, None] = dict.fromkeys(
        ("bill", "service", "name", "country", "operator", "price", "remote_id", "phone", "can_prolong")
    )
    empty |= dict.fromkeys(
        ("prolong_until", "awake_until", "reminded", "auto_most", "card_message_id", "error", "error_text")
    )
    return Rental(
        id=1,
        user_id=USER,
        account_id=1,
        provider="getsms",
        state=RentalState.ACTIVE,
        created_at=created_at,
        until=until,
        until_told=True,
        news_at=created_at,
        auto_prolong=Period(Unit.WEEK, 1),
        card_chat_id=USER,
        **empty,
    )


@pytest.mark.parametrize("off", [TEN_MINUTES, -TEN_MINUTES])
@pytest.mark.parametrize("slug", ["smspva", "getsms-online", "sms-activate"])
async def test_the_provider_ends_a_rental_and_not_our_clock(
    builder: Builder, clock: ManualClock, slug: str, off: timedelta
) -> None:
    """With our clock ten minutes before or behind, a rental is held to its true end, and not beyond it.

    SMSPVA and GetSMS.ONLINE tell the end; at SMS-Activate it is our clock's.
    """
    wall = WallClock(clock)
    wall.off = off
    sim = lettings.smspva(clock) if slug == "smspva" else lettings.handler(clock, slug)
    async with letting(builder, sim, clock=wall) as world:
        account_id = await settle(world, slug)
        await world.start()
        rental = await let(world, account_id)
        length = lettings._WANTED[slug].period.length.total_seconds()
        await world.pass_(60)  # the end is told
        clock.skip(length - 6 * MINUTE)
        await world.pass_(4 * MINUTE, step=15)
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE
        await world.pass_(6 * MINUTE, step=15)
        assert (await rental_of(world, rental.id)).state is RentalState.OVER
        assert (await world.notices()).count(Notice.RENTAL_OVER) == 1


async def test_a_clock_that_is_set_moves_no_end_and_repeats_no_reminder(
    builder: Builder, clock: ManualClock
) -> None:
    """The machine's clock is set an hour ahead, and back: one reminder, and the rental stays."""
    wall = WallClock(clock)
    sim = lettings.smspva(clock)
    async with letting(builder, sim, clock=wall) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(60)
        clock.skip(6 * DAY - 30 * MINUTE)
        wall.off = timedelta(hours=1)
        await world.pass_(5 * MINUTE, step=30)
        assert await world.notices() == [Notice.DAY_LEFT]
        wall.off = timedelta(days=2)  # our clock believes that it is over
        await world.pass_(HOUR, step=30)
        wall.off = timedelta()
        await world.pass_(HOUR, step=30)
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE
        assert await world.notices() == [Notice.DAY_LEFT]


@pytest.mark.parametrize("start", ["2026-03-28T12:00:00+00:00", "2026-10-24T12:00:00+00:00"])
async def test_daylight_saving_moves_no_end(builder: Builder, start: str) -> None:
    """A day over the change of Europe's clocks is 24 hours: the end is a moment, not a time of day."""
    clock = ManualClock(datetime.fromisoformat(start))
    house = lettings.handler(clock, "sms-activate")
    own = Builder(clock, builder.sim, builder.url, builder.path)
    async with letting(own, house) as world:
        account_id = await settle(world, "sms-activate")
        await world.start()
        rental = await let(world, account_id, period=ONE_DAY)
        assert rental.until == clock.now() + timedelta(hours=24)
        clock.skip(DAY - 5 * MINUTE)
        await world.pass_(60)
        held = await rental_of(world, rental.id)
        assert (held.state, held.until) == (RentalState.ACTIVE, rental.until)
        await world.pass_(7 * MINUTE, step=15)
        assert (await rental_of(world, rental.id)).state is RentalState.OVER


async def test_an_end_without_a_zone_is_not_taken_for_a_moment(builder: Builder, clock: ManualClock) -> None:
    """SMS-Activate tells the end in its own time without saying so: the period by our clock counts."""
    house = lettings.handler(clock, "sms-activate")
    async with letting(builder, house) as world:
        account_id = await settle(world, "sms-activate")
        rental = await let(world, account_id)
        assert (rental.until_told, rental.until) == (False, clock.now() + timedelta(hours=4))


async def test_who_wants_no_reminders_gets_none(builder: Builder, clock: ManualClock) -> None:
    """Switched off, neither reminder comes, and none later for an end that was near meanwhile."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        await world.engine.manners.set_reminded(USER, wanted=False)
        await let(world, account_id)
        await _jump(world, 6 * DAY + 1 * HOUR)
        assert await world.notices() == []
        await world.engine.manners.set_reminded(USER, wanted=True)
        await world.pass_(5 * MINUTE, step=30)
        assert await world.notices() == []
        await _jump(world, 22 * HOUR + 10 * MINUTE)
        assert await world.notices() == [Notice.HOUR_LEFT]
