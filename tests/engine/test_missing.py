"""A provider whose entry has gone from the configuration: shown by name, paused, back with its entry."""

import structlog

from bot.domain.errors import UnknownProvider
from bot.domain.orders import State
from sandbox.handler_api import serve
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import USER, Builder
from tests.support.clock import ManualClock


async def test_what_belongs_to_it_is_shown_and_waits(builder: Builder, clock: ManualClock) -> None:
    """Accounts, orders, offers and balances work around it; one line is logged, and no request is sent."""
    sim = house(clock)
    async with serve(sim) as url:
        async with builder.world(further=(record_of("gone", url),)) as world:
            account_id = await settle_in(world, "gone")
            await world.add_account()
            await world.start()
            order = await buy_at(world, account_id)
            await buy_at(world, account_id)
        asked = len(sim.ledger.requests)
        with structlog.testing.capture_logs() as logs:
            async with builder.world() as world:
                await world.start()
                await world.pass_(120)
                engine = world.engine
                lost, kept = await engine.accounts.list(USER)
                assert (lost.provider.title, lost.provider.site, kept.provider.slug) == ("gone", "", "getsms")
                view = await engine.orders.view(USER, order.id)
                assert (view.account.provider.title, view.actions, view.deals) == ("gone", (), ())
                sold = await engine.shop.offers(USER, "telegram", "RU")
                assert [offer.account.provider.slug for offer in sold.offers] == ["getsms"]
                answers = {
                    answer.account.provider.slug: answer async for answer in engine.accounts.balances(USER)
                }
                assert isinstance(answers["gone"].error, UnknownProvider)
                assert answers["getsms"].error is None
                assert engine.tools.of_account(lost) == ()
                assert (await engine.imports.find(USER)).asked == 0
        warned = [entry for entry in logs if "not configured" in entry["event"]]
        assert [entry["provider"] for entry in warned] == ["gone"]
        assert len(sim.ledger.requests) == asked


async def test_its_orders_go_on_when_the_entry_is_back(builder: Builder, clock: ManualClock) -> None:
    """A slip in the configuration, put right in time, costs no code."""
    sim = house(clock)
    async with serve(sim) as url:
        further = (record_of("gone", url),)
        async with builder.world(further=further) as world:
            account_id = await settle_in(world, "gone")
            await world.start()
            order = await buy_at(world, account_id)
        async with builder.world() as world:
            await world.start()
            await world.pass_(120)
        sim.deliver(order.remote_id or "", "Your code: 24680")
        async with builder.world(further=further) as world:
            await world.start()
            await world.pass_(10)
            assert await world.codes() == ["Your code: 24680"]


async def test_its_orders_end_with_their_time(builder: Builder, clock: ManualClock) -> None:
    """Half an hour after their lifetime they are over, as with a provider that does not answer."""
    sim = house(clock)
    async with serve(sim) as url, builder.world(further=(record_of("gone", url),)) as world:
        account_id = await settle_in(world, "gone")
        await world.start()
        order = await buy_at(world, account_id)
    async with builder.world() as world:
        await world.start()
        await world.pass_(45 * 60, step=60)
        assert (await world.order(order.id)).state is State.WAITING
        await world.pass_(10 * 60, step=60)
        assert (await world.order(order.id)).state is State.CLOSED


async def test_its_keys_can_move_to_any_house(builder: Builder, clock: ManualClock) -> None:
    """Nobody knows its language any more: whichever house takes the key is right."""
    sim = house(clock)
    async with serve(sim) as url:
        async with builder.world(further=(record_of("gone", url),)) as world:
            account_id = await settle_in(world, "gone")
        async with builder.world(further=(record_of("heir", url),)) as world:
            found = await world.engine.moves.targets(USER, account_id)
            assert [there.slug for there in found] == ["getsms", "heir"]
            moved = await world.engine.moves.move(USER, account_id, "heir")
    assert (moved.account.provider.slug, moved.error) == ("heir", None)
