"""Lists that are longer than a screen."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData

from bot.telegram.callbacks import Still
from bot.telegram.screens.screen import Button, Row

T = TypeVar("T")


def page_of(entries: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Return the entries of a page, the page's number within bounds, and how many pages there are."""
    pages = max(1, -(-len(entries) // size))
    page = min(max(page, 0), pages - 1)
    return entries[page * size : (page + 1) * size], page, pages


def turning(page: int, pages: int, to: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    """Return the row that turns pages (round at the ends); no row where there is one page."""
    if pages <= 1:
        return ()
    place = Button(f"{page + 1} / {pages}", Still())
    return ((Button("‹", to((page - 1) % pages)), place, Button("›", to((page + 1) % pages))),)
