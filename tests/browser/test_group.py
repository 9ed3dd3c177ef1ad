"""A code comes to a group, in a real browser and in every language."""

import re

import pytest
from playwright.async_api import Browser

from bot.i18n import LANGUAGES
from sandbox import demo
from tests.browser import album
from tests.browser.page import Chat
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

CODE = "48213"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_code_comes_to_a_group(browser: Browser, sandbox: Stage, language: str) -> None:
    """/notify in the group, the owner's consent in private, a number, and its code in both chats."""
    user, group = sandbox.people[language], sandbox.groups[language]
    async with Chat(browser, sandbox.url, user, language) as chat:
        await chat.start()
        await chat.dismiss_hints(demo.KEY)
        await chat.press(chat.label("button-add-key"))
        await chat.press("Get-SMS")
        await chat.sees(chat.page.locator(".reply-bar"))
        await chat.say(demo.KEY)
        await chat.sees(chat.button(chat.label("button-buy")))

        await chat.go_to(group)
        await chat.say("/notify")
        await chat.sees(chat.message(chat.label("notify-sent")))
        await chat.go_to(user)
        await chat.press(chat.label("button-group-start"))
        await chat.sees(chat.message(chat.label("group-state-active")))

        await chat.say("/buy tg ph")
        await chat.press(re.compile(f"^{chat.label('button-confirm', price='').rstrip()}"))
        await chat.sees(chat.button(chat.label("button-copy-number")))
        order = sandbox.getsms.orders[-1]
        sandbox.getsms.deliver(order.id, f"Telegram code: {CODE}", CODE)
        await chat.sees(chat.button(chat.label("button-copy-code")))
        await chat.go_to(group)
        await chat.sees(chat.message(CODE))
        assert order.phone not in (await chat.message(CODE).inner_text()).replace(" ", "")
        await album.keep(chat.page, f"group-{language}")
        assert chat.complaints == []
