"""For how long a number is rented, as providers count it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Unit(StrEnum):
    """What a period is counted in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A time to rent for, as the provider counts it: seven days and a week may differ in price.

    Attributes:
        unit: hour, day, week or month.
        count: how many of them, at least one.
    """

    unit: Unit
    count: int

    @property
    def length(self) -> timedelta:
        """How long it lasts; a month counts as 30 days."""
        return _LENGTHS[self.unit] * self.count


_LENGTHS = {
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
    Unit.MONTH: timedelta(days=30),
}
