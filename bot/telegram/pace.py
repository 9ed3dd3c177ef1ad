"""Turns: who may write to Telegram next, within its limits.

About 30 messages a second in all, one a second in a chat with short bursts, 20 a minute in a group; edits
count as messages (Bots FAQ, "My bot is hitting limits"; tdlib/td#2592, #3034).

Where several replicas write, each takes its most urgent turn first, and asks for it before it is given.
"""

import asyncio
import heapq
import itertools
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from bot.clock import Clock


class Priority(IntEnum):
    """Who goes first where several wait."""

    CODE = 0
    CARD = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most so many messages in any stretch of so many seconds."""

    count: int
    seconds: float


OVERALL = Allowance(30, 1.0)
CHAT = Allowance(3, 3.0)  # one a second, with a burst of three
GROUP = Allowance(20, 60.0)

_FORGET_ABOVE = 10_000


class Shared(Protocol):
    """What all replicas together have sent lately."""

    async def spend(
        self, chat_id: int, overall: Allowance, of_chat: tuple[Allowance, ...]
    ) -> tuple[float, float]:
        """Count one message, if it is allowed now.

        Returns:
            The seconds for which everything has to rest and those for this chat: both 0 where it was counted.
        """
        ...

    def refused(self, chat_id: int, seconds: float) -> None:
        """Tell the other replicas what Telegram asks for in this chat."""
        ...


class _Window:
    """Remembers when the last messages of an allowance went out."""

    __slots__ = ("allowance", "sent")

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.sent: deque[float] = deque(maxlen=allowance.count)

    def free_at(self) -> float:
        """Return the monotonic time from which one more is allowed."""
        full = len(self.sent) == self.allowance.count
        return self.sent[0] + self.allowance.seconds if full else 0.0


@dataclass(slots=True)
class _Chat:
    windows: tuple[_Window, ...]
    blocked_until: float = 0.0
    resting_until: float = 0.0
    queue: list[tuple[Priority, int, asyncio.Future[None]]] = field(default_factory=list)

    def free_at(self) -> float:
        """Return the monotonic time from which this chat takes one more."""
        return max(self.blocked_until, self.resting_until, *(window.free_at() for window in self.windows))

    def last(self) -> float:
        """Return when the last message went out."""
        sent = self.windows[0].sent
        return sent[-1] if sent else 0.0

    def allowances(self) -> tuple[Allowance, ...]:
        """Return what the chat takes."""
        return tuple(window.allowance for window in self.windows)


class Pace:
    """Gives out turns: the most urgent first, then first come first served; a slow chat delays no other.

    Args:
        clock: whose time counts.
        overall: the allowance of all chats together.
        shared: what the replicas have sent together; None where there are none.
    """

    def __init__(self, clock: Clock, overall: Allowance = OVERALL, shared: Shared | None = None) -> None:
        self._clock = clock
        self._shared = shared
        self._asking: asyncio.Task[None] | None = None
        self._all = _Window(overall)
        self._all_blocked_until = 0.0
        self._all_resting_until = 0.0
        self._chats: dict[int, _Chat] = {}
        self._order = itertools.count()
        # Chats with somebody waiting: those that may write now, by urgency, and those that rest, by time.
        self._ready: list[tuple[Priority, int, int]] = []
        self._resting: list[tuple[float, int, int]] = []
        self._pump: asyncio.Task[None] | None = None
        self._pump_due = 0.0

    async def turn(self, chat_id: int, priority: Priority) -> None:
        """Return when one message may go to this chat."""
        chat = self._chat(chat_id)
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(chat.queue, (priority, next(self._order), future))
        self._line_up(chat_id, chat)
        self._give()
        self._wait_for_more()
        await future

    def refused(self, chat_id: int, seconds: float) -> None:
        """Keep quiet in this chat, as Telegram asks; everywhere, if another chat is being refused too."""
        now = self._clock.monotonic()
        others = any(chat.blocked_until > now for id_, chat in self._chats.items() if id_ != chat_id)
        if others:
            self._all_blocked_until = max(self._all_blocked_until, now + seconds)
        chat = self._chat(chat_id)
        chat.blocked_until = max(chat.blocked_until, now + seconds)
        if self._shared is not None:
            self._shared.refused(chat_id, seconds)

    def _chat(self, chat_id: int) -> _Chat:
        known = self._chats.get(chat_id)
        if known is None:
            self._forget_idle()
            allowances = (CHAT,) if chat_id > 0 else (CHAT, GROUP)
            known = self._chats[chat_id] = _Chat(tuple(_Window(allowance) for allowance in allowances))
        return known

    def _forget_idle(self) -> None:
        if len(self._chats) < _FORGET_ABOVE:
            return
        now = self._clock.monotonic()
        past = now - GROUP.seconds
        idle = [
            id_
            for id_, chat in self._chats.items()
            if not chat.queue and chat.last() < past and chat.blocked_until < now
        ]
        for id_ in idle:
            del self._chats[id_]

    def _line_up(self, chat_id: int, chat: _Chat) -> None:
        """Put a chat that waits where it belongs; an older place of it is found out when its turn comes."""
        free_at = chat.free_at()
        priority, number, _ = chat.queue[0]
        if free_at <= self._clock.monotonic():
            heapq.heappush(self._ready, (priority, number, chat_id))
        else:
            heapq.heappush(self._resting, (free_at, number, chat_id))

    def _give(self) -> None:
        """Give every turn that is due."""
        now = self._clock.monotonic()
        while self._resting and self._resting[0][0] <= now:
            chat_id = heapq.heappop(self._resting)[2]
            chat = self._chats.get(chat_id)
            if chat is not None and chat.queue:
                self._line_up(chat_id, chat)
        while self._asking is None and (found := self._most_urgent(now)) is not None:
            if self._shared is None:
                self._grant(*found)
            else:
                self._asking = asyncio.create_task(self._ask(self._shared, *found), name="pace asks")

    def _most_urgent(self, now: float) -> tuple[int, _Chat] | None:
        """Return the chat whose turn it is, out of the line of those that are ready."""
        while self._ready and self._free_at() <= now:
            priority, number, chat_id = heapq.heappop(self._ready)
            chat = self._chats.get(chat_id)
            if chat is None or not chat.queue or chat.queue[0][:2] != (priority, number):
                continue  # somebody more urgent stood in for it, and lined the chat up anew
            has_left = chat.queue[0][2].done()
            if chat.free_at() <= now and not has_left:
                return chat_id, chat
            if has_left:
                heapq.heappop(chat.queue)
            if chat.queue:
                self._line_up(chat_id, chat)
        return None

    def _grant(self, chat_id: int, chat: _Chat) -> None:
        """Give a turn to whoever is most urgent in a chat by now."""
        now = self._clock.monotonic()
        while chat.queue:
            future = heapq.heappop(chat.queue)[2]
            if not future.done():
                for window in (self._all, *chat.windows):
                    window.sent.append(now)
                future.set_result(None)
                break
        if chat.queue:
            self._line_up(chat_id, chat)

    async def _ask(self, shared: Shared, chat_id: int, chat: _Chat) -> None:
        """Have a message counted by all replicas, and give the turn; else the chat, or everything, rests."""
        overall, in_chat = await shared.spend(chat_id, self._all.allowance, chat.allowances())
        self._asking = None
        if overall > 0 or in_chat > 0:
            now = self._clock.monotonic()
            self._all_resting_until = max(self._all_resting_until, now + overall)
            chat.resting_until = max(chat.resting_until, now + in_chat)
            if chat.queue:
                self._line_up(chat_id, chat)
        else:
            self._grant(chat_id, chat)
        self._give()
        self._wait_for_more()

    def _free_at(self) -> float:
        return max(self._all_blocked_until, self._all_resting_until, self._all.free_at())

    def _next(self) -> float | None:
        """Return when the next turn may be due, or None where nobody waits."""
        due = [self._free_at()] if self._ready and self._asking is None else []
        due += [self._resting[0][0]] if self._resting else []
        return min(due, default=None)

    def _wait_for_more(self) -> None:
        due = self._next()
        if due is None:
            return
        if self._pump is not None and not self._pump.done():
            if self._pump_due <= due:
                return
            self._pump.cancel()
        self._pump_due = due
        self._pump = asyncio.create_task(self._run(), name="pace")

    async def _run(self) -> None:
        while (due := self._next()) is not None:
            self._pump_due = due
            await self._clock.sleep(due - self._clock.monotonic())
            self._give()

    async def close(self) -> None:
        """Give no more turns; whoever waits is cancelled."""
        tasks = [task for task in (self._pump, self._asking) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for chat in self._chats.values():
            for _, _, future in chat.queue:
                future.cancel()
