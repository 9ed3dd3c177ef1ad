"""What a person does with rentals for nothing: giving back, ending, adopting; and with their key."""

from decimal import Decimal

import pytest

from bot.domain.errors import AccountInUse, NotYours, OrdersStay, OutOfDate, SmsCameFirst, TooLateToCancel
from bot.domain.money import Money
from bot.domain.outbox import Kind
from bot.domain.rentals import Rental, RentalAction, RentalState
from bot.domain.secrets import Key
from bot.providers.lease import RentWant
from sandbox.wire import serve
from tests.engine import lettings
from tests.engine.houses import record_of
from tests.engine.lettings import FOUR_HOURS, RENTAL_KEY, WEEK, let, letting, pushed, rental_of, settle
from tests.engine.world import CARD, STRANGER, USER, Builder, World
from tests.support.clock import ManualClock

MINUTE = 60.0


async def test_giving_back_ends_the_rental_and_its_watching(world: World) -> None:
    """Canceled over there and here, the money is free again, and nobody asks any more."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    before = await world.engine.rent_book.view(USER, rental.id)
    assert set(before.actions) == {RentalAction.CANCEL, RentalAction.DELETE}
    assert before.cancel_until is not None
    view = await world.engine.rent_actions.act(USER, rental.id, RentalAction.CANCEL)
    assert (view.rental.state, view.actions) == (RentalState.CANCELED, ())
    assert world.sim.rental(rental.remote_id or "").state == "canceled"
    asked = world.asked("rent/getcode")
    await world.pass_(10 * MINUTE, step=15)
    assert world.asked("rent/getcode") == asked
    assert await world.notices() == []


async def test_an_sms_that_is_there_stops_giving_back(world: World) -> None:
    """The last look finds an SMS: it is delivered, and the number is kept."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    world.sim.deliver(rental.remote_id or "", "Hello")
    with pytest.raises(SmsCameFirst):
        await world.engine.rent_actions.act(USER, rental.id, RentalAction.CANCEL)
    assert [text for *_, text in await pushed(world)] == ["Hello"]
    view = await world.engine.rent_book.view(USER, rental.id)
    assert (view.rental.state, view.sms_count) == (RentalState.ACTIVE, 1)
    assert RentalAction.CANCEL not in view.actions


async def test_after_twenty_minutes_nothing_is_given_back(world: World) -> None:
    """The button goes with the time that the document names; a provider that is stricter refuses in words."""
    account_id = await lettings.settle_at_getsms(world)
    rental = await let(world, account_id)
    world.clock.skip(21 * MINUTE)
    assert RentalAction.CANCEL not in (await world.engine.rent_book.view(USER, rental.id)).actions
    with pytest.raises(OutOfDate):
        await world.engine.rent_actions.act(USER, rental.id, RentalAction.CANCEL)
    later = await let(world, account_id)
    world.sim.rental(later.remote_id or "").paid = True  # the provider counts otherwise
    with pytest.raises(TooLateToCancel):
        await world.engine.rent_actions.act(USER, later.id, RentalAction.CANCEL)
    assert (await rental_of(world, later.id)).state is RentalState.ACTIVE


async def test_a_lost_answer_to_giving_back_is_asked_for_again(world: World) -> None:
    """The first answer is lost after its effect: the second says "already", and that is success."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    world.sim.fault("reset-after", "rent/refuse")
    act = world.engine.rent_actions.act(USER, rental.id, RentalAction.CANCEL)
    view = await world.while_time_passes(act)
    assert view.rental.state is RentalState.CANCELED


async def test_somebody_elses_rental_is_not_touched(world: World) -> None:
    """A stranger neither sees nor ends a rental, nor adopts from another's account."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    for refused in (
        world.engine.rent_book.view(STRANGER, rental.id),
        world.engine.rent_book.inbox(STRANGER, rental.id, 0),
        world.engine.rent_book.set_auto(STRANGER, rental.id, WEEK),
        world.engine.rent_actions.act(STRANGER, rental.id, RentalAction.DELETE),
        world.engine.rent_imports.adopt(STRANGER, rental.account_id, "1", **CARD),
    ):
        with pytest.raises(NotYours):
            await refused
    assert (await rental_of(world, rental.id)).state is RentalState.ACTIVE


async def test_finishing_reads_what_came_last(builder: Builder, clock: ManualClock) -> None:
    """An SMS that was not read yet is delivered before its person ends the rental."""
    house = lettings.handler(clock, "sms-activate")
    async with letting(builder, house) as world:
        account_id = await settle(world, "sms-activate")
        await world.start()
        rental = await let(world, account_id)
        house.deliver(rental.remote_id or "", "Hello")
        view = await world.engine.rent_actions.act(USER, rental.id, RentalAction.FINISH)
        assert view.rental.state is RentalState.FINISHED
        assert [text for *_, text in await pushed(world)] == ["Hello"]
        assert not house.rental(rental.remote_id or "").alive


async def _elsewhere(world: World, slug: str, want: RentWant) -> str:
    adapter = world.engine.rent_watch._providers.rentals(slug)
    return (await adapter.rent(Key(RENTAL_KEY), want)).remote_id


