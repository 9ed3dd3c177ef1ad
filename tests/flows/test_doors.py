"""Who may come in, and how much at a time: ALLOWED_USERS, floods."""

from bot.telegram.allowance import BURST
from tests.flows.stage import Stage


async def test_who_is_not_invited_gets_nowhere(empty_stage: Stage) -> None:
    """ALLOWED_USERS holds for messages, buttons, commands and buttons in groups, and inline queries."""
    stage = empty_stage
    anna, boris = stage.actor(name="Anna"), stage.actor(name="Boris")
    group = stage.telegram.group("Friends", anna.chat, boris.chat)  # type: ignore[arg-type]  # both are persons
    async with stage.bot(allowed_users=frozenset({anna.chat.chat.id})) as app:
        here, there = (stage.actor_of(one.chat.in_group(group)) for one in (anna, boris))  # type: ignore[attr-defined]  # as above
        shown = await here.say("/help")
        menu = await here.see("How it works", after=shown)
        for text in ("/start", "/keys", "telegram", "/admin"):
            said = await boris.say(text)
            await boris.see("invited", after=said)
        said = await there.say("/buy tg ru")
        await there.see("invited", after=said)
        for data in ("g|help", "k|0", "y|token", "-"):
            assert (await boris.press_data(data)).text == boris.label("not-invited")
            assert (await there.press_data(data, menu)).text == there.label("not-invited")
        stage.telegram.world.updates.allowed = None
        for person in (boris, anna):
            sender = {"id": person.chat.chat.id, "is_bot": False, "first_name": "X"}
            query = {"id": str(sender["id"]), "from": sender, "query": "tg ru", "offset": ""}
            app.intake.take({"update_id": sender["id"], "inline_query": query})
        await stage.time_for(app.intake.settle(30))
        answered = [call.params["inline_query_id"] for call in stage.telegram.calls.of("answerInlineQuery")]
        assert answered == [str(anna.chat.chat.id)]
    assert stage.faults == []


async def test_a_flood_of_messages_is_answered_once(stage: Stage) -> None:
    """Beyond the burst one answer asks for a pause; the rest is dropped, and later the bot is there again."""
    anna, boris = stage.actor(), stage.actor(name="Boris")
    for _ in range(BURST * 3):
        await anna.say("/lang")
    said = await boris.say("/help")
    await boris.see("How it works", after=said)
    await anna.see(anna.label("slow-down"))
    await stage.time_for(stage.clock.sleep(BURST * 4.0))
    answers = [message.text for message in anna.chat.messages if message.from_bot]
    assert answers.count(anna.label("slow-down")) == 1
    assert len(answers) < BURST * 2
    said = await anna.say("/help")
    await anna.see("How it works", after=said)


async def test_a_tap_too_many_is_told_that_it_did_nothing(stage: Stage) -> None:
    """A confirm button is never lost in silence: who pressed too much hears that nothing was bought."""
    anna = stage.actor()
    await anna.add_key()
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    taps = [await anna.chat.tap(offer, data="-") for _ in range(BURST)]
    confirm = await anna.chat.tap(offer, anna.confirm_of(offer))
    await anna.until(lambda: confirm.answer is not None, "an answer")
    assert confirm.answer is not None
    assert confirm.answer.text == anna.label("slow-down-tap")
    assert confirm.answer.show_alert
    assert stage.getsms.ledger.count("getnumber") == 0
    await anna.until(lambda: all(tap.answer for tap in taps), "the other answers")
    await stage.time_for(stage.clock.sleep(5))
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the number")
