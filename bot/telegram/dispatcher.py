"""Where updates go: through the reception to the router of their topic."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Dispatcher
from aiogram.types import TelegramObject, Update

from bot.telegram.desk import Desk
from bot.telegram.doors import Doors
from bot.telegram.menus import announce
from bot.telegram.reception import Reception, Strangers
from bot.telegram.routers import (
    admin,
    alerts,
    assembly,
    balance,
    buy,
    choices,
    data,
    defaults,
    fallback,
    finding,
    group_buying,
    group_members,
    groups,
    history,
    hosts,
    imports,
    inline,
    keys,
    notifications,
    numbers,
    orders,
    prompts,
    rent,
    rent_bills,
    rental_lists,
    rentals,
    settings,
    start,
    tools,
)

__all__ = ["announce", "build_dispatcher"]


def build_dispatcher(desk: Desk, doors: Doors) -> Dispatcher:
    """Return the dispatcher with every router attached.

    Args:
        desk: what handlers work with.
        doors: who may come in.
    """
    dispatcher = Dispatcher(desk=desk, disable_fsm=True)
    reception = Reception(desk, doors)
    dispatcher.update.outer_middleware(_Counting(desk))
    dispatcher.update.outer_middleware(Strangers(desk, doors))
    dispatcher.message.outer_middleware(reception)
    dispatcher.callback_query.outer_middleware(reception)
    dispatcher.include_routers(
        assembly.router(),
        admin.router(),
        groups.router(),
        group_members.router(),
        group_buying.router(),
        start.router(),
        keys.router(),
        hosts.router(),
        balance.router(),
        buy.router(),
        finding.router(),
        inline.router(),
        alerts.router(),
        choices.router(),
        rent.router(),
        rent_bills.router(),
        rentals.router(),
        rental_lists.router(),
        settings.router(),
        notifications.router(),
        data.router(),
        defaults.router(),
        history.router(),
        orders.router(),
        imports.router(),
        tools.router(),
        numbers.router(),
        prompts.router(),
        buy.search_router(),
        fallback.router(),
    )
    return dispatcher


class _Counting(BaseMiddleware):
    """Counts updates that were handled, whatever came of them."""

    def __init__(self, desk: Desk) -> None:
        self._metrics = desk.metrics

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        try:
            return await handler(event, data)
        finally:
            self._metrics.update(event.event_type if isinstance(event, Update) else "unknown")
