"""Messages that the bot sends by itself, codes apart."""

from bot.catalog import Catalog
from bot.domain.outbox import Notice
from bot.domain.views import AccountView, OrderView
from bot.i18n import Translator
from bot.telegram.callbacks import ReplaceKey
from bot.telegram.screens.card import buy_another, doubt
from bot.telegram.screens.failures import reason, to_site
from bot.telegram.screens.screen import Button, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, goods, number


def order_notice(notice: Notice, view: OrderView, t: Translator, catalog: Catalog) -> Screen:
    """Draw a notice about an order: its time is over, or its purchase is in doubt, or no longer is."""
    order = view.order
    title = view.account.provider.title
    phone = number(order.phone, t) if order.phone else ""
    what = lines(goods(catalog, order.service, order.country, t), phone)
    if notice is Notice.EXPIRED:
        why = reason(order.error, order.error_text, t, title) if order.error else ""
        return Screen(paragraphs(what, t.t("notice-expired"), why), ((buy_another(order, t),),))
    if notice is Notice.SETTLED:
        return Screen(paragraphs(what, doubt(order, t, title)), ((buy_another(order, t),),))
    return Screen(paragraphs(what, doubt(order, t, title)), to_site(view.account.provider, t))


def account_notice(view: AccountView, t: Translator) -> Screen:
    """Draw the notice that a key is refused, with the way to replace it."""
    data = ReplaceKey(account_id=view.account.id)
    text = t.t("notice-key-rejected", account=account_name(view), provider=view.provider.title)
    return Screen(text, ((Button(t.plain("button-replace"), data, style=Style.PRIMARY),),))
