"""What is paid for a rental: the confirm screens, and the one press that pays."""

from aiogram import Router

from bot.domain.errors import BillRose, KeyRejected, NoNumbers
from bot.domain.rentals import Act, BillState, Rental
from bot.telegram.callbacks import ReplaceKey
from bot.telegram.default_callbacks import PayDear
from bot.telegram.rent_callbacks import (
    AddExtra,
    PayBill,
    RestoreRental,
    ShowBill,
    ShowExtra,
    ShowProlongs,
)
from bot.telegram.screens import rent_bill as screens
from bot.telegram.screens.defaults import is_dear
from bot.telegram.screens.failures import failed
from bot.telegram.screens.rent_periods import prolongs
from bot.telegram.screens.rent_services import extra_services
from bot.telegram.screens.screen import Button, Screen
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="rent bills")
    here.callback_query.register(show_bill, ShowBill.filter())
    here.callback_query.register(pay, PayBill.filter())
    here.callback_query.register(pay_dear, PayDear.filter())
    here.callback_query.register(show_prolongs, ShowProlongs.filter())
    here.callback_query.register(show_extra, ShowExtra.filter())
    here.callback_query.register(add_extra, AddExtra.filter())
    here.callback_query.register(restore, RestoreRental.filter())
    return here


async def show_bill(_: object, visit: Visit, callback_data: ShowBill) -> None:
    """Show what would be paid for, with the button that pays."""
    view = await visit.desk.engine.rent_shop.bill(visit.user_id, callback_data.token)
    await visit.show(screens.bill(view, visit.t, visit.desk.catalog, now=visit.desk.clock.now()))


async def pay(_: object, visit: Visit, callback_data: PayBill) -> None:
    """Pay, unless it costs more than its person has set: that is asked about first."""
    engine, token = visit.desk.engine, callback_data.token
    usual = await engine.defaults.of(visit.user_id)
    price = (await engine.rent_shop.bill(visit.user_id, token)).bill.price if usual.dear else None
    if usual.dear and usual.asks_about(price):
        question = is_dear(usual, price, PayDear(token=token), ShowBill(token=token), visit.t)
        await visit.show(question)
        return
    await _pay(visit, token)


async def pay_dear(_: object, visit: Visit, callback_data: PayDear) -> None:
    """Pay in spite of the price, which was asked about."""
    await _pay(visit, callback_data.token)


async def _pay(visit: Visit, token: str) -> None:
    """Pay, once: this message becomes the card of what is rented, or says what became of the payment."""
    engine, catalog = visit.desk.engine, visit.desk.catalog
    now = visit.desk.clock.now()
    try:
        async with visit.patiently():
            view = await engine.leasing.confirm(
                visit.user_id, token, chat_id=visit.chat_id, message_id=visit.message_id
            )
    except BillRose as error:
        visit.refused(error)
        view = await engine.rent_shop.bill(visit.user_id, error.bill.token)
        await visit.show(screens.dearer(view, visit.t, catalog, now=now))
    except NoNumbers as error:
        visit.refused(error)
        view = await engine.rent_shop.bill(visit.user_id, token)
        await visit.show(screens.gone(view, error, visit.t, catalog))
    except KeyRejected as error:
        visit.refused(error)
        account = (await engine.rent_shop.bill(visit.user_id, token)).account
        mend = Button(visit.t.plain("button-replace"), ReplaceKey(account_id=account.account.id))
        await visit.show(failed(error, visit.t, account.provider, (mend,)))
    else:
        if view.bill.act is not Act.RENT:
            await visit.show(screens.outcome(view, visit.t, catalog))
        elif view.bill.state is BillState.PAID:
            await visit.answer(visit.t.plain("bill-done-rent"))
        elif view.bill.state is BillState.FAILED:
            await visit.answer(visit.t.plain("bill-failed"))


async def show_prolongs(_: object, visit: Visit, callback_data: ShowProlongs) -> None:
    """List by how much a rental can be prolonged."""
    async with visit.patiently():
        view = await visit.desk.engine.rent_shop.prolongs(visit.user_id, callback_data.rental_id)
    await _show_beside(visit, view.rental, prolongs(view, callback_data, visit.t, visit.desk.catalog))


async def show_extra(_: object, visit: Visit, callback_data: ShowExtra) -> None:
    """List for what else the number of a rental can be rented."""
    engine = visit.desk.engine
    rental = (await engine.rent_book.view(visit.user_id, callback_data.rental_id)).rental
    async with visit.patiently():
        view = await engine.rent_shop.services(visit.user_id, rental.account_id, rental.country or "")
    screen = extra_services(view, rental, callback_data, visit.t, visit.desk.catalog)
    await _show_beside(visit, rental, screen)


async def add_extra(_: object, visit: Visit, callback_data: AddExtra) -> None:
    """Show what one more service on the number of a rental would cost."""
    async with visit.patiently():
        view = await visit.desk.engine.rent_shop.extra(  # noqa: S610 - no Django here
            visit.user_id, callback_data.rental_id, callback_data.service
        )
    await visit.show(screens.bill(view, visit.t, visit.desk.catalog, now=visit.desk.clock.now()))


async def restore(_: object, visit: Visit, callback_data: RestoreRental) -> None:
    """Show what it would cost to bring a rental back."""
    async with visit.patiently():
        view = await visit.desk.engine.rent_shop.restore(
            visit.user_id, callback_data.account_id, callback_data.remote_id
        )
    await visit.show(screens.bill(view, visit.t, visit.desk.catalog, now=visit.desk.clock.now()))


async def _show_beside(visit: Visit, rental: Rental | None, screen: Screen) -> None:
    """Show a screen in place of the one that was pressed, unless that is the rental's card: it stays."""
    is_card = rental is not None and (rental.card_chat_id, rental.card_message_id) == (
        visit.chat_id,
        visit.message_id,
    )
    await (visit.send(screen) if is_card else visit.show(screen))
