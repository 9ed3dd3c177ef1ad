"""What the buttons of favourites, filters and repeated purchases carry, at most 64 bytes.

The prefixes begin with ``F``.
"""

from aiogram.filters.callback_data import CallbackData

from bot.telegram.callbacks import RowId


class BuyAgain(CallbackData, prefix="Fa", sep="|"):
    """Buy the same as an order bought, once, for no more than it cost."""

    order_id: RowId


class Star(CallbackData, prefix="Fs", sep="|"):
    """Make a service, in a country or anywhere, a favourite, or no more."""

    service: str
    country: str = ""
    wanted: bool = True


class ShowCountryFilter(CallbackData, prefix="Ff", sep="|"):
    """Show by what the countries of a service are narrowed down."""

    service: str


class SetInStock(CallbackData, prefix="Fi", sep="|"):
    """List countries with stock alone, or all of them."""

    service: str
    wanted: bool


class AskMost(CallbackData, prefix="Fm", sep="|"):
    """Ask for the price above which countries are left out."""

    service: str


class AskName(CallbackData, prefix="Fn", sep="|"):
    """Ask for a part of a country's name."""

    service: str


class ClearCountryFilter(CallbackData, prefix="Fx", sep="|"):
    """List all countries again."""

    service: str
