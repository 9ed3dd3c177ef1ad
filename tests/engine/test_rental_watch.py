"""Watching rentals: every SMS once, whatever crashes; no more calls than the provider's document allows."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import insert, select

from bot.domain.outbox import Kind
from bot.engine.rent_delivery import RentDelivery
from bot.storage import rentals
from bot.storage.rental_tables import RentalRow
from tests.engine import lettings
from tests.engine.lettings import DAY, HOUR, MONTH, asked_at, let, letting, pushed, settle
from tests.engine.world import CARD, USER, Builder, World
from tests.support.clock import ManualClock


async def test_an_sms_is_pushed_once(world: World) -> None:
    """An SMS of a rental is told in the owner's chat at the next look, however often it is read again."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    await world.pass_(60)
    assert await pushed(world) == []
    world.sim.deliver(rental.remote_id or "", "Your code is 12345")
    await world.pass_(15)
    assert await pushed(world) == [(USER, rental.id, "Your code is 12345")]
    await world.pass_(20 * 60, step=15)
    assert len(await pushed(world)) == 1


async def test_the_same_text_twice_is_two_sms(world: World) -> None:
    """Two SMS with one text, a minute apart, are both told."""
    rental = await let(world, await lettings.settle_at_getsms(world))
    for _ in range(2):
        world.sim.deliver(rental.remote_id or "", "Hello")
        await world.pass_(60, step=15)
    assert [text for *_, text in await pushed(world)] == ["Hello", "Hello"]


async def test_an_sms_of_a_card_in_a_group_is_told_there_and_to_the_owner(world: World) -> None:
    """The chat of the card and the owner's own chat both hear of an SMS; the card is drawn anew."""
    rental = await let(world, await lettings.settle_at_getsms(world), chat_id=-100777)
    world.sim.deliver(rental.remote_id or "", "Hello")
    await world.pass_(15)
    assert {chat for chat, *_ in await pushed(world)} == {-100777, USER}
    assert {message.chat_id for message in await world.told() if message.kind is Kind.CARD} == {-100777}


async def test_a_rental_is_asked_for_less_often_the_longer_nothing_came(world: World) -> None:
    """Every 15 seconds in the first hour, every 30 on the first day, every 60 later; news make it fresh."""
    rental = await let(world, await lettings.settle_at_getsms(world), period=lettings.WEEK)
    remote_id = rental.remote_id or ""

    def gaps() -> set[float]:
        asked = asked_at(world.sim, "rent/getcode", remote_id)[-3:]
        return {(later - sooner).total_seconds() for sooner, later in pairwise(asked)}

    await world.pass_(120, step=15)
    assert gaps() == {15}
    await world.pass_(HOUR, step=15)
    assert gaps() == {30}
    world.clock.skip(DAY)
    await world.pass_(5 * 60, step=15)
    assert gaps() == {60}
    world.sim.deliver(remote_id, "Hello")
    await world.pass_(3 * 60, step=15)
    assert gaps() == {15}


async def test_a_look_at_the_card_asks_soon(world: World) -> None:
    """Who opens a card of a rental that is asked for once a minute hears what there is, and goes on to."""
    rental = await let(world, await lettings.settle_at_getsms(world), period=lettings.WEEK)
    await world.pass_(15)
    world.clock.skip(2 * DAY)
    await world.pass_(5 * 60 + 20, step=20)
    world.sim.deliver(rental.remote_id or "", "Hello")
    before = len(asked_at(world.sim, "rent/getcode"))
    await world.engine.rent_book.view(USER, rental.id)
    await world.pass_(16, step=1)
    assert len(await pushed(world)) == 1
    await world.engine.rent_book.view(USER, rental.id)
    await world.engine.rent_book.view(USER, rental.id)
    await world.pass_(1)
    assert len(asked_at(world.sim, "rent/getcode")) - before <= 2


