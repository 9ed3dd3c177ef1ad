"""The card: one order, its number, its codes, and what can be done with it."""

from bot.catalog import Catalog
from bot.domain.codes import find_code
from bot.domain.deals import Deal, Tool
from bot.domain.orders import Action, Order, State
from bot.domain.sms import Sms
from bot.domain.views import OrderView
from bot.i18n import Html, Translator, sound
from bot.telegram.callbacks import Act, Ask, BuyAnother, Raise, ShowOrders, UseAgain
from bot.telegram.finding_callbacks import BuyAgain
from bot.telegram.history_callbacks import AskWhy
from bot.telegram.screens.candidates import candidates, choosing
from bot.telegram.screens.failures import reason, to_site
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.wish import keeping, wish
from bot.telegram.screens.words import account_name, bold, code, cut, goods, number, price_of

_LONGEST_CODE = 64
_LONGEST_TEXT = 120
_MOST_SMS = 10
_LOST = "outcome-unknown"
_NO_MONEY = "low-balance"


def code_of(sms: Sms) -> str | None:
    """Return the code of an SMS as it is shown and copied; None where none was found, or nothing like one.

    The provider's word goes before what the text looks like.
    """
    told = sms.code or ("" if sms.is_call else find_code(sms.text))
    found = sound(told or "").strip()
    return found if 0 < len(found) <= _LONGEST_CODE else None


def card(view: OrderView, t: Translator, catalog: Catalog, back: ShowOrders | None = None) -> Screen:
    """Draw an order.

    Args:
        view: the order and all around it.
        t: the reader's language.
        catalog: names.
        back: the list that it was opened from, where it was opened from one.
    """
    order = view.order
    head = lines(
        goods(catalog, order.service, order.country, t),
        number(order.phone, t) if order.phone else "",
        _price(view, t),
    )
    is_shared = view.order.buyer_id is not None and back is None
    rows = list(_shared_rows(view, t) if is_shared else _rows(view, t))
    if back is not None:
        rows.append((Button(t.plain("button-back"), back),))
    asked = Html("") if is_shared else candidates(view, t, catalog)
    standing = _standing(view, t, is_shared=is_shared)
    return Screen(paragraphs(head, _codes(view, t), standing, asked), tuple(rows))


def doubt(order: Order, t: Translator, title: str, *, is_shared: bool = False) -> Html:
    """Return what is known of a purchase whose answer was lost: said honestly, with what to do.

    Args:
        order: the purchase.
        t: the reader's language.
        title: the provider's name.
        is_shared: whether others read it: then without what its owner holds, and without the provider's own
            words, which may name another number of the owner's.
    """
    if is_shared:
        if order.state is State.FAILED:
            return t.t("uncertain-settled", provider=title)
        return paragraphs(reason(_LOST, None, t, title), t.t("uncertain-advice", provider=title))
    if order.state is State.FAILED:
        return paragraphs(t.t("uncertain-settled", provider=title), _money(order, t))
    what = reason(_LOST, order.error_text, t, title)
    return paragraphs(what, _money(order, t), t.t("uncertain-advice", provider=title))


def copy_number(order: Order, t: Translator) -> Button | None:
    """Return the button that copies the number, plus included; None while there is no number."""
    return Button(t.plain("button-copy-number"), copy=f"+{order.phone}") if order.phone else None


def buy_another(order: Order, t: Translator) -> Button:
    """Return the button that shows the offers again, in a new message."""
    return Button(t.plain("button-buy-another"), BuyAnother(service=order.service, country=order.country))


def buy_again(order: Order, t: Translator) -> Row:
    """Return the button that buys the same again in one tap; none where something has to be asked first."""
    if not order.is_repeatable or order.price is None:
        return ()
    return (Button(t.plain("button-again", price=t.money(order.price)), BuyAgain(order_id=order.id)),)


def _price(view: OrderView, t: Translator) -> Html:
    """Return what the number costs, whose word that is, and who pays."""
    price, account = view.order.price, account_name(view.account)
    highest = view.order.highest
    if highest is not None and price is None:
        return t.t("card-at-most", highest=t.money(highest), account=account)
    if highest is not None and price is not None and view.order.remote_id is None:
        return t.t("card-price-at-most", price=t.money(price), highest=t.money(highest), account=account)
    if price is None:
        return t.t("card-unpriced", account=account)
    if view.order.is_worked_out:
        return t.t("card-worked-out", price=t.money(price), account=account)
    return t.t("card-price", price=price_of(price, t), account=account)


def _money(order: Order, t: Translator) -> Html:
    if order.balance_before is None:
        return Html("")
    before = t.money(order.balance_before)
    if order.balance_after is None:
        return t.t("uncertain-before", before=before)
    return t.t("uncertain-balances", before=before, after=t.money(order.balance_after))


def _codes(view: OrderView, t: Translator) -> Html:
    told = []
    for sms in view.sms[-_MOST_SMS:]:
        if sms.is_call:
            told.append(t.t("call-from", phone=code(cut(sms.text, _LONGEST_CODE))))
            continue
        found = code_of(sms)
        shown = code(found) if found else code(cut(sms.text.strip(), _LONGEST_TEXT))
        told.append(t.t("card-code", code=shown))
    return lines(*told)


