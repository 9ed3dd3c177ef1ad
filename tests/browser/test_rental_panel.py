"""The panel plays a house that rents numbers out, in a real browser, on a narrow phone and on a desktop."""

from datetime import timedelta

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, expect

from bot.i18n import LANGUAGES
from sandbox import demo
from sandbox.app import build_app, serve
from tests.browser.page import DESKTOP, Chat
from tests.browser.stage import MorningClock

pytestmark = pytest.mark.browser

NARROW = (360, 780)
WANTED = {"apikey": demo.KEY, "service": "opt29", "country": "RU", "dtype": "week", "dcount": "2"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["phone", "desktop"])
async def test_a_rental_is_played(browser: Browser, language: str, size: tuple[int, int]) -> None:
    """It wakes, takes an SMS, comes near its end and is over; nothing is cut off, the console stays clean."""
    clock = MorningClock()
    telegram, smspva = demo.telegram(clock), demo.smspva(clock)
    user = next(one.id for one in telegram.world.users.values() if one.language_code == language)
    async with (
        serve(build_app(telegram, [smspva]), "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/smspva/api/rent.php", params={"method": "create", **WANTED}) as rented,
        Chat(browser, url, user, language, size) as chat,
    ):
        assert (await rented.json())["status"] == 1
        if size == NARROW:
            await chat.page.get_by_test_id("panel-toggle").click()
        rental = chat.page.get_by_test_id("rentals").get_by_test_id("order")
        await expect(rental.locator(".state.asleep")).to_be_visible()
        await rental.get_by_test_id("deed-wake").click()
        await expect(rental.locator(".state.awake")).to_be_visible()
        await rental.get_by_test_id("send-sms").click()
        await expect(rental.locator(".inbox li")).to_have_count(1)
        await rental.get_by_test_id("deed-day-left").click()
        await expect(rental.get_by_test_id("deed-day-left")).to_have_count(0)
        (rent,) = smspva.orders
        assert rent.until - clock.now() <= timedelta(days=1)
        await _nothing_is_cut_off(rental)
        await rental.get_by_test_id("expire").click()
        await expect(rental.locator(".state.over")).to_be_visible()
        await expect(rental.get_by_role("button")).to_have_count(1)  # the number, to copy
        assert chat.complaints == []
    assert len(rent.sms) == 1


async def _nothing_is_cut_off(row: Locator) -> None:
    """No part of a row is wider than the row."""
    wider = (
        "row => [...row.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > innerWidth)"
    )
    assert await row.evaluate(f"row => ({wider})(row).length") == 0
