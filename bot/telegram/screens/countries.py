"""From a service to a country: where it is sold, in which order, and which countries are left out."""

from collections.abc import Iterable, Sequence

from bot.catalog import Catalog
from bot.domain.finding import Goods, Look, Own, Sort, Taste
from bot.domain.money import Money
from bot.domain.views import CountriesView, CountryChoice
from bot.i18n import LANGUAGES, Translator
from bot.telegram.callbacks import LAST_PAGE, ShowCountries, ShowOffers, ShowServices, fits
from bot.telegram.finding_callbacks import (
    AskMost,
    AskName,
    ClearCountryFilter,
    SetInStock,
    ShowCountryFilter,
)
from bot.telegram.screens.failures import asking, replace_rows, troubles
from bot.telegram.screens.finding import star
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import bold, country_name, cut, price_of, service_name, stock, stock_in_short

_A_PAGE = 5
_SORTS_A_ROW = 3
_MOST_PRICES = 3  # currencies
_LONGEST_NAME = 20
_WIDEST = 40
"""Characters that a phone of 360 px shows of a label that has a row to itself."""


def countries(view: CountriesView, look: Look, page: int, t: Translator, catalog: Catalog) -> Screen:
    """Draw where a service is sold, each with its best price and one figure more.

    Args:
        view: what the accounts sell.
        look: the order, the filters, and the person's own success.
        page: from 0.
        t: the reader's language.
        catalog: names.
    """
    name = service_name(catalog, view.service, t)
    told = lines(troubles(view.troubles, t), asking(view.asking, t))
    away: Row = (Button(t.plain("button-services"), ShowServices()),)
    found = _shown(view)
    if not found:
        text = told or t.t("countries-none", service=name)
        return Screen(paragraphs(bold(name), text), (*replace_rows(view.troubles, t), away, back(t)))
    sorts = _sorts(found, look)
    sort = look.taste.sort if look.taste.sort in sorts else Sort.PRICE
    choices = _sorted([one for one in found if _passes(one, look.taste, view.service, catalog)], sort, look)
    away = (*away, *_filter_button(view.service, look.taste, t))
    away = (*away, *star(Goods(view.service), t, is_favourite=look.is_favourite))
    chosen = filter_line(look.taste, view.service, t)
    if not choices:
        off = (Button(t.plain("button-filter-off"), ClearCountryFilter(service=view.service)),)
        text = paragraphs(
            t.t("countries-title", service=name), lines(t.t("countries-none-such"), chosen), told
        )
        return Screen(text, (off, away))
    size = _A_PAGE if len(sorts) <= _SORTS_A_ROW else _A_PAGE - 1
    shown, page, pages = page_of(choices, page, size)
    labels = _labels(shown, sort, look, t, catalog)
    rows = stacked(
        Button(label, ShowOffers(service=view.service, country=choice.country))
        for label, choice in zip(labels, shown, strict=True)
    )
    nav = turning(page, pages, lambda number: ShowCountries(service=view.service, page=number))
    ordering = tuple(_sort_button(view.service, one, sort, t) for one in sorts)
    text = paragraphs(t.t("countries-title", service=name), lines(chosen, _figure(sort, t)), told)
    return Screen(text, (*rows, *nav, ordering, away))


def country_filter(service: str, taste: Taste, t: Translator, catalog: Catalog) -> Screen:
    """Draw by what the countries of a service are narrowed down."""
    nothing = t.plain("filter-any")
    most = t.plain("price-up-to", price=t.money(taste.most)) if taste.most else nothing
    named = taste.named(service)
    only = t.plain("button-in-stock")
    buttons = (
        Button(
            f"✓ {only}" if taste.in_stock else only, SetInStock(service=service, wanted=not taste.in_stock)
        ),
        Button(t.plain("filter-most", value=most), AskMost(service=service)),
        Button(t.plain("filter-name", value=cut(named, _LONGEST_NAME) or nothing), AskName(service=service)),
    )
    off: tuple[Row, ...] = ()
    if taste.in_stock or taste.most or named:
        off = ((Button(t.plain("button-filter-off"), ClearCountryFilter(service=service)),),)
    show = (Button(t.plain("button-filter-countries"), ShowCountries(service=service), style=Style.PRIMARY),)
    title = t.t("country-filter-title", service=service_name(catalog, service, t))
    return Screen(title, (*stacked(buttons), *off, show))


def most_prompt(service: str, currencies: Sequence[str], t: Translator, catalog: Catalog) -> Screen:
    """Ask for the price above which countries are left out."""
    name = service_name(catalog, service, t)
    text = t.t("filter-most-prompt", service=name, currencies=", ".join(currencies))
    return Screen(text, asks=t.plain("price-placeholder"))


def most_refused(service: str, currencies: Sequence[str], t: Translator) -> Screen:
    """Say that a text is no price here; the question stays."""
    again = Button(t.plain("button-back"), ShowCountryFilter(service=service))
    return Screen(t.t("price-unusable", currencies=", ".join(currencies)), ((again,),))


def name_prompt(service: str, t: Translator, catalog: Catalog) -> Screen:
    """Ask for a part of a country's name."""
    text = t.t("filter-name-prompt", service=service_name(catalog, service, t))
    return Screen(text, asks=t.plain("filter-name-placeholder"))


