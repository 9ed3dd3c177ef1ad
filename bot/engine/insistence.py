"""What must not be forgotten, because money was paid, is written down whenever the database takes it."""

from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

from bot.clock import Clock
from bot.logs import get_logger
from bot.storage.database import DatabaseFails

_PAUSES = (0.5, 1.0, 2.0, 5.0)
_LONGEST_PAUSE = 10.0
_log = get_logger(__name__)
_T = TypeVar("_T")


async def insist(clock: Clock, what: str, write: Callable[[], Awaitable[_T]]) -> _T:
    """Write until the database takes it: locked or full, it may be for hours; return what was written.

    Args:
        clock: measures the pauses.
        what: is written; for the log.
        write: does it, in a transaction of its own each time; what else it raises is raised.
    """
    for pause in chain(_PAUSES, repeat(_LONGEST_PAUSE)):
        try:
            return await write()
        except DatabaseFails as error:
            _log.warning("not written down yet", what=what, reason=type(error).__name__)
            await clock.sleep(pause)
    raise AssertionError  # the pauses never end
