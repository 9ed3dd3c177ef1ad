"""A newcomer's first minutes in the web chat, in a real browser and in every language."""

import re

import pytest
from playwright.async_api import Browser

from bot.i18n import LANGUAGES
from sandbox import demo
from tests.browser import album
from tests.browser.page import DESKTOP, Chat
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

FIRST, SECOND = "48213", "90417"
SMS = {
    "en": "Telegram code: {code}. Do not give it to anyone, even if they say they are from Telegram!",
    "ru": "Код Telegram: {code}. Не давайте код никому, даже если его требуют от имени Telegram!",
    "tr": "Telegram kodu: {code}. Telegram adına istense bile bu kodu kimseyle paylaşmayın!",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_start_to_the_second_code(browser: Browser, sandbox: Stage, language: str) -> None:
    """Start, key, search, number, code, another SMS, second code; the console stays clean."""
    async with Chat(browser, sandbox.url, sandbox.people[language], language) as chat:
        await chat.start()
        await chat.sees(chat.button(chat.label("button-add-key")))
        await chat.dismiss_hints(demo.KEY)
        await album.keep(chat.page, f"start-{language}")
        await _add_key(chat)
        await _buy(chat, language)

        await chat.send_sms(SMS[language].format(code=FIRST))
        await _is_told(chat, FIRST)
        await chat.sees(chat.button(chat.label("button-retry")))
        await album.keep(chat.page, f"code-{language}")
        if language == "en":
            await _elsewhere(browser, sandbox, language)

        await chat.press(chat.label("button-retry"))
        await chat.sees(chat.message(chat.label("state-waiting_again")))
        await chat.send_sms(SMS[language].format(code=SECOND))
        await _is_told(chat, SECOND)
        assert chat.complaints == []
    assert [len(order.sms) for order in sandbox.getsms.orders] == [2]


async def _add_key(chat: Chat) -> None:
    await chat.press(chat.label("button-add-key"))
    if await chat.button("Get-SMS").count():  # there is a choice of providers
        await chat.press("Get-SMS")
    await chat.sees(chat.page.locator(".reply-bar"))
    await chat.say(demo.KEY)
    await chat.sees(chat.button(chat.label("button-buy")))
    await chat.misses(chat.message(demo.KEY))


async def _buy(chat: Chat, language: str) -> None:
    await chat.say("telegram")
    cheapest = chat.page.get_by_test_id("button").filter(has_text="₽").first
    await chat.sees(cheapest)
    await album.keep(chat.page, f"offers-{language}")
    await cheapest.click()
    await chat.press(re.compile(f"^{chat.label('button-confirm', price='').rstrip()}"))
    copy = chat.button(chat.label("button-copy-number"))
    await chat.sees(copy)
    await chat.sees(chat.page.get_by_text(re.compile(r"(^|\s)14\s")).last)  # a second later: 14 minutes left
    await album.keep(chat.page, f"card-{language}")
    await copy.click()
    assert re.fullmatch(r"\+\d{10,13}", await chat.clipboard())


async def _is_told(chat: Chat, code: str) -> None:
    """The code stands in a message of its own, in monospace, and its button copies it."""
    told = chat.page.get_by_test_id("message").filter(has=chat.page.locator(".quoted-line"))
    message = told.filter(has_text=code).last
    await chat.sees(message.locator("code", has_text=code).first)
    await message.get_by_test_id("button").filter(has_text=chat.label("button-copy-code")).click()
    assert await chat.clipboard() == code


async def _elsewhere(browser: Browser, sandbox: Stage, language: str) -> None:
    """The same chat shows on a desktop with the panel beside it, and in dark colours."""
    user = sandbox.people[language]
    for name, size, dark in (("desktop", DESKTOP, False), ("dark", (390, 844), True)):
        async with Chat(browser, sandbox.url, user, language, size, dark=dark) as chat:
            await chat.sees(chat.message(FIRST))
            panel = chat.page.get_by_test_id("order").first
            await (chat.sees(panel) if size == DESKTOP else chat.misses(panel))
            await album.keep(chat.page, f"{name}-{language}")
            assert chat.complaints == []