def filter_line(taste: Taste, service: str, t: Translator) -> str:
    """Return which countries are shown, plain; empty where all are."""
    named = taste.named(service)
    parts = (
        t.plain("button-in-stock") if taste.in_stock else "",
        t.plain("price-up-to", price=t.money(taste.most)) if taste.most else "",
        f"“{named}”" if named else "",
    )
    return " · ".join(part for part in parts if part)


def choice_labels(choices: Sequence[CountryChoice], t: Translator, catalog: Catalog) -> list[str]:
    """Return countries with their best price in each currency, for buttons, and with their stock.

    Where one would be cut off, the stock of all is said in short, or not at all: a list looks the same from
    row to row.
    """
    priced = [_price_label(choice, t, catalog) for choice in choices]
    for told in (stock, stock_in_short):
        labels = [
            _joined(label, told(choice.stock, t)) for label, choice in zip(priced, choices, strict=True)
        ]
        if max(map(len, labels), default=0) <= _WIDEST:
            return labels
    return priced


def _shown(view: CountriesView) -> list[CountryChoice]:
    """Return the countries whose buttons can be packed."""
    return [
        choice
        for choice in view.choices
        if fits(ShowOffers(service=view.service, country=choice.country, page=LAST_PAGE))
    ]


def _sorts(found: Iterable[CountryChoice], look: Look) -> list[Sort]:
    found = list(found)
    told = {
        Sort.RATE: any(choice.rate is not None for choice in found),
        Sort.OWN: any(choice.country in look.own for choice in found),
    }
    return [sort for sort in Sort if told.get(sort, True)]


def _sorted(choices: list[CountryChoice], sort: Sort, look: Look) -> list[CountryChoice]:
    none = Own(1, -1)
    match sort:
        case Sort.PRICE:
            return choices
        case Sort.STOCK:
            return sorted(choices, key=lambda choice: -(choice.stock or 0))
        case Sort.RATE:
            return sorted(choices, key=lambda choice: (choice.rate is None, -(choice.rate or 0)))
        case Sort.OWN:
            own = {choice.country: look.own.get(choice.country, none) for choice in choices}
            return sorted(choices, key=lambda one: (-own[one.country].share, -own[one.country].ended))


def _passes(choice: CountryChoice, taste: Taste, service: str, catalog: Catalog) -> bool:
    """Whether a filter leaves a country in; what cannot be compared is left in."""
    if taste.in_stock and choice.stock == 0:
        return False
    if taste.most is not None and not _is_within(choice, taste.most):
        return False
    part = taste.named(service).casefold()
    if not part:
        return True
    names = (
        catalog.countries.title(choice.country, language, catalog.own.get(choice.country, language))
        for language in LANGUAGES
    )
    return any(part in name.casefold() for name in names)


def _is_within(choice: CountryChoice, most: Money) -> bool:
    prices = choice.prices or ((choice.cheapest.price,) if choice.cheapest.price else ())
    comparable = [price for price in prices if price.currency == most.currency]
    return len(comparable) < len(prices) or not prices or min(comparable, key=lambda one: one.amount) <= most


def _labels(
    shown: Sequence[CountryChoice], sort: Sort, look: Look, t: Translator, catalog: Catalog
) -> list[str]:
    if sort not in {Sort.RATE, Sort.OWN}:
        return choice_labels(shown, t, catalog)
    figure = _rate if sort is Sort.RATE else _own
    return [_joined(_price_label(choice, t, catalog), figure(choice, look, t)) for choice in shown]


def _figure(sort: Sort, t: Translator) -> str:
    if sort is Sort.RATE:
        return t.t("countries-rates")
    return t.t("countries-own") if sort is Sort.OWN else ""


def _price_label(choice: CountryChoice, t: Translator, catalog: Catalog) -> str:
    prices = choice.prices[:_MOST_PRICES] or [choice.cheapest.price]
    return _joined(
        country_name(catalog, choice.country, t), " / ".join(price_of(price, t) for price in prices)
    )


def _rate(choice: CountryChoice, _: Look, t: Translator) -> str:
    return "" if choice.rate is None else t.plain("rate", percent=t.number(round(choice.rate)))


def _own(choice: CountryChoice, look: Look, t: Translator) -> str:
    mine = look.own.get(choice.country)
    if mine is None:
        return ""
    return t.plain("picture-result", brought=t.number(mine.brought), ended=t.number(mine.ended))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _filter_button(service: str, taste: Taste, t: Translator) -> Row:
    label, data = t.plain("button-filter"), ShowCountryFilter(service=service)
    is_set = bool(taste.in_stock or taste.most or taste.named(service))
    return (Button(f"✓ {label}" if is_set else label, data),) if fits(data) else ()


def _sort_button(service: str, sort: Sort, now: Sort, t: Translator) -> Button:
    labels = {
        Sort.PRICE: t.plain("button-by-price"),
        Sort.STOCK: t.plain("button-by-stock"),
        Sort.RATE: t.plain("button-by-rate"),
        Sort.OWN: t.plain("button-by-own"),
    }
    mark = "✓ " if sort is now else ""
    return Button(mark + labels[sort], ShowCountries(service=service, sort=sort))
