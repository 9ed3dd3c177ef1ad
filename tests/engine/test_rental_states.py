"""How rentals stand and end: the provider's word counts, and its silence says nothing."""

from datetime import timedelta

from bot.domain.outbox import Notice
from bot.domain.rentals import RentalAction, RentalState
from sandbox.smspva import SmspvaSimulator
from tests.engine import lettings
from tests.engine.lettings import DAY, HOUR, let, letting, pushed, rental_of, settle
from tests.engine.world import USER, Builder, World
from tests.support.clock import ManualClock

MINUTE = 60.0


async def _sleeper(world: World) -> int:
    """Rent a number that sleeps; return the rental."""
    account_id = await settle(world, "smspva")
    await world.start()
    rental = await let(world, account_id, country="RU")
    await world.pass_(60)
    assert (await rental_of(world, rental.id)).state is RentalState.SLEEPING
    assert await world.notices() == []  # it was never awake: no news
    return rental.id


async def test_a_number_is_woken_and_falls_asleep_again(builder: Builder, clock: ManualClock) -> None:
    """Asleep, waking, awake (told), an SMS, asleep again (told): each once, and its SMS is delivered."""
    async with letting(builder, sim := lettings.smspva(clock)) as world:
        rental_id = await _sleeper(world)
        view = await world.engine.rent_actions.act(USER, rental_id, RentalAction.ACTIVATE)
        assert view.rental.state is RentalState.WAKING
        await world.pass_(9 * MINUTE, step=30)
        assert (await rental_of(world, rental_id)).state is RentalState.WAKING
        assert await world.notices() == []
        await world.pass_(2 * MINUTE, step=30)
        awake = await rental_of(world, rental_id)
        assert (awake.state, await world.notices()) == (RentalState.ACTIVE, [Notice.AWAKE])
        assert awake.awake_until is not None
        sim.deliver(awake.remote_id or "", "Hello")
        await world.pass_(20 * MINUTE, step=30)
        assert (await rental_of(world, rental_id)).state is RentalState.SLEEPING
        assert await world.notices() == [Notice.AWAKE, Notice.ASLEEP]
        assert [text for *_, text in await pushed(world)] == ["Hello"]
        await world.pass_(HOUR, step=30)
        assert len(await world.notices()) == 2


async def test_waking_goes_on_over_a_restart(builder: Builder, clock: ManualClock) -> None:
    """A number that woke while the bot was down is told of once it is back, and not again."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        rental_id = await _sleeper(world)
        await world.engine.rent_actions.act(USER, rental_id, RentalAction.ACTIVATE)
        await world.kill()
    clock.skip(12 * MINUTE)
    for _ in range(2):
        async with letting(builder, sim) as world:
            await world.start()
            await world.pass_(60)
            assert await world.notices() == [Notice.AWAKE]
            await world.kill()


async def test_a_list_older_than_the_waking_does_not_deny_it(builder: Builder, clock: ManualClock) -> None:
    """A list that was on its way as a number was woken says "asleep", and is not taken for its return."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        rental_id = await _sleeper(world)
        await world.engine.rent_actions.act(USER, rental_id, RentalAction.ACTIVATE)
        sim.order((await rental_of(world, rental_id)).remote_id or "").line.woken_at = None
        await world.pass_(5 * MINUTE, step=30)
        assert (await rental_of(world, rental_id)).state is RentalState.WAKING
        await world.pass_(20 * MINUTE, step=30)  # it never woke: that is told in the end
        assert (await rental_of(world, rental_id)).state is RentalState.SLEEPING
        assert await world.notices() == [Notice.ASLEEP]


async def test_a_number_that_is_missing_comes_back(builder: Builder, clock: ManualClock) -> None:
    """A number that the provider has in no machine is shown so, and stays ours."""
    async with letting(builder, sim := lettings.smspva(clock)) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        sim.lose(rental.remote_id or "")
        await world.pass_(60)
        assert (await rental_of(world, rental.id)).state is RentalState.MISSING
        sim.order(rental.remote_id or "").line.missing = False
        await world.pass_(60)
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE
        assert await world.notices() == []


async def test_the_end_comes_from_the_provider_with_the_last_sms(world: World) -> None:
    """A rental that its list calls over is over, told once; an SMS of its last seconds is told too."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    await world.pass_(15)
    world.clock.skip(DAY - 40)
    await world.pass_(15)
    world.sim.deliver(rental.remote_id or "", "at the last moment")
    await world.pass_(5 * MINUTE)
    assert (await world.notices())[-1] is Notice.RENTAL_OVER
    assert (await rental_of(world, rental.id)).state is RentalState.OVER
    assert [text for *_, text in await pushed(world)] == ["at the last moment"]
    assert await world.notices() == [Notice.HOUR_LEFT, Notice.RENTAL_OVER]
    asked = world.asked("rent/getcode")
    await world.pass_(10 * MINUTE, step=30)
    assert world.asked("rent/getcode") == asked


async def test_a_rental_that_was_canceled_elsewhere_is_told(world: World) -> None:
    """What somebody gave back on the provider's site ends here too."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    remote = world.sim.rental(rental.remote_id or "")
    await world.pass_(60)
    world.sim._rent.end(remote, type(remote.state).CANCELED)
    await world.pass_(60)  # its SMS are asked for first: "canceled, or over"; the list knows which
    ended = await rental_of(world, rental.id)
    assert (ended.state, await world.notices()) == (RentalState.CANCELED, [Notice.RENTAL_OVER])


