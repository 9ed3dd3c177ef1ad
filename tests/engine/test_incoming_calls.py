"""Numbers that take a call: the call is the code, and reaches its person unasked."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.errors import SmsCameFirst
from bot.domain.orders import Action, Order, State
from sandbox.handler_api import HandlerApiSimulator, Variant, serve
from tests.engine.houses import house, record_of, settle_in
from tests.engine.world import CARD, USER, Builder, World
from tests.support.clock import ManualClock

CALLER = "79995554433"


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house with numbers that take calls."""
    sim = house(clock)
    sim.stock("tg", "0", 5, "4", Variant.VOICE)
    return sim


@pytest.fixture
async def place(sim: HandlerApiSimulator) -> AsyncIterator[str]:
    """Where the house is."""
    async with serve(sim) as url:
        yield url


@pytest.fixture
async def world(builder: Builder, place: str) -> AsyncIterator[World]:
    """An engine at work that knows the house."""
    async with builder.world(further=(record_of("street", place),)) as world:
        await world.start()
        yield world


async def bought(world: World) -> Order:
    """Buy a number that can take a call."""
    await settle_in(world, "street")
    view = (await world.engine.shop.offers(USER, "telegram", "RU")).offers[0]
    voice = await world.engine.shop.voice(USER, view.draft.token)
    return await world.engine.purchase.confirm(USER, voice.draft.token, **CARD)


async def test_a_call_is_told_once(
    world: World, sim: HandlerApiSimulator, builder: Builder, place: str
) -> None:
    """Who called is told like a code, and not again: not by later checks, not after a restart."""
    order = await bought(world)
    await world.pass_(10)
    assert await world.codes() == []
    sim.order(order.remote_id or "").caller = CALLER
    await world.pass_(10)
    assert await world.codes() == [CALLER]
    view = await world.engine.orders.view(USER, order.id)
    assert (view.order.state, [sms.is_call for sms in view.sms]) == (State.RECEIVED, [True])
    await world.pass_(130)
    await world.kill()
    async with builder.world(further=(record_of("street", place),)) as after:
        await after.start()
        await after.pass_(130)
        assert await after.codes() == [CALLER]


async def test_a_call_comes_before_a_number_goes_back(world: World, sim: HandlerApiSimulator) -> None:
    """The last look before *Cancel* hears a call, too."""
    order = await bought(world)
    await world.pass_(121)
    sim.order(order.remote_id or "").caller = CALLER
    with pytest.raises(SmsCameFirst):
        await world.engine.actions.act(USER, order.id, Action.CANCEL)
    assert await world.codes() == [CALLER]


async def test_a_broken_call_status_keeps_no_sms_back(world: World, sim: HandlerApiSimulator) -> None:
    """An SMS arrives whatever becomes of the question for calls."""
    order = await bought(world)
    sim.fault("http-502", "getIncomingCallStatus", times=None)
    sim.deliver(order.remote_id or "", "Your code is 55555", "55555")
    await world.pass_(10)
    assert await world.codes() == ["55555"]


async def test_other_numbers_are_not_asked_for_calls(world: World, sim: HandlerApiSimulator) -> None:
    """A number that was not bought to take a call costs no second question."""
    await settle_in(world, "street")
    view = (await world.engine.shop.offers(USER, "telegram", "RU")).offers[0]
    await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    await world.pass_(30)
    assert sim.ledger.count("getIncomingCallStatus") == 0
