"""Presses of buttons that wait for the bot's answer: answered once, and only while they are young.

Source: Bot API, answerCallbackQuery; telegram-bot-api, Client.cpp (the sentence for a query that is over).
"""

import itertools
from dataclasses import dataclass

from bot.clock import Clock
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.schema import Json

_LIFETIME = 15.0  # seconds; Telegram's own is not documented, and never seen shorter
_TEXT_LIMIT = 200
_FIRST_ID = 4_382_000_000_000_001


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a press: a note, an alert, or (no text) just the end of the spinner."""

    text: str | None
    show_alert: bool


@dataclass(slots=True)
class Query:
    """One press of a button."""

    id: str
    user: User
    chat: Chat
    asked_at: float
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What the bot offered to somebody who typed behind its name.

    Attributes:
        results: as the bot sent them.
        cache_time: seconds for which Telegram gives the same answer to the same words.
        is_personal: whether to this person alone.
    """

    results: list[Json]
    cache_time: int
    is_personal: bool

    @property
    def titles(self) -> list[str]:
        """The first lines, as they are listed."""
        return [result["title"] for result in self.results]


@dataclass(slots=True)
class InlineQuery:
    """What somebody typed behind the bot's name in some chat."""

    id: str
    asked_at: float
    offered: Offered | None = None


class Queries:
    """All presses and all inline queries so far."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = itertools.count(_FIRST_ID)
        self._queries: dict[str, Query] = {}
        self._inline: dict[str, InlineQuery] = {}

    def ask(self, user: User, chat: Chat) -> Query:
        """Open a query."""
        query = Query(str(next(self._ids)), user, chat, self._clock.monotonic())
        self._queries[query.id] = query
        return query

    def type(self) -> InlineQuery:
        """Open an inline query."""
        query = InlineQuery(str(next(self._ids)), self._clock.monotonic())
        self._inline[query.id] = query
        return query

    def offer(self, identifier: str, offered: Offered) -> None:
        """Close an inline query.

        Raises:
            Refusal: 400 for one that is unknown, over or answered.
        """
        query = self._inline.get(identifier)
        if query is None or query.offered is not None or self._clock.monotonic() - query.asked_at > _LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.offered = offered

    def answer(self, identifier: str, answer: Answer) -> Query:
        """Close a query.

        Raises:
            Refusal: 400 for one that is unknown, over or answered, and for an overlong text.
        """
        query = self._queries.get(identifier)
        if query is None or query.answer is not None or self._clock.monotonic() - query.asked_at > _LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if answer.text is not None and len(answer.text) > _TEXT_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answer = answer
        return query
