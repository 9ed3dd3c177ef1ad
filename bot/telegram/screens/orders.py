"""Lists of orders: the open ones and the archive."""

from bot.catalog import Catalog
from bot.domain.orders import Order
from bot.domain.views import OrdersPage, OrderView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import ShowImports, ShowOrder, ShowOrders, ShowServices
from bot.telegram.rent_callbacks import ShowRentals
from bot.telegram.screens.card import code_of
from bot.telegram.screens.pages import turning
from bot.telegram.screens.screen import Button, Screen, Style, lines, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import code, goods, number, order_name


def orders(page: OrdersPage, t: Translator, catalog: Catalog) -> Screen:
    """Draw a page of orders: a paragraph and a button each, newest first."""
    title = t.t("orders-open") if page.is_open else t.t("orders-archive")
    told = [_entry(view, t, catalog) for view in page.orders]
    if not told:
        told = [t.t("orders-none-open") if page.is_open else t.t("orders-none-archived")]
    buttons = [_button(view.order, page, t, catalog) for view in page.orders]
    nav = turning(page.page, page.pages, lambda number: ShowOrders(is_open=page.is_open, page=number))
    other = Button(
        t.plain("button-archive") if page.is_open else t.plain("button-open-orders"),
        ShowOrders(is_open=not page.is_open),
    )
    rented = Button(t.plain("button-rentals"), ShowRentals(is_open=page.is_open))
    buy = Button(t.plain("button-buy"), ShowServices(), style=Style.PRIMARY)
    elsewhere = (Button(t.plain("button-imports"), ShowImports()),)
    imports = (elsewhere,) if page.is_open else ()
    rows = (*stacked(buttons), *nav, *imports, (other, rented), (*back(t), buy))
    return Screen(paragraphs(title, *told), rows)


def _entry(view: OrderView, t: Translator, catalog: Catalog) -> Html:
    order = view.order
    codes = [code(found) for sms in view.sms[-2:] if (found := code_of(sms))]
    if order.is_watched and order.expires_at is not None:
        when = t.t("card-ends", moment=t.date_time(order.expires_at, "r"))
    else:
        when = t.t("orders-since", moment=t.date_time(order.created_at, "dt"))
    return lines(
        goods(catalog, order.service, order.country, t),
        number(order.phone, t) if order.phone else "",
        Html.escape(t.plain(f"state-{order.state.value}")),
        Html(" · ").join(codes),
        when,
    )


def _button(order: Order, page: OrdersPage, t: Translator, catalog: Catalog) -> Button:
    data = ShowOrder(order_id=order.id, is_open=page.is_open, page=page.page)
    return Button(order_name(catalog, order, t), data)
