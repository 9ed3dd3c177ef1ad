"""Inline keyboards and forced replies: what Telegram takes and what it refuses."""

from typing import Any

import pytest

from sandbox.telegram.keyboards import reply_markup
from sandbox.telegram.refusal import Refusal


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    """Return a keyboard with these buttons in one row."""
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "я" * 32},
        {"text": "x", "copy_text": {"text": "1" * 256}},
        {"text": "x", "url": "https://e.org/a"},
        {"text": "x", "url": "tg://user?id=1"},
        {"text": "x", "callback_data": "d", "style": "danger"},
        {"text": "x", "callback_data": "d", "style": "link"},
        {"text": "x", "copy_text": {"text": "1"}, "style": "primary"},
        {"text": "x", "disabled": {}},
    ],
)
def test_good_buttons_stay_as_they_are(button: dict[str, Any]) -> None:
    """Everything at its limit is taken."""
    assert reply_markup(keyboard(button)) == keyboard(button)


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        ({"callback_data": "я" * 32 + "x"}, "BUTTON_DATA_INVALID"),
        ({}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            {"callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "d", "url": "http://e.org"},
            "can't parse inline keyboard button: Exactly one action is expected, found url and callback_data",
        ),
        ({"copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": {"text": "1" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"callback_data": "d", "style": "red"},
            'can\'t parse inline keyboard button: Invalid button style "red" specified',
        ),
        (
            {"url": "http://e.org", "style": "link"},
            'can\'t parse inline keyboard button: Invalid button style "link" specified',
        ),
        (
            {"url": "ftp://e.org"},
            "inline keyboard button URL 'ftp://e.org' is invalid: Unsupported URL protocol",
        ),
        ({"url": "http://nope"}, "inline keyboard button URL 'http://nope' is invalid: Wrong HTTP URL"),
    ],
)
def test_bad_buttons_are_refused(button: dict[str, Any], sentence: str) -> None:
    """One bad button refuses the whole message."""
    with pytest.raises(Refusal) as caught:
        reply_markup(keyboard({"text": "ok", "callback_data": "ok"}, {"text": "x", **button}))
    assert caught.value.description == f"Bad Request: {sentence}"


def test_a_button_without_a_label_is_dropped() -> None:
    """Telegram drops it in silence, and a keyboard that is empty then too."""
    assert reply_markup(keyboard({"text": "", "callback_data": "d"})) is None


def test_a_keyboard_has_a_hundred_buttons_at_most() -> None:
    """One hundred are taken, one more refuses the message."""
    button = {"text": "x", "callback_data": "d"}
    assert reply_markup({"inline_keyboard": [[button] * 5] * 20}) is not None
    with pytest.raises(Refusal, match="Bad Request: reply markup is too long"):
        reply_markup({"inline_keyboard": [[button] * 5] * 20 + [[button]]})


def test_a_keyboard_has_ten_kilobytes_at_most() -> None:
    """Long labels count too."""
    with pytest.raises(Refusal, match="reply markup is too long"):
        reply_markup({"inline_keyboard": [[{"text": "x" * 200, "callback_data": "d"}]] * 60})


def test_a_forced_reply_may_have_a_placeholder() -> None:
    """Its placeholder has 64 characters at most."""
    forced = {"force_reply": True, "input_field_placeholder": "x" * 64}
    assert reply_markup(forced) == forced
    with pytest.raises(Refusal):
        reply_markup({"force_reply": True, "input_field_placeholder": "x" * 65})


def test_what_is_not_played_is_not_faked() -> None:
    """Reply keyboards and buttons of Web Apps answer 501."""
    for markup in (
        {"keyboard": [[{"text": "x"}]]},
        keyboard({"text": "x", "web_app": {"url": "https://e.org"}}),
    ):
        with pytest.raises(Refusal) as caught:
            reply_markup(markup)
        assert caught.value.code == 501
