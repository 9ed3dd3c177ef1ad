"""Moving a key to another host: proved there first, with everything that belongs to it, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal

import pytest

from bot.domain.errors import (
    KeyKnown,
    KeyRejected,
    MoveTooEarly,
    NotYours,
    OrdersStay,
    OutOfDate,
    UnknownProvider,
    Unreachable,
)
from bot.domain.money import Money
from bot.domain.orders import State
from bot.storage import orders
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import KEY, buy_at, house, record_of, settle_in
from tests.engine.world import CARD, ON_BOTH, STRANGER, USER, Builder, World, until
from tests.support.clock import ManualClock


@dataclass
class Street:
    """Two addresses of one house, and another house.

    Attributes:
        world: a running engine that knows all three, and a user with a key at the old address.
        sim: the house, which answers at ``old`` and at ``new``.
        other: a house that knows the key and none of the orders, at ``other``.
        closing: stops answering at the old address.
        account_id: the user's account.
    """

    world: World
    sim: HandlerApiSimulator
    other: HandlerApiSimulator
    closing: AsyncExitStack
    account_id: int

    def stored(self) -> list[tuple[str, str]]:
        """Return the providers of the account and of each order, as they stand in the database."""
        found = self.world.rows(
            "SELECT id, provider, 'account' FROM accounts "
            "UNION ALL SELECT account_id, provider, state FROM orders"
        )
        return [(provider, what) for id_, provider, what in found if id_ == self.account_id]


@pytest.fixture
async def street(builder: Builder, clock: ManualClock) -> AsyncIterator[Street]:
    """Two addresses of one house, and another house."""
    sim, other = house(clock), house(clock)
    async with AsyncExitStack() as closing, serve(sim) as new, serve(other) as elsewhere:
        old = await closing.enter_async_context(serve(sim))
        further = (
            record_of("old", old),
            record_of("new", new),
            record_of("other", elsewhere),
            record_of("shut", elsewhere, closed=True),
            record_of("hers", elsewhere, owner=STRANGER),
            record_of("his", elsewhere, owner=USER),
        )
        async with builder.world(further=further) as world:
            account_id = await settle_in(world, "old")
            await world.start()
            yield Street(world, sim, other, closing, account_id)


async def test_a_key_can_go_to_open_houses_of_its_language(street: Street) -> None:
    """Not to itself, not to a closed house, not to another language, not to somebody else's own host."""
    found = await street.world.engine.moves.targets(USER, street.account_id)
    assert [there.slug for there in found] == ["new", "other", "his"]
    with pytest.raises(NotYours):
        await street.world.engine.moves.targets(STRANGER, street.account_id)


async def test_a_code_comes_by_way_of_the_new_host(street: Street) -> None:
    """The old host is gone; account, open and ended orders follow, and the open one brings its code."""
    world = street.world
    ended = await buy_at(world, street.account_id)
    await world.pass_(30 * 60)
    order = await buy_at(world, street.account_id)
    await street.closing.aclose()
    view = await world.engine.moves.move(USER, street.account_id, "new")
    assert (view.account.provider.slug, view.account.account.id) == ("new", street.account_id)
    assert view.balance == Money(Decimal(47), "RUB")
    assert street.stored() == [("new", "account"), ("new", "expired"), ("new", "waiting")]
    assert order.remote_id is not None
    street.sim.deliver(order.remote_id, "Your code: 24680")
    await world.pass_(10)
    assert await world.codes() == ["Your code: 24680"]
    assert (await world.order(ended.id)).state is State.EXPIRED


@ON_BOTH
async def test_the_key_is_sealed_for_its_new_place(street: Street, builder: Builder) -> None:
    """After a restart the key opens for the new provider, and the account answers there."""
    world = street.world
    await world.engine.moves.move(USER, street.account_id, "other")
    await world.stop()
    asked = street.other.ledger.count("getBalance")
    here = world.engine.shop._providers.get("other").record
    async with builder.world(further=(here,)) as again:
        answer = await again.engine.accounts.check(USER, street.account_id)
    assert answer.error is None
    assert street.other.ledger.count("getBalance") == asked + 1


async def test_an_sms_that_the_new_host_has_is_delivered_at_once(street: Street) -> None:
    """What the new host answers while it is asked for the orders is not lost."""
    order = await buy_at(street.world, street.account_id)
    street.sim.deliver(order.remote_id or "", "Your code: 13579")
    await street.world.engine.moves.move(USER, street.account_id, "new")
    assert await street.world.codes() == ["Your code: 13579"]


async def test_orders_that_are_unknown_there_keep_the_key_where_it_is(street: Street) -> None:
    """A host that answers but does not know an open order would lose its code."""
    order = await buy_at(street.world, street.account_id)
    with pytest.raises(OrdersStay) as caught:
        await street.world.engine.moves.move(USER, street.account_id, "other")
    assert caught.value.open_orders == 1
    assert street.stored() == [("old", "account"), ("old", "waiting")]
    street.sim.deliver(order.remote_id or "", "Your code: 24680")
    await street.world.pass_(10)
    assert await street.world.codes() == ["Your code: 24680"]


