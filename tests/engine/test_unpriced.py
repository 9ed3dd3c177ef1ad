"""A provider that tells no prices: its offers, and what the balance says after a purchase."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.errors import OutOfDate
from bot.domain.money import Money
from bot.domain.offers import Offer
from bot.domain.orders import Action, Order, State
from bot.domain.outbox import Kind, Notice
from bot.engine.quotes import rank
from bot.providers.presets import build_presets
from sandbox.sms_reg import SmsRegSimulator, serve
from tests.engine.world import CARD, KEY, USER, Builder, World
from tests.support.clock import ManualClock

ONLINE = "getsms-online"


def roubles(amount: str) -> Money:
    """Return an amount."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def reg(clock: ManualClock) -> SmsRegSimulator:
    """A provider with numbers for Telegram in Russia, at a price that it keeps to itself."""
    reg = SmsRegSimulator(clock)
    reg.add_key(KEY, balance="500.00")
    reg.stock("telegram", "ru", count=5, price="49")
    return reg


@pytest.fixture
async def still(builder: Builder, reg: SmsRegSimulator) -> AsyncIterator[World]:
    """An engine that does not run yet, and a user with a key there alone."""
    async with serve(reg) as url:
        record, *_ = build_presets(getsms_online_url=url, getsms_online_api="sms_reg")
        unhurried = replace(record, limits=replace(record.limits, requests_per_second=None))
        async with builder.world(hasty=True, further=(unhurried,)) as world:
            await world.engine.people.arrive(USER, "en")
            await world.engine.accounts.add(USER, ONLINE, KEY)
            yield world


@pytest.fixture
async def online(still: World) -> World:
    """The same at work."""
    await still.start()
    return still


async def redrawn(world: World, order: Order) -> bool:
    """Whether the order's card waits to be drawn; it is taken from the queue."""
    cards = [one for one in await world.told() if one.kind is Kind.CARD and one.order_id == order.id]
    for one in cards:
        await world.engine.outbox.end([one.id], "sent")
    return bool(cards)


async def test_what_there_are_words_for_is_offered(online: World) -> None:
    """Every country of the provider's list, in the catalogue's order, without price and stock."""
    view = await online.engine.shop.countries(USER, "telegram")
    assert [choice.country for choice in view.choices] == ["RU", "UA", "KZ", "GB", "DE", "BY", "PL", "ZZ"]
    assert {(choice.cheapest.price, choice.stock, choice.prices) for choice in view.choices} == {
        (None, None, ())
    }
    for unknown in ("netflix", "getsms-online:xyz", "getsms:ask"):
        assert (await online.engine.shop.countries(USER, unknown)).choices == ()


async def test_prices_that_are_told_rank_first(online: World) -> None:
    """Offers with a price stand before those without, countries too; a country shows the prices it has."""
    await online.add_account()
    offers = (await online.engine.shop.offers(USER, "telegram", "RU")).offers
    assert [offer.draft.price for offer in offers] == [roubles("12.50"), None]
    choices = (await online.engine.shop.countries(USER, "telegram")).choices
    assert [choice.country for choice in choices][:3] == ["RU", "TR", "UA"]
    assert choices[0].prices == (roubles("12.50"),)
    online.sim.stock("tg", "ru", count=0, price="12.50")
    await online.clock.advance(20)
    offers = (await online.engine.shop.offers(USER, "telegram", "RU")).offers
    assert [(offer.draft.price, offer.draft.offer.stock) for offer in offers] == [
        (None, None),
        (roubles("12.50"), 0),
    ]


def test_the_order_of_offers() -> None:
    """In stock, then with a price, cheapest first by currency; what is sold out comes last."""

    def offer(price: Money | None, stock: int | None = None) -> Offer:
        return Offer(1, "house", "telegram", "RU", price, stock)

    dollar = Money(Decimal(1), "USD")
    ranked = [
        offer(roubles("2")),
        offer(roubles("10"), 1),
        offer(dollar),
        offer(None),
        offer(roubles("1"), 0),
    ]
    shuffled = ranked[::-1]
    assert sorted(shuffled, key=rank) == ranked


async def test_the_balance_tells_what_it_cost(online: World, reg: SmsRegSimulator) -> None:
    """After the answer the balance is read once more, and the card drawn anew."""
    order = await online.buy()
    assert (order.state, order.price, order.balance_before) == (State.WAITING, None, roubles("500"))
    await redrawn(online, order)
    await online.pass_(1)
    known = await online.order(order.id)
    assert (known.price, known.is_worked_out) == (roubles("49"), True)
    assert await redrawn(online, order)
    asked = reg.ledger.count("getBalance")
    await online.pass_(120)
    assert reg.ledger.count("getBalance") == asked
    assert reg.ledger.count("getNum") == 1


