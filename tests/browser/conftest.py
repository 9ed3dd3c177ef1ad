"""A browser and a sandbox to open in it."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.stage import Stage, stage

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; without one the test is skipped, or fails where REQUIRE_BROWSER=1 asks for it."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    missing = f"no browser: none of {', '.join(_NAMES)} is installed (on Debian: apt install chromium)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """Debian's chromium, without a window."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        try:
            yield running
        finally:
            await running.close()


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo with the bot under it."""
    async with stage(tmp_path) as opened:
        yield opened
