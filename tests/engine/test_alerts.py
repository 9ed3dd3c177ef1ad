"""Alerts: asked politely, once for all who want to know, and told once."""

from decimal import Decimal

import pytest

from bot.domain.errors import NotYours
from bot.domain.finding import Goods
from bot.domain.outbox import Notice
from bot.engine.alerts import Alerts
from tests.engine.world import STRANGER, USER, World

TELEGRAM = Goods("telegram", "RU")


async def settle(world: World, rounds: int = 1) -> None:
    """Let the rounds of five minutes pass."""
    await world.pass_(rounds * 300 + 20, step=10)


async def test_a_question_is_asked_once_for_everybody(world: World) -> None:
    """Two people who look out for the same cost one call in five minutes, and both hear."""
    await world.add_account(STRANGER, "key-of-the-other")
    for user in (USER, STRANGER):
        assert len(await world.engine.alerts.add(user, TELEGRAM, None)) == 1
    before = world.sim.ledger.count("getallcount")
    await settle(world, 3)
    assert 3 <= world.sim.ledger.count("getallcount") - before <= 4
    assert await world.notices() == [Notice.IN_STOCK, Notice.IN_STOCK]


async def test_what_goes_and_comes_is_told_again(world: World) -> None:
    """An event is told once while it lasts; after it was over the next one is told."""
    await world.engine.alerts.add(USER, TELEGRAM, None)
    await settle(world, 2)
    assert await world.notices() == [Notice.IN_STOCK]
    world.sim.stock("tg", "ru", count=0, price="12.50")
    await settle(world)
    world.sim.stock("tg", "ru", count=2, price="12.50")
    await settle(world)
    assert await world.notices() == [Notice.IN_STOCK] * 2


async def test_of_two_engines_one_asks(world: World) -> None:
    """Whoever claims a question first asks it: a second round at the same moment finds nothing to do."""
    await world.engine.alerts.add(USER, TELEGRAM, None)
    before = world.sim.ledger.count("getallcount")
    await world.clock.advance(1)
    engine = world.engine
    twin = Alerts(
        engine.alerts._database,
        world.clock,
        engine.accounts,
        engine.alerts._providers,
        engine.alerts._quotes,
        engine.scheduler,
        engine.outbox,
    )
    await engine.alerts._round()
    await twin._round()
    await world.pass_(30)
    assert world.sim.ledger.count("getallcount") - before == 1


async def test_it_ends_by_itself(world: World) -> None:
    """After seven days nothing is asked any more, and the list is empty."""
    await world.engine.alerts.add(USER, TELEGRAM, None)
    await world.clock.advance(7 * 24 * 3600 + 1)
    before = world.sim.ledger.count("getallcount")
    await settle(world)
    assert world.sim.ledger.count("getallcount") == before
    assert await world.engine.alerts.list(USER) == ()


async def test_nobody_ends_what_is_anothers(world: World) -> None:
    """An alert belongs to who made it."""
    (view,) = await world.engine.alerts.add(USER, TELEGRAM, None)
    with pytest.raises(NotYours):
        await world.engine.alerts.remove(STRANGER, view.alert.id)
    assert len(await world.engine.alerts.list(USER)) == 1


async def test_a_provider_that_is_down_tells_nothing(world: World) -> None:
    """An answer that does not come is no end of the numbers: nothing is told, and nothing is forgotten."""
    await world.engine.alerts.add(USER, TELEGRAM, None)
    await settle(world)
    world.sim.break_with("http-502")
    await settle(world)
    world.sim.break_with(None)
    await settle(world)
    assert await world.notices() == [Notice.IN_STOCK]


async def test_a_balance_is_asked_after_a_purchase(world: World) -> None:
    """Without anybody asking for it, a purchase that empties the account is noticed within minutes."""
    await world.engine.low_balances.set(USER, 1, Decimal(499))
    await world.pass_(120, step=10)
    assert await world.notices() == []
    order = await world.buy()
    world.deliver(order, "code 71234", "71234")
    await world.pass_(180, step=10)
    assert await world.notices() == [Notice.LOW_BALANCE]
    before = world.sim.ledger.count("getbalance")
    await world.pass_(600, step=10)
    assert world.sim.ledger.count("getbalance") == before
