"""/buy and plain text: from a service through a country to an offer, and the confirm button."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.catalog import Query
from bot.domain.errors import KeyRejected, NoNumbers, PriceRose
from bot.domain.finding import Goods
from bot.domain.views import OfferView, OwnServicesFound
from bot.telegram.callbacks import (
    BuyAnother,
    Confirm,
    ReplaceKey,
    ShowCountries,
    ShowOffer,
    ShowOffers,
    ShowOwnServices,
    ShowServices,
)
from bot.telegram.default_callbacks import BuyDear
from bot.telegram.filling import fill
from bot.telegram.links import BUY, payload, sharing
from bot.telegram.routers.prompts import hide
from bot.telegram.screens import buy as screens
from bot.telegram.screens.countries import countries
from bot.telegram.screens.defaults import is_dear
from bot.telegram.screens.failures import failed
from bot.telegram.screens.finding import share, star
from bot.telegram.screens.keys import stray_key
from bot.telegram.screens.offers import dearer, in_stock, offer, offers, sold_out
from bot.telegram.screens.screen import Button, Row, Screen
from bot.telegram.screens.words import country_name, service_name
from bot.telegram.visit import Visit

_POPULAR = 96
_MOST_SERVICES = 4
_MOST_COUNTRIES = 2
_LONGEST_SEARCH = 100
_KEY = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])[!-~]{16,}")  # no name is that long, has digits and no blank


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="buy")
    here.message.register(buy_command, Command("buy"))
    here.callback_query.register(show_services, ShowServices.filter())
    here.callback_query.register(show_own_services, ShowOwnServices.filter())
    here.callback_query.register(show_countries, ShowCountries.filter())
    here.callback_query.register(show_offers, ShowOffers.filter())
    here.callback_query.register(buy_another, BuyAnother.filter())
    here.callback_query.register(show_offer, ShowOffer.filter())
    here.callback_query.register(confirm, Confirm.filter())
    here.callback_query.register(confirm_dear, BuyDear.filter())
    return here


def search_router() -> Router:
    """Return the handler of plain text, which must come after everything that expects a text."""
    here = Router(name="search")
    here.message.register(search, F.text & ~F.text.startswith("/"))
    return here


async def buy_command(_: object, visit: Visit, command: CommandObject) -> None:
    """Begin with what stands behind the command."""
    await look_up(visit, command.args or "")


async def search(message: Message, visit: Visit) -> None:
    """Take plain text in a private chat for the name of a service, a country, or both."""
    if not visit.is_private:  # somebody answers a card or a code in a group: that is no question to the bot
        return
    if _KEY.fullmatch((message.text or "").strip()):
        # A key that nobody asked for, or asked for before a crash: it must neither stay nor be repeated here.
        await visit.send(stray_key(visit.t, deleted=await hide(visit)))
        return
    await look_up(visit, message.text or "")


async def look_up(visit: Visit, text: str) -> None:
    """Go as far as the words lead: to the offers, the countries, the services, or a list of guesses."""
    if not await visit.desk.engine.accounts.list(visit.user_id):
        await visit.show(screens.invitation(visit.t))
        return
    words = " ".join(text.split())[:_LONGEST_SEARCH]
    if not words:
        await _services(visit, ShowServices())
        return
    await fill(visit, _meant(visit, words))


async def open_goods(visit: Visit, goods: Goods) -> None:
    """Show the offers for goods whose ids are known, or the countries where they may be from anywhere."""
    if not await visit.desk.engine.accounts.list(visit.user_id):
        await visit.show(screens.invitation(visit.t))
    elif goods.country:
        await fill(visit, offers_of(visit, goods.service, goods.country))
    else:
        await fill(visit, countries_of(visit, ShowCountries(service=goods.service)))


async def show_services(_: object, visit: Visit, callback_data: ShowServices) -> None:
    """Turn the pages of popular services."""
    if not await visit.desk.engine.accounts.list(visit.user_id):
        await visit.show(screens.invitation(visit.t))
        return
    await _services(visit, callback_data)


async def show_own_services(_: object, visit: Visit, callback_data: ShowOwnServices) -> None:
    """List what a provider sells under its own names alone; of several providers, ask first which."""
    found = [seller.provider for seller in await visit.desk.engine.unmapped.sellers(visit.user_id)]
    only = found[0].slug if len(found) == 1 else ""
    if callback_data.provider or only:
        wanted = callback_data.model_copy(update={"provider": callback_data.provider or only})
        await fill(visit, _own_services(visit, wanted))
    else:
        await visit.show(screens.sellers(found, callback_data.page, visit.t, callback_data.country))


async def show_countries(_: object, visit: Visit, callback_data: ShowCountries) -> None:
    """List the countries of a service."""
    await fill(visit, countries_of(visit, callback_data))


async def show_offers(_: object, visit: Visit, callback_data: ShowOffers) -> None:
    """List the offers for a service in a country."""
    await fill(visit, offers_of(visit, callback_data.service, callback_data.country, callback_data.page))


async def buy_another(_: object, visit: Visit, callback_data: BuyAnother) -> None:
    """List the offers again, under the card that was pressed."""
    await fill(visit, offers_of(visit, callback_data.service, callback_data.country), anew=True)


async def show_offer(_: object, visit: Visit, callback_data: ShowOffer) -> None:
    """Show one offer with its confirm button."""
    view = await visit.desk.engine.shop.draft(visit.user_id, callback_data.token)
    await visit.show(offer(view, visit.t, visit.desk.catalog))


async def confirm(_: object, visit: Visit, callback_data: Confirm) -> None:
    """Buy: this message becomes the card, and the courier draws it."""
    view = await visit.desk.engine.shop.draft(visit.user_id, callback_data.token)
    await carry_out(visit, view, visit.message_id)


async def confirm_dear(_: object, visit: Visit, callback_data: BuyDear) -> None:
    """Buy in spite of the price, which was asked about."""
    view = await visit.desk.engine.shop.draft(visit.user_id, callback_data.token)
    await carry_out(visit, view, visit.message_id, is_asked=True)


async def carry_out(visit: Visit, view: OfferView, message_id: int, *, is_asked: bool = False) -> None:
    """Buy what an offer says; the message becomes the card, or says why nothing was bought.

    Args:
        visit: whose.
        view: the offer.
        message_id: where it is shown.
        is_asked: whether its person was asked already about a price above the one that they have set.

    Raises:
        CodebellError: nothing was bought, for a reason that needs no screen of its own.
    """
    engine = visit.desk.engine
    usual = await engine.defaults.of(visit.user_id)
    most = view.draft.offer.highest or view.draft.price
    if not is_asked and usual.asks_about(most):
        token = view.draft.token
        question = is_dear(usual, most, BuyDear(token=token), ShowOffer(token=token), visit.t)
        await visit.redraw(message_id, question)
        return
    try:
        async with visit.patiently():
            order = await engine.purchase.buy(
                view, chat_id=visit.chat_id, message_id=message_id, topic_id=visit.topic_id
            )
    except PriceRose as error:
        visit.refused(error)
        now = await engine.shop.offers(visit.user_id, error.offer.service, error.offer.country)
        await visit.redraw(message_id, dearer(now, visit.t, visit.desk.catalog))
    except NoNumbers as error:
        visit.refused(error)
        await _sold_out(visit, view, message_id)
    except KeyRejected as error:
        visit.refused(error)
        replace = Button(visit.t.plain("button-replace"), ReplaceKey(account_id=view.account.account.id))
        await visit.redraw(message_id, failed(error, visit.t, view.account.provider, (replace,)))
    else:
        await visit.answer(visit.t.plain(f"state-{order.state.value}"))


async def beside_offers(visit: Visit, goods: Goods) -> Row:
    """Return what else can be done with goods: keep them at hand, and show them to others."""
    is_favourite = await visit.desk.engine.shelf.is_favourite(visit.user_id, goods)
    row = star(goods, visit.t, is_favourite=is_favourite)
    link = payload(BUY, goods)
    if link is None:
        return row
    title = service_name(visit.desk.catalog, goods.service, visit.t)
    place = country_name(visit.desk.catalog, goods.country, visit.t)
    words = visit.t.plain("share-text", service=title, country=place)
    return (*row, share(sharing(await visit.desk.sender.link(link), words), visit.t))


async def _services(visit: Visit, wanted: ShowServices) -> None:
    await visit.show(await _service_list(visit, wanted))


async def _service_list(visit: Visit, wanted: ShowServices) -> Screen:
    catalog = visit.desk.catalog
    others = bool(await visit.desk.engine.unmapped.sellers(visit.user_id))
    popular = catalog.services.popular(_POPULAR)
    kept = () if wanted.country else await visit.desk.engine.shelf.entries(visit.user_id)
    place = wanted.country or (await visit.desk.engine.defaults.of(visit.user_id)).country or ""
    return screens.services(popular, wanted.page, visit.t, catalog, place, others=others, kept=kept)


async def _own_services(visit: Visit, wanted: ShowOwnServices) -> AsyncGenerator[Screen]:
    coming = visit.desk.engine.unmapped.services(visit.user_id, wanted.provider)
    async with aclosing(coming) as views:
        async for view in views:
            yield screens.own_services(view, wanted.page, visit.t, visit.desk.catalog, wanted.country)


async def _meant(visit: Visit, words: str) -> AsyncGenerator[Screen]:
    """Yield what the words lead to; where the catalogue is not certain, providers' own words count, too."""
    asked = visit.desk.catalog.parse(words)
    own = OwnServicesFound()
    if not asked.certain:
        async with aclosing(visit.desk.engine.unmapped.found(visit.user_id, words)) as coming:
            async for own in coming:
                if own.asking:
                    yield _guesses(visit, words, asked, own)
    async with aclosing(_led(visit, words, asked, own)) as screens_:
        async for screen in screens_:
            yield screen


