"""What may hang under a message: inline keyboards and forced replies, with Telegram's limits.

Sources: Bot API, InlineKeyboardButton, CopyTextButton, ForceReply; TDLib, ReplyMarkup.cpp; for the limits
of a keyboard tginfo/Telegram-Limits#187 and #228.
"""

import json
from urllib.parse import urlsplit

from sandbox.telegram.refusal import bad_request, not_simulated
from sandbox.telegram.schema import Json

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
_PLAYED = frozenset({"url", "callback_data", "copy_text", "disabled"})
_STYLES = frozenset({"primary", "success", "danger"})
_DATA_BYTES = 64
_COPY_LIMIT = 256
_BUTTONS = 100
_KEYBOARD_BYTES = 10 * 1024
_PLACEHOLDER_LIMIT = 64
_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


def reply_markup(markup: Json | None) -> Json | None:
    """Return the markup that a message will carry, or None.

    Args:
        markup: the parameter ``reply_markup``, already of the right shape.

    Raises:
        Refusal: 400 for what Telegram refuses, 501 for reply keyboards, which are not simulated.
    """
    if markup is None or "remove_keyboard" in markup:
        return None
    if "keyboard" in markup:
        raise not_simulated("a reply keyboard")
    if "inline_keyboard" in markup:
        return _inline_keyboard(markup)
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= _PLACEHOLDER_LIMIT:
        raise bad_request("REPLY_MARKUP_PLACEHOLDER_INVALID")
    return markup


def is_inline(markup: Json | None) -> bool:
    """Say whether this is an inline keyboard, the only markup that the bot gets back in a message."""
    return markup is not None and "inline_keyboard" in markup


def _inline_keyboard(markup: Json) -> Json | None:
    rows = [[_button(button) for button in row if button["text"]] for row in markup["inline_keyboard"]]
    rows = [row for row in rows if row]
    size = len(json.dumps(rows, ensure_ascii=False).encode("utf-8"))
    if sum(map(len, rows)) > _BUTTONS or size > _KEYBOARD_BYTES:
        raise bad_request("reply markup is too long")
    return {**markup, "inline_keyboard": rows} if rows else None


def _button(button: Json) -> Json:
    actions = [name for name in _ACTIONS if name in button and button[name] != ""]
    if not actions:
        raise _unusable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram takes the first it knows; a button with two actions is a slip that must not pass here.
        raise _unusable(f"Exactly one action is expected, found {' and '.join(actions)}")
    (action,) = actions
    if action not in _PLAYED:
        raise not_simulated(f"a button with {action}")
    style = button.get("style")
    if style is not None and style not in _STYLES and not (style == "link" and action == "callback_data"):
        raise _unusable(f'Invalid button style "{style}" specified')
    match action:
        case "callback_data" if len(button[action].encode("utf-8")) > _DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        case "copy_text" if not 1 <= len(button[action]["text"]) <= _COPY_LIMIT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "url":
            _check_address(button[action])
    return {name: value for name, value in button.items() if value != ""}


def _unusable(sentence: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {sentence}")


def _check_address(address: str) -> None:
    parts = urlsplit(address if ":" in address else f"http://{address}")
    if parts.scheme not in _SCHEMES:
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Unsupported URL protocol")
    if parts.scheme.startswith("http") and "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")
