"""The advice about a late code: what fits the provider, and only what can be done."""

from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.orders import Action
from bot.i18n import Translator
from bot.telegram.history_callbacks import AskWhy
from bot.telegram.screens.card import card
from bot.telegram.screens.why import why
from tests.screens import samples
from tests.screens.judge import judged

READY = (Action.READY, Action.CANCEL, Action.BAN)


def test_advice_fits_what_can_be_done(t: Translator, catalog: Catalog) -> None:
    """*SMS sent* is spoken of only where the provider waits for it; each step has its button."""
    view = samples.order_view()
    told = {
        is_first: why(replace(view, actions=READY, ready_first=is_first), t, catalog)
        for is_first in (True, False)
    }
    for is_first, screen in told.items():
        judged(screen)
        title = view.account.provider.title
        assert (t.t("why-ready", provider=title) in screen.text) is is_first
    labels = [button.text for row in told[True].rows for button in row]
    wanted = ("button-ready", "button-take-next", "button-cancel")
    assert {t.plain(one) for one in wanted} <= {*labels}
    nothing = why(replace(view, actions=()), t, catalog)
    assert t.plain("button-take-next") not in [button.text for row in nothing.rows for button in row]


def test_the_card_asks_only_when_it_is_late(t: Translator, catalog: Catalog) -> None:
    """The question stands on a card that has waited for long, and on no other."""
    for is_slow in (True, False):
        screen = card(replace(samples.order_view(), is_slow=is_slow), t, catalog)
        judged(screen)
        asks = any(isinstance(button.data, AskWhy) for row in screen.rows for button in row)
        assert asks is is_slow
