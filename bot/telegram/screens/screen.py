"""What is drawn on: a text and rows of buttons."""

from dataclasses import dataclass
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.i18n import Html

MOST_ROWS = 8
"""Rows of buttons that a phone shows without scrolling."""

_LONGEST_COPY = 256


class Style(StrEnum):
    """The colour of a button (Bot API 10.3, InlineKeyboardButton)."""

    DANGER = "danger"
    SUCCESS = "success"
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Button:
    """One button: it does something here, copies a text, or opens a page; exactly one of the three.

    Attributes:
        text: the label, plain.
        data: what the bot gets when it is pressed.
        copy: what lands in the clipboard (1-256 characters).
        url: the page that opens.
        style: the colour, or None for the client's own.
    """

    text: str
    data: CallbackData | None = None
    copy: str | None = None
    url: str | None = None
    style: Style | None = None

    def markup(self) -> InlineKeyboardButton:
        """Return the button as Telegram wants it."""
        return InlineKeyboardButton(
            text=self.text,
            callback_data=None if self.data is None else self.data.pack(),
            copy_text=None if self.copy is None else CopyTextButton(text=self.copy[:_LONGEST_COPY]),
            url=self.url,
            style=self.style,
        )


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message.

    Attributes:
        text: HTML.
        rows: buttons.
        asks: the placeholder of the answer, where the message asks for one (``ForceReply``); then no rows.
    """

    text: Html
    rows: tuple[Row, ...] = ()
    asks: str | None = None

    def keyboard(self) -> InlineKeyboardMarkup | None:
        """Return the buttons as Telegram wants them, or None without any."""
        if not self.rows:
            return None
        rows = [[button.markup() for button in row] for row in self.rows]
        return InlineKeyboardMarkup(inline_keyboard=rows)

    def markup(self) -> InlineKeyboardMarkup | ForceReply | None:
        """Return what goes under a new message."""
        if self.asks is not None:
            return ForceReply(force_reply=True, input_field_placeholder=self.asks, selective=True)
        return self.keyboard()


def paragraphs(*parts: str) -> Html:
    """Join parts of a text with an empty line between them; empty parts are left out."""
    return Html("\n\n").join(part for part in parts if part)


def lines(*parts: str) -> Html:
    """Join lines; empty ones are left out."""
    return Html("\n").join(part for part in parts if part)