def _led(visit: Visit, words: str, asked: Query, own: OwnServicesFound) -> AsyncGenerator[Screen]:
    is_clear = not asked.unknown and (asked.certain or len(asked.choices) <= 1) and not own.exact
    service = asked.service.id if asked.service else ""
    country = asked.country.id if asked.country else ""
    if own.exact == 1:
        is_clear, service, country = True, own.services[0].id, own.country
    if is_clear and service and country:
        return offers_of(visit, service, country)
    if is_clear and service:
        return _from_usual_country(visit, service)
    return _alone(visit, words, asked, own, country if is_clear else "")


async def _from_usual_country(visit: Visit, service: str) -> AsyncGenerator[Screen]:
    """Yield the offers from the country that the person has set, or all countries."""
    usual = await visit.desk.engine.defaults.of(visit.user_id)
    if usual.country:
        led = offers_of(visit, service, usual.country)
    else:
        led = countries_of(visit, ShowCountries(service=service))
    async with aclosing(led) as screens_:
        async for screen in screens_:
            yield screen


async def _alone(
    visit: Visit, words: str, asked: Query, own: OwnServicesFound, country: str
) -> AsyncGenerator[Screen]:
    if country:
        yield await _service_list(visit, ShowServices(country=country))
    else:
        yield _guesses(visit, words, asked, own)


