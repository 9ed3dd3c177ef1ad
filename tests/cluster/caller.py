"""A replica's calls to one host, as a process: ``python -m tests.cluster.caller REDIS PREFIX URL RATE N``."""

import asyncio
import sys

from bot.clock import SystemClock
from bot.cluster.cluster import open_cluster
from bot.providers.base import Limits, Record
from bot.providers.calls import Call, Kind
from bot.providers.http import Http


async def call(redis_url: str, prefix: str, url: str, rate: float, count: int) -> None:
    """Make so many calls as quickly as they are let."""
    clock = SystemClock()
    record = Record("house", "House", url, "none", "RUB", "none", url, Limits(requests_per_second=rate))
    async with (
        open_cluster(redis_url, prefix, clock) as cluster,
        Http(clock, share=cluster.hosts.share) as http,
    ):
        await asyncio.gather(
            *(http.send(Call(record, "test", "/", {}, Kind.POLL)) for _ in range(count)),
        )


if __name__ == "__main__":
    redis, prefix_, url_, rate_, count_ = sys.argv[1:]
    asyncio.run(call(redis, prefix_, url_, float(rate_), int(count_)))
