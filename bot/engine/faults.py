"""Faults of ours: what cannot be dealt with is put aside, told once, and kept for the admin to see."""

import traceback
from pathlib import Path

from bot.clock import Clock
from bot.domain.faults import Source
from bot.logs import get_logger
from bot.storage import faults
from bot.storage.database import Database

_ROOT = Path(__file__).resolve().parents[2]
_log = get_logger(__name__)


class Faults:
    """Keeps what was put aside."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def note(self, source: Source, ref: str, error: Exception) -> None:
        """Keep a fault, and log it the first time; it raises nothing, whatever state the database is in.

        What an exception says may quote what somebody wrote, a key even: its kind and its place are kept,
        its words are not.

        Args:
            source: what it was about.
            ref: which one.
            error: what was raised.
        """
        reason = reason_of(error)
        try:
            async with self._database.write() as tx:
                is_news = await faults.note(tx, source, ref, reason, self._clock.now())
        except Exception as trouble:  # noqa: BLE001 - who notes a fault must not make another
            _log.error("put aside, and could not be noted", reason=reason, trouble=reason_of(trouble))
            return
        if is_news:
            _log.error("put aside", source=source.value, ref=ref, reason=reason, way=_way(error))


def reason_of(error: Exception) -> str:
    """Return the kind of an error and the place of ours that it comes from, without its words."""
    way = _way(error)
    return f"{type(error).__name__} at {way[-1]}" if way else type(error).__name__


def _way(error: Exception) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    ours = (frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT / "bot"))
    return [f"{Path(frame.filename).relative_to(_ROOT)}:{frame.lineno}" for frame in ours]
