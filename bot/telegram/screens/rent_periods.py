"""For how long a number is rented or prolonged: what can be had, and for how much."""

from collections.abc import Sequence
from datetime import datetime

from bot.catalog import Catalog
from bot.domain.rental_views import BillView, RentBillsView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import fits
from bot.telegram.rent_callbacks import (
    WHOLE,
    AddRentService,
    RentAccounts,
    RentOperators,
    RentPeriods,
    RentServices,
    ShowBill,
    ShowProlongs,
    ShowRental,
)
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.rent_bill import bill, further_lines, rental_lines
from bot.telegram.screens.rent_words import label_price, period_name, rented_goods
from bot.telegram.screens.screen import Button, Row, Screen, paired, paragraphs
from bot.telegram.screens.words import cut

_ROWS_A_PAGE = 5
_ROWS_ALONE = 6  # where no row turns pages
_LONGEST_OPERATOR = 32
_MOST_SERVICES = 5  # of one number


def periods(
    view: RentBillsView, wanted: RentPeriods, t: Translator, catalog: Catalog, *, now: datetime
) -> Screen:
    """Draw for how long a number can be had; where there is one period alone, it is ready to be confirmed.

    Args:
        view: the bills.
        wanted: what the number is for, and the page.
        t: the reader's language.
        catalog: names.
        now: from when on the number would last.
    """
    away = _away(wanted, t)
    if not view.bills:
        service = None if wanted.service in {"", WHOLE} else wanted.service
        title = rented_goods(service, wanted.country or None, t, catalog)
        return Screen(paragraphs(title, t.t("rent-periods-none")), (away,))
    ways = _ways(view, wanted, t)
    if len(view.bills) == 1:
        screen = bill(view.bills[0], t, catalog, away, now=now)
        return Screen(screen.text, (screen.rows[0], *ways, away))
    first, offered = view.bills[0], view.bills[0].bill
    operator = cut(offered.operator or "", _LONGEST_OPERATOR)
    told = t.t("offer-operator", operator=operator) if operator else Html("")
    title = rented_goods(offered.service, offered.country, t, catalog, first.name)
    rows, page, pages = _page(view, wanted.page, t)
    nav = turning(page, pages, lambda turned: wanted.model_copy(update={"page": turned}))
    text = paragraphs(title, further_lines(first, t, catalog), told, t.t("rent-periods-title"))
    return Screen(text, (*rows, *nav, *ways, away))


def prolongs(view: RentBillsView, wanted: ShowProlongs, t: Translator, catalog: Catalog) -> Screen:
    """Draw by how much a rental can be prolonged."""
    title = t.t("bill-title-prolong")
    told = Html("") if view.rental is None else rental_lines(view.rental, t, catalog)
    away = (Button(t.plain("button-rental"), ShowRental(rental_id=wanted.rental_id)),)
    if not view.bills:
        return Screen(paragraphs(title, told, t.t("rent-prolong-none")), (away,))
    rows, page, pages = _page(view, wanted.page, t)
    nav = turning(page, pages, lambda turned: wanted.model_copy(update={"page": turned}))
    return Screen(paragraphs(title, told, t.t("rent-periods-title")), (*rows, *nav, away))


def _page(view: RentBillsView, page: int, t: Translator) -> tuple[Sequence[Row], int, int]:
    rows = paired([Button(_label(one, t), ShowBill(token=one.bill.token)) for one in view.bills])
    return page_of(rows, page, _ROWS_ALONE if len(rows) <= _ROWS_ALONE else _ROWS_A_PAGE)


def _label(view: BillView, t: Translator) -> str:
    offered = view.bill
    period = period_name(offered.period, t) if offered.period else ""
    price = "" if offered.price is None else label_price(offered.price, t, estimated=offered.estimated)
    return " · ".join(part for part in (period, price) if part)


def _ways(view: RentBillsView, wanted: RentPeriods, t: Translator) -> tuple[Row, ...]:
    """Return the row with what else can be chosen of the number; no row where nothing can."""
    offered = view.bills[0].bill
    buttons = []
    operators = RentOperators(account_id=wanted.account_id, country=wanted.country, service=wanted.service)
    if view.has_operators and not offered.further and fits(operators):
        buttons.append(Button(t.plain("button-operator"), operators))
    if view.has_several and len(offered.services) < _MOST_SERVICES:
        buttons.append(Button(t.plain("button-add-service"), AddRentService(token=offered.token)))
    return (tuple(buttons),) if buttons else ()


def _away(wanted: RentPeriods, t: Translator) -> Row:
    if not wanted.country:
        return (Button(t.plain("button-rent-accounts"), RentAccounts(wanted=True)),)
    data = RentServices(account_id=wanted.account_id, country=wanted.country, operator=wanted.operator)
    return (Button(t.plain("button-services"), data),)
