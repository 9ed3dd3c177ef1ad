"""/watch and low balances: what a person is told without asking."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.domain.finding import Goods
from bot.domain.money import Money
from bot.engine.prompts import Prompt
from bot.telegram.alert_callbacks import (
    AddAlert,
    AskAlertPrice,
    AskLowBalance,
    RemoveAlert,
    SetLowBalance,
    ShowAlert,
    ShowAlerts,
    ShowLowBalance,
)
from bot.telegram.routers.amounts import money_in
from bot.telegram.routers.choices import amount_in
from bot.telegram.routers.prompts import answers, ask, close
from bot.telegram.screens import alerts as screens
from bot.telegram.screens.buy import invitation
from bot.telegram.visit import Visit

PRICE, LOW = "alert-price", "low-balance"
_PRICED = re.compile(r"(?P<words>.*\S)\s+(?P<price>[$€₽₺]?\s*\d[\d.,]*\s*([$€₽₺]|[A-Za-z]{3})?)")


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="alerts")
    here.message.register(watch_command, Command("watch"))
    here.callback_query.register(show_alerts, ShowAlerts.filter())
    here.callback_query.register(add_alert, AddAlert.filter())
    here.callback_query.register(show_alert, ShowAlert.filter())
    here.callback_query.register(remove_alert, RemoveAlert.filter())
    here.callback_query.register(ask_price, AskAlertPrice.filter())
    here.callback_query.register(show_low_balance, ShowLowBalance.filter())
    here.callback_query.register(set_low_balance, SetLowBalance.filter())
    here.callback_query.register(ask_low_balance, AskLowBalance.filter())
    here.message.register(take_price, answers(PRICE))
    here.message.register(take_low_balance, answers(LOW))
    return here


async def watch_command(_: object, visit: Visit, command: CommandObject) -> None:
    """List what is looked out for, or look out for what stands behind the command."""
    text = " ".join((command.args or "").split())
    if not await visit.desk.engine.accounts.list(visit.user_id):
        await visit.show(invitation(visit.t))
    elif text:
        await _look_out(visit, text)
    else:
        await show_alerts(None, visit, ShowAlerts())


async def show_alerts(_: object, visit: Visit, callback_data: ShowAlerts) -> None:
    """List what is looked out for: the way back from a question for a price, which is off the table then."""
    await close(visit)
    found = await visit.desk.engine.alerts.list(visit.user_id)
    await visit.show(screens.alert_list(found, callback_data.page, visit.t, visit.desk.catalog))


async def propose(visit: Visit, goods: Goods) -> None:
    """Ask whether to look out for goods, to which a link has led."""
    if not await visit.desk.engine.accounts.list(visit.user_id):
        await visit.show(invitation(visit.t))
        return
    await visit.show(screens.proposal(goods, visit.t, visit.desk.catalog))


async def add_alert(_: object, visit: Visit, callback_data: AddAlert) -> None:
    """Look out for numbers, at any price."""
    await _add(visit, Goods(callback_data.service, callback_data.country), None)


async def show_alert(_: object, visit: Visit, callback_data: ShowAlert) -> None:
    """Show one thing that is looked out for."""
    view = await visit.desk.engine.alerts.get(visit.user_id, callback_data.alert_id)
    await visit.show(screens.one_alert(view, visit.t, visit.desk.catalog))


async def remove_alert(_: object, visit: Visit, callback_data: RemoveAlert) -> None:
    """Look out for it no more."""
    await visit.desk.engine.alerts.remove(visit.user_id, callback_data.alert_id)
    await visit.answer(visit.t.plain("watch-removed"))
    await show_alerts(None, visit, ShowAlerts())


async def ask_price(_: object, visit: Visit, callback_data: AskAlertPrice) -> None:
    """Ask at which price numbers count at most."""
    view = await visit.desk.engine.alerts.get(visit.user_id, callback_data.alert_id)
    currency = await _currency(visit, view.account.provider.slug)
    screen = screens.price_prompt(view, currency, visit.t, visit.desk.catalog)
    await ask(visit, screen, PRICE, str(view.alert.id))


async def take_price(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take a price; where it is none, the question stays."""
    view = await visit.desk.engine.alerts.get(visit.user_id, int(prompt.argument))
    currency = await _currency(visit, view.account.provider.slug)
    most = money_in(message.text or "", (currency,))
    if most is None:
        await visit.show(screens.price_refused((currency,), visit.t))
        return
    await close(visit)
    changed = await visit.desk.engine.alerts.limit(visit.user_id, view.alert.id, most)
    await visit.show(screens.one_alert(changed, visit.t, visit.desk.catalog))


async def show_low_balance(_: object, visit: Visit, callback_data: ShowLowBalance) -> None:
    """Show below which balance of an account its person hears of it."""
    await close(visit)
    view = await visit.desk.engine.low_balances.of(visit.user_id, callback_data.account_id)
    await visit.show(screens.low_balance(view, visit.t))


async def set_low_balance(_: object, visit: Visit, callback_data: SetLowBalance) -> None:
    """Set below which balance of an account its person hears of it."""
    low, amount = visit.desk.engine.low_balances, callback_data.amount
    view = await low.set(visit.user_id, callback_data.account_id, amount or None)
    await visit.show(screens.low_balance(view, visit.t))


async def ask_low_balance(_: object, visit: Visit, callback_data: AskLowBalance) -> None:
    """Ask for another amount."""
    view = await visit.desk.engine.low_balances.of(visit.user_id, callback_data.account_id)
    await ask(visit, screens.low_balance_prompt(view, visit.t), LOW, str(callback_data.account_id))


async def take_low_balance(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take an amount; where it is none, the question stays."""
    low, account_id = visit.desk.engine.low_balances, int(prompt.argument)
    amount = amount_in(message.text or "")
    if amount is None:
        await visit.show(screens.low_balance_refused(await low.of(visit.user_id, account_id), visit.t))
        return
    await close(visit)
    await visit.show(screens.low_balance(await low.set(visit.user_id, account_id, amount), visit.t))


async def _look_out(visit: Visit, text: str) -> None:
    """Read a service, a country and perhaps a price."""
    priced = _PRICED.fullmatch(text)
    asked = visit.desk.catalog.parse(priced["words"] if priced else text)
    if asked.service is None or asked.country is None or asked.unknown or not asked.certain:
        await visit.show(screens.usage(visit.t))
        return
    most = None
    if priced:
        currencies = await visit.desk.engine.accounts.currencies(visit.user_id)
        most = money_in(priced["price"], currencies)
        if most is None:
            await visit.show(screens.price_refused(currencies, visit.t))
            return
    await _add(visit, Goods(asked.service.id, asked.country.id), most)


async def _add(visit: Visit, goods: Goods, most: Money | None) -> None:
    made = await visit.desk.engine.alerts.add(visit.user_id, goods, most)
    await visit.show(screens.added(made, visit.t, visit.desk.catalog))


async def _currency(visit: Visit, slug: str) -> str:
    return visit.desk.engine.accounts.currency(slug)
