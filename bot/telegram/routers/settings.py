"""/settings: the limits that a person sets, and when a number is given back by itself."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.engine.prompts import Prompt
from bot.telegram.cap_callbacks import (
    AskDayCap,
    SetAutoCancel,
    SetDayCap,
    SetOpenCap,
    ShowAutoCancel,
    ShowDayCap,
    ShowOpenCap,
    ShowSettings,
)
from bot.telegram.routers.choices import amount_in
from bot.telegram.routers.prompts import answers, ask, close
from bot.telegram.screens import caps as screens
from bot.telegram.screens.auto_cancel import auto_cancel
from bot.telegram.visit import Visit

DAY_CAP = "day-cap"


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="settings")
    here.message.register(settings_command, Command("settings"))
    here.callback_query.register(show_settings, ShowSettings.filter())
    here.callback_query.register(show_auto_cancel, ShowAutoCancel.filter())
    here.callback_query.register(set_auto_cancel, SetAutoCancel.filter())
    here.callback_query.register(show_open_cap, ShowOpenCap.filter())
    here.callback_query.register(set_open_cap, SetOpenCap.filter())
    here.callback_query.register(show_day_cap, ShowDayCap.filter())
    here.callback_query.register(set_day_cap, SetDayCap.filter())
    here.callback_query.register(ask_day_cap, AskDayCap.filter())
    here.message.register(take_day_cap, answers(DAY_CAP))
    return here


async def settings_command(_: object, visit: Visit) -> None:
    """Show what can be set."""
    await show_settings(None, visit, ShowSettings())


async def show_settings(_: object, visit: Visit, callback_data: ShowSettings) -> None:
    """Show what can be set: the way back from a question for an amount, which is off the table then."""
    await close(visit)
    view = await visit.desk.engine.caps.view(visit.user_id)
    await visit.show(screens.settings(view, callback_data.page, visit.t))


async def show_auto_cancel(_: object, visit: Visit) -> None:
    """Show when a number without a code is given back by itself."""
    await visit.show(auto_cancel(await visit.desk.engine.auto_cancel.minutes(visit.user_id), visit.t))


async def set_auto_cancel(_: object, visit: Visit, callback_data: SetAutoCancel) -> None:
    """Set when a number without a code is given back by itself."""
    await visit.desk.engine.auto_cancel.set(visit.user_id, callback_data.minutes or None)
    await show_auto_cancel(None, visit)


async def show_open_cap(_: object, visit: Visit) -> None:
    """Show how many numbers may be open at once."""
    await visit.show(screens.open_cap(await visit.desk.engine.caps.view(visit.user_id), visit.t))


async def set_open_cap(_: object, visit: Visit, callback_data: SetOpenCap) -> None:
    """Set how many numbers may be open at once."""
    await visit.desk.engine.caps.set_open(visit.user_id, callback_data.most or None)
    await show_open_cap(None, visit)


async def show_day_cap(_: object, visit: Visit, callback_data: ShowDayCap) -> None:
    """Show how much an account may spend."""
    await close(visit)
    view = await visit.desk.engine.caps.account(visit.user_id, callback_data.account_id)
    await visit.show(screens.day_cap(view, visit.t))


async def set_day_cap(_: object, visit: Visit, callback_data: SetDayCap) -> None:
    """Set how much an account may spend."""
    account_id, amount = callback_data.account_id, callback_data.amount
    await visit.desk.engine.caps.set_day(visit.user_id, account_id, amount or None)
    await show_day_cap(None, visit, ShowDayCap(account_id=account_id))


async def ask_day_cap(_: object, visit: Visit, callback_data: AskDayCap) -> None:
    """Ask for another amount."""
    view = await visit.desk.engine.caps.account(visit.user_id, callback_data.account_id)
    await ask(visit, screens.day_cap_prompt(view, visit.t), DAY_CAP, str(callback_data.account_id))


async def take_day_cap(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take an amount; where it is none, the question stays."""
    caps, account_id = visit.desk.engine.caps, int(prompt.argument)
    amount = amount_in(message.text or "")
    if amount is None:
        view = await caps.account(visit.user_id, account_id)
        await visit.show(screens.day_cap_refused(view, visit.t))
        return
    await close(visit)
    await caps.set_day(visit.user_id, account_id, amount)
    await visit.show(screens.day_cap(await caps.account(visit.user_id, account_id), visit.t))
