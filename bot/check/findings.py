"""What a check has found."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How a thing stands."""

    FINE = "✓"
    PROBLEM = "✗"  # the bot cannot run, or cannot do what it is told to
    NOTE = "–"  # good to know, or not tried


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried, and what came of it, in a sentence without any secret."""

    mark: Mark
    told: str

    def __str__(self) -> str:
        return f"{self.mark.value} {self.told}"


class Findings:
    """What was tried, in the order in which it was."""

    def __init__(self) -> None:
        self.all: list[Finding] = []

    @property
    def problems(self) -> int:
        """How many things must be mended."""
        return sum(one.mark is Mark.PROBLEM for one in self.all)

    def fine(self, told: str) -> None:
        """Note that something is as it should be."""
        self.all.append(Finding(Mark.FINE, told))

    def problem(self, told: str) -> None:
        """Note what must be mended."""
        self.all.append(Finding(Mark.PROBLEM, told))

    def note(self, told: str) -> None:
        """Note what is good to know, or was not tried."""
        self.all.append(Finding(Mark.NOTE, told))
