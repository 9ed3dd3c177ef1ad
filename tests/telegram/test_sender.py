"""The sender against the simulated Telegram, over sockets."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.i18n import Html
from bot.telegram.outcomes import ChatGone, MessageGone, Unacceptable, Unsent
from bot.telegram.screens.screen import Screen
from bot.telegram.sender import Sender
from sandbox.telegram.limits import Rates
from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.support.clock import ManualClock
from tests.support.pace import in_time

TOKEN = "77:sender-tests-secret-token-of-the-bot-00"


@pytest.fixture
def clock() -> ManualClock:
    """One time for Telegram and the bot."""
    return ManualClock()


@pytest.fixture
async def telegram(clock: ManualClock) -> AsyncIterator[TelegramServer]:
    """A Telegram with its limits."""
    async with TelegramServer(token=TOKEN, clock=clock, rates=Rates()) as server:
        yield server


@pytest.fixture
async def sender(clock: ManualClock, telegram: TelegramServer) -> AsyncIterator[Sender]:
    """The sender of a bot."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url)))
    sender = Sender(bot, clock)
    yield sender
    await sender.close()
    await bot.session.close()


@pytest.fixture
async def anna(telegram: TelegramServer) -> Person:
    """Somebody who has pressed Start."""
    person = telegram.person()
    await person.start()
    return person


def screen(text: str) -> Screen:
    """Return a message without buttons."""
    return Screen(Html(text))


async def test_a_message_is_sent_and_edited(sender: Sender, anna: Person) -> None:
    """What is sent stands in the chat under the id that came back, and an edit changes it there."""
    message_id = await sender.send(anna.id, screen("<b>one</b>"))
    assert (anna.last.id, anna.last.text) == (message_id, "one")
    await sender.edit(anna.id, message_id, screen("two"))
    assert anna.last.text == "two"


async def test_an_edit_without_a_change_is_no_error(sender: Sender, anna: Person) -> None:
    """Telegram refuses an edit that changes nothing; to us it is done."""
    message_id = await sender.send(anna.id, screen("same"))
    await sender.edit(anna.id, message_id, screen("same"))
    assert anna.last.text == "same"


async def test_a_reply_to_a_deleted_message_is_sent_all_the_same(sender: Sender, anna: Person) -> None:
    """A code is not lost because its card is."""
    card = await sender.send(anna.id, screen("card"))
    await anna.delete(anna.last)
    await sender.send(anna.id, screen("code"), reply_to=card)
    assert anna.last.text == "code"
    assert anna.last.reply_to is None


async def test_a_missing_message_is_told_apart(sender: Sender, anna: Person) -> None:
    """Editing or deleting what the person deleted raises MessageGone."""
    message_id = await sender.send(anna.id, screen("here"))
    await anna.delete(anna.last)
    with pytest.raises(MessageGone):
        await sender.edit(anna.id, message_id, screen("there"))
    with pytest.raises(MessageGone):
        await sender.delete(anna.id, message_id)


async def test_a_blocked_bot_is_told_apart(sender: Sender, anna: Person) -> None:
    """Who blocked the bot is gone, with Telegram's reason."""
    await anna.block()
    with pytest.raises(ChatGone, match="blocked by the user"):
        await sender.send(anna.id, screen("hello?"))


async def test_an_unknown_chat_is_gone(sender: Sender) -> None:
    """A chat that does not exist is gone too."""
    with pytest.raises(ChatGone):
        await sender.send(987654, screen("hello?"))


async def test_broken_markup_is_unacceptable(sender: Sender, anna: Person, telegram: TelegramServer) -> None:
    """What Telegram will never take is not tried again."""
    with pytest.raises(Unacceptable, match="parse entities"):
        await sender.send(anna.id, screen("<b>open"))
    assert len(telegram.calls.of("sendMessage")) == 1


