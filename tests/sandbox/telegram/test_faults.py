"""Things that go wrong on demand, and the record of every call."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.support.clock import ManualClock


async def test_a_refusal_hits_as_often_as_it_is_told(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """Two calls are refused, the third goes through; other methods are untouched."""
    server.faults.add("sendMessage", error_code=429, retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.send_message(anna.id, "x")
        assert caught.value.retry_after == 7
        assert await bot.get_me()
    await bot.send_message(anna.id, "x")
    assert len(anna.messages) == 2


async def test_a_fault_may_look_at_the_parameters(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """Only the calls that it accepts are hit."""
    boris = server.person("Boris")
    await boris.start()
    server.faults.add(error_code=502, times=None, when=lambda params: params.get("chat_id") == boris.id)
    await bot.send_message(anna.id, "x")
    with pytest.raises(TelegramServerError, match="Bad Gateway"):
        await bot.send_message(boris.id, "x")
    server.faults.clear()
    await bot.send_message(boris.id, "x")


async def test_an_upgraded_group_names_its_new_chat(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """migrate_to_chat_id travels in the parameters of the refusal."""
    server.faults.add(
        "sendMessage", description="Bad Request: group chat was upgraded", migrate_to_chat_id=-1005
    )
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(anna.id, "x")
    assert caught.value.migrate_to_chat_id == -1005


async def test_an_answer_can_be_lost(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """The message is there, and the bot does not know."""
    server.faults.lose_answer("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna.id, "twice?")
    assert [message.text for message in anna.messages] == ["/start", "twice?"]
    assert server.calls.of("sendMessage")[0].error == (0, "the connection was cut")


async def test_a_connection_can_be_cut_before_anything_happens(
    bot: Bot, server: TelegramServer, anna: Person
) -> None:
    """The bot does not know, and nothing is there."""
    server.faults.cut_before("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(anna.id, "never")
    assert [message.text for message in anna.messages] == ["/start"]


async def test_a_call_can_be_held(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """A held call takes effect when it is released, not before."""
    hold = server.faults.hold("sendMessage")
    sending = asyncio.create_task(bot.send_message(anna.id, "late"))
    await hold.arrival()
    assert len(anna.messages) == 1
    await bot.get_me()
    hold.release()
    await sending
    assert anna.last.text == "late"


async def test_calls_are_recorded(bot: Bot, server: TelegramServer, anna: Person, clock: ManualClock) -> None:
    """Method, converted parameters, time, result or error of every call are kept."""
    await clock.advance(60)
    sent = await bot.send_message(anna.id, "x", disable_notification=True)
    (call,) = server.calls.of("sendMessage")
    assert call.params == {"chat_id": anna.id, "text": "x", "disable_notification": True}
    assert call.at == clock.now()
    assert call.result["message_id"] == sent.message_id
    server.calls.clear()
    assert len(server.calls) == 0
