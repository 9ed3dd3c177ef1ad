"""Let work run that does real I/O and sleeps by a clock that a test turns."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from tests.support.clock import ManualClock

T = TypeVar("T")


async def in_time(clock: ManualClock, work: Awaitable[T], step: float = 0.1) -> T:
    """Return the work's result; whenever it sleeps, time passes by small steps."""
    task = asyncio.ensure_future(work)
    while not task.done():
        asleep = asyncio.ensure_future(clock.until_asleep())
        await asyncio.wait({task, asleep}, return_when=asyncio.FIRST_COMPLETED)
        asleep.cancel()
        await clock.advance(step)
    return await task
