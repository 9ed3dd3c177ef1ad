"""Updates of one person are handled in the order in which they came, and each of them once."""

import pytest

from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage


async def with_button(anna: Actor, command: str, label: str) -> Seen:
    """Say a command, and return the answer once it has this button."""
    said = await anna.say(command)
    return await anna.see(lambda message: message.button(anna.label(label)) is not None, after=said)


@pytest.fixture
async def asked(stage: Stage) -> Actor:
    """Somebody who was asked for a key."""
    anna = stage.actor()
    await anna.ask_for_key(await with_button(anna, "/keys", "button-add-key"))
    await anna.see(lambda message: message.forces_reply)
    return anna


async def test_a_key_and_a_command_in_one_breath(stage: Stage, asked: Actor) -> None:
    """A key is taken and leaves the chat, though a command follows before the bot has seen either."""
    hold = stage.telegram.faults.hold("deleteMessage")
    key = await asked.say(KEY)
    await asked.say("/help")
    await hold.arrival()
    await stage.time_for(stage.clock.sleep(10))
    assert not any("/balance" in message.text for message in asked.chat.messages)
    hold.release()
    helped = await asked.see("/balance")
    assert key.deleted
    added = await asked.see(lambda message: message.button(asked.label("button-buy")) is not None)
    assert added.id < helped.id


async def test_several_messages_are_answered_in_their_order(stage: Stage) -> None:
    """Whatever each of them costs, the answers stand in the order of the questions."""
    anna = stage.actor()
    await anna.say("/start")
    await anna.see("Codebell")
    asked = [("/help", "How it works"), ("/lang", "Which language")] * 3
    for command, _ in asked:
        await anna.say(command)

    def answers() -> list[str]:
        return [one.text for one in anna.chat.messages if one.from_bot][1:]

    await anna.until(lambda: len(answers()) == len(asked), "the answers")
    begins = [answer.startswith(words) for answer, (_, words) in zip(answers(), asked, strict=True)]
    assert begins == [True] * len(asked)


async def test_a_slow_purchase_holds_no_other_button_up(stage: Stage) -> None:
    """While the provider takes a minute over a purchase, the same person's other buttons are answered."""
    anna = stage.actor()
    await anna.add_key()
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    menu = await with_button(anna, "/start", "button-help")
    stage.getsms.fault("hang-after", "getnumber")
    slow = await anna.chat.tap(offer, anna.confirm_of(offer))
    answer = await anna.press("Help", menu)
    assert answer.text is None
    await anna.see(lambda message: message.id == menu.id and "/balance" in message.text)
    assert slow.answer is None or slow.answer.text == anna.label("one-moment")
    assert stage.getsms.ledger.count("getnumber") == 1


async def test_what_came_while_the_bot_was_away_is_answered_in_order(empty_stage: Stage) -> None:
    """A key, a command and old taps wait at Telegram; after the start all are carried out, in their order.

    The taps are too old to be answered, which Telegram refuses: they act all the same.
    """
    stage, anna = empty_stage, empty_stage.actor()
    async with stage.bot():
        await anna.ask_for_key(await with_button(anna, "/keys", "button-add-key"))
        await anna.see(lambda message: message.forces_reply)
    key = await anna.say(KEY)
    await anna.say("/buy tg ru")
    await stage.clock.advance(3600)
    async with stage.bot():
        offer = await anna.see(lambda message: anna.confirm_of(message) is not None)
        assert key.deleted
    taps = [await anna.chat.tap(offer, anna.confirm_of(offer)) for _ in range(2)]
    await stage.clock.advance(600)
    async with stage.bot():
        await anna.until(lambda: anna.has_number(offer), "the number")
    assert [tap.answer for tap in taps] == [None, None]
    assert stage.getsms.ledger.count("getnumber") == 1
    assert stage.faults == []


async def test_an_update_is_confirmed_after_it_was_handled(stage: Stage) -> None:
    """As long as a message is being handled Telegram keeps it: a crash would lose nothing."""
    anna = stage.actor()
    await anna.say("/start")
    await anna.see("Codebell")
    await stage.until(lambda: len(stage.telegram.world.updates) == 0)
    hold = stage.telegram.faults.hold("sendMessage")
    await anna.say("/help")
    await hold.arrival()
    calls = len(stage.telegram.calls.of("getUpdates"))
    await stage.until(lambda: len(stage.telegram.calls.of("getUpdates")) > calls + 2)
    assert len(stage.telegram.world.updates) == 1
    hold.release()
    await stage.until(lambda: len(stage.telegram.world.updates) == 0)
    assert len([one for one in anna.chat.messages if "How it works" in one.text]) == 1
