"""Where updates go: through the reception to the router of their topic."""

from collections.abc import Collection

from aiogram import Dispatcher

from bot.telegram.desk import Desk
from bot.telegram.menus import announce
from bot.telegram.reception import Reception
from bot.telegram.routers import (
    balance,
    buy,
    choices,
    fallback,
    hosts,
    imports,
    keys,
    numbers,
    orders,
    prompts,
    start,
    tools,
)

__all__ = ["announce", "build_dispatcher"]


def build_dispatcher(desk: Desk, allowed_users: Collection[int]) -> Dispatcher:
    """Return the dispatcher with every router attached.

    Args:
        desk: what handlers work with.
        allowed_users: Telegram ids of those who may use the bot; empty for everybody.
    """
    dispatcher = Dispatcher(desk=desk, disable_fsm=True)
    reception = Reception(desk, allowed_users)
    dispatcher.message.outer_middleware(reception)
    dispatcher.callback_query.outer_middleware(reception)
    dispatcher.include_routers(
        start.router(),
        keys.router(),
        hosts.router(),
        balance.router(),
        buy.router(),
        choices.router(),
        orders.router(),
        imports.router(),
        tools.router(),
        numbers.router(),
        prompts.router(),
        buy.search_router(),
        fallback.router(),
    )
    return dispatcher
