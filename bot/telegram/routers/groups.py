"""/notify: groups that get a person's codes."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.domain.groups import Group
from bot.i18n import Html
from bot.telegram.group_callbacks import (
    PickService,
    RemoveGroup,
    SetOption,
    ShowGroup,
    ShowGroups,
    ShowGroupServices,
    StartGroup,
    StopGroup,
)
from bot.telegram.outcomes import ChatGone
from bot.telegram.screens import groups as screens
from bot.telegram.screens.group_chat import short, to_private
from bot.telegram.screens.group_members import group_member
from bot.telegram.screens.screen import Screen
from bot.telegram.visit import Visit

LINK = "notify"
"""Payload of the link that opens the list of groups in the private chat."""

_OFF = "off"
_ME = "me"
_POPULAR = 60


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="groups")
    here.message.register(notify_command, Command("notify"))
    here.callback_query.register(show_groups, ShowGroups.filter())
    here.callback_query.register(show_group, ShowGroup.filter())
    here.callback_query.register(start_group, StartGroup.filter())
    here.callback_query.register(stop_group, StopGroup.filter())
    here.callback_query.register(remove_group, RemoveGroup.filter())
    here.callback_query.register(set_option, SetOption.filter())
    here.callback_query.register(show_services, ShowGroupServices.filter())
    here.callback_query.register(pick_service, PickService.filter())
    return here


async def notify_command(message: Message, visit: Visit, command: CommandObject) -> None:
    """In a group, bind it; in the private chat, list the groups."""
    if visit.is_private:
        await show_groups(None, visit, ShowGroups())
    elif (command.args or "").strip().lower() == _OFF:
        await _switch_off(visit)
    elif (command.args or "").strip().lower() == _ME:
        name = message.from_user.full_name if message.from_user else str(visit.user_id)
        await visit.desk.engine.group_members.ask((visit.chat_id, visit.topic_id), visit.user_id, name)
        await visit.send(short(visit.t.t("notify-me")))
    elif visit.user_id not in await visit.desk.sender.admins(visit.chat_id):
        await visit.send(short(visit.t.t("notify-admins-only")))
    else:
        await _propose(message, visit)


async def show_groups(_: object, visit: Visit, callback_data: ShowGroups) -> None:
    """List the groups of a person."""
    found = await visit.desk.engine.groups.of(visit.user_id)
    await visit.show(screens.groups(found, callback_data.page, visit.t))


async def show_group(_: object, visit: Visit, callback_data: ShowGroup) -> None:
    """Show one group."""
    await _show(visit, callback_data.group_id)


async def start_group(_: object, visit: Visit, callback_data: StartGroup) -> None:
    """Agree: codes are told there from now on."""
    await visit.desk.engine.groups.start(visit.user_id, callback_data.group_id)
    await _show(visit, callback_data.group_id)


async def stop_group(_: object, visit: Visit, callback_data: StopGroup) -> None:
    """Tell nothing there any more."""
    await visit.desk.engine.groups.stop(visit.user_id, callback_data.group_id)
    await _show(visit, callback_data.group_id)


async def remove_group(_: object, visit: Visit, callback_data: RemoveGroup) -> None:
    """Forget a group."""
    await visit.desk.engine.groups.remove(visit.user_id, callback_data.group_id)
    await show_groups(None, visit, ShowGroups())


async def set_option(_: object, visit: Visit, callback_data: SetOption) -> None:
    """Switch an option."""
    groups, id_ = visit.desk.engine.groups, callback_data.group_id
    await groups.set(visit.user_id, id_, callback_data.option, wanted=callback_data.wanted)
    await _show(visit, id_)


async def show_services(_: object, visit: Visit, callback_data: ShowGroupServices) -> None:
    """Show which services are told."""
    view = await visit.desk.engine.groups.view(visit.user_id, callback_data.group_id)
    popular = visit.desk.catalog.services.popular(_POPULAR)
    await visit.show(screens.group_services(view, popular, callback_data.page, visit.t, visit.desk.catalog))


async def pick_service(_: object, visit: Visit, callback_data: PickService) -> None:
    """Choose a service, or choose it no more."""
    id_ = callback_data.group_id
    await visit.desk.engine.groups.toggle(visit.user_id, id_, callback_data.service)
    await show_services(None, visit, ShowGroupServices(group_id=id_, page=callback_data.page))


async def _show(visit: Visit, group_id: int) -> None:
    view = await visit.desk.engine.groups.view(visit.user_id, group_id)
    await visit.show(screens.group(view, visit.t, visit.desk.catalog))


async def _switch_off(visit: Visit) -> None:
    groups = visit.desk.engine.groups
    found = await groups.at((visit.chat_id, visit.topic_id), visit.user_id)
    if found is not None:
        await groups.stop(visit.user_id, found.id)
    await visit.send(short(visit.t.t("notify-off" if found else "notify-off-none")))


async def _propose(message: Message, visit: Visit) -> None:
    """Propose the group to who typed it, or to whom the command answers; they agree in the private chat."""
    asked = message.reply_to_message
    whom = asked.from_user if asked is not None else None
    owner_id = visit.user_id if whom is None or whom.is_bot else whom.id
    mine = await visit.desk.engine.groups.at((visit.chat_id, visit.topic_id), visit.user_id)
    if mine is not None and whom is not None and owner_id != visit.user_id:
        member = await visit.desk.engine.group_members.name(visit.user_id, mine.id, owner_id, whom.full_name)
        view = await visit.desk.engine.group_members.view(visit.user_id, member.id)
        await _in_private(visit, group_member(view, visit.t))
        return
    place, title = (visit.chat_id, visit.topic_id), message.chat.title or ""
    group = await visit.desk.engine.groups.propose(owner_id, place, title, visit.user_id)
    if owner_id != visit.user_id:
        # The same words whoever it is: nobody learns here who has accounts.
        await visit.send(short(visit.t.t("notify-asked")))
    elif group is None:
        await visit.send(await _way_in(visit, visit.t.t("notify-no-accounts")))
    else:
        await _ask_owner(visit, group)


async def _ask_owner(visit: Visit, group: Group) -> None:
    view = await visit.desk.engine.groups.view(visit.user_id, group.id)
    await _in_private(visit, screens.group(view, visit.t, visit.desk.catalog))


async def _in_private(visit: Visit, screen: Screen) -> None:
    """Show something in the private chat, and say so here in short."""
    t = visit.t
    try:
        await visit.desk.sender.send(visit.user_id, screen)
    except ChatGone:
        await visit.send(await _way_in(visit, t.t("notify-open-chat")))
    else:
        await visit.send(short(t.t("notify-sent")))


async def _way_in(visit: Visit, text: Html) -> Screen:
    return to_private(text, await visit.desk.sender.link(LINK), visit.t)
