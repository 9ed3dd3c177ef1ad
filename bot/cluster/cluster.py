"""All that a replica has from Redis, opened and closed together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.clock import Clock
from bot.cluster.bus import RedisBus
from bot.cluster.chats import Chats
from bot.cluster.hosts import Hosts
from bot.cluster.lines import Lines
from bot.cluster.link import Link


@dataclass(frozen=True, slots=True)
class Cluster:
    """The side of the other replicas.

    Attributes:
        link: the connection.
        bus: hints to them and from them.
        hosts: what providers allow all replicas together.
        chats: what Telegram allows all replicas together.
        lines: the order of each person's updates.
    """

    link: Link
    bus: RedisBus
    hosts: Hosts
    chats: Chats
    lines: Lines


@asynccontextmanager
async def open_cluster(
    url: str,
    prefix: str,
    clock: Clock,
    egress: str = "default",
    patience: tuple[float, float] = (60.0, 3.0),
) -> AsyncIterator[Cluster]:
    """Meet the other replicas until the context ends; Redis may be away, at first and at any time.

    Args:
        url: of Redis, with its password.
        prefix: stands before every key and channel; the same for all replicas of one bot, and for no other.
        clock: whose time passes between two tries.
        egress: the name of the address that calls to providers go out from.
        patience: seconds that a message waits for a person's earlier message, and that a tap waits.
    """
    link = Link(url, prefix, clock)
    bus = RedisBus(link, clock)
    lines = Lines(link, bus, clock, patience)
    hosts = Hosts(link, bus, clock, egress)
    hearing = asyncio.create_task(bus.run(), name="bus")
    try:
        yield Cluster(link, bus, hosts, Chats(link), lines)
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        await lines.close()
        await link.close()
