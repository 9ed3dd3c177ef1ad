"""What the buttons of /history and /stats carry; as in ``callbacks``, one class an action, at most 64 bytes.

The prefixes begin with ``H``.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.history import Bought, Facet, Wanted
from bot.domain.statement import Format
from bot.telegram.callbacks import Page, RowId

_MONTH = r"^$|^\d{2}(0[1-9]|1[0-2])$"
AnyAccount = Annotated[int, Field(ge=0, lt=2**63)]
Month = Annotated[str, Field(pattern=_MONTH)]
Days = Annotated[int, Field(ge=1, le=366)]


class _Filtered(CallbackData, prefix="H-", sep="|"):
    kind: Bought = Bought.ALL
    account_id: AnyAccount = 0
    month: Month = ""
    service: str = ""
    country: str = ""

    @property
    def wanted(self) -> Wanted:
        """Which purchases are meant."""
        return Wanted(self.kind, self.account_id, int(self.month or 0), self.service, self.country)


class ShowHistory(_Filtered, prefix="H", sep="|"):
    """List purchases in place of this screen."""

    page: Page = 0


class ShowFilters(_Filtered, prefix="Hf", sep="|"):
    """Show by what the list is narrowed down."""


class ShowValues(_Filtered, prefix="Hv", sep="|"):
    """List what a facet can be set to."""

    facet: Facet
    page: Page = 0


class Export(_Filtered, prefix="Hx", sep="|"):
    """Send the listed purchases as a file."""

    format: Format


class OpenHistory(CallbackData, prefix="Ho", sep="|"):
    """List purchases in a new message: a picture cannot turn into a text."""


class ShowStats(CallbackData, prefix="Hs", sep="|"):
    """Send the picture of the last days."""

    days: Days = 30


class AskWhy(CallbackData, prefix="Hy", sep="|"):
    """Say why there may be no code yet."""

    order_id: RowId


class TakeNext(CallbackData, prefix="Hn", sep="|"):
    """Give a number back as unusable, and show the offers for the next."""

    order_id: RowId


def filtered(wanted: Wanted) -> dict[str, object]:
    """Return the fields that every filtered button shares."""
    return {
        "kind": wanted.kind,
        "account_id": wanted.account_id,
        "month": f"{wanted.month:04}" if wanted.month else "",
        "service": wanted.service,
        "country": wanted.country,
    }
