"""The message that a call becomes: who called, for that is what the service asks for."""

from bot.catalog import Catalog
from bot.domain.sms import Sms
from bot.domain.views import OrderView
from bot.i18n import Html, Translator
from bot.telegram.screens.screen import Button, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, code, cut, goods, number

_LONGEST_CALLER = 64


def call_message(call: Sms, view: OrderView, t: Translator, catalog: Catalog) -> Screen:
    """Draw a call: the number that has called first, to be read on a locked screen."""
    order, caller = view.order, cut(call.text.strip(), _LONGEST_CALLER)
    account = Html.escape(account_name(view.account))
    paid = number(order.phone, t) + Html(" · ") + account if order.phone else account
    about = lines(goods(catalog, order.service, order.country, t), paid)
    copy = Button(t.plain("button-copy-number"), copy=caller, style=Style.SUCCESS)
    return Screen(paragraphs(code(caller), t.t("code-call"), about), ((copy,),))
