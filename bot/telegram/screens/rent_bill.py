"""The last screen before money is spent on a rental, and what is said after."""

from datetime import datetime, timedelta

from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.errors import NoNumbers
from bot.domain.rental_views import BillView
from bot.domain.rentals import Act, Bill, BillState, Rental
from bot.i18n import Html, Translator
from bot.telegram.callbacks import fits
from bot.telegram.rent_callbacks import (
    WHOLE,
    PayBill,
    RentCountries,
    RentPeriods,
    ShowArchive,
    ShowExtra,
    ShowProlongs,
    ShowRental,
)
from bot.telegram.screens.caps import tally_lines
from bot.telegram.screens.failures import explain, reason
from bot.telegram.screens.rent_words import (
    bill_price,
    bill_price_line,
    period_name,
    rental_goods,
    rented_goods,
    rented_service,
)
from bot.telegram.screens.rental import ended
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, cut, number

_LONGEST_OPERATOR = 32
_MINUTE = timedelta(minutes=1)


def bill(
    view: BillView, t: Translator, catalog: Catalog, away: Row | None = None, *, now: datetime
) -> Screen:
    """Draw what would be paid for, what it costs, and what of it comes back.

    Args:
        view: the act.
        t: the reader's language.
        catalog: names.
        away: where else to go; where the act was chosen, unless told otherwise.
        now: from when on a number lasts that is rented now.
    """
    offered = view.bill
    pay = Button(
        t.plain(f"bill-confirm-{offered.act.value}", price=bill_price(offered, t)),
        PayBill(token=offered.token),
        style=Style.SUCCESS,
    )
    facts = lines(
        _period_line(offered, t),
        _until_line(view, t, now),
        _price_line(view, t),
        t.t("offer-account", account=account_name(view.account)),
        t.t("offer-operator", operator=cut(offered.operator, _LONGEST_OPERATOR)) if offered.operator else "",
        tally_lines(view.tally, t),
    )
    text = paragraphs(_heading(view, t, catalog), facts, *_rules(view, t))
    return Screen(text, ((pay,), away or (Button(t.plain("button-back"), _origin(offered)),)))


def dearer(view: BillView, t: Translator, catalog: Catalog, *, now: datetime) -> Screen:
    """Draw an act at its new price, saying that the price has risen and that nothing was paid."""
    screen = bill(view, t, catalog, now=now)
    return Screen(paragraphs(t.t("error-bill-rose"), screen.text), screen.rows)


def gone(view: BillView, error: NoNumbers, t: Translator, catalog: Catalog) -> Screen:
    """Draw that there is no number left of what was to be paid for, with the way to what there is."""
    again = Button(t.plain("button-refresh"), _origin(view.bill), style=Style.PRIMARY)
    told = explain(error, t, view.account.provider.title)
    return Screen(paragraphs(_heading(view, t, catalog), told), ((again,),))


def outcome(view: BillView, t: Translator, catalog: Catalog) -> Screen:
    """Draw what became of an act, with the ways on from there."""
    paid, rental = view.bill, view.rental
    house = view.account.provider.title
    rows: tuple[Row, ...] = ()
    if rental is not None:
        rows = ((Button(t.plain("button-rental"), ShowRental(rental_id=rental.id)),),)
    if paid.state is BillState.PAID:
        told = t.t(f"bill-done-{paid.act.value}")
        if rental is not None and rental.is_held and rental.until is not None:
            told = lines(told, t.t("bill-lasts", until=t.date_time(rental.until, "Dt")))
    elif paid.state is BillState.FAILED:
        why = reason(paid.error, paid.error_text, t, house) if paid.error else Html("")
        told = paragraphs(t.t("bill-failed"), why)
        rows = ((Button(t.plain("button-try-again"), _origin(paid)),), *rows)
    elif paid.state is BillState.UNCERTAIN:
        told = t.t("bill-uncertain", provider=house)
    else:
        told = t.t("bill-placing")
    return Screen(paragraphs(_heading(view, t, catalog), told), rows)


