"""Why a message did not reach its chat, told apart by what is to be done about it."""

import re

_QUOTED = re.compile(r'"[^"]*"')


class SendError(Exception):
    """The root: a message was not sent."""


class ChatGone(SendError):
    """The chat takes no messages any more: blocked, kicked, deactivated, or not found.

    Attributes:
        reason: Telegram's words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TopicGone(ChatGone):
    """The topic was closed or deleted; the group goes on."""


class Muted(ChatGone):
    """The bot is still there, and may not write."""


class MessageGone(SendError):
    """The message that was to be changed is not there any more, or cannot be changed."""


class Unsent(SendError):
    """Telegram or the way to it failed; the same may work later."""


class Overtaken(SendError):
    """Another replica may be writing to the chat by now; nothing was sent."""


class Unacceptable(SendError):
    """Telegram refuses what was sent; the same will never work.

    Attributes:
        reason: Telegram's words, without what they quote: that may be a word of an SMS.
    """

    def __init__(self, reason: str) -> None:
        self.reason = _QUOTED.sub('"…"', reason)
        super().__init__(self.reason)
