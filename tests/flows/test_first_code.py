"""From /start to a code in the chat, in three languages."""

from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage


async def test_from_start_to_a_code(stage: Stage, anna: Actor) -> None:
    """A newcomer adds a key, buys a number, and the code arrives as a reply to the card and on it."""
    added = await anna.add_key()
    assert "100" in added.text
    card = await anna.buy()
    order = stage.getsms.orders[-1]
    stage.getsms.deliver(order.id, "Telegram code: 73519", "73519", "Telegram")
    code = await anna.see(lambda message: message.marked("code")[:1] == ["73519"] and message.id != card.id)
    assert code.reply_to == card
    assert code.text.startswith("73519")
    assert code.buttons[0][0]["copy_text"] == {"text": "73519"}
    await anna.until(lambda: "73519" in card.text, "the code on the card")
    assert KEY not in anna.chat.as_text()


async def test_the_key_leaves_the_chat(stage: Stage, anna: Actor) -> None:
    """The message with the key is deleted, and nothing that the bot ever sent holds the key."""
    await anna.add_key()
    assert all(KEY not in message.text for message in anna.chat.messages)
    assert all(KEY not in str(call.params) for call in stage.telegram.calls.of("sendMessage"))
    deleted: list[Seen] = [message for message in anna.chat.messages if message.deleted]
    assert deleted == []
