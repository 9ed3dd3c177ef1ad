"""Where updates go: through the reception to the router of their topic."""

from aiogram import Dispatcher

from bot.telegram.desk import Desk
from bot.telegram.doors import Doors
from bot.telegram.menus import announce
from bot.telegram.reception import Reception, Strangers
from bot.telegram.routers import (
    admin,
    balance,
    buy,
    choices,
    fallback,
    history,
    hosts,
    imports,
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
    dispatcher.update.outer_middleware(Strangers(desk, doors))
    dispatcher.message.outer_middleware(reception)
    dispatcher.callback_query.outer_middleware(reception)
    dispatcher.include_routers(
        admin.router(),
        start.router(),
        keys.router(),
        hosts.router(),
        balance.router(),
        buy.router(),
        choices.router(),
        rent.router(),
        rent_bills.router(),
        rentals.router(),
        rental_lists.router(),
        settings.router(),
        notifications.router(),
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
