"""Adopting: a purchase whose answer was lost is found in the provider's list, as soon as that can be read."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.orders import Order, State
from bot.domain.outbox import Notice
from bot.domain.secrets import Key
from bot.providers.trade import Want
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import KEY, buy_at, house, record_of, settle_in
from tests.engine.world import Builder, World
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
