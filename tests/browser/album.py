"""The pictures that the documents show: kept by the browser test when it is asked to."""

import os
from pathlib import Path

from playwright.async_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
KEEP = os.environ.get("KEEP_PICTURES") == "1"
# Toasts come and go, and a gradient makes a picture half as large again.
_AT_REST = """() => {
    for (const toast of document.querySelectorAll('.toast')) toast.remove();
    document.activeElement?.blur();
    const { style } = document.documentElement;
    style.setProperty('--chat', 'light-dark(#e0e6f1, #11171f)');
    style.setProperty('--page', 'light-dark(#edf0f2, #0f141a)');
}"""


async def keep(page: Page, name: str) -> None:
    """Write ``docs/images/<name>.png`` of what the page shows now; only with ``KEEP_PICTURES=1``."""
    if not KEEP:
        return
    await page.evaluate(_AT_REST)
    await page.mouse.move(0, 0)
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
