"""Wishes and choices on the card: every state is drawn within Telegram's limits, in words of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.catalog import Catalog
from bot.domain.errors import (
    KeyRejected,
    Maintenance,
    Malformed,
    ProviderError,
    RateLimited,
    TooEarlyToCancel,
    Unreachable,
)
from bot.domain.orders import Action, Candidate, State, Wish
from bot.domain.outbox import Notice
from bot.i18n import Translator
from bot.telegram.callbacks import Act
from bot.telegram.screens.card import card
from bot.telegram.screens.notices import order_notice
from tests.screens import samples
from tests.screens.judge import judged

ERRORS: list[type[ProviderError] | None] = [
    None,
    KeyRejected,
    Maintenance,
    Malformed,
    RateLimited,
    TooEarlyToCancel,
    Unreachable,
]


def wish(error: type[ProviderError] | None = None, action: Action = Action.CANCEL, tries: int = 3) -> Wish:
    """Return a wish as it stands after some tries."""
    slug = None if error is None else error.slug
    words = "<b>no & no</b>" * 40
    return Wish(action, samples.NOW, tries, samples.NOW + timedelta(seconds=40), slug, words)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("action", [Action.CANCEL, Action.BAN, Action.FINISH])
def test_a_wish_is_told_and_can_be_taken_back(
    t: Translator, catalog: Catalog, action: Action, error: type[ProviderError] | None
) -> None:
    """The card names what is asked for, and how often it was; its one act is to keep the number."""
    state = State.RECEIVED if action is Action.FINISH else State.WAITING
    view = samples.order_view(state, actions=(Action.KEEP,), wish=wish(error, action))
    screen = card(view, t, catalog)
    told = judged(screen).text
    assert t.plain(f"wish-{action.value}") in told
    assert t.plain("wish-tries", count=3) in told
    acts = [button.data for row in screen.rows for button in row if isinstance(button.data, Act)]
    assert acts == [Act(order_id=view.order.id, action=Action.KEEP)]


def test_a_wish_of_the_setting_says_so(t: Translator, catalog: Catalog) -> None:
    """Who set an auto-cancel reads that this is it."""
    view = samples.order_view(wish=replace(wish(), is_auto=True))
    told = judged(card(view, t, catalog)).text
    assert t.plain("wish-auto") in told
    assert t.plain("wish-cancel") not in told


@pytest.mark.parametrize("notice", list(Notice)[: list(Notice).index(Notice.KEY_REJECTED)])
def test_every_notice_of_an_order_is_drawn(t: Translator, catalog: Catalog, notice: Notice) -> None:
    """Each is a message that Telegram takes, be the order as ugly as it can be."""
    many = tuple(
        Candidate(
            f"{number:020}", f"7996981{number:04}", "telegram", "RU", samples.roubles("12.50"), "<i>" * 30
        )
        for number in range(30)
    )
    view = samples.order_view(
        State.UNCERTAIN, candidates=many, error="outcome-unknown", error_text="<x>" * 99
    )
    told = judged(order_notice(notice, view, t, catalog)).text
    assert (t.plain("choose-question", count=6, provider="Get-SMS") in told) == (notice is Notice.CHOOSE)
