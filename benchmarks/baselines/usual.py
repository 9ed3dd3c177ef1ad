"""What bots of this kind usually do: a task for each order, one httpx client, ``await asyncio.sleep(5)``."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import httpx

from benchmarks.baselines.bare import CODE


async def watch(client: httpx.AsyncClient, job: dict[str, Any], form: dict[str, str], chat: int) -> None:
    """Ask for one order until it has its code; a failure is passed over."""
    while True:
        try:
            answer = await client.get(job["check_url"], params=form)
            found = CODE.search(answer.text)
            if found:
                text = {"chat_id": chat, "text": found.group(1)}
                await client.post(f"{job['api']}/bot{job['token']}/sendMessage", json=text)
                return
        except httpx.HTTPError:
            pass
        await asyncio.sleep(job["interval"])


async def main(job: dict[str, Any]) -> None:
    """Ask until killed."""
    async with httpx.AsyncClient() as client:
        await asyncio.gather(*(watch(client, job, form, chat) for form, chat in job["orders"]))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
