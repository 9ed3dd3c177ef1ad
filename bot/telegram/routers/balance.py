"""/balance: every account at once, each line filled in as it answers."""

import asyncio

from aiogram import F, Router
from aiogram.filters import Command

from bot.domain.views import BalanceView
from bot.telegram.callbacks import Go, Place
from bot.telegram.screens.balance import balances
from bot.telegram.screens.buy import invitation
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="balance")
    here.message.register(show_balance, Command("balance"))
    here.callback_query.register(show_balance, Go.filter(F.place == Place.BALANCE))
    return here


async def show_balance(_: object, visit: Visit) -> None:
    """Ask all accounts, and redraw the message as they answer.

    Answers that come while a redraw is under way are drawn together: many accounts cost few edits.
    """
    accounts = await visit.desk.engine.accounts.list(visit.user_id)
    if not accounts:
        await visit.show(invitation(visit.t))
        return
    caps = (await visit.desk.engine.caps.view(visit.user_id)).accounts
    tallies = {one.account.account.id: one.tally for one in caps}
    answers: dict[int, BalanceView] = {}
    news = asyncio.Event()
    asking = asyncio.create_task(_collect(visit, answers, news))
    try:
        shown = await visit.show(balances(accounts, answers, visit.t, is_done=False, tallies=tallies))
        await visit.answer()
        visit.pass_on()
        is_done = False
        while not is_done:
            await news.wait()
            news.clear()
            is_done = asking.done()
            screen = balances(accounts, answers, visit.t, is_done=is_done, tallies=tallies)
            shown = await visit.redraw(shown, screen)
        await asking
    finally:
        asking.cancel()


async def _collect(visit: Visit, answers: dict[int, BalanceView], news: asyncio.Event) -> None:
    try:
        async for answer in visit.desk.engine.accounts.balances(visit.user_id):
            answers[answer.account.account.id] = answer
            news.set()
    finally:
        # The waiting side looks once more when this task is done, whichever way it ended.
        asyncio.get_running_loop().call_soon(news.set)