async def test_a_rental_made_elsewhere_is_adopted_with_its_sms(builder: Builder, clock: ManualClock) -> None:
    """It is offered, adopted once with its end and service; old SMS are kept, and only new ones pushed."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        remote_id = await _elsewhere(world, "smspva", RentWant("opt29", "UK", WEEK))
        sim.deliver(remote_id, "old")
        (foreign,) = (await world.engine.rent_imports.find(USER)).rentals
        assert (foreign.remote_id, foreign.service, foreign.country) == (remote_id, "telegram", "GB")
        rental = await world.engine.rent_imports.adopt(USER, account_id, remote_id, **CARD)
        assert (rental.until, rental.bill) == (sim.order(remote_id).until, None)
        with pytest.raises(OutOfDate):
            await world.engine.rent_imports.adopt(USER, account_id, remote_id, **CARD)
        assert (await world.engine.rent_imports.find(USER)).rentals == ()
        sim.deliver(remote_id, "new")
        await world.pass_(90)
        assert await pushed(world) == [(USER, rental.id, "new")]
        inbox = await world.engine.rent_book.inbox(USER, rental.id, 0)
        assert [sms.text for sms in inbox.sms] == ["new", "old"]
        assert [message.kind for message in await world.told()].count(Kind.CARD) >= 1


async def test_what_cannot_be_asked_is_named(builder: Builder, clock: ManualClock) -> None:
    """An account that does not answer is a trouble; what the others hold is shown."""
    sim, house = lettings.smspva(clock), lettings.handler(clock, "sms-activate")
    async with letting(builder, sim, house) as world:
        await settle(world, "smspva")
        await settle(world, "sms-activate")
        await _elsewhere(world, "sms-activate", RentWant("tg", "0", FOUR_HOURS))
        sim.fault("http-502", "orders", times=None)
        view = await world.while_time_passes(world.engine.rent_imports.find(USER))
        assert [foreign.account.provider.slug for foreign in view.rentals] == ["sms-activate"]
        assert [trouble.account.provider.slug for trouble in view.troubles] == ["smspva"]
        assert view.asked == 2


async def test_the_archive_is_turned_page_by_page(builder: Builder, clock: ManualClock) -> None:
    """Ended rentals in canonical words, five a page, and it is known whether more follow."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        for _ in range(9):
            sim.expire(await _elsewhere(world, "smspva", RentWant("opt29", "UK", WEEK)))
        first = await world.engine.rent_book.archive(USER, account_id, 0)
        second = await world.engine.rent_book.archive(USER, account_id, 1)
        assert (len(first.items), first.has_more) == (5, True)
        assert (len(second.items), second.has_more) == (4, False)
        assert {(item.service, item.country) for item in first.items} == {("telegram", "GB")}


async def test_prolonging_without_asking_has_a_bound(world: World) -> None:
    """Switched on, the price of now is the most that it may cost; switched off, nothing is left of it."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    on = await world.engine.rent_book.set_auto(USER, rental.id, lettings.ONE_DAY)
    assert on.rental.auto_prolong == lettings.ONE_DAY
    assert on.rental.auto_most == Money(Decimal("1.0"), "RUB")
    off = await world.engine.rent_book.set_auto(USER, rental.id, None)
    assert (off.rental.auto_prolong, off.rental.auto_most) == (None, None)


async def test_a_key_with_a_rental_stays(world: World) -> None:
    """Removing a key would lose the SMS of its open rentals; it goes once they are over."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    with pytest.raises(AccountInUse) as refused:
        await world.engine.accounts.remove(USER, rental.account_id)
    assert refused.value.open_orders == 1
    await world.engine.rent_actions.act(USER, rental.id, RentalAction.CANCEL)
    await world.engine.accounts.remove(USER, rental.account_id)


async def _at_a_house(world: World) -> Rental:
    account_id = await settle(world, "sms-activate")
    await world.start()
    return await let(world, account_id)


@pytest.mark.parametrize("rents", [None, "getsms_rent"])
async def test_a_key_with_a_rental_does_not_move_to_another_language(
    builder: Builder, clock: ManualClock, rents: str | None
) -> None:
    """A host of the same language of activations may rent out in another one, or not at all."""
    house = lettings.handler(clock, "sms-activate")
    async with serve(house) as url, letting(builder, house) as world:
        rental = await _at_a_house(world)
        world.engine.rent_watch._providers.add(record_of("new", url, rentals=rents))
        with pytest.raises(OrdersStay):
            await world.engine.moves.move(USER, rental.account_id, "new")
        assert (await rental_of(world, rental.id)).provider == "sms-activate"


async def test_a_rental_moves_with_its_key(builder: Builder, clock: ManualClock) -> None:
    """At a host that knows it, it is watched from then on; at one that does not, the key stays."""
    house = lettings.handler(clock, "sms-activate")
    stranger = lettings.handler(clock, "sms-activate")
    async with serve(house) as url, serve(stranger) as other, letting(builder, house) as world:
        rental = await _at_a_house(world)
        providers = world.engine.rent_watch._providers
        providers.add(record_of("new", url, rentals="sms_activate_rent"))
        providers.add(record_of("other", other, rentals="sms_activate_rent"))
        with pytest.raises(OrdersStay):
            await world.engine.moves.move(USER, rental.account_id, "other")
        await world.engine.moves.move(USER, rental.account_id, "new")
        house.deliver(rental.remote_id or "", "Hello")
        await world.pass_(60)
        assert await pushed(world) == [(USER, rental.id, "Hello")]
        assert (await rental_of(world, rental.id)).provider == "new"
