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


async def test_an_alert_that_cannot_be_read(world: World) -> None:
    """Who looks out for the same hears all the same, and the question is asked in its time alone."""
    await world.add_account(STRANGER, "key-of-the-other")
    for user in (USER, STRANGER):
        await world.engine.alerts.add(user, TELEGRAM, None)
    async with world.database.write() as tx:
        await tx.exec_driver_sql("UPDATE alerts SET amount = 'x', currency = 'RUB' WHERE user_id = 1001")
    before = world.sim.ledger.count("getallcount")
    await settle(world, 3)
    assert [one.chat_id for one in await world.told() if one.notice is Notice.IN_STOCK] == [STRANGER]
    assert 3 <= world.sim.ledger.count("getallcount") - before <= 4


async def test_a_question_that_fails_is_not_asked_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes again after five minutes, once, whatever it failed of."""
    asked = []

    async def fail(*_: object) -> None:
        asked.append(world.clock.now())
        raise ValueError

    await world.engine.alerts.add(USER, TELEGRAM, None)
    monkeypatch.setattr(world.engine.alerts._quotes, "recent", fail)
    await settle(world, 2)
    assert 2 <= len(asked) <= 3
    assert world.rows("SELECT ref FROM faults") == []


async def test_a_broken_threshold_keeps_nobody_from_buying(world: World) -> None:
    """A balance that cannot be compared is none of the purchase's business."""
    await world.engine.low_balances.set(USER, 1, Decimal(499))
    async with world.database.write() as tx:
        await tx.exec_driver_sql("UPDATE low_balances SET amount = 'x'")
    assert (await world.buy()).phone
