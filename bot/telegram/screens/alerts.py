"""What a person is told without asking: the list of it, one thing of it, and the messages themselves."""

from collections.abc import Sequence
from decimal import Decimal

from bot.catalog import Catalog
from bot.domain.alerts import MOST_ALERTS, AlertView, Floor
from bot.domain.finding import Goods
from bot.domain.money import Money
from bot.i18n import Html, Translator
from bot.telegram.alert_callbacks import (
    AddAlert,
    AskAlertPrice,
    AskLowBalance,
    RemoveAlert,
    SetLowBalance,
    ShowAlert,
    ShowAlerts,
    ShowLowBalance,
)
from bot.telegram.callbacks import BuyAnother, ShowKey, ShowOffers, ShowServices, fits
from bot.telegram.screens.amounts import amounts
from bot.telegram.screens.failures import to_site
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import account_name, cut, goods, service_name, stock

_A_PAGE = 5
_LONGEST_LABEL = 38


def alert_list(found: Sequence[AlertView], page: int, t: Translator, catalog: Catalog) -> Screen:
    """Draw all that a person looks out for."""
    if not found:
        services = (Button(t.plain("button-buy"), ShowServices(), style=Style.PRIMARY),)
        return Screen(paragraphs(t.t("watch-title"), t.t("watch-none")), (services, back(t)))
    shown, page, pages = page_of(found, page, _A_PAGE)
    rows = stacked(Button(_label(one, t, catalog), ShowAlert(alert_id=one.alert.id)) for one in shown)
    nav = turning(page, pages, lambda number: ShowAlerts(page=number))
    return Screen(paragraphs(t.t("watch-title"), t.t("watch-how")), (*rows, *nav, back(t)))


def added(found: Sequence[AlertView], t: Translator, catalog: Catalog) -> Screen:
    """Say what is looked out for from now on, and how; or that nobody can tell."""
    if not found:
        return Screen(t.t("watch-nobody", count=MOST_ALERTS), ((_all_alerts(t),),))
    first = found[0].alert
    names = ", ".join(account_name(one.account) for one in found)
    facts = lines(
        t.t("watch-asked", accounts=names),
        _limit(first.most, t),
        t.t("watch-until", moment=t.date_time(first.expires_at, "d")),
    )
    title = goods(catalog, first.goods.service, first.goods.country, t)
    price = Button(t.plain("button-highest-price"), AskAlertPrice(alert_id=first.id))
    row: Row = (price, _all_alerts(t)) if len(found) == 1 else (_all_alerts(t),)
    text = paragraphs(title, t.t("watch-added"), facts, t.t("watch-how"))
    return Screen(text, (row, _offers(first.goods, t)))


def one_alert(view: AlertView, t: Translator, catalog: Catalog) -> Screen:
    """Draw one thing that is looked out for, and how it stood when the provider was asked last."""
    alert = view.alert
    facts = lines(
        t.t("watch-asked", accounts=account_name(view.account)),
        _limit(alert.most, t),
        t.t("watch-until", moment=t.date_time(alert.expires_at, "d")),
        _now(view, t) if alert.is_met else "",
    )
    price = Button(t.plain("button-highest-price"), AskAlertPrice(alert_id=alert.id))
    stop = Button(t.plain("button-watch-stop"), RemoveAlert(alert_id=alert.id), style=Style.DANGER)
    title = goods(catalog, alert.goods.service, alert.goods.country, t)
    rows = (_offers(alert.goods, t), (price,), (stop,), (Button(t.plain("button-back"), ShowAlerts()),))
    return Screen(paragraphs(title, facts), rows)


def proposal(wanted: Goods, t: Translator, catalog: Catalog) -> Screen:
    """Ask whether to look out for goods, to which a link has led."""
    title = goods(catalog, wanted.service, wanted.country, t)
    return Screen(paragraphs(title, t.t("watch-how")), (tell_me(wanted, t), _offers(wanted, t)))


def tell_me(wanted: Goods, t: Translator) -> Row:
    """Return the button that has goods looked out for; none where it has no room for them."""
    data = AddAlert(service=wanted.service, country=wanted.country)
    return (Button(t.plain("button-tell-me"), data),) if fits(data) else ()


def usage(t: Translator) -> Screen:
    """Say how /watch is written."""
    return Screen(t.t("watch-usage"), ((_all_alerts(t),), back(t)))


