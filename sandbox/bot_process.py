"""The real bot under the sandbox: a process of its own that is told where the simulators are."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bot.clock import Clock

PROJECT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "bot", "run", "--local-hosts")
GRACE = 10.0


def environment(*, token: str, url: str, data: Path) -> dict[str, str]:
    """Return what the bot's environment says beyond ours: the simulators in place of the world.

    Args:
        token: the simulated Telegram's bot token; never empty: that would start a sandbox.
        url: the sandbox's own base URL, without a slash at its end.
        data: the folder of the bot's database.
    """
    return {
        "BOT_TOKEN": token,
        "TELEGRAM_API_URL": url,
        "GETSMS_URL": f"{url}/getsms",
        "GETSMS_ONLINE_URL": f"{url}/getsms-online",
        "SMS_ACTIVATE_URL": f"{url}/sms-activate",
        "SMSPVA_URL": f"{url}/smspva",
        "SMSPVA_REQUESTS_PER_SECOND": "10",  # a simulator is not in need of the pause that SMSPVA itself gets
        "EXTRA_PROVIDERS": json.dumps(_again(url)),
        "DATABASE_URL": f"sqlite+aiosqlite:///{database(data)}",
        "HTTP_PORT": "0",
    }


def _again(url: str) -> list[dict[str, object]]:
    """Return the houses that are known to the bot once more, under another name.

    Two speak two languages, and a bot speaks to each house in one of them. SMS-Activate takes no new keys,
    since it closed; the sandbox plays it as it was.
    """
    return [
        {
            "slug": "getsms-compatible",
            "title": "Get-SMS (compatible)",
            "url": f"{url}/getsms-compatible",
            "protocol": "handler_api",
            "currency": "RUB",
            "quirks": {"dialect": "getsms"},
        },
        {
            "slug": "sms-reg",
            "title": "GetSMS.ONLINE (API #2)",
            "url": f"{url}/getsms-online",
            "protocol": "sms_reg",
            "currency": "RUB",
        },
        {
            "slug": "sms-activate-open",
            "title": "SMS-Activate (as it was)",
            "url": f"{url}/sms-activate",
            "protocol": "handler_api",
            "currency": "RUB",
            "quirks": {"dialect": "sms_activate"},
            "rentals": "sms_activate_rent",
        },
    ]


def database(data: Path) -> Path:
    """Return the file of the sandbox's database: its name is never that of a real bot's."""
    return data.resolve() / "sandbox.db"


def forget(data: Path) -> None:
    """Delete the database that an earlier run left, since the world that it knew is gone."""
    for suffix in ("", "-wal", "-shm"):
        database(data).with_name(database(data).name + suffix).unlink(missing_ok=True)


class Process(Protocol):
    """What a bot's process is asked for, as ``asyncio.subprocess.Process`` answers it."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    @property
    def returncode(self) -> int | None:
        """Its exit code, -n for one that signal n ended; None while it lives."""
        ...

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""
        ...

    def kill(self) -> None:
        """End it, whatever it is doing."""
        ...

    async def wait(self) -> int:
        """Return the exit code once it has ended."""
        ...


class BotProcess:
    """A running bot.

    It leads a process group of its own, so that Ctrl-C in a terminal reaches the sandbox alone, which then
    stops the bot in good order.
    """

    def __init__(self, process: Process, clock: Clock) -> None:
        self._process = process
        self._clock = clock

    @classmethod
    async def start(
        cls, variables: Mapping[str, str], clock: Clock, command: Sequence[str] = COMMAND
    ) -> "BotProcess":
        """Start the bot with our environment and these variables; it writes where we write."""
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=PROJECT,
            env={**os.environ, **variables},
            stdin=asyncio.subprocess.DEVNULL,
            process_group=0,
        )
        return cls(process, clock)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    async def wait(self) -> int:
        """Return the exit code once the bot has ended; 128 + n for one that signal n ended, as shells do."""
        code = await self._process.wait()
        return 128 - code if code < 0 else code

    async def stop(self, grace: float = GRACE) -> int:
        """Ask it to end, kill it when it has not after ``grace`` seconds; return its exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            ended = asyncio.create_task(self._process.wait())
            patience = asyncio.create_task(self._clock.sleep(grace))
            await asyncio.wait({ended, patience}, return_when=asyncio.FIRST_COMPLETED)
            patience.cancel()
            if not ended.done():
                self._process.kill()
            await ended
        return await self.wait()
