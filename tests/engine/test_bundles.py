"""One number for several services: one tap, one paid call, an order each; all of them bought, or none."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from bot.domain.deals import Deal
from bot.domain.errors import AlreadyDone, NoNumbers, NotOffered, OutOfDate, PriceRose
from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.views import OfferView
from bot.providers.presets import build_presets
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, serve
from tests.engine.world import CARD, KEY, USER, Builder, World

METHOD = "getMultiServiceNumber"


@dataclass
class Scene:
    """A running engine with an account at a house that sells one number for several services."""

    world: World
    sim: HandlerApiSimulator

    async def bundle(self, *services: str) -> OfferView:
        """Return the confirm button for Telegram in Russia and these services."""
        view = (await self.world.engine.shop.offers(USER, "telegram", "RU")).offers[0]
        for service in services:
            view = await self.world.engine.bundles.add(USER, view.draft.token, service)
        return view

    async def confirm(self, view: OfferView) -> Order:
        """Press a confirm button."""
        return await self.world.engine.purchase.confirm(USER, view.draft.token, **CARD)

    async def orders(self) -> list[Order]:
        """Return all orders, the oldest first."""
        found = []
        for is_open in (True, False):
            page = await self.world.engine.orders.page(USER, 0, is_open=is_open)
            found += [view.order for view in page.orders]
        return sorted(found, key=lambda order: order.id)


@pytest.fixture
async def scene(builder: Builder) -> AsyncIterator[Scene]:
    """Telegram at 3, WhatsApp at 2, Viber sold out."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, builder.clock)
    sim.add_key(KEY, "100.00")
    sim.stock("tg", "0", 4, "3")
    sim.stock("wa", "0", 4, "2")
    sim.stock("vi", "0", 0, "1")
    async with serve(sim) as url:
        record = next(one for one in build_presets(sms_activate_url=url) if one.slug == "sms-activate")
        async with builder.world(hasty=True, further=(replace(record, slug="house", closed=False),)) as world:
            await world.engine.people.arrive(USER, "en")
            await world.engine.accounts.add(USER, "house", KEY)
            await world.start()
            yield Scene(world, sim)


async def test_one_tap_buys_one_number_for_both(scene: Scene) -> None:
    """Two orders with one phone and each its own price, by one paid call; the button shows the sum."""
    view = await scene.bundle("whatsapp")
    assert view.draft.price == Money(Decimal(5), "RUB")
    lead = await scene.confirm(view)
    first, second = await scene.orders()
    assert (first.id, first.state, second.state) == (lead.id, State.WAITING, State.WAITING)
    assert first.phone == second.phone is not None
    assert (first.service, second.service) == ("telegram", "whatsapp")
    assert (first.price, second.price) == (Money(Decimal(3), "RUB"), Money(Decimal(2), "RUB"))
    assert (first.deal, second.deal, second.parent_id) == (Deal.SEVERAL, Deal.SEVERAL, first.id)
    assert [scene.sim.order(order.remote_id or "").service for order in (first, second)] == ["tg", "wa"]
    assert scene.sim.ledger.count(METHOD) == 1
    assert scene.sim.ledger.count("getNumberV2") == 0
    assert (first.card_message_id, second.card_message_id) == (CARD["message_id"], None)


async def test_each_code_reaches_its_own_order(scene: Scene) -> None:
    """Both are watched; the SMS of one is not told as the other's."""
    await scene.confirm(await scene.bundle("whatsapp"))
    second = (await scene.orders())[1]
    scene.sim.deliver(second.remote_id or "", "code 4321", "4321")
    await scene.world.pass_(10)
    first, second = await scene.orders()
    assert (first.state, second.state) == (State.WAITING, State.RECEIVED)


async def test_a_used_button_buys_nothing_more(scene: Scene) -> None:
    """The same token does not buy twice."""
    view = await scene.bundle("whatsapp")
    await scene.confirm(view)
    with pytest.raises(OutOfDate):
        await scene.confirm(view)
    assert scene.sim.ledger.count(METHOD) == 1


async def test_a_refusal_fails_them_all(scene: Scene) -> None:
    """What the provider refuses is refused for every service, with its reason; no order is left open."""
    view = await scene.bundle("whatsapp")
    scene.sim.world.keys[KEY].balance = Decimal(4)
    order = await scene.confirm(view)
    assert (order.state, order.error) == (State.FAILED, "low-balance")
    assert [one.state for one in await scene.orders()] == [State.FAILED, State.FAILED]


async def test_a_lost_answer_clouds_them_all_until_the_list_tells(scene: Scene) -> None:
    """When the answer is lost nothing is bought again; the provider's list brings both orders back."""
    view = await scene.bundle("whatsapp")
    scene.sim.fault("reset-after", METHOD)
    order = await scene.confirm(view)
    assert order.state is State.UNCERTAIN
    await scene.world.pass_(10)
    first, second = await scene.orders()
    assert (first.state, second.state) == (State.WAITING, State.WAITING)
    assert first.phone == second.phone
    assert {first.remote_id, second.remote_id} == {one.id for one in scene.sim.orders}
    assert scene.sim.ledger.count(METHOD) == 1


async def test_the_intents_are_written_before_the_call(scene: Scene) -> None:
    """While the paid call is under way both orders stand in the database."""
    view = await scene.bundle("whatsapp")
    scene.sim.fault("hang", METHOD)
    order = await scene.world.while_time_passes(scene.confirm(view))
    assert order.state is State.UNCERTAIN
    assert len(scene.world.rows("SELECT id FROM orders")) == 2


async def test_a_price_that_rose_asks_again(scene: Scene) -> None:
    """The price of every service counts, not the first one's alone."""
    view = await scene.bundle("whatsapp")
    scene.sim.stock("wa", "0", 4, "9")
    with pytest.raises(PriceRose):
        await scene.confirm(view)
    assert await scene.orders() == []


async def test_what_cannot_be_added(scene: Scene) -> None:
    """A service twice, one that is sold out, and another account's protocol that knows no such thing."""
    view = await scene.bundle("whatsapp")
    with pytest.raises(AlreadyDone):
        await scene.world.engine.bundles.add(USER, view.draft.token, "whatsapp")
    with pytest.raises(NoNumbers):
        await scene.world.engine.bundles.add(USER, view.draft.token, "viber")
    await scene.world.add_account(key="another-demo-key")
    offers = (await scene.world.engine.shop.offers(USER, "telegram", "RU")).offers
    plain = next(offer for offer in offers if offer.account.provider.slug == "getsms")
    with pytest.raises(NotOffered):
        await scene.world.engine.bundles.add(USER, plain.draft.token, "whatsapp")


async def test_an_operator_is_that_of_the_number(scene: Scene) -> None:
    """Whichever operator is chosen holds for all services, and the bundle stays whole."""
    view = await scene.bundle("whatsapp")
    changed = await scene.world.engine.shop.change(USER, view.draft.token, operator="tele2")
    assert [offer.operator for offer in changed.draft.offers] == ["tele2", "tele2"]
    await scene.confirm(changed)
    assert [one.operator for one in scene.sim.orders] == ["tele2", "tele2"]
