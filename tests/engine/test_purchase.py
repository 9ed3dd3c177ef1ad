"""Buying: the intent first, one call, the answer kept, and honest words for everything that goes wrong."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import (
    LowBalance,
    NoNumbers,
    NotYours,
    OutOfDate,
    PriceRose,
    RateLimited,
    Unreachable,
)
from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.outbox import Kind
from tests.engine.world import CARD, ON_BOTH, STRANGER, USER, World, until


def roubles(amount: str) -> Money:
    """Return an amount of the provider's money."""
    return Money(Decimal(amount), "RUB")


async def test_a_tap_buys_a_number(world: World) -> None:
    """The order is what the provider sold: its id, its phone, its price, fifteen minutes from now."""
    order = await world.buy()
    remote = world.remote(order)
    assert order.state is State.WAITING
    assert order.phone == remote.phone
    assert order.price == roubles("12.5")
    assert order.balance_before == roubles("500")
    assert order.expires_at == world.clock.now() + timedelta(minutes=15)
    assert (order.card_chat_id, order.card_message_id) == (USER, 55)
    assert (remote.service, remote.country, remote.key) == ("tg", "ru", "demo-key-of-the-user")
    assert await world.order(order.id) == order
    assert {message.kind for message in await world.told()} == {Kind.CARD}
    assert [message.order_id for message in await world.told()] == [order.id, order.id]


async def test_the_intent_is_on_disk_before_the_provider_is_called(world: World) -> None:
    """When the purchase reaches the provider, another process can read the whole intent from the file."""
    seen: list[list[tuple[object, ...]]] = []

    def look() -> None:
        if world.asked("getnumber"):
            seen.append(
                world.rows("SELECT state, service, country, amount, balance_before, remote_id FROM orders")
            )

    view = await world.offer()
    world.sim.listeners.append(look)
    await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert seen[0] == [("placing", "telegram", "RU", "12.5", "500.00", None)]


@ON_BOTH
async def test_twenty_taps_buy_one_number(world: World) -> None:
    """However often a confirm button is pressed at once, one request to buy goes out."""
    view = await world.offer()
    taps = [world.engine.purchase.confirm(USER, view.draft.token, **CARD) for _ in range(20)]
    results = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(result, OutOfDate) for result in results) == 19
    assert sum(isinstance(result, Order) for result in results) == 1
    assert world.asked("getnumber") == 1
    assert len(world.rows("SELECT id FROM orders")) == 1


async def test_a_used_button_is_out_of_date(world: World) -> None:
    """A second tap, minutes later and after the order has ended, asks the provider for nothing."""
    view = await world.offer()
    order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    world.sim.expire(str(order.remote_id))
    await world.pass_(10)
    before = len(world.sim.ledger.requests)
    with pytest.raises(OutOfDate):
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert len(world.sim.ledger.requests) == before


@pytest.mark.parametrize("token", ["", "made-up-by-hand", "x" * 500, "'; DROP TABLE orders; --"])
async def test_a_made_up_token_buys_nothing(world: World, token: str) -> None:
    """Callback data made by hand is an old button."""
    with pytest.raises(OutOfDate):
        await world.engine.purchase.confirm(USER, token, **CARD)
    assert world.asked("getnumber") == 0


async def test_nobody_presses_somebody_elses_button(world: World) -> None:
    """The button of one person buys nothing for another, and still works for its owner."""
    view = await world.offer()
    await world.add_account(STRANGER, "key-of-the-stranger")
    with pytest.raises(NotYours):
        await world.engine.purchase.confirm(STRANGER, view.draft.token, **CARD)
    assert world.asked("getnumber") == 0
    assert (await world.engine.purchase.confirm(USER, view.draft.token, **CARD)).state is State.WAITING


async def test_a_button_of_a_removed_account_buys_nothing(world: World) -> None:
    """Removing a key takes its confirm buttons with it."""
    view = await world.offer()
    await world.engine.accounts.remove(USER, view.account.account.id)
    with pytest.raises(NotYours):
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert world.asked("getnumber") == 0


async def test_a_price_that_rose_is_asked_again(world: World) -> None:
    """Dearer than on the button: nothing is bought or written, and the new price comes with the refusal."""
    view = await world.offer()
    world.sim.stock("tg", "ru", count=5, price="12.51")
    with pytest.raises(PriceRose) as caught:
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert caught.value.offer.price == roubles("12.51")
    assert world.asked("getnumber") == 0
    assert world.rows("SELECT id FROM orders") == []


async def test_a_price_that_fell_is_bought(world: World) -> None:
    """Cheaper than on the button needs no question."""
    view = await world.offer()
    world.sim.stock("tg", "ru", count=5, price="3")
    assert (await world.engine.purchase.confirm(USER, view.draft.token, **CARD)).state is State.WAITING


@pytest.mark.parametrize("gone", [True, False])
async def test_an_empty_stock_is_told_without_buying(world: World, *, gone: bool) -> None:
    """No numbers, or the service no longer sold there: nothing is bought or written."""
    view = await world.offer()
    if gone:
        del world.sim._shop.shelves["tg", "ru"]
    else:
        world.sim.stock("tg", "ru", count=0, price="12.50")
    with pytest.raises(NoNumbers):
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert world.asked("getnumber") == 0
    assert world.rows("SELECT id FROM orders") == []


