"""The courier on its own: rows that pile up, rows that cannot be drawn, chats that are gone."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from fluent.runtime import FluentBundle
from sqlalchemy.exc import OperationalError

from bot.app import App, build_app
from bot.domain.orders import Order
from bot.domain.outbox import Message, Notice
from bot.domain.sms import Sms
from bot.i18n import LANGUAGES, Translations
from bot.storage import orders, outbox
from bot.telegram.courier import Courier
from bot.telegram.desk import Desk
from bot.telegram.telling import Teller
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


@pytest.fixture
async def anna(empty_stage: Stage) -> Actor:
    """Somebody with a waiting number, whose bot has stopped."""
    actor = empty_stage.actor()
    async with empty_stage.bot():
        await actor.add_key()
        await actor.buy()
    return actor


@pytest.fixture
async def app(empty_stage: Stage, anna: Actor) -> AsyncIterator[App]:
    """An app that does not run: nothing is carried and nothing is watched."""
    assert anna.chat.messages
    async with build_app(empty_stage.settings(), empty_stage.clock) as built:
        yield built


async def only_order(app: App, person: Actor) -> Order:
    """Return the one order there is."""
    page = await app.engine.orders.page(person.chat.chat.id, 0, is_open=True)
    return page.orders[0].order


async def write(app: App, order: Order, *, cards: int = 0, sms: Sms | None = None) -> None:
    """Write rows as the engine does."""
    now = app.clock.now()
    async with app.engine.outbox.telling() as tx:
        for _ in range(cards):
            await outbox.add_card(tx, order, now)
        if sms is not None:
            sms_id = await orders.record_sms(tx, order.id, sms, now)
            assert sms_id is not None
            await outbox.add_code(tx, order, sms_id, [order.user_id], now)


@asynccontextmanager
async def carrying(stage: Stage, desk: Desk) -> AsyncIterator[None]:
    """Let a courier work."""
    courier = Courier(desk)
    task = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        await courier.stop(2)
        await stage.time_for(task)


async def carried(stage: Stage, app: App) -> None:
    """Wait until no row is left."""

    async def empty() -> None:
        while await app.engine.outbox.take(1, (), 1):
            await app.clock.sleep(0.1)

    await stage.time_for(empty())


def card_of(anna: Actor) -> Seen:
    """Return the card."""
    return next(message for message in anna.chat.messages if anna.has_number(message))


async def test_drawings_of_one_card_collapse(empty_stage: Stage, anna: Actor, app: App) -> None:
    """Many changes of one order that wait together cost one edit."""
    order = await only_order(app, anna)
    before = len(empty_stage.telegram.calls.of("editMessageText"))
    await write(app, order, cards=7)
    async with carrying(empty_stage, app.desk):
        await carried(empty_stage, app)
    assert len(empty_stage.telegram.calls.of("editMessageText")) == before + 1


async def test_a_code_goes_before_older_drawings(empty_stage: Stage, anna: Actor, app: App) -> None:
    """In one chat a code is sent before an edit that waited longer."""
    order = await only_order(app, anna)
    empty_stage.telegram.calls.clear()
    await write(app, order, cards=1)
    await write(app, order, sms=Sms("code 12121", "12121"))
    async with carrying(empty_stage, app.desk):
        await carried(empty_stage, app)
    methods = [call.method for call in empty_stage.telegram.calls]
    assert methods == ["sendMessage", "editMessageText"]


async def test_what_cannot_be_drawn_stops_nothing(empty_stage: Stage, anna: Actor, app: App) -> None:
    """With broken texts a card's row ends with its reason, and a code arrives all the same, bare."""
    order = await only_order(app, anna)
    await write(app, order, cards=1, sms=Sms("code <b>13131</b>", "13131"))
    wordless = Translations({language: FluentBundle([language]) for language in LANGUAGES}, strict=True)
    async with carrying(empty_stage, replace(app.desk, translations=wordless)):
        await carried(empty_stage, app)
    assert anna.chat.last.text == "13131"
    assert [entry["event"] for entry in empty_stage.faults] == ["put aside"] * 2


async def test_a_network_that_fails_keeps_the_row(empty_stage: Stage, anna: Actor, app: App) -> None:
    """While Telegram cannot be reached the row stays, and the message comes once it can."""
    order = await only_order(app, anna)
    fault = empty_stage.telegram.faults.cut_before("sendMessage", times=9)
    await write(app, order, sms=Sms("code 14141", "14141"))
    async with carrying(empty_stage, app.desk):
        await anna.see(lambda message: message.text.startswith("14141"))
        await carried(empty_stage, app)
    assert fault.hits == 9