async def test_no_error_of_the_list_ends_a_rental(builder: Builder, clock: ManualClock) -> None:
    """Whatever comes in the list's place, broken or refusing, every rental stays as it was."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(60)
        for name in (
            "html-200",
            "cut-off",
            "wrong-types",
            "http-502",
            "reset-before",
            "unknown-word",
            "empty",
        ):
            sim.fault(name, "orders", times=4)
            await world.pass_(20 * MINUTE, step=30)
            assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE, name
        assert await world.notices() == []
        assert sim.faults.current is None
        assert (await rental_of(world, rental.id)).error is None  # refusals were shown, and are over


async def test_a_list_without_a_rental_is_not_believed(builder: Builder, clock: ManualClock) -> None:
    """One that a list lacks is asked for, and stays while its SMS are told; the next list has it again."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(60)
        sim.fault("body", "orders", times=6, body='{"status":1,"data":[]}')
        reads = sim.ledger.count("sms", rental.remote_id or "")
        await world.pass_(4 * MINUTE, step=30)
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE
        assert sim.ledger.count("sms", rental.remote_id or "") == reads + 6


async def test_a_rental_that_is_nowhere_is_over_at_the_third_answer(
    builder: Builder, clock: ManualClock
) -> None:
    """Neither in the list nor known by itself, three times: over, before its time, and told why."""
    online = lettings.handler(clock, "getsms-online")
    async with letting(builder, online) as world:
        account_id = await settle(world, "getsms-online")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(30)
        online.rentals.rentals.clear()
        await world.pass_(5 * MINUTE)
        ended = await rental_of(world, rental.id)
        assert (ended.state, ended.error) == (RentalState.OVER, "order-gone")
        assert await world.notices() == [Notice.RENTAL_OVER]


async def test_gone_twice_is_not_gone(builder: Builder, clock: ManualClock) -> None:
    """A provider that does not know a rental for a moment has not ended it."""
    online = lettings.handler(clock, "getsms-online")
    async with letting(builder, online) as world:
        account_id = await settle(world, "getsms-online")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(30)
        kept = dict(online.rentals.rentals)
        online.rentals.rentals.clear()
        await world.pass_(30)
        online.rentals.rentals.update(kept)
        await world.pass_(10 * MINUTE)
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE
        assert await world.notices() == []


async def test_a_silent_provider_has_a_day(builder: Builder, clock: ManualClock) -> None:
    """A rental past its end at a house that says nothing ends a day later, and not while it may answer."""
    online = lettings.handler(clock, "getsms-online")
    async with letting(builder, online) as world:
        account_id = await settle(world, "getsms-online")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(30)
        online.fault("http-502", times=None)
        clock.skip(DAY - HOUR)
        await world.pass_(HOUR, step=120)
        clock.skip(23 * HOUR)
        view = await world.engine.rent_book.view(USER, rental.id)
        assert view.silent_since is not None
        await world.pass_(30 * MINUTE, step=60)
        assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE
        await world.pass_(HOUR, step=60)
        assert (await rental_of(world, rental.id)).state is RentalState.OVER
        assert (await world.notices())[-1] is Notice.RENTAL_OVER


async def test_a_new_id_after_prolonging_elsewhere_is_followed(builder: Builder, clock: ManualClock) -> None:
    """A number that its list shows under a new id is the same rental, and its SMS are read there."""
    house = lettings.handler(clock, "sms-activate")
    async with letting(builder, house) as world:
        account_id = await settle(world, "sms-activate")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(30)
        old = house.rentals.rentals.pop(rental.remote_id or "")
        new = house.rentals.again(house.key(old.key), old, 4, old.price)
        await world.pass_(6 * MINUTE)
        assert (await rental_of(world, rental.id)).remote_id == new.id
        house.deliver(new.id, "Hello")
        await world.pass_(60)
        assert await pushed(world) == [(USER, rental.id, "Hello")]
        assert await world.notices() == []


async def test_the_end_and_the_window_come_from_the_list(builder: Builder, clock: ManualClock) -> None:
    """What the list tells of the end, of prolonging and of the name is taken over; seconds are no news."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        guess = clock.now() + timedelta(days=5)
        rental = await let(world, account_id, until=guess, until_told=False)
        rent = sim.order(rental.remote_id or "")
        await world.pass_(60)
        known = await rental_of(world, rental.id)
        assert (known.until, known.until_told) == (rent.until, True)
        assert (known.can_prolong, known.name) == (True, "Telegram")
        rent.until += timedelta(seconds=20)
        await world.pass_(60)
        assert (await rental_of(world, rental.id)).until == known.until
        sim.world.prolong(rent, 7)  # on the provider's site
        await world.pass_(60)
        assert (await rental_of(world, rental.id)).until == rent.until


async def test_a_rejected_key_pauses_and_is_told_once(builder: Builder, clock: ManualClock) -> None:
    """A key that the provider refuses is told once; nothing ends, and all goes on with the key's return."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(60)
        await _lock_out(world, sim)
        sim.deliver(rental.remote_id or "", "Hello")
        await world.pass_(3 * MINUTE)
        assert await pushed(world) == [(USER, rental.id, "Hello")]
        (account,) = [one.account for one in await world.engine.accounts.list(USER)]
        assert not account.rejected


async def _lock_out(world: World, sim: SmspvaSimulator) -> None:
    key = sim.keys.pop(lettings.RENTAL_KEY)
    await world.pass_(10 * MINUTE, step=30)
    assert await world.notices() == [Notice.KEY_REJECTED]
    sim.keys[key.key] = key


async def test_a_list_with_nothing_new_draws_no_card(builder: Builder, clock: ManualClock) -> None:
    """The latest end for prolonging is another moment in every list: neither a card nor a write is due."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        await let(world, account_id)
        await world.pass_(60)
        told = await world.told()
        await world.pass_(HOUR, step=30)
        assert await world.told() == told
