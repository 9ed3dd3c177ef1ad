"""The sandbox and the real bot in this process, on a clock that begins at one and the same moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import build_app as build_bot
from bot.clock import SystemClock
from bot.config import Settings
from sandbox import demo
from sandbox.app import build_app, serve
from sandbox.bot_process import database
from sandbox.getsms import GetSmsSimulator

_MORNING = datetime(2026, 1, 15, 9, 41, tzinfo=UTC)


class MorningClock(SystemClock):
    """A clock that runs as the machine's does, from a fixed moment: pictures show the same times."""

    def __init__(self) -> None:
        self._began = self.monotonic()

    def now(self) -> datetime:
        """Return the fixed moment and what has passed since then."""
        return _MORNING + timedelta(seconds=self.monotonic() - self._began)


class Stage:
    """What a browser can open.

    Attributes:
        url: the chat page.
        getsms: the provider behind it; it sends no SMS unasked.
        people: identifiers of the demo's people, by language.
    """

    def __init__(self, url: str, getsms: GetSmsSimulator, people: dict[str, int]) -> None:
        self.url = url
        self.getsms = getsms
        self.people = people


@asynccontextmanager
async def stage(folder: Path) -> AsyncIterator[Stage]:
    """Open the demo sandbox with a bot under it, until the context ends."""
    clock = MorningClock()
    telegram, getsms = demo.telegram(clock), demo.getsms(clock)
    getsms.set_automatic(enabled=False, after=demo.SECONDS_TO_SMS)
    people = {user.language_code: user.id for user in telegram.world.users.values() if user.language_code}
    stop = asyncio.Event()
    async with (
        serve(build_app(telegram, [getsms]), "127.0.0.1", 0) as url,
        build_bot(_settings(url, folder), clock) as bot,
    ):
        running = asyncio.create_task(bot.run(stop))
        try:
            yield Stage(url, getsms, people)
        finally:
            stop.set()
            await running


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        bot_token=SecretStr(demo.TOKEN),
        telegram_api_url=url,
        getsms_url=f"{url}/getsms",
        database_url=f"sqlite+aiosqlite:///{database(folder)}",
        allowed_users=frozenset(),
        http_port=0,
    )
