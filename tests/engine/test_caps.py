"""Caps: what a person allows is not passed, by however many taps, and what is denied has cost nothing."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.caps import Cap
from bot.domain.errors import CapReached, NotYours
from bot.domain.money import Money
from bot.domain.orders import Action, Order, State
from bot.storage import settings
from tests.engine.test_purchase import roubles
from tests.engine.world import CARD, ON_BOTH, STRANGER, USER, World

DAY = 24 * 3600.0


async def account_of(world: World) -> int:
    """Return the user's account at Get-SMS."""
    return (await world.engine.accounts.list(USER))[0].account.id


async def limit(world: World, *, day: str | None = None, opened: int | None = None) -> int:
    """Set the user's limits; return the account that pays."""
    account_id = await account_of(world)
    await world.engine.caps.set_open(USER, opened)
    await world.engine.caps.set_day(USER, account_id, None if day is None else Decimal(day))
    return account_id


async def twenty_taps(world: World) -> list[Any]:
    """Press twenty confirm buttons at once, each of an offer of its own."""
    world.sim.stock("tg", "ru", count=50, price="12.50")
    tokens = [(await world.offer()).draft.token for _ in range(20)]
    taps = [world.engine.purchase.confirm(USER, token, **CARD) for token in tokens]
    return list(await asyncio.gather(*taps, return_exceptions=True))


async def spent(world: World) -> Money | None:
    """Return what counts against the account's cap now."""
    return (await world.engine.caps.tally(await account_of(world))).spent


@ON_BOTH
@pytest.mark.parametrize("limits", [{"opened": 1}, {"day": "12.50"}, {"day": "24.99"}], ids=str)
async def test_twenty_taps_at_once_pass_no_cap(world: World, limits: dict[str, Any]) -> None:
    """Of twenty purchases at once exactly as many go out as the cap allows; nineteen are denied."""
    await limit(world, **limits)
    results = await twenty_taps(world)
    assert sum(isinstance(result, CapReached) for result in results) == 19
    assert sum(isinstance(result, Order) for result in results) == 1
    assert world.asked("getnumber") == 1
    assert world.rows("SELECT state FROM orders") == [("waiting",)]


@ON_BOTH
async def test_two_fit_where_two_are_allowed(world: World) -> None:
    """A cap is what may be reached, not what may not."""
    await limit(world, day="25", opened=2)
    results = await twenty_taps(world)
    assert sum(isinstance(result, Order) for result in results) == 2
    assert await spent(world) == roubles("25")


async def test_without_limits_nothing_is_held_up(world: World) -> None:
    """Limits are off until they are set, and off again once they are lifted."""
    await limit(world, day="1", opened=1)
    await limit(world)
    assert sum(isinstance(result, Order) for result in await twenty_taps(world)) == 20


async def test_a_denial_says_how_far_one_is(world: World) -> None:
    """The error names the limit, what it allows and what counts already; the button stays good."""
    account_id = await limit(world, day="20")
    await world.buy()
    view = await world.offer()
    with pytest.raises(CapReached) as caught:
        await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    told = caught.value
    assert (told.cap, told.most, told.now) == (Cap.DAY, roubles("20"), roubles("12.50"))
    assert told.account_id == account_id
    assert len(world.rows("SELECT id FROM orders")) == 1
    await limit(world, day="25")
    order = await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert order.state is State.WAITING


async def test_numbers_open_at_once_count_over_all_accounts(world: World) -> None:
    """The limit on open numbers is the person's: another key does not help, an ended order does."""
    world.sim.add_key("second-key-of-the-user", balance="500")
    await world.engine.accounts.add(USER, "getsms", "second-key-of-the-user")
    await limit(world, opened=1)
    order = await world.buy()
    for view in (await world.engine.shop.offers(USER, "telegram", "RU")).offers:
        with pytest.raises(CapReached) as caught:
            await world.engine.purchase.confirm(USER, view.draft.token, **CARD)
        assert (caught.value.cap, caught.value.most, caught.value.now) == (Cap.OPEN, 1, 1)
    await world.engine.actions.act(USER, order.id, Action.CANCEL)
    assert (await world.buy()).state is State.WAITING


async def test_limits_are_each_persons_own(world: World) -> None:
    """What one person has open or spends is nothing to another, and nobody sets another's limit."""
    account_id = await limit(world, day="13", opened=1)
    await world.buy()
    await world.add_account(STRANGER, "key-of-the-stranger")
    assert (await world.buy(user_id=STRANGER)).state is State.WAITING
    with pytest.raises(NotYours):
        await world.engine.caps.set_day(STRANGER, account_id, None)
    with pytest.raises(NotYours):
        await world.engine.caps.account(STRANGER, account_id)


