"""The same number used again: its price is what is told of it, never that of the first time."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deals import Deal
from bot.domain.money import Money
from bot.domain.orders import Action, Order, State
from bot.engine.orders import possible
from bot.providers.base import Capability
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import USER, Builder, World
from tests.screens import samples
from tests.support.clock import ManualClock

SILENT = {"dialect": "sms_activate", "capabilities": "cancel,ban,retry,ready,finish,repeat,additional"}


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house that sells Telegram at 3."""
    return house(clock)


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house in roubles, in dollars, and without a way to ask for prices."""
    async with serve(sim) as url:
        further = (
            record_of("street", url),
            record_of("abroad", url, currency="USD"),
            record_of("silent", url, quirks=SILENT),
        )
        async with builder.world(further=further) as world:
            await world.start()
            yield world


async def order_at(world: World, slug: str) -> Order:
    """Buy at a house."""
    return await buy_at(world, await settle_in(world, slug))


@pytest.mark.parametrize(
    ("slug", "price"),
    [("street", Money(Decimal(5), "RUB")), ("abroad", None), ("silent", Money(Decimal(5), "RUB"))],
)
async def test_another_service_costs_what_the_page_says(world: World, slug: str, price: Money | None) -> None:
    """Five roubles, by SMS-Activate's page; where the house counts in dollars that says nothing."""
    order = await order_at(world, slug)
    view = await world.engine.shop.again(USER, order, Deal.ADDITIONAL, service="yandex")
    assert view.draft.price == price


async def test_once_more_costs_what_is_told(world: World) -> None:
    """Where no method tells the price of the same number again, none is shown: not that of the first time."""
    order = await order_at(world, "silent")
    assert order.price == Money(Decimal(3), "RUB")
    assert (await world.engine.shop.again(USER, order, Deal.REPEAT)).draft.price is None


def test_a_ban_that_is_allowed_before_ready_only() -> None:
    """Where the document takes a ban in the first state alone, *SMS sent* takes the button away."""
    can = frozenset({Capability.BAN, Capability.BAN_FIRST, Capability.READY, Capability.CANCEL})
    waiting = samples.order(State.WAITING)
    assert Action.BAN in possible(waiting, can)
    ready = replace(waiting, is_ready=True)
    assert possible(ready, can) == (Action.CANCEL,)
    assert Action.BAN in possible(ready, can - {Capability.BAN_FIRST})
