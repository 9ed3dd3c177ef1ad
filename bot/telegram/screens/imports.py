"""Numbers that were bought elsewhere with the same keys, to be watched here."""

from bot.catalog import Catalog
from bot.domain.views import ForeignOrder, ImportsView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import LAST_PAGE, Adopt, ShowImports, ShowOrders, fits
from bot.telegram.screens.failures import troubles
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, cut, goods, number

_A_PAGE = 5
_MOST_NAMES = 8
_LONGEST_ID = 24


def imports(view: ImportsView, page: int, t: Translator, catalog: Catalog) -> Screen:
    """Draw what could be watched, who could not be asked, and who cannot tell.

    Args:
        view: all of it.
        page: from 0.
        t: the reader's language.
        catalog: names.
    """
    orders = tuple(order for order in view.orders if fits(_adopt(order)))
    shown, page, pages = page_of(orders, page, _A_PAGE)
    told = [_entry(order, t, catalog) for order in shown]
    if not told:
        told = [t.t("imports-none") if view.asked else Html("")]
    names = ", ".join(account_name(account) for account in view.silent[:_MOST_NAMES])
    silent = t.t("imports-silent", accounts=names) if names else Html("")
    rows = tuple((_button(order, t),) for order in shown)
    nav = turning(page, pages, lambda place: ShowImports(page=min(place, LAST_PAGE)))
    back: Row = (
        Button(t.plain("button-back"), ShowOrders()),
        Button(t.plain("button-refresh"), ShowImports()),
    )
    text = paragraphs(t.t("imports-title"), *told, troubles(view.troubles, t), silent)
    return Screen(text, (*rows, *nav, back))


def _entry(order: ForeignOrder, t: Translator, catalog: Catalog) -> Html:
    sold = order.offer
    price = t.money(sold.price) if sold.price is not None else ""
    return lines(
        goods(catalog, sold.service, sold.country, t),
        number(order.phone, t) if order.phone else "",
        Html(" · ").join(part for part in (price, account_name(order.account)) if part),
    )


def _button(order: ForeignOrder, t: Translator) -> Button:
    tail = f"…{order.phone[-4:]}" if order.phone else cut(order.remote_id, _LONGEST_ID)
    return Button(t.plain("button-adopt", tail=tail), _adopt(order), style=Style.PRIMARY)


def _adopt(order: ForeignOrder) -> Adopt:
    return Adopt(account_id=order.account.account.id, remote_id=order.remote_id)
