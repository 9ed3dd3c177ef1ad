"""How much a bot may send: Telegram's limits, by the injected clock.

Source: Bots FAQ, "My bot is hitting limits"; sends and edits share them (levlam, tdlib/td#2592 and #3034).
"""

import math
from dataclasses import dataclass

from bot.clock import Clock
from sandbox.telegram.refusal import Refusal

_ROUNDING = 1e-9  # tokens; seconds that were waited exactly must be enough


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits. Telegram names these figures and keeps the exact thresholds to itself.

    Attributes:
        overall: messages a second to all chats together.
        chat: messages a second in one private chat.
        chat_burst: how many may come at once in one private chat.
        group: messages a minute in one group.
    """

    overall: float = 30
    chat: float = 1
    chat_burst: int = 5
    group: float = 20


class Bucket:
    """A token bucket that never waits: it gives, or says how long it would take."""

    def __init__(self, clock: Clock, rate: float, capacity: float) -> None:
        self._clock = clock
        self._rate = rate
        self._capacity = capacity
        self._tokens = capacity
        self._filled_at = clock.monotonic()

    def wait(self) -> float:
        """Return the seconds until a token is there; 0 when there is one now."""
        now = self._clock.monotonic()
        self._tokens = min(self._capacity, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        return max(0.0, (1 - self._tokens - _ROUNDING) / self._rate)

    def take(self) -> None:
        """Use one token."""
        self._tokens -= 1


class Limiter:
    """Refuses what is too much; with ``rates=None`` nothing is."""

    def __init__(self, clock: Clock, rates: Rates | None) -> None:
        self._clock = clock
        self._rates = rates
        self._chats: dict[int, Bucket] = {}
        self._overall = Bucket(clock, rates.overall, rates.overall) if rates else None

    def spend(self, chat: int) -> None:
        """Count one message or edit in this chat.

        Raises:
            Refusal: 429 with whole seconds to wait; what is refused is not counted.
        """
        if self._rates is None or self._overall is None:
            return
        if chat not in self._chats:
            private = chat > 0
            self._chats[chat] = Bucket(
                self._clock,
                self._rates.chat if private else self._rates.group / 60,
                self._rates.chat_burst if private else self._rates.group,
            )
        buckets = (self._overall, self._chats[chat])
        wait = max(bucket.wait() for bucket in buckets)
        if wait > 0:
            seconds = math.ceil(wait)
            raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for bucket in buckets:
            bucket.take()
