"""*Defaults* under /settings: the account and the country of a purchase, and what counts as dear."""

from aiogram import Router
from aiogram.types import Message

from bot.engine.prompts import Prompt
from bot.telegram.default_callbacks import (
    AskDear,
    SetDear,
    SetDefaultAccount,
    SetDefaultCountry,
    ShowDear,
    ShowDefaultAccounts,
    ShowDefaultCountries,
    ShowDefaults,
)
from bot.telegram.routers.choices import amount_in
from bot.telegram.routers.prompts import answers, ask, close
from bot.telegram.screens import caps as cap_screens
from bot.telegram.screens import defaults as screens
from bot.telegram.visit import Visit

DEAR = "dear"


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="defaults")
    here.callback_query.register(show_defaults, ShowDefaults.filter())
    here.callback_query.register(show_accounts, ShowDefaultAccounts.filter())
    here.callback_query.register(set_account, SetDefaultAccount.filter())
    here.callback_query.register(show_countries, ShowDefaultCountries.filter())
    here.callback_query.register(set_country, SetDefaultCountry.filter())
    here.callback_query.register(show_dear, ShowDear.filter())
    here.callback_query.register(set_dear, SetDear.filter())
    here.callback_query.register(ask_dear, AskDear.filter())
    here.message.register(take_dear, answers(DEAR))
    return here


async def show_defaults(_: object, visit: Visit) -> None:
    """Show what a purchase begins with."""
    view = await visit.desk.engine.defaults.view(visit.user_id)
    await visit.show(screens.defaults(view, visit.t, visit.desk.catalog))


async def show_accounts(_: object, visit: Visit, callback_data: ShowDefaultAccounts) -> None:
    """List the accounts of which one can be asked first."""
    view = await visit.desk.engine.defaults.of(visit.user_id)
    await visit.show(screens.accounts(view, callback_data.page, visit.t))


async def set_account(_: object, visit: Visit, callback_data: SetDefaultAccount) -> None:
    """Set which account is asked first."""
    await visit.desk.engine.defaults.set_account(visit.user_id, callback_data.account_id or None)
    await show_defaults(None, visit)


async def show_countries(_: object, visit: Visit, callback_data: ShowDefaultCountries) -> None:
    """List the countries of which one can be the usual one."""
    view = await visit.desk.engine.defaults.of(visit.user_id)
    await visit.show(screens.countries(view, callback_data.page, visit.t, visit.desk.catalog))


async def set_country(_: object, visit: Visit, callback_data: SetDefaultCountry) -> None:
    """Set the usual country."""
    await visit.desk.engine.defaults.set_country(visit.user_id, callback_data.country or None)
    await show_defaults(None, visit)


async def show_dear(_: object, visit: Visit, callback_data: ShowDear) -> None:
    """Show above which price a purchase is asked about once more."""
    await close(visit)
    view = await visit.desk.engine.defaults.view(visit.user_id)
    await visit.show(screens.dear(view, callback_data.currency, visit.t))


async def set_dear(_: object, visit: Visit, callback_data: SetDear) -> None:
    """Set above which price a purchase is asked about once more."""
    currency, amount = callback_data.currency, callback_data.amount
    await visit.desk.engine.defaults.set_dear(visit.user_id, currency, amount or None)
    await show_dear(None, visit, ShowDear(currency=currency))


async def ask_dear(_: object, visit: Visit, callback_data: AskDear) -> None:
    """Ask for another amount."""
    await ask(visit, screens.dear_prompt(callback_data.currency, visit.t), DEAR, callback_data.currency)


async def take_dear(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take an amount; where it is none, the question stays."""
    amount = amount_in(message.text or "")
    if amount is None:
        await visit.show(cap_screens.refused(ShowDear(currency=prompt.argument), visit.t))
        return
    await close(visit)
    await visit.desk.engine.defaults.set_dear(visit.user_id, prompt.argument, amount)
    await show_dear(None, visit, ShowDear(currency=prompt.argument))
