"""Services and countries that the catalogue has no word for: listed, found and named as providers do."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from decimal import Decimal

import pytest

from bot.catalog import foreign_id
from bot.domain.errors import NotYours
from bot.domain.orders import State
from bot.domain.views import OwnServicesFound, OwnServicesView
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator
from sandbox.handler_api import serve as serve_house
from tests.engine.test_market import activate
from tests.engine.world import CARD, KEY, STRANGER, USER, Builder, World

OWN = "zzown"
OWN_ID = foreign_id("getsms", OWN)


@pytest.fixture
async def mine(builder: Builder) -> AsyncIterator[World]:
    """A running engine with an account at a Get-SMS that sells one service which nobody else knows."""
    async with builder.world() as world:
        world.sim.stock(OWN, "ru", count=3, price="4")
        await world.add_account()
        await world.start()
        yield world


async def listed(world: World, user_id: int = USER) -> OwnServicesView:
    """Return what Get-SMS sells under its own names, once it has answered."""
    async with aclosing(world.engine.unmapped.services(user_id, "getsms")) as views:
        return [view async for view in views][-1]


async def found(world: World, text: str) -> OwnServicesFound:
    """Return what a text may mean, once all have answered."""
    async with aclosing(world.engine.unmapped.found(USER, text)) as views:
        return [view async for view in views][-1]


async def test_only_what_has_no_mapping_is_listed(mine: World) -> None:
    """The list holds the provider's own services and none of the catalogue's."""
    assert [one.id for one in (await listed(mine)).services] == [OWN_ID]


async def test_an_own_service_is_bought_like_any_other(mine: World) -> None:
    """Found by name with the country beside it, it has offers, and its confirm button buys it."""
    meant = await found(mine, f"{OWN} russia")
    assert ([one.id for one in meant.services], meant.country, meant.exact) == ([OWN_ID], "RU", 1)
    order = await mine.buy(service=OWN_ID)
    assert order.state is State.WAITING
    assert mine.remote(order).service == OWN


async def test_lists_are_remembered_for_an_hour(mine: World) -> None:
    """A provider's price list of everything is read once an hour, however often somebody searches."""
    before = mine.asked("getallcount")
    for _ in range(3):
        await found(mine, OWN)
        await listed(mine)
    assert mine.asked("getallcount") == before + 1
    await mine.clock.advance(3601)
    await listed(mine)
    assert mine.asked("getallcount") == before + 2


async def test_a_provider_that_does_not_answer_is_named(mine: World) -> None:
    """What cannot be read is trouble of that account, and is asked again the next time."""
    mine.sim.fault("http-502", "getallcount", times=None)
    view = await mine.while_time_passes(listed(mine))
    assert view.services == ()
    assert view.trouble is not None
    (trouble,) = (await mine.while_time_passes(found(mine, OWN))).troubles
    assert trouble.account == view.account
    mine.sim.faults.clear()
    await mine.pass_(60)
    assert [one.id for one in (await listed(mine)).services] == [OWN_ID]


async def test_a_stranger_sees_nothing_of_it(mine: World) -> None:
    """Who has no account at a provider is not shown what it sells."""
    await mine.engine.people.arrive(STRANGER, "en")
    assert await mine.engine.unmapped.sellers(STRANGER) == ()
    with pytest.raises(NotYours):
        await listed(mine, STRANGER)


async def test_countries_have_the_houses_names_and_figures(builder: Builder) -> None:
    """What the tables lack is called as the house calls it; its success rates stand beside the prices."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, builder.clock)
    sim.add_key(KEY, "100.00")
    sim.stock("tg", "0", 4, "3")
    async with serve_house(sim) as url, builder.world(further=(activate(url),)) as world:
        await world.engine.people.arrive(USER, "en")
        account = (await world.engine.accounts.add(USER, "sms-activate", KEY)).account
        await world.start()
        view = await world.engine.shop.countries(USER, "telegram")
        assert view.choices[0].rate is not None
        assert 0 <= view.choices[0].rate <= Decimal(100)
        (offer,) = (await world.engine.shop.offers(USER, "telegram", "RU")).offers
        unknown = foreign_id("sms-activate", "0")
        names = world.engine.unmapped
        assert names._catalog.own.get(unknown, "ru") is None
        for _ in range(2):
            foreign = type(offer.draft.offer)(1, "sms-activate", "telegram", unknown, None, None)
            await names.name_countries(account, [foreign])
        assert names._catalog.own.get(unknown, "ru") == "Россия"
        assert names._catalog.own.get(unknown, "tr") == "Russia"
        assert sim.ledger.count("getCountries") == 1
        assert sim.ledger.count("getListOfTopCountriesByService") == 1
        assert (await world.engine.purchase.confirm(USER, offer.draft.token, **CARD)).state is State.WAITING
