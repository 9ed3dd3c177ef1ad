"""What the buttons of *My data* carry; as in ``callbacks``, one class an action, at most 64 bytes.

The prefixes begin with ``X``.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

Moment = Annotated[int, Field(ge=0, lt=2**40)]


class ShowData(CallbackData, prefix="X", sep="|"):
    """Show what can be done with all that is stored of a person."""


class CopyData(CallbackData, prefix="Xc", sep="|"):
    """Send all that is stored of a person as a file."""


class AskLeave(CallbackData, prefix="Xa", sep="|"):
    """Ask whether everything is to go, and say what that means."""


class AskLeaveAgain(CallbackData, prefix="Xb", sep="|"):
    """Ask once more."""


class Leave(CallbackData, prefix="Xl", sep="|"):
    """Delete everything.

    Attributes:
        asked_at: when it was asked, in seconds since 1970: the button of an old question deletes nothing.
    """

    asked_at: Moment
