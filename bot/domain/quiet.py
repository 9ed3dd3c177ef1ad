"""Silent hours: when messages come without a sound, by a person's own clock."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

HOURS = 24
_OFFSET = re.compile(r"UTC([+-])(\d\d):(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when it is to be quiet, every day, over midnight where the end is the smaller hour.

    Attributes:
        begin: the first silent hour, 0-23.
        end: the hour with which sounds come back, 0-23; never ``begin``.
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        """Take hours of a day only.

        Raises:
            ValueError: no such hours.
        """
        if not (0 <= self.begin < HOURS and 0 <= self.end < HOURS) or self.begin == self.end:
            raise ValueError("no hours of a day")

    def hold(self, hour: int) -> bool:
        """Whether an hour of the day, as the person's clock shows it, is a silent one."""
        return (hour - self.begin) % HOURS < (self.end - self.begin) % HOURS


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody wants to be told things.

    Attributes:
        language: ``en``, ``ru`` or ``tr``.
        zone: as ``zone_of`` takes it; None for somebody who never said.
        quiet: the silent hours there; None for none.
    """

    language: str
    zone: str | None = None
    quiet: QuietHours | None = None

    def is_silent(self, moment: datetime) -> bool:
        """Whether a message at this moment (aware) is to come without a sound.

        A zone that this machine does not know silences nothing: a sound too many is the smaller harm.
        """
        zone = zone_of(self.zone)
        return self.quiet is not None and zone is not None and self.quiet.hold(moment.astimezone(zone).hour)


@dataclass(frozen=True, slots=True)
class NotificationsView:
    """What a person has set about what the bot tells, and does, by itself.

    Attributes:
        manner: language, zone and silent hours.
        reminded: whether a rental's end is announced.
        auto_cancel: how many minutes before its end a number without a code goes back; None for never.
        there: the time in the person's zone (aware); None where it is not known.
    """

    manner: Manner
    reminded: bool
    auto_cancel: int | None
    there: datetime | None


def zone_of(name: str | None) -> tzinfo | None:
    """Return a time zone by its name, ``Europe/Istanbul`` or ``UTC+03:00``; None where there is none such."""
    if name is None:
        return None
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-ahead if offset[1] == "-" else ahead) if ahead < timedelta(hours=HOURS) else None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown to this machine, or no name at all
        return None


def offset_name(minutes: int) -> str:
    """Return the name of the zone that is so many minutes ahead of UTC."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