def _standing(view: OrderView, t: Translator, *, is_shared: bool) -> Html:
    """Return how the order stands, in words."""
    order = view.order
    title = view.account.provider.title
    if order.state is State.UNCERTAIN or (order.state is State.FAILED and order.error == _LOST):
        return doubt(order, t, title, is_shared=is_shared)
    called = order.state is State.RECEIVED and view.sms and view.sms[-1].is_call
    told = [bold(t.plain("card-called") if called else t.plain(f"state-{order.state.value}"))]
    if order.state is State.FAILED:
        told.append(t.t("failure-no-money"))
    told.append(wish(view, t))
    if order.error and (order.is_watched or not order.is_open):
        told.append(reason(order.error, order.error_text, t, title, order.error_until))
    told.append(_ready(view, t))
    if order.is_watched and (order.voice or order.forward):
        told.append(t.t("choice-voice") if order.voice else t.t("choice-forward"))
    if order.is_watched and order.expires_at is not None:
        told.append(t.t("card-ends", moment=t.date_time(order.expires_at, "r")))
    if view.silent_since is not None:
        told.append(t.t("card-silent", provider=title, moment=t.date_time(view.silent_since, "r")))
    if view.account.account.rejected and order.is_watched:
        told.append(t.t("card-key-rejected", account=account_name(view.account)))
    return lines(*told)


def _ready(view: OrderView, t: Translator) -> Html:
    """Return who is to do what before an SMS can come, if anybody."""
    order = view.order
    if order.is_watched and order.phone is None:
        return t.t("card-number-coming")
    if view.ready_first and Action.READY in view.actions:
        return t.t("card-ready-first", provider=view.account.provider.title)
    return t.t("card-ready") if order.is_ready and order.state is State.WAITING else Html("")


def _rows(view: OrderView, t: Translator) -> tuple[Row, ...]:
    order = view.order
    copies = [button for button in (copy_number(order, t), _copy_code(view, t)) if button]
    labels = {Action.CANCEL: t.plain("button-cancel"), Action.BAN: t.plain("button-ban")}
    giving_back = [
        Button(label, Act(order_id=order.id, action=action), style=Style.DANGER)
        for action, label in labels.items()
        if action in view.actions
    ]
    rows: list[Row] = [tuple(copies)] if copies and order.state is not State.PLACING else []
    if order.state is State.FAILED and order.minimum is not None:
        label = t.plain("button-raise", price=t.money(order.minimum))
        rows.append((Button(label, Raise(order_id=order.id), style=Style.PRIMARY),))
    rows += choosing(order, t)
    asking_why = (Button(t.plain("button-why"), AskWhy(order_id=order.id)),) if view.is_slow else ()
    ways = (
        _going_on(view, t),
        asking_why,
        tuple(giving_back),
        keeping(order, t),
        _asking(view, t),
        _again(view, t),
    )
    rows += [row for row in ways if row]
    if order.error == _NO_MONEY or order.state in {State.UNCERTAIN, State.CLOSED}:
        rows += to_site(view.account.provider, t)
    if order.state not in {State.PLACING, State.UNCERTAIN}:
        rows.append((*buy_again(order, t), buy_another(order, t)))
    return tuple(rows)


def _shared_rows(view: OrderView, t: Translator) -> tuple[Row, ...]:
    """Return what who bought with somebody else's money may do, where everybody looks on."""
    order = view.order
    copies = tuple(button for button in (copy_number(order, t), _copy_code(view, t)) if button)
    cancel = Button(t.plain("button-cancel"), Act(order_id=order.id, action=Action.CANCEL))
    rows = (
        copies if order.state is not State.PLACING else (),
        _going_on(view, t),
        (cancel,) if Action.CANCEL in view.actions else (),
        keeping(order, t),
        (buy_another(order, t),) if order.state not in {State.PLACING, State.UNCERTAIN} else (),
    )
    return tuple(row for row in rows if row)


def _going_on(view: OrderView, t: Translator) -> Row:
    """Return what leads to the code, or on from it."""
    labels = {
        Action.READY: (t.plain("button-ready"), Style.PRIMARY),
        Action.RETRY: (t.plain("button-retry"), Style.PRIMARY),
        Action.FINISH: (t.plain("button-finish"), Style.SUCCESS),
    }
    return tuple(
        Button(label, Act(order_id=view.order.id, action=action), style=style)
        for action, (label, style) in labels.items()
        if action in view.actions
    )


def _asking(view: OrderView, t: Translator) -> Row:
    """Return what can be asked of a number that takes calls."""
    labels = {Tool.CALL_STATUS: t.plain("button-who-called"), Tool.CALL_OUT: t.plain("button-call")}
    return tuple(
        Button(label, Ask(order_id=view.order.id, tool=tool))
        for tool, label in labels.items()
        if tool in view.tools
    )


def _again(view: OrderView, t: Translator) -> Row:
    """Return the ways to use the same number again."""
    labels = {Deal.REPEAT: t.plain("button-repeat"), Deal.ADDITIONAL: t.plain("button-additional")}
    return tuple(
        Button(label, UseAgain(order_id=view.order.id, deal=deal))
        for deal, label in labels.items()
        if deal in view.deals
    )


def _copy_code(view: OrderView, t: Translator) -> Button | None:
    """Return the button that copies the newest code."""
    codes = [found for sms in view.sms if (found := code_of(sms))]
    return Button(t.plain("button-copy-code"), copy=codes[-1], style=Style.SUCCESS) if codes else None
