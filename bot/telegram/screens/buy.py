"""From a service to a country: what is sold where."""

from collections.abc import Sequence
from dataclasses import replace

from bot.catalog import Catalog, Country, Service
from bot.domain.views import (
    CountriesView,
    CountryChoice,
    OwnService,
    OwnServicesFound,
    OwnServicesView,
    ProviderFacts,
)
from bot.i18n import Translator
from bot.telegram.callbacks import (
    LAST_PAGE,
    AddKey,
    ShowCountries,
    ShowOffers,
    ShowOwnServices,
    ShowServices,
    Sort,
    fits,
)
from bot.telegram.screens.failures import asking, replace_rows, troubles
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Screen, Style, lines, paired, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import bold, country_name, cut, price_of, service_name, stock, stock_in_short

_SERVICE_ROWS = 6
_SELLERS_A_PAGE = 6
_COUNTRIES_A_PAGE = 5
_MOST_HITS = 6
_MOST_OWN = 2  # of those that only resemble the text
_MOST_PRICES = 3  # currencies
_LONGEST_SEARCH = 64
_WIDEST = 40
"""Characters that a phone of 360 px shows of a label that has a row to itself."""


def invitation(t: Translator) -> Screen:
    """Ask for a key first: without one there is nothing to buy with."""
    add = Button(t.plain("button-add-key"), AddKey(), style=Style.PRIMARY)
    return Screen(t.t("buy-needs-key"), ((add,),))


def services(
    popular: Sequence[Service],
    page: int,
    t: Translator,
    catalog: Catalog,
    country: str = "",
    *,
    others: bool = False,
) -> Screen:
    """Draw the popular services by pages.

    Args:
        popular: all of them, most wanted first.
        page: from 0.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is known; then a service leads to its offers there.
        others: whether an account may sell more than the catalogue has words for.
    """
    buttons = paired(_service_button(service.id, country, t, catalog) for service in popular)
    rows, page, pages = page_of(buttons, page, _SERVICE_ROWS)
    nav = turning(page, pages, lambda number: ShowServices(page=number, country=country))
    place = country_name(catalog, country, t) if country else ""
    title = t.t("buy-title-in", country=place) if country else t.t("buy-title")
    more = Button(t.plain("button-own-services"), ShowOwnServices(country=country))
    away = (more, *back(t)) if others else back(t)
    return Screen(paragraphs(title, t.t("buy-or-type")), (*rows, *nav, away))


def sellers(found: Sequence[ProviderFacts], page: int, t: Translator, country: str = "") -> Screen:
    """Ask whose own services are to be listed, where several providers have some."""
    shown, page, pages = page_of(found, page, _SELLERS_A_PAGE)
    buttons = [Button(one.title, ShowOwnServices(provider=one.slug, country=country)) for one in shown]
    nav = turning(page, pages, lambda number: ShowOwnServices(country=country, page=number))
    away = (Button(t.plain("button-services"), ShowServices(country=country)),)
    return Screen(t.t("own-services-whose"), (*stacked(buttons), *nav, away))


def own_services(
    view: OwnServicesView, page: int, t: Translator, catalog: Catalog, country: str = ""
) -> Screen:
    """Draw what a provider sells under its own names alone.

    Args:
        view: whose, by name.
        page: from 0.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is known; then a service leads to its offers there.
    """
    title = view.account.provider.title
    away = (Button(t.plain("button-services"), ShowServices(country=country)),)
    if view.asking:
        return Screen(
            paragraphs(t.t("own-services-title", provider=title), asking((view.account,), t)), (away,)
        )
    if view.trouble:
        found = (view.trouble,)
        data = ShowOwnServices(provider=view.account.provider.slug, country=country)
        again = (Button(t.plain("button-try-again"), data, style=Style.PRIMARY),)
        return Screen(troubles(found, t), (*replace_rows(found, t), again, away))
    buttons = [
        _service_button(one.id, country, t, catalog) for one in view.services if _has_room(one, country)
    ]
    if not buttons:
        return Screen(t.t("own-services-none", provider=title), (away,))
    rows, page, pages = page_of(paired(buttons), page, _SERVICE_ROWS)
    slug = view.account.provider.slug
    nav = turning(
        page,
        pages,
        lambda number: ShowOwnServices(provider=slug, country=country, page=min(number, LAST_PAGE)),
    )
    return Screen(t.t("own-services-title", provider=title), (*rows, *nav, away))


