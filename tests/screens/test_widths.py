"""Labels that are cut off say nothing: how buttons share the rows of a phone of 360 px."""

import pytest

from bot.i18n import Html
from bot.telegram.callbacks import Still
from bot.telegram.screens.screen import Button, Row, Screen, paired

LONG, SHORT = "a label of 19 chars", "a label of 18 char"


def _row(*labels: str) -> Row:
    return tuple(Button(label, Still()) for label in labels)


def _drawn(screen: Screen) -> list[list[str]]:
    return [[button.text for button in row] for row in screen.rows]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([SHORT, SHORT], [[SHORT, SHORT]]),
        ([SHORT, LONG], [[SHORT], [LONG]]),
        ([LONG, SHORT, SHORT], [[LONG], [SHORT, SHORT]]),
        (["‹", "1 / 3", "›"], [["‹", "1 / 3", "›"]]),
        (["eleven char", "eleven char", "twelve chars"], [["eleven char", "eleven char"], ["twelve chars"]]),
        ([LONG * 9], [[LONG * 9]]),
        (["1", "2", "3", "4", "5"], [["1", "2", "3", "4"], ["5"]]),
    ],
)
def test_what_does_not_fit_beside_others_begins_a_row(labels: list[str], rows: list[list[str]]) -> None:
    """A screen breaks the rows that it is given; the order of the buttons stays."""
    assert _drawn(Screen(Html("x"), (_row(*labels),))) == rows


def test_telegrams_own_signs_take_room() -> None:
    """A button that copies has a sign in its corner, so that its label has less room beside another."""
    label = "Скопировать номер"
    copies = (Button(label, copy="+1"), Button(label, copy="1"))
    assert _drawn(Screen(Html("x"), (copies,))) == [[label], [label]]
    assert _drawn(Screen(Html("x"), (_row(label, label),))) == [[label, label]]


def test_pairs_are_made_of_short_labels() -> None:
    """A list of buttons stands two a row where two fit, and no row is added before it is needed."""
    assert [len(row) for row in paired(_row(SHORT, SHORT, LONG, SHORT, SHORT, SHORT))] == [2, 1, 2, 1]
