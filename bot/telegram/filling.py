"""Screens that fill in: drawn soon, redrawn as there is more to show, until another takes their place."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from bot.telegram.screens.screen import Screen

if TYPE_CHECKING:  # a visit knows its desk, and the desk its fillings
    from bot.telegram.visit import Visit

_QUICK_SECONDS = 0.5
"""Answers that come this soon are waited for: one drawing instead of two, and no flicker."""

Place = tuple[int, int]
"""Chat and message."""


class Fillings:
    """Which messages are being filled in, so that a newer screen in the same place ends that."""

    def __init__(self) -> None:
        self._under_way: dict[Place, asyncio.Task[None]] = {}

    async def stop(self, place: Place) -> None:
        """Fill this message in no further: something else is to be drawn there."""
        task = self._under_way.get(place)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def begin(self, place: Place, task: asyncio.Task[None]) -> None:
        """Note who fills a message in."""
        self._under_way[place] = task
        task.add_done_callback(lambda _: self._end(place, task))

    def _end(self, place: Place, task: asyncio.Task[None]) -> None:
        if self._under_way.get(place) is task:
            del self._under_way[place]


async def fill(visit: "Visit", screens: AsyncGenerator[Screen], *, anew: bool = False) -> None:
    """Show a screen and redraw it with each newer one; what comes during a redraw is drawn together.

    Args:
        visit: whose.
        screens: the same screen with more and more on it; the last one stays.
        anew: in a new message, where the one whose button was pressed must stay.

    Raises:
        CodebellError: what ``screens`` raises.
        SendError: Telegram does not take it.
    """
    task = asyncio.create_task(_Filling(visit, screens, anew=anew).run())
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
    if not task.cancelled():
        task.result()


class _Filling:
    """One message that is being filled in."""

    def __init__(self, visit: "Visit", screens: AsyncGenerator[Screen], *, anew: bool) -> None:
        self._visit = visit
        self._screens = screens
        self._anew = anew
        self._newest: Screen | None = None
        self._news = asyncio.Event()

    async def run(self) -> None:
        collecting = asyncio.create_task(self._collect())
        try:
            await self._wait_a_little(collecting)
            if self._newest is None:
                await collecting  # raises why there is nothing to show
                return
            shown = await self._draw_first(self._newest)
            await self._visit.answer()
            self._visit.pass_on()  # a button on what is shown stops the filling, and must not wait for it
            while (drawn := await self._draw_next(collecting, shown)) is not None:
                shown = drawn
            await collecting
        finally:
            collecting.cancel()
            await asyncio.gather(collecting, return_exceptions=True)

    async def _collect(self) -> None:
        try:
            async with aclosing(self._screens) as coming:
                async for screen in coming:
                    self._newest = screen
                    self._news.set()
        finally:
            # The drawing side looks once more when this task is done, whichever way it ended.
            asyncio.get_running_loop().call_soon(self._news.set)

    async def _wait_a_little(self, collecting: asyncio.Task[None]) -> None:
        enough = asyncio.ensure_future(self._visit.desk.clock.sleep(_QUICK_SECONDS))
        try:
            await asyncio.wait({collecting, enough}, return_when=asyncio.FIRST_COMPLETED)
            while self._newest is None and not collecting.done():
                await self._news.wait()
                self._news.clear()
        finally:
            enough.cancel()

    async def _draw_first(self, screen: Screen) -> int:
        self._newest = None
        shown = await (self._visit.send(screen) if self._anew else self._visit.show(screen))
        task = asyncio.current_task()
        if task is not None:
            self._visit.desk.fillings.begin((self._visit.chat_id, shown), task)
        return shown

    async def _draw_next(self, collecting: asyncio.Task[None], shown: int) -> int | None:
        """Draw what is newest; return where it is, or None when there will be nothing more."""
        while self._newest is None:
            if collecting.done():
                return None
            await self._news.wait()
            self._news.clear()
        screen, self._newest = self._newest, None
        return await self._visit.redraw(shown, screen)
