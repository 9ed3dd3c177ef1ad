"""Whether providers answer: noticed from the calls that are made anyway, logged once down and once up."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.errors import ProviderError
from bot.logs import get_logger

_DOWN_AFTER = timedelta(seconds=20)
_log = get_logger(__name__)


class Health:
    """Keeps, for each provider, since when its answers have been missing.

    Args:
        clock: whose time counts.
        count: hears of each missing answer: the provider, and the slug of the error.
    """

    def __init__(self, clock: Clock, count: Callable[[str, str], None] = lambda _, __: None) -> None:
        self._clock = clock
        self._count = count
        self._failing: dict[str, datetime] = {}
        self._down: set[str] = set()

    def failed(self, provider: str, error: ProviderError) -> bool:
        """Note a missing answer; return whether this made the provider count as down."""
        self._count(provider, error.slug)
        since = self._failing.setdefault(provider, self._clock.now())
        if provider in self._down or self._clock.now() - since < _DOWN_AFTER:
            return False
        self._down.add(provider)
        _log.warning(
            "provider does not answer", provider=provider, reason=error.slug, since=since.isoformat()
        )
        return True

    def answered(self, provider: str) -> bool:
        """Note an answer; return whether the provider had counted as down."""
        self._failing.pop(provider, None)
        if provider not in self._down:
            return False
        self._down.discard(provider)
        _log.info("provider answers again", provider=provider)
        return True

    def silent_since(self, provider: str) -> datetime | None:
        """Return since when the provider has been down, or None."""
        return self._failing.get(provider) if provider in self._down else None
