"""What is drawn on: a text and rows of buttons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.i18n import Html, sound

MOST_ROWS = 8
"""Rows of buttons that a phone shows without scrolling."""

WIDEST_ALONE = 38
"""Characters of a label that a phone of 360 px shows where the button has the row to itself."""

_WIDEST = {2: 18, 3: 11, 4: 8}
"""The same, by how many buttons share the row."""

_ICON = 2
"""Characters that the sign in the corner of a button takes up, which copies or opens a page."""

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

    @property
    def width(self) -> int:
        """How many characters its label needs, with the sign that Telegram adds."""
        return len(self.text) + (_ICON if self.data is None else 0)

    def markup(self) -> InlineKeyboardButton:
        """Return the button as Telegram wants it."""
        return InlineKeyboardButton(
            text=sound(self.text),
            callback_data=None if self.data is None else self.data.pack(),
            copy_text=None if self.copy is None else CopyTextButton(text=self.copy[:_LONGEST_COPY]),
            url=self.url,
            style=self.style,
        )


Row = tuple[Button, ...]


def arranged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows so that no label is cut off: what does not fit beside the others begins a new row.

    Buttons keep their order. A label that is too long to share a row stands alone in its own.
    """
    return tuple(part for row in rows for part in _parts(row))


def paired(buttons: Iterable[Button]) -> tuple[Row, ...]:
    """Return buttons two a row where both labels fit, else alone in their row; their order stays."""
    rows: list[Row] = []
    for button in buttons:
        beside = (*rows[-1], button) if rows else ()
        if len(beside) == 2 and _fits(beside):  # noqa: PLR2004 - a pair
            rows[-1] = beside
        else:
            rows.append((button,))
    return tuple(rows)


def stacked(buttons: Iterable[Button]) -> tuple[Row, ...]:
    """Return buttons one a row."""
    return tuple((button,) for button in buttons)


def _parts(row: Row) -> Iterator[Row]:
    while row:
        many = next(many for many in range(len(row), 0, -1) if _fits(row[:many]))
        yield row[:many]
        row = row[many:]


def _fits(row: Row) -> bool:
    return len(row) == 1 or all(button.width <= _WIDEST.get(len(row), 0) for button in row)


@dataclass(frozen=True, slots=True)
class Screen:
    """A message.

    Attributes:
        text: HTML.
        rows: buttons; as they are given, but for those that do not fit side by side.
        asks: the placeholder of the answer, where the message asks for one (``ForceReply``); then no rows.
    """

    text: Html
    rows: tuple[Row, ...] = ()
    asks: str | None = None

    def __post_init__(self) -> None:
        """Arrange the rows by the width of their labels, whoever drew the screen."""
        object.__setattr__(self, "rows", arranged(self.rows))  # frozen for everybody else

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
