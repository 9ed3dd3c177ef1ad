"""For which service a number is rented: lists, with what each costs."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.rental_views import RentServiceChoice, RentServicesView
from bot.domain.rentals import Bill, Rental
from bot.i18n import Html, Translator
from bot.telegram.callbacks import fits
from bot.telegram.rent_callbacks import (
    WHOLE,
    AddExtra,
    AddRentService,
    RentCountries,
    RentOperators,
    RentPeriods,
    RentServices,
    SeekRentService,
    ShowBill,
    ShowExtra,
    ShowRental,
)
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.rent_words import label_price, period_name, rented_country, rented_service
from bot.telegram.screens.screen import WIDEST_ALONE, Button, Row, Screen, lines, paragraphs
from bot.telegram.screens.words import cut, number, stock, stock_in_short, whole

_A_PAGE = 5
_MOST_HITS = 6
_LONGEST_OPERATOR = 32
_LONGEST_SEARCH = 64


def services(
    view: RentServicesView, wanted: RentServices, t: Translator, catalog: Catalog, missing: str = ""
) -> Screen:
    """Draw what a number can be rented for in a country.

    Args:
        view: prices and stock, cheapest first.
        wanted: the page of the list, and the operator that was chosen.
        t: the reader's language.
        catalog: names.
        missing: the service that was named and is not to be had here.
    """
    account_id, house = view.account.account.id, view.account.provider.title
    place = rented_country(wanted.country, t, catalog)
    away = (Button(t.plain("button-countries"), RentCountries(account_id=account_id)),)

    def to(service: str | None) -> CallbackData:
        return RentPeriods(
            account_id=account_id, country=wanted.country, service=service or WHOLE, operator=wanted.operator
        )

    rows, told = _rows(
        view.choices, wanted.page, to, lambda turned: wanted.model_copy(update={"page": turned}), t, catalog
    )
    if not rows:
        return Screen(t.t("rent-services-none", provider=house, country=place), (away,))
    lacking = (
        t.t(
            "rent-service-missing",
            provider=house,
            service=rented_service(missing, t, catalog),
            country=place,
        )
        if missing
        else ""
    )
    operator = (
        t.t("offer-operator", operator=cut(wanted.operator, _LONGEST_OPERATOR)) if wanted.operator else ""
    )
    seek = SeekRentService(account_id=account_id, country=wanted.country, operator=wanted.operator)
    ways = [Button(t.plain("button-find-service"), seek)] if fits(seek) else []
    if view.has_operators:
        data = RentOperators(account_id=account_id, country=wanted.country)
        ways.append(Button(t.plain("button-operator"), data))
    title = t.t("rent-services-title", country=place)
    return Screen(
        paragraphs(lacking, title, lines(operator, told)), (*rows, *((tuple(ways),) if ways else ()), away)
    )


def found_services(
    text: str, found: Sequence[RentServiceChoice], wanted: RentServices, t: Translator, catalog: Catalog
) -> Screen:
    """Draw which of the services that can be rented a name may mean.

    Args:
        text: the name.
        found: best first.
        wanted: the list that is searched.
        t: the reader's language.
        catalog: names.
    """
    rows: list[Row] = []
    for choice in found[:_MOST_HITS]:
        data = RentPeriods(
            account_id=wanted.account_id,
            country=wanted.country,
            service=choice.service or WHOLE,
            operator=wanted.operator,
        )
        if fits(data):
            rows.append((Button(choice_label(choice, t, catalog), data),))
    seek = SeekRentService(account_id=wanted.account_id, country=wanted.country, operator=wanted.operator)
    name = cut(text, _LONGEST_SEARCH)
    title = t.t("search-found", text=name) if rows else t.t("service-not-found", text=name)
    again = (Button(t.plain("button-try-again"), seek),)
    return Screen(title, (*rows, again, (Button(t.plain("button-services"), wanted),)))


def service_prompt(country: str, t: Translator, catalog: Catalog) -> Screen:
    """Ask for which service a number is to be rented."""
    text = t.t("rent-service-prompt", country=rented_country(country, t, catalog))
    return Screen(text, asks=t.plain("again-service-placeholder"))


def further_services(
    view: RentServicesView, bill: Bill, wanted: AddRentService, t: Translator, catalog: Catalog
) -> Screen:
    """Draw for what else the same number can be rented from the start."""
    left = [choice for choice in view.choices if choice.service and choice.service not in bill.services]
    rows, told = _rows(
        left,
        wanted.page,
        lambda service: AddRentService(token=wanted.token, service=service or ""),
        lambda turned: AddRentService(token=wanted.token, page=turned),
        t,
        catalog,
    )
    names = ", ".join(rented_service(service, t, catalog) for service in bill.services)
    away = (Button(t.plain("button-back"), ShowBill(token=wanted.token)),)
    text = paragraphs(t.t("rent-further-title", services=names), told if rows else t.t("rent-no-further"))
    return Screen(text, (*rows, away))


def extra_services(
    view: RentServicesView, rental: Rental, wanted: ShowExtra, t: Translator, catalog: Catalog
) -> Screen:
    """Draw for what else the number of a rental can be rented."""
    left = [choice for choice in view.choices if choice.service and choice.service != rental.service]
    rows, told = _rows(
        left,
        wanted.page,
        lambda service: AddExtra(rental_id=rental.id, service=service or ""),
        lambda turned: ShowExtra(rental_id=rental.id, page=turned),
        t,
        catalog,
    )
    away = (Button(t.plain("button-rental"), ShowRental(rental_id=rental.id)),)
    title = t.t("rent-extra-title", phone=number(rental.phone or "", t))
    return Screen(paragraphs(title, told if rows else t.t("rent-no-further")), (*rows, away))


def _rows(
    choices: Sequence[RentServiceChoice],
    page: int,
    to: Callable[[str | None], CallbackData],
    turn: Callable[[int], CallbackData],
    t: Translator,
    catalog: Catalog,
) -> tuple[tuple[Row, ...], Html]:
    """Return a page of what is in stock, and the line that says what the prices are for."""
    sold = [choice for choice in choices if choice.stock != 0 and fits(to(choice.service))]
    periods = {choice.period for choice in sold if choice.price is not None}
    told = Html("")
    if len(periods) == 1:
        told = t.t("rent-prices-for", period=period_name(next(iter(periods)), t))
    shown, page, pages = page_of(sold, page, _A_PAGE)
    rows = tuple(
        (Button(choice_label(choice, t, catalog, with_period=len(periods) > 1), to(choice.service)),)
        for choice in shown
    )
    return (*rows, *turning(page, pages, turn)), told


def choice_label(
    choice: RentServiceChoice, t: Translator, catalog: Catalog, *, with_period: bool = True
) -> str:
    """Return a service with its price, for a button, and with its stock where there is room for it."""
    price = "" if choice.price is None else label_price(choice.price, t, estimated=choice.estimated)
    if price and with_period:
        price = f"{price} / {period_name(choice.period, t)}"
    name = rented_service(choice.service, t, catalog, choice.name)
    for left in (stock(choice.stock, t), stock_in_short(choice.stock, t)):
        label = " · ".join(part for part in (name, price, left) if part)
        if len(label) <= WIDEST_ALONE:
            return label
    return whole(name, lambda shown: f"{shown} · {price}" if price else shown)
