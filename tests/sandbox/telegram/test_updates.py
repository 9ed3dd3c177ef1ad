"""Updates: what the bot hears, how it fetches it, and how presses are answered."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.types import InaccessibleMessage, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.telegram.people import Person
from sandbox.telegram.queries import Answer
from tests.support.clock import ManualClock

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go:1")]])


async def test_messages_come_as_updates_until_confirmed(bot: Bot, anna: Person) -> None:
    """An update is there again and again until a higher offset confirms it."""
    first = await bot.get_updates()
    assert [update.message and update.message.text for update in first] == ["/start"]
    message = first[0].message
    assert message is not None
    assert message.from_user is not None
    assert (message.from_user.id, message.from_user.language_code) == (anna.id, "ru")
    assert message.entities is not None
    assert message.entities[0].type == "bot_command"
    assert await bot.get_updates() == first
    assert await bot.get_updates(offset=first[0].update_id + 1) == []
    assert await bot.get_updates() == []


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, anna: Person) -> None:
    """A waiting call is answered at once when something happens."""
    (start,) = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=50))
    await anna.send("hello")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_long_poll_ends_when_its_time_is_over(bot: Bot, clock: ManualClock) -> None:
    """Nothing happens: the answer is empty, after the time of the clock."""
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await clock.until_asleep()
    await clock.advance(9)
    assert not poll.done()
    await clock.advance(1)
    assert await poll == []


async def test_the_older_of_two_polls_is_ended(bot: Bot, clock: ManualClock, anna: Person) -> None:
    """The newcomer goes on waiting and gets the update; the older one hears of a conflict."""
    (start,) = await bot.get_updates()
    older = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=50))
    await clock.until_asleep()
    newer = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=50))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await older
    await anna.send("hello")
    assert len(await newer) == 1


async def test_limit_and_negative_offset(bot: Bot, anna: Person) -> None:
    """The limit cuts at the front; a negative offset forgets all but the last ones."""
    for number in range(4):
        await anna.send(str(number))
    assert len(await bot.get_updates(limit=2)) == 2
    last = await bot.get_updates(offset=-2)
    assert [update.message and update.message.text for update in last] == ["2", "3"]
    assert await bot.get_updates() == last


async def test_allowed_updates_act_on_what_comes_and_persist(bot: Bot, anna: Person) -> None:
    """A kind that the bot did not ask for is not kept; what waited already is."""
    await bot.send_message(anna.id, "x", reply_markup=KEYBOARD)
    assert len(await bot.get_updates(allowed_updates=["callback_query"])) == 1
    await anna.send("not heard")
    await anna.tap(None, "Go")
    kinds = [update.event_type for update in await bot.get_updates()]
    assert kinds == ["message", "callback_query"]


async def test_updates_are_kept_for_a_day(bot: Bot, anna: Person, clock: ManualClock) -> None:
    """What was not fetched for 24 hours is gone."""
    await clock.advance(24 * 3600 + 1)
    await anna.send("new")
    assert [update.message and update.message.text for update in await bot.get_updates()] == ["new"]


async def test_a_press_is_answered_once(bot: Bot, anna: Person) -> None:
    """The person gets the bot's note; a second answer finds no query."""
    sent = await bot.send_message(anna.id, "card", reply_markup=KEYBOARD)
    press = asyncio.create_task(anna.press(None, "Go"))
    await asyncio.sleep(0)
    query = (await bot.get_updates(timeout=50, offset=-1))[0].callback_query
    assert query is not None
    assert query.data == "go:1"
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    await bot.answer_callback_query(query.id, text="Done", show_alert=True)
    assert await press == Answer("Done", show_alert=True)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(query.id)


async def test_a_press_on_a_deleted_message_names_its_place_only(bot: Bot, anna: Person) -> None:
    """The bot gets an InaccessibleMessage, as from an app that still showed the card."""
    sent = await bot.send_message(anna.id, "card", reply_markup=KEYBOARD)
    card = anna.last
    await anna.delete(card)
    await anna.tap(card, "Go")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)
    assert query.message.message_id == sent.message_id


async def test_a_press_grows_old(bot: Bot, anna: Person, clock: ManualClock) -> None:
    """After fifteen seconds, and for an identifier made up by hand, it is too late."""
    await bot.send_message(anna.id, "card", reply_markup=KEYBOARD)
    query = await anna.tap(None, "Go")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query.id, text="x" * 201)
    await clock.advance(16)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query.id)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("12")


async def test_a_block_is_an_update(bot: Bot, anna: Person) -> None:
    """The bot hears that it was blocked, and that it is back."""
    await anna.block()
    await anna.unblock()
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change and change.new_chat_member.status for change in changes] == [None, "kicked", "member"]


async def test_logging_out_shuts_the_door_for_ten_minutes(bot: Bot, clock: ManualClock) -> None:
    """A bot that logged out cannot come back at once."""
    assert await bot.log_out()
    with pytest.raises(TelegramBadRequest, match="Logged out"):
        await bot.get_me()
    await clock.advance(601)
    assert (await bot.get_me()).username == "codebell_bot"
