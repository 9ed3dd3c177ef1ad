"""Telegram's limits on sending, when they are played."""

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from sandbox.telegram.limits import Limiter, Rates
from sandbox.telegram.refusal import Refusal
from sandbox.telegram.server import TelegramServer
from tests.sandbox.telegram.api import TOKEN
from tests.support.clock import ManualClock

CHAT, OTHER, GROUP = 1, 2, -1


def spent(limiter: Limiter, chat: int, most: int = 100) -> int:
    """Return how many messages go through before one is refused."""
    for count in range(most):
        try:
            limiter.spend(chat)
        except Refusal:
            return count
    return most


async def test_a_private_chat_takes_a_burst_and_then_one_a_second(clock: ManualClock) -> None:
    """After the burst each second gives one; what is refused does not count."""
    limiter = Limiter(clock, Rates(chat=1, chat_burst=3))
    assert spent(limiter, CHAT) == 3
    assert spent(limiter, CHAT) == 0
    await clock.advance(1)
    assert spent(limiter, CHAT) == 1
    assert spent(limiter, OTHER) == 3


async def test_a_group_takes_twenty_a_minute(clock: ManualClock) -> None:
    """The refusal says in how many seconds the next one may come, and then it may."""
    limiter = Limiter(clock, Rates())
    assert spent(limiter, GROUP) == 20
    with pytest.raises(Refusal) as caught:
        limiter.spend(GROUP)
    assert caught.value.retry_after == 3
    await clock.advance(3)
    assert spent(limiter, GROUP) == 1


def test_all_chats_together_take_thirty_a_second(clock: ManualClock) -> None:
    """Many chats at once share one limit."""
    limiter = Limiter(clock, Rates(overall=30))
    assert sum(spent(limiter, chat, 1) for chat in range(1, 50)) == 30


def test_without_rates_nothing_is_refused(clock: ManualClock) -> None:
    """Benchmarks run without limits."""
    assert spent(Limiter(clock, None), CHAT, 1000) == 1000


async def test_a_bot_gets_429_with_the_seconds_to_wait(
    clock: ManualClock, http: aiohttp.ClientSession
) -> None:
    """Sends and edits share the limit; answers to presses are free."""
    async with TelegramServer(token=TOKEN, clock=clock, rates=Rates(chat_burst=2)) as server:
        anna = server.person()
        await anna.start()
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        bot = Bot(TOKEN, session=session)
        sent = await bot.send_message(anna.id, "1")
        await bot.edit_message_text("2", chat_id=anna.id, message_id=sent.message_id)
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.send_message(anna.id, "3")
        assert caught.value.retry_after == 1
        query = await anna.tap(anna.last, data="x")
        await bot.answer_callback_query(query.id)
        async with http.post(
            f"{server.url}/bot{TOKEN}/sendMessage", json={"chat_id": anna.id, "text": "4"}
        ) as response:
            assert response.headers["Retry-After"] == "1"
            assert (await response.json())["parameters"] == {"retry_after": 1}
        await clock.advance(1)
        await bot.send_message(anna.id, "5")
        assert anna.last.text == "5"
        assert session._session is not None
        await session._session.close()