async def test_what_comes_back_does_not_count(world: World) -> None:
    """A number given back without an SMS, and a refused purchase, leave the cap as it was."""
    await limit(world, day="13")
    order = await world.buy()
    assert await spent(world) == roubles("12.50")
    await world.engine.actions.act(USER, order.id, Action.CANCEL)
    assert await spent(world) == roubles("0")
    world.sim.fault("maintenance", "getnumber")
    assert (await world.buy()).state is State.FAILED
    assert await spent(world) == roubles("0")
    assert (await world.buy()).state is State.WAITING


async def test_what_brought_an_sms_counts_to_the_end_of_its_day(world: World) -> None:
    """A number with its code counts after it has ended, too, until 24 hours after its purchase."""
    await limit(world, day="13")
    order = await world.buy()
    world.deliver(order, "Your code: 1234", "1234")
    await world.pass_(6)
    await world.pass_(20 * 60, step=60)
    assert (await world.order(order.id)).state is State.FINISHED
    assert await spent(world) == roubles("12.50")
    with pytest.raises(CapReached):
        await world.buy()
    await world.clock.advance(DAY - 20 * 60 - 6 - 1)
    assert await spent(world) == roubles("12.50")
    await world.clock.advance(2)
    assert await spent(world) == roubles("0")
    assert (await world.buy()).state is State.WAITING


async def test_what_is_in_doubt_counts(hasty: World) -> None:
    """A purchase whose answer was lost may have been charged: it counts until it is known not to be."""
    await limit(hasty, day="13")
    view = await hasty.offer()
    hasty.sim.fault("reset-after", "getnumber")
    order = await hasty.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert order.state is State.UNCERTAIN
    assert await spent(hasty) == roubles("12.50")
    with pytest.raises(CapReached):
        await hasty.buy()
    await hasty.pass_(20 * 60, step=30)
    assert (await hasty.order(order.id)).state is State.FAILED
    assert await spent(hasty) == roubles("0")


async def test_a_limit_in_another_currency_lets_nothing_pass(world: World) -> None:
    """Where the key has moved to a house with another currency, the old limit is not silently off."""
    account_id = await limit(world, day="100")
    async with world.database.write() as tx:
        await tx.exec_driver_sql("UPDATE caps SET currency = 'USD'")
    with pytest.raises(CapReached) as caught:
        await world.buy()
    assert (caught.value.cap, caught.value.most) == (Cap.FOREIGN, Money(Decimal(100), "USD"))
    assert world.asked("getnumber") == 0
    await world.engine.caps.set_day(USER, account_id, Decimal(100))
    assert (await world.buy()).state is State.WAITING


async def test_caps_of_all_accounts_are_shown(world: World) -> None:
    """The view holds every account in its currency, with and without a cap, and what is open."""
    await limit(world, day="100", opened=3)
    await world.buy()
    view = await world.engine.caps.view(USER)
    assert (view.open_most, view.open_now) == (3, 1)
    (one,) = view.accounts
    assert (one.currency, one.tally.cap, one.tally.spent) == ("RUB", roubles("100"), roubles("12.50"))
    await limit(world)
    (one,) = (await world.engine.caps.view(USER)).accounts
    assert (one.tally.cap, one.tally.spent) == (None, None)


async def test_other_settings_stay_when_one_changes(world: World) -> None:
    """The row of a person's settings is made once, and each change touches its own column."""
    async with world.database.write() as tx:
        await settings.change(tx, USER, auto_cancel_minutes=5)
    await world.engine.caps.set_open(USER, 2)
    assert world.rows("SELECT user_id, open_orders_most, auto_cancel_minutes FROM settings") == [(USER, 2, 5)]


async def test_a_row_of_bad_luck_is_told(world: World) -> None:
    """Five numbers without an SMS, and more than half of the last, make an account's history risky."""
    account_id = await account_of(world)
    world.sim.stock("tg", "ru", count=50, price="1")
    for missed in range(1, 6):
        order = await world.buy()
        await world.engine.actions.act(USER, order.id, Action.CANCEL)
        spending = (await world.engine.caps.tally(account_id)).spending
        assert (spending.missed, spending.is_risky) == (missed, missed == 5)
    for brought in range(1, 6):
        order = await world.buy()
        world.deliver(order, f"Your code: 100{brought}", f"100{brought}")
        await world.pass_(6)
        await world.pass_(16 * 60, step=60)
        spending = (await world.engine.caps.tally(account_id)).spending
        assert (spending.looked_at, spending.is_risky) == (5 + brought, brought < 5)
    await world.clock.advance(DAY)
    assert (await world.engine.caps.tally(account_id)).spending.endings == ()
