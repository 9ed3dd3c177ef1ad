"""The picture of what was bought, in the web chat, in a real browser and in every language."""

import asyncio

import pytest
from playwright.async_api import Browser

from bot.i18n import LANGUAGES
from sandbox import demo
from tests.browser import album, past
from tests.browser.page import Chat
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_picture_sums_up_what_was_bought(browser: Browser, sandbox: Stage, language: str) -> None:
    """/stats shows a picture that loads, and words beside it; the console stays clean."""
    user = sandbox.people[language]
    async with Chat(browser, sandbox.url, user, language) as chat:
        await chat.start()
        await chat.dismiss_hints(demo.KEY)
        await chat.press(chat.label("button-add-key"))
        await chat.press("Get-SMS")
        await chat.sees(chat.page.locator(".reply-bar"))
        await chat.say(demo.KEY)
        await chat.sees(chat.button(chat.label("button-buy")))
        await asyncio.to_thread(past.write, sandbox.database, user)
        await chat.say("/stats")
        await chat.sees(chat.page.locator(".photo img").last)
        await chat.page.wait_for_function("document.querySelector('.photo img').naturalWidth > 600")
        await album.keep(chat.page, f"statistics-{language}")
        assert chat.complaints == []
