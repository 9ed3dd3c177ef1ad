"""News for whoever watches the world: web pages over a stream, tests in process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TypeVar

from sandbox.telegram.schema import Json

T = TypeVar("T")


class Feed:
    """Carries events to the people they concern, and wakes whoever waits for a change."""

    def __init__(self) -> None:
        self._listeners: defaultdict[int, set[asyncio.Queue[Json]]] = defaultdict(set)
        self._waiting: set[asyncio.Future[None]] = set()

    def publish(self, users: Iterable[int], event: Json) -> None:
        """Tell these people."""
        for user in users:
            for queue in self._listeners.get(user, ()):
                queue.put_nowait(event)
        self.stir()

    def broadcast(self, event: Json) -> None:
        """Tell everybody who listens."""
        self.publish([user for user, queues in self._listeners.items() if queues], event)

    def stir(self) -> None:
        """Wake everybody in ``until``: something changed."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    @asynccontextmanager
    async def listen(self, user: int) -> AsyncIterator[asyncio.Queue[Json]]:
        """Open a queue that gets every event for this person from now on."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._listeners[user].add(queue)
        try:
            yield queue
        finally:
            self._listeners[user].discard(queue)

    async def until(self, check: Callable[[], T | None]) -> T:
        """Return what ``check`` finds, looking again after every change; it waits for ever."""
        while (found := check()) is None:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)
        return found
