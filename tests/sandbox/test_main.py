"""``python -m sandbox`` as a person runs it: it says where it is, and it ends when told."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.clock import SystemClock
from sandbox import demo
from sandbox.__main__ import _with_bot
from sandbox.bot_process import PROJECT, BotProcess


@asynccontextmanager
async def _sandbox(data: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--no-bot", "--port", "0", "--data", str(data)),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _said(process: asyncio.subprocess.Process, pattern: str) -> str:
    """Return what the pattern's group catches in the programme's words, once they are there."""
    assert process.stdout is not None
    async for line in process.stdout:
        if found := re.search(pattern, line.decode()):
            return found.group(1)
    raise AssertionError(f"it never said {pattern}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_it_is_and_stops_when_told(tmp_path: Path, number: int) -> None:
    """The printed address leads to the page and the printed key is a real one; a signal ends it well."""
    async with _sandbox(tmp_path) as process:
        url = await _said(process, r"Web chat +(http://127\.0\.0\.1:\d+/)$")
        key = await _said(process, r"Demo key +(\S+)")
        async with aiohttp.ClientSession(url) as session:
            async with session.get("/") as page:
                assert page.status == 200
            form = {"method": "getbalance", "userkey": key}
            async with session.post("getsms/api/v1/", data=form) as balance:
                assert '"status": 200' in await balance.text()
        process.send_signal(number)
        assert await process.wait() == 0


async def test_two_sandboxes_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second one leaves the first one's database alone and says what to do."""
    async with _sandbox(tmp_path) as first:
        await _said(first, "(Web chat)")
        async with _sandbox(tmp_path) as second:
            assert await _said(second, "another sandbox (uses)")
            assert await second.wait() == 1


async def test_a_bot_that_ends_by_itself_ends_the_sandbox(capsys: pytest.CaptureFixture[str]) -> None:
    """The sandbox says so and ends with the bot's code."""
    bot = await BotProcess.start({}, SystemClock(), (sys.executable, "-c", "raise SystemExit(5)"))
    assert await _with_bot(bot, asyncio.Event()) == 5
    assert "exit code 5" in capsys.readouterr().out


async def test_stopping_the_sandbox_stops_the_bot() -> None:
    """No bot is left behind."""
    bot = await BotProcess.start({}, SystemClock(), (sys.executable, "-c", "import time; time.sleep(600)"))
    stopped = asyncio.Event()
    stopped.set()
    assert await _with_bot(bot, stopped) == 0
    assert await bot.wait() == 128 + signal.SIGTERM


def test_the_demo_token_is_never_empty() -> None:
    """An empty token would make the bot start a sandbox, which would start a bot, and so on."""
    assert re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", demo.TOKEN)