async def test_nothing_goes_on_behind_an_offer_that_is_gone(world: World) -> None:
    """Where the stock is empty, the question for the balance that was asked meanwhile ends with the tap."""
    view = await world.offer()
    world.sim.stock("tg", "ru", count=0, price="12.50")
    world.sim.fault("hang", "getbalance")
    with pytest.raises(NoNumbers):
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert not [task for task in asyncio.all_tasks() if "before" in repr(task.get_coro())]


async def test_a_refusal_ends_the_order_with_its_reason(world: World) -> None:
    """What the provider refuses has cost nothing: the order has failed, in the provider's words."""
    world.sim.set_balance("demo-key-of-the-user", "1.00")
    order = await world.buy()
    assert (order.state, order.error) == (State.FAILED, LowBalance.slug)
    assert order.error_text == "Insufficient funds"
    assert order.remote_id is None
    await world.pass_(60)
    assert world.asked("getnumber") == 1
    assert world.asked("getcode") == 0
    assert await world.notices() == []


@pytest.mark.parametrize(("fault", "slug"), [("maintenance", "maintenance"), ("banned", "banned")])
async def test_refusals_of_a_purchase_are_told_apart(world: World, fault: str, slug: str) -> None:
    """Each documented refusal has its own name."""
    view = await world.offer()
    world.sim.fault(fault, "getnumber")
    order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert (order.state, order.error) == (State.FAILED, slug)


@ON_BOTH
async def test_the_last_number_goes_to_one_of_two(world: World) -> None:
    """Two people who want the last number: one has it, one is told that there are none."""
    world.sim.stock("tg", "ru", count=1, price="12.50")
    await world.add_account(STRANGER, "key-of-the-stranger")
    mine, theirs = await world.offer(), await world.offer(user_id=STRANGER)
    results = await asyncio.gather(
        world.engine.purchase.confirm(USER, mine.draft.token, **CARD),
        world.engine.purchase.confirm(STRANGER, theirs.draft.token, chat_id=STRANGER, message_id=9),
        return_exceptions=True,
    )
    bought = [result for result in results if isinstance(result, Order) and result.state is State.WAITING]
    assert len(bought) == 1
    assert len(world.sim.orders) == 1


async def test_a_price_that_cannot_be_asked_buys_nothing(world: World) -> None:
    """A provider that is down at the tap: the error is told, nothing is written, the button still works."""
    view = await world.offer()
    world.sim.fault("http-502", "getallcount", times=None)
    with pytest.raises(Unreachable):
        await world.while_time_passes(world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    assert world.asked("getnumber") == 0
    assert world.rows("SELECT id FROM orders") == []
    world.sim.faults.clear()
    assert (await world.engine.purchase.confirm(USER, view.draft.token, **CARD)).state is State.WAITING


async def test_a_host_that_wants_quiet_is_not_asked_to_sell(world: World) -> None:
    """In a pause that the provider asked for, a tap is refused and nothing is written."""
    view = await world.offer()
    world.sim.fault("429", "getbalance")
    with pytest.raises(RateLimited):
        await world.engine.accounts.balance(view.account)
    with pytest.raises(RateLimited):
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert world.asked("getnumber") == 0
    assert world.rows("SELECT id FROM orders") == []


async def test_a_balance_that_cannot_be_asked_stops_no_purchase(world: World) -> None:
    """The balance before is for comparison only."""
    view = await world.offer()
    world.sim.fault("html-200", "getbalance")
    order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert (order.state, order.balance_before) == (State.WAITING, None)


async def test_a_tap_that_is_given_up_is_finished(world: World) -> None:
    """Though a tap's handler is cancelled in mid-purchase, the answer is recorded and watched."""
    view = await world.offer()
    world.sim.fault("slow", "getnumber", seconds=3)
    tap = asyncio.create_task(world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    await until(lambda: world.asked("getnumber") > 0)
    tap.cancel()
    await asyncio.gather(tap, return_exceptions=True)
    await world.clock.advance(3)
    await world.engine.purchase.finish(10)
    [(state, remote_id)] = world.rows("SELECT state, remote_id FROM orders")
    assert (state, remote_id) == ("waiting", world.sim.orders[0].id)
    await world.pass_(6)
    assert world.asked("getcode") == 1


async def test_stopping_waits_for_a_purchase_under_way(world: World) -> None:
    """``finish`` returns once the answer is recorded, and gives up after its time."""
    view = await world.offer()
    world.sim.fault("slow", "getnumber", seconds=3)
    tap = asyncio.create_task(world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    await until(lambda: world.asked("getnumber") > 0)
    await world.engine.purchase.finish(0.01)
    assert not tap.done()
    finishing = asyncio.create_task(world.engine.purchase.finish(10))
    await world.clock.advance(3)
    await finishing
    assert world.rows("SELECT state FROM orders") == [("waiting",)]
    assert (await tap).state is State.WAITING
