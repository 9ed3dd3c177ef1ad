"""A real Redis: the one that is there, under a prefix of the test's own, or one that the test may kill."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.cluster.cluster import Cluster, open_cluster
from tests.cluster.own_redis import OwnRedis
from tests.support.servers import RedisRoom

Join = Callable[..., Awaitable[Cluster]]


@pytest.fixture
async def own_redis(tmp_path: Path) -> AsyncIterator[OwnRedis]:
    """A Redis that the test may kill."""
    if shutil.which("redis-server") is None:
        told = "no redis-server is installed"
        if os.environ.get("REQUIRE_SERVERS") == "1":
            pytest.fail(told)
        pytest.skip(told)
    redis = OwnRedis(tmp_path)
    await redis.start()
    yield redis
    await redis.kill()


@pytest.fixture
async def join(redis_room: RedisRoom) -> AsyncIterator[Join]:
    """Open the side of one more replica, as often as it is called; they all meet each other."""
    async with AsyncExitStack() as stack:

        async def one_more(egress: str = "default") -> Cluster:
            return await stack.enter_async_context(
                open_cluster(redis_room.url, redis_room.prefix, SystemClock(), egress)
            )

        yield one_more


@pytest.fixture
async def meet(own_redis: OwnRedis) -> AsyncIterator[Join]:
    """Open the side of one more replica on the Redis that can be killed."""
    async with AsyncExitStack() as stack:

        async def one_more() -> Cluster:
            return await stack.enter_async_context(open_cluster(own_redis.url, "test", SystemClock()))

        yield one_more
