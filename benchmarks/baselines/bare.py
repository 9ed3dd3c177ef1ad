"""The floor: the same checks by aiohttp and nothing else, each code sent to Telegram once it is seen."""

import asyncio
import gc
import json
import random
import re
import sys
from pathlib import Path
from typing import Any

import aiohttp

CODE = re.compile(r"(?:code is |STATUS_OK:)(\d{6})")
_TOO_MANY = 429
_CONNECTIONS = 200  # as many as the bot allows itself to one host


class Bare:
    """Asks for every order after each interval, until it has its code.

    Args:
        job: ``check_url``, ``api``, ``token``, ``orders`` (a form and a chat each), ``interval`` (seconds).
        session: what to send with.
    """

    def __init__(self, job: dict[str, Any], session: aiohttp.ClientSession) -> None:
        self._session = session
        self._check_url = job["check_url"]
        self._send_url = f"{job['api']}/bot{job['token']}/sendMessage"
        self._interval: float = job["interval"]
        self._tasks: set[asyncio.Task[None]] = set()

    def ask_in(self, delay: float, form: dict[str, str], chat: int) -> None:
        """Have an order asked for in so many seconds."""
        asyncio.get_running_loop().call_later(delay, self._start, form, chat)

    def _start(self, form: dict[str, str], chat: int) -> None:
        task = asyncio.ensure_future(self._ask(form, chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask(self, form: dict[str, str], chat: int) -> None:
        async with self._session.post(self._check_url, data=form) as answer:
            found = CODE.search(await answer.text())
        if found is None:
            self.ask_in(self._interval, form, chat)
        else:
            await self._tell(chat, found.group(1))

    async def _tell(self, chat: int, code: str) -> None:
        """Send a code at once; where Telegram wants a pause, wait as long as it says, and try again."""
        while True:
            data = {"chat_id": str(chat), "text": code}
            async with self._session.post(self._send_url, data=data) as answer:
                if answer.status != _TOO_MANY:
                    return
                pause = (await answer.json())["parameters"]["retry_after"]
            await asyncio.sleep(pause)


async def main(job: dict[str, Any]) -> None:
    """Ask until killed; the first checks are spread over the interval."""
    # Without a limit, one moment in which the server does not answer makes thousands of connections at once,
    # which its queue refuses: the floor would be that of a storm.
    connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        bare = Bare(job, session)
        for form, chat in job["orders"]:
            bare.ask_in(random.uniform(0, job["interval"]), form, chat)  # noqa: S311 - spreading load
        gc.collect()
        gc.freeze()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
