"""Edits, deletions, reactions and pins."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReactionTypeEmoji,
    ReplyParameters,
)

from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.support.clock import ManualClock

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])
TWO_DAYS = 48 * 3600


async def test_an_edit_replaces_text_and_takes_the_keyboard_away(bot: Bot, anna: Person) -> None:
    """An edit that does not repeat the keyboard removes it."""
    sent = await bot.send_message(anna.id, "one", reply_markup=KEYBOARD)
    shown = anna.last
    edited = await bot.edit_message_text("two", chat_id=anna.id, message_id=sent.message_id)
    assert (shown.text, shown.labels, shown.edited) == ("two", [], True)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert len(anna.messages) == 2


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, anna: Person) -> None:
    """The same text, entities and keyboard are no edit; another keyboard is."""
    sent = await bot.send_message(anna.id, "<b>one</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    number = sent.message_id
    with pytest.raises(
        TelegramBadRequest, match="message is not modified: specified new message content and"
    ):
        await bot.edit_message_text(
            "<b>one</b> ", chat_id=anna.id, message_id=number, parse_mode="HTML", reply_markup=KEYBOARD
        )
    await bot.edit_message_text("one", chat_id=anna.id, message_id=number, reply_markup=KEYBOARD)
    assert anna.last.marked("bold") == []
    await bot.edit_message_reply_markup(chat_id=anna.id, message_id=number)
    assert anna.last.labels == []
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=anna.id, message_id=number)


async def test_only_what_is_there_and_ones_own_can_be_edited(bot: Bot, anna: Person) -> None:
    """A deleted message is not found; somebody else's and one with a forced reply cannot be edited."""
    gone = await bot.send_message(anna.id, "gone")
    await anna.delete(anna.last)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=gone.message_id)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=anna.messages[0].id)
    prompt = await bot.send_message(anna.id, "Key?", reply_markup=ForceReply())
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=prompt.message_id)


async def test_captions_and_texts_are_not_mixed_up(bot: Bot, anna: Person) -> None:
    """A document has a caption, a message a text."""
    document = await bot.send_document(anna.id, BufferedInputFile(b"1", "a.csv"), caption="one")
    await bot.edit_message_caption(chat_id=anna.id, message_id=document.message_id, caption="two")
    assert anna.last.text == "two"
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=document.message_id)
    text = await bot.send_message(anna.id, "text")
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=anna.id, message_id=text.message_id, caption="x")


async def test_deleting_takes_a_message_away_once(bot: Bot, anna: Person) -> None:
    """The person's message with the key goes too; the second time it is not found."""
    key = await anna.send("my key")
    assert await bot.delete_message(anna.id, key.id)
    assert key.deleted
    assert key not in anna.messages
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(anna.id, key.id)


async def test_a_reply_outlives_its_target(bot: Bot, anna: Person) -> None:
    """Once the card is deleted, the code under it is a reply to nothing."""
    card = await bot.send_message(anna.id, "card")
    code = await bot.send_message(
        anna.id, "code", reply_parameters=ReplyParameters(message_id=card.message_id)
    )
    assert code.reply_to_message is not None
    await bot.delete_message(anna.id, card.message_id)
    edited = await bot.edit_message_text("code!", chat_id=anna.id, message_id=code.message_id)
    assert not isinstance(edited, bool)
    assert edited.reply_to_message is None


async def test_after_two_days_a_message_stays(bot: Bot, anna: Person, clock: ManualClock) -> None:
    """48 hours are the limit in a private chat."""
    sent = await bot.send_message(anna.id, "old")
    await clock.advance(TWO_DAYS + 1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(anna.id, sent.message_id)
    assert anna.last.text == "old"


async def test_many_are_deleted_at_once(bot: Bot, anna: Person) -> None:
    """What is not there is skipped; more than a hundred are refused."""
    ids = [(await bot.send_message(anna.id, str(number))).message_id for number in range(3)]
    assert await bot.delete_messages(anna.id, [*ids, 999])
    assert [message.text for message in anna.messages] == ["/start"]
    with pytest.raises(TelegramBadRequest, match="too many message identifiers specified"):
        await bot.delete_messages(anna.id, list(range(1, 102)))


async def test_in_a_group_a_plain_member_deletes_its_own_only(
    bot: Bot, server: TelegramServer, anna: Person
) -> None:
    """An administrator may delete anybody's message."""
    group = server.group("Codes", anna)
    seat = anna.in_group(group)
    theirs = await seat.send("hello")
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
    server.world.set_bot_status(group, server.world.users[anna.id], "administrator")
    await bot.delete_message(group.id, theirs.id)
    assert theirs.deleted


async def test_a_bot_reacts_with_one_emoji_of_the_list(bot: Bot, anna: Person) -> None:
    """An emoji that Telegram does not list is refused."""
    message = anna.last
    await bot.set_message_reaction(anna.id, message.id, [ReactionTypeEmoji(emoji="👍")])
    assert message.reaction == "👍"
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(anna.id, message.id, [ReactionTypeEmoji(emoji="🧮")])
    await bot.set_message_reaction(anna.id, message.id)
    assert message.reaction is None


async def test_pins_are_announced(bot: Bot, anna: Person) -> None:
    """A pin leaves a service message and shows in the chat's description."""
    sent = await bot.send_message(anna.id, "card")
    await bot.pin_chat_message(anna.id, sent.message_id)
    assert anna.last.json["pinned_message"]["text"] == "card"
    pinned = (await bot.get_chat(anna.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(anna.id, message_id=sent.message_id)
    assert (await bot.get_chat(anna.id)).pinned_message is None
