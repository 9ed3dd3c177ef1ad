"""From a service to a country: what is sold where."""

from collections.abc import Sequence

from bot.catalog import Catalog, Country, Service
from bot.domain.views import CountriesView, CountryChoice
from bot.i18n import Translator
from bot.telegram.callbacks import LAST_PAGE, AddKey, ShowCountries, ShowOffers, ShowServices, Sort, fits
from bot.telegram.screens.failures import asking, replace_rows, troubles
from bot.telegram.screens.pages import in_columns, page_of, turning
from bot.telegram.screens.screen import Button, Screen, Style, lines, paragraphs
from bot.telegram.screens.start import back
from bot.telegram.screens.words import bold, country_name, cut, service_name, stock

_SERVICES_A_PAGE = 12
_COUNTRIES_A_PAGE = 5
_MOST_HITS = 6
_MOST_PRICES = 3  # currencies
_LONGEST_SEARCH = 64


def invitation(t: Translator) -> Screen:
    """Ask for a key first: without one there is nothing to buy with."""
    add = Button(t.plain("button-add-key"), AddKey(), style=Style.PRIMARY)
    return Screen(t.t("buy-needs-key"), ((add,),))


def services(
    popular: Sequence[Service], page: int, t: Translator, catalog: Catalog, country: str = ""
) -> Screen:
    """Draw the popular services by pages.

    Args:
        popular: all of them, most wanted first.
        page: from 0.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is known; then a service leads to its offers there.
    """
    shown, page, pages = page_of(popular, page, _SERVICES_A_PAGE)
    rows = in_columns([_service_button(service.id, country, t, catalog) for service in shown], 2)
    nav = turning(page, pages, lambda number: ShowServices(page=number, country=country))
    place = country_name(catalog, country, t) if country else ""
    title = t.t("buy-title-in", country=place) if country else t.t("buy-title")
    return Screen(paragraphs(title, t.t("buy-or-type")), (*rows, *nav, back(t)))


def hits(
    text: str,
    found_services: Sequence[Service],
    found_countries: Sequence[Country],
    t: Translator,
    catalog: Catalog,
    country: str = "",
) -> Screen:
    """Draw what a search found, or that it found nothing.

    Args:
        text: what was searched for.
        found_services: best first.
        found_countries: best first.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is clear; then a service leads to its offers there.
    """
    buttons = [_service_button(service.id, country, t, catalog) for service in found_services]
    buttons += [
        Button(country_name(catalog, country.id, t), ShowServices(country=country.id))
        for country in found_countries
    ]
    wanted = cut(text, _LONGEST_SEARCH)
    title = t.t("search-found", text=wanted) if buttons else t.t("search-nothing", text=wanted)
    all_services = (Button(t.plain("button-services"), ShowServices()),)
    return Screen(title, (*in_columns(buttons[:_MOST_HITS], 1), all_services, back(t)))


def countries(view: CountriesView, sort: Sort, page: int, t: Translator, catalog: Catalog) -> Screen:
    """Draw where a service is sold: cheapest price and stock, sorted by one of them."""
    name = service_name(catalog, view.service, t)
    told = lines(troubles(view.troubles, t), asking(view.asking, t))
    away = (Button(t.plain("button-services"), ShowServices()),)
    choices = _sorted(view, sort)
    if not choices:
        text = told or t.t("countries-none", service=name)
        return Screen(paragraphs(bold(name), text), (*replace_rows(view.troubles, t), away, back(t)))
    shown, page, pages = page_of(choices, page, _COUNTRIES_A_PAGE)
    rows = tuple((_country_button(view.service, choice, t, catalog),) for choice in shown)
    nav = turning(page, pages, lambda number: ShowCountries(service=view.service, sort=sort, page=number))
    sorts = tuple(_sort_button(view.service, other, sort, t) for other in Sort)
    text = paragraphs(t.t("countries-title", service=name), told)
    return Screen(text, (*rows, *nav, sorts, away))


def _sorted(view: CountriesView, sort: Sort) -> tuple[CountryChoice, ...]:
    choices = tuple(
        choice
        for choice in view.choices
        if fits(ShowOffers(service=view.service, country=choice.country, page=LAST_PAGE))
    )
    if sort is Sort.STOCK:
        return tuple(sorted(choices, key=lambda choice: -(choice.stock or 0)))
    return choices


def _service_button(service: str, country: str, t: Translator, catalog: Catalog) -> Button:
    data = ShowOffers(service=service, country=country) if country else ShowCountries(service=service)
    return Button(service_name(catalog, service, t), data)


def _country_button(service: str, choice: CountryChoice, t: Translator, catalog: Catalog) -> Button:
    return Button(choice_label(choice, t, catalog), ShowOffers(service=service, country=choice.country))


def choice_label(choice: CountryChoice, t: Translator, catalog: Catalog) -> str:
    """Return a country with its best price in each currency and its stock, for a button."""
    parts = (
        country_name(catalog, choice.country, t),
        " / ".join(t.money(price) for price in choice.prices[:_MOST_PRICES] or [choice.cheapest.price]),
        stock(choice.stock, t),
    )
    return " · ".join(part for part in parts if part)


def _sort_button(service: str, sort: Sort, now: Sort, t: Translator) -> Button:
    label = t.plain("button-by-price") if sort is Sort.PRICE else t.plain("button-by-stock")
    mark = "✓ " if sort is now else ""
    return Button(mark + label, ShowCountries(service=service, sort=sort))
