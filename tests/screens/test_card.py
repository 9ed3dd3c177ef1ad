"""Cards, codes and notices: what they say and which buttons they carry."""

from datetime import timedelta

import pytest

from bot.catalog import Catalog
from bot.domain.orders import Action, Candidate, State
from bot.domain.outbox import Notice
from bot.domain.sms import Sms
from bot.i18n import Translator
from bot.telegram.screens.card import card
from bot.telegram.screens.code import bare_code, code_message
from bot.telegram.screens.notices import order_notice
from bot.telegram.screens.screen import Screen, Style
from tests.screens import samples
from tests.screens.judge import judged

NASTY = "<b>Your</b> code & more: 12345"


def labels(screen: Screen) -> list[str]:
    """Return every label, in reading order."""
    return [button.text for row in screen.rows for button in row]


def test_a_waiting_card_in_english(en: Translator, catalog: Catalog) -> None:
    """The card has the number in monospace, the price, the account, the state, and exactly these buttons."""
    view = samples.order_view(actions=(Action.CANCEL, Action.BAN))
    screen = card(view, en, catalog)
    shown = judged(screen)
    assert "Telegram · 🇷🇺 Russia" in shown.text
    assert "₽12.50 · Get-SMS" in shown.text
    assert "Waiting for the SMS" in shown.text
    kinds = {entity["type"] for entity in shown.entities}
    assert {"code", "date_time", "bold"} <= kinds
    assert labels(screen) == ["Copy number", "Cancel", "Ban", "Buy another"]
    assert screen.rows[0][0].copy == "+79969817867"
    assert [button.style for button in screen.rows[1]] == [Style.DANGER, Style.DANGER]


def test_the_remaining_time_is_kept_by_the_client(t: Translator, catalog: Catalog) -> None:
    """The end of the order is a date_time entity with the order's own moment, in the relative format."""
    shown = judged(card(samples.order_view(), t, catalog))
    moment = next(entity for entity in shown.entities if entity["type"] == "date_time")
    assert moment["unix_time"] == int((samples.NOW + timedelta(minutes=15)).timestamp())
    assert moment["date_time_format"] == "r"


def test_a_card_shows_every_code(t: Translator, catalog: Catalog) -> None:
    """An order with two SMS shows both codes; the newest is the one to copy."""
    view = samples.order_view(
        State.RECEIVED, Sms("a 111", "111"), Sms("b 222", "222"), actions=(Action.RETRY,)
    )
    screen = card(view, t, catalog)
    assert "111" in judged(screen).text
    assert "222" in judged(screen).text
    copies = [button.copy for row in screen.rows for button in row if button.copy]
    assert copies == ["+79969817867", "222"]
    assert t.plain("button-retry") in labels(screen)


@pytest.mark.parametrize("state", [state for state in State if state is not State.UNCERTAIN])
def test_states_are_said_in_words(t: Translator, catalog: Catalog, state: State) -> None:
    """Every state has its words on the card."""
    assert t.plain(f"state-{state.value}") in judged(card(samples.order_view(state), t, catalog)).text


def test_a_failed_card_says_that_nothing_was_charged(t: Translator, catalog: Catalog) -> None:
    """A refused purchase tells why, in our words and the provider's own, and that no money was taken."""
    view = samples.order_view(
        State.FAILED, phone=None, expires_at=None, error="no-numbers", error_text="<no> numbers"
    )
    shown = judged(card(view, t, catalog))
    assert t.plain("failure-no-money") in shown.text
    assert t.plain("error-no-numbers", provider="Get-SMS") in shown.text
    assert "<no> numbers" in shown.text


def test_an_uncertain_card_is_honest(t: Translator, catalog: Catalog) -> None:
    """A lost answer is told with both balances and what to do; no button buys again."""
    view = samples.order_view(
        State.UNCERTAIN,
        phone=None,
        expires_at=None,
        error="outcome-unknown",
        balance_after=samples.roubles("87.50"),
    )
    screen = card(view, t, catalog)
    shown = judged(screen).text
    assert t.money(samples.roubles("100")) in shown
    assert t.money(samples.roubles("87.50")) in shown
    assert t.plain("uncertain-advice", provider="Get-SMS") in shown
    assert t.plain("failure-no-money") not in shown
    assert labels(screen) == [t.plain("button-site", provider="Get-SMS")]


