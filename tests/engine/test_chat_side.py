"""What the chat reads and writes: people, prompts, pages of orders, the bell of the outbox, the broom."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errors import NotYours, OutOfDate
from bot.domain.outbox import Kind
from bot.engine.engine import tidy
from bot.engine.orders import PAGE
from bot.engine.prompts import Prompt
from tests.engine.world import ON_BOTH, STRANGER, USER, Builder, World


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ru", "ru"),
        ("tr-TR", "tr"),
        ("en-GB", "en"),
        ("pt-br", "en"),
        (None, "en"),
        ("", "en"),
        ("RU_ru", "ru"),
    ],
)
async def test_a_person_is_met_in_the_nearest_language(world: World, code: str | None, language: str) -> None:
    """The first contact takes the language that Telegram names, English where there is none nearer."""
    person = await world.engine.people.arrive(7, code)
    assert (person.id, person.language, person.reachable) == (7, language, True)
    assert await world.engine.people.language(7) == language


async def test_a_chosen_language_outlasts_telegrams(world: World) -> None:
    """Who has chosen a language is not asked by later messages; a stranger is spoken to in English."""
    await world.engine.people.arrive(7, "ru")
    await world.engine.people.set_language(7, "tr")
    assert (await world.engine.people.arrive(7, "ru")).language == "tr"
    assert await world.engine.people.language(404) == "en"


@ON_BOTH
async def test_twenty_first_messages_make_one_person(world: World) -> None:
    """Somebody whose first messages come all at once is one person."""
    people = await asyncio.gather(*(world.engine.people.arrive(7, "ru") for _ in range(20)))
    assert len(set(people)) == 1
    assert world.rows("SELECT count(*) FROM users WHERE id = 7") == [(1,)]


async def test_a_message_undoes_unreachability(world: World) -> None:
    """A person who blocked the bot and writes again can be written to again, and is told as such."""
    await world.engine.people.arrive(7, "ru")
    await world.engine.people.unreachable(7)
    assert world.rows("SELECT reachable FROM users WHERE id = 7") == [(0,)]
    assert (await world.engine.people.arrive(7, "ru")).reachable
    assert world.rows("SELECT reachable FROM users WHERE id = 7") == [(1,)]


async def test_a_question_survives_a_restart(world: World, builder: Builder) -> None:
    """What a person was asked is known to the next process, until it is dropped."""
    asked = await world.engine.prompts.ask(10, USER, "key", "getsms")
    await world.engine.prompts.shown(asked, 100)
    await world.kill()
    async with builder.world() as after:
        assert await after.engine.prompts.answer(10, USER) == Prompt(10, 100, USER, "key", "getsms")
        await after.engine.prompts.drop(10, USER)
        assert await after.engine.prompts.answer(10, USER) is None


async def test_pages_hold_every_order_once_newest_first(world: World) -> None:
    """A page and three orders are two pages; beyond the end is the last, before the start the first."""
    world.sim.stock("tg", "ru", count=50, price="1")
    made = [(await world.buy()).id for _ in range(PAGE + 3)]
    pages = [await world.engine.orders.page(USER, number, is_open=True) for number in (0, 1, 99, -5)]
    shown = [[view.order.id for view in page.orders] for page in pages]
    assert shown[0] + shown[1] == made[::-1]
    assert (shown[2], shown[3]) == (shown[1], shown[0])
    assert [(page.page, page.pages, page.total) for page in pages] == [
        (0, 2, PAGE + 3),
        (1, 2, PAGE + 3),
        (1, 2, PAGE + 3),
        (0, 2, PAGE + 3),
    ]
    archive = await world.engine.orders.page(USER, 3, is_open=False)
    assert (archive.orders, archive.page, archive.pages, archive.total) == ((), 0, 1, 0)


async def test_an_ended_order_moves_to_the_archive(world: World) -> None:
    """Open and ended orders are two lists, and no order is in both."""
    kept, ended = await world.buy(), await world.buy()
    world.sim.expire(str(ended.remote_id))
    await world.pass_(10)
    lists = [await world.engine.orders.page(USER, 0, is_open=is_open) for is_open in (True, False)]
    assert [[view.order.id for view in page.orders] for page in lists] == [[kept.id], [ended.id]]


async def test_an_order_is_shown_to_its_owner_only(world: World) -> None:
    """The same id in a button of another person shows nothing; an id that never was is out of date."""
    order = await world.buy()
    with pytest.raises(NotYours):
        await world.engine.orders.view(STRANGER, order.id)
    with pytest.raises(OutOfDate):
        await world.engine.orders.view(USER, 404)
    assert await world.engine.orders.find(404) is None
    assert (await world.engine.orders.page(STRANGER, 0, is_open=True)).total == 0


async def test_the_bell_rings_after_the_commit(world: World) -> None:
    """The courier is woken by news, and finds them when it looks."""
    waiting = asyncio.create_task(world.engine.outbox.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    await world.buy()
    async with asyncio.timeout(5):
        await waiting
    assert await world.told() != []


async def test_a_bell_rung_before_the_wait_is_heard(world: World) -> None:
    """News that come while the courier is busy are not slept over."""
    await world.buy()
    async with asyncio.timeout(5):
        await world.engine.outbox.wait()


async def test_the_courier_looks_every_half_minute_anyway(world: World) -> None:
    """A bell that was missed delays a message by half a minute at most."""
    waiting = asyncio.create_task(world.engine.outbox.wait())
    await world.clock.advance(29)
    assert not waiting.done()
    await world.clock.advance(1)
    async with asyncio.timeout(5):
        await waiting


async def test_undelivered_messages_survive_a_restart(world: World, builder: Builder) -> None:
    """What was not sent is there for the next process, and what was sent is not."""
    order = await world.buy()
    world.deliver(order, "code 1")
    await world.pass_(5)
    cards = [message.id for message in await world.told() if message.kind is Kind.CARD]
    await world.engine.outbox.end(cards, "sent")
    await world.kill()
    async with builder.world() as after:
        assert [message.kind for message in await after.told()] == [Kind.CODE]
        assert await after.codes() == ["code 1"]


async def test_the_card_is_noted(world: World) -> None:
    """A card that was sent anew is the order's card from then on."""
    order = await world.buy()
    await world.engine.outbox.set_card(order.id, 99)
    assert (await world.order(order.id)).card_message_id == 99


async def test_tidying_keeps_what_may_still_be_asked_for(world: World) -> None:
    """Buttons of two days and messages told a week ago go; younger ones and untold ones stay."""
    old = await world.offer()
    order = await world.buy()
    told = [message.id for message in await world.told()]
    await world.engine.outbox.end(told[:1], "sent")
    await world.clock.advance(timedelta(days=2, hours=1).total_seconds())
    young = await world.offer()
    await tidy(world.database, world.clock)
    with pytest.raises(OutOfDate):
        await world.engine.shop.draft(USER, old.draft.token)
    assert (await world.engine.shop.draft(USER, young.draft.token)).draft.token == young.draft.token
    assert len(world.rows("SELECT id FROM outbox")) >= len(told)
    await world.clock.advance(timedelta(days=6).total_seconds())
    await tidy(world.database, world.clock)
    left = {row[0] for row in world.rows("SELECT id FROM outbox")}
    assert set(told[1:]) <= left
    assert told[0] not in left
    assert (await world.order(order.id)).id == order.id
