"""*My data* on the screen: within Telegram's rules, and clear about what goes."""

import inspect
from collections.abc import Iterator

from aiogram.filters.callback_data import CallbackData

from bot.domain.leaving import Holdings
from bot.i18n import Translator
from bot.telegram import data_callbacks
from bot.telegram.data_callbacks import AskLeaveAgain, Leave, ShowData
from bot.telegram.screens import data as screens
from bot.telegram.screens.privately import private_chat
from bot.telegram.screens.screen import Screen, Style
from tests.screens.judge import judged

NOW = 1_768_478_400


def every_screen(t: Translator) -> Iterator[Screen]:
    """Yield every screen of the topic."""
    yield screens.data(t)
    yield screens.copy_caption(t)
    yield screens.left(t)
    yield private_chat("https://t.me/bot?start=history", t)
    for number in (0, 1, 2, 5, 1234):
        for in_doubt in (0, number):
            held = Holdings(in_doubt, number, number, number)
            yield screens.leave_question(held, t)
            yield screens.leave_again(held, NOW, t)
            yield screens.in_doubt(held, t)


def test_every_screen_keeps_to_the_rules(t: Translator) -> None:
    """Eight rows, labels that a phone shows, 64 bytes a button, and text that Telegram takes."""
    for screen in every_screen(t):
        judged(screen)


def test_nothing_that_deletes_stands_where_the_last_button_stood(t: Translator) -> None:
    """A thumb that taps the same place twice keeps everything: only the lower button of the last deletes."""
    held = Holdings(0, 0, 1, 1)
    first, last = screens.leave_question(held, t), screens.leave_again(held, NOW, t)
    assert isinstance(first.rows[0][0].data, AskLeaveAgain)
    assert isinstance(last.rows[0][0].data, ShowData)
    assert last.rows[1][0].data == Leave(asked_at=NOW)
    assert last.rows[1][0].style is Style.DANGER


def test_doubt_offers_no_deletion(t: Translator) -> None:
    """While a purchase is in doubt, neither question has a button that leads to the deletion."""
    for screen in (
        screens.leave_question(Holdings(1, 1, 1, 1), t),
        screens.leave_again(Holdings(2, 2, 2, 2), NOW, t),
    ):
        carried = [button.data for row in screen.rows for button in row]
        assert not any(isinstance(one, AskLeaveAgain | Leave) for one in carried)


def test_prefixes_are_this_topics_own() -> None:
    """No button of *My data* can be taken for another one; all begin with X."""
    kinds = (kind for kind in vars(data_callbacks).values() if inspect.isclass(kind))
    own = [k.__prefix__ for k in kinds if issubclass(k, CallbackData) and k is not CallbackData]
    assert len(own) == len(set(own)) == 5
    assert all(prefix.startswith("X") for prefix in own)
