"""What a row of the outbox is about: an order or a rental, with its card and its drawings."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.i18n import Html
from bot.telegram.screens.screen import Screen


@dataclass(frozen=True, slots=True)
class Subject:
    """An order or a rental, as it is told.

    Attributes:
        name: for the log.
        card_chat_id: the chat that shows its card.
        card_message_id: the card; None until it was sent.
        code: draws the message of one of its SMS.
        card: draws its card.
        notice: draws a notice about it.
        keep_card: notes which message shows it now.
        title: what its number is for, and where it is from.
        phone: digits in international format, without plus; None while there is no number.
        topic_id: the topic of the chat that shows its card; 0 for none.
    """

    name: str
    card_chat_id: int
    card_message_id: int | None
    code: Callable[[Sms], Screen]
    card: Callable[[], Screen]
    notice: Callable[[Notice], Screen]
    keep_card: Callable[[int], Awaitable[None]]
    title: Html
    phone: str | None
    topic_id: int = 0

    def card_in(self, chat_id: int) -> int | None:
        """Return the message in this chat that shows the card; None where it is elsewhere."""
        return self.card_message_id if self.card_chat_id == chat_id else None

    def topic_in(self, chat_id: int) -> int | None:
        """Return the topic of this chat that shows the card; None for none, or where it is elsewhere."""
        return (self.topic_id or None) if self.card_chat_id == chat_id else None
