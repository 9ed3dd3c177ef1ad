"""How much one person may send: a bucket of tokens each, so that a flood costs nobody else anything."""

from dataclasses import dataclass

from bot.clock import Clock

BURST = 30
"""Updates at once: more than a fast thumb taps while it looks around, or while the bot was down."""

A_SECOND = 1.0
"""Updates a second in the long run: Telegram lets a bot answer no faster in one chat."""

_QUIET_AGAIN = BURST / 2
_FORGET_ABOVE = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    is_warned: bool = False


class Allowance:
    """Counts what persons send.

    Args:
        clock: whose time counts.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[int, _Bucket] = {}

    def take(self, person: int) -> bool:
        """Return whether one more update of a person is to be handled."""
        bucket = self._filled(person)
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        if bucket.tokens >= _QUIET_AGAIN:
            bucket.is_warned = False
        return True

    def warn(self, person: int) -> bool:
        """Return whether a person is to be told to slow down: once, until they were quiet for a while."""
        bucket = self._filled(person)
        is_news, bucket.is_warned = not bucket.is_warned, True
        return is_news

    def _filled(self, person: int) -> _Bucket:
        now = self._clock.monotonic()
        bucket = self._buckets.get(person)
        if bucket is None:
            self._forget(now)
            bucket = self._buckets[person] = _Bucket(BURST, now)
        bucket.tokens = min(BURST, bucket.tokens + (now - bucket.filled_at) * A_SECOND)
        bucket.filled_at = now
        return bucket

    def _forget(self, now: float) -> None:
        """Drop the buckets that are full again, where there are many."""
        if len(self._buckets) < _FORGET_ABOVE:
            return
        kept = ((key, one) for key, one in self._buckets.items() if now - one.filled_at < BURST / A_SECOND)
        self._buckets = dict(kept)
