"""What the buttons of *Defaults* carry; as in ``callbacks``, one class an action, at most 64 bytes.

The prefixes begin with ``D``.
"""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.telegram.callbacks import Currency, Page
from bot.telegram.cap_callbacks import Amount

AnyAccount = Annotated[int, Field(ge=0, lt=2**63)]
AnyCountry = Annotated[str, Field(max_length=40)]


class ShowDefaults(CallbackData, prefix="D", sep="|"):
    """Show what a purchase begins with."""


class ShowDefaultAccounts(CallbackData, prefix="Da", sep="|"):
    """List the accounts of which one can be asked first."""

    page: Page = 0


class SetDefaultAccount(CallbackData, prefix="Db", sep="|"):
    """Set which account is asked first; 0 for none."""

    account_id: AnyAccount


class ShowDefaultCountries(CallbackData, prefix="Dc", sep="|"):
    """List the countries of which one can be the usual one."""

    page: Page = 0


class SetDefaultCountry(CallbackData, prefix="Dd", sep="|"):
    """Set the usual country; empty for none."""

    country: AnyCountry = ""


class ShowDear(CallbackData, prefix="De", sep="|"):
    """Show above which price a purchase is asked about once more."""

    currency: Currency


class SetDear(CallbackData, prefix="Df", sep="|"):
    """Set above which price a purchase is asked about once more; 0 for never."""

    currency: Currency
    amount: Amount


class AskDear(CallbackData, prefix="Dg", sep="|"):
    """Ask for another amount."""

    currency: Currency


class BuyDear(CallbackData, prefix="Dh", sep="|"):
    """Buy in spite of the price."""

    token: str


class PayDear(CallbackData, prefix="Di", sep="|"):
    """Pay for a rental in spite of the price."""

    token: str
