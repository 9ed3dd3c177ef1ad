"""What replicas tell each other, over a real Redis."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from bot.cluster.cluster import Cluster
from bot.telegram.pace import Allowance
from tests.cluster.conftest import Join
from tests.cluster.own_redis import OwnRedis

_PATIENCE = 10.0


class Ear:
    """Keeps what a replica hears on the topic ``look``."""

    def __init__(self, cluster: Cluster) -> None:
        self.bus = cluster.bus
        self.heard: list[str] = []
        self._subscribed = asyncio.Event()
        self.bus.when_subscribed(self._subscribed.set)
        self.bus.listen("look", self.heard.append)

    async def until_subscribed(self) -> None:
        """Wait until it hears, from now on."""
        async with asyncio.timeout(_PATIENCE):
            await self._subscribed.wait()
        self._subscribed.clear()

    async def until(self, check: Callable[[], bool]) -> None:
        """Wait until something was heard."""
        async with asyncio.timeout(_PATIENCE):
            while not check():  # noqa: ASYNC110 - what is told comes over a socket, without an event of ours
                await asyncio.sleep(0.005)


async def test_every_other_replica_hears_and_the_teller_does_not(join: Join) -> None:
    """What one replica tells comes to all others, in order, under its topic alone."""
    ears = [Ear(await join()) for _ in range(3)]
    for ear in ears:
        await ear.until_subscribed()
    others: list[str] = []
    ears[2].bus.listen("other", others.append)
    await ears[0].bus.tell("look", "17")
    await ears[0].bus.tell("other", "18")
    await ears[0].bus.tell("look", "19")
    for ear in ears[1:]:
        await ear.until(lambda ear=ear: ear.heard == ["17", "19"])  # type: ignore[misc]  # bound now
    await ears[2].until(lambda: others == ["18"])
    assert ears[0].heard == []


async def test_a_listener_that_fails_makes_nobody_deaf(join: Join) -> None:
    """A listener's exception is logged, and the other listeners and the next texts are not lost for it."""
    teller, ear = Ear(await join()), Ear(await join())

    def fail(text: str) -> None:
        raise RuntimeError(text)

    ear.bus._listeners["look"].insert(0, fail)
    await teller.until_subscribed()
    await ear.until_subscribed()
    with structlog.testing.capture_logs() as logs:
        await teller.bus.tell("look", "1")
        await teller.bus.tell("look", "2")
        await ear.until(lambda: ear.heard == ["1", "2"])
    assert [entry["event"] for entry in logs] == ["a listener of the bus failed"] * 2


async def test_a_redis_that_dies_and_comes_back(own_redis: OwnRedis, meet: Join) -> None:
    """Nobody who tells is hindered, both changes are logged once, and then all hear again."""
    with structlog.testing.capture_logs() as logs:
        one, two = await meet(), await meet()
        ear, teller = Ear(one), Ear(two)
        await ear.until_subscribed()
        await teller.until_subscribed()
        await own_redis.kill()
        for number in range(20):
            await teller.bus.tell("look", f"lost {number}")
        await ear.until(lambda: one.link.is_away and two.link.is_away)
        await own_redis.start()
        await ear.until_subscribed()
        await ear.until(lambda: not two.link.is_away)
        await teller.bus.tell("look", "found")
        await ear.until(lambda: ear.heard == ["found"])
    assert (
        sorted(_redis(logs))
        == ["redis answers again"] * 2 + ["redis does not answer; each replica goes by itself"] * 2
    )


async def test_a_redis_that_is_frozen_holds_nobody_up_for_long(own_redis: OwnRedis, meet: Join) -> None:
    """Who asks first waits a second, everybody after that not at all."""
    cluster = await meet()
    own_redis.freeze()
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(100):
        await cluster.bus.tell("look", "1")
    assert loop.time() - began < 3
    assert cluster.link.is_away
    own_redis.thaw()
    await Ear(cluster).until(lambda: not cluster.link.is_away)


async def test_a_redis_that_answers_and_takes_nothing_is_away(own_redis: OwnRedis, meet: Join) -> None:
    """One that may only be read is left alone, without a word more, until it can be written to again."""
    cluster = await meet()
    await own_redis.order("REPLICAOF", "127.0.0.1", "1")
    with structlog.testing.capture_logs() as logs:
        assert await cluster.chats.spend(1, Allowance(1, 60), ()) == (0, 0)
        await asyncio.sleep(1.5)
        assert len(_redis(logs)) == 1
        await own_redis.order("REPLICAOF", "NO", "ONE")
        await Ear(cluster).until(lambda: not cluster.link.is_away)
    assert len(_redis(logs)) == 2


async def test_a_bot_starts_while_redis_is_away(own_redis: OwnRedis, meet: Join) -> None:
    """A Redis that comes later is found."""
    await own_redis.kill()
    ear = Ear(await meet())
    await ear.bus.tell("look", "nobody")
    await own_redis.start()
    await ear.until_subscribed()


def _redis(logs: list[Any]) -> list[str]:
    return [entry["event"] for entry in logs if entry["event"].startswith("redis")]
