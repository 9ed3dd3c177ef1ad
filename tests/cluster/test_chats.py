"""Telegram's limits, kept by several replicas together over a real Redis."""

import asyncio

from bot.clock import SystemClock
from bot.cluster.cluster import Cluster
from bot.telegram.pace import CHAT, GROUP, OVERALL, Allowance, Pace, Priority
from tests.cluster.conftest import Join
from tests.cluster.own_redis import OwnRedis
from tests.cluster.test_hosts import until

ANNA, BORIS, GROUP_CHAT = 1, 2, -5


class Replica:
    """The pace of one replica, and when it gave its turns."""

    def __init__(self, cluster: Cluster, overall: Allowance = OVERALL) -> None:
        self.cluster = cluster
        self.pace = Pace(SystemClock(), overall, cluster.chats)
        self.times: list[float] = []
        self.names: list[str] = []

    async def turn(self, chat: int, name: str = "", priority: Priority = Priority.OTHER) -> None:
        """Wait for a turn and note it."""
        await self.pace.turn(chat, priority)
        self.times.append(asyncio.get_running_loop().time())
        self.names.append(name)

    def rests(self, chat: int) -> float:
        """Return for how many seconds a chat has to rest."""
        return self.pace._chat(chat).resting_until - self.pace._clock.monotonic()


async def rush(replicas: list[Replica], calls: int) -> list[float]:
    """Have each replica write to so many chats at once; return when all turns came, in order."""
    chats = range(100, 100 + calls)
    await asyncio.gather(
        *(one.turn(chat + 1000 * i) for i, one in enumerate(replicas) for chat in chats),
    )
    return sorted(moment for one in replicas for moment in one.times)


async def test_all_replicas_together_keep_to_the_overall_limit(join: Join) -> None:
    """Three replicas with many chats send no more in any stretch of time than one may, and hardly less."""
    allowance = Allowance(20, 0.5)
    replicas = [Replica(await join(), allowance) for _ in range(3)]
    times = await rush(replicas, 20)
    assert min(later - first for first, later in zip(times, times[20:], strict=False)) >= 0.45
    assert times[-1] - times[0] < 2.5
    for one in replicas:
        await one.pace.close()


async def test_a_chat_has_one_limit_whoever_writes(join: Join) -> None:
    """Three messages of one replica leave another none for three seconds; other chats go on."""
    first, second = Replica(await join()), Replica(await join())
    for _ in range(CHAT.count):
        await first.turn(ANNA)
    waiting = asyncio.create_task(second.turn(ANNA))
    await second.turn(BORIS)
    await until(lambda: second.rests(ANNA) > 0)
    assert 2 < second.rests(ANNA) <= CHAT.seconds + 0.01
    assert not waiting.done()
    await second.pace.close()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_group_has_one_limit_whoever_writes(join: Join) -> None:
    """Twenty a minute in a group count together, beside the shorter limit of every chat."""
    cluster = await join()
    group = (Allowance(100, 3), GROUP)
    for number in range(GROUP.count):
        one = cluster if number % 2 else await join()
        assert await one.chats.spend(GROUP_CHAT, OVERALL, group) == (0, 0)
    overall, in_chat = await cluster.chats.spend(GROUP_CHAT, OVERALL, group)
    assert overall == 0
    assert 50 < in_chat <= GROUP.seconds + 0.01


async def test_what_one_is_told_all_keep(join: Join) -> None:
    """A time to wait holds in its chat at every replica; that of a second chat makes everything rest."""
    first, second = Replica(await join()), Replica(await join())
    first.pace.refused(ANNA, 60)
    spend = second.cluster.chats.spend
    await _until_rests(second, ANNA, in_chat=59)
    assert await spend(BORIS, OVERALL, (CHAT,)) == (0, 0)
    second.pace.refused(BORIS, 30)
    await _until_rests(first, 3, overall=29)
    await first.pace.close()
    await second.pace.close()


async def test_codes_go_first_while_all_wait(join: Join) -> None:
    """When the others have used the limit up, a replica's next turn is that of its most urgent message."""
    allowance = Allowance(2, 0.3)
    first, second = Replica(await join(), allowance), Replica(await join(), allowance)
    await asyncio.gather(first.turn(10), first.turn(11))
    menus = [asyncio.create_task(second.turn(chat, "menu")) for chat in (20, 21, 22)]
    await until(lambda: second.pace._all_resting_until > 0)
    await asyncio.gather(second.turn(30, "code", Priority.CODE), *menus)
    assert second.names[0] == "code"
    await second.pace.close()


async def test_without_redis_each_keeps_the_limits_itself(own_redis: OwnRedis, meet: Join) -> None:
    """While Redis is away messages go out, at most as many from each replica as one may send."""
    one = Replica(await meet(), Allowance(10, 0.5))
    await own_redis.kill()
    times = await rush([one], 25)
    assert min(later - first for first, later in zip(times, times[10:], strict=False)) >= 0.45
    assert one.cluster.link.is_away
    await one.pace.close()


async def _until_rests(replica: Replica, chat: int, *, in_chat: float = 0, overall: float = 0) -> None:
    """Wait until a chat has to rest for so long: what a replica tells, it tells in the background."""
    async with asyncio.timeout(10):
        while True:
            waits = await replica.cluster.chats.spend(chat, OVERALL, (CHAT,))
            if waits[0] >= overall and waits[1] >= in_chat:
                return
            await asyncio.sleep(0.02)
