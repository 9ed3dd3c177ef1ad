"""A simulated Telegram on a socket, the real aiogram as its client, and somebody who writes."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from tests.sandbox.telegram.api import TOKEN, Api
from tests.support.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[TelegramServer]:
    """A Telegram without limits on sending."""
    async with TelegramServer(token=TOKEN, clock=clock) as server:
        yield server


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    """The real client library, pointed at the server."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    yield Bot(TOKEN, session=session)
    if session._session is not None:  # its own close() sleeps for a quarter of a second
        await session._session.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(server: TelegramServer, http: aiohttp.ClientSession) -> Api:
    """Calls without a library, for what aiogram would not send."""
    return Api(http, server.url)


@pytest.fixture
async def anna(server: TelegramServer) -> Person:
    """Somebody who has pressed Start."""
    anna = server.person("Anna", "ru")
    await anna.start()
    return anna
