"""Accounts: a key is proved before it is kept, told apart from its twins, and never lost with orders open."""

import asyncio
from decimal import Decimal

import pytest

from bot.domain.errors import (
    AccountInUse,
    KeyKnown,
    KeyRejected,
    KeyUnusable,
    NotYours,
    ProviderError,
    UnknownProvider,
    Unreachable,
)
from bot.domain.money import Money
from bot.domain.views import BalanceView
from sandbox.getsms import GetSmsSimulator, serve
from tests.engine.world import KEY, ON_BOTH, STRANGER, USER, Builder, World

SECOND = "second-key-of-the-user"


async def test_a_key_is_kept_once_it_is_proved(world: World) -> None:
    """Adding answers with the balance and the tail; the key itself is in no view."""
    world.sim.add_key(SECOND, balance="12.34")
    view = await world.engine.accounts.add(USER, "getsms", f"  {SECOND}\n")
    assert str(view.balance) == "Money(amount=Decimal('12.34'), currency='RUB')"
    assert (view.account.account.tail, view.account.provider.slug, view.error) == ("user", "getsms", None)
    assert SECOND not in repr(view)
    assert SECOND.encode() not in world.path.read_bytes()
    listed = await world.engine.accounts.list(USER)
    assert [account.account.id for account in listed][-1] == view.account.account.id


@pytest.mark.parametrize(
    "text", ["", "   ", "two words", "abc", "x" * 257, "key\nkey", "ключ-ключ", "a\x00bcdef"]
)
async def test_what_cannot_be_a_key_is_not_sent(world: World, text: str) -> None:
    """Blanks inside, strange letters, too short or too long: refused without asking the provider."""
    asked = len(world.sim.ledger.requests)
    with pytest.raises(KeyUnusable) as caught:
        await world.engine.accounts.add(USER, "getsms", text)
    assert len(world.sim.ledger.requests) == asked
    assert not text.strip() or text.strip() not in str(caught.value)


async def test_a_wrong_key_is_not_kept(world: World) -> None:
    """A key that the provider refuses leaves no row, and the error does not quote it."""
    with pytest.raises(KeyRejected) as caught:
        await world.engine.accounts.add(USER, "getsms", "not-a-key-there")
    assert "not-a-key-there" not in f"{caught.value!r}{caught.value}"
    assert len(await world.engine.accounts.list(USER)) == 1


@pytest.mark.parametrize("fault", ["html-200", "http-502", "reset-before", "429", "internal-error"])
async def test_a_key_that_cannot_be_proved_is_not_kept(world: World, fault: str) -> None:
    """When the provider does not answer properly nothing is kept, and the same key can be sent again."""
    world.sim.add_key(SECOND)
    world.sim.fault(fault, "getbalance", times=None)
    with pytest.raises(ProviderError):
        await world.while_time_passes(world.engine.accounts.add(USER, "getsms", SECOND))
    assert len(await world.engine.accounts.list(USER)) == 1
    world.sim.faults.clear()
    await world.clock.advance(100)
    assert (await world.engine.accounts.add(USER, "getsms", SECOND)).balance is not None


async def test_a_key_is_kept_once(world: World) -> None:
    """The same key again is known, without a request; another person may use it too."""
    asked = len(world.sim.ledger.requests)
    with pytest.raises(KeyKnown):
        await world.engine.accounts.add(USER, "getsms", KEY)
    assert len(world.sim.ledger.requests) == asked
    await world.engine.people.arrive(STRANGER, "ru")
    assert (await world.engine.accounts.add(STRANGER, "getsms", KEY)).error is None


@ON_BOTH
async def test_a_key_sent_five_times_at_once_is_kept_once(world: World) -> None:
    """A message that Telegram repeats adds one account; the others hear that the key is known."""
    world.sim.add_key(SECOND)
    tries = [world.engine.accounts.add(USER, "getsms", SECOND) for _ in range(5)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, BalanceView) for result in results) == 1
    assert sum(isinstance(result, KeyKnown) for result in results) == 4


async def test_labels_are_told_apart(world: World) -> None:
    """New accounts get the title, then the title with a free number, also after one was removed."""
    for key in ("key-2-of-user", "key-3-of-user"):
        world.sim.add_key(key)
        await world.engine.accounts.add(USER, "getsms", key)
    views = await world.engine.accounts.list(USER)
    assert [view.account.label for view in views] == ["Get-SMS", "Get-SMS 2", "Get-SMS 3"]
    await world.engine.accounts.remove(USER, views[0].account.id)
    world.sim.add_key("key-4-of-user")
    await world.engine.accounts.add(USER, "getsms", "key-4-of-user")
    labels = [view.account.label for view in await world.engine.accounts.list(USER)]
    assert labels == ["Get-SMS 2", "Get-SMS 3", "Get-SMS"]


