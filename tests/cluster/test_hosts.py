"""What a provider allows, kept by several replicas together over a real Redis."""

import asyncio
import sys
from collections.abc import Callable

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.cluster.cluster import Cluster
from bot.providers.base import Limits
from bot.providers.throttle import PATIENCE, Paused, Throttle
from tests.cluster.conftest import Join
from tests.cluster.own_redis import OwnRedis
from tests.support.clock import ManualClock
from tests.support.servers import RedisRoom

HOST = "house.example"


class Replica:
    """One throttle of one replica, and when it let somebody start."""

    def __init__(self, cluster: Cluster, rate: float | None, host: str = HOST) -> None:
        self.cluster = cluster
        self.throttle = Throttle(SystemClock(), Limits(requests_per_second=rate), cluster.hosts.share(host))
        self.starts: list[float] = []
        self.names: list[str] = []

    async def call(self, name: str = "", *, poll: bool = True) -> None:
        """Wait for a turn and note it."""
        await self.throttle.acquire(poll=poll)
        self.starts.append(asyncio.get_running_loop().time())
        self.names.append(name)
        self.throttle.release(poll=poll)

    async def is_paused(self) -> None:
        """Wait until calls are turned away."""
        await until(lambda: self.throttle.paused_for > PATIENCE)
        with pytest.raises(Paused):
            await self.throttle.acquire(poll=False)


async def until(check: Callable[[], bool]) -> None:
    """Wait for what comes over a socket."""
    async with asyncio.timeout(10):
        while not check():  # noqa: ASYNC110 - no event of ours tells of it
            await asyncio.sleep(0.005)


async def rush(replicas: list[Replica], calls: int) -> list[float]:
    """Have each replica make so many calls at once; return all starts in order."""
    await asyncio.gather(*(one.call() for one in replicas for _ in range(calls)))
    return sorted(start for one in replicas for start in one.starts)


async def test_replicas_keep_the_rate_together(join: Join) -> None:
    """Three replicas that all want to call at once start as often as one would, and none is left out."""
    replicas = [Replica(await join(), rate=50) for _ in range(3)]
    starts = await rush(replicas, 25)
    spans = [later - first for first, later in zip(starts, starts[50:], strict=False)]
    assert min(spans) >= 1
    assert starts[-1] - starts[0] < 2 * len(starts) / 50
    halves = [sum(start < starts[len(starts) // 2] for start in one.starts) for one in replicas]
    assert min(halves) > 0


async def test_replicas_behind_other_addresses_have_a_rate_each(join: Join) -> None:
    """What is counted by address is shared under the name of the address alone."""
    replicas = [Replica(await join(), rate=10), Replica(await join("elsewhere"), rate=10)]
    starts = await rush(replicas, 2)
    assert starts[-1] - starts[0] < 0.2


async def test_a_host_sees_no_more_than_its_limit_from_two_processes(redis_room: RedisRoom) -> None:
    """As the host itself counts, no two seconds see more calls than the rate allows in them."""
    heard: list[float] = []

    async def hear(_: web.Request) -> web.Response:
        heard.append(asyncio.get_running_loop().time())
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/", hear)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    told = (redis_room.url, redis_room.prefix, url, "20", "30")
    callers = [
        await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.cluster.caller", *told)
        for _ in range(2)
    ]
    codes = [await caller.wait() for caller in callers]
    await runner.cleanup()
    assert codes == [0, 0]
    assert len(heard) == 60
    assert min(later - first for first, later in zip(heard, heard[40:], strict=False)) >= 2


async def test_people_go_before_polls(join: Join) -> None:
    """A reserved start belongs to whoever is most urgent when it comes, not to who waited before."""
    one = Replica(await join(), rate=5)
    polls = [asyncio.create_task(one.call(f"poll {number}")) for number in range(3)]
    await until(lambda: one.throttle._slot is not None)
    person = asyncio.create_task(one.call("person", poll=False))
    await asyncio.gather(*polls, person)
    assert one.names == ["poll 0", "person", "poll 1", "poll 2"]


async def test_a_pause_is_everybody_s(join: Join) -> None:
    """What one replica is told holds for the others, with and without a rate, and for a newcomer."""
    first, second = Replica(await join(), rate=50), Replica(await join(), rate=None)
    await asyncio.gather(first.call(), second.call())
    await until(lambda: first.cluster.bus.is_subscribed and second.cluster.bus.is_subscribed)
    first.throttle.pause(60)
    await second.is_paused()
    await Replica(await join(), rate=None).is_paused()
    late = Replica(await join(), rate=50)
    with pytest.raises(Paused):
        await late.call()
    elsewhere = Replica(await join("elsewhere"), rate=50)
    await elsewhere.call()


async def test_a_start_that_was_slept_through_is_not_used(join: Join) -> None:
    """A process that stood still while its start passed reserves another one."""
    clock = ManualClock()
    cluster, other = await join(), Replica(await join(), rate=0.5)
    await other.call()
    throttle = Throttle(clock, Limits(requests_per_second=0.5), cluster.hosts.share(HOST))
    waiting = asyncio.create_task(throttle.acquire(poll=True))
    await until(lambda: throttle._slot is not None)
    await clock.until_asleep()
    reserved = throttle._slot
    clock.skip(60)
    await clock.advance(0)
    await until(lambda: throttle._slot not in {None, reserved})
    assert not waiting.done()
    waiting.cancel()
    throttle.close()


async def test_without_redis_each_takes_its_share(own_redis: OwnRedis, meet: Join) -> None:
    """While Redis is away calls go on, at the rate divided by the replicas that were seen."""
    replicas = [Replica(await meet(), rate=50) for _ in range(2)]
    await rush(replicas, 2)
    await own_redis.kill()
    for one in replicas:
        one.starts.clear()
    starts = await rush(replicas, 15)
    assert min(later - first for first, later in zip(starts, starts[25:], strict=False)) >= 0.4
    assert replicas[0].cluster.link.is_away
    await own_redis.start()
    await until(lambda: not any(one.cluster.link.is_away for one in replicas))
    for one in replicas:
        one.starts.clear()
    starts = await rush(replicas, 15)
    assert min(later - first for first, later in zip(starts, starts[25:], strict=False)) >= 0.45


async def test_a_server_whose_clock_is_set_back_holds_nobody_up(join: Join) -> None:
    """A next start that lies further off than all replicas together could have reserved is not believed."""
    one = Replica(await join(), rate=50)
    await one.call()
    shared = one.cluster.hosts.share(HOST)
    ahead = 10**6 * 3600 + int((await one.cluster.link.redis.time())[0]) * 10**6
    await one.cluster.link.redis.set(shared._keys[0], str(ahead))
    async with asyncio.timeout(2):
        await one.call()
