"""What only some providers tell about an account, from its page under /keys."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.deals import Tool
from bot.domain.errors import NumberUnusable
from bot.engine.prompts import Prompt
from bot.telegram.callbacks import AskAccount
from bot.telegram.routers.prompts import answers, ask
from bot.telegram.screens import tools as screens
from bot.telegram.screens.failures import number_unusable
from bot.telegram.visit import Visit

NUMBER = "number-balance"
_HISTORY = timedelta(days=7)
_SLACK = timedelta(minutes=1)  # whole seconds are sent, and clocks differ: the newest must not be missed
_ASK_AGAIN_SECONDS = 10.0  # GetSMS.ONLINE, getNumberBalance: to be repeated until the answer is there
_TRIES = 6


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="tools")
    here.callback_query.register(show_history, AskAccount.filter(F.tool == Tool.HISTORY))
    here.callback_query.register(clean_blacklist, AskAccount.filter(F.tool == Tool.CLEAN_BLACKLIST))
    here.callback_query.register(ask_number, AskAccount.filter(F.tool == Tool.NUMBER_BALANCE))
    here.message.register(take_number, answers(NUMBER))
    return here


async def show_history(_: object, visit: Visit, callback_data: AskAccount) -> None:
    """Show what the provider remembers of the last week."""
    engine, now = visit.desk.engine, visit.desk.clock.now()
    view = await engine.accounts.get(visit.user_id, callback_data.account_id)
    async with visit.patiently():
        past = await engine.tools.history(
            visit.user_id, callback_data.account_id, since=now - _HISTORY, until=now + _SLACK
        )
    await visit.show(screens.history(view, past, callback_data.page, visit.t))


async def clean_blacklist(_: object, visit: Visit, callback_data: AskAccount) -> None:
    """Have the provider forget banned numbers, once the person has said so twice."""
    engine = visit.desk.engine
    view = await engine.accounts.get(visit.user_id, callback_data.account_id)
    if not callback_data.sure:
        await visit.show(screens.blacklist_question(view, visit.t))
        return
    async with visit.patiently():
        await engine.tools.clean_blacklist(visit.user_id, callback_data.account_id)
    await visit.show(screens.blacklist_cleaned(view, visit.t))


async def ask_number(_: object, visit: Visit, callback_data: AskAccount) -> None:
    """Ask which number is meant."""
    view = await visit.desk.engine.accounts.get(visit.user_id, callback_data.account_id)
    await ask(visit, screens.number_prompt(view, visit.t), NUMBER, str(view.account.id))


async def take_number(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Ask what is on the number until the provider has found out, for a minute at most."""
    engine, account_id, phone = visit.desk.engine, int(prompt.argument), (message.text or "").strip()
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    view = await engine.accounts.get(visit.user_id, account_id)
    try:
        balance = await engine.tools.number_balance(visit.user_id, account_id, phone)
    except NumberUnusable:
        again = AskAccount(account_id=account_id, tool=Tool.NUMBER_BALANCE)
        await visit.show(number_unusable(again, visit.t))
        return
    if balance is not None:
        await visit.show(screens.number_balance(view, phone, balance, visit.t))
        return
    shown = await visit.send(screens.finding_out(view, phone, visit.t))
    visit.pass_on()
    for _ in range(_TRIES - 1):
        await visit.desk.clock.sleep(_ASK_AGAIN_SECONDS)
        balance = await engine.tools.number_balance(visit.user_id, account_id, phone)
        if balance is not None:
            break
    await visit.redraw(shown, screens.number_balance(view, phone, balance, visit.t))
