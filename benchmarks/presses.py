"""People who press buttons, found by what the buttons carry: labels are the languages' business."""

import asyncio
import time
from typing import Any

from sandbox.telegram.people import Person
from sandbox.telegram.seen import Seen

_OFFER, _CONFIRM = "d|", "y|"
_SECONDS = 15.0


class NoAnswer(Exception):
    """The bot showed no such button in time."""


async def buy(person: Person, command: str) -> float:
    """Buy the first number that the command leads to; return when its confirm button was pressed.

    Raises:
        NoAnswer: the offers or the confirm button did not come.
    """
    said = await person.send(command)
    message, data = await _button(person, said, (_CONFIRM, _OFFER))
    if data.startswith(_OFFER):  # with one offer alone, the bot shows it at once
        await person.tap(message, data=data)
        message, data = await _button(person, said, (_CONFIRM,))
    pressed = time.perf_counter()
    await person.tap(message, data=data)
    return pressed


async def _button(person: Person, after: Seen, begins: tuple[str, ...]) -> tuple[Seen, str]:
    end = time.perf_counter() + _SECONDS
    while time.perf_counter() < end:
        for message in reversed(person.messages):
            for data in _carried(message.record.markup) if message.id > after.id else ():
                if data.startswith(begins):
                    return message, data
        await asyncio.sleep(0.02)
    raise NoAnswer(", ".join(begins))


def _carried(markup: dict[str, Any] | None) -> list[str]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
