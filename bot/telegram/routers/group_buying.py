"""/buy in a group, for those who may buy with the money of somebody there."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import CapReached, LowBalance, PriceRose
from bot.domain.groups import Buyer
from bot.telegram.callbacks import BuyAnother, Confirm, ShowCountries, ShowOffer, ShowOffers
from bot.telegram.screens import group_buy as screens
from bot.telegram.screens.group_chat import short
from bot.telegram.visit import Visit

_LONGEST_SEARCH = 100


def router() -> Router:
    """Return the handlers of this topic; they come before those for who buys for themselves."""
    here = Router(name="group_buying")
    here.message.register(buy_command, Command("buy"), buys_for_somebody)
    here.callback_query.register(show_countries, ShowCountries.filter(), buys_for_somebody)
    here.callback_query.register(show_offers, ShowOffers.filter(), buys_for_somebody)
    here.callback_query.register(buy_another, BuyAnother.filter(), buys_for_somebody)
    here.callback_query.register(show_offer, ShowOffer.filter(), buys_for_somebody)
    here.callback_query.register(confirm, Confirm.filter(), buys_for_somebody)
    return here


async def buys_for_somebody(_: Message | CallbackQuery, visit: Visit) -> bool | dict[str, Buyer]:
    """Pass who may spend somebody else's money in this chat and topic."""
    if visit.is_private:
        return False
    buyer = await visit.desk.engine.group_buying.buyer((visit.chat_id, visit.topic_id), visit.user_id)
    return {"buyer": buyer} if buyer is not None else False


async def buy_command(_: object, visit: Visit, command: CommandObject, buyer: Buyer) -> None:
    """Go as far as the words lead: to the offers, to the countries of a service, or to a hint."""
    words = " ".join((command.args or "").split())[:_LONGEST_SEARCH]
    asked = visit.desk.catalog.parse(words)
    if asked.service is None or asked.unknown:
        await visit.send(short(visit.t.t("group-buy-how")))
    elif asked.country is None:
        await _countries(visit, buyer, asked.service.id)
    else:
        await _offers(visit, buyer, asked.service.id, asked.country.id)


async def show_countries(_: object, visit: Visit, callback_data: ShowCountries, buyer: Buyer) -> None:
    """List where a service is sold."""
    await _countries(visit, buyer, callback_data.service)


async def show_offers(_: object, visit: Visit, callback_data: ShowOffers, buyer: Buyer) -> None:
    """List what may be bought."""
    await _offers(visit, buyer, callback_data.service, callback_data.country)


async def buy_another(_: object, visit: Visit, callback_data: BuyAnother, buyer: Buyer) -> None:
    """List what may be bought, under the card that was pressed."""
    view = await visit.desk.engine.group_buying.offers(buyer, callback_data.service, callback_data.country)
    await visit.send(screens.group_offers(view, visit.t, visit.desk.catalog))


async def show_offer(_: object, visit: Visit, callback_data: ShowOffer, buyer: Buyer) -> None:
    """Show one offer: whose money it is, what is left of it, and the confirm button."""
    buying = visit.desk.engine.group_buying
    view = await buying.offer(buyer, callback_data.token)
    left = await buying.left(buyer, view.account.account.id)
    owner = await visit.desk.sender.name_of(visit.chat_id, buyer.owner_id)
    await visit.show(screens.group_offer(view, left, owner, visit.t, visit.desk.catalog))


async def confirm(_: object, visit: Visit, callback_data: Confirm, buyer: Buyer) -> None:
    """Buy: this message becomes the card."""
    engine = visit.desk.engine
    try:
        async with visit.patiently():
            view = await engine.group_buying.offer(buyer, callback_data.token)
            order = await engine.purchase.buy(
                view, chat_id=visit.chat_id, message_id=visit.message_id, topic_id=visit.topic_id
            )
    except PriceRose as error:
        await visit.answer(visit.t.plain("error-price-rose"), alert=True)
        await _offers(visit, buyer, error.offer.service, error.offer.country)
    except (CapReached, LowBalance):  # what the owner has set, or has, is not for the others to read
        await visit.answer(visit.t.plain("group-buy-limit"), alert=True)
    else:
        await visit.answer(visit.t.plain(f"state-{order.state.value}"))


async def _countries(visit: Visit, buyer: Buyer, service: str) -> None:
    view = await visit.desk.engine.group_buying.countries(buyer, service)
    await visit.show(screens.group_countries(view, visit.t, visit.desk.catalog))


async def _offers(visit: Visit, buyer: Buyer, service: str, country: str) -> None:
    view = await visit.desk.engine.group_buying.offers(buyer, service, country)
    await visit.show(screens.group_offers(view, visit.t, visit.desk.catalog))