def price_prompt(view: AlertView, currency: str, t: Translator, catalog: Catalog) -> Screen:
    """Ask at which price numbers count at most."""
    name = service_name(catalog, view.alert.goods.service, t)
    return Screen(
        t.t("watch-price-prompt", service=name, currency=currency), asks=t.plain("price-placeholder")
    )


def price_refused(currencies: Sequence[str], t: Translator) -> Screen:
    """Say that a text is no price here."""
    return Screen(t.t("watch-price-unusable", currencies=", ".join(currencies)), ((_all_alerts(t),),))


def in_stock(view: AlertView, t: Translator, catalog: Catalog) -> Screen:
    """Draw the message that there are numbers, with the way to buy one."""
    wanted = view.alert.goods
    buy = Button(
        t.plain("button-buy"), BuyAnother(service=wanted.service, country=wanted.country), style=Style.SUCCESS
    )
    stop = Button(t.plain("button-watch-stop"), RemoveAlert(alert_id=view.alert.id))
    title = goods(catalog, wanted.service, wanted.country, t)
    told = lines(t.t("watch-news", account=account_name(view.account)), _now(view, t))
    return Screen(paragraphs(title, told), ((buy,), (stop,)))


def low_balance(view: Floor, t: Translator) -> Screen:
    """Draw below which balance an account's person hears of it, with the choice of another."""
    id_ = view.account.account.id
    below = t.plain("button-low-off") if view.below is None else t.money(view.below)
    choices = tuple(
        Button(
            t.money(amount),
            SetLowBalance(account_id=id_, amount=amount.amount),
            style=Style.SUCCESS if amount == view.below else None,
        )
        for amount in amounts(view.currency)
    )
    other = Button(t.plain("button-cap-other"), AskLowBalance(account_id=id_))
    off = Button(
        t.plain("button-low-off"),
        SetLowBalance(account_id=id_, amount=Decimal(0)),
        style=Style.SUCCESS if view.below is None else None,
    )
    title = t.t("low-title", account=account_name(view.account))
    facts = lines(
        t.t("low-below", below=below),
        t.t("low-seen", balance=t.money(view.seen)) if view.seen else "",
    )
    away = (Button(t.plain("button-back"), ShowKey(account_id=id_)),)
    return Screen(
        paragraphs(title, t.t("low-text"), facts), (choices[:2], choices[2:], (other,), (off,), away)
    )


def low_balance_prompt(view: Floor, t: Translator) -> Screen:
    """Ask for another amount."""
    text = t.t("low-prompt", account=account_name(view.account), currency=view.currency)
    return Screen(text, asks=t.plain("cap-prompt-placeholder"))


def low_balance_refused(view: Floor, t: Translator) -> Screen:
    """Say that a text is no amount; the question stays."""
    again = Button(t.plain("button-back"), ShowLowBalance(account_id=view.account.account.id))
    return Screen(t.t("low-refused"), ((again,),))


def balance_is_low(view: Floor, t: Translator) -> Screen:
    """Draw the message that an account is running out, with the way to fill it up."""
    seen = t.money(view.seen) if view.seen else ""
    below = t.money(view.below) if view.below else ""
    text = t.t("low-news", account=account_name(view.account), balance=seen, below=below)
    change = Button(t.plain("button-change-limit"), ShowLowBalance(account_id=view.account.account.id))
    return Screen(text, (*to_site(view.account.provider, t), (change,)))


def _label(view: AlertView, t: Translator, catalog: Catalog) -> str:
    alert = view.alert
    parts = (
        f"{catalog.countries.flag(alert.goods.country)} {service_name(catalog, alert.goods.service, t)}",
        t.plain("price-up-to", price=t.money(alert.most)) if alert.most else "",
        account_name(view.account),
    )
    return cut(("✓ " if alert.is_met else "") + " · ".join(part for part in parts if part), _LONGEST_LABEL)


def _limit(most: Money | None, t: Translator) -> Html:
    return t.t("offer-limit", highest=t.money(most)) if most else Html("")


def _now(view: AlertView, t: Translator) -> Html:
    """Return what there was when the provider was asked last."""
    alert = view.alert
    parts = (t.money(alert.price) if alert.price else "", stock(alert.stock, t))
    told = " · ".join(part for part in parts if part)
    return t.t("watch-now", facts=told) if told else Html("")


def _offers(wanted: Goods, t: Translator) -> Row:
    data = ShowOffers(service=wanted.service, country=wanted.country)
    return (Button(t.plain("button-show-offers"), data),)


def _all_alerts(t: Translator) -> Button:
    return Button(t.plain("button-watches"), ShowAlerts())
