"""/admin, for those whom ADMIN_IDS names and in their private chats; for all others it does not exist."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from bot.telegram.callbacks import Decide, ShowFaults, ShowOffice, ShowPeople, ShowPerson, TellAgain
from bot.telegram.screens import admin as screens
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="admin")
    here.message.filter(is_admins)
    here.callback_query.filter(is_admins)
    here.message.register(show_office, Command("admin"))
    here.callback_query.register(show_office, ShowOffice.filter())
    here.callback_query.register(show_people, ShowPeople.filter())
    here.callback_query.register(show_person, ShowPerson.filter())
    here.callback_query.register(decide, Decide.filter())
    here.callback_query.register(show_faults, ShowFaults.filter())
    here.callback_query.register(tell_again, TellAgain.filter())
    return here


async def is_admins(_: TelegramObject, visit: Visit) -> bool:
    """Pass an admin in private: who else asks is answered as if there were nothing here."""
    return visit.is_admins


async def show_office(_: object, visit: Visit) -> None:
    """Show how the bot is."""
    await visit.show(screens.overview(await visit.desk.engine.office.overview(), visit.t))


async def show_people(_: object, visit: Visit, callback_data: ShowPeople) -> None:
    """List who uses the bot."""
    await visit.show(screens.people(await visit.desk.engine.office.people(callback_data.page), visit.t))


async def show_person(_: object, visit: Visit, callback_data: ShowPerson) -> None:
    """Show one user."""
    view = await visit.desk.engine.office.person(callback_data.user_id)
    await visit.show(screens.person(view, visit.t, is_admin=callback_data.user_id in visit.desk.admins))


async def decide(_: object, visit: Visit, callback_data: Decide) -> None:
    """Let a user use the bot, or not."""
    office, wanted = visit.desk.engine.office, callback_data
    view = await office.decide(wanted.user_id, wanted.standing, visit.desk.admins)
    await visit.show(screens.person(view, visit.t, is_admin=False))


async def show_faults(_: object, visit: Visit, callback_data: ShowFaults) -> None:
    """List what was put aside."""
    await visit.show(screens.faults(await visit.desk.engine.office.faults(callback_data.page), visit.t))


async def tell_again(_: object, visit: Visit) -> None:
    """Try again what was put aside; what fails once more is back on the list soon."""
    office = visit.desk.engine.office
    await office.tell_again()
    await visit.answer(visit.t.plain("admin-told-again"))
    await visit.show(screens.faults(await office.faults(0), visit.t))
