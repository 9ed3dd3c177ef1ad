"""Who may come in, and how much at a time."""

import asyncio
from collections.abc import Collection

from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject

from bot.domain.people import Standing, User
from bot.telegram.allowance import Allowance
from bot.telegram.desk import Desk
from bot.telegram.outcomes import SendError
from bot.telegram.screens.start import slow_down

_REFUSALS_AT_ONCE = 16


class Doors:
    """Decides about persons.

    Args:
        allowed_users: Telegram ids of those who may use the bot; empty for everybody.
        admins: Telegram ids of the admins, who always may.
    """

    def __init__(self, allowed_users: Collection[int], admins: Collection[int]) -> None:
        self._allowed = frozenset(allowed_users)
        self._admins = frozenset(admins)

    def refusal(self, user: User) -> str | None:
        """Return the text for somebody who may not come in, or None."""
        if user.id in self._admins:
            return None
        if user.standing is Standing.BLOCKED:
            return "blocked"
        if user.standing is Standing.ALLOWED or not self._allowed or user.id in self._allowed:
            return None
        return "not-invited"


class Doorman:
    """Turns a flood away before it costs anything.

    A message too many is answered once, and those after it are dropped. A tap is always answered: whoever
    pressed *Cancel* must know that it was not heard.

    Args:
        desk: how to answer.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._allowance = Allowance(desk.clock)
        self._typing = Allowance(desk.clock)
        self._answers: dict[int, set[asyncio.Task[None]]] = {}

    def admits(self, event: TelegramObject) -> bool:
        """Return whether an event is to be handled; what is not has been, or is being, answered."""
        if isinstance(event, InlineQuery):  # each letter asks: apart from what is pressed and sent
            return self._typing.take(event.from_user.id)
        if not isinstance(event, Message | CallbackQuery) or event.from_user is None:
            return True
        person = event.from_user.id
        if self._allowance.take(person):
            return True
        if isinstance(event, CallbackQuery) or self._allowance.warn(person):
            self._answer(person, event)
        return False

    async def finish(self) -> None:
        """Answer nobody any more."""
        tasks = [task for tasks in self._answers.values() for task in tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _answer(self, person: int, event: Message | CallbackQuery) -> None:
        under_way = self._answers.setdefault(person, set())
        if len(under_way) >= _REFUSALS_AT_ONCE:
            return
        task = asyncio.create_task(self._refuse(person, event))
        under_way.add(task)
        task.add_done_callback(lambda _: self._answered(person, task))

    def _answered(self, person: int, task: asyncio.Task[None]) -> None:
        left = self._answers.get(person, set())
        left.discard(task)
        if not left:
            self._answers.pop(person, None)

    async def _refuse(self, person: int, event: Message | CallbackQuery) -> None:
        t = self._desk.translations.get(await self._desk.engine.people.language(person))
        if isinstance(event, CallbackQuery):
            await self._desk.sender.answer(event.id, t.plain("slow-down-tap"), alert=True)
            return
        reply_to = None if event.chat.type == "private" else event.message_id
        try:
            await self._desk.sender.send(event.chat.id, slow_down(t), reply_to=reply_to)
        except SendError:
            return
