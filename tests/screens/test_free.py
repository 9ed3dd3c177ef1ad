"""What costs nothing is called free, wherever a price stands."""

from bot.catalog import Catalog
from bot.domain.orders import State
from bot.i18n import Translator
from bot.telegram.screens.card import card
from bot.telegram.screens.offers import offer
from tests.screens import samples
from tests.screens.judge import judged


def test_a_free_number_is_called_free(t: Translator, catalog: Catalog) -> None:
    """The card says what the button said."""
    free = t.plain("price-free")
    view = samples.order_view(State.WAITING, price=samples.roubles("0"))
    assert f"{free} · Get-SMS" in judged(card(view, t, catalog)).text
    screen = offer(samples.offer_view(samples.offer(price="0")), t, catalog)
    assert free in judged(screen).text
    assert screen.rows[0][0].text == t.plain("button-confirm", price=free)
