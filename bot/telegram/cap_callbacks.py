"""What the buttons of /settings carry; as in ``callbacks``, one class an action and at most 64 bytes.

The prefixes begin with ``W``.
"""

import re
from decimal import Decimal
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import BeforeValidator, Field

from bot.domain.orders import LONGEST_AUTO_CANCEL
from bot.telegram.callbacks import Page, RowId

MOST_AMOUNT = 1_000_000
_PLAIN = re.compile(r"\d{1,7}(?:\.\d{1,8})?", re.ASCII)


def _plain(value: object) -> object:
    """Take no exponent from a button made up by hand: written out, it could fill the memory."""
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        raise ValueError("not a plain amount")
    return value


Amount = Annotated[Decimal, BeforeValidator(_plain), Field(ge=0, le=MOST_AMOUNT)]
Minutes = Annotated[int, Field(ge=0, le=LONGEST_AUTO_CANCEL)]
Numbers = Annotated[int, Field(ge=0, le=999)]


class ShowSettings(CallbackData, prefix="W", sep="|"):
    """Show what a person has set."""

    page: Page = 0


class ShowAutoCancel(CallbackData, prefix="Wa", sep="|"):
    """Show when a number without a code is given back by itself."""


class SetAutoCancel(CallbackData, prefix="Wb", sep="|"):
    """Set how many minutes before its end a number without a code is given back; 0 for never."""

    minutes: Minutes


class ShowOpenCap(CallbackData, prefix="Wo", sep="|"):
    """Show how many numbers may be open at once."""


class SetOpenCap(CallbackData, prefix="Wp", sep="|"):
    """Set how many numbers may be open at once; 0 for no limit."""

    most: Numbers


class ShowDayCap(CallbackData, prefix="Wd", sep="|"):
    """Show how much an account may spend within 24 hours."""

    account_id: RowId


class SetDayCap(CallbackData, prefix="We", sep="|"):
    """Set how much an account may spend within 24 hours, in its currency; 0 for no limit."""

    account_id: RowId
    amount: Amount


class AskDayCap(CallbackData, prefix="Wf", sep="|"):
    """Ask for another amount."""

    account_id: RowId