def rental_lines(rental: Rental, t: Translator, catalog: Catalog) -> Html:
    """Return which rental is meant: its number, what it is for, until when it lasts or when it ended."""
    lasts = t.t("bill-lasts", until=t.date_time(rental.until, "Dt")) if rental.until else Html("")
    return lines(
        number(rental.phone, t) if rental.phone else "",
        rental_goods(rental, t, catalog),
        lasts if rental.is_held else ended(rental, t),
    )


def further_lines(view: BillView, t: Translator, catalog: Catalog) -> Html:
    """Return a line for each service that the same number is rented for; none where it is for one alone."""
    offered = view.bill
    if not offered.further:
        return Html("")
    return lines(t.t("several-title"), *(rented_service(service, t, catalog) for service in offered.services))


def _heading(view: BillView, t: Translator, catalog: Catalog) -> Html:
    offered, rental = view.bill, view.rental
    title = t.t(f"bill-title-{offered.act.value}")
    if offered.act is Act.PROLONG and rental is not None:
        return paragraphs(title, rental_lines(rental, t, catalog))
    phone = offered.phone or (rental.phone if rental is not None else None)
    goods = rented_goods(offered.service, offered.country, t, catalog, view.name)
    if offered.act is Act.RENT and offered.country is None and offered.service is None:
        goods = lines(goods, t.t("bill-any-country"))
    return paragraphs(title, lines(number(phone, t) if phone else "", goods), further_lines(view, t, catalog))


def _period_line(offered: Bill, t: Translator) -> Html:
    return t.t("bill-period", period=period_name(offered.period, t)) if offered.period else Html("")


def _until_line(view: BillView, t: Translator, now: datetime) -> Html:
    """Return until about when the number would last: the provider's own clock may differ from ours."""
    offered, rental = view.bill, view.rental
    if offered.act is Act.RESTORE:
        told = t.t("bill-days", count=view.days) if view.days is not None else ""
        late = t.t("bill-overdue", count=view.overdue_days) if view.overdue_days else ""
        return lines(told, late)
    if offered.act is Act.ADD_SERVICE:
        until = rental.until if rental is not None else None
    elif offered.period is None:
        until = None
    elif offered.act is Act.PROLONG:
        start = rental.until if rental is not None and rental.is_held else now
        until = start + offered.period.length if start else None
    else:
        until = now + offered.period.length
    return t.t("bill-until", until=t.date_time(until, "Dt")) if until else Html("")


def _price_line(view: BillView, t: Translator) -> Html:
    return bill_price_line(view.bill, t) or t.t("bill-untold", provider=view.account.provider.title)


def _rules(view: BillView, t: Translator) -> tuple[Html, ...]:
    """Return what of the money can come back, and that a sleeping number must be woken first."""
    if view.bill.act is not Act.RENT:
        return (t.t("bill-spent"),)
    if view.refund_within is None:
        refund = t.t("bill-no-refund", provider=view.account.provider.title)
    else:
        refund = t.t("bill-refund", count=round(view.refund_within / _MINUTE))
    return (refund, t.t("bill-wake")) if view.sleeps else (refund,)


def _origin(offered: Bill) -> CallbackData:
    """Return where the act was chosen."""
    if offered.act is Act.RENT:
        periods = RentPeriods(
            account_id=offered.account_id,
            country=offered.country or "",
            service=(offered.service or WHOLE) if offered.country else "",
            operator=offered.operator or "",
        )
        return periods if fits(periods) else RentCountries(account_id=offered.account_id)
    if offered.act is Act.RESTORE or offered.rental_id is None:
        return ShowArchive(account_id=offered.account_id)
    if offered.act is Act.PROLONG:
        return ShowProlongs(rental_id=offered.rental_id)
    return ShowExtra(rental_id=offered.rental_id)
