"""Silent hours by a person's own clock: over midnight, over summer time, and without a zone that is known."""

from datetime import UTC, datetime

import pytest

from bot.domain.quiet import Manner, QuietHours, offset_name, zone_of

NIGHT = QuietHours(23, 7)


def at(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "silent"),
    [
        (QuietHours(23, 7), {23, 0, 1, 2, 3, 4, 5, 6}),
        (QuietHours(0, 9), set(range(9))),
        (QuietHours(13, 15), {13, 14}),
        (QuietHours(8, 7), set(range(24)) - {7}),
    ],
)
def test_hours_hold_from_the_first_up_to_the_last(hours: QuietHours, silent: set[int]) -> None:
    """The first hour is silent, the last is not, whether or not midnight lies between them."""
    assert {hour for hour in range(24) if hours.hold(hour)} == silent


@pytest.mark.parametrize("ends", [(5, 5), (24, 3), (-1, 3), (3, 24)])
def test_what_is_no_span_of_a_day_is_refused(ends: tuple[int, int]) -> None:
    """A button made up by hand sets neither the hour 24 nor a span without a length."""
    with pytest.raises(ValueError, match="hours of a day"):
        QuietHours(*ends)


@pytest.mark.parametrize(
    ("zone", "moment", "is_silent"),
    [
        ("Europe/Istanbul", "2026-01-15T19:59", False),  # 22:59 there
        ("Europe/Istanbul", "2026-01-15T20:00", True),
        ("Europe/Istanbul", "2026-01-15T21:30", True),  # past midnight there, not in UTC
        ("Europe/Istanbul", "2026-01-16T03:59", True),
        ("Europe/Istanbul", "2026-01-16T04:00", False),
        ("UTC+05:30", "2026-01-15T17:29", False),
        ("UTC+05:30", "2026-01-15T17:30", True),
        ("UTC-03:30", "2026-01-15T02:29", False),
        ("UTC-03:30", "2026-01-15T02:30", True),
        ("Europe/Berlin", "2026-03-28T22:00", True),  # 23:00 in winter time, the night clocks go forward
        ("Europe/Berlin", "2026-03-29T05:00", False),  # 07:00 in summer time already
        ("Europe/Berlin", "2026-03-29T21:00", True),  # 23:00 in summer time
        ("Europe/Berlin", "2026-10-25T00:30", True),  # 02:30, the first time
        ("Europe/Berlin", "2026-10-25T01:30", True),  # 02:30, the second time
        ("Europe/Berlin", "2026-10-25T05:30", True),  # 06:30 in winter time
        ("Europe/Berlin", "2026-10-25T06:00", False),
    ],
)
def test_the_persons_own_clock_counts(zone: str, moment: str, *, is_silent: bool) -> None:
    """Silence follows the clock on the person's wall, past midnight and over both changes of summer time."""
    assert Manner("en", zone, NIGHT).is_silent(at(moment)) is is_silent


@pytest.mark.parametrize("zone", [None, "Europe/Atlantis", "../etc/passwd", "UTC+99:00", ""])
def test_an_unknown_zone_silences_nothing(zone: str | None) -> None:
    """Where it is not known what time it is there, a sound too many is the smaller harm."""
    assert zone_of(zone) is None
    assert not Manner("en", zone, NIGHT).is_silent(at("2026-01-15T23:30"))


@pytest.mark.parametrize("minutes", [0, 345, -210, 840])
def test_a_distance_has_a_name_that_is_read_back(minutes: int) -> None:
    """What the button writes is the zone that is meant."""
    zone = zone_of(offset_name(minutes))
    assert zone is not None
    ahead = zone.utcoffset(None)
    assert ahead is not None
    assert ahead.total_seconds() == minutes * 60
