"""From the press of a button to its answer and the edit of its message, while many orders are watched.

``python -m benchmarks.chat``. Telegram takes some 30 edits a second from a bot, so that at most 20 presses a
second change their message here; the others only want an answer. Beside it: a bare aiogram bot that watches
nothing.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.baselines.echo import STILL
from benchmarks.command import Scale, run
from benchmarks.delivery import START_UP, all_checked
from benchmarks.figures import Report, heading, spread
from benchmarks.processes import Running, baseline, codebell, speaks, until, wait_for
from benchmarks.world import World, open_world
from sandbox.telegram.chats import Message

EDITS_A_SECOND = 20.0
_TO_COME_S = 10.0  # for what is still unanswered at the end


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it; ``interval`` is the orders', None for what the provider's document says."""

    orders: int
    users: int
    rates: tuple[float, ...]
    seconds: float
    interval: float | None


# A person may press once a second in the long run; at 200 a second there must be as many.
FULL = Size(orders=10_000, users=200, rates=(1, 50, 200), seconds=10.0, interval=None)
QUICK = Size(orders=20, users=20, rates=(5, 20), seconds=1.0, interval=0.5)


@dataclass(frozen=True, slots=True)
class Press:
    """One press: when, its query, and the message if that is to change."""

    at: float
    query: str
    message: Message | None


class Crowd:
    """People with a card each, who press in turns: for the list of numbers, for the card again, and so on."""

    def __init__(self, world: World) -> None:
        self._world = world
        first = {one.person.id: place for place, one in reversed(list(enumerate(world.waiting)))}
        self._cards = [(person, place + 1) for person, place in first.items()]
        self._shows_list: set[int] = set()
        self._next = 0

    async def press(self, rate: float, seconds: float) -> list[Press]:
        """Press so many buttons a second, each as the next person."""
        share = min(1.0, EDITS_A_SECOND / rate)
        begun, edits, made = time.perf_counter(), 0.0, []
        for number in range(int(rate * seconds)):
            await until(begun + number / rate)
            edits += share
            is_edit = edits >= 1
            edits -= is_edit
            made.append(self._press(is_edit=is_edit))
        return made

    def _press(self, *, is_edit: bool) -> Press:
        world = self._world.telegram.world
        person, order_id = self._cards[self._next % len(self._cards)]
        self._next += 1
        message = next(iter(world.chats[person].messages.values()))
        data = STILL
        if is_edit:
            data = f"v|{order_id}|1|0" if person in self._shows_list else "q|1|0"
            self._shows_list ^= {person}
        query = world.press(world.users[person], message, data)
        return Press(time.perf_counter(), query.id, message if is_edit else None)


async def measure(world: World, size: Size) -> list[dict[str, Any]]:
    """Press at each rate; return the figures of each."""
    crowd, found = Crowd(world), []
    for rate in size.rates:
        presses = await crowd.press(rate, size.seconds)
        await wait_for(partial(_all_answered, world, presses), _TO_COME_S, 0.1)
        answers, edits = _answers(world, presses), _edits(world, presses)
        found.append(
            {
                "rate": rate,
                "presses": len(presses),
                "answered": len(answers),
                "answer_ms": spread(answers, 1000),
                "edits": sum(one.message is not None for one in presses),
                "edited": len(edits),
                "edit_ms": spread(edits, 1000),
            }
        )
        await asyncio.sleep(1)
    return found


def _all_answered(world: World, presses: list[Press]) -> bool:
    return len(_answers(world, presses)) == len(presses)


def _answers(world: World, presses: list[Press]) -> list[float]:
    """Return the seconds from each press to the call that answers it."""
    at = {
        str(one.call.params.get("callback_query_id")): one.at
        for one in world.calls.heard
        if one.call.method == "answerCallbackQuery" and one.is_accepted
    }
    return [at[one.query] - one.at for one in presses if one.query in at]


def _edits(world: World, presses: list[Press]) -> list[float]:
    """Return the seconds from each press that is to change its message to the call that does."""
    changes = [
        (one.at, one.call.params.get("chat_id"), one.call.params.get("message_id"))
        for one in world.calls.heard
        if one.call.method == "editMessageText" and one.is_accepted
    ]
    found = []
    for one in presses:
        if one.message is not None:
            place = (one.message.chat.id, one.message.id)
            after = [at - one.at for at, *where in changes if at > one.at and tuple(where) == place]
            found += after[:1]
    return found


async def _with(
    size: Size, orders: int, start: Callable[[World], AbstractAsyncContextManager[Running]]
) -> list[dict[str, Any]]:
    async with open_world("getsms", orders=orders, users=size.users) as world, start(world):
        await wait_for(partial(speaks, world), START_UP)
        if orders > size.users:
            await all_checked(world, 3 * (size.interval or 5.0))
        await asyncio.sleep(1)
        return await measure(world, size)


async def measure_all(scale: Scale) -> Report:
    """Press at the bot, and at the bare one."""
    size = QUICK if scale.quick else FULL
    report = heading(quick=scale.quick)
    scale.say(f"presses, while {size.orders:,} orders are watched")
    ours = await _with(size, size.orders, lambda world: codebell(world, size.interval))
    scale.say("the same presses at a bare aiogram bot")
    bare = await _with(size, size.users, lambda world: baseline("echo", world))
    return report | {"orders": size.orders, "users": size.users, "codebell": ours, "bare": bare}


if __name__ == "__main__":
    run("chat", measure_all)
