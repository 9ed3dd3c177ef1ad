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
from sandbox.smspva import SmspvaSimulator

_GROUPS = {"en": "Codes at work", "ru": "Коды на работе", "tr": "İşteki kodlar"}
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
        getsms: the provider behind it that sells activations; it sends no SMS unasked.
        smspva: the one that rents numbers out; neither does it.
        people: identifiers of the demo's people, by language.
        groups: identifiers of a group that each of them runs alone, by language.
        database: the bot's.
    """

    def __init__(
        self,
        url: str,
        getsms: GetSmsSimulator,
        smspva: SmspvaSimulator,
        people: dict[str, int],
        groups: dict[str, int],
        database: Path,
    ) -> None:
        self.url = url
        self.getsms = getsms
        self.smspva = smspva
        self.people = people
        self.groups = groups
        self.database = database


@asynccontextmanager
async def stage(folder: Path) -> AsyncIterator[Stage]:
    """Open the demo sandbox with a bot under it, until the context ends."""
    clock = MorningClock()
    telegram, getsms, smspva = demo.telegram(clock), demo.getsms(clock), demo.smspva(clock)
    for house in (getsms, smspva):
        house.set_automatic(enabled=False, after=demo.SECONDS_TO_SMS)
    people = {user.language_code: user.id for user in telegram.world.users.values() if user.language_code}
    groups = {
        language: telegram.world.add_group(_GROUPS[language], {user: "creator"}, "supergroup", "member").id
        for language, user in people.items()
    }
    stop = asyncio.Event()
    async with (
        serve(build_app(telegram, [getsms, smspva]), "127.0.0.1", 0) as url,
        build_bot(_settings(url, folder), clock) as bot,
    ):
        running = asyncio.create_task(bot.run(stop))
        try:
            yield Stage(url, getsms, smspva, people, groups, database(folder))
        finally:
            stop.set()
            await running


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        bot_token=SecretStr(demo.TOKEN),
        telegram_api_url=url,
        getsms_url=f"{url}/getsms",
        smspva_url=f"{url}/smspva",
        smspva_requests_per_second=50.0,  # at its real pace a screen takes some seconds
        database_url=f"sqlite+aiosqlite:///{database(folder)}",
        allowed_users=frozenset(),
        http_port=0,
    )
