"""Updates on their way to the bot: kept until confirmed, fetched by long polling, one poller at a time.

Sources: Bot API, "Getting updates"; telegram-bot-api, Client.cpp (the two 409 sentences).
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.clock import Clock
from sandbox.telegram.refusal import Refusal
from sandbox.telegram.schema import Json

_KEPT = timedelta(hours=24)
_LONGEST_POLL = 50
_MOST = 100
_FIRST_ID = 100_000_001
_ON_DEMAND = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """The queue of one bot.

    Attributes:
        allowed: the kinds the bot asked for; None for the default. It acts on updates to come and persists.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = _FIRST_ID
        self._pending: list[tuple[datetime, Json]] = []
        self._poll: asyncio.Future[None] | None = None
        self._arrived = asyncio.Event()
        self.allowed: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take over ``allowed_updates``: None changes nothing, an empty list returns to the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def add(self, kind: str, body: Json) -> None:
        """Put an update into the queue, unless the bot does not want its kind."""
        wanted = kind not in _ON_DEMAND if self.allowed is None else kind in self.allowed
        if not wanted:
            return
        self._pending.append((self._clock.now(), {"update_id": self._next_id, kind: body}))
        self._next_id += 1
        self._arrived.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def clear(self) -> None:
        """Forget what is waiting (``drop_pending_updates``)."""
        self._pending.clear()

    def waiting(self) -> list[Json]:
        """Return the updates that wait, the oldest first."""
        self._expire()
        return [update for _, update in self._pending]

    def taken(self, update_id: int) -> None:
        """Forget one update, which a webhook has taken."""
        self._pending = [item for item in self._pending if item[1]["update_id"] != update_id]

    def confirm(self, offset: int) -> None:
        """Forget every update below this id; a negative offset keeps that many from the end."""
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [item for item in self._pending if item[1]["update_id"] >= offset]

    async def arrival(self) -> None:
        """Wait until one more update is there."""
        self._arrived.clear()
        await self._arrived.wait()

    async def poll(self, offset: int | None, limit: int | None, timeout: int | None) -> list[Json]:  # noqa: ASYNC109 - the API's parameter
        """Answer ``getUpdates``.

        Args:
            offset: the first update wanted; everything before it is confirmed.
            limit: 1 to 100; anything else means 100.
            timeout: seconds of the clock to wait for a first update, at most 50.

        Raises:
            Refusal: 409, to the *older* of two calls that wait at the same time.
        """
        self.interrupt(
            Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        )
        if offset is not None:
            self.confirm(offset)
        self._expire()
        if not self._pending and timeout and timeout > 0:
            await self._wait(min(timeout, _LONGEST_POLL))
        most = limit if limit is not None and 1 <= limit <= _MOST else _MOST
        return [update for _, update in self._pending[:most]]

    def interrupt(self, refusal: Refusal | None = None) -> None:
        """End the call that is waiting: with this error, or with nothing found (the server stops)."""
        if self._poll is None or self._poll.done():
            return
        if refusal is None:
            self._poll.set_result(None)
        else:
            self._poll.set_exception(refusal)

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        sleeper = asyncio.ensure_future(self._clock.sleep(seconds))
        sleeper.add_done_callback(lambda _: None if poll.done() else poll.set_result(None))
        try:
            await poll
        finally:
            sleeper.cancel()

    def _expire(self) -> None:
        oldest = self._clock.now() - _KEPT
        if self._pending and self._pending[0][0] < oldest:
            self._pending = [item for item in self._pending if item[0] >= oldest]
