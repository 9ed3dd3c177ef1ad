"""Messages that the bot sends by itself, codes apart."""

from bot.catalog import Catalog
from bot.domain.outbox import Notice
from bot.domain.views import AccountView, OrderView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import ReplaceKey, ShowOrder
from bot.telegram.group_callbacks import StopBuyer
from bot.telegram.screens.candidates import candidates, choosing
from bot.telegram.screens.card import buy_another, doubt
from bot.telegram.screens.failures import reason, to_site
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, goods, number


def order_notice(notice: Notice, view: OrderView, t: Translator, catalog: Catalog) -> Screen:
    """Draw a notice about an order: how it ended, what became of a wish, what is known of its purchase."""
    order = view.order
    title = view.account.provider.title
    phone = number(order.phone, t) if order.phone else ""
    why = reason(order.error, order.error_text, t, title, order.error_until) if order.error else Html("")
    site, again = to_site(view.account.provider, t), ((buy_another(order, t),),)
    ways: tuple[Row, ...]
    match notice:
        case Notice.EXPIRED:
            told, ways = paragraphs(t.t("notice-expired"), why), again
        case Notice.CLOSED:
            told, ways = paragraphs(t.t("notice-closed", provider=title), why), (*site, *again)
        case Notice.GIVEN_BACK:
            told, ways = t.t("notice-given-back", provider=title), again
        case Notice.AUTO_CANCELED:
            told, ways = t.t("notice-auto-canceled"), again
        case Notice.KEPT:
            told, ways = paragraphs(t.t("notice-kept", provider=title), why), ()
        case Notice.GROUP_BOUGHT:
            stop = Button(t.plain("button-group-stop-buyer"), StopBuyer(order_id=order.id))
            show = Button(t.plain("button-group-show-order"), ShowOrder(order_id=order.id))
            price = t.money(order.price) if order.price else t.plain("price-untold")
            told, ways = t.t("notice-group-bought", price=price), ((show,), (stop,))
        case Notice.CODE_FIRST:
            told, ways = t.t("error-sms-came-first"), ()
        case Notice.SETTLED:
            told, ways = doubt(order, t, title), again
        case Notice.CHOOSE:
            told = paragraphs(doubt(order, t, title), candidates(view, t, catalog))
            ways = (*choosing(order, t), *site)
        case _:
            told, ways = doubt(order, t, title), site
    return Screen(paragraphs(lines(goods(catalog, order.service, order.country, t), phone), told), ways)


def account_notice(notice: Notice, view: AccountView, t: Translator) -> Screen:
    """Draw the notice that a key is refused, or cannot be opened any more, with the way to replace it."""
    data = ReplaceKey(account_id=view.account.id)
    text = t.t(
        "notice-key-unreadable" if notice is Notice.KEY_UNREADABLE else "notice-key-rejected",
        account=account_name(view),
        provider=view.provider.title,
    )
    return Screen(text, ((Button(t.plain("button-replace"), data, style=Style.PRIMARY),),))
