"""Providers that fail, refuse or talk nonsense while numbers wait: nothing is closed, nobody else suffers."""

import pytest
from structlog.testing import capture_logs

from bot.domain.orders import State
from bot.domain.outbox import Kind, Notice
from sandbox.getsms import GetSmsSimulator, serve
from tests.engine.world import KEY, STRANGER, USER, Builder, World

NONSENSE = ["html-200", "empty", "cut-off", "cut-off-stream", "wrong-types", "unknown-status"]
FAILURES = [
    "http-502",
    "http-500",
    "429",
    "cloudflare-403",
    "cloudflare-1020",
    "reset-before",
    "internal-error",
]

NEW_KEY = "another-key-of-the-user"
STRANGERS_KEY = "key-of-the-stranger"


@pytest.mark.parametrize("fault", NONSENSE + FAILURES)
async def test_no_failure_ends_an_order_or_loses_its_code(world: World, fault: str) -> None:
    """Ten minutes of nonsense later the order still waits, and the code that came meanwhile is told."""
    order = await world.buy()
    world.sim.fault(fault, "*", times=None)
    await world.pass_(300)
    world.deliver(order, "code 1")
    await world.pass_(300)
    assert (await world.order(order.id)).state is State.WAITING
    assert await world.codes() == []
    world.sim.faults.clear()
    await world.pass_(150)
    assert await world.codes() == ["code 1"]
    assert await world.notices() == []


async def test_a_failing_provider_is_asked_less_and_less(world: World) -> None:
    """Failures back off, to one question a minute, and the first answer restores the interval."""
    order = await world.buy()
    world.sim.fault("http-502", "getcode", times=None)
    await world.pass_(120)
    assert world.asked("getcode") < 12
    before = world.asked("getcode")
    await world.pass_(360)
    assert 4 <= world.asked("getcode") - before <= 9
    world.sim.faults.clear()
    await world.pass_(90)
    before = world.asked("getcode")
    await world.pass_(60)
    assert world.asked("getcode") - before == 12
    assert (await world.order(order.id)).state is State.WAITING


async def test_down_and_up_are_logged_once_and_shown(world: World) -> None:
    """Three orders of a provider that goes down and comes back make two lines of log, and three new cards."""
    orders = [await world.buy() for _ in range(3)]
    await world.pass_(5)
    await world.pass_(200)  # what a card says by itself when the SMS is late, it has said
    cards = sum(message.kind is Kind.CARD for message in await world.told())
    down_at = world.clock.now()
    with capture_logs() as logs:
        world.sim.fault("http-502", "*", times=None)
        await world.pass_(10)
        assert logs == []
        await world.pass_(290)
        assert [(entry["event"], entry["log_level"]) for entry in logs] == [
            ("provider does not answer", "warning")
        ]
        view = await world.engine.orders.view(USER, orders[0].id)
        assert view.silent_since is not None
        assert 0 < (view.silent_since - down_at).total_seconds() <= 10
        assert sum(message.kind is Kind.CARD for message in await world.told()) == cards + 3
        world.sim.faults.clear()
        await world.pass_(120)
    assert [entry["event"] for entry in logs] == ["provider does not answer", "provider answers again"]
    assert (await world.engine.orders.view(USER, orders[0].id)).silent_since is None
    assert sum(message.kind is Kind.CARD for message in await world.told()) == cards + 6


async def test_one_failure_among_answers_is_no_outage(world: World) -> None:
    """A provider that fails now and then is not called down."""
    await world.buy()
    with capture_logs() as logs:
        for _ in range(10):
            world.sim.fault("http-502", "getcode")
            await world.pass_(20)
    assert logs == []


async def test_a_provider_that_is_down_slows_no_other(builder: Builder) -> None:
    """Orders at a sound provider keep their interval while another provider hangs."""
    other = GetSmsSimulator(clock=builder.clock)
    other.stock("tg", "ru", count=5, price="1")
    other.add_key(KEY, balance="100")
    async with serve(other) as url, builder.world(further=(builder.record("other", url),)) as world:
        await world.add_account()
        await world.start()
        await world.engine.accounts.add(USER, "other", KEY)
        bought = [
            await world.engine.purchase.confirm(USER, view.draft.token, chat_id=USER, message_id=1)
            for view in (await world.engine.shop.offers(USER, "telegram", "RU")).offers
        ]
        sound = next(order for order in bought if order.provider == "other")
        world.sim.fault("http-502", "*", times=None)
        await world.pass_(60)
        assert other.ledger.count("getcode", sound.remote_id) == 12
        other.deliver(str(sound.remote_id), "from the sound one")
        await world.pass_(5)
        assert await world.codes() == ["from the sound one"]


