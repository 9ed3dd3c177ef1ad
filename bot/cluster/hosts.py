"""What a provider allows the replicas that call it from one address: evenly spaced starts, and pauses.

Starts are reserved on the server's clock, one round trip each, by one script. They are spaced a little wider
than the limit: the ways from Redis to a replica, and from there to the provider, are not always equally long.
"""

import json
from collections.abc import Callable
from uuid import uuid4

from bot.clock import Clock
from bot.cluster.bus import RedisBus
from bot.cluster.link import NOW, SECOND, Away, Link, micro

_SLACK = 1.05
_TOPIC = "pause"

# The last guard of RESERVE is for a server whose clock was set back: nobody waits for the old time again.
RESERVE = (
    NOW
    + """
local gap, patience, me, forget = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
redis.call('ZADD', KEYS[3], now, me)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - forget)
redis.call('PEXPIRE', KEYS[3], math.ceil(forget / 1000))
local replicas = redis.call('ZCARD', KEYS[3])
local quiet = tonumber(redis.call('GET', KEYS[2]) or 0) - now
if quiet > patience then return {-1, replicas, quiet} end
local wait = math.max(0, quiet, tonumber(redis.call('GET', KEYS[1]) or 0) - now)
if wait > gap * (replicas + 2) + patience then wait = 0 end
local following = now + wait + gap
redis.call('SET', KEYS[1], string.format('%.0f', following), 'PX', math.ceil((following - now) / 1000) + 1000)
return {wait, replicas, 0}
"""
)
PAUSE = (
    NOW
    + """
local till = math.max(now + ARGV[1], tonumber(redis.call('GET', KEYS[1]) or 0))
redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil((till - now) / 1000))
return 1
"""
)
QUIET = NOW + "return tonumber(redis.call('GET', KEYS[1]) or 0) - now"
_FORGET_SECONDS = 60.0


class Hosts:
    """All hosts that are called.

    Args:
        link: to Redis.
        bus: carries pauses at once.
        clock: whose time counts while Redis is away.
        egress: the name of the address that calls go out from: what is counted there is shared under it.
    """

    def __init__(self, link: Link, bus: RedisBus, clock: Clock, egress: str) -> None:
        self._link = link
        self._bus = bus
        self._clock = clock
        self._egress = egress
        self._me = uuid4().hex
        self._known: dict[str, SharedHost] = {}
        bus.listen(_TOPIC, self._heard)
        bus.when_subscribed(self._learn_all)

    def share(self, host: str) -> "SharedHost":
        """Return what the replicas know together about a host.

        Args:
            host: its name, with a port where its URL has one.
        """
        found = self._known.get(host)
        if found is None:
            found = self._known[host] = SharedHost(
                self._link, self._bus, self._clock, (self._egress, host), self._me
            )
        return found

    def _heard(self, text: str) -> None:
        egress, host, seconds = json.loads(text)
        if egress == self._egress and host in self._known:
            self._known[host].hear(float(seconds))

    def _learn_all(self) -> None:
        for host in self._known.values():
            self._link.later(host.learn())


class SharedHost:
    """One host; see ``bot.providers.throttle.Shared``."""

    def __init__(self, link: Link, bus: RedisBus, clock: Clock, place: tuple[str, str], me: str) -> None:
        self._link = link
        self._bus = bus
        self._clock = clock
        self._place = place
        self._me = me
        self._keys = tuple(link.key(kind, *place) for kind in ("start", "quiet", "callers"))
        self._hear: Callable[[float], None] = lambda _: None
        self._replicas = 1
        self._next_start = float("-inf")

    def listen(self, hear: Callable[[float], None]) -> None:
        """Have ``hear`` called with the seconds of quiet whenever some become known."""
        self._hear = hear
        self._link.later(self.learn())

    def hear(self, seconds: float) -> None:
        """Be told of a pause."""
        self._hear(seconds)

    async def reserve(self, gap: float, patience: float) -> float | None:
        """Reserve the next start; return how far off it is, in seconds, or None where a pause is on.

        While Redis is away this replica takes its share: the rate, divided by the replicas that were last
        seen calling this host.
        """
        told = [micro(gap * _SLACK), micro(patience), self._me, micro(_FORGET_SECONDS)]
        try:
            wait, self._replicas, quiet = await self._link.run(RESERVE, self._keys, *told)
        except Away:
            return self._alone(gap)
        if wait < 0:
            self._hear(quiet / SECOND)
            return None
        self._next_start = self._clock.monotonic() + wait / SECOND + gap
        return float(wait) / SECOND

    def pause(self, seconds: float) -> None:
        """Tell the other replicas that the host wants quiet for so long."""
        self._link.later(self._tell(seconds))

    async def learn(self) -> None:
        """Ask for a pause that others have told of before."""
        try:
            quiet = await self._link.run(QUIET, self._keys[1:2])
        except Away:
            return
        if quiet > 0:
            self._hear(quiet / SECOND)

    def _alone(self, gap: float) -> float:
        now = self._clock.monotonic()
        start = max(now, self._next_start)
        self._next_start = start + gap * self._replicas
        return start - now

    async def _tell(self, seconds: float) -> None:
        try:
            await self._link.run(PAUSE, self._keys[1:2], micro(seconds))
        except Away:
            return
        await self._bus.tell(_TOPIC, json.dumps([*self._place, seconds]))
