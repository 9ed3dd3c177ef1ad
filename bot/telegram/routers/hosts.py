"""Another host: its address, its currency and a key are asked for; and keys move from host to host."""

import re

from aiogram import Router
from aiogram.types import Message

from bot.domain.errors import CodebellError, OutOfDate
from bot.domain.views import ProviderFacts
from bot.engine.hosts import proposed
from bot.engine.prompts import Prompt
from bot.telegram.callbacks import AddHost, AddHostKey, MoveKey, PickCurrency, ShowTargets
from bot.telegram.routers.keys import private_only
from bot.telegram.routers.prompts import ADD, answers, ask, close, hide
from bot.telegram.screens import hosts as screens
from bot.telegram.screens import keys as key_screens
from bot.telegram.visit import Visit

_ADDRESS = "host"  # argument: the account whose key is to move there, or 0
_CURRENCY = "host-currency"  # argument: the same, and the host's URL
_KEY = "host-key"  # argument: the currency and the host's URL
_CODE = re.compile(r"[A-Za-z]{3}")


def router() -> Router:
    """Return the handlers of this topic; they stand before those of all other questions."""
    here = Router(name="hosts")
    here.callback_query.middleware(private_only)
    here.callback_query.register(add_host, AddHost.filter())
    here.callback_query.register(pick_currency, PickCurrency.filter())
    here.callback_query.register(ask_key, AddHostKey.filter())
    here.callback_query.register(show_targets, ShowTargets.filter())
    here.callback_query.register(move_key, MoveKey.filter())
    here.message.register(take_address, answers(_ADDRESS))
    here.message.register(take_currency, answers(_CURRENCY))
    here.message.register(take_key, answers(_KEY))
    return here


async def add_host(_: object, visit: Visit, callback_data: AddHost) -> None:
    """Ask for the address of a host."""
    await ask(visit, screens.address_prompt(visit.t), _ADDRESS, str(callback_data.account_id))


async def take_address(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Read an address; one that is known leads to its provider, another one to its currency."""
    engine = visit.desk.engine
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    account_id = int(prompt.argument)
    try:
        async with visit.patiently():
            host = await engine.hosts.look_at(visit.user_id, message.text or "")
    except CodebellError as error:
        visit.refused(error)
        again = AddHost(account_id=account_id)
        await visit.send(screens.not_added(error, None, again, visit.t))
        return
    if host.known is None:
        await ask(visit, screens.currency_choice(host, visit.t), _CURRENCY, f"{account_id} {host.url}")
    elif account_id:
        await _ask_move(visit, account_id, host.known.slug)
    else:
        await ask(visit, key_screens.key_prompt(host.known, visit.t), ADD, host.known.slug)


async def pick_currency(_: object, visit: Visit, callback_data: PickCurrency) -> None:
    """Take the currency of the host that was asked about last."""
    prompt = await visit.desk.engine.prompts.answer(visit.chat_id, visit.user_id)
    if (
        prompt is None
        or prompt.kind != _CURRENCY
        or prompt.message_id not in {visit.message_id, -visit.user_id}
    ):
        raise OutOfDate
    await _go_on(visit, prompt, callback_data.currency)


async def take_currency(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take a currency that was written; ask again for what is none."""
    written = (message.text or "").strip()
    if _CODE.fullmatch(written):
        await _go_on(visit, prompt, written.upper())
        return
    _, url = prompt.argument.split(" ", 1)
    host = await visit.desk.engine.hosts.look_at(visit.user_id, url)
    await ask(visit, screens.currency_choice(host, visit.t), _CURRENCY, prompt.argument)


async def ask_key(_: object, visit: Visit, callback_data: AddHostKey) -> None:
    """Ask for a key again; the address comes from a button, and is read like one that was written."""
    host = await visit.desk.engine.hosts.look_at(visit.user_id, callback_data.url)
    await _ask_key(visit, host.url, callback_data.currency)


async def take_key(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Try a key at a host that is not kept yet; where both are good, keep both."""
    deleted = await hide(visit)  # first of all, whatever becomes of it
    engine = visit.desk.engine
    currency, url = prompt.argument.split(" ", 1)
    host = proposed(visit.user_id, url)
    status = await visit.send(key_screens.proving(host, visit.t, deleted=deleted))
    try:
        view = await engine.hosts.add(visit.user_id, url, currency, message.text or "")
    except CodebellError as error:
        visit.refused(error)
        again = screens.key_again(url, currency)
        screen = key_screens.refused(error, host, again, visit.t, deleted=deleted)
    else:
        await close(visit)
        screen = key_screens.added(view, visit.t, deleted=deleted, is_new=True)
    await visit.redraw(status, screen)


async def show_targets(_: object, visit: Visit, callback_data: ShowTargets) -> None:
    """List where an account's key can move."""
    engine, account_id = visit.desk.engine, callback_data.account_id
    view = await engine.accounts.get(visit.user_id, account_id)
    found = await engine.moves.targets(visit.user_id, account_id)
    await visit.show(screens.targets(view, found, callback_data.page, visit.t))


async def move_key(_: object, visit: Visit, callback_data: MoveKey) -> None:
    """Say what a move means; carry it out once the person is sure."""
    account_id, slug = callback_data.account_id, callback_data.provider
    if not callback_data.sure:
        await _ask_move(visit, account_id, slug)
        return
    async with visit.patiently():
        view = await visit.desk.engine.moves.move(visit.user_id, account_id, slug)
    await visit.show(screens.moved(view, visit.t))


async def _go_on(visit: Visit, prompt: Prompt, currency: str) -> None:
    """Ask for a key; where one is to move, try that one and ask whether the move is meant."""
    account, url = prompt.argument.split(" ", 1)
    if account == "0":
        await _ask_key(visit, url, currency)
        return
    engine, account_id = visit.desk.engine, int(account)
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    host = proposed(visit.user_id, url)
    status = await visit.show(screens.asking(host, visit.t))
    try:
        there: ProviderFacts = await engine.hosts.add_for(visit.user_id, url, currency, account_id)
        move = await engine.moves.view(visit.user_id, account_id, there.slug)
    except CodebellError as error:
        visit.refused(error)
        screen = screens.not_added(error, host, AddHost(account_id=account_id), visit.t)
    else:
        screen = screens.move_question(move, visit.t)
    await visit.redraw(status, screen)


async def _ask_key(visit: Visit, url: str, currency: str) -> None:
    host = proposed(visit.user_id, url)
    await ask(visit, key_screens.key_prompt(host, visit.t), _KEY, f"{currency} {url}")


async def _ask_move(visit: Visit, account_id: int, slug: str) -> None:
    move = await visit.desk.engine.moves.view(visit.user_id, account_id, slug)
    await visit.show(screens.move_question(move, visit.t))
