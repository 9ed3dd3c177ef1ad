"""What nobody else took: unknown commands, pictures, buttons of the past; and chats that close their door."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import ChatMemberUpdated

from bot.domain.errors import OutOfDate
from bot.telegram.callbacks import Still
from bot.telegram.desk import Desk
from bot.telegram.screens.start import help_
from bot.telegram.visit import Visit

_GONE = {"kicked", "left"}


def router() -> Router:
    """Return the handlers of this topic; it must be the last."""
    here = Router(name="fallback")
    here.callback_query.register(nothing, Still.filter())
    here.callback_query.register(out_of_date)
    here.message.register(show_help)
    here.my_chat_member.register(door_closed, F.chat.type == ChatType.PRIVATE)
    return here


async def nothing(_: object, visit: Visit) -> None:
    """A button that only shows something: the tap is answered, and that is all."""
    await visit.answer()


async def out_of_date(_: object, visit: Visit) -> None:
    """Say that a button is unknown: of an older version, or made by hand."""
    await visit.fail(OutOfDate())


async def show_help(_: object, visit: Visit) -> None:
    """Answer what is not understood with what would be; in groups, other bots' commands are not ours."""
    if visit.is_private:
        await visit.show(help_(visit.t))


async def door_closed(update: ChatMemberUpdated, desk: Desk) -> None:
    """Note that a person blocked the bot; their next message undoes it."""
    if update.new_chat_member.status in _GONE:
        await desk.engine.people.unreachable(update.from_user.id)
