"""Lists that fill in as accounts answer: who is still asked, prices by currency, tiers of price."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.views import AccountView
from bot.providers.base import Record
from bot.providers.presets import build_presets
from sandbox.getsms import GetSmsSimulator, serve
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator
from sandbox.handler_api import serve as serve_house
from tests.engine.world import CARD, KEY, USER, Builder, World


@dataclass
class Pair:
    """A running engine with an account at Get-SMS and one at another house."""

    world: World
    first: AccountView
    second: AccountView
    other: GetSmsSimulator


def activate(url: str) -> Record:
    """Return SMS-Activate's record for a host on loopback."""
    return next(record for record in build_presets(sms_activate_url=url) if record.slug == "sms-activate")


@pytest.fixture
async def pair(builder: Builder) -> AsyncIterator[Pair]:
    """Two houses; the other one counts in dollars."""
    other = GetSmsSimulator(clock=builder.clock)
    other.stock("tg", "ru", count=8, price="3")
    other.add_key(KEY)
    async with serve(other) as url:
        record = replace(builder.record("other", url), currency="USD")
        async with builder.world(further=(record,)) as world:
            first = await world.add_account()
            second = (await world.engine.accounts.add(USER, "other", KEY)).account
            await world.start()
            yield Pair(world, first, second, other)


@pytest.fixture
async def house(builder: Builder) -> AsyncIterator[tuple[World, HandlerApiSimulator]]:
    """An SMS-Activate with two prices for one shelf, and an account there alone."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, builder.clock)
    sim.add_key(KEY, "100.00")
    sim.stock("tg", "0", 4, "3")
    sim.stock_dearer("tg", "0", 7, "5")
    async with serve_house(sim) as url, builder.world(further=(activate(url),)) as world:
        await world.engine.people.arrive(USER, "en")
        await world.engine.accounts.add(USER, "sms-activate", KEY)
        await world.start()
        yield world, sim


async def test_offers_fill_in_as_accounts_answer(pair: Pair) -> None:
    """First nothing and whom we ask, then the quick account's offers, then all; buttons stay the same."""
    pair.other.fault("slow", "getallcount", seconds=5)
    shop = pair.world.engine.shop
    async with aclosing(shop.offers_as_they_come(USER, "telegram", "RU")) as views:
        start = await anext(views)
        assert (start.offers, set(start.asking)) == ((), {pair.first, pair.second})
        early = await anext(views)
        assert [offer.account for offer in early.offers] == [pair.first]
        assert early.asking == (pair.second,)
        late = await pair.world.while_time_passes(anext(views))
    assert late.asking == ()
    assert early.offers[0] in late.offers
    order = await pair.world.engine.purchase.confirm(USER, early.offers[0].draft.token, **CARD)
    assert order.state is State.WAITING


async def test_who_stops_looking_stops_the_asking(pair: Pair) -> None:
    """A list that nobody looks at any more leaves no request under way."""
    pair.other.fault("slow", "getallcount", seconds=500)
    async with aclosing(pair.world.engine.shop.countries_as_they_come(USER, "telegram")) as views:
        await anext(views)
        await anext(views)
    assert pair.world.clock.sleepers <= 2  # the scheduler's, and the simulator's that nobody waits for


async def test_prices_of_a_country_stand_by_currency(pair: Pair) -> None:
    """Best price in each currency; they are neither added nor compared, only the numbers are counted up."""
    view = await pair.world.engine.shop.countries(USER, "telegram")
    russia = next(choice for choice in view.choices if choice.country == "RU")
    assert russia.prices == (Money(Decimal("12.5"), "RUB"), Money(Decimal(3), "USD"))
    assert russia.stock == 13
    offers = (await pair.world.engine.shop.offers(USER, "telegram", "RU")).offers
    prices = [offer.draft.price for offer in offers]
    assert [price.currency for price in prices if price] == ["RUB", "USD"]


async def test_a_currency_without_stock_has_no_best_price(pair: Pair) -> None:
    """What is sold out does not stand beside what can be bought."""
    pair.other.stock("tg", "ru", count=0, price="3")
    view = await pair.world.engine.shop.countries(USER, "telegram")
    assert view.choices[0].prices == (Money(Decimal("12.5"), "RUB"),)


async def test_tiers_of_price_are_offers_of_their_own(house: tuple[World, HandlerApiSimulator]) -> None:
    """A shelf with two prices is two offers with their stock; the dearer one buys at its price."""
    world, sim = house
    view = await world.engine.shop.offers(USER, "telegram", "RU")
    told = [(offer.draft.price, offer.draft.offer.stock) for offer in view.offers]
    assert told == [(Money(Decimal("3.00"), "RUB"), 4), (Money(Decimal("5.00"), "RUB"), 7)]
    sim.stock("tg", "0", 0, "3")
    order = await world.engine.purchase.confirm(USER, view.offers[1].draft.token, **CARD)
    assert order.state is State.WAITING
    assert sim.order(order.remote_id or "").price == 5