async def test_a_key_that_is_unknown_there_stays(street: Street) -> None:
    """The new host proves the key by a balance call before anything is changed."""
    del street.other.keys[KEY]
    with pytest.raises(KeyRejected):
        await street.world.engine.moves.move(USER, street.account_id, "other")
    assert street.stored() == [("old", "account")]


async def test_a_host_that_does_not_answer_moves_nothing(street: Street) -> None:
    """No answer is no proof, neither about the key nor about an order."""
    await buy_at(street.world, street.account_id)
    for method in ("getBalance", "getStatus"):
        street.sim.fault("http-502", method, times=None)
        with pytest.raises(Unreachable):
            await street.world.while_time_passes(
                street.world.engine.moves.move(USER, street.account_id, "new")
            )
        street.sim.faults.clear()
    assert street.stored() == [("old", "account"), ("old", "waiting")]


@pytest.mark.parametrize("state", [State.PLACING, State.UNCERTAIN])
async def test_a_purchase_in_doubt_keeps_the_key(street: Street, state: State) -> None:
    """Only the old host can tell how a purchase ended that it was asked for."""
    order = await buy_at(street.world, street.account_id)
    async with street.world.database.write() as tx:
        await orders.move(tx, order.id, of={State.WAITING}, to=state)
    with pytest.raises(MoveTooEarly):
        await street.world.engine.moves.move(USER, street.account_id, "new")
    assert street.stored() == [("old", "account"), ("old", str(state))]


@ON_BOTH
async def test_a_number_that_is_bought_meanwhile_keeps_the_key(street: Street) -> None:
    """An order that came while the new host was being asked was not asked for there: better later."""
    street.other.fault("slow", "getBalance")
    moving = asyncio.create_task(street.world.engine.moves.move(USER, street.account_id, "other"))
    await until(lambda: street.other.ledger.count("getBalance") == 1)
    await buy_at(street.world, street.account_id)
    with pytest.raises(MoveTooEarly):
        await street.world.while_time_passes(moving)
    assert street.stored() == [("old", "account"), ("old", "waiting")]


async def test_a_key_that_is_kept_there_already_is_not_kept_twice(street: Street) -> None:
    """Two accounts with one key at one host would be one account twice."""
    await street.world.engine.accounts.add(USER, "other", KEY)
    with pytest.raises(KeyKnown):
        await street.world.engine.moves.move(USER, street.account_id, "other")
    assert street.stored() == [("old", "account")]


async def test_buttons_from_before_buy_nothing(street: Street) -> None:
    """Their prices are the old host's; the next look shows the new host's."""
    view = (await street.world.engine.shop.offers(USER, "telegram", "RU")).offers[0]
    street.other.stock("tg", "0", count=5, price="4")
    await street.world.engine.moves.move(USER, street.account_id, "other")
    with pytest.raises(OutOfDate):
        await street.world.engine.purchase.confirm(USER, view.draft.token, **CARD)
    assert street.sim.ledger.count("getNumberV2") + street.other.ledger.count("getNumberV2") == 0
    (now,) = (await street.world.engine.shop.offers(USER, "telegram", "RU")).offers
    assert (now.draft.offer.provider, now.draft.offer.price) == ("other", Money(Decimal(4), "RUB"))


@ON_BOTH
async def test_a_tap_during_the_move_buys_nothing_at_the_old_host(street: Street) -> None:
    """The purchase had looked at its price before the move, and is placed after it: it is refused."""
    view = (await street.world.engine.shop.offers(USER, "telegram", "RU")).offers[0]
    street.sim.fault("slow", "getTopCountriesByService")
    buying = asyncio.create_task(street.world.engine.purchase.confirm(USER, view.draft.token, **CARD))
    await until(lambda: street.sim.ledger.count("getTopCountriesByService") > 1)
    await street.world.engine.moves.move(USER, street.account_id, "other")
    with pytest.raises(OutOfDate):
        await street.world.while_time_passes(buying)
    assert street.sim.ledger.count("getNumberV2") + street.other.ledger.count("getNumberV2") == 0


async def test_nobody_moves_another_persons_key(street: Street) -> None:
    """Neither somebody else's account, nor onto somebody else's own host, nor to nowhere."""
    await street.world.engine.people.arrive(STRANGER, "en")
    with pytest.raises(NotYours):
        await street.world.engine.moves.move(STRANGER, street.account_id, "new")
    for slug in ("hers", "nowhere"):
        with pytest.raises(UnknownProvider):
            await street.world.engine.moves.move(USER, street.account_id, slug)
    assert street.stored() == [("old", "account")]


async def test_a_move_lifts_the_mark_of_a_rejected_key(street: Street) -> None:
    """The old host refused the key, the new one takes it: the account works again."""
    order = await buy_at(street.world, street.account_id)
    known = street.sim.keys.pop(KEY)
    await street.world.pass_(10)
    assert (await street.world.engine.accounts.get(USER, street.account_id)).account.rejected
    street.sim.keys[KEY] = known
    view = await street.world.engine.moves.move(USER, street.account_id, "new")
    assert not view.account.account.rejected
    street.sim.deliver(order.remote_id or "", "Your code: 24680")
    await street.world.pass_(10)
    assert await street.world.codes() == ["Your code: 24680"]
