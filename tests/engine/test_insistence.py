"""What was paid for is written down, however long the database takes nothing."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from bot.engine.insistence import insist
from tests.support.clock import ManualClock


class Shelf:
    """A database that takes nothing so many times."""

    def __init__(self, refusals: int, error: Exception) -> None:
        self.tries = 0
        self._refusals = refusals
        self._error = error

    async def write(self) -> str:
        """Write, or fail."""
        self.tries += 1
        if self.tries <= self._refusals:
            raise self._error
        return "written"


async def test_a_full_disk_is_waited_for() -> None:
    """Half an hour without room costs no knowledge of what was bought."""
    clock = ManualClock()
    shelf = Shelf(200, OperationalError("", {}, Exception("database or disk is full")))
    writing = asyncio.create_task(insist(clock, "purchase", shelf.write))
    await clock.advance(1800)
    assert not writing.done()
    await clock.advance(600)
    assert writing.result() == "written"


async def test_another_fault_is_raised() -> None:
    """What trying again does not mend is its caller's to deal with."""
    shelf = Shelf(1, LookupError())
    with pytest.raises(LookupError):
        await insist(ManualClock(), "purchase", shelf.write)
    assert shelf.tries == 1