@pytest.mark.parametrize("code", [500, 502, 503, 429, 408])
async def test_a_failing_telegram_is_tried_again(
    sender: Sender, anna: Person, telegram: TelegramServer, clock: ManualClock, code: int
) -> None:
    """A 5xx, and a 429 that names no pause, is waited out; the message arrives once."""
    telegram.faults.add("sendMessage", error_code=code, times=2)
    await in_time(clock, sender.send(anna.id, screen("at last")))
    assert [message.text for message in anna.messages if message.from_bot] == ["at last"]


async def test_a_cut_connection_is_tried_again(
    sender: Sender, anna: Person, telegram: TelegramServer, clock: ManualClock
) -> None:
    """A connection that breaks before Telegram did anything is made anew."""
    telegram.faults.cut_before("sendMessage", times=1)
    await in_time(clock, sender.send(anna.id, screen("at last")))
    assert anna.last.text == "at last"


async def test_a_lasting_failure_is_told(
    sender: Sender, anna: Person, telegram: TelegramServer, clock: ManualClock
) -> None:
    """When Telegram fails again and again, the caller hears that the same may work later."""
    telegram.faults.add("sendMessage", error_code=502, times=None)
    with pytest.raises(Unsent):
        await in_time(clock, sender.send(anna.id, screen("never")))


async def test_retry_after_is_obeyed(
    sender: Sender, anna: Person, telegram: TelegramServer, clock: ManualClock
) -> None:
    """After a 429 nothing goes to that chat before the time that Telegram named."""
    telegram.faults.add("sendMessage", error_code=429, retry_after=9)
    await in_time(clock, sender.send(anna.id, screen("patient")))
    first, second = telegram.calls.of("sendMessage")
    assert (second.at - first.at).total_seconds() >= 9
    assert anna.last.text == "patient"


async def test_the_limits_are_kept(
    sender: Sender, anna: Person, telegram: TelegramServer, clock: ManualClock
) -> None:
    """Ten messages to one chat all arrive, in order, without one refusal."""
    for number in range(10):
        await in_time(clock, sender.send(anna.id, screen(str(number))), step=0.25)
    assert [message.text for message in anna.messages if message.from_bot] == [str(n) for n in range(10)]
    assert [call.error for call in telegram.calls.of("sendMessage")] == [None] * 10


async def test_a_group_that_became_a_supergroup_is_followed(
    sender: Sender, anna: Person, telegram: TelegramServer
) -> None:
    """A message to the old id goes to the new one, and the next goes there at once."""
    group = telegram.group("Friends", anna)
    telegram.faults.add(
        "sendMessage", migrate_to_chat_id=group.id, description="Bad Request: group chat was upgraded"
    )
    await sender.send(-123, screen("first"))
    await sender.send(-123, screen("second"))
    texts = [message.text for message in anna.in_group(group).messages]
    assert texts == ["first", "second"]
    assert [call.params["chat_id"] for call in telegram.calls.of("sendMessage")] == [-123, group.id, group.id]


async def test_an_old_tap_is_not_worth_an_error(sender: Sender, telegram: TelegramServer) -> None:
    """Answering a tap that Telegram has forgotten raises nothing."""
    await sender.answer("123456", "too late")
    assert telegram.calls.of("answerCallbackQuery")[0].error is not None


async def test_long_answers_are_cut(sender: Sender, telegram: TelegramServer) -> None:
    """A box over the chat holds 200 characters; longer words are cut instead of refused."""
    await sender.answer("123456", "a" * 500, alert=True)
    assert len(telegram.calls.of("answerCallbackQuery")[0].params["text"]) == 200


async def test_a_wrong_token_is_no_fault_of_the_message(
    telegram: TelegramServer, clock: ManualClock, anna: Person
) -> None:
    """With a token that Telegram does not know, messages are kept for later, not given up."""
    bot = Bot(
        "77:another-token-that-nobody-knows-here-00",
        session=AiohttpSession(api=TelegramAPIServer.from_base(telegram.url)),
    )
    try:
        with pytest.raises(Unsent):
            await Sender(bot, clock).send(anna.id, screen("hello"))
    finally:
        await bot.session.close()
