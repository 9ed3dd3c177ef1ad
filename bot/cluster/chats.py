"""What Telegram allows all replicas together: windows of the last messages, and what it asked to wait for.

A message is counted by one script, in one round trip. While Redis is away each replica keeps the whole limits
by itself: what is too much then is refused by Telegram with a time to wait, and sent after it.
"""

from typing import Protocol

from bot.cluster.link import NOW, SECOND, Away, Link, micro

_AGAIN = 0.001  # seconds; a timer that rings a moment early would only ask twice

# A window that lies in the future is one of a server whose clock was set back; it is not believed.
_SPEND = (
    NOW
    + """
local function wait(key, count, span)
  local first = redis.call('LINDEX', key, count - 1)
  local left = first and first + span - now or 0
  return left > tonumber(span) and 0 or left
end
local overall = math.max(0, redis.call('PTTL', KEYS[1]) * 1000, wait(KEYS[3], ARGV[2], ARGV[3]))
local chat = math.max(0, (redis.call('ZSCORE', KEYS[2], ARGV[1]) or 0) - now)
for i = 4, #KEYS do chat = math.max(chat, wait(KEYS[i], ARGV[2 * i - 4], ARGV[2 * i - 3])) end
if overall > 0 or chat > 0 then return {overall, chat} end
for i = 3, #KEYS do
  redis.call('LPUSH', KEYS[i], string.format('%.0f', now))
  redis.call('LTRIM', KEYS[i], 0, ARGV[2 * i - 4] - 1)
  redis.call('PEXPIRE', KEYS[i], math.ceil(ARGV[2 * i - 3] / 1000) + 1000)
end
return {0, 0}
"""
)
_REFUSED = (
    NOW
    + """
local millis = math.ceil(ARGV[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local own = redis.call('ZSCORE', KEYS[2], ARGV[1]) and 1 or 0
if redis.call('ZCARD', KEYS[2]) > own and redis.call('PTTL', KEYS[1]) < millis then
  redis.call('SET', KEYS[1], 1, 'PX', millis)
end
redis.call('ZADD', KEYS[2], 'GT', now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[2], math.max(millis, redis.call('PTTL', KEYS[2])))
return 1
"""
)


class Allowance(Protocol):
    """At most so many messages in any stretch of so many seconds; see ``bot.telegram.pace``."""

    @property
    def count(self) -> int:
        """How many."""
        ...

    @property
    def seconds(self) -> float:
        """In which time."""
        ...


class Chats:
    """All chats that are written to; see ``bot.telegram.pace.Shared``."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._quiet = (link.key("telegram", "quiet"), link.key("telegram", "refused"))
        self._all = link.key("telegram", "sent")

    async def spend(
        self, chat_id: int, overall: Allowance, of_chat: tuple[Allowance, ...]
    ) -> tuple[float, float]:
        """Count one message, if it is allowed now; see the protocol."""
        windows = tuple(self._link.key("telegram", "sent", chat_id, place) for place in range(len(of_chat)))
        told = [number for one in (overall, *of_chat) for number in (one.count, micro(one.seconds))]
        try:
            waits = await self._link.run(_SPEND, (*self._quiet, self._all, *windows), chat_id, *told)
        except Away:
            return 0.0, 0.0
        in_all, in_chat = (wait / SECOND + _AGAIN if wait > 0 else 0.0 for wait in waits)
        return in_all, in_chat

    def refused(self, chat_id: int, seconds: float) -> None:
        """Tell the other replicas what Telegram asks for in this chat."""
        self._link.later(self._tell(chat_id, seconds))

    async def _tell(self, chat_id: int, seconds: float) -> None:
        try:
            await self._link.run(_REFUSED, self._quiet, chat_id, micro(seconds))
        except Away:
            return
