"""A Telegram, three providers and a crowd, through which one bot after another lives and dies."""

import asyncio
import random
import re
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.app import build_app as build_bot
from bot.clock import SystemClock
from bot.config import Settings
from bot.providers.addresses import Addresses
from sandbox import demo
from sandbox.app import build_app, serve
from sandbox.bot_process import database, environment
from sandbox.telegram.calls import RecordedCall
from sandbox.telegram.limits import Rates
from sandbox.telegram.server import TelegramServer
from tests.crash.books import BUYING, RENTING
from tests.crash.commits import Point
from tests.crash.crowd import Fate, Walker
from tests.crash.houses import open_houses
from tests.crash.nest import KILLED, WALL, Bot, Nest
from tests.crash.wall import TownClock

PATIENCE = 60.0  # seconds within which a bot is up, on a machine with other things to do
PACE = 3.0
"""How many seconds pass in a real one: a crowd wants more than the providers' limits let through in one."""
HURRY = 6.0
"""The same when nobody does anything any more, and all there is to do is to wait."""

_GLANCE = 0.02
_THINKING = 0.15 * PACE  # seconds between a sale and its answer
_LANDING = 0.1  # what a dead bot had written to its sockets is read by then
_CODE = re.compile(r"<code>(\d{8})</code>")
_DIGITS = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True)
class Life:
    """One bot, from its start to its end.

    Attributes:
        began: when it was started.
        ended: when it was dead.
        start_seconds: until it took updates; None where it died before.
        died_at: the point at which it was killed; None for any other end.
        code: its exit code.
    """

    began: datetime
    ended: datetime
    start_seconds: float | None
    died_at: Point | None
    code: int


@dataclass(slots=True)
class Told:
    """What Telegram has taken from the bots.

    Attributes:
        codes: by code, the chats that got it in a new message, each time.
        doubts: by chat, the new messages that say that a purchase is in doubt.
        unpaid: by chat, the new messages that say that a payment for a rental is in doubt.
        excused: by code, how often a bot died after Telegram had taken it and before that was recorded.
        unanswered: by code, how often Telegram took it and its answer was lost.
    """

    codes: dict[str, list[int]] = field(default_factory=dict)
    doubts: Counter[int] = field(default_factory=Counter)
    unpaid: Counter[int] = field(default_factory=Counter)
    excused: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)