@pytest.mark.parametrize("state", [State.UNCERTAIN, State.FAILED])
def test_a_members_uncertain_card_keeps_the_owners_affairs(
    t: Translator, catalog: Catalog, state: State
) -> None:
    """Where others read along it names neither the owner's balance nor any other number of theirs."""
    other = Candidate("77", "79961112233", "telegram", "RU", samples.roubles("12.50"), "12:00")
    view = samples.order_view(
        state,
        buyer_id=8,
        phone=None,
        expires_at=None,
        error="outcome-unknown",
        error_text="number 79961112233",
        balance_after=samples.roubles("87.50"),
        candidates=(other,),
    )
    shown = judged(card(view, t, catalog)).text
    assert t.money(samples.roubles("100")) not in shown
    assert t.money(samples.roubles("87.50")) not in shown
    assert "2233" not in shown.replace(" ", "")
    known = "uncertain-settled" if state is State.FAILED else "uncertain-advice"
    assert t.plain(known, provider="Get-SMS") in shown


def test_a_silent_provider_stands_on_the_card(t: Translator, catalog: Catalog) -> None:
    """While the provider does not answer, the card says since when."""
    shown = judged(card(samples.ugliest_order(), t, catalog))
    moments = [entity["unix_time"] for entity in shown.entities if entity["type"] == "date_time"]
    assert int((samples.NOW - timedelta(minutes=5)).timestamp()) in moments


def test_a_code_comes_first(t: Translator, catalog: Catalog) -> None:
    """The code is the first thing in its message, in monospace, with a button that copies it."""
    sms = Sms(NASTY, "12345", sender="Telegram")
    screen = code_message(sms, samples.order_view(State.RECEIVED, sms), t, catalog)
    shown = judged(screen)
    assert shown.text.startswith("12345\n")
    assert shown.entities[0] == {"type": "code", "offset": 0, "length": 5}
    assert [entity["type"] for entity in shown.entities].count("expandable_blockquote") == 1
    assert NASTY in shown.text
    assert [(button.text, button.copy) for row in screen.rows for button in row] == [
        (t.plain("button-copy-code"), "12345")
    ]


def test_an_sms_without_a_code_is_shown_itself(t: Translator, catalog: Catalog) -> None:
    """Where no code was found, the text comes first and there is nothing to copy."""
    sms = Sms("<b>Hello</b> & welcome, it is 2026", None)
    screen = code_message(sms, samples.order_view(State.RECEIVED, sms), t, catalog)
    assert judged(screen).text.startswith(sms.text)
    assert screen.rows == ()


def test_a_code_is_found_in_the_text(t: Translator, catalog: Catalog) -> None:
    """Where the provider names no code, the one in the text is shown and copied; its own word goes first."""
    sms = Sms(NASTY, None)
    view = samples.order_view(State.RECEIVED, sms)
    screen = code_message(sms, view, t, catalog)
    assert judged(screen).text.startswith("12345\n")
    assert screen.rows[0][0].copy == "12345"
    assert t.plain("card-code", code="12345") in judged(card(view, t, catalog)).text
    told = Sms(NASTY, "777")
    assert code_message(told, view, t, catalog).rows[0][0].copy == "777"


def test_a_text_that_is_its_code_is_not_repeated(t: Translator, catalog: Catalog) -> None:
    """Where the provider tells nothing but the code, there is no quotation of it."""
    sms = Sms("12345", "12345")
    shown = judged(code_message(sms, samples.order_view(State.RECEIVED, sms), t, catalog))
    assert shown.text.count("12345") == 1


def test_the_longest_sms_keeps_its_beginning(t: Translator, catalog: Catalog) -> None:
    """4,000 characters of markup are cut on characters, never inside an escape, and the cut is marked."""
    sms = Sms("<&>\"'" * 800, "12345")
    shown = judged(code_message(sms, samples.order_view(State.RECEIVED, sms), t, catalog)).text
    assert shown.endswith("…")
    assert "<&>\"'" * 600 in shown


def test_the_bare_code_is_only_the_code() -> None:
    """The last resort holds the code and nothing that could be refused."""
    assert judged(bare_code(Sms("your code: 1<2", "1<2"))).text == "1<2"
    assert bare_code(Sms("1", "1")).rows == ()


def test_an_expiry_offers_the_next_number(t: Translator, catalog: Catalog) -> None:
    """The notice of an expiry says that the money returns, and leads to the offers."""
    screen = order_notice(Notice.EXPIRED, samples.order_view(State.EXPIRED), t, catalog)
    assert t.plain("notice-expired") in judged(screen).text
    assert labels(screen) == [t.plain("button-buy-another")]
