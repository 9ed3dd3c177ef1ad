"""The whole bot in this process, against the simulated Telegram and Get-SMS over sockets, under one clock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import structlog
from pydantic import SecretStr

from bot.app import LOCALES, App, build_app
from bot.config import Settings
from bot.i18n import Translations, Translator
from bot.providers.addresses import Addresses
from sandbox.getsms import GetSmsSimulator, serve
from sandbox.telegram.limits import Rates
from sandbox.telegram.people import Conversation, Person
from sandbox.telegram.queries import Answer
from sandbox.telegram.seen import Seen
from sandbox.telegram.server import TelegramServer
from tests.support.clock import ManualClock
from tests.support.migrated import lay
from tests.support.pace import in_time

TOKEN = "4242:flow-tests-secret-token-of-the-bot-00"
KEY = "flow-Key_5d2E8b71c4"
TEXTS = Translations.load(LOCALES, strict=True)
_STEP = 0.02
T = TypeVar("T")


class Actor:
    """Somebody in a chat: speaks, presses, and sees; time passes while they wait."""

    def __init__(self, stage: "Stage", chat: Conversation, t: Translator) -> None:
        self._stage = stage
        self.chat = chat
        self.t = t

    async def say(self, text: str, *, reply_to: Seen | None = None) -> Seen:
        """Write a message."""
        return await self.chat.send(text, reply_to=reply_to)

    async def press(self, label: str, message: Seen | None = None) -> Answer:
        """Press a button by its label, and wait for the answer to the tap."""
        return await self._stage.time_for(self.chat.press(message, label))

    async def press_data(self, data: str, message: Seen | None = None) -> Answer:
        """Press a button that was made up by hand."""
        return await self._stage.time_for(self.chat.press(message, data=data))

    async def see(self, wanted: str | Callable[[Seen], bool], *, after: Seen | None = None) -> Seen:
        """Wait for a message of the bot; return the newest that matches."""
        return await self._stage.time_for(self.chat.wait_for(wanted, after=after))

    async def until(self, check: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        await self._stage.time_for(self.chat.wait_until(check, what))

    async def add_key(self, key: str = KEY, provider: str = "Get-SMS") -> Seen:
        """Go from /keys to an account."""
        said = await self.say("/keys")
        listed = await self.see(
            lambda message: message.button(self.label("button-add-key")) is not None, after=said
        )
        await self.ask_for_key(listed, provider)
        prompt = await self.see(lambda message: message.forces_reply, after=listed)
        await self.say(key)
        uses = (self.label("button-buy"), self.label("button-rent"))
        return await self.see(
            lambda message: any(message.button(use) is not None for use in uses), after=prompt
        )

    async def ask_for_key(self, message: Seen, provider: str = "Get-SMS") -> None:
        """Press *Add a key* and the provider that it is for, on whichever page it is."""
        await self.press(self.label("button-add-key"), message)
        another = self.label("button-another-host")
        await self.until(lambda: message.button(another) is not None, "the choice of providers")
        first = message.labels
        while message.button(provider) is None:
            await self.turn_page(message)
            assert message.labels != first, f"no provider {provider}"
        await self.press(provider, message)

    async def turn_page(self, message: Seen) -> None:
        """Press *›* and wait for the next page."""
        shown = message.labels
        await self.press("›", message)
        await self.until(lambda: message.labels != shown, "another page")

    async def buy(self, what: str = "tg ru") -> Seen:
        """Buy a number; return the card once the number is on it."""
        await self.say(f"/buy {what}")
        offer = await self.see(lambda message: self.confirm_of(message) is not None, after=self.chat.last)
        await self.press(self.confirm_of(offer) or "", offer)
        return await self.see(lambda message: message.id == offer.id and self.has_number(message))

    def confirm_of(self, message: Seen) -> str | None:
        """Return the label of the confirm button, if there is one."""
        word = self.label("button-confirm", price="").rstrip(" ·")
        labels = [label for row in message.labels for label in row if label.startswith(word)]
        return labels[0] if labels else None

    def has_number(self, message: Seen) -> bool:
        """Say whether this is a card that waits with its number."""
        return message.button(self.label("button-copy-number")) is not None

    def label(self, key: str, **values: str | int) -> str:
        """Return a text of the bot in this person's language."""
        return self.t.plain(key, **values)


class Stage:
    """Simulators and a bot, and what they logged.

    Attributes:
        clock: everybody's time.
        telegram: the simulated Telegram, with its limits.
        getsms: the simulated Get-SMS: sells Telegram and WhatsApp, and knows ``KEY``.
        logs: what the bot logged.
        app: the running bot.
        step: seconds of the clock that pass, again and again, while something real is waited for.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock()
        self.telegram = TelegramServer(token=TOKEN, clock=self.clock, rates=Rates())
        self.getsms = GetSmsSimulator(self.clock)
        self.getsms.add_key(KEY, balance="100.00")
        self.getsms.stock("tg", "ru", count=5, price="12.50")
        self.getsms.stock("tg", "turtsiia", count=3, price="40")
        self.getsms.stock("wa", "ru", count=2, price="7.25")
        self.logs: list[Any] = []
        self.step = _STEP
        self.app: App
        self._getsms_url = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        """Serve the simulators."""
        with structlog.testing.capture_logs() as self.logs:
            async with self.telegram, serve(self.getsms) as self._getsms_url:
                yield self

    @asynccontextmanager
    async def bot(self, addresses: Addresses | None = None, **settings: Any) -> AsyncIterator[App]:
        """Run the bot on the stage's database until the context ends, then stop it gracefully.

        Args:
            addresses: where hosts that users add may be; the public internet where None.
            settings: what is different in the configuration.
        """
        stop = asyncio.Event()
        lay(self.folder / "codebell.db")
        async with build_app(self.settings(**settings), self.clock, addresses) as self.app:
            running = asyncio.create_task(self.app.run(stop))
            try:
                yield self.app
            finally:
                stop.set()
                await self.time_for(running)

    def settings(self, **settings: Any) -> Settings:
        """Return the configuration of a bot on this stage, with what is different in it."""
        usual: dict[str, Any] = {
            "bot_token": SecretStr(TOKEN),
            "telegram_api_url": self.telegram.url,
            "getsms_url": self._getsms_url,
            "database_url": f"sqlite+aiosqlite:///{self.folder / 'codebell.db'}",
            "http_port": 0,
        }
        return Settings(**{**usual, **settings})

    async def time_for(self, work: Awaitable[T]) -> T:
        """Return the work's result, letting time pass while it waits."""
        return await in_time(self.clock, work, self.step)

    async def until(self, check: Callable[[], bool]) -> None:
        """Let time pass until something holds that nobody in the chat sees."""

        async def wait() -> None:
            while not check():  # noqa: ASYNC110 - it makes no noise
                await asyncio.sleep(0)

        await self.time_for(wait())

    def actor(self, language: str | None = "en", name: str = "Anna") -> Actor:
        """Return somebody who has not written to the bot yet."""
        return self.actor_of(self.telegram.person(name, language))

    def actor_of(self, person: Person | Conversation, language: str | None = None) -> Actor:
        """Return an actor for somebody who is there already."""
        spoken = language or (person.language if isinstance(person, Person) else None) or "en"
        return Actor(self, person, TEXTS.get(spoken))

    @property
    def faults(self) -> list[Any]:
        """What the bot logged as an error."""
        return [entry for entry in self.logs if entry["log_level"] in {"error", "critical"}]
