"""Favourites, the filter of countries, and the same again in one tap."""

from aiogram import Router
from aiogram.types import Message

from bot.domain.errors import CodebellError
from bot.domain.finding import MOST_FAVOURITES, Goods
from bot.engine.prompts import Prompt
from bot.telegram.callbacks import ShowCountries
from bot.telegram.filling import fill
from bot.telegram.finding_callbacks import (
    AskMost,
    AskName,
    BuyAgain,
    ClearCountryFilter,
    SetInStock,
    ShowCountryFilter,
    Star,
)
from bot.telegram.routers.amounts import money_in
from bot.telegram.routers.buy import carry_out, countries_of, offers_of, open_goods
from bot.telegram.routers.prompts import answers, ask, close
from bot.telegram.screens import countries as screens
from bot.telegram.screens.failures import failed
from bot.telegram.screens.finding import looking
from bot.telegram.visit import Visit

MOST, NAME = "country-most", "country-name"
_LONGEST_NAME = 40


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="finding")
    here.callback_query.register(star, Star.filter())
    here.callback_query.register(buy_again, BuyAgain.filter())
    here.callback_query.register(show_filter, ShowCountryFilter.filter())
    here.callback_query.register(set_in_stock, SetInStock.filter())
    here.callback_query.register(ask_most, AskMost.filter())
    here.callback_query.register(ask_name, AskName.filter())
    here.callback_query.register(clear, ClearCountryFilter.filter())
    here.message.register(take_most, answers(MOST))
    here.message.register(take_name, answers(NAME))
    return here


async def star(_: object, visit: Visit, callback_data: Star) -> None:
    """Make goods a favourite, or no more, and draw their screen anew."""
    goods = Goods(callback_data.service, callback_data.country)
    if not await visit.desk.engine.shelf.star(visit.user_id, goods, wanted=callback_data.wanted):
        await visit.answer(visit.t.plain("favourites-full", count=MOST_FAVOURITES), alert=True)
        return
    await visit.answer(visit.t.plain("favourite-added" if callback_data.wanted else "favourite-removed"))
    await open_goods(visit, goods)


async def buy_again(_: object, visit: Visit, callback_data: BuyAgain) -> None:
    """Buy the same again, in a new message; where that needs a question, show the offers there.

    The new message is sent before the purchase, so that its id stands in the intent: it becomes the card.
    """
    repeat = await visit.desk.engine.repeats.offer(visit.user_id, callback_data.order_id)
    if repeat.view is None:
        await fill(visit, offers_of(visit, repeat.goods.service, repeat.goods.country), anew=True)
        return
    message_id = await visit.send(looking(repeat.view, visit.t, visit.desk.catalog))
    try:
        await carry_out(visit, repeat.view, message_id)
    except CodebellError as error:
        visit.refused(error)
        provider = repeat.view.account.provider
        await visit.redraw(message_id, failed(error, visit.t, provider))


async def show_filter(_: object, visit: Visit, callback_data: ShowCountryFilter) -> None:
    """Show by what countries are narrowed down: the way back from a question, which is off the table then."""
    await close(visit)
    await _show_filter(visit, callback_data.service)


async def set_in_stock(_: object, visit: Visit, callback_data: SetInStock) -> None:
    """List countries with stock alone, or all."""
    await visit.desk.engine.shelf.change_taste(visit.user_id, in_stock=callback_data.wanted)
    await _show_filter(visit, callback_data.service)


async def clear(_: object, visit: Visit, callback_data: ClearCountryFilter) -> None:
    """List all countries again."""
    await visit.desk.engine.shelf.change_taste(visit.user_id, in_stock=False, most=None, service="", name="")
    await fill(visit, countries_of(visit, ShowCountries(service=callback_data.service)))


async def ask_most(_: object, visit: Visit, callback_data: AskMost) -> None:
    """Ask for the price above which countries are left out."""
    currencies = await visit.desk.engine.accounts.currencies(visit.user_id)
    screen = screens.most_prompt(callback_data.service, currencies, visit.t, visit.desk.catalog)
    await ask(visit, screen, MOST, callback_data.service)


async def take_most(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take a price; where it is none, the question stays."""
    currencies = await visit.desk.engine.accounts.currencies(visit.user_id)
    most = money_in(message.text or "", currencies)
    if most is None:
        await visit.show(screens.most_refused(prompt.argument, currencies, visit.t))
        return
    await close(visit)
    await visit.desk.engine.shelf.change_taste(visit.user_id, most=most)
    await fill(visit, countries_of(visit, ShowCountries(service=prompt.argument)))


async def ask_name(_: object, visit: Visit, callback_data: AskName) -> None:
    """Ask for a part of a country's name."""
    screen = screens.name_prompt(callback_data.service, visit.t, visit.desk.catalog)
    await ask(visit, screen, NAME, callback_data.service)


async def take_name(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take a part of a country's name, for this service alone."""
    await close(visit)
    name = " ".join((message.text or "").split())[:_LONGEST_NAME]
    await visit.desk.engine.shelf.change_taste(visit.user_id, service=prompt.argument, name=name)
    await fill(visit, countries_of(visit, ShowCountries(service=prompt.argument)))


async def _show_filter(visit: Visit, service: str) -> None:
    look = await visit.desk.engine.shelf.look(visit.user_id, service)
    await visit.show(screens.country_filter(service, look.taste, visit.t, visit.desk.catalog))
