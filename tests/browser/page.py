"""The web chat as a person uses it, in a browser."""

import re
from types import TracebackType
from typing import Self

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from bot.app import LOCALES
from bot.i18n import Translations

TEXTS = Translations.load(LOCALES, strict=True)
PHONE = (390, 844)
DESKTOP = (1280, 832)
_PATIENCE = 30_000.0  # milliseconds: codes are asked for every 5 s, and the machine may be busy


class Chat:
    """One open page.

    Args:
        browser: a running browser.
        url: the chat page.
        user: who uses it, as Telegram numbers people.
        language: their language, for the labels of buttons.
        size: of the window, in CSS pixels.
        dark: whether they prefer dark colours.

    Attributes:
        page: the page itself.
        complaints: what went wrong in it: errors and warnings of the console, and uncaught exceptions.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        user: int,
        language: str,
        size: tuple[int, int] = PHONE,
        *,
        dark: bool = False,
    ) -> None:
        self._browser = browser
        self._address = f"{url}/?user={user}&chat={user}"
        self._size = size
        self._dark = dark
        self._t = TEXTS.get(language)
        self._context: BrowserContext
        self.page: Page
        self.complaints: list[str] = []

    async def __aenter__(self) -> Self:
        width, height = self._size
        self._context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=2 if self._size == PHONE else 1,
            color_scheme="dark" if self._dark else "light",
            reduced_motion="reduce",
            timezone_id="UTC",
            permissions=["clipboard-read", "clipboard-write"],
        )
        self._context.set_default_timeout(_PATIENCE)
        await self._context.add_init_script("Math.random = () => 0.4")  # the panel's sample codes
        self.page = await self._context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await self.page.goto(self._address)
        await expect(self.page.locator("#bot-state:not(:empty)")).to_be_visible(timeout=_PATIENCE)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._context.close()

    def label(self, key: str, **values: str | int) -> str:
        """Return what a button says in the person's language."""
        return self._t.plain(key, **values)

    def button(self, label: str | re.Pattern[str]) -> Locator:
        """Return the newest inline button with this label, or one that matches."""
        found = re.compile(f"^{re.escape(label)}$") if isinstance(label, str) else label
        return self.page.get_by_test_id("button").filter(has_text=found).last

    def message(self, words: str) -> Locator:
        """Return the newest message with these words."""
        return self.page.get_by_test_id("message").filter(has_text=words).last

    async def press(self, label: str | re.Pattern[str]) -> None:
        """Press an inline button, once it is there, and wait until the bot has answered."""
        await self.button(label).click()
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=_PATIENCE)

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.get_by_test_id("send").click()

    async def start(self) -> None:
        """Press *Start*."""
        await self.page.get_by_test_id("start").click()

    async def go_to(self, chat: int) -> None:
        """Open another chat of this person: their own with the bot, or a group."""
        await self.page.get_by_test_id("chat-switch").select_option(str(chat))

    async def dismiss_hints(self, key: str) -> None:
        """Read the hint with the demo key, then press the hints away until none is left."""
        hint = self.page.locator("#hint")
        await expect(hint.get_by_test_id("demo-key")).to_contain_text(key, timeout=_PATIENCE)
        await hint.get_by_test_id("dismiss-hint").click()
        await hint.get_by_test_id("dismiss-hint").click()
        await self.misses(hint)

    async def sees(self, what: Locator) -> None:
        """Wait until something can be seen."""
        await expect(what).to_be_visible(timeout=_PATIENCE)

    async def misses(self, what: Locator) -> None:
        """Wait until something cannot be seen."""
        await expect(what).to_be_hidden(timeout=_PATIENCE)

    async def send_sms(self, text: str) -> None:
        """Open the panel, send an SMS to the newest number, and go back to the chat."""
        await self.page.get_by_test_id("panel-toggle").click()
        order = self.page.get_by_test_id("order").first
        await order.get_by_test_id("sms-text").fill(text)
        await order.get_by_test_id("send-sms").click()
        await self.sees(order.get_by_text(text))
        await self.page.get_by_test_id("panel-close").click()

    async def clipboard(self) -> str:
        """Return what was copied last."""
        copied: str = await self.page.evaluate("navigator.clipboard.readText()")
        return copied

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")
