"""Until when an account is blocked: a moment where its zone is known, else the provider's own words."""

from datetime import timedelta

from bot.catalog import Catalog
from bot.domain.errors import Banned
from bot.domain.orders import State
from bot.i18n import Translator
from bot.telegram.screens.card import card
from bot.telegram.screens.failures import explain
from tests.screens import samples
from tests.screens.judge import judged

WORDS = "2026-01-15 13-30-00"


def test_words_without_a_zone_are_the_providers_clock(t: Translator, catalog: Catalog) -> None:
    """A time without a zone is quoted, and it is said by whose clock it is."""
    view = samples.order_view(State.FAILED, error="banned", error_text=WORDS)
    clock = t.plain("failure-clock", provider="Get-SMS")
    text = judged(card(view, t, catalog)).text
    assert f"{WORDS}\n{clock}" in text
    assert clock in explain(Banned("getsms", "buy", text=WORDS), t, "Get-SMS")


def test_a_moment_that_is_known_is_told(t: Translator, catalog: Catalog) -> None:
    """With its zone the end of the block is told as a moment, and no clock is named."""
    until = samples.NOW + timedelta(hours=1)
    view = samples.order_view(State.FAILED, error="banned", error_text="until tomorrow", error_until=until)
    text = judged(card(view, t, catalog)).text
    assert t.plain("failure-clock", provider="Get-SMS") not in text
    assert "13:00" in text
