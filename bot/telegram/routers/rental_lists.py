"""Lists of rentals: running and past, the providers' archives, and those that were made elsewhere."""

from aiogram import Router

from bot.telegram.rent_callbacks import (
    AdoptRental,
    ShowArchive,
    ShowArchives,
    ShowRentals,
    ShowRentImports,
)
from bot.telegram.screens import rentals as screens
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="rental lists")
    here.callback_query.register(show_rentals, ShowRentals.filter())
    here.callback_query.register(show_archives, ShowArchives.filter())
    here.callback_query.register(show_archive, ShowArchive.filter())
    here.callback_query.register(show_imports, ShowRentImports.filter())
    here.callback_query.register(adopt, AdoptRental.filter())
    return here


async def show_rentals(_: object, visit: Visit, callback_data: ShowRentals) -> None:
    """List the rentals that run, or those of the past."""
    book, is_open = visit.desk.engine.rent_book, callback_data.is_open
    page = await book.page(visit.user_id, callback_data.page, is_open=is_open)
    has_archives = not is_open and bool(await book.archives(visit.user_id))
    await visit.show(screens.rentals(page, visit.t, visit.desk.catalog, has_archives=has_archives))


async def show_archives(_: object, visit: Visit, callback_data: ShowArchives) -> None:
    """List the accounts that have an archive; where there is one alone, show it."""
    accounts = await visit.desk.engine.rent_book.archives(visit.user_id)
    if len(accounts) == 1:
        await show_archive(None, visit, ShowArchive(account_id=accounts[0].account.id))
        return
    await visit.show(screens.archives(accounts, callback_data.page, visit.t))


async def show_archive(_: object, visit: Visit, callback_data: ShowArchive) -> None:
    """Show a page of a provider's archive."""
    async with visit.patiently():
        view = await visit.desk.engine.rent_book.archive(
            visit.user_id, callback_data.account_id, callback_data.page
        )
    await visit.show(screens.archive(view, visit.t, visit.desk.catalog))


async def show_imports(_: object, visit: Visit, callback_data: ShowRentImports) -> None:
    """List what was rented elsewhere and is not watched here."""
    async with visit.patiently():
        view = await visit.desk.engine.rent_imports.find(visit.user_id)
    await visit.show(screens.imports(view, callback_data.page, visit.t, visit.desk.catalog))


async def adopt(_: object, visit: Visit, callback_data: AdoptRental) -> None:
    """Watch a number: its card is a new message, which the courier sends; the list stays, without it."""
    engine = visit.desk.engine
    async with visit.patiently():
        rental = await engine.rent_imports.adopt(
            visit.user_id, callback_data.account_id, callback_data.remote_id, chat_id=visit.chat_id
        )
        view = await engine.rent_imports.find(visit.user_id)
    await visit.answer(visit.t.plain(f"rental-state-{rental.state.value}"))
    await visit.show(screens.imports(view, 0, visit.t, visit.desk.catalog))
