"""Adopting: a purchase whose answer was lost is found in the provider's list, as soon as that can be read."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.domain.errors import NotYours, OutOfDate
from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.outbox import Notice
from bot.domain.secrets import Key
from bot.providers.trade import Want
from sandbox.handler_api import HandlerApiSimulator, serve
from sandbox.handler_api.records import Stage
from tests.engine.houses import KEY, buy_at, house, record_of, settle_in
from tests.engine.world import STRANGER, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house that lists what it has sold."""
    return house(clock)


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house."""
    async with serve(sim) as url, builder.world(further=(record_of("street", url),)) as world:
        await world.start()
        yield world


async def lose(world: World, sim: HandlerApiSimulator) -> Order:
    """Buy; the number is sold, and the answer lost."""
    account_id = await settle_in(world, "street")
    sim.fault("reset-after", "getNumberV2")
    sim.fault("reset-after", "getNumber")
    order = await world.while_time_passes(buy_at(world, account_id))
    assert order.state is State.UNCERTAIN
    return order


async def test_a_lost_purchase_is_found_at_once(world: World, sim: HandlerApiSimulator) -> None:
    """What the list shows is adopted, and its code arrives."""
    order = await lose(world, sim)
    await world.pass_(5)
    adopted = await world.order(order.id)
    assert adopted.state is State.WAITING
    assert adopted.remote_id is not None
    sim.deliver(adopted.remote_id, "Your code: 13579")
    await world.pass_(10)
    assert await world.codes() == ["Your code: 13579"]


async def test_a_list_that_fails_first_is_asked_again(world: World, sim: HandlerApiSimulator) -> None:
    """Who loses an answer often loses the next ones: the number is found while its code can still come."""

    def break_down() -> None:
        if sim.orders and sim.faults.current != "http-502":
            sim.fault("http-502", "getActiveActivations", times=None)
            sim.listeners.remove(break_down)

    sim.listeners.append(break_down)
    order = await lose(world, sim)
    await world.pass_(60)
    assert (await world.order(order.id)).state is State.UNCERTAIN
    asked = sim.ledger.count("getBalance")
    sim.faults.clear()
    await world.pass_(90)
    assert (await world.order(order.id)).state is State.WAITING
    assert await world.notices() == [Notice.UNCERTAIN]
    assert sim.ledger.count("getBalance") == asked


async def test_what_was_open_before_is_not_adopted(world: World, sim: HandlerApiSimulator) -> None:
    """A number bought elsewhere, for the same service and country, is not the one whose answer was lost."""
    account_id = await settle_in(world, "street")
    await buy_elsewhere(world)
    sim.fault("reset-before", "getNumberV2")
    sim.fault("reset-before", "getNumber")
    order = await world.while_time_passes(buy_at(world, account_id))
    await world.pass_(120)
    assert (await world.order(order.id)).state is State.UNCERTAIN


async def test_what_is_bought_much_later_is_not_adopted(world: World, sim: HandlerApiSimulator) -> None:
    """Once the list has been read without the order in it, what turns up later was bought elsewhere."""
    account_id = await settle_in(world, "street")
    sim.fault("reset-before", "getNumberV2")
    sim.fault("reset-before", "getNumber")
    order = await world.while_time_passes(buy_at(world, account_id))
    await world.pass_(120)
    await buy_elsewhere(world)
    await world.pass_(120)
    assert (await world.order(order.id)).state is State.UNCERTAIN


async def test_without_a_list_before_nothing_is_adopted(world: World, sim: HandlerApiSimulator) -> None:
    """Where it is not known what was open before, the person decides."""
    sim.fault("http-502", "getActiveActivations", times=3)  # a read is tried so often
    order = await lose(world, sim)
    await world.pass_(120)
    assert (await world.order(order.id)).state is State.UNCERTAIN


async def buy_elsewhere(world: World) -> None:
    """Buy the same at the house, past the bot."""
    adapter = world.engine.accounts._providers.get("street")
    await world.while_time_passes(adapter.buy(Key(KEY), Want("tg", "0")))


async def two_fit(world: World, sim: HandlerApiSimulator) -> Order:
    """Lose the answer to a purchase while the same is bought elsewhere: two numbers fit."""

    def break_down() -> None:
        if sim.orders:
            sim.listeners.remove(break_down)
            sim.fault("http-502", "getActiveActivations", times=None)

    sim.listeners.append(break_down)
    order = await lose(world, sim)
    await buy_elsewhere(world)
    sim.faults.clear()
    await world.pass_(70)
    return await world.order(order.id)


async def test_of_several_the_person_chooses(world: World, sim: HandlerApiSimulator) -> None:
    """Two numbers fit: none is taken, both are kept to choose from, and one message asks."""
    order = await two_fit(world, sim)
    assert order.state is State.UNCERTAIN
    assert order.candidates is not None
    assert [one.remote_id for one in order.candidates] == [one.id for one in sim.orders]
    for one, remote in zip(order.candidates, sim.orders, strict=True):
        assert (one.phone, one.service, one.country) == (remote.phone, "telegram", "RU")
        assert (one.price, bool(one.opened)) == (Money(Decimal(3), "RUB"), True)
    assert (await world.notices()).count(Notice.CHOOSE) == 1
    await world.pass_(300)
    assert (await world.order(order.id)).state is State.UNCERTAIN
    assert (await world.notices()).count(Notice.CHOOSE) == 1


async def test_the_chosen_number_is_an_order_like_any_other(world: World, sim: HandlerApiSimulator) -> None:
    """What the person points at is watched, though the list cannot be read just then; its code comes."""
    order = await two_fit(world, sim)
    chosen = sim.orders[1]
    sim.fault("http-502", "getActiveActivations", times=None)
    taken = await world.engine.recovery.claim(USER, order.id, chosen.id)
    assert (taken.state, taken.remote_id, taken.candidates) == (State.WAITING, chosen.id, None)
    sim.deliver(chosen.id, "Your code: 13579")
    await world.pass_(10)
    assert await world.codes() == ["Your code: 13579"]
    with pytest.raises(OutOfDate):
        await world.engine.recovery.claim(USER, order.id, sim.orders[0].id)


async def test_a_choice_can_be_made_after_a_restart(
    world: World, sim: HandlerApiSimulator, builder: Builder
) -> None:
    """What there is to choose from stands in the database: no list need be read for that."""
    order = await two_fit(world, sim)
    url = world.engine.accounts._providers.get("street").record.url
    await world.kill()
    async with builder.world(further=(record_of("street", url),)) as after:
        assert (await after.order(order.id)).candidates == order.candidates
        taken = await after.engine.recovery.claim(USER, order.id, sim.orders[0].id)
        assert taken.state is State.WAITING


async def test_none_of_them(world: World, sim: HandlerApiSimulator) -> None:
    """What the person rules out is not asked about again; the order is settled when its time is over."""
    order = await two_fit(world, sim)
    declined = await world.engine.recovery.claim(USER, order.id, "")
    assert (declined.state, declined.candidates) == (State.UNCERTAIN, None)
    await world.pass_(120)
    assert (await world.order(order.id)).candidates is None
    await world.pass_(23 * 60, step=30)
    assert (await world.order(order.id)).state is State.FAILED
    assert (await world.notices())[-1] is Notice.SETTLED


async def test_what_leaves_the_list_makes_the_rest_no_surer(world: World, sim: HandlerApiSimulator) -> None:
    """When one of two numbers that fit is over, the other is not taken for that reason."""
    order = await two_fit(world, sim)
    sim.world.enter(sim.orders[0], Stage.CANCELED)
    question = world.engine.recovery._questions[order.id]
    question.looks = 0
    world.engine.scheduler.add(question)
    await world.pass_(90)
    assert (await world.order(order.id)).state is State.UNCERTAIN


async def test_only_the_owner_chooses_and_only_what_was_shown(world: World, sim: HandlerApiSimulator) -> None:
    """A stranger, and an id that was made up, choose nothing."""
    order = await two_fit(world, sim)
    await world.engine.people.arrive(STRANGER, "en")
    with pytest.raises(NotYours):
        await world.engine.recovery.claim(STRANGER, order.id, sim.orders[0].id)
    with pytest.raises(OutOfDate):
        await world.engine.recovery.claim(USER, order.id, "424242")
    assert (await world.order(order.id)).state is State.UNCERTAIN


async def test_what_was_open_before_is_asked_about_where_it_is_not_known(
    world: World, sim: HandlerApiSimulator
) -> None:
    """Where the list could not be read before the purchase, the one number that fits is put to its person."""
    sim.fault("http-502", "getActiveActivations", times=3)  # a read is tried so often
    order = await lose(world, sim)
    await world.pass_(60)
    asked = (await world.order(order.id)).candidates
    assert asked is not None
    assert [one.remote_id for one in asked] == [sim.orders[0].id]
    assert (await world.engine.recovery.claim(USER, order.id, asked[0].remote_id)).state is State.WAITING
