"""Delivery to a webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.support.clock import ManualClock


class Receiver:
    """An endpoint that answers what it is told, and keeps what it got."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.hold: asyncio.Event | None = None
        self._got: asyncio.Queue[tuple[dict[str, Any], str | None]] = asyncio.Queue()

    async def take(self, request: web.Request) -> web.Response:
        """Answer one delivery."""
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self._got.put_nowait((await request.json(), secret))
        if self.hold is not None:
            await self.hold.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def waiting(self) -> int:
        """How many deliveries came that no test has looked at."""
        return self._got.qsize()

    async def next(self) -> tuple[dict[str, Any], str | None]:
        """Return the next delivery and its secret; a test that waits in vain fails soon."""
        async with asyncio.timeout(5):
            return await self._got.get()


@asynccontextmanager
async def receiving() -> AsyncIterator[tuple[Receiver, str]]:
    """Listen for deliveries; gives the receiver and its address."""
    receiver, app = Receiver(), web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield receiver, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(bot: Bot, anna: Person) -> None:
    """What waited comes first, in order; polling is refused meanwhile."""
    async with receiving() as (receiver, url):
        await bot.set_webhook(url, secret_token="s3cret")
        await anna.send("hello")
        texts = [await receiver.next() for _ in range(2)]
        assert [(update["message"]["text"], secret) for update, secret in texts] == [
            ("/start", "s3cret"),
            ("hello", "s3cret"),
        ]
        with pytest.raises(
            TelegramConflictError, match="can't use getUpdates method while webhook is active"
        ):
            await bot.get_updates()
        await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates() == []


async def test_what_is_not_taken_comes_again(bot: Bot, anna: Person, clock: ManualClock) -> None:
    """An error is repeated at once, then after two seconds of the clock, until it is taken."""
    async with receiving() as (receiver, url):
        receiver.answers = [web.Response(status=500), web.Response(status=502)]
        await bot.set_webhook(url)
        first, _ = await receiver.next()
        again, _ = await receiver.next()
        async with asyncio.timeout(5):
            await clock.until_asleep()
        info = await bot.get_webhook_info()
        assert info.pending_update_count == 1
        assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"
        await clock.advance(2)
        third, _ = await receiver.next()
        assert first == again == third
        assert anna.messages[0].text == "/start"


async def test_an_answer_may_be_a_call(bot: Bot, anna: Person) -> None:
    """A method in the body of the answer is carried out."""
    async with receiving() as (receiver, url):
        receiver.answers = [web.json_response({"method": "sendMessage", "chat_id": anna.id, "text": "hi"})]
        await bot.set_webhook(url)
        assert (await anna.wait_for("hi")).from_bot


async def test_bad_webhooks_are_refused(bot: Bot) -> None:
    """An address must be one, and a secret has its characters."""
    with pytest.raises(TelegramBadRequest, match="bad webhook"):
        await bot.set_webhook("nonsense")
    with pytest.raises(TelegramBadRequest, match="unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/", secret_token="no blanks")


async def test_one_chat_waits_for_itself_and_no_other(bot: Bot, server: TelegramServer, anna: Person) -> None:
    """A message that is being handled holds back its chat's next one; another chat's comes meanwhile."""
    boris = server.person("Boris")
    async with receiving() as (receiver, url):
        receiver.hold = asyncio.Event()
        await bot.set_webhook(url)
        await anna.send("second")
        first, _ = await receiver.next()
        await boris.start()
        other, _ = await receiver.next()
        assert (first["message"]["from"]["id"], other["message"]["from"]["id"]) == (anna.id, boris.id)
        assert (await bot.get_webhook_info()).pending_update_count == 3
        receiver.hold.set()
        second, _ = await receiver.next()
        assert second["message"]["text"] == "second"


async def test_no_more_connections_than_were_asked_for(
    bot: Bot, server: TelegramServer, anna: Person
) -> None:
    """With one connection, what comes from anybody waits for the answer before it."""
    boris = server.person("Boris")
    async with receiving() as (receiver, url):
        receiver.hold = asyncio.Event()
        await bot.set_webhook(url, max_connections=1)
        await receiver.next()
        await boris.start()
        await bot.get_me()  # a round trip, in which a second delivery would have come
        assert receiver.waiting == 0
        receiver.hold.set()
        update, _ = await receiver.next()
        assert update["message"]["from"]["id"] == boris.id
        assert anna.messages[0].text == "/start"


async def test_an_answer_says_when_to_come_again(bot: Bot, anna: Person, clock: ManualClock) -> None:
    """``Retry-After`` counts instead of the usual pauses."""
    async with receiving() as (receiver, url):
        receiver.answers = [web.Response(status=503, headers={"Retry-After": "7"})]
        await bot.set_webhook(url)
        await receiver.next()
        async with asyncio.timeout(5):
            await clock.until_asleep()
        await clock.advance(6.9)
        assert receiver.waiting == 0
        await clock.advance(0.2)
        await receiver.next()
        assert anna.messages[0].text == "/start"


async def test_setting_the_same_webhook_again_disturbs_nothing(bot: Bot, anna: Person) -> None:
    """A delivery that is under way is not repeated because somebody sets what is set already."""
    async with receiving() as (receiver, url):
        receiver.hold = asyncio.Event()
        await bot.set_webhook(url, secret_token="s3cret")
        await receiver.next()
        await bot.set_webhook(url, secret_token="s3cret", allowed_updates=["message"])
        receiver.hold.set()
        await anna.send("next")
        update, _ = await receiver.next()
        assert update["message"]["text"] == "next"
