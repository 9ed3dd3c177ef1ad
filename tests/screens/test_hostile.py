"""Hostile text in every place that others fill: it is shown as text, fits, and steers nothing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog import Catalog
from bot.domain import errors
from bot.domain.errors import ProviderError
from bot.domain.orders import Action, State
from bot.domain.outbox import Notice
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.domain.views import AccountView, OrdersPage, OrderView, ProviderFacts
from bot.i18n import Translator
from bot.telegram.callbacks import AddHost, AddKey, ShowOrders
from bot.telegram.screens import balance, buy, card, code, failures, hosts, keys, notices, offers, orders
from bot.telegram.screens.screen import Screen
from tests.screens import samples
from tests.screens.judge import taken

LIMIT = 4096
"""UTF-16 units of a message's text, entities parsed; the stricter of the ways to read "characters"."""

STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Bidirectional controls that reach beyond their place: a name could turn round the price beside it."""

PIECES = [
    "<b>",
    "</code>",
    "&",
    "&amp;",
    '"',
    "'",
    "\u200f",
    "\u202e",
    "\x00",
    "\ud800",
    "😀",
    "é",
    "\n",
    "a",
]
HOSTILE = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.sampled_from([1, 300, 4097])),
)


def every_screen(text: str, t: Translator, catalog: Catalog) -> dict[str, Screen]:
    """Return the screens with this text wherever somebody else's words may stand."""
    # Of the lengths that are taken: a title is configured, a label cut when it is written.
    provider = ProviderFacts("getsms", text[:40], "https://get-sms.com", 15)
    account = AccountView(
        Account(1, 7, "getsms", text[:64], text[-4:], rejected=True, created_at=samples.NOW), provider
    )
    sms = Sms(text, text, sender=text)
    view = OrderView(
        samples.order(State.RECEIVED, operator=text, error="key-rejected", error_text=text),
        account,
        (sms, replace(sms, code=None)) * 5,
        tuple(Action),
        (),
        (),
        samples.NOW,
    )
    error = errors.KeyRejected("getsms", "buy", text, text)
    offer = replace(samples.offer(), operator=text)
    shown = {
        "card": card.card(view, t, catalog, ShowOrders()),
        "doubtful card": card.card(
            replace(view, order=samples.order(State.UNCERTAIN, error_text=text)), t, catalog
        ),
        "code": code.code_message(sms, view, t, catalog),
        "codeless": code.code_message(replace(sms, code=None), view, t, catalog),
        "orders": orders.orders(OrdersPage((view,) * 8, 1, 1, is_open=True, total=8), t, catalog),
        "failed": failures.failed(error, t, provider),
        "balances": balance.balances((account,) * 9, {1: samples.no_balance(account)}, t, is_done=True),
        "asking": balance.balances((account,) * 9, {}, t, is_done=False),
        "keys": keys.key_list((account,) * 9, 0, t),
        "one key": keys.one_key(account, t, samples.no_balance(account)),
        "removal": keys.removal(account, t),
        "renamed": keys.renamed(account, t),
        "refused": keys.refused(error, provider, AddKey(provider="getsms"), t, deleted=False),
        "not added": hosts.not_added(error, provider, AddHost(), t),
        "providers": keys.provider_choice((provider,) * 9, 0, t),
        "hits": buy.hits(text, [], [], t, catalog),
        "offers": offers.offers(
            samples.offers_view(offer, error=error), 0, (samples.countries_view([]).choices), t, catalog
        ),
        "offer": offers.offer(samples.offer_view(offer, account), t, catalog),
    }
    for notice in (Notice.EXPIRED, Notice.UNCERTAIN, Notice.SETTLED):
        shown[f"notice {notice}"] = notices.order_notice(notice, view, t, catalog)
    for notice in (Notice.KEY_REJECTED, Notice.KEY_UNREADABLE):
        shown[f"notice {notice}"] = notices.account_notice(notice, account, t)
    if any(sign.isprintable() and sign not in "\ud800 " for sign in text):
        shown["bare code"] = code.bare_code(sms)
    return shown


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_hostile_text_is_only_text(en: Translator, catalog: Catalog, text: str) -> None:
    """Telegram takes every screen, its own markup is all there is, and no mark turns the line round."""
    plain = every_screen("plain", en, catalog)
    for name, screen in every_screen(text, en, catalog).items():
        told = taken(screen)
        assert len(told.text.encode("utf-16-le")) // 2 <= LIMIT, name
        ours = {one["type"] for one in taken(plain[name]).entities}
        assert {one["type"] for one in told.entities} <= ours | {"expandable_blockquote", "code"}, name
        assert not set(STEERING + "\x00") & set(told.text), name
        for row in screen.rows:
            for button in row:
                assert not set(STEERING + "\x00") & set(button.markup().text), name


@pytest.mark.parametrize("piece", ["😀", "<", "&", "é", "א\u202e"])
def test_a_long_sms_is_cut_to_what_telegram_counts(en: Translator, catalog: Catalog, piece: str) -> None:
    """A text of 5,000 signs beyond the basic plane counts twice; it is cut, told as cut, and arrives."""
    view = samples.order_view(State.RECEIVED)
    for sms in (Sms(piece * 5000, "12345"), Sms(piece * 5000, None)):
        told = taken(code.code_message(sms, view, en, catalog))
        assert len(told.text.encode("utf-16-le")) // 2 <= LIMIT
        assert "…" in told.text
        bare = taken(code.bare_code(replace(sms, code=None)))
        assert len(bare.text.encode("utf-16-le")) // 2 <= LIMIT


@pytest.mark.parametrize("text", ["😀" * 150, "a" * 201, "\u202e" * 300])
def test_a_box_is_counted_as_telegram_counts(en: Translator, text: str) -> None:
    """An explanation that a box would not hold goes into a message instead."""
    error = ProviderError("getsms", "buy", "1", text)
    error.__class__ = errors.Refused
    told = failures.box(error, en, "Get-SMS")
    assert told is None or len(told.encode("utf-16-le")) // 2 <= 200