@pytest.mark.parametrize(
    ("wanted", "label"),
    [("  my   work\nkey ", "my work key"), ("x" * 100, "x" * 64), ("   ", "Get-SMS"), ("<b>&", "<b>&")],
)
async def test_a_label_is_trimmed_and_cut(world: World, wanted: str, label: str) -> None:
    """Blanks are folded, 64 characters are kept, an empty label changes nothing."""
    [view] = await world.engine.accounts.list(USER)
    await world.engine.accounts.rename(USER, view.account.id, wanted)
    assert (await world.engine.accounts.get(USER, view.account.id)).account.label == label


async def test_a_replaced_key_keeps_the_account(world: World) -> None:
    """A new key goes into the same account, is proved first, and must be new."""
    [view] = await world.engine.accounts.list(USER)
    account_id = view.account.id
    with pytest.raises(KeyKnown):
        await world.engine.accounts.replace(USER, account_id, KEY)
    with pytest.raises(KeyRejected):
        await world.engine.accounts.replace(USER, account_id, "unknown-to-the-provider")
    assert (await world.engine.accounts.get(USER, account_id)).account.tail == KEY[-4:]
    world.sim.add_key("new-key-7777", balance="3")
    replaced = await world.engine.accounts.replace(USER, account_id, "new-key-7777")
    assert (replaced.account.account.id, replaced.account.account.tail) == (account_id, "7777")
    assert await world.engine.accounts.balance(replaced.account) == Money(Decimal(3), "RUB")


async def test_an_account_with_open_orders_is_not_removed(world: World) -> None:
    """Without its key an open order's code would be lost; afterwards removal wipes the key."""
    order = await world.buy()
    with pytest.raises(AccountInUse) as caught:
        await world.engine.accounts.remove(USER, order.account_id)
    assert caught.value.open_orders == 1
    world.sim.expire(str(order.remote_id))
    await world.pass_(10)
    await world.engine.accounts.remove(USER, order.account_id)
    assert world.rows("SELECT sealed, fingerprint FROM accounts") == [(None, None)]
    assert await world.engine.accounts.list(USER) == ()
    view = await world.engine.accounts.find(order.account_id)
    assert view is not None
    assert (await world.engine.orders.view(USER, order.id)).account == view
    with pytest.raises(NotYours):
        await world.engine.accounts.balance(view)


async def test_accounts_of_others_cannot_be_touched(world: World) -> None:
    """Another person's account looks like none at all, for every action."""
    [view] = await world.engine.accounts.list(USER)
    await world.add_account(STRANGER, SECOND)
    account_id = view.account.id
    engine = world.engine.accounts
    for attempt in (
        lambda: engine.get(STRANGER, account_id),
        lambda: engine.rename(STRANGER, account_id, "mine"),
        lambda: engine.remove(STRANGER, account_id),
        lambda: engine.replace(STRANGER, account_id, "some-other-key"),
    ):
        with pytest.raises(NotYours):
            await attempt()
    assert (await engine.get(USER, account_id)) == view


async def test_an_unknown_provider_is_said(world: World) -> None:
    """A provider's name made up by hand is refused by name."""
    with pytest.raises(UnknownProvider):
        await world.engine.accounts.add(USER, "nowhere", KEY)
    with pytest.raises(UnknownProvider):
        world.engine.accounts.provider(USER, "nowhere")
    assert [facts.slug for facts in world.engine.accounts.providers(USER)] == ["getsms"]
    assert world.engine.accounts.provider(USER, "getsms").minutes == 15


async def test_balances_come_as_they_answer(builder: Builder) -> None:
    """A provider that is down holds nobody up: the sound one answers first, the other with its error."""
    down = GetSmsSimulator(clock=builder.clock)
    async with serve(down) as url, builder.world(further=(builder.record("down", url),)) as world:
        down.add_key(KEY)
        await world.add_account(balance="7.50")
        await world.engine.accounts.add(USER, "down", KEY)
        down.fault("http-502", times=None)
        answers = world.engine.accounts.balances(USER)
        first = await anext(answers)
        assert (first.account.provider.slug, first.error) == ("getsms", None)
        assert first.balance is not None
        assert first.balance.amount == 7.5
        second = await world.while_time_passes(anext(answers))
        assert (second.account.provider.slug, second.balance) == ("down", None)
        assert isinstance(second.error, Unreachable)
        with pytest.raises(StopAsyncIteration):
            await anext(answers)
