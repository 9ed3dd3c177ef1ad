"""All that a replica has from Redis, opened and closed together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.clock import Clock
from bot.cluster.bus import RedisBus
from bot.cluster.chats import Chats
from bot.cluster.hosts import Hosts
from bot.cluster.link import Link


@dataclass(frozen=True, slots=True)
class Cluster:
    """The side of the other replicas.

    Attributes:
        link: the connection.
        bus: hints to them and from them.
        hosts: what providers allow all replicas together.
        chats: what Telegram allows all replicas together.
    """

    link: Link
    bus: RedisBus
    hosts: Hosts
    chats: Chats


@asynccontextmanager
async def open_cluster(
    url: str, prefix: str, clock: Clock, egress: str = "default"
) -> AsyncIterator[Cluster]:
    """Meet the other replicas until the context ends; Redis may be away, at first and at any time.

    Args:
        url: of Redis, with its password.
        prefix: stands before every key and channel; the same for all replicas of one bot, and for no other.
        clock: whose time passes between two tries.
        egress: the name of the address that calls to providers go out from.
    """
    link = Link(url, prefix, clock)
    bus = RedisBus(link, clock)
    hosts = Hosts(link, bus, clock, egress)
    hearing = asyncio.create_task(bus.run(), name="bus")
    try:
        yield Cluster(link, bus, hosts, Chats(link))
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        await link.close()
