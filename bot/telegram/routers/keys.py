"""/keys: accounts are listed, checked, renamed, removed; keys are asked for. In private chats only."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message, TelegramObject

from bot.telegram.callbacks import (
    AddKey,
    CheckKey,
    RemoveKey,
    RenameKey,
    ReplaceKey,
    ShowKey,
    ShowKeys,
    ShowProviders,
)
from bot.telegram.routers.prompts import ADD, LABEL, REPLACE, ask, close, hide
from bot.telegram.screens import keys as screens
from bot.telegram.visit import Visit

LINK = "keys"
"""The payload of the link that leads from a group to this topic."""

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="keys")
    here.message.middleware(private_only)
    here.callback_query.middleware(private_only)
    here.message.register(keys_command, Command("keys"))
    here.callback_query.register(show_keys, ShowKeys.filter())
    here.callback_query.register(add_key, AddKey.filter())
    here.callback_query.register(show_providers, ShowProviders.filter())
    here.callback_query.register(show_key, ShowKey.filter())
    here.callback_query.register(check_key, CheckKey.filter())
    here.callback_query.register(rename_key, RenameKey.filter())
    here.callback_query.register(replace_key, ReplaceKey.filter())
    here.callback_query.register(remove_key, RemoveKey.filter())
    return here


async def private_only(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
    """Keep keys out of groups: send the person to the private chat, and delete a message with a key."""
    visit: Visit = data["visit"]
    if isinstance(event, Message) and " " in (event.text or "").strip():
        await hide(visit)  # nobody writes anything but a key behind /keys
    if visit.is_private:
        return await handler(event, data)
    link = await visit.desk.sender.link(LINK)
    return await visit.show(screens.elsewhere(link, visit.t))


async def keys_command(_: object, visit: Visit) -> None:
    """List the accounts."""
    await show_keys(None, visit, ShowKeys())


async def show_keys(_: object, visit: Visit, callback_data: ShowKeys) -> None:
    """List the accounts: the way back from a question for a key, which is off the table then."""
    await close(visit)
    accounts = await visit.desk.engine.accounts.list(visit.user_id)
    await visit.show(screens.key_list(accounts, callback_data.page, visit.t))


async def add_key(_: object, visit: Visit, callback_data: AddKey) -> None:
    """Ask for a key, or first at which provider it is."""
    if not callback_data.provider:
        await show_providers(None, visit, ShowProviders())
        return
    provider = visit.desk.engine.accounts.provider(visit.user_id, callback_data.provider)
    await ask(visit, screens.key_prompt(provider, visit.t), ADD, provider.slug)


async def show_providers(_: object, visit: Visit, callback_data: ShowProviders) -> None:
    """Ask at which provider a key is."""
    providers = visit.desk.engine.accounts.providers(visit.user_id)
    await visit.show(screens.provider_choice(providers, callback_data.page, visit.t))


async def show_key(_: object, visit: Visit, callback_data: ShowKey) -> None:
    """Show one account."""
    view = await visit.desk.engine.accounts.get(visit.user_id, callback_data.account_id)
    tools = visit.desk.engine.tools.of_account(view)
    await visit.show(screens.one_key(view, visit.t, tools=tools))


async def check_key(_: object, visit: Visit, callback_data: CheckKey) -> None:
    """Ask the provider whether the key still works, and what is on it."""
    accounts = visit.desk.engine.accounts
    view = await accounts.get(visit.user_id, callback_data.account_id)
    async with visit.patiently():
        answers = {answer.account.account.id: answer async for answer in accounts.balances(visit.user_id)}
    tools = visit.desk.engine.tools.of_account(view)
    await visit.show(screens.one_key(view, visit.t, answers.get(view.account.id), tools))


async def rename_key(_: object, visit: Visit, callback_data: RenameKey) -> None:
    """Ask for another label."""
    view = await visit.desk.engine.accounts.get(visit.user_id, callback_data.account_id)
    await ask(visit, screens.label_prompt(view, visit.t), LABEL, str(view.account.id))


async def replace_key(_: object, visit: Visit, callback_data: ReplaceKey) -> None:
    """Ask for another key for an account."""
    accounts = visit.desk.engine.accounts
    view = await accounts.get(visit.user_id, callback_data.account_id)
    accounts.provider(visit.user_id, view.provider.slug)  # a provider that is gone proves no key
    await ask(visit, screens.key_prompt(view.provider, visit.t), REPLACE, str(view.account.id))


async def remove_key(_: object, visit: Visit, callback_data: RemoveKey) -> None:
    """Forget a key, once the person has said so twice."""
    accounts = visit.desk.engine.accounts
    view = await accounts.get(visit.user_id, callback_data.account_id)
    if not callback_data.sure:
        await visit.show(screens.removal(view, visit.t))
        return
    await accounts.remove(visit.user_id, view.account.id)
    await visit.answer(visit.t.plain("keys-removed"))
    await show_keys(None, visit, ShowKeys())
