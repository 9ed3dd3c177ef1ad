"""What is done with a number that one has: use it again, hear who called, make it call."""

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.deals import Deal, Tool
from bot.domain.errors import NumberUnusable
from bot.domain.orders import Action
from bot.engine.prompts import Prompt
from bot.telegram.callbacks import Act, Ask, Raise, Step, UseAgain, UseFor
from bot.telegram.routers.prompts import answers, ask
from bot.telegram.screens import numbers as screens
from bot.telegram.screens.failures import number_unusable
from bot.telegram.screens.offers import offer
from bot.telegram.visit import Visit

SERVICE = "service"
CALL = "call"
FORWARD = "forward"
_MOST_SERVICES = 6
_LONGEST_SEARCH = 100


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="numbers")
    here.callback_query.register(use_again, UseAgain.filter(F.deal == Deal.REPEAT))
    here.callback_query.register(raise_price, Raise.filter())
    here.callback_query.register(ask_service, UseAgain.filter(F.deal == Deal.ADDITIONAL))
    here.callback_query.register(use_for, UseFor.filter())
    here.callback_query.register(who_called, Ask.filter(F.tool == Tool.CALL_STATUS))
    here.callback_query.register(ask_call, Ask.filter((F.tool == Tool.CALL_OUT) & (F.step == Step.NEW)))
    here.callback_query.register(show_calls, Ask.filter(F.tool == Tool.CALL_OUT))
    here.message.register(take_service, answers(SERVICE))
    here.message.register(take_call, answers(CALL))
    here.message.register(take_forward, answers(FORWARD))
    return here


async def use_again(_: object, visit: Visit, callback_data: UseAgain) -> None:
    """Show what the same number would cost once more, under its card."""
    engine = visit.desk.engine
    async with visit.patiently():
        order = await engine.orders.view(visit.user_id, callback_data.order_id)
        view = await engine.shop.again(visit.user_id, order.order, Deal.REPEAT)
    await visit.send(screens.again(view, order, visit.t, visit.desk.catalog))


async def raise_price(_: object, visit: Visit, callback_data: Raise) -> None:
    """Show what was refused at the least price that the provider takes, under its card."""
    engine = visit.desk.engine
    order = await engine.orders.view(visit.user_id, callback_data.order_id)
    view = await engine.shop.raised(visit.user_id, order.order)
    await visit.send(offer(view, visit.t, visit.desk.catalog))


async def ask_service(_: object, visit: Visit, callback_data: UseAgain) -> None:
    """Ask for which other service the number is to be used."""
    order = await visit.desk.engine.orders.view(visit.user_id, callback_data.order_id)
    await ask(visit, screens.service_prompt(order, visit.t), SERVICE, str(order.order.id))


async def take_service(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Look for the service that was named."""
    engine = visit.desk.engine
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    order = await engine.orders.view(visit.user_id, int(prompt.argument))
    words = " ".join((message.text or "").split())[:_LONGEST_SEARCH]
    found = visit.desk.catalog.services.search(words, _MOST_SERVICES)
    await visit.show(screens.services(words, found, order, visit.t, visit.desk.catalog))


async def use_for(_: object, visit: Visit, callback_data: UseFor) -> None:
    """Show what another service on the number would cost."""
    engine = visit.desk.engine
    async with visit.patiently():
        order = await engine.orders.view(visit.user_id, callback_data.order_id)
        view = await engine.shop.again(
            visit.user_id, order.order, Deal.ADDITIONAL, service=callback_data.service
        )
    await visit.show(screens.again(view, order, visit.t, visit.desk.catalog))


async def who_called(_: object, visit: Visit, callback_data: Ask) -> None:
    """Say who has called: in a box while nobody has, else in a message that can be copied from."""
    engine = visit.desk.engine
    async with visit.patiently():
        phone = await engine.tools.caller(visit.user_id, callback_data.order_id)
    if phone is None:
        await visit.answer(visit.t.plain("call-nobody"), alert=True)
        return
    order = await engine.orders.view(visit.user_id, callback_data.order_id)
    await visit.send(screens.caller(phone, order, visit.t))


async def show_calls(_: object, visit: Visit, callback_data: Ask) -> None:
    """Show the calls that the number has made, in a message of their own."""
    engine = visit.desk.engine
    async with visit.patiently():
        made = await engine.tools.calls(visit.user_id, callback_data.order_id)
    order = await engine.orders.view(visit.user_id, callback_data.order_id)
    screen = screens.calls(order, made, visit.t)
    await (visit.send(screen) if callback_data.step is Step.BEGIN else visit.show(screen))


async def ask_call(_: object, visit: Visit, callback_data: Ask) -> None:
    """Ask whom to call."""
    order = await visit.desk.engine.orders.view(visit.user_id, callback_data.order_id)
    await ask(visit, screens.call_prompt(order, visit.t), CALL, str(order.order.id))


async def take_call(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Have the number call, and show that it was ordered."""
    engine, order_id = visit.desk.engine, int(prompt.argument)
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    try:
        async with visit.patiently():
            await engine.tools.call(visit.user_id, order_id, message.text or "")
            made = await engine.tools.calls(visit.user_id, order_id)
    except NumberUnusable:
        again = Ask(order_id=order_id, tool=Tool.CALL_OUT, step=Step.NEW)
        await visit.show(number_unusable(again, visit.t))
        return
    order = await engine.orders.view(visit.user_id, order_id)
    await visit.show(screens.calls(order, made, visit.t))


async def take_forward(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Have what comes to the number forwarded, and say that the SMS was requested."""
    engine, order_id = visit.desk.engine, int(prompt.argument)
    try:
        async with visit.patiently():
            await engine.actions.act(visit.user_id, order_id, Action.READY, forward_to=message.text or "")
    except NumberUnusable:
        await visit.show(number_unusable(Act(order_id=order_id, action=Action.READY), visit.t))
        return
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    order = await engine.orders.view(visit.user_id, order_id)
    await visit.show(screens.forwarded(order, visit.t))
