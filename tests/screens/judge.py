"""Holds screens against Telegram's limits, by the same rules that the simulated Telegram plays."""

import json

from bot.telegram.callbacks import LONGEST
from bot.telegram.screens.screen import MOST_ROWS, Screen
from sandbox.telegram.entities import FormattedText, message_text
from sandbox.telegram.keyboards import reply_markup
from sandbox.telegram.validation import find_method, validate


def taken(screen: Screen) -> FormattedText:
    """Return the text as Telegram reads it.

    Raises:
        Refusal: Telegram would not take this message.
    """
    markup = screen.markup()
    dumped = None if markup is None else json.loads(markup.model_dump_json(exclude_none=True))
    given = {"chat_id": 1, "text": str(screen.text), "parse_mode": "HTML", "reply_markup": dumped}
    params = validate(find_method("sendMessage"), given, {})
    reply_markup(params.get("reply_markup"))
    return message_text(params["text"], "HTML", None)


def judged(screen: Screen) -> FormattedText:
    """Return the text as Telegram reads it, of a screen whose names are decent.

    Raises:
        Refusal: Telegram would not take this message.
        AssertionError: Telegram would, but it breaks a rule of ours.
    """
    told = taken(screen)
    assert len(screen.rows) <= MOST_ROWS
    for row in screen.rows:
        assert 1 <= len(row) <= 4
        if len(row) > 1:  # what a phone of 360 px shows of each label, Telegram's own signs counted
            widest = {2: 18, 3: 11, 4: 8}[len(row)]
            assert [b.text for b in row if len(b.text) + 2 * (b.data is None) > widest] == []
        for button in row:
            ways = [way for way in (button.data, button.copy, button.url) if way is not None]
            assert button.text.strip() == button.text != ""
            assert "<" not in button.text
            assert "&amp;" not in button.text
            assert len(ways) == 1
            assert button.data is None or len(button.data.pack().encode()) <= LONGEST
    return told
