"""Whether the bot is logged in at this server (Bot API, logOut and close)."""

import math

from bot.clock import Clock
from sandbox.telegram.refusal import Refusal

_TEN_MINUTES = 600.0


class Session:
    """One bot's session; it starts logged in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._started_at = clock.monotonic()
        self._logged_out_at: float | None = None

    def check(self) -> None:
        """Let a call through.

        Raises:
            Refusal: 400, for ten minutes after a logOut.
        """
        if self._logged_out_at is None:
            return
        if self._clock.monotonic() - self._logged_out_at < _TEN_MINUTES:
            raise Refusal(400, "Logged out")
        self._logged_out_at = None

    def log_out(self) -> None:
        """Refuse every call of the next ten minutes."""
        self._logged_out_at = self._clock.monotonic()

    def close(self) -> None:
        """Close the bot's instance; the next call opens it again.

        Raises:
            Refusal: 429, in the first ten minutes of an instance.
        """
        remaining = _TEN_MINUTES - (self._clock.monotonic() - self._started_at)
        if remaining > 0:
            seconds = math.ceil(remaining)
            raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._started_at = self._clock.monotonic()
