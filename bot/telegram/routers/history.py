"""/history and /stats: what was bought, as a list, a file and a picture."""

import asyncio

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.filters import Command

from bot.domain.history import Facet, Wanted
from bot.domain.statement import statement
from bot.logs import get_logger
from bot.telegram.chart import NotDrawn, chart
from bot.telegram.history_callbacks import (
    Export,
    OpenHistory,
    ShowFilters,
    ShowHistory,
    ShowStats,
    ShowValues,
)
from bot.telegram.routers.privately import keep_private
from bot.telegram.screens import history as screens
from bot.telegram.visit import Visit

LINK = "history"
_log = get_logger(__name__)


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="history")
    keep_private(here, LINK)
    here.message.register(history_command, Command("history"))
    here.message.register(stats_command, Command("stats"))
    here.callback_query.register(show_history, ShowHistory.filter())
    here.callback_query.register(open_history, OpenHistory.filter())
    here.callback_query.register(show_filters, ShowFilters.filter())
    here.callback_query.register(show_values, ShowValues.filter())
    here.callback_query.register(export, Export.filter())
    here.callback_query.register(show_stats, ShowStats.filter())
    return here


async def history_command(_: object, visit: Visit) -> None:
    """List what was bought."""
    await show_history(None, visit, ShowHistory())


async def stats_command(_: object, visit: Visit) -> None:
    """Sum up the last days."""
    await show_stats(None, visit, ShowStats())


async def show_history(_: object, visit: Visit, callback_data: ShowHistory) -> None:
    """Turn the pages of what was bought."""
    page = await visit.desk.engine.history.page(visit.user_id, callback_data.wanted, callback_data.page)
    await visit.show(screens.history(page, visit.t, visit.desk.catalog))


async def open_history(_: object, visit: Visit) -> None:
    """List what was bought in a new message."""
    page = await visit.desk.engine.history.page(visit.user_id, Wanted(), 0)
    await visit.send(screens.history(page, visit.t, visit.desk.catalog))


async def show_filters(_: object, visit: Visit, callback_data: ShowFilters) -> None:
    """Show by what the list is narrowed down."""
    page = await visit.desk.engine.history.page(visit.user_id, callback_data.wanted, 0)
    await visit.show(screens.filters(page, visit.t, visit.desk.catalog))


async def show_values(_: object, visit: Visit, callback_data: ShowValues) -> None:
    """List what a facet can be set to."""
    engine, wanted, facet = visit.desk.engine.history, callback_data.wanted, callback_data.facet
    found = await engine.values(visit.user_id, facet, wanted)
    ids = {int(one) for one in found} if facet is Facet.ACCOUNT else set()
    accounts = await engine.accounts(visit.user_id, ids)
    shown = screens.values(wanted, facet, found, callback_data.page, accounts, visit.t, visit.desk.catalog)
    await visit.show(shown)


async def export(_: object, visit: Visit, callback_data: Export) -> None:
    """Send what is listed as a file."""
    await visit.answer()
    await visit.desk.sender.busy(visit.chat_id, ChatAction.UPLOAD_DOCUMENT)
    engine, format_ = visit.desk.engine.history, callback_data.format
    found = await engine.whole(visit.user_id, callback_data.wanted)
    accounts = await engine.accounts(visit.user_id, {one.account_id for one in found})
    labels = {id_: view.account.label for id_, view in accounts.items()}
    content = await asyncio.to_thread(statement, found, labels, format_)
    name = f"codebell-{visit.desk.clock.now():%Y-%m-%d}.{format_}"
    await visit.desk.sender.document(
        visit.chat_id,
        name,
        content,
        screens.export_caption(len(found), visit.t),
    )


async def show_stats(_: object, visit: Visit, callback_data: ShowStats) -> None:
    """Send the picture of some days; where it cannot be drawn, its sums in words."""
    await visit.answer()
    await visit.desk.sender.busy(visit.chat_id, ChatAction.UPLOAD_PHOTO)
    visit.pass_on()
    days = callback_data.days
    stats = await visit.desk.engine.history.stats(visit.user_id, days)
    wanted = chart(stats, visit.t, visit.desk.catalog)
    try:
        picture = await visit.desk.draftsman.draw(wanted) if wanted else None
    except NotDrawn as error:
        _log.warning("picture not drawn", reason=str(error))
        picture = None
    caption = screens.stats_caption(stats, days, visit.t, is_drawn=picture is not None)
    if picture is None:
        await visit.send(caption)
        return
    await visit.desk.sender.photo(visit.chat_id, picture, caption)