async def test_a_rejected_key_pauses_one_account_and_is_told_once(world: World) -> None:
    """Two orders of one rejected key: one notice to the owner; a stranger's order goes on at full speed."""
    mine = [await world.buy() for _ in range(2)]
    await world.add_account(STRANGER, STRANGERS_KEY)
    view = await world.offer(user_id=STRANGER)
    theirs = await world.engine.purchase.confirm(STRANGER, view.draft.token, chat_id=STRANGER, message_id=9)
    kept = world.forget_key(KEY)
    asked = world.sim.ledger.count("getcode", theirs.remote_id)
    with capture_logs() as logs:
        await world.pass_(300)
    assert world.sim.ledger.count("getcode", theirs.remote_id) == asked + 60
    assert world.sim.ledger.count("getcode", mine[0].remote_id) <= 8
    [notice] = [message for message in await world.told() if message.kind is Kind.NOTICE]
    assert (notice.notice, notice.chat_id, notice.account_id) == (
        Notice.KEY_REJECTED,
        USER,
        mine[0].account_id,
    )
    assert (await world.engine.accounts.get(USER, mine[0].account_id)).account.rejected
    assert logs == []
    world.know_key(kept)
    world.deliver(mine[0], "code 1")
    await world.pass_(90)
    assert await world.codes() == ["code 1"]


async def test_a_key_that_is_accepted_again_is_not_called_rejected(world: World) -> None:
    """The mark goes with the first answer, so that a later rejection is told again."""
    order = await world.buy()
    for _ in range(2):
        kept = world.forget_key(KEY)
        await world.pass_(90)
        assert (await world.engine.accounts.get(USER, order.account_id)).account.rejected
        world.know_key(kept)
        await world.pass_(90)
        assert not (await world.engine.accounts.get(USER, order.account_id)).account.rejected
    assert await world.notices() == [Notice.KEY_REJECTED] * 2


async def test_a_replaced_key_is_used_for_open_orders(world: World) -> None:
    """After the owner has put a new key into the account its orders are asked for with that one."""
    order = await world.buy()
    world.forget_key(KEY)
    await world.pass_(5)
    world.sim.add_key(NEW_KEY)
    world.remote(order).key = NEW_KEY  # the provider has given the same customer another key
    await world.engine.accounts.replace(USER, order.account_id, NEW_KEY)
    await world.pass_(90)
    used = [asked.form["userkey"] for asked in world.sim.ledger.requests if asked.method == "getcode"]
    assert used[0] == KEY
    assert used[-1] == NEW_KEY


async def test_an_order_that_the_provider_does_not_know_ends_at_the_third_time(world: World) -> None:
    """Once or twice may be a slip of the provider; three times in a row is an end, with its reason."""
    order = await world.buy()
    remote = world.sim._shop.orders.pop(str(order.remote_id))
    await world.pass_(10)
    world.sim._shop.orders[remote.id] = remote
    await world.pass_(5)
    assert (await world.order(order.id)).state is State.WAITING
    del world.sim._shop.orders[remote.id]
    world.sim._shop._deadlines.clear()
    await world.pass_(10)
    assert (await world.order(order.id)).state is State.WAITING
    await world.pass_(5)
    after = await world.order(order.id)
    assert (after.state, after.error) == (State.CLOSED, "order-gone")
    assert await world.notices() == [Notice.CLOSED]


async def test_a_fault_of_ours_in_a_check_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in one check is put aside and logged, the order is asked for again, its code arrives."""
    order = await world.buy()
    world.deliver(order, "code 1")
    adapter = world.engine.watch._providers.get("getsms")

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    with capture_logs() as logs, monkeypatch.context() as patch:
        patch.setattr(adapter, "check", broken)
        await world.pass_(5)
    await world.pass_(65)
    assert await world.codes() == ["code 1"]
    assert [entry["event"] for entry in logs] == ["put aside"]
    assert world.running is not None
    assert not world.running.done()
