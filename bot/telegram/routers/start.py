"""/start with its deep links, /help and /lang."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart

from bot.telegram.callbacks import Go, Place, SetLanguage
from bot.telegram.group_callbacks import ShowGroups
from bot.telegram.links import BUY, RENT, WATCH, goods_in
from bot.telegram.routers import alerts, buy, data, groups, history, keys, rent
from bot.telegram.screens.start import help_, languages, welcome
from bot.telegram.visit import Visit

_PRIVATE = {
    history.LINK: history.history_command,
    data.LINK: data.show_data,
    keys.LINK: keys.keys_command,
}
"""Topics that a button in a group leads to."""


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="start")
    here.message.register(start, CommandStart())
    here.message.register(show_help, Command("help"))
    here.message.register(show_languages, Command("lang"))
    here.callback_query.register(show_start, Go.filter(F.place == Place.START))
    here.callback_query.register(show_help, Go.filter(F.place == Place.HELP))
    here.callback_query.register(show_languages, Go.filter(F.place == Place.LANGUAGES))
    here.callback_query.register(set_language, SetLanguage.filter())
    return here


async def start(_: object, visit: Visit, command: CommandObject) -> None:
    """Welcome, or follow a deep link: ``buy_tg_ru`` is ``/buy tg ru``, ``rent_tg_ru`` is ``/rent tg ru``."""
    topic, _, rest = (command.args or "").partition("_")
    goods = goods_in(rest, visit.desk.catalog)
    if topic == BUY and goods is not None:
        await buy.open_goods(visit, goods)
    elif topic == BUY:
        await buy.look_up(visit, rest.replace("_", " "))
    elif topic == WATCH and goods is not None and goods.country:
        await alerts.propose(visit, goods)
    elif topic == RENT:
        await rent.look_up(visit, rest.replace("_", " "))
    elif topic in _PRIVATE and visit.is_private:
        await _PRIVATE[topic](None, visit)
    elif topic == groups.LINK and visit.is_private:
        await groups.show_groups(None, visit, ShowGroups())
    else:
        await show_start(None, visit)


async def show_start(_: object, visit: Visit) -> None:
    """Show the first screen."""
    accounts = await visit.desk.engine.accounts.list(visit.user_id)
    await visit.show(welcome(visit.t, has_keys=bool(accounts)))


async def show_help(_: object, visit: Visit) -> None:
    """Show what everything means."""
    await visit.show(help_(visit.t))


async def show_languages(_: object, visit: Visit) -> None:
    """Show the choice of a language."""
    await visit.show(languages(visit.t))


async def set_language(_: object, visit: Visit, callback_data: SetLanguage) -> None:
    """Speak another language from now on, at once."""
    t = visit.desk.translations.get(callback_data.language)
    await visit.desk.engine.people.set_language(visit.user_id, t.language)
    visit.t = t
    await visit.show(languages(t))
    await visit.answer(t.plain("language-set"))