class Town:
    """Everything outside the bot, and its database file.

    Args:
        folder: where the database and the bots' logs are.
        seed: of all dice.
        people: how many.
        sms: how many SMS come to one number at most.
        bots: whether there is a hatchery for them.

    Attributes:
        clock: the time that everybody lives in.
        telegram: with Telegram's limits.
        houses: the providers by slug.
        walkers: the crowd.
        fate: what befalls numbers.
        lives: every bot that has ended.
        births: when each bot was started.
        told: what arrived in the chats, up to the last death.
        passed: how often each point was passed.
    """

    def __init__(self, folder: Path, seed: int, people: int, sms: int = 3, *, bots: bool = True) -> None:
        self.folder = folder
        self.dice = random.Random(seed)  # noqa: S311 - a test that is repeatable, no secret
        self.clock = clock = TownClock(folder / WALL)
        clock.hurry(PACE)
        self.telegram = TelegramServer(token=demo.TOKEN, clock=clock, rates=Rates())
        houses = open_houses(clock)
        self.houses = {house.slug: house for house in houses}
        self.fate = Fate(houses, self._die(), sms)
        self.walkers = [self._walker(number) for number in range(people)]
        self.lives: list[Life] = []
        self.births: list[datetime] = []
        self.told = Told()
        self.passed: Counter[Point] = Counter()
        self._has_bots = bots
        self._calls: list[RecordedCall] = []
        self._stack = AsyncExitStack()
        self._crowd: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self.url = await self._stack.enter_async_context(serve(self._app(), "127.0.0.1", 0))
        if self._has_bots:
            self.nest = await self._stack.enter_async_context(Nest(self.folder))
        await self._settle_down()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.rest()
        await self._stack.aclose()
        self.clock.close()

    def _app(self) -> web.Application:
        return build_app(self.telegram, list(self.houses.values()))

    def think(self) -> None:
        """Have the providers take their time for a sale: the moment in which a death costs most."""
        for house in self.houses.values():
            for method in (BUYING | RENTING) & set(house.panel()["methods"]):
                house.fault("slow", method, None, seconds=_THINKING)

    # The crowd

    def stir(self) -> None:
        """Let people walk, and SMS come."""
        walks = [walker.walk() for walker in self.walkers]
        self._crowd = [asyncio.create_task(walk) for walk in (*walks, self.fate.rule())]

    async def rest(self) -> None:
        """Let nothing further happen by itself."""
        for task in self._crowd:
            task.cancel()
        ended = await asyncio.gather(*self._crowd, return_exceptions=True)
        self._crowd = []
        for fault in ended:
            if not isinstance(fault, asyncio.CancelledError | None):
                raise fault

    # Bots

    async def live(self, *, seconds: float, kill_at: Point | None = None, times: int = 1) -> Life:
        """Let a bot live until it dies at a point, or is killed after so many seconds, its start included."""
        began, clock = self.clock.now(), time.monotonic()
        self.births.append(began)
        bot = await self.nest.hatch(self.variables, kill_at, times)
        up = asyncio.create_task(self._up(bot, clock))
        await asyncio.wait({bot.ended}, timeout=seconds)
        by_itself = bot.ended.done()
        await bot.kill()
        up.cancel()
        took = None if up.cancelled() or not up.done() else up.result()
        died_at = kill_at if by_itself and bot.ended.result() == KILLED else None
        return await self._bury(Life(began, self.clock.now(), took, died_at, bot.ended.result()))

    async def hatch(self) -> Bot:
        """Start a bot that is not going to be killed; return once it takes updates."""
        self.births.append(self.clock.now())
        bot = await self.nest.hatch(self.variables)
        assert await self._up(bot, time.monotonic()) is not None, self.nest.log.read_text()[-4000:]
        return bot

    def life(self, moment: datetime) -> int:
        """Return which bot lived at a moment; its last requests can arrive after its death.

        A moment before the first is of a clock that was wrong.
        """
        return max(1, sum(birth <= moment for birth in self.births))

    async def _up(self, bot: Bot, since: float) -> float | None:
        """Return after how many seconds the bot takes updates; None where it ended before."""
        before = self._asked_for_updates()
        async with asyncio.timeout(PATIENCE):
            while self._asked_for_updates() == before:
                if bot.ended.done():
                    return None
                await asyncio.sleep(_GLANCE)
        return time.monotonic() - since

    def _asked_for_updates(self) -> int:
        return len(self.telegram.calls.of("getUpdates"))

    async def _bury(self, life: Life) -> Life:
        """Note what a dead bot has left behind."""
        await asyncio.sleep(_LANDING)
        self.listen()
        self.passed.update(self.nest.passed())
        with closing(self._copy()) as body:
            assert body.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            waiting = body.execute(
                "SELECT coalesce(sms.code, rental_sms.text) FROM outbox"
                " LEFT JOIN sms ON sms.id = outbox.sms_id"
                " LEFT JOIN rental_sms ON rental_sms.id = outbox.rental_sms_id"
                " WHERE outbox.kind = 'code' AND outbox.ended_at IS NULL"
            ).fetchall()
        for (text,) in waiting:
            code = _DIGITS.search(text)
            if code and code.group() in self.told.codes:
                self.told.excused[code.group()] += 1
        self.lives.append(life)
        return life

    def listen(self) -> None:
        """Take note of what Telegram took since this was called last."""
        calls = [*self._calls, *self.telegram.calls]
        self.telegram.calls.clear()
        self._calls = []
        for call in calls:
            if call.method != "sendMessage" or not call.result:
                continue
            chat, text = int(call.params["chat_id"]), str(call.params["text"])
            code = _CODE.match(text)
            if code:
                self.told.codes.setdefault(code.group(1), []).append(chat)
                if call.error:  # taken, and the answer was lost: it is sent again
                    self.told.unanswered[code.group(1)] += 1
            elif "I will not buy again by myself" in text:
                self.told.doubts[chat] += 1
            elif "I do not pay again by myself" in text:
                self.told.unpaid[chat] += 1

    # The database

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """Read the database as another process would: only what is committed."""
        path = database(self.folder)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(statement)]

    def _copy(self) -> sqlite3.Connection:
        """Open a copy of a dead bot's files, so that the next bot finds them as they were left."""
        folder = self.folder / "body"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path = database(self.folder)
        for suffix in ("", "-wal"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                shutil.copy(part, folder / part.name)
        return sqlite3.connect(folder / path.name)

    # Setting up

    @property
    def variables(self) -> dict[str, str]:
        """The bots' configuration."""
        return environment(token=demo.TOKEN, url=self.url, data=self.folder)

    async def _settle_down(self) -> None:
        """Have everybody keep a key at one or two providers, as the bot itself would keep it."""
        given: dict[str, Any] = {name.lower(): value for name, value in self.variables.items()}
        async with build_bot(Settings(**given), SystemClock(), Addresses(loopback=True)) as app:
            for number, walker in enumerate(self.walkers):
                await app.engine.people.arrive(walker.person.id, "en")
                slugs = list(self.houses)
                for slug in {slugs[number % len(slugs)], slugs[number // len(slugs) % len(slugs)]}:
                    await app.engine.accounts.add(walker.person.id, slug, walker.key)

    def _walker(self, number: int) -> Walker:
        key = f"crash-Key-{number:04}"
        for house in self.houses.values():
            house.add_key(key, "100000")
        return Walker(self.telegram.person(f"Walker {number}"), key, self._die())

    def _die(self) -> random.Random:
        return random.Random(self.dice.random())  # noqa: S311 - as above
