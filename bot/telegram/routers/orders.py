"""/orders, and the buttons of cards."""

from contextlib import suppress

from aiogram import Router
from aiogram.filters import Command

from bot.domain.errors import OutOfDate, SmsCameFirst
from bot.domain.orders import Action, State
from bot.telegram.callbacks import Act, ShowOrder, ShowOrders
from bot.telegram.routers.numbers import FORWARD
from bot.telegram.routers.prompts import ask
from bot.telegram.screens.card import card
from bot.telegram.screens.numbers import forward_prompt
from bot.telegram.screens.orders import orders
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="orders")
    here.message.register(orders_command, Command("orders"))
    here.callback_query.register(show_orders, ShowOrders.filter())
    here.callback_query.register(show_order, ShowOrder.filter())
    here.callback_query.register(act, Act.filter())
    return here


async def orders_command(_: object, visit: Visit) -> None:
    """List the open orders."""
    await show_orders(None, visit, ShowOrders())


async def show_orders(_: object, visit: Visit, callback_data: ShowOrders) -> None:
    """List open orders, or the archive."""
    page = await visit.desk.engine.orders.page(
        visit.user_id, callback_data.page, is_open=callback_data.is_open
    )
    await visit.show(orders(page, visit.t, visit.desk.catalog))


async def show_order(_: object, visit: Visit, callback_data: ShowOrder) -> None:
    """Show one order of the list in its place."""
    view = await visit.desk.engine.orders.view(visit.user_id, callback_data.order_id)
    back = ShowOrders(is_open=callback_data.is_open, page=callback_data.page)
    await visit.show(card(view, visit.t, visit.desk.catalog, back))


async def act(_: object, visit: Visit, callback_data: Act) -> None:
    """Do what the button says; a button that came too late redraws its message."""
    if callback_data.action is Action.READY:
        view = await visit.desk.engine.orders.view(visit.user_id, callback_data.order_id)
        if view.order.forward:  # it must be known first where to forward to
            await ask(visit, forward_prompt(view, visit.t), FORWARD, str(view.order.id))
            return
    try:
        async with visit.patiently():
            order = await visit.desk.engine.actions.act(
                visit.user_id, callback_data.order_id, callback_data.action
            )
    except (OutOfDate, SmsCameFirst) as error:
        await visit.fail(error)
        with suppress(OutOfDate):  # there is no such order at all: the box has said so
            await _redraw(visit, callback_data.order_id, card_too=isinstance(error, OutOfDate))
        return
    done = order.state in {State.CANCELED, State.BANNED}
    if callback_data.action is Action.READY:
        await visit.answer(visit.t.plain("card-ready"))
    await visit.answer(visit.t.plain(f"state-{order.state.value}"), alert=done)
    await _redraw(visit, order.id, card_too=False)


async def _redraw(visit: Visit, order_id: int, *, card_too: bool) -> None:
    """Draw the order where its button was pressed; a card that changed is the courier's to draw."""
    view = await visit.desk.engine.orders.view(visit.user_id, order_id)
    is_card = (view.order.card_chat_id, view.order.card_message_id) == (visit.chat_id, visit.message_id)
    if is_card and not card_too:
        return
    back = None if is_card else ShowOrders(is_open=view.order.is_open)
    await visit.show(card(view, visit.t, visit.desk.catalog, back))
