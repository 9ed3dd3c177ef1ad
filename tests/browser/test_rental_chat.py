"""A number is rented in the web chat, in a real browser and in every language."""

import re
from dataclasses import replace

import pytest
from playwright.async_api import Browser

from bot.i18n import LANGUAGES
from bot.providers.smspva import Smspva
from sandbox import demo
from tests.browser import album
from tests.browser.page import Chat
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

CODE = "48213"
SMS = {
    "en": "Telegram code: {code}",
    "ru": "Код Telegram: {code}",
    "tr": "Telegram kodu: {code}",
}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask SMSPVA for SMS each second, not each half minute: nobody waits for a test."""
    monkeypatch.setattr(Smspva, "terms", replace(Smspva.terms, check_every=1.0))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_the_key_to_an_sms_on_a_rented_number(
    browser: Browser, sandbox: Stage, language: str
) -> None:
    """Key, service, period, confirm, card, SMS with its code; the console stays clean."""
    async with Chat(browser, sandbox.url, sandbox.people[language], language) as chat:
        await chat.start()
        await chat.press(chat.label("button-add-key"))
        await chat.press("SMSPVA")
        await chat.sees(chat.page.locator(".reply-bar"))
        await chat.say(demo.KEY)
        await chat.sees(chat.button(chat.label("button-rent")))
        await chat.say("/rent tg ru")
        await chat.press(re.compile(f"^{chat.label('period-week', count=1)}"))
        await chat.press(re.compile(f"^{chat.label('bill-confirm-rent', price='').rstrip(' ·')}"))
        await chat.sees(chat.button(chat.label("button-activate")))
        (rent,) = sandbox.smspva.orders
        sandbox.smspva.wake(rent.id)
        sandbox.smspva.deliver(rent.id, SMS[language].format(code=CODE), CODE, "Telegram")
        await chat.sees(chat.button(chat.label("button-copy-code")))
        inbox = chat.button(chat.label("button-inbox", count=1))
        await inbox.scroll_into_view_if_needed()  # the card, which a notice may have pushed out
        await chat.sees(inbox)
        await album.keep(chat.page, f"rental-{language}")
        assert chat.complaints == []
