"""``python -m sandbox`` whole, as ``make run`` starts it: the real bot answers in the web chat."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.storage.lock import sole_owner
from sandbox.bot_process import PROJECT
from tests.e2e.world import PATIENCE


@asynccontextmanager
async def _sandbox(data: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run the command; gives the process and the address that it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--data", str(data)),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        said = (await process.stdout.readuntil(b"Demo key")).decode()
        found = re.search(r"Web chat +(http://\S+)", said)
        assert found, said
        yield process, found.group(1)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def _says(session: aiohttp.ClientSession, who: dict[str, int], words: str) -> None:
    """Return once the bot has said something with these words."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with session.get("chat/messages", params=who) as answer:
                messages = (await answer.json())["messages"]
            if any(words in str(message) and not message["out"] for message in messages):
                return
            await asyncio.sleep(0.05)


async def test_the_bot_lives_and_ends_with_its_sandbox(tmp_path: Path) -> None:
    """It answers in the chat at the printed address; SIGTERM ends the sandbox with 0, and the bot with it."""
    async with _sandbox(tmp_path) as (process, url), aiohttp.ClientSession(url) as session:
        async with session.get("chat/state") as state:
            user = (await state.json())["users"][0]["id"]
        who = {"user": user, "chat": user}
        async with session.post("chat/send", json={**who, "text": "/start"}) as sent:
            assert sent.status == 200
        await _says(session, who, "Add a key")
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    with sole_owner(tmp_path):  # a bot that lived on would hold its database
        assert (tmp_path / "sandbox.db").exists()
