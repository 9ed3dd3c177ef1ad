"""A call instead of an SMS: who called is what can be read and copied."""

from bot.catalog import Catalog
from bot.domain.orders import State
from bot.domain.sms import Sms
from bot.i18n import Translator
from bot.telegram.screens.card import card
from bot.telegram.screens.code import code_message
from tests.screens import samples
from tests.screens.judge import judged

CALL = Sms("79995554433", is_call=True)


def test_a_call_is_a_message_like_a_code(t: Translator, catalog: Catalog) -> None:
    """The caller's number comes first and can be copied; the words say that it was a call."""
    view = samples.order_view(State.RECEIVED, CALL, voice=True)
    screen = code_message(CALL, view, t, catalog)
    text = judged(screen).text
    assert text.startswith("79995554433\n")
    assert t.plain("code-call") in text
    assert screen.rows[0][0].copy == "79995554433"


def test_a_card_tells_a_call_as_one(t: Translator, catalog: Catalog) -> None:
    """The card names the call, and neither a code nor an SMS."""
    screen = judged(card(samples.order_view(State.RECEIVED, CALL, voice=True), t, catalog))
    assert t.plain("card-called") in screen.text
    assert t.plain("state-received") not in screen.text
    assert t.plain("call-from", phone="79995554433") in screen.text.replace("<code>", "").replace(
        "</code>", ""
    )
