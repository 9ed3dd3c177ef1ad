"""The services that a number can be bought for."""

from collections.abc import Sequence
from dataclasses import replace

from bot.catalog import Catalog, Country, Service
from bot.domain.finding import Kept
from bot.domain.views import (
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
    fits,
)
from bot.telegram.screens.failures import asking, replace_rows, troubles
from bot.telegram.screens.finding import kept_rows, legend
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Screen, Style, paired, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import country_name, cut, service_name

_SERVICE_ROWS = 6
_SELLERS_A_PAGE = 6
_MOST_HITS = 6
_MOST_OWN = 2  # of those that only resemble the text
_LONGEST_SEARCH = 64


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
    kept: Sequence[Kept] = (),
) -> Screen:
    """Draw the popular services by pages, behind what the person has at hand.

    Args:
        popular: all of them, most wanted first.
        page: from 0.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is known; then a service leads to its offers there.
        others: whether an account may sell more than the catalogue has words for.
        kept: favourites and what was bought last.
    """
    buttons = paired(_service_button(service.id, country, t, catalog) for service in popular)
    at_hand = kept_rows(kept, t, catalog)
    rows, page, pages = page_of((*at_hand, *buttons), page, _SERVICE_ROWS)
    told = legend(kept, t) if page * _SERVICE_ROWS < len(at_hand) else ""
    nav = turning(page, pages, lambda number: ShowServices(page=number, country=country))
    place = country_name(catalog, country, t) if country else ""
    title = t.t("buy-title-in", country=place) if country else t.t("buy-title")
    more = Button(t.plain("button-own-services"), ShowOwnServices(country=country))
    away = (more, *back(t)) if others else back(t)
    return Screen(paragraphs(title, t.t("buy-or-type"), told), (*rows, *nav, away))


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
