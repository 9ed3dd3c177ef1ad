"""Numbers with forwarding: they cost extra, nobody says how much, and the plain price is not theirs."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.deals import Choice
from bot.domain.errors import NoNumbers
from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.views import OfferView
from bot.providers.presets import build_presets
from sandbox.handler_api import GETSMS_ONLINE, HandlerApiSimulator, Variant, serve
from tests.engine.world import CARD, KEY, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """GetSMS.ONLINE with Avito at 63.14, and at 95 with forwarding."""
    sim = HandlerApiSimulator(GETSMS_ONLINE, clock)
    sim.add_key(KEY, "500.00")
    sim.stock("av", "ru", 5, "63.14")
    sim.stock("av", "ru", 3, "95", Variant.FORWARD)
    sim.stock("tg", "ru", 5, "10")
    return sim


@pytest.fixture
async def world(builder: Builder, sim: HandlerApiSimulator) -> AsyncIterator[World]:
    """An engine at work with an account there."""
    async with serve(sim) as url:
        record, *_ = build_presets(getsms_online_url=url)
        limits = replace(record.limits, requests_per_second=None)  # nobody moves the clock meanwhile
        async with builder.world(further=(replace(record, limits=limits),)) as world:
            await world.engine.people.arrive(USER, "en")
            await world.engine.accounts.add(USER, "getsms-online", KEY)
            await world.start()
            yield world


async def plain(world: World, service: str = "avito") -> OfferView:
    """Return the confirm button without forwarding."""
    return (await world.engine.shop.offers(USER, service, "RU")).offers[0]


async def test_the_plain_price_is_not_shown_as_theirs(world: World, sim: HandlerApiSimulator) -> None:
    """With forwarding there is the stock of ``av_1`` and no price; the charge is read from the balance."""
    view = await world.engine.shop.forward(USER, (await plain(world)).draft.token, wanted=True)
    offer = view.draft.offer
    assert (offer.forward, offer.price, offer.highest, offer.stock) == (True, None, None, None)
    assert sim.ledger.count("getNumbersStatus") == 1
    order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert (order.state, order.forward, order.price) == (State.WAITING, True, None)
    await world.pass_(5)
    after = await world.order(order.id)
    assert (after.price, after.is_worked_out) == (Money(Decimal(95), "RUB"), True)


async def test_the_way_back_has_the_price_again(world: World) -> None:
    """Without forwarding the number costs what it did."""
    view = await world.engine.shop.forward(USER, (await plain(world)).draft.token, wanted=True)
    back = await world.engine.shop.forward(USER, view.draft.token, wanted=False)
    assert (back.draft.offer.forward, back.draft.price) == (False, Money(Decimal("63.14"), "RUB"))


async def test_none_is_left(world: World, sim: HandlerApiSimulator) -> None:
    """Plain numbers on sale are no numbers that forward: before the choice, and at the tap."""
    view = await world.engine.shop.forward(USER, (await plain(world)).draft.token, wanted=True)
    sim.stock("av", "ru", 0, "95", Variant.FORWARD)
    with pytest.raises(NoNumbers):
        await world.engine.shop.forward(USER, (await plain(world)).draft.token, wanted=True)
    with pytest.raises(NoNumbers):
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert sim.orders == []


async def test_only_what_forwards_has_the_choice(world: World) -> None:
    """The page names Avito alone."""
    assert Choice.FORWARD in (await plain(world)).choices
    assert Choice.FORWARD not in (await plain(world, "telegram")).choices
