"""Lines of updates that all replicas see: who comes first, who is at work, and who has died at it.

A line is a hash of its updates' ids, with what is known of each: a message or a tap, since when it is at
work, and until when its replica has promised to be alive. Nothing of what an update says is in it.
"""

import asyncio
from collections import defaultdict
from uuid import uuid4

from bot.clock import Clock
from bot.cluster.bus import RedisBus
from bot.cluster.link import NOW, SECOND, Away, Link, micro

LEASE_SECONDS = 10.0
"""How long a place is kept whose replica says nothing."""

_LOOK_AGAIN_SECONDS = 0.5  # where the word that somebody left was lost
_TOPIC = "line"

# KEYS: the line. ARGV: who, its id, its kind, whether it begins if it may, the lease, and for how long a
# message waits for a message and a tap for anything. Who is at work is waited for whatever its id; else the
# lower.
_LOOK = (
    NOW
    + """
local me, number, kind = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local lease, wait = tonumber(ARGV[5]), 0
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local who = all[i]
  local its, since, till = string.match(all[i + 1], '(%a):(%d+):(%d+)')
  local id = tonumber(string.match(who, '%d+'))
  since, till = tonumber(since), tonumber(till)
  if who ~= me and (till < now or till > now + 2 * lease) then
    redis.call('HDEL', KEYS[1], who)
  elseif who ~= me and (since > 0 or id < number or (id == number and who < me)) then
    local patience = tonumber(kind == 'm' and its == 'm' and ARGV[6] or ARGV[7])
    local left = since > 0 and since + patience - now or till - now
    wait = math.max(wait, left)
  end
end
local begun = wait <= 0 and ARGV[4] == '1' and now or 0
redis.call('HSET', KEYS[1], me, string.format('%s:%.0f:%.0f', kind, begun, now + lease))
redis.call('PEXPIRE', KEYS[1], math.ceil(lease / 500))
return begun > 0 and 0 or math.max(1, wait)
"""
)
_RENEW = (
    NOW
    + """
for i = 1, #KEYS do
  local known = redis.call('HGET', KEYS[i], ARGV[i + 1])
  if known then
    local kept = string.match(known, '%a:%d+:')
    redis.call('HSET', KEYS[i], ARGV[i + 1], kept .. string.format('%.0f', now + ARGV[1]))
    redis.call('PEXPIRE', KEYS[i], math.ceil(ARGV[1] / 500))
  end
end
return 1
"""
)
_LEAVE = "return redis.call('HDEL', KEYS[1], ARGV[1])"


class Lines:
    """All lines; see ``bot.telegram.turns.Lines``.

    Args:
        link: to Redis.
        bus: tells the others that somebody left a line.
        clock: whose time passes between two looks.
        patience: seconds that a message waits for a message, and that a tap waits or is waited for.
    """

    def __init__(self, link: Link, bus: RedisBus, clock: Clock, patience: tuple[float, float]) -> None:
        self.link = link
        self.clock = clock
        self.patience = patience
        self.lease = LEASE_SECONDS
        self.me = uuid4().hex
        self._bus = bus
        self._standing: set[SharedPlace] = set()
        self._waiting: defaultdict[int, set[asyncio.Event]] = defaultdict(set)
        self._renewing: asyncio.Task[None] | None = None
        bus.listen(_TOPIC, lambda person: self._stir(int(person)))

    def place(self, person: int, update_id: int, *, is_message: bool) -> "SharedPlace":
        """Return a place for an update, which nobody sees yet."""
        return SharedPlace(self, person, update_id, "m" if is_message else "t")

    def enter(self, place: "SharedPlace") -> None:
        """Keep a place alive from now on."""
        self._standing.add(place)
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renew(), name="lines")

    def left(self, place: "SharedPlace") -> None:
        """Take a place out of its line, and say so."""
        if place in self._standing:
            self._standing.discard(place)
            self.link.later(self._leave(place))

    async def news(self, person: int, seconds: float) -> None:
        """Return when somebody has left a person's line, or after so many seconds."""
        news = asyncio.Event()
        self._waiting[person].add(news)
        came = asyncio.ensure_future(news.wait())
        timer = asyncio.ensure_future(self.clock.sleep(min(seconds, _LOOK_AGAIN_SECONDS)))
        try:
            await asyncio.wait({came, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            came.cancel()
            timer.cancel()
            self._waiting[person].discard(news)
            if not self._waiting[person]:
                del self._waiting[person]

    async def close(self) -> None:
        """Keep nothing alive any more."""
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)

    def _stir(self, person: int) -> None:
        for news in self._waiting.get(person, ()):
            news.set()

    async def _leave(self, place: "SharedPlace") -> None:
        try:
            await self.link.run(_LEAVE, (place.line,), place.name)
        except Away:
            return  # the lease ends by itself
        self._stir(place.person)
        await self._bus.tell(_TOPIC, str(place.person))

    async def _renew(self) -> None:
        while self._standing:
            await self.clock.sleep(self.lease / 4)
            places = tuple(self._standing)
            names = (place.name for place in places)
            try:
                await self.link.run(_RENEW, tuple(one.line for one in places), micro(self.lease), *names)
            except Away:
                continue
        self._renewing = None


class SharedPlace:
    """One place; see ``bot.telegram.turns.Place``.

    Attributes:
        line: the key of its line.
        name: of this place in it.
        person: whose line it is.
    """

    def __init__(self, lines: Lines, person: int, update_id: int, kind: str) -> None:
        self._lines = lines
        self._update_id = update_id
        self._kind = kind
        self._has_left = False
        self.person = person
        self.line = lines.link.key("line", person)
        self.name = f"{update_id}:{lines.me}"

    async def stand(self) -> None:
        """Be seen in the line, without having a turn yet."""
        await self._look(begin=False)

    async def reach(self) -> None:
        """Return when no other replica works on what comes first; at once while Redis is away."""
        while (left := await self._look(begin=True)) > 0:
            await self._lines.news(self.person, left)

    def leave(self) -> None:
        """Be out of everybody's way."""
        if not self._has_left:
            self._has_left = True
            self._lines.left(self)

    async def _look(self, *, begin: bool) -> float:
        self._lines.enter(self)
        of_message, of_tap = self._lines.patience
        told = (self.name, self._update_id, self._kind, int(begin), micro(self._lines.lease))
        try:
            left = await self._lines.link.run(_LOOK, (self.line,), *told, micro(of_message), micro(of_tap))
        except Away:
            return 0.0
        return float(left) / SECOND
