"""What an audit has to say."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(slots=True)
class Findings:
    """What the audit found.

    Attributes:
        problems: each breaks a promise; a sentence each.
        counts: what was seen, for the report.
        unread: SMS that no bot could read: their number was given back, or over, before the next look.
    """

    problems: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        return asdict(self)


def utc(text: str) -> datetime:
    """Return a moment as the bot's database keeps it."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
