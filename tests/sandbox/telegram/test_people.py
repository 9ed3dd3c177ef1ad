"""The vocabulary of tests holds what it promises, failures included."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.telegram.demo import furnish
from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer


def keyboard(label: str, data: str) -> InlineKeyboardMarkup:
    """Return a keyboard of one button."""
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data)]])


async def test_waiting_ends_when_the_message_comes(bot: Bot, anna: Person) -> None:
    """Whoever waits is woken by the bot's message, also by one that was edited into shape."""
    waiting = asyncio.create_task(anna.wait_for("code 42"))
    sent = await bot.send_message(anna.id, "code ?")
    assert not waiting.done()
    await bot.edit_message_text("code 42", chat_id=anna.id, message_id=sent.message_id)
    assert (await waiting).id == sent.message_id


async def test_waiting_finds_the_newest_of_the_bot(bot: Bot, anna: Person) -> None:
    """Of several the newest counts, the person's own words never, and older than asked for neither."""
    first = await bot.send_message(anna.id, "card one")
    await bot.send_message(anna.id, "card two")
    await anna.send("card three")
    found = await anna.wait_for(lambda message: message.text.startswith("card"))
    assert found.text == "card two"
    assert (await anna.wait_for("one")).id == first.message_id
    with pytest.raises(AssertionError):
        await anna.wait_for("one", after=found, timeout=0)


async def test_waiting_in_vain_prints_the_chat(bot: Bot, anna: Person) -> None:
    """The failure shows what was there instead."""
    await bot.send_message(anna.id, "No numbers", reply_markup=keyboard("Back", "b"))
    with pytest.raises(AssertionError) as caught:
        await anna.wait_for("code", timeout=0)
    assert "1 Anna: /start" in str(caught.value)
    assert "2 Codebell: No numbers\n    [Back]" in str(caught.value)


async def test_pressing_finds_the_newest_button(bot: Bot, anna: Person) -> None:
    """Without a message the newest one with that label is pressed; with one, that one."""
    old = await bot.send_message(anna.id, "one", reply_markup=keyboard("Cancel", "c:1"))
    await bot.send_message(anna.id, "two", reply_markup=keyboard("Cancel", "c:2"))
    await anna.tap(None, "Cancel")
    await anna.tap(await anna.wait_for("one"), "Cancel")
    await anna.tap(await anna.wait_for("one"), data="made:up")
    queries = [update.callback_query for update in await bot.get_updates() if update.callback_query]
    assert [query.data for query in queries] == ["c:2", "c:1", "made:up"]
    assert queries[1].message is not None
    assert queries[1].message.message_id == old.message_id


async def test_a_button_must_be_there_and_call_back(bot: Bot, anna: Person) -> None:
    """No such label, and a button that only copies, fail with the chat in the text."""
    copy = InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="1"))
    await bot.send_message(anna.id, "card", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[copy]]))
    with pytest.raises(AssertionError, match="no visible message has a button 'Cancel'"):
        await anna.tap(None, "Cancel")
    with pytest.raises(AssertionError, match="does not call back"):
        await anna.tap(None, "Copy")


async def test_an_unanswered_press_fails(bot: Bot, anna: Person) -> None:
    """A bot that leaves the spinner turning is caught."""
    await bot.send_message(anna.id, "card", reply_markup=keyboard("Go", "g"))
    with pytest.raises(AssertionError, match="in vain for an answer to 'Go'"):
        await anna.press(None, "Go", timeout=0)


async def test_the_sandbox_opens_with_people_and_a_group(server: TelegramServer) -> None:
    """Three languages and a group of everybody, in which the bot is."""
    furnish(server)
    world = server.world
    people = [user for user in world.users.values() if not user.is_bot]
    assert [user.language_code for user in people] == ["en", "ru", "tr"]
    assert [chat.type for chat in world.chats_of(people[0].id)] == ["private", "supergroup"]
