"""The simulators on one port of this process, and bots as processes under them, in real time."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import SystemClock
from sandbox import demo
from sandbox.app import build_app, serve
from sandbox.bot_process import environment
from sandbox.getsms import GetSmsSimulator, demo_stock
from sandbox.telegram.calls import RecordedCall
from sandbox.telegram.limits import Rates
from sandbox.telegram.server import TelegramServer
from tests.e2e.process import Bot, launch

PATIENCE = 45.0  # seconds: processes start slowly on a machine with other things to do
KEY = "e2e-Key_7f3A9c51d0"
_GLANCE = 0.02


class Port:
    """A free port that stays ours: nobody else gets it, and it refuses connections until somebody serves."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.number: int = self._socket.getsockname()[1]

    def close(self) -> None:
        """Give the port up."""
        self._socket.close()


class World:
    """Telegram, Get-SMS and the bots of one test.

    Attributes:
        folder: the bots' working directory; the database lies in it.
        telegram: the simulated Telegram.
        getsms: the simulated Get-SMS: it knows ``KEY``, has everything in stock and sends no SMS unasked.
        heads: request line and headers of every request that reached the simulators.
        bots: every bot that was started.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.telegram = TelegramServer(token=demo.TOKEN, rates=Rates())
        self.getsms = GetSmsSimulator(SystemClock())
        self.getsms.add_key(KEY, balance="500.00")
        self.getsms.fill(demo_stock())
        self.heads: list[str] = []
        self.bots: list[Bot] = []
        self._port = Port()
        self._stack = AsyncExitStack()

    @property
    def url(self) -> str:
        """Where the simulators are once they are open."""
        return f"http://127.0.0.1:{self._port.number}"

    @property
    def variables(self) -> dict[str, str]:
        """The bot's configuration."""
        return environment(token=demo.TOKEN, url=self.url, data=self.folder)

    async def open(self) -> None:
        """Begin to serve; before, nothing answers."""
        app = build_app(self.telegram, [self.getsms])
        app.middlewares.append(self._note)
        await self._stack.enter_async_context(serve(app, "127.0.0.1", self._port.number))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bot in self.bots:
            await bot.stop(grace=2)
        await self._stack.aclose()
        self._port.close()

    async def start_bot(
        self, *, polls: bool = True, arguments: tuple[str, ...] = (), fresh: bool = False, **variables: str
    ) -> Bot:
        """Start a bot.

        Args:
            polls: whether to wait until it takes updates.
            arguments: of its command line.
            fresh: whether it is to be a new interpreter.
            **variables: what is different in its configuration.
        """
        before = len(self.polls)
        bot = await launch({**self.variables, **variables}, self.folder, *arguments, fresh=fresh)
        self.bots.append(bot)
        if polls:
            await self.until(lambda: len(self.polls) > before or bot.ended, "the bot to take updates")
            assert not bot.ended, f"the bot ended at once:\n{bot.said}"
        return bot

    @property
    def polls(self) -> list[RecordedCall]:
        """The bots' calls for updates."""
        return self.telegram.calls.of("getUpdates")

    def sent(self, words: str) -> list[RecordedCall]:
        """Return the messages with these words that Telegram took from the bot, deleted ones included."""
        return [
            call
            for call in self.telegram.calls.of("sendMessage")
            if call.result and words in call.params["text"]
        ]

    async def until(self, check: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Return once the check holds; what it looks at may be another process, so it is asked again."""
        try:
            async with asyncio.timeout(seconds):
                while not check():  # noqa: ASYNC110 - see above: there is nothing to wait on
                    await asyncio.sleep(_GLANCE)
        except TimeoutError:
            raise AssertionError(f"waited {seconds} s in vain for {what}") from None

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        self.heads.append(f"{request.method} {request.raw_path}\n{headers}")
        return await handler(request)
