"""One person's updates in order over several replicas, on a real Redis."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.clock import SystemClock
from bot.cluster.cluster import Cluster, open_cluster
from bot.cluster.lines import SharedPlace
from bot.telegram.turns import Turn, Turns
from tests.cluster.conftest import Join
from tests.cluster.own_redis import OwnRedis
from tests.cluster.test_hosts import until
from tests.support.servers import RedisRoom

ANNA, BORIS = 1, 2


class Work:
    """Handles updates in turns at several replicas, each until it is told to end.

    Attributes:
        begun: the ids of what has begun, in order.
    """

    def __init__(self) -> None:
        self.begun: list[int] = []
        self._ends: dict[int, asyncio.Event] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def come(self, turns: Turns, update_id: int, person: int = ANNA, *, tap: bool = False) -> Turn:
        """Let an update come to a replica; return once others can see it."""
        turn = turns.take(person, update_id, is_message=not tap)
        self._ends.setdefault(update_id, asyncio.Event())
        self._tasks.append(asyncio.create_task(self._work(turn, update_id)))
        place = turn._place
        assert isinstance(place, SharedPlace)
        async with asyncio.timeout(10):
            while not await place._lines.link.redis.hexists(place.line, place.name):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.005)
        return turn

    async def end(self, *ids: int) -> None:
        """End some work."""
        for update_id in ids:
            self._ends[update_id].set()
        await asyncio.sleep(0)

    async def until_begun(self, *ids: int) -> None:
        """Wait until exactly these have begun, in this order."""
        await until(lambda: len(self.begun) >= len(ids))
        assert self.begun == list(ids)

    async def _work(self, turn: Turn, update_id: int) -> None:
        async with turn:
            self.begun.append(update_id)
            await self._ends[update_id].wait()

    async def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@pytest.fixture
async def work() -> AsyncIterator[Work]:
    """Nothing is under way; at the end everything ends."""
    one = Work()
    yield one
    await one.close()


def turns_of(cluster: Cluster, lease: float = 10) -> Turns:
    """Return the turns of a replica."""
    cluster.lines.lease = lease
    return Turns(SystemClock(), cluster.lines)


async def test_updates_are_handled_one_after_the_other_in_the_order_of_their_ids(
    join: Join, work: Work
) -> None:
    """Whichever replica each of them came to, and in whichever order; another person's does not wait."""
    one, two = turns_of(await join()), turns_of(await join())
    await work.come(one, 1)
    await work.come(two, 4)
    await work.come(one, 3)
    await work.come(two, 2)
    await work.come(two, 9, BORIS)
    await work.until_begun(1, 9)
    for ended, begun in ((1, 2), (2, 3), (3, 4)):
        await work.end(ended)
        await until(lambda begun=begun: begun in work.begun)  # type: ignore[misc]  # bound now
    assert work.begun == [1, 9, 2, 3, 4]


async def test_what_comes_late_waits_for_what_is_at_work(join: Join, work: Work) -> None:
    """An update with a lower id does not begin beside one that has begun, wherever."""
    one, two = turns_of(await join()), turns_of(await join())
    await work.come(one, 5)
    await work.come(two, 3)
    await work.come(one, 4)
    await asyncio.sleep(0.1)
    assert work.begun == [5]
    await work.end(5, 3)
    await work.until_begun(5, 3, 4)


async def test_the_same_update_is_not_handled_at_two_places_at_once(join: Join, work: Work) -> None:
    """What Telegram sends again while one replica works on it waits there, to find it done."""
    one, two = turns_of(await join()), turns_of(await join())
    await work.come(one, 5)
    await work.come(two, 5)
    assert work.begun == [5]
    await work.end(5)
    await work.until_begun(5, 5)


async def test_a_turn_that_is_passed_on_lets_another_replica_begin(join: Join, work: Work) -> None:
    """Who knows that the rest of the work is independent says so, and nobody waits for it."""
    one, two = turns_of(await join()), turns_of(await join())
    slow = await work.come(one, 1)
    await work.come(two, 2)
    await work.until_begun(1)
    slow.pass_on()
    await work.until_begun(1, 2)


async def test_a_tap_is_waited_for_a_short_time_only(redis_room: RedisRoom, work: Work) -> None:
    """Behind a slow tap at another replica the next goes on after its seconds, without a word."""
    async with AsyncExitStack() as stack:
        one, two = [
            turns_of(
                await stack.enter_async_context(
                    open_cluster(redis_room.url, redis_room.prefix, SystemClock(), patience=(60, 0.4))
                )
            )
            for _ in range(2)
        ]
        began = asyncio.get_running_loop().time()
        await work.come(one, 1, tap=True)
        await work.come(two, 2)
        await work.until_begun(1, 2)
        assert asyncio.get_running_loop().time() - began >= 0.4
        await work.close()


async def test_a_place_is_kept_while_its_replica_lives(join: Join, work: Work) -> None:
    """Work that takes several leases keeps its turn to the end."""
    one, two = turns_of(await join(), lease=0.4), turns_of(await join(), lease=0.4)
    await work.come(one, 1)
    await work.come(two, 2)
    await asyncio.sleep(1.2)
    assert work.begun == [1]
    await work.end(1)
    await work.until_begun(1, 2)


async def test_a_frozen_replica_s_turn_ends_by_itself(redis_room: RedisRoom, join: Join, work: Work) -> None:
    """Others go on after the lease; who wakes up later and leaves takes nobody's turn away."""
    cluster = await join()
    turns = turns_of(cluster)
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.cluster.holder", redis_room.url, redis_room.prefix, "1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"begun\n"
    os.kill(holder.pid, signal.SIGSTOP)
    await work.come(turns, 2)
    assert work.begun == []
    await work.until_begun(2)
    await work.come(turns_of(await join()), 3)
    os.kill(holder.pid, signal.SIGCONT)
    out, _ = await holder.communicate(b"\n")
    assert (out, holder.returncode) == (b"left\n", 0)
    assert work.begun == [2]
    await work.end(2)
    await work.until_begun(2, 3)


async def test_without_redis_each_replica_keeps_its_own_order(
    own_redis: OwnRedis, meet: Join, work: Work
) -> None:
    """While Redis is away updates are handled, in order within a replica; what waited for others goes on."""
    one, two = turns_of(await meet()), turns_of(await meet())
    await work.come(one, 1)
    await work.come(two, 2)
    await work.come(two, 3)
    await work.until_begun(1)
    await own_redis.kill()
    await work.until_begun(1, 2)
    await work.end(2)
    await work.until_begun(1, 2, 3)