async def test_nothing_is_lost_between_reading_and_recording(
    builder: Builder, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The provider forgets that an SMS is news as it is read; a bot that dies then tells it after a start."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(60)

        async def die(*_: object) -> None:
            raise RuntimeError("out of memory")

        monkeypatch.setattr(RentDelivery, "sms", die)
        sim.deliver(rental.remote_id or "", "Hello")
        await world.pass_(30)
        assert not sim.order(rental.remote_id or "").unread
        assert await pushed(world) == []
        await world.kill()
    monkeypatch.undo()
    async with letting(builder, sim) as world:
        await world.start()
        await world.pass_(60)
        assert await pushed(world) == [(USER, rental.id, "Hello")]


async def test_a_fault_while_recording_loses_nothing_without_a_restart(
    builder: Builder, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be recorded is read again in the next round, though the list calls it no news."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id)
        await world.pass_(60)

        async def fail(*_: object) -> None:
            raise RuntimeError("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(RentDelivery, "sms", fail)
            sim.deliver(rental.remote_id or "", "Hello")
            await world.pass_(30)
        await world.pass_(120)
        assert await pushed(world) == [(USER, rental.id, "Hello")]


async def _smspva_tenants(world: World, count: int) -> list[str]:
    account_id = await settle(world, "smspva")
    found = [await let(world, account_id) for _ in range(count)]
    return [rental.remote_id or "" for rental in found]


async def test_one_list_tells_the_news_of_an_account(builder: Builder, clock: ManualClock) -> None:
    """Where the list tells of news, twenty rentals cost one call a round, and an SMS one call more."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        ids = await _smspva_tenants(world, 20)
        await world.start()
        await world.pass_(6 * 60)  # the SMS of each were read once
        assert sim.ledger.count("sms") == 20
        lists, reads = sim.ledger.count("orders"), sim.ledger.count("sms")
        await world.pass_(10 * 30)
        assert (sim.ledger.count("orders") - lists, sim.ledger.count("sms") - reads) == (10, 0)
        sim.deliver(ids[3], "three")
        sim.deliver(ids[8], "eight")
        await world.pass_(30)
        assert (sim.ledger.count("orders") - lists, sim.ledger.count("sms") - reads) == (11, 2)
        assert {text for *_, text in await pushed(world)} == {"three", "eight"}


async def test_calls_keep_the_providers_distance(builder: Builder, clock: ManualClock) -> None:
    """However many rentals have news, SMSPVA is called once in four seconds, and all are told."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim, brisk=False) as world:
        account_id = await world.while_time_passes(settle(world, "smspva"))
        found = [await world.while_time_passes(let(world, account_id)) for _ in range(12)]
        for rental in found:
            sim.deliver(rental.remote_id or "", f"of {rental.id}")
        began = clock.now()
        await world.start()
        await world.pass_(6 * 60, step=1)
        asked = [one.at for one in sim.ledger.requests if one.at >= began]
        gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(asked)]
        assert min(gaps) >= 4
        assert {rental_id for _, rental_id, _ in await pushed(world)} == {rental.id for rental in found}


async def test_one_sms_of_a_number_with_two_rentals_is_told_once(
    builder: Builder, clock: ManualClock
) -> None:
    """The list of SMS has those of the number's other services too; each is told with its own, and once."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        first = await let(world, account_id)
        rent = sim.order(first.remote_id or "")
        other = sim.world.add_service(sim.key(rent.key), rent, "opt20", rent.price)
        await world.engine.rent_imports.adopt(USER, account_id, other.id, **CARD)
        await world.pass_(120)
        sim.deliver(first.remote_id or "", "for Telegram")
        await world.pass_(60)
        sim.deliver(other.id, "for WhatsApp")
        sim.deliver(first.remote_id or "", "for Telegram again")
        await world.pass_(60)
        told = await pushed(world)
        assert sorted(text for *_, text in told) == ["for Telegram", "for Telegram again", "for WhatsApp"]
        assert {rental_id for _, rental_id, text in told if "Telegram" in text} == {first.id}


async def test_sleeping_numbers_are_not_asked_for(builder: Builder, clock: ManualClock) -> None:
    """A number that sleeps can get no SMS: the list is looked at, its SMS are not."""
    sim = lettings.smspva(clock)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "smspva")
        await world.start()
        rental = await let(world, account_id, country="RU")
        await world.pass_(HOUR, step=30)
        assert sim.ledger.count("sms", rental.remote_id or "") == 1  # the one after it was taken up
        assert sim.ledger.count("orders") > 100


async def test_thousands_of_rentals_leave_a_fresh_activation_its_interval(world: World) -> None:
    """With 3000 long rentals at a house that answers slowly, an activation is asked for on the second."""
    account_id = await lettings.settle_at_getsms(world)
    await _old_rentals(world, account_id, 3000)
    world.sim.fault("slow", "rent/getcode", times=None)
    await world.pass_(20, step=1)
    order = await world.buy()
    bought_at = world.clock.now()
    await world.pass_(60, step=1)
    asked = asked_at(world.sim, "getcode", order.remote_id)
    late = [(at - bought_at).total_seconds() % 5 for at in asked]
    assert len(asked) >= 11
    assert max(late) <= 1
    assert world.asked("rent/getcode") >= 8  # the rentals have their turn too, few at once
    assert world.engine.scheduler._lanes["rent-late:getsms"].running == 2


async def _old_rentals(world: World, account_id: int, count: int) -> None:
    """Have many rentals watched, of which nothing was heard for two days."""
    first = await let(world, account_id, period=lettings.WEEK)
    now = world.clock.now()
    async with world.database.write() as tx:
        old = {"news_at": now - timedelta(days=2), "until": now + MONTH.length}
        assert await rentals.change(tx, first.id, **old)
        row = (await tx.execute(select(RentalRow.__table__))).mappings().one()
        kept = {name: value for name, value in row.items() if name != "id"}
        await tx.execute(insert(RentalRow), [{**kept, "remote_id": f"old-{i}"} for i in range(1, count)])
    world.engine.rent_watch.forget(account_id)
    assert await world.engine.rent_watch.load() == (count, {})
