"""What the buttons about groups carry; as in ``callbacks``, one class an action and at most 64 bytes.

The prefixes begin with ``G``.
"""

from aiogram.filters.callback_data import CallbackData

from bot.domain.groups import Option
from bot.telegram.callbacks import Page, RowId
from bot.telegram.cap_callbacks import Amount


class ShowGroups(CallbackData, prefix="G", sep="|"):
    """List the groups that get a person's codes."""

    page: Page = 0


class ShowGroup(CallbackData, prefix="Ga", sep="|"):
    """Show one of them."""

    group_id: RowId


class StartGroup(CallbackData, prefix="Gb", sep="|"):
    """Have codes told in a group from now on."""

    group_id: RowId


class StopGroup(CallbackData, prefix="Gc", sep="|"):
    """Tell nothing there any more."""

    group_id: RowId


class RemoveGroup(CallbackData, prefix="Gd", sep="|"):
    """Forget a group with all that was set for it."""

    group_id: RowId


class SetOption(CallbackData, prefix="Ge", sep="|"):
    """Switch an option of a group."""

    group_id: RowId
    option: Option
    wanted: bool


class ShowGroupServices(CallbackData, prefix="Gf", sep="|"):
    """Show which services are told in a group."""

    group_id: RowId
    page: Page = 0


class PickService(CallbackData, prefix="Gg", sep="|"):
    """Choose a service to be told, or choose it no more; without one, all services."""

    group_id: RowId
    service: str = ""
    page: Page = 0


class ShowMembers(CallbackData, prefix="Gh", sep="|"):
    """List the people of a group."""

    group_id: RowId
    page: Page = 0


class ShowMember(CallbackData, prefix="Gi", sep="|"):
    """Show what one of them may do."""

    member_id: RowId


class SetSees(CallbackData, prefix="Gj", sep="|"):
    """Let a person see codes, or not."""

    member_id: RowId
    wanted: bool


class ShowBudget(CallbackData, prefix="Gk", sep="|"):
    """Show what a person may spend of an account."""

    member_id: RowId
    account_id: RowId


class SetBudget(CallbackData, prefix="Gl", sep="|"):
    """Set what a person may spend of an account within 24 hours, in its currency; 0 for nothing."""

    member_id: RowId
    account_id: RowId
    amount: Amount


class RemoveMember(CallbackData, prefix="Gm", sep="|"):
    """Take a person off the list."""

    member_id: RowId


class StopBuyer(CallbackData, prefix="Gn", sep="|"):
    """Let who bought an order spend nothing more."""

    order_id: RowId


class ShowCode(CallbackData, prefix="Go", sep="|"):
    """Show a code that came to a group, to who may see it."""

    group_id: RowId
    sms_id: RowId
    of_rental: bool