def hits(
    text: str,
    found_services: Sequence[Service],
    found_countries: Sequence[Country],
    t: Translator,
    catalog: Catalog,
    country: str = "",
    own: OwnServicesFound | None = None,
) -> Screen:
    """Draw what a search found, or that it found nothing.

    Args:
        text: what was searched for.
        found_services: best first.
        found_countries: best first.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is clear; then a service leads to its offers there.
        own: what the text may mean in the providers' own words; those that it names exactly stand first.
    """
    own = own or OwnServicesFound()
    theirs = [
        _own_button(one, own.country, t, catalog) for one in own.services if _has_room(one, own.country)
    ]
    buttons = theirs[: own.exact]
    buttons += [_service_button(service.id, country, t, catalog) for service in found_services]
    buttons += theirs[own.exact :][:_MOST_OWN]
    buttons += [
        Button(country_name(catalog, country.id, t), ShowServices(country=country.id))
        for country in found_countries
    ]
    wanted = cut(text, _LONGEST_SEARCH)
    told = asking(own.asking, t)
    if buttons:
        title = paragraphs(t.t("search-found", text=wanted), told)
    else:
        title = paragraphs(told or t.t("search-nothing", text=wanted), troubles(own.troubles, t))
    all_services = (Button(t.plain("button-services"), ShowServices()),)
    return Screen(title, (*stacked(buttons[:_MOST_HITS]), all_services, back(t)))


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
    labels = choice_labels(shown, t, catalog, rated=sort is Sort.RATE)
    rows = stacked(
        Button(label, ShowOffers(service=view.service, country=choice.country))
        for label, choice in zip(labels, shown, strict=True)
    )
    nav = turning(page, pages, lambda number: ShowCountries(service=view.service, sort=sort, page=number))
    is_rated = any(choice.rate is not None for choice in choices)
    sorts = tuple(
        _sort_button(view.service, other, sort, t) for other in Sort if is_rated or other is not Sort.RATE
    )
    figure = t.t("countries-rates") if is_rated and sort is Sort.RATE else ""
    text = paragraphs(t.t("countries-title", service=name), figure, told)
    return Screen(text, (*rows, *nav, sorts, away))


def _sorted(view: CountriesView, sort: Sort) -> tuple[CountryChoice, ...]:
    choices = tuple(
        choice
        for choice in view.choices
        if fits(ShowOffers(service=view.service, country=choice.country, page=LAST_PAGE))
    )
    if sort is Sort.STOCK:
        return tuple(sorted(choices, key=lambda choice: -(choice.stock or 0)))
    if sort is Sort.RATE:
        return tuple(sorted(choices, key=lambda choice: (choice.rate is None, -(choice.rate or 0))))
    return choices


def _service_button(service: str, country: str, t: Translator, catalog: Catalog) -> Button:
    data = ShowOffers(service=service, country=country) if country else ShowCountries(service=service)
    return Button(service_name(catalog, service, t), data)


def _own_button(service: OwnService, country: str, t: Translator, catalog: Catalog) -> Button:
    """Return a button that says whose name it is: others may mean something else by it."""
    button = _service_button(service.id, country, t, catalog)
    return replace(button, text=f"{button.text} · {service.provider.title}")


def _has_room(service: OwnService, country: str) -> bool:
    """Say whether the buttons that lead on from a provider's own service can be packed."""
    data = ShowOffers(service=service.id, country=country, page=LAST_PAGE)
    return fits(data) and fits(ShowCountries(service=service.id, page=LAST_PAGE))


def choice_labels(
    choices: Sequence[CountryChoice], t: Translator, catalog: Catalog, *, rated: bool = False
) -> list[str]:
    """Return countries with their best price in each currency, for buttons, and with stock or success rate.

    Where one would be cut off, the stock of all is said in short, or not at all: a list looks the same from
    row to row.
    """
    priced = [_price_label(choice, t, catalog) for choice in choices]
    if rated:
        return [_joined(label, _rate(choice, t)) for label, choice in zip(priced, choices, strict=True)]
    for told in (stock, stock_in_short):
        labels = [
            _joined(label, told(choice.stock, t)) for label, choice in zip(priced, choices, strict=True)
        ]
        if max(map(len, labels), default=0) <= _WIDEST:
            return labels
    return priced


def _price_label(choice: CountryChoice, t: Translator, catalog: Catalog) -> str:
    prices = choice.prices[:_MOST_PRICES] or [choice.cheapest.price]
    return _joined(
        country_name(catalog, choice.country, t), " / ".join(price_of(price, t) for price in prices)
    )


def _rate(choice: CountryChoice, t: Translator) -> str:
    return "" if choice.rate is None else t.plain("rate", percent=t.number(round(choice.rate)))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _sort_button(service: str, sort: Sort, now: Sort, t: Translator) -> Button:
    labels = {
        Sort.PRICE: t.plain("button-by-price"),
        Sort.STOCK: t.plain("button-by-stock"),
        Sort.RATE: t.plain("button-by-rate"),
    }
    mark = "✓ " if sort is now else ""
    return Button(mark + labels[sort], ShowCountries(service=service, sort=sort))