async def test_money_that_goes_later_is_seen_later(still: World, reg: SmsRegSimulator) -> None:
    """Some charge when the number is there: while nothing is gone, the balance is read again."""
    order = await still.buy()
    reg.set_balance(KEY, "500.00")
    await still.start()
    await still.pass_(1)
    assert (await still.order(order.id)).price is None
    reg.set_balance(KEY, "451.00")
    await still.pass_(35)
    assert (await still.order(order.id)).price == roubles("49")


@pytest.mark.parametrize("balance", ["500.00", "600.00"])
async def test_what_the_balance_does_not_tell_is_not_claimed(
    still: World, reg: SmsRegSimulator, balance: str
) -> None:
    """A balance that stands still or rose (a top-up) says nothing: no price, and an end to the asking."""
    order = await still.buy()
    reg.set_balance(KEY, balance)
    asked = reg.ledger.count("getBalance")
    await still.start()
    await still.pass_(600)
    assert reg.ledger.count("getBalance") == asked + 3
    known = await still.order(order.id)
    assert (known.price, known.is_worked_out) == (None, False)


async def test_two_purchases_at_once_claim_nothing(still: World) -> None:
    """The fall of the balance may be the other one's: neither order is given a cost."""
    first, second = await still.buy(), await still.buy()
    await still.start()
    await still.pass_(120)
    assert [(await still.order(order.id)).price for order in (first, second)] == [None, None]


async def test_an_order_that_was_open_before_spoils_the_sum(still: World, reg: SmsRegSimulator) -> None:
    """It is given back between the two looks: the fall of the balance is not the cost."""
    reg.stock("whatsapp", "ru", count=1, price="20")
    first = await still.buy(service="whatsapp")
    second = await still.buy()
    await still.engine.watch._delivery.number(first.id, "79990000000")
    await still.engine.actions.act(USER, first.id, Action.BAN)
    await still.start()
    await still.pass_(120)
    assert (await still.order(second.id)).price is None


async def test_after_a_quiet_end_the_next_one_is_told_again(online: World, reg: SmsRegSimulator) -> None:
    """Orders that are over spoil nothing."""
    first = await online.buy()
    await online.pass_(6)
    await online.engine.actions.act(USER, first.id, Action.BAN)
    reg.stock("telegram", "ru", count=5, price="55")
    second = await online.buy()
    await online.pass_(1)
    assert (await online.order(second.id)).price == roubles("55")


async def test_a_provider_that_tells_no_balance_now(online: World, reg: SmsRegSimulator) -> None:
    """Without a balance before there is nothing to compare: the purchase goes on, its cost stays untold."""
    view = await online.offer()
    reg.fault("http-500", "getBalance")
    order = await online.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert (order.state, order.price, order.balance_before) == (State.WAITING, None, None)
    await online.pass_(120)
    assert (await online.order(order.id)).price is None


async def test_a_lost_answer_is_told_with_both_balances(online: World, reg: SmsRegSimulator) -> None:
    """In doubt the balances are shown as for any purchase, even where only the later one could be had."""
    view = await online.offer()
    reg.fault("http-500", "getBalance")
    reg.fault("reset-after", "getNum")
    order = await online.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert order.state is State.UNCERTAIN
    await online.pass_(5)
    known = await online.order(order.id)
    assert (known.price, known.balance_before, known.balance_after) == (None, None, roubles("451"))
    await online.pass_(23 * 60)
    assert await online.notices() == [Notice.UNCERTAIN, Notice.SETTLED]
    assert reg.ledger.count("getNum") == 1


async def test_a_price_is_not_confirmed_where_none_is_told(online: World, reg: SmsRegSimulator) -> None:
    """A button that names a price does not buy blind, nor can a price be named there."""
    view = await online.offer()
    priced = await online.engine.shop.change(USER, view.draft.token, price=roubles("60"))
    with pytest.raises(OutOfDate):
        await online.engine.purchase.confirm(USER, priced.draft.token, **CARD)
    assert reg.operations == []


async def test_nothing_is_said_of_a_number_that_is_not_there(online: World, reg: SmsRegSimulator) -> None:
    """Until the number has come, *SMS sent* and *Ban* are not offered: they would not be heard."""
    reg.number_after = 8
    order = await online.buy()
    assert (await online.engine.orders.view(USER, order.id)).actions == ()
    await online.pass_(15)
    view = await online.engine.orders.view(USER, order.id)
    assert set(view.actions) == {Action.BAN, Action.READY}
    assert view.ready_first
    await online.engine.actions.act(USER, order.id, Action.READY)
    assert (await online.engine.orders.view(USER, order.id)).actions == (Action.BAN,)
    reg.deliver(order.remote_id or "", "1234", "1234")
    await online.pass_(10)
    assert await online.codes() == ["1234"]


async def test_a_start_takes_an_order_without_a_price_up(online: World, reg: SmsRegSimulator) -> None:
    """Neither the watch nor the archive stumbles over it."""
    reg.fault("http-500", "getBalance")
    order = await online.buy()
    await online.stop()
    await online.start()
    await online.pass_(10)
    assert (await online.engine.orders.page(USER, 0, is_open=True)).orders[0].order.id == order.id
