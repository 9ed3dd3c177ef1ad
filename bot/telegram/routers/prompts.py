"""Questions that wait for a text: a key, another key, a label."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.types import Message

from bot.domain.errors import CodebellError
from bot.domain.views import BalanceView, ProviderFacts
from bot.engine.prompts import Prompt
from bot.telegram.callbacks import AddKey, ReplaceKey
from bot.telegram.outcomes import SendError
from bot.telegram.screens import keys as screens
from bot.telegram.screens.screen import Screen
from bot.telegram.visit import Visit

ADD = "add-key"
REPLACE = "replace-key"
LABEL = "label"


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="prompts")
    here.message.register(take, answers(ADD, REPLACE, LABEL))
    return here


async def ask(visit: Visit, screen: Screen, kind: str, argument: str) -> None:
    """Remember a question, and ask it: its answer may come at once, or after a restart."""
    prompts = visit.desk.engine.prompts
    prompt = await prompts.ask(visit.chat_id, visit.user_id, kind, argument)
    try:
        message_id = await visit.send(screen)
    except SendError:
        await close(visit)
        raise
    await prompts.shown(prompt, message_id)


async def close(visit: Visit) -> None:
    """Expect no answer any more."""
    await visit.desk.engine.prompts.drop(visit.chat_id, visit.user_id)


async def hide(visit: Visit) -> bool:
    """Delete the person's message; return whether it is gone."""
    try:
        await visit.desk.sender.delete(visit.chat_id, visit.message_id)
    except SendError:
        return False
    return True


async def answers_prompt(message: Message, visit: Visit) -> bool | dict[str, Prompt]:
    """Pass a text that answers a question: a reply to it, or simply the next text in a private chat."""
    if not message.text or message.text.startswith("/"):
        return False
    prompt = await visit.desk.engine.prompts.answer(visit.chat_id, visit.user_id)
    if prompt is not None and not visit.is_private:  # people of a group talk to each other, too
        asked = message.reply_to_message
        prompt = prompt if asked is not None and asked.message_id == prompt.message_id else None
    return {"prompt": prompt} if prompt else False


def answers(*kinds: str) -> Callable[[Message, Visit], Awaitable[bool | dict[str, Prompt]]]:
    """Return the filter that passes a text which answers a question of these kinds."""

    async def passes(message: Message, visit: Visit) -> bool | dict[str, Prompt]:
        found = await answers_prompt(message, visit)
        return found if isinstance(found, dict) and found["prompt"].kind in kinds else False

    return passes


async def take(message: Message, visit: Visit, prompt: Prompt) -> None:
    """Take the answer for what was asked."""
    text = message.text or ""
    if prompt.kind == LABEL:
        await _rename(visit, prompt, text)
    else:
        await _try_key(visit, prompt, text)


async def _rename(visit: Visit, prompt: Prompt, text: str) -> None:
    engine = visit.desk.engine
    await engine.prompts.drop(visit.chat_id, visit.user_id)
    account_id = int(prompt.argument)
    await engine.accounts.rename(visit.user_id, account_id, text)
    view = await engine.accounts.get(visit.user_id, account_id)
    await visit.show(screens.renamed(view, visit.t, engine.tools.of_account(view)))


async def _try_key(visit: Visit, prompt: Prompt, text: str) -> None:
    # First of all the key leaves the chat, whatever becomes of it.
    deleted = await hide(visit)
    try:
        provider, again = await _target(visit, prompt)
    except CodebellError:
        await close(visit)
        raise
    status = await visit.send(screens.proving(provider, visit.t, deleted=deleted))
    try:
        view = await _keep(visit, again, text)
    except CodebellError as error:
        visit.refused(error)
        # The question stays: what is written next is most likely the right key, and must leave the chat too.
        screen = screens.refused(error, provider, again, visit.t, deleted=deleted)
    else:
        await close(visit)
        is_new = isinstance(again, AddKey)
        screen = screens.added(view, visit.t, deleted=deleted, is_new=is_new)
    await visit.redraw(status, screen)


async def _target(visit: Visit, prompt: Prompt) -> tuple[ProviderFacts, AddKey | ReplaceKey]:
    """Return whose key it is, and the button that asks for it again."""
    accounts = visit.desk.engine.accounts
    if prompt.kind == ADD:
        return accounts.provider(visit.user_id, prompt.argument), AddKey(provider=prompt.argument)
    view = await accounts.get(visit.user_id, int(prompt.argument))
    return view.provider, ReplaceKey(account_id=view.account.id)


async def _keep(visit: Visit, target: AddKey | ReplaceKey, text: str) -> BalanceView:
    accounts = visit.desk.engine.accounts
    if isinstance(target, AddKey):
        return await accounts.add(visit.user_id, target.provider, text)
    return await accounts.replace(visit.user_id, target.account_id, text)
