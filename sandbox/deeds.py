"""What the panel can do to a rental besides sending it SMS and ending it: a name, and how it is done now."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

Deeds = Mapping[str, Callable[[], object]]

_LEFT = {"day-left": timedelta(days=1), "hour-left": timedelta(hours=1)}


def time_left(until: datetime, now: datetime, end_at: Callable[[datetime], object]) -> Deeds:
    """Return the deeds that bring an end nearer, so that nobody waits for days; none puts it off.

    They are of use where the provider's list tells when a rental ends: elsewhere no client hears of them.
    """
    return {name: partial(end_at, now + left) for name, left in _LEFT.items() if until - now > left}
