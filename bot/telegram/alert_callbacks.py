"""What the buttons of /watch and of low balances carry, at most 64 bytes.

The prefixes begin with ``A``.
"""

from aiogram.filters.callback_data import CallbackData

from bot.telegram.callbacks import Page, RowId
from bot.telegram.cap_callbacks import Amount


class ShowAlerts(CallbackData, prefix="A", sep="|"):
    """List what a person looks out for."""

    page: Page = 0


class AddAlert(CallbackData, prefix="Aa", sep="|"):
    """Look out for numbers of a service in a country."""

    service: str
    country: str


class ShowAlert(CallbackData, prefix="As", sep="|"):
    """Show one thing that a person looks out for."""

    alert_id: RowId


class RemoveAlert(CallbackData, prefix="Ax", sep="|"):
    """Look out for it no more."""

    alert_id: RowId


class AskAlertPrice(CallbackData, prefix="Ap", sep="|"):
    """Ask at which price numbers count at most."""

    alert_id: RowId


class ShowLowBalance(CallbackData, prefix="Al", sep="|"):
    """Show below which balance of an account its person hears of it."""

    account_id: RowId


class SetLowBalance(CallbackData, prefix="Am", sep="|"):
    """Set below which balance of an account its person hears of it; 0 for never."""

    account_id: RowId
    amount: Amount


class AskLowBalance(CallbackData, prefix="An", sep="|"):
    """Ask for another amount."""

    account_id: RowId
