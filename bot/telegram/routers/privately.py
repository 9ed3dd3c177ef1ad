"""Topics that are nobody else's business: in a group they are answered with the way to the private chat."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from bot.telegram.screens.privately import private_chat
from bot.telegram.visit import Visit

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def keep_private(router: Router, payload: str) -> None:
    """Have all of a router's handlers answer in private only.

    Args:
        router: the topic.
        payload: what ``/start`` gets behind the button that leads to the private chat.
    """

    async def private_only(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        visit: Visit = data["visit"]
        if visit.is_private:
            return await handler(event, data)
        link = await visit.desk.sender.link(payload)
        if visit.query_id is None:
            return await visit.show(private_chat(link, visit.t))
        return await visit.answer(visit.t.plain("private-only"), alert=True)

    router.message.middleware(private_only)
    router.callback_query.middleware(private_only)
