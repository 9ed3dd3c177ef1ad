"""*My data* under /settings: a copy of all that is stored of a person, and its end."""

import gzip

from aiogram import Router
from aiogram.enums import ChatAction

from bot.telegram.data_callbacks import AskLeave, AskLeaveAgain, CopyData, Leave, ShowData
from bot.telegram.routers.privately import keep_private
from bot.telegram.screens import data as screens
from bot.telegram.visit import Visit

LINK = "data"
_ASKED_FOR = 600  # seconds; whoever presses later has long thought of something else
_MOST_BYTES = 45_000_000  # Telegram takes 50 MB from a bot


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="data")
    keep_private(here, LINK)
    here.callback_query.register(show_data, ShowData.filter())
    here.callback_query.register(copy_data, CopyData.filter())
    here.callback_query.register(ask_leave, AskLeave.filter())
    here.callback_query.register(ask_leave_again, AskLeaveAgain.filter())
    here.callback_query.register(leave, Leave.filter())
    return here


async def show_data(_: object, visit: Visit) -> None:
    """Show what can be done with all that is stored of a person."""
    await visit.show(screens.data(visit.t))


async def copy_data(_: object, visit: Visit) -> None:
    """Send all that is stored of a person as a file; one that Telegram would not take is packed."""
    await visit.answer()
    await visit.desk.sender.busy(visit.chat_id, ChatAction.UPLOAD_DOCUMENT)
    content = await visit.desk.engine.leaving.copy(visit.user_id)
    name = f"codebell-data-{visit.desk.clock.now():%Y-%m-%d}.json"
    if len(content) > _MOST_BYTES:
        name, content = f"{name}.gz", gzip.compress(content)
    await visit.desk.sender.document(visit.chat_id, name, content, screens.copy_caption(visit.t))


async def ask_leave(_: object, visit: Visit) -> None:
    """Ask whether everything is to go."""
    await visit.show(screens.leave_question(await visit.desk.engine.leaving.holdings(visit.user_id), visit.t))


async def ask_leave_again(_: object, visit: Visit) -> None:
    """Ask once more."""
    held = await visit.desk.engine.leaving.holdings(visit.user_id)
    await visit.show(screens.leave_again(held, _now(visit), visit.t))


async def leave(_: object, visit: Visit, callback_data: Leave) -> None:
    """Delete everything, unless a purchase is in doubt or the question is an old one."""
    if not 0 <= _now(visit) - callback_data.asked_at <= _ASKED_FOR:
        await ask_leave(None, visit)
        return
    async with visit.patiently():
        held = await visit.desk.engine.leaving.leave(visit.user_id)
    await visit.show(screens.in_doubt(held, visit.t) if held.in_doubt else screens.left(visit.t))


def _now(visit: Visit) -> int:
    return int(visit.desk.clock.now().timestamp())
