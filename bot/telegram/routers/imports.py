"""Taking over numbers that were bought elsewhere, from the list of orders."""

from aiogram import Router

from bot.telegram.callbacks import Adopt, ShowImports
from bot.telegram.screens import imports as screens
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="imports")
    here.callback_query.register(show_imports, ShowImports.filter())
    here.callback_query.register(adopt, Adopt.filter())
    return here


async def show_imports(_: object, visit: Visit, callback_data: ShowImports) -> None:
    """List what the providers hold that is not watched here."""
    async with visit.patiently():
        view = await visit.desk.engine.imports.find(visit.user_id)
    await visit.show(screens.imports(view, callback_data.page, visit.t, visit.desk.catalog))


async def adopt(_: object, visit: Visit, callback_data: Adopt) -> None:
    """Watch a number: its card is a new message, which the courier sends; the list stays, without it."""
    engine = visit.desk.engine
    async with visit.patiently():
        order = await engine.imports.adopt(
            visit.user_id, callback_data.account_id, callback_data.remote_id, chat_id=visit.chat_id
        )
        view = await engine.imports.find(visit.user_id)
    await visit.answer(visit.t.plain(f"state-{order.state.value}"))
    await visit.show(screens.imports(view, 0, visit.t, visit.desk.catalog))
