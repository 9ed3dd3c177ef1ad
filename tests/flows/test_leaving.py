"""Leaving for good: what is asked, what is refused, what is gone, and that nothing is asked for any more."""

import json
from pathlib import Path

from bot.domain.orders import State
from bot.domain.sms import Sms
from bot.storage import orders
from sandbox.telegram.people import Person
from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage

LABEL = "A-label-like-no-other"


async def my_data(actor: Actor) -> Seen:
    """Go from /settings to *My data*."""
    said = await actor.say("/settings")
    label = actor.label("button-data")
    screen = await actor.see(lambda message: message.button(label) is not None, after=said)
    await actor.press(label, screen)
    copy = actor.label("button-data-copy")
    await actor.until(lambda: screen.button(copy) is not None, "what can be done")
    return screen


async def to_the_last_question(actor: Actor, screen: Seen) -> None:
    """Press on to the last question."""
    await actor.press(actor.label("button-leave"), screen)
    go_on = actor.label("button-leave-go-on")
    await actor.until(lambda: screen.button(go_on) is not None, "the first question")
    await actor.press(go_on, screen)
    sure = actor.label("button-leave-sure")
    await actor.until(lambda: screen.button(sure) is not None, "the last question")


async def live(stage: Stage, actor: Actor) -> Seen:
    """Have a key with a label, a number with its code, and one that waits; return the waiting one's card."""
    await actor.add_key()
    (account,) = await stage.app.engine.accounts.list(actor.chat.chat.id)
    await stage.app.engine.accounts.rename(actor.chat.chat.id, account.account.id, LABEL)
    card = await actor.buy("tg ru")
    stage.getsms.deliver(stage.getsms.orders[-1].id, "your code is 71234", "71234")
    await actor.until(lambda: card.button(actor.label("button-copy-code")) is not None, "the code")
    return await actor.buy("wa ru")


def files(stage: Stage) -> bytes:
    """Return the bytes of the database's files."""
    found = sorted(Path(stage.folder).glob("codebell.db*"))
    return b"".join(path.read_bytes() for path in found)


async def test_a_copy_holds_everything_but_the_key(stage: Stage, anna: Actor) -> None:
    """The file has the number, the code, the label and the key's last four characters; not the key."""
    await live(stage, anna)
    screen = await my_data(anna)
    await anna.press(anna.label("button-data-copy"), screen)
    sent = await anna.see(lambda message: "document" in message.json, after=screen)
    assert sent.json["document"]["file_name"] == "codebell-data-2026-01-15.json"
    file = stage.telegram.world.files.find(sent.json["document"]["file_id"])
    assert file is not None
    text = file.content.decode()
    data = json.loads(text)["data"]
    first, second = stage.getsms.orders
    assert [row["phone"] for row in data["orders"]] == [one.phone.lstrip("+") for one in (first, second)]
    assert [row["code"] for row in data["sms"]] == ["71234"]
    assert [(row["label"], row["tail"]) for row in data["accounts"]] == [(LABEL, KEY[-4:])]
    assert KEY not in text
    actions = [call.params["action"] for call in stage.telegram.calls.of("sendChatAction")]
    assert actions.count("upload_document") == 1


async def test_everything_goes_and_nothing_is_asked_for_any_more(stage: Stage, anna: Actor) -> None:
    """Asked twice, told of open numbers; then no byte is left, no check made, and /start meets a newcomer."""
    await live(stage, anna)
    mine = [KEY[-4:], LABEL, "71234", *(one.phone.lstrip("+") for one in stage.getsms.orders)]
    assert all(one.encode() in files(stage) for one in mine)

    screen = await my_data(anna)
    await anna.press(anna.label("button-leave"), screen)
    go_on = anna.label("button-leave-go-on")
    await anna.until(lambda: screen.button(go_on) is not None, "the first question")
    for told in (
        anna.t.plain("leave-keys", count=1),
        anna.t.plain("leave-purchases", count=2),
        anna.t.plain("leave-open", count=2).replace("<b>", "").replace("</b>", ""),
        anna.t.plain("leave-stays"),
    ):
        assert told in screen.text
    await anna.press(go_on, screen)
    sure = anna.label("button-leave-sure")
    await anna.until(lambda: screen.button(sure) is not None, "the last question")
    assert anna.t.plain("leave-no-way-back") in screen.text
    await anna.press(sure, screen)
    await anna.until(lambda: anna.t.plain("leave-done") in screen.text, "the end")

    left = files(stage)
    assert [one for one in mine if one.encode() in left] == []
    asked = stage.getsms.ledger.count()
    stage.getsms.deliver(stage.getsms.orders[-1].id, "too late 55555", "55555")
    await stage.clock.advance(120)
    assert stage.getsms.ledger.count() == asked
    assert not [call for call in stage.telegram.calls.of("sendMessage") if "55555" in str(call.params)]

    said = await anna.say("/start")
    welcome = await anna.see(
        lambda message: message.button(anna.label("button-add-key")) is not None, after=said
    )
    assert welcome.button(anna.label("button-orders")) is None
    assert await stage.app.engine.accounts.list(anna.chat.chat.id) == ()


