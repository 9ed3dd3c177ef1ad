"""A replica that holds a person's line: ``python -m tests.cluster.holder REDIS PREFIX LEASE``.

It says ``begun`` once it works, and leaves the line and says ``left`` when it is sent a line.
"""

import asyncio
import sys

from bot.clock import SystemClock
from bot.cluster.cluster import open_cluster
from bot.telegram.turns import Turns


async def hold(redis_url: str, prefix: str, lease: float) -> None:
    """Hold the line of person 1 with update 1."""
    clock = SystemClock()
    async with open_cluster(redis_url, prefix, clock) as cluster:
        cluster.lines.lease = lease
        async with Turns(clock, cluster.lines).take(1, 1, is_message=True):
            sys.stdout.write("begun\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.readline)
        sys.stdout.write("left\n")


if __name__ == "__main__":
    asyncio.run(hold(sys.argv[1], sys.argv[2], float(sys.argv[3])))
