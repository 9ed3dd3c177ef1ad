"""What the buttons about groups carry; as in ``callbacks``, one class an action and at most 64 bytes.

The prefixes begin with ``G``.
"""

from aiogram.filters.callback_data import CallbackData

from bot.domain.groups import Option
from bot.telegram.callbacks import Page, RowId


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
