"""What can be done with a number that one has: use it again, hear who called, make it call."""

from collections.abc import Sequence

from bot.catalog import Catalog, Service
from bot.domain.deals import Deal, Tool
from bot.domain.reports import Outgoing
from bot.domain.views import OfferView, OrderView
from bot.i18n import Html, Translator, sound
from bot.telegram.callbacks import Ask, Confirm, ShowOrder, Step, UseAgain, UseFor, fits
from bot.telegram.screens.offers import price_line
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs, stacked
from bot.telegram.screens.words import account_name, code, cut, goods, number, price_of, service_name

_MOST_HITS = 6
_MOST_CALLS = 10
_LONGEST_SEARCH = 64
_LONGEST_WORD = 64


def again(view: OfferView, order: OrderView, t: Translator, catalog: Catalog) -> Screen:
    """Draw the confirm button for a number that one has, or had: its price comes first.

    Args:
        view: what the button buys.
        order: whose number it is.
        t: the reader's language.
        catalog: names.
    """
    sold = view.draft.offer
    price = price_of(sold.price, t)
    is_repeat = view.draft.deal is Deal.REPEAT
    phone = order.order.phone
    facts = (
        price_line(view, t),
        t.t("offer-account", account=account_name(view.account)),
        t.t("offer-minutes", count=view.account.provider.minutes),
    )
    confirm = Button(
        t.plain("button-confirm", price=price), Confirm(token=view.draft.token), style=Style.SUCCESS
    )
    what = lines(goods(catalog, sold.service, sold.country, t), number(phone, t) if phone else "")
    title = t.t("again-repeat") if is_repeat else t.t("again-additional")
    return Screen(paragraphs(title, what, lines(*facts)), ((confirm,), _to_order(order, t)))


def service_prompt(order: OrderView, t: Translator) -> Screen:
    """Ask for which other service the number is to be used."""
    phone = order.order.phone
    text = t.t("again-which-service", phone=number(phone, t) if phone else "")
    return Screen(text, asks=t.plain("again-service-placeholder"))


def services(
    text: str, found: Sequence[Service], order: OrderView, t: Translator, catalog: Catalog
) -> Screen:
    """Draw the services that an answer may mean.

    Args:
        text: the answer.
        found: best first.
        order: whose number is to be used.
        t: the reader's language.
        catalog: names.
    """
    id_ = order.order.id
    buttons = [
        Button(service_name(catalog, service.id, t), UseFor(order_id=id_, service=service.id))
        for service in found[:_MOST_HITS]
        if fits(UseFor(order_id=id_, service=service.id))
    ]
    again_ = Button(t.plain("button-try-again"), UseAgain(order_id=id_, deal=Deal.ADDITIONAL))
    wanted = cut(text, _LONGEST_SEARCH)
    title = t.t("search-found", text=wanted) if buttons else t.t("service-not-found", text=wanted)
    return Screen(title, (*stacked(buttons), (again_,), _to_order(order, t)))


def caller(phone: str, order: OrderView, t: Translator) -> Screen:
    """Draw who called."""
    ours = order.order.phone
    text = lines(t.t("call-from", phone=code(cut(phone, _LONGEST_WORD))), number(ours, t) if ours else "")
    return Screen(text, ((Button(t.plain("button-copy-number"), copy=sound(phone)),),))


def calls(order: OrderView, made: Sequence[Outgoing], t: Translator) -> Screen:
    """Draw the calls that a number has made, in the provider's words, with the way to another one."""
    id_ = order.order.id
    ours = order.order.phone
    told = [_call(one) for one in made[:_MOST_CALLS]]
    new = Button(
        t.plain("button-new-call"), Ask(order_id=id_, tool=Tool.CALL_OUT, step=Step.NEW), style=Style.PRIMARY
    )
    refresh = Button(t.plain("button-refresh"), Ask(order_id=id_, tool=Tool.CALL_OUT, step=Step.REFRESH))
    title = lines(t.t("calls-title"), number(ours, t) if ours else "")
    return Screen(paragraphs(title, lines(*told) or t.t("calls-none")), ((new, refresh),))


def call_prompt(order: OrderView, t: Translator) -> Screen:
    """Ask whom to call."""
    phone = order.order.phone
    text = t.t("call-prompt", phone=number(phone, t) if phone else "")
    return Screen(text, asks=t.plain("call-placeholder"))


def forward_prompt(order: OrderView, t: Translator) -> Screen:
    """Ask where to forward what comes to the number."""
    phone = order.order.phone
    text = t.t("forward-prompt", phone=number(phone, t) if phone else "")
    return Screen(text, asks=t.plain("call-placeholder"))


def forwarded(order: OrderView, t: Translator) -> Screen:
    """Say that what comes to the number is forwarded from now on."""
    phone = order.order.phone
    text = t.t("forward-set", phone=number(phone, t) if phone else "")
    return Screen(text, (_to_order(order, t),))


def _call(one: Outgoing) -> Html:
    parts = (one.at, one.phone, one.status)
    return Html(" · ").join(cut(sound(part), _LONGEST_WORD) for part in parts if part)


def _to_order(order: OrderView, t: Translator) -> Row:
    data = ShowOrder(order_id=order.order.id, is_open=order.order.is_open)
    return (Button(t.plain("button-back"), data),)
