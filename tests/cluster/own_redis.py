"""A Redis of the test's own, which can be killed, frozen and started again."""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import redis.asyncio

_PATIENCE = 10.0


class OwnRedis:
    """One ``redis-server`` that keeps nothing on disk.

    Attributes:
        url: where it answers, across restarts.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and return when it can be connected to."""
        self._process = await asyncio.create_subprocess_exec(
            *("redis-server", "--port", str(self._port), "--bind", "127.0.0.1"),
            *("--save", "", "--appendonly", "no", "--dir", str(self._folder)),
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(_PATIENCE):
            while not await self._answers():  # noqa: ASYNC110 - another process listens without a sign of ours
                await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Have it hold still, its connections open."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Have it go on."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)

    async def order(self, *words: str) -> None:
        """Have it carry a command out."""
        async with redis.asyncio.from_url(self.url) as client:
            await cast("Any", client).execute_command(*words)

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True