async def test_a_told_code_that_cannot_be_ticked_off_is_not_told_again(
    empty_stage: Stage, anna: Actor, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is locked just then is tried again; the phone rings once."""
    order = await only_order(app, anna)
    await write(app, order, sms=Sms("code 17171", "17171"))
    told, locked = app.engine.outbox.told, [True] * 8

    async def flaky(chat_id: int, ids: Collection[int], ending: str) -> None:
        if locked:
            locked.pop()
            raise OSError("database is locked")
        await told(chat_id, ids, ending)

    monkeypatch.setattr(app.engine.outbox, "told", flaky)
    async with carrying(empty_stage, app.desk):
        await anna.see(lambda message: message.text.startswith("17171"))
        await carried(empty_stage, app)
    assert [message.text[:5] for message in anna.chat.messages].count("17171") == 1


async def test_a_database_that_fails_is_not_held_against_a_code(
    empty_stage: Stage, anna: Actor, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is locked as a code is to be told, one fault of ours does not put the code aside."""
    order = await only_order(app, anna)
    await write(app, order, sms=Sms("code 18181", "18181"))
    locked = OperationalError("", {}, Exception("database is locked"))
    faults: list[Exception] = [ValueError(), *[locked] * 5]
    tell = Teller.tell

    async def flaky(teller: Teller, row: Message) -> str:
        if faults:
            raise faults.pop()
        return await tell(teller, row)

    monkeypatch.setattr(Teller, "tell", flaky)
    async with carrying(empty_stage, app.desk):
        await anna.see(lambda message: message.text.startswith("18181"))
        await carried(empty_stage, app)
    assert not faults
    assert not empty_stage.faults


async def test_a_notice_for_a_lost_group_reaches_its_person(
    empty_stage: Stage, anna: Actor, app: App
) -> None:
    """Where the card's group has thrown the bot out, the notice goes to the private chat."""
    order = replace(await only_order(app, anna), card_chat_id=-1009999)
    async with app.engine.outbox.telling() as tx:
        await outbox.add_notice(
            tx,
            Notice.EXPIRED,
            chat_id=order.card_chat_id,
            user_id=order.user_id,
            order_id=order.id,
            now=app.clock.now(),
        )
    async with carrying(empty_stage, app.desk):
        await anna.see("No SMS came in time")
        await carried(empty_stage, app)


async def test_who_is_gone_is_noted(empty_stage: Stage, anna: Actor, app: App) -> None:
    """A row for somebody who blocked the bot ends, and the person counts as out of reach."""
    order = await only_order(app, anna)
    empty_stage.telegram.faults.add("sendMessage", error_code=403)
    await write(app, order, sms=Sms("code 15151", "15151"))
    async with carrying(empty_stage, app.desk):
        await carried(empty_stage, app)
    assert not any(message.text.startswith("15151") for message in anna.chat.messages)
    assert "chat is gone" in [entry["event"] for entry in empty_stage.logs]


async def test_the_pile_of_a_restart_is_carried(empty_stage: Stage, anna: Actor, app: App) -> None:
    """Rows that were written while no courier ran are all told, each code once and in order."""
    order = await only_order(app, anna)
    for number in range(6):
        await write(app, order, cards=1, sms=Sms(f"code 1600{number}", f"1600{number}"))
    async with carrying(empty_stage, app.desk):
        await carried(empty_stage, app)
    codes = [message.text[:5] for message in anna.chat.messages if message.text.startswith("1600")]
    assert codes == [f"1600{number}" for number in range(6)]
    assert "16005" in card_of(anna).text


async def test_only_so_many_chats_are_written_to_at_once(
    empty_stage: Stage, anna: Actor, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where hundreds of chats have something waiting, a code that comes then finds a place soon."""
    order = await only_order(app, anna)
    async with app.engine.outbox.telling() as tx:
        for chat_id in range(1000, 1150):
            await outbox.add_notice(
                tx,
                Notice.EXPIRED,
                chat_id=chat_id,
                user_id=order.user_id,
                order_id=order.id,
                now=app.clock.now(),
            )
    under_way: set[int] = set()
    gate = asyncio.Event()

    async def tell(_: Teller, row: Message) -> str:
        under_way.add(row.chat_id)
        await gate.wait()
        return "sent"

    monkeypatch.setattr(Teller, "tell", tell)
    running = asyncio.create_task(app.courier.run())
    await empty_stage.time_for(empty_stage.clock.sleep(60))
    at_once = len(under_way)
    gate.set()
    await empty_stage.until(lambda: len(under_way) == 150)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert at_once == 64