async def countries_of(visit: Visit, wanted: ShowCountries) -> AsyncGenerator[Screen]:
    """Yield the countries of a service, as more and more accounts have told theirs.

    An order that is chosen is kept for the next list.
    """
    shelf = visit.desk.engine.shelf
    if wanted.sort is not None:
        await shelf.change_taste(visit.user_id, sort=wanted.sort)
    look = await shelf.look(visit.user_id, wanted.service)
    coming = visit.desk.engine.shop.countries_as_they_come(visit.user_id, wanted.service)
    async with aclosing(coming) as views:
        async for view in views:
            yield countries(view, look, wanted.page, visit.t, visit.desk.catalog)


async def offers_of(visit: Visit, service: str, country: str, page: int = 0) -> AsyncGenerator[Screen]:
    """Yield the offers for a service in a country, as more and more accounts have told theirs."""
    shop = visit.desk.engine.shop
    beside = await beside_offers(visit, Goods(service, country))
    usual = (await visit.desk.engine.defaults.of(visit.user_id)).account
    async with aclosing(shop.offers_as_they_come(visit.user_id, service, country)) as views:
        async for coming in views:
            view = coming if usual is None else coming.with_first(usual.account.id)
            is_empty = not view.asking and not in_stock(view)
            elsewhere = (await shop.countries(visit.user_id, service)).choices if is_empty else ()
            yield offers(view, page, elsewhere, visit.t, visit.desk.catalog, beside)


async def _sold_out(visit: Visit, view: OfferView, message_id: int) -> None:
    sold = view.draft.offer
    elsewhere = (await visit.desk.engine.shop.countries(visit.user_id, sold.service)).choices
    beside = await beside_offers(visit, Goods(sold.service, sold.country))
    screen = sold_out(sold.service, sold.country, elsewhere, visit.t, visit.desk.catalog, beside)
    await visit.redraw(message_id, screen)


def _guesses(visit: Visit, words: str, asked: Query, own: OwnServicesFound) -> Screen:
    """Return what the words may mean; with a country that is clear, services lead straight to its offers."""
    catalog = visit.desk.catalog
    services = asked.choices[:_MOST_SERVICES]
    countries = [] if asked.country else catalog.countries.search(words, _MOST_COUNTRIES)
    country = asked.country.id if asked.country else ""
    return screens.hits(words, services, countries, visit.t, catalog, country, own)
