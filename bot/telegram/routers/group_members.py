"""The people of a group: let in by the owner of the codes; and the codes that only they may see."""

from aiogram import Router

from bot.domain.errors import OutOfDate
from bot.telegram.group_callbacks import (
    RemoveMember,
    SetBudget,
    SetSees,
    ShowBudget,
    ShowCode,
    ShowMember,
    ShowMembers,
    StopBuyer,
)
from bot.telegram.screens import group_members as screens
from bot.telegram.screens.group_chat import shown_code
from bot.telegram.visit import Visit


def router() -> Router:
    """Return the handlers of this topic."""
    here = Router(name="group_members")
    here.callback_query.register(show_members, ShowMembers.filter())
    here.callback_query.register(show_member, ShowMember.filter())
    here.callback_query.register(set_sees, SetSees.filter())
    here.callback_query.register(show_budget, ShowBudget.filter())
    here.callback_query.register(set_budget, SetBudget.filter())
    here.callback_query.register(remove_member, RemoveMember.filter())
    here.callback_query.register(stop_buyer, StopBuyer.filter())
    here.callback_query.register(show_code, ShowCode.filter())
    return here


async def show_members(_: object, visit: Visit, callback_data: ShowMembers) -> None:
    """List the people of a group."""
    view = await visit.desk.engine.groups.view(visit.user_id, callback_data.group_id)
    await visit.show(screens.group_members(view, callback_data.page, visit.t))


async def show_member(_: object, visit: Visit, callback_data: ShowMember) -> None:
    """Show what a person may do."""
    view = await visit.desk.engine.group_members.view(visit.user_id, callback_data.member_id)
    await visit.show(screens.group_member(view, visit.t))


async def set_sees(_: object, visit: Visit, callback_data: SetSees) -> None:
    """Let a person see codes, or not."""
    id_ = callback_data.member_id
    await visit.desk.engine.group_members.set_sees(visit.user_id, id_, sees=callback_data.wanted)
    await show_member(None, visit, ShowMember(member_id=id_))


async def show_budget(_: object, visit: Visit, callback_data: ShowBudget) -> None:
    """Show what a person may spend of an account."""
    view = await visit.desk.engine.group_members.view(visit.user_id, callback_data.member_id)
    if callback_data.account_id not in {one.account.account.id for one in view.budgets}:
        raise OutOfDate
    await visit.show(screens.budget(view, callback_data.account_id, visit.t))


async def set_budget(_: object, visit: Visit, callback_data: SetBudget) -> None:
    """Set what a person may spend of an account."""
    id_, account_id = callback_data.member_id, callback_data.account_id
    await visit.desk.engine.group_members.set_budget(
        visit.user_id, id_, account_id, callback_data.amount or None
    )
    await show_budget(None, visit, ShowBudget(member_id=id_, account_id=account_id))


async def remove_member(_: object, visit: Visit, callback_data: RemoveMember) -> None:
    """Take a person off the list."""
    group_id = await visit.desk.engine.group_members.remove(visit.user_id, callback_data.member_id)
    await show_members(None, visit, ShowMembers(group_id=group_id))


async def stop_buyer(_: object, visit: Visit, callback_data: StopBuyer) -> None:
    """Let who bought an order spend nothing more: one tap under the message that tells of it."""
    await visit.desk.engine.group_members.stop_buyer(visit.user_id, callback_data.order_id)
    await visit.answer(visit.t.plain("buyer-stopped"), alert=True)


async def show_code(_: object, visit: Visit, callback_data: ShowCode) -> None:
    """Show a code in a box that nobody else sees."""
    sms = await visit.desk.engine.groups.reveal(
        callback_data.group_id,
        visit.chat_id,
        visit.user_id,
        callback_data.sms_id,
        of_rental=callback_data.of_rental,
    )
    await visit.answer(shown_code(sms), alert=True)
