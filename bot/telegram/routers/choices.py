"""What a person chooses on the confirm screen: each choice leads to a new one, and back."""

import re
from decimal import Decimal

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.deals import Choice
from bot.domain.errors import NoNumbers, NotOffered
from bot.domain.money import Money
from bot.domain.views import OfferView
from bot.engine.prompts import Prompt
from bot.telegram.callbacks import AddService, Change, ChooseOperator, ShowOperators
from bot.telegram.routers.prompts import answers, ask
from bot.telegram.screens import choices as screens
from bot.telegram.screens.offers import changed
from bot.telegram.visit import Visit

PRICE = "price"
SERVICE = "one-more"
_MOST_SERVICES = 6
_LONGEST_SEARCH = 100
_AMOUNT = re.compile(r"\d{1,7}(?:\.\d{0,8})?|\.\d{1,8}", re.ASCII)
_CURRENCY_SIGNS = "₽₺₴₸$€£"
_HIGHEST = Decimal(1_000_000)


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="choices")
    here.callback_query.register(show_operators, ShowOperators.filter())
    here.callback_query.register(choose_operator, ChooseOperator.filter())
    here.callback_query.register(ask_price, Change.filter(F.choice == Choice.PRICE))
    here.callback_query.register(choose_voice, Change.filter(F.choice == Choice.VOICE))
    here.callback_query.register(choose_forward, Change.filter(F.choice == Choice.FORWARD))
    here.callback_query.register(ask_service, Change.filter(F.choice == Choice.SEVERAL))
    here.callback_query.register(add_service, AddService.filter())
    here.message.register(take_price, answers(PRICE))
    here.message.register(take_service, answers(SERVICE))
    return here


async def show_operators(_: object, visit: Visit, callback_data: ShowOperators) -> None:
    """List the operators of the offer's country."""
    shop, token = visit.desk.engine.shop, callback_data.token
    async with visit.patiently():
        view = await shop.draft(visit.user_id, token)
        names = await shop.operators(visit.user_id, token)
    await visit.show(screens.operators(view, names, callback_data.page, visit.t))


async def choose_operator(_: object, visit: Visit, callback_data: ChooseOperator) -> None:
    """Narrow the offer down to an operator, or widen it again."""
    await _show_changed(visit, callback_data.token, operator=callback_data.operator or None)


async def ask_price(_: object, visit: Visit, callback_data: Change) -> None:
    """Ask for the highest price."""
    view = await visit.desk.engine.shop.draft(visit.user_id, callback_data.token)
    await ask(visit, screens.price_prompt(_price(view), visit.t), PRICE, callback_data.token)


async def choose_voice(_: object, visit: Visit, callback_data: Change) -> None:
    """Offer a number that can take a call, at its own price."""
    shop, token = visit.desk.engine.shop, callback_data.token
    before = await shop.draft(visit.user_id, token)
    try:
        async with visit.patiently():
            view = await shop.voice(visit.user_id, token)
    except NoNumbers:
        await visit.show(screens.no_voice(before, visit.t))
        return
    await visit.show(changed(view, token, visit.t, visit.desk.catalog))


async def choose_forward(_: object, visit: Visit, callback_data: Change) -> None:
    """Offer a number whose calls and SMS can be forwarded, or one without that."""
    shop, token = visit.desk.engine.shop, callback_data.token
    before = await shop.draft(visit.user_id, token)
    try:
        async with visit.patiently():
            view = await shop.forward(visit.user_id, token, wanted=callback_data.wanted)
    except NoNumbers:
        await visit.show(screens.no_forward(before, visit.t))
        return
    await visit.show(changed(view, token, visit.t, visit.desk.catalog))


async def take_price(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take the highest price, where it is one that changes something."""
    engine, token = visit.desk.engine, prompt.argument
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    view = await engine.shop.draft(visit.user_id, token)
    now = _price(view)
    amount = amount_in(message.text or "")
    if amount is None or amount < now.amount:
        await visit.show(screens.price_refused(view, now, visit.t))
        return
    highest = Money(amount, now.currency) if amount > now.amount else None
    await _show_changed(visit, token, highest=highest)


async def ask_service(_: object, visit: Visit, callback_data: Change) -> None:
    """Ask for which other service the number is to be bought, too."""
    view = await visit.desk.engine.shop.draft(visit.user_id, callback_data.token)
    screen = screens.service_prompt(view, visit.t, visit.desk.catalog)
    await ask(visit, screen, SERVICE, callback_data.token)


async def take_service(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Look for the service that was named."""
    engine = visit.desk.engine
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    view = await engine.shop.draft(visit.user_id, prompt.argument)
    words = " ".join((message.text or "").split())[:_LONGEST_SEARCH]
    found = visit.desk.catalog.services.search(words, _MOST_SERVICES)
    await visit.show(screens.services(words, found, view, visit.t, visit.desk.catalog))


async def add_service(_: object, visit: Visit, callback_data: AddService) -> None:
    """Show what the number costs with one more service."""
    async with visit.patiently():
        view = await visit.desk.engine.bundles.add(visit.user_id, callback_data.token, callback_data.service)
    await visit.show(changed(view, callback_data.token, visit.t, visit.desk.catalog))


def _price(view: OfferView) -> Money:
    """Return the present price; where none is told there is no highest one either."""
    if view.draft.offer.price is None:
        raise NotOffered
    return view.draft.offer.price


def amount_in(text: str) -> Decimal | None:
    """Read an amount as people write one: with a comma, a blank between thousands, a sign of currency."""
    plain = "".join(text.split()).strip(_CURRENCY_SIGNS).replace(",", ".")
    # No exponents: written out, one of nine characters can fill the memory.
    amount = Decimal(plain) if _AMOUNT.fullmatch(plain) else Decimal()
    return amount if 0 < amount <= _HIGHEST else None


async def _show_changed(visit: Visit, token: str, **changes: str | Money | bool | None) -> None:
    view = await visit.desk.engine.shop.change(visit.user_id, token, **changes)
    await visit.show(changed(view, token, visit.t, visit.desk.catalog))
