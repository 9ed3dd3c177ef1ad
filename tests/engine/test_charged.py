"""What a number has cost: the provider's word is kept, and with a highest price nothing is guessed."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.domain.errors import PriceRose
from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.views import OfferView
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import house, record_of, settle_in
from tests.engine.world import CARD, USER, Builder, World
from tests.support.clock import ManualClock

TEXT = {"dialect": "sms_activate", "buy": "getNumber"}


def roubles(amount: str) -> Money:
    """Return an amount."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house with dearer numbers behind the regular one."""
    sim = house(clock)
    sim.stock_dearer("tg", "0", 3, "4.20")
    return sim


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work that knows the house twice: one answers with the price, one without."""
    async with serve(sim) as url:
        further = (record_of("street", url), record_of("lane", url, quirks=TEXT))
        async with builder.world(further=further) as world:
            await world.start()
            yield world


async def limited(world: World, slug: str, highest: str = "9") -> OfferView:
    """Return the confirm button for Telegram in Russia with a highest price."""
    await settle_in(world, slug)
    view = (await world.engine.shop.offers(USER, "telegram", "RU")).offers[0]
    return await world.engine.shop.change(USER, view.draft.token, highest=roubles(highest))


async def confirm(world: World, view: OfferView) -> Order:
    """Press a confirm button."""
    return await world.engine.purchase.confirm(USER, view.draft.token, **CARD)


async def test_the_charged_price_is_kept(world: World, sim: HandlerApiSimulator) -> None:
    """With a highest price of 9 and a charge of 4.20 the order has cost 4.20."""
    view = await limited(world, "street")
    sim.stock("tg", "0", 0, "3")
    order = await confirm(world, view)
    assert (order.state, order.price, order.is_worked_out) == (State.WAITING, roubles("4.20"), False)
    assert order.highest == roubles("9")


async def test_a_cheaper_number_is_told_as_such(world: World, sim: HandlerApiSimulator) -> None:
    """Whoever confirms a dearer tier and is charged for a cheaper one sees what was charged."""
    await settle_in(world, "street")
    sim.stock("tg", "0", 0, "3")
    views = (await world.engine.shop.offers(USER, "telegram", "RU")).offers
    dearer = next(view for view in views if view.draft.price == roubles("4.20"))
    sim.stock("tg", "0", 5, "3")
    assert (await confirm(world, dearer)).price == roubles("3")


async def test_price_and_limit_stand_apart(world: World, sim: HandlerApiSimulator) -> None:
    """The present price stays the price, the limit is what the provider is told; the limit holds, too."""
    view = await limited(world, "street", "4")
    assert (view.draft.offer.price, view.draft.offer.highest) == (roubles("3"), roubles("4"))
    sim.stock("tg", "0", 0, "3")
    with pytest.raises(PriceRose):
        await confirm(world, view)
    sim.stock("tg", "0", 5, "3")
    await confirm(world, view)
    [asked] = [one.form for one in sim.ledger.requests if one.method == "getNumberV2"]
    assert asked["maxPrice"] == "4"


async def test_what_is_not_told_is_read_from_the_balance(world: World, sim: HandlerApiSimulator) -> None:
    """Where a limit was set and no cost is told, the price is unknown until the balance has told it."""
    view = await limited(world, "lane")
    sim.stock("tg", "0", 0, "3")
    order = await confirm(world, view)
    assert (order.price, order.highest) == (None, roubles("9"))
    await world.pass_(5)
    after = await world.order(order.id)
    assert (after.price, after.is_worked_out) == (roubles("4.20"), True)


async def test_no_more_than_the_limit_is_ever_claimed(world: World, sim: HandlerApiSimulator) -> None:
    """A balance that lost more than the limit has paid for something else, too: nothing is claimed."""
    order = await confirm(world, await limited(world, "lane"))
    key = sim.key("key-of-two-houses")
    sim.set_balance(key.key, key.balance - 20)
    await world.pass_(120)
    assert (await world.order(order.id)).price is None


async def test_a_lost_purchase_is_adopted_with_its_price(world: World, sim: HandlerApiSimulator) -> None:
    """What the list says that it cost is kept, up to the limit and not only up to the price."""
    view = await limited(world, "street")
    sim.stock("tg", "0", 0, "3")
    sim.fault("reset-after", "getNumberV2")
    order = await confirm(world, view)
    assert order.state is State.UNCERTAIN
    await world.pass_(10)
    after = await world.order(order.id)
    assert (after.state, after.price) == (State.WAITING, roubles("4.20"))


async def test_a_refused_limit_is_raised_beside_the_present_price(
    world: World, sim: HandlerApiSimulator
) -> None:
    """The provider's minimum is the limit; where the market asks more, that is the price that is shown."""
    view = await limited(world, "street", "3.50")
    sim.fault("body", "getNumberV2", body="WRONG_MAX_PRICE:4", times=2)
    refused = await confirm(world, view)
    raised = (await world.engine.shop.raised(USER, refused)).draft.offer
    assert (raised.price, raised.highest) == (roubles("3"), roubles("4"))
    sim.stock("tg", "0", 5, "6")
    raised = (await world.engine.shop.raised(USER, refused)).draft.offer
    assert (raised.price, raised.highest) == (roubles("4.20"), None)
