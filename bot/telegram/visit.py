"""One message or one tap of one person: who it is, in which language, and the ways to react."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.domain.errors import CodebellError
from bot.i18n import Translator
from bot.telegram.desk import Desk
from bot.telegram.outcomes import MessageGone
from bot.telegram.screens.failures import box, crashed, failed
from bot.telegram.screens.screen import Screen
from bot.telegram.turns import Turn

_PATIENCE_SECONDS = 1.5


@dataclass(slots=True)
class Visit:
    """A person at the desk.

    Attributes:
        desk: what there is to work with.
        user_id: who it is.
        t: their language.
        chat_id: where.
        is_private: whether nobody else reads along.
        message_id: the message they sent, or the one whose button they pressed.
        query_id: Telegram's id of the tap, or None for a message.
        is_answered: whether the tap was answered; Telegram takes one answer.
        topic_id: the topic of the chat; 0 for the general one, or none.
        turn: the place in this person's line, or None where there is no line.
    """

    desk: Desk
    user_id: int
    t: Translator
    chat_id: int
    is_private: bool
    message_id: int
    query_id: str | None = None
    is_answered: bool = False
    turn: Turn | None = None
    topic_id: int = 0

    @property
    def is_admins(self) -> bool:
        """Whether an admin is here, and nobody reads along."""
        return self.is_private and self.user_id in self.desk.admins

    def pass_on(self) -> None:
        """Let what this person sent next be handled, beside what is still to be done here."""
        if self.turn is not None:
            self.turn.pass_on()

    async def show(self, screen: Screen) -> int:
        """Redraw the message whose button was pressed, or answer a message; return what is shown."""
        if self.query_id is None:
            return await self.send(screen)
        return await self.redraw(self.message_id, screen)

    async def redraw(self, message_id: int, screen: Screen) -> int:
        """Redraw a message of ours, or send it anew where it is gone; return the id of what is shown."""
        await self.desk.fillings.stop((self.chat_id, message_id))
        try:
            await self.desk.sender.edit(self.chat_id, message_id, screen)
        except MessageGone:
            return await self.send(screen)
        return message_id

    async def send(self, screen: Screen) -> int:
        """Send a new message and return its id; in a group it answers the person's own."""
        reply_to = None if self.is_private else self.message_id
        return await self.desk.sender.send(self.chat_id, screen, reply_to=reply_to)

    async def answer(self, text: str | None = None, *, alert: bool = False) -> None:
        """Answer the tap, once; nothing for a message.

        Args:
            text: a passing line, or None to end the waiting only.
            alert: show a box that must be closed instead of a passing line.
        """
        if self.query_id is not None and not self.is_answered:
            self.is_answered = True
            await self.desk.sender.answer(self.query_id, text, alert=alert)

    async def fail(self, error: CodebellError) -> None:
        """Say what went wrong: in a box that only this person sees where it fits, else in a message."""
        self.refused(error)
        provider = self.desk.blamed(error)
        words = box(error, self.t, provider.title if provider else "")
        if words is not None and self.query_id is not None and not self.is_answered:
            await self.answer(words, alert=True)
        else:
            await self.send(failed(error, self.t, provider))

    def refused(self, error: CodebellError) -> None:
        """Count what this person is told that does not work, by the kind of error alone."""
        self.desk.metrics.refused(error.slug)

    async def crash(self, incident: str) -> None:
        """Admit a fault of ours under the id that the log has."""
        if self.query_id is not None and not self.is_answered:
            await self.answer(self.t.plain("failure-ours", incident=incident), alert=True)
        else:
            await self.send(crashed(incident, self.t))

    @asynccontextmanager
    async def patiently(self) -> AsyncIterator[None]:
        """Do what may take long; after a while, show that it is being done."""
        task = asyncio.create_task(self._reassure())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _reassure(self) -> None:
        await self.desk.clock.sleep(_PATIENCE_SECONDS)
        if self.query_id is None:
            await self.desk.sender.typing(self.chat_id)
        else:
            self.pass_on()
            await self.answer(self.t.plain("one-moment"))
