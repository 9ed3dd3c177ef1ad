"""The card of a rental and its buttons."""

from contextlib import suppress

from aiogram import Router

from bot.domain.errors import OutOfDate, SmsCameFirst
from bot.domain.periods import Period
from bot.domain.rental_views import RentalView
from bot.domain.rentals import RentalAction
from bot.telegram.rent_callbacks import ActRental, SetAuto, ShowInbox, ShowRental, ShowRentals
from bot.telegram.screens.rental import card
from bot.telegram.screens.rental_questions import auto, sure
from bot.telegram.screens.rental_sms import inbox
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="rentals")
    here.callback_query.register(show_rental, ShowRental.filter())
    here.callback_query.register(show_inbox, ShowInbox.filter())
    here.callback_query.register(act, ActRental.filter())
    here.callback_query.register(set_auto, SetAuto.filter())
    return here


async def show_rental(_: object, visit: Visit, callback_data: ShowRental) -> None:
    """Show a rental in place of what was pressed."""
    await _draw(visit, await visit.desk.engine.rent_book.view(visit.user_id, callback_data.rental_id))


async def show_inbox(_: object, visit: Visit, callback_data: ShowInbox) -> None:
    """Show the SMS of a rental: beside its card, which goes on changing, else in place."""
    view = await visit.desk.engine.rent_book.inbox(visit.user_id, callback_data.rental_id, callback_data.page)
    screen = inbox(view, visit.t, visit.desk.catalog)
    await (visit.send(screen) if _is_card(visit, view.view) else visit.show(screen))


async def act(_: object, visit: Visit, callback_data: ActRental) -> None:
    """Do what the button says; ask first where the number would be gone. Too late redraws the message."""
    book, rental_id = visit.desk.engine.rent_book, callback_data.rental_id
    try:
        view = await _act(visit, callback_data)
    except (OutOfDate, SmsCameFirst) as error:
        await visit.fail(error)
        with suppress(OutOfDate):  # there is no such rental at all: the box has said so
            await _draw(visit, await book.view(visit.user_id, rental_id))
        return
    if view is None:
        return
    said = visit.t.plain(f"rental-state-{view.rental.state.value}")
    await visit.answer(said, alert=not view.rental.is_held)
    await _draw(visit, view)


async def _act(visit: Visit, callback_data: ActRental) -> RentalView | None:
    """Carry an action out; None where it is first asked whether one is sure."""
    engine, rental_id, action = visit.desk.engine, callback_data.rental_id, callback_data.action
    view = await engine.rent_book.view(visit.user_id, rental_id)
    if action not in view.actions:
        raise OutOfDate
    if action is not RentalAction.ACTIVATE and not callback_data.sure:
        await visit.show(sure(view, action, visit.t, visit.desk.catalog))
        return None
    async with visit.patiently():
        return await engine.rent_actions.act(visit.user_id, rental_id, action)


async def set_auto(_: object, visit: Visit, callback_data: SetAuto) -> None:
    """Switch prolonging without asking on or off; without a period, ask for it."""
    book, rental_id = visit.desk.engine.rent_book, callback_data.rental_id
    unit, count = callback_data.unit, callback_data.count
    if callback_data.off:
        view = await book.set_auto(visit.user_id, rental_id, None)
        await visit.answer(visit.t.plain("rental-auto-stopped"))
    elif unit is None or not count:
        view = await book.view(visit.user_id, rental_id)
        if not view.auto_periods:
            raise OutOfDate
        await visit.show(auto(view, visit.t, visit.desk.catalog))
        return
    else:
        async with visit.patiently():
            view = await book.set_auto(visit.user_id, rental_id, Period(unit, count))
        await visit.answer(visit.t.plain("rental-auto-set"))
    await _draw(visit, view)


async def _draw(visit: Visit, view: RentalView) -> None:
    """Draw a rental where its button was pressed; only beside the card itself there is a way back."""
    back = None if _is_card(visit, view) else ShowRentals(is_open=view.rental.is_open)
    await visit.show(card(view, visit.t, visit.desk.catalog, back))


def _is_card(visit: Visit, view: RentalView) -> bool:
    rental = view.rental
    return (rental.card_chat_id, rental.card_message_id) == (visit.chat_id, visit.message_id)
