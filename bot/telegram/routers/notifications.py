"""*Notifications* under /settings: silent hours, reminders, and what the bot does by itself."""

from aiogram import Router

from bot.domain.errors import OutOfDate
from bot.domain.quiet import QuietHours
from bot.telegram.quiet_callbacks import (
    LiftQuiet,
    SetQuiet,
    SetReminders,
    SetZone,
    ShowCities,
    ShowHours,
    ShowNotifications,
    ShowOffsets,
    ShowQuiet,
)
from bot.telegram.screens import notifications as screens
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="notifications")
    here.callback_query.register(show_notifications, ShowNotifications.filter())
    here.callback_query.register(set_reminders, SetReminders.filter())
    here.callback_query.register(show_quiet, ShowQuiet.filter())
    here.callback_query.register(set_quiet, SetQuiet.filter())
    here.callback_query.register(lift_quiet, LiftQuiet.filter())
    here.callback_query.register(show_hours, ShowHours.filter())
    here.callback_query.register(show_cities, ShowCities.filter())
    here.callback_query.register(show_offsets, ShowOffsets.filter())
    here.callback_query.register(set_zone, SetZone.filter())
    return here


async def show_notifications(_: object, visit: Visit) -> None:
    """Show what the bot tells, and does, by itself."""
    await visit.show(screens.notifications(await visit.desk.engine.manners.view(visit.user_id), visit.t))


async def set_reminders(_: object, visit: Visit, callback_data: SetReminders) -> None:
    """Set whether the end of a rental is announced."""
    await visit.desk.engine.manners.set_reminded(visit.user_id, wanted=callback_data.wanted)
    await show_notifications(None, visit)


async def show_quiet(_: object, visit: Visit) -> None:
    """Show the silent hours."""
    await visit.show(screens.quiet(await visit.desk.engine.manners.view(visit.user_id), visit.t))


async def set_quiet(_: object, visit: Visit, callback_data: SetQuiet) -> None:
    """Set the silent hours; hours that begin and end at once are none that a button of ours carries."""
    try:
        hours = QuietHours(callback_data.begin, callback_data.end)
    except ValueError:
        raise OutOfDate from None
    await visit.desk.engine.manners.set_quiet(visit.user_id, hours)
    await show_quiet(None, visit)


async def lift_quiet(_: object, visit: Visit) -> None:
    """Have no silent hours."""
    await visit.desk.engine.manners.set_quiet(visit.user_id, None)
    await show_quiet(None, visit)


async def show_hours(_: object, visit: Visit, callback_data: ShowHours) -> None:
    """List the hours that the silence can begin or end with."""
    view = await visit.desk.engine.manners.view(visit.user_id)
    await visit.show(screens.hours(view, callback_data.which, visit.t))


async def show_cities(_: object, visit: Visit, callback_data: ShowCities) -> None:
    """List the cities whose time a person may have."""
    view = await visit.desk.engine.manners.view(visit.user_id)
    await visit.show(screens.cities(view, callback_data.page, visit.t))


async def show_offsets(_: object, visit: Visit, callback_data: ShowOffsets) -> None:
    """List the distances from UTC."""
    view = await visit.desk.engine.manners.view(visit.user_id)
    await visit.show(screens.offsets(view, callback_data.page, visit.t))


async def set_zone(_: object, visit: Visit, callback_data: SetZone) -> None:
    """Note in which time zone a person lives."""
    await visit.desk.engine.manners.set_zone(visit.user_id, callback_data.zone)
    await show_quiet(None, visit)
