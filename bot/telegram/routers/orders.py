"""/orders, and the buttons of cards."""

from contextlib import suppress

from aiogram import Router
from aiogram.filters import Command

from bot.domain.errors import OutOfDate, SmsCameFirst
from bot.domain.orders import Action, Order, State
from bot.domain.views import OrderView
from bot.telegram.callbacks import Act, BuyAnother, Claim, ShowOrder, ShowOrders
from bot.telegram.history_callbacks import AskWhy, TakeNext
from bot.telegram.routers.buy import buy_another
from bot.telegram.routers.numbers import FORWARD
from bot.telegram.routers.prompts import ask
from bot.telegram.screens.card import card
from bot.telegram.screens.numbers import forward_prompt
from bot.telegram.screens.orders import orders
from bot.telegram.screens.why import why
from bot.telegram.screens.wish import answer
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="orders")
    here.message.register(orders_command, Command("orders"))
    here.callback_query.register(show_orders, ShowOrders.filter())
    here.callback_query.register(show_order, ShowOrder.filter())
    here.callback_query.register(act, Act.filter())
    here.callback_query.register(claim, Claim.filter())
    here.callback_query.register(ask_why, AskWhy.filter())
    here.callback_query.register(take_next, TakeNext.filter())
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
    await visit.show(card(view, visit.t, visit.desk.catalog, back if _is_own(visit, view) else None))


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
    if order.wish is not None or callback_data.action is Action.KEEP:
        await _tell_wish(visit, order)
        return
    done = order.state in {State.CANCELED, State.BANNED}
    if callback_data.action is Action.READY:
        await visit.answer(visit.t.plain("card-ready"))
    await visit.answer(visit.t.plain(f"state-{order.state.value}"), alert=done)
    await _redraw(visit, order.id, card_too=False)


async def claim(_: object, visit: Visit, callback_data: Claim) -> None:
    """Take the number of the provider's list that a lost purchase has made, or hear that it is none."""
    engine = visit.desk.engine
    async with visit.patiently():
        order = await engine.recovery.claim(visit.user_id, callback_data.order_id, callback_data.remote_id)
    is_none = order.state is State.UNCERTAIN
    await visit.answer(
        visit.t.plain("choose-none" if is_none else f"state-{order.state.value}"), alert=is_none
    )
    await _redraw(visit, order.id, card_too=False)


async def ask_why(_: object, visit: Visit, callback_data: AskWhy) -> None:
    """Say what usually helps while no code comes, under the card."""
    view = await visit.desk.engine.orders.view(visit.user_id, callback_data.order_id)
    await visit.send(why(view, visit.t, visit.desk.catalog))


async def take_next(_: object, visit: Visit, callback_data: TakeNext) -> None:
    """Give a number back as one that does not work, and show the offers: buying stays a tap of its own."""
    view = await visit.desk.engine.orders.view(visit.user_id, callback_data.order_id)
    action = Action.BAN if Action.BAN in view.actions else Action.CANCEL
    await act(None, visit, Act(order_id=view.order.id, action=action))
    after = await visit.desk.engine.orders.view(visit.user_id, view.order.id)
    if after.order.state in {State.CANCELED, State.BANNED}:
        goods = BuyAnother(service=after.order.service, country=after.order.country)
        await buy_another(None, visit, goods)


async def _tell_wish(visit: Visit, order: Order) -> None:
    """Say that the provider is asked on, or no longer."""
    view = await visit.desk.engine.orders.view(visit.user_id, order.id)
    title = view.account.provider.title
    told = answer(order, visit.t, title) if order.wish else visit.t.plain("wish-taken-back", provider=title)
    await visit.answer(told, alert=True)
    await _redraw(visit, order.id, card_too=False)


def _is_own(visit: Visit, view: OrderView) -> bool:
    """Whether what its owner holds may be shown here: of what a member bought, to the owner alone."""
    return view.order.buyer_id is None or (visit.is_private and visit.user_id == view.order.user_id)


async def _redraw(visit: Visit, order_id: int, *, card_too: bool) -> None:
    """Draw the order where its button was pressed; a card that changed is the courier's to draw."""
    view = await visit.desk.engine.orders.view(visit.user_id, order_id)
    is_card = (view.order.card_chat_id, view.order.card_message_id) == (visit.chat_id, visit.message_id)
    if is_card and not card_too:
        return
    back = None if is_card or not _is_own(visit, view) else ShowOrders(is_open=view.order.is_open)
    await visit.show(card(view, visit.t, visit.desk.catalog, back))
