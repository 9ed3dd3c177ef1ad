"""What the buttons of *Notifications* carry; as in ``callbacks``, one class an action, at most 64 bytes.

The prefixes begin with ``N``.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.telegram.callbacks import Page

Hour = Annotated[int, Field(ge=0, le=23)]
Zone = Annotated[str, Field(pattern=r"^[A-Za-z0-9_/+:-]{3,40}$")]


class End(StrEnum):
    """Either end of the silent hours."""

    BEGIN = "b"
    END = "e"


class ShowNotifications(CallbackData, prefix="N", sep="|"):
    """Show what the bot tells, and does, by itself."""


class SetReminders(CallbackData, prefix="Nr", sep="|"):
    """Set whether the end of a rental is announced."""

    wanted: bool


class ShowQuiet(CallbackData, prefix="Nq", sep="|"):
    """Show the silent hours."""


class SetQuiet(CallbackData, prefix="Nw", sep="|"):
    """Set both ends of the silent hours."""

    begin: Hour
    end: Hour


class LiftQuiet(CallbackData, prefix="Nx", sep="|"):
    """Have no silent hours."""


class ShowHours(CallbackData, prefix="Nh", sep="|"):
    """List the hours that the silence can begin or end with."""

    which: End


class ShowCities(CallbackData, prefix="Nc", sep="|"):
    """List the cities whose time a person may have."""

    page: Page = 0


class ShowOffsets(CallbackData, prefix="No", sep="|"):
    """List the distances from UTC."""

    page: Page = 0


class SetZone(CallbackData, prefix="Nz", sep="|"):
    """Note in which time zone a person lives."""

    zone: Zone