async def test_whoever_keeps_everything_keeps_it(stage: Stage, anna: Actor) -> None:
    """At either question the way back deletes nothing."""
    await live(stage, anna)
    screen = await my_data(anna)
    await to_the_last_question(anna, screen)
    await anna.press(anna.label("button-leave-keep"), screen)
    await anna.until(lambda: screen.button(anna.label("button-data-copy")) is not None, "the way back")
    assert len(await stage.app.engine.accounts.list(anna.chat.chat.id)) == 1


async def test_a_purchase_in_doubt_is_not_forgotten(stage: Stage, anna: Actor) -> None:
    """While it is not known whether a number was bought, nothing is deleted, and the reason is said."""
    await live(stage, anna)
    page = await stage.app.engine.orders.page(anna.chat.chat.id, 0, is_open=True)
    doubtful = page.orders[0].order
    screen = await my_data(anna)
    await to_the_last_question(anna, screen)
    async with stage.app.engine.outbox.telling() as tx:
        await orders.move(tx, doubtful.id, of=set(State), to=State.UNCERTAIN)
    await anna.press(anna.label("button-leave-sure"), screen)
    why = anna.t.plain("leave-in-doubt", count=1)
    await anna.until(lambda: why in screen.text, "the refusal")
    assert len(await stage.app.engine.accounts.list(anna.chat.chat.id)) == 1
    await anna.press(anna.label("button-back"), screen)
    await anna.until(lambda: screen.button(anna.label("button-leave")) is not None, "the way back")
    await anna.press(anna.label("button-leave"), screen)
    await anna.until(lambda: why in screen.text, "the refusal, before any question")


async def test_the_button_of_an_old_question_asks_again(stage: Stage, anna: Actor) -> None:
    """Pressed a quarter of an hour later, the last button deletes nothing, and the first question comes."""
    await anna.add_key()
    screen = await my_data(anna)
    await to_the_last_question(anna, screen)
    await stage.clock.advance(15 * 60)
    await anna.press(anna.label("button-leave-sure"), screen)
    go_on = anna.label("button-leave-go-on")
    await anna.until(lambda: screen.button(go_on) is not None, "the first question again")
    assert len(await stage.app.engine.accounts.list(anna.chat.chat.id)) == 1


async def test_an_sms_that_was_on_its_way_meets_nobody(stage: Stage) -> None:
    """What a check that was under way brings after everything went is recorded nowhere, and is no fault."""
    anna = stage.actor()
    await live(stage, anna)
    engine = stage.app.engine
    page = await engine.orders.page(anna.chat.chat.id, 0, is_open=True)
    await stage.time_for(engine.leaving.leave(anna.chat.chat.id))
    late = Sms("late 55555", "55555")
    assert await engine.watch.deliver(page.orders[0].order.id, late) is None
    assert not await engine.rent_watch.deliver(1, (late,))
    assert b"55555" not in files(stage)


async def test_in_a_group_history_is_only_pointed_to(stage: Stage, anna: Actor) -> None:
    """What somebody bought is not told where others read: a button leads to the private chat, to the list."""
    await live(stage, anna)
    assert isinstance(anna.chat, Person)
    group = stage.telegram.group("Friends", anna.chat)
    here = stage.actor_of(anna.chat.in_group(group), anna.t.language)
    for command in ("/history", "/stats"):
        said = await here.say(command)
        told = await here.see(anna.t.plain("private-only"), after=said)
        (button,) = (one for row in told.json["reply_markup"]["inline_keyboard"] for one in row)
        assert button["url"].endswith("?start=history")
    said = await anna.say("/start history")
    await anna.see(lambda message: message.button("CSV") is not None, after=said)
