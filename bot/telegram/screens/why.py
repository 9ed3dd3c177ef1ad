"""Why there is no code yet: what usually helps at this provider, with the next step one tap away."""

from bot.catalog import Catalog
from bot.domain.orders import Action
from bot.domain.views import OrderView
from bot.i18n import Translator
from bot.telegram.callbacks import Act
from bot.telegram.history_callbacks import TakeNext
from bot.telegram.screens.card import buy_another, copy_number
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import goods, number, service_name


def why(view: OrderView, t: Translator, catalog: Catalog) -> Screen:
    """Draw what to look at while an SMS does not come, the likeliest first."""
    order, title = view.order, view.account.provider.title
    must_tell = view.ready_first and Action.READY in view.actions
    told = paragraphs(
        lines(t.t("why-title"), goods(catalog, order.service, order.country, t)),
        number(order.phone, t) if order.phone else "",
        t.t("why-ready", provider=title) if must_tell else "",
        t.t("why-requested"),
        t.t("why-app", service=service_name(catalog, order.service, t)),
        t.t("why-dead"),
        t.t("why-money"),
    )
    ready = Button(t.plain("button-ready"), Act(order_id=order.id, action=Action.READY), style=Style.PRIMARY)
    again = Button(t.plain("button-retry"), Act(order_id=order.id, action=Action.RETRY), style=Style.PRIMARY)
    next_ = Button(t.plain("button-take-next"), TakeNext(order_id=order.id), style=Style.DANGER)
    cancel = Button(
        t.plain("button-cancel"), Act(order_id=order.id, action=Action.CANCEL), style=Style.DANGER
    )
    copied = copy_number(order, t)
    rows: list[Row] = [(copied,)] if copied else []
    rows += [(ready,)] if Action.READY in view.actions else []
    rows += [(again,)] if Action.RETRY in view.actions else []
    rows += [(next_,)] if {Action.BAN, Action.CANCEL} & {*view.actions} else []
    rows += [(cancel,)] if Action.CANCEL in view.actions else []
    rows += [] if order.is_open else [(buy_another(order, t),)]
    return Screen(told, tuple(rows))
