"""The vocabulary of tests: what a person does in a chat, and what they see there.

Everything happens in the process of the server, on the same world that the bot reaches over HTTP; whoever
waits is woken by what happens, never by a sleep.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from sandbox.telegram import chats
from sandbox.telegram.queries import Answer, InlineQuery, Offered, Query
from sandbox.telegram.seen import Seen
from sandbox.telegram.world import World

T = TypeVar("T")
_PATIENCE = 20.0  # seconds of real time: long enough for two busy cores, short enough to say so soon


class Conversation:
    """One person in one chat."""

    def __init__(self, world: World, user: chats.User, chat: chats.Chat) -> None:
        self._world = world
        self._user = user
        self.chat = chat

    async def send(self, text: str, *, reply_to: Seen | None = None, topic: int = 0) -> Seen:
        """Write a message."""
        await asyncio.sleep(0)  # whoever waits for the previous change sees it before this one
        target = None if reply_to is None else reply_to.record
        return Seen(self._world.say(self._user, self.chat, text, target, topic))

    async def press(
        self,
        message: Seen | None,
        label: str | None = None,
        *,
        data: str | None = None,
        timeout: float = _PATIENCE,  # noqa: ASYNC109 - real time, and its end is an assertion
    ) -> Answer:
        """Press a button and return what the bot answered to it.

        Args:
            message: where the button is; None for the newest message that has it (or, with hand-made data
                and no label, the newest message).
            label: exactly what the button says.
            data: callback data made up by hand, instead of a button's.
            timeout: seconds of real time to wait for the answer.

        Raises:
            AssertionError: there is no such button, or no answer came.
        """
        query = await self.tap(message, label, data=data)
        return await self._wait(lambda: query.answer, f"an answer to {label or data!r}", timeout)

    async def tap(self, message: Seen | None, label: str | None = None, *, data: str | None = None) -> Query:
        """Press a button without waiting for the answer."""
        await asyncio.sleep(0)
        target = message or (self.last if label is None else self._newest_with(label))
        carried = self._data_under(target, label) if data is None else data
        return self._world.press(self._user, target.record, carried)

    async def wait_for(
        self,
        wanted: str | Callable[[Seen], bool],
        *,
        after: Seen | None = None,
        timeout: float = _PATIENCE,  # noqa: ASYNC109 - real time, and its end is an assertion
    ) -> Seen:
        """Return the newest message of the bot that is visible and matches, as soon as there is one.

        Args:
            wanted: a piece of the text it has now, or a predicate.
            after: only messages newer than this one count.
            timeout: seconds of real time.

        Raises:
            AssertionError: none came; the chat is in its text.
        """

        def matches(message: Seen) -> bool:
            return wanted in message.text if isinstance(wanted, str) else wanted(message)

        def found() -> Seen | None:
            for message in reversed(self.messages):
                if after is not None and message.id <= after.id:
                    return None
                if message.from_bot and matches(message):
                    return message
            return None

        return await self._wait(found, f"a message with {wanted!r}", timeout)

    async def wait_until(
        self,
        check: Callable[[], bool],
        what: str,
        *,
        timeout: float = _PATIENCE,  # noqa: ASYNC109 - real time, and its end is an assertion
    ) -> None:
        """Return once ``check`` holds; it is asked again after everything that happens in the world."""
        await self._wait(lambda: check() or None, what, timeout)

    @property
    def messages(self) -> list[Seen]:
        """What is visible, oldest first."""
        return [Seen(message) for message in self.chat.messages.values()]

    @property
    def last(self) -> Seen:
        """The newest visible message."""
        if not self.chat.messages:
            raise self._failure("the chat is empty")
        return self.messages[-1]

    @property
    def commands(self) -> list[str]:
        """The names in the command menu that this person sees here."""
        menu = self._world.profile.menu(self.chat, self._user.id, self._user.language_code)
        return [command["command"] for command in menu]

    async def delete(self, *messages: Seen) -> None:
        """Delete messages for everybody."""
        await asyncio.sleep(0)
        self._world.delete(self.chat, [message.record for message in messages])

    def as_text(self) -> str:
        """Return the chat as text, for people who read a failure."""
        lines = [f"--- {self.chat.title}, as {self._user.first_name} sees it"]
        for message in self.messages:
            reply = f" (to {message.reply_to.id})" if message.reply_to else ""
            name = message.record.author.first_name
            lines.append(f"{message.id} {name}{reply}: {message.text or message.json}")
            lines += ["    " + " ".join(f"[{label}]" for label in row) for row in message.labels]
        return "\n".join(lines)

    def _newest_with(self, label: str) -> Seen:
        for message in reversed(self.messages):
            if message.button(label) is not None:
                return message
        raise self._failure(f"no visible message has a button {label!r}")

    def _data_under(self, message: Seen, label: str | None) -> str:
        button = None if label is None else message.button(label)
        if button is None:
            raise self._failure(f"no button {label!r} under {message!r}")
        if "callback_data" not in button:
            raise self._failure(f"button {label!r} does not call back: {button}")
        data: str = button["callback_data"]
        return data

    def _failure(self, sentence: str) -> AssertionError:
        return AssertionError(f"{sentence}\n{self.as_text()}")

    async def _wait(self, check: Callable[[], T | None], what: str, seconds: float) -> T:
        try:
            async with asyncio.timeout(seconds):
                return await self._world.feed.until(check)
        except TimeoutError:
            raise self._failure(f"waited {seconds} s in vain for {what}") from None


class Person(Conversation):
    """Somebody with Telegram, and their private chat with the bot."""

    def __init__(self, world: World, user: chats.User) -> None:
        super().__init__(world, user, world.chats[user.id])

    @property
    def id(self) -> int:
        """The identifier of the person and of the private chat."""
        return self._user.id

    @property
    def language(self) -> str | None:
        """The language of the app; assign to change it."""
        return self._user.language_code

    @language.setter
    def language(self, code: str | None) -> None:
        self._user.language_code = code

    async def start(self, payload: str = "") -> Seen:
        """Press *Start*, or follow a deep link with this payload."""
        return await self.send(f"/start {payload}".strip())

    async def type_inline(self, text: str) -> InlineQuery:
        """Type behind the bot's name in some chat, without waiting for what it offers."""
        await asyncio.sleep(0)
        return self._world.type_inline(self._user, text)

    async def inline(self, text: str, timeout: float = _PATIENCE) -> Offered:  # noqa: ASYNC109 - as in press
        """Type behind the bot's name in some chat, and return what it offers."""
        query = await self.type_inline(text)
        return await self._wait(lambda: query.offered, f"an offer for {text!r}", timeout)

    async def block(self) -> None:
        """Block the bot."""
        await asyncio.sleep(0)
        self._world.block(self._user, blocked=True)

    async def unblock(self) -> None:
        """Unblock the bot."""
        await asyncio.sleep(0)
        self._world.block(self._user, blocked=False)

    def in_group(self, chat: chats.Chat) -> Conversation:
        """Return this person's seat in a group; who is no member joins."""
        chat.people.setdefault(self.id, "member")
        return Conversation(self._world, self._user, chat)

    @property
    def record(self) -> chats.User:
        """The record in the world."""
        return self._user

    @property
    def json(self) -> dict[str, Any]:
        """The API's User."""
        return self._user.as_json()
