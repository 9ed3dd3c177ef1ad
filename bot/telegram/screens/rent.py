"""The way to a rental: whose account pays, from where, for what, and for how long."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog, Country, Service
from bot.domain.errors import KeyRejected, ProviderError
from bot.domain.rental_views import RentCountriesView
from bot.domain.views import AccountView, ProviderFacts
from bot.i18n import Translator
from bot.telegram.callbacks import AddKey, ReplaceKey, fits
from bot.telegram.rent_callbacks import (
    RentAccounts,
    RentCountries,
    RentOperators,
    RentPeriods,
    RentServices,
)
from bot.telegram.screens.failures import failed
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.rent_words import rented_country, rented_service
from bot.telegram.screens.screen import Button, Row, Screen, Style, paired, paragraphs
from bot.telegram.screens.start import back
from bot.telegram.screens.words import account_name, cut

_ACCOUNTS_A_PAGE = 6
_ROWS_A_PAGE = 5
_MOST_HITS = 6
_LONGEST_OPERATOR = 32
_LONGEST_SEARCH = 64


def accounts(views: Sequence[AccountView], wanted: RentAccounts, t: Translator) -> Screen:
    """Draw the accounts that rent numbers out; what was named already goes along."""
    shown, page, pages = page_of(views, wanted.page, _ACCOUNTS_A_PAGE)
    rows = tuple(
        (
            Button(
                account_name(view),
                RentCountries(account_id=view.account.id, service=wanted.service, country=wanted.country),
            ),
        )
        for view in shown
    )
    nav = turning(page, pages, lambda turned: wanted.model_copy(update={"page": turned, "wanted": True}))
    return Screen(t.t("rent-accounts-title"), (*rows, *nav, back(t)))


def invitation(houses: Sequence[ProviderFacts], t: Translator) -> Screen:
    """Ask who has no key yet for one, with the providers that rent numbers out."""
    add = Button(t.plain("button-add-key"), AddKey(), style=Style.PRIMARY)
    names = ", ".join(house.title for house in houses)
    return Screen(t.t("rent-needs-key", providers=names), ((add,),))


def no_accounts(houses: Sequence[ProviderFacts], t: Translator) -> Screen:
    """Draw that no account rents numbers out, with the providers that do."""
    add = Button(t.plain("button-add-key"), AddKey(), style=Style.PRIMARY)
    names = ", ".join(house.title for house in houses)
    return Screen(t.t("rent-accounts-none", providers=names), ((add,), back(t)))


def hits(
    text: str,
    services: Sequence[Service],
    countries: Sequence[Country],
    t: Translator,
    catalog: Catalog,
    country: str = "",
) -> Screen:
    """Draw what the words behind /rent may mean.

    Args:
        text: the words.
        services: best first.
        countries: best first.
        t: the reader's language.
        catalog: names.
        country: where the number is to be from, if that is clear.
    """
    buttons = [
        Button(rented_service(one.id, t, catalog), RentAccounts(service=one.id, country=country))
        for one in services
    ]
    buttons += [Button(rented_country(one.id, t, catalog), RentAccounts(country=one.id)) for one in countries]
    wanted = cut(text, _LONGEST_SEARCH)
    title = t.t("search-found", text=wanted) if buttons else t.t("search-nothing", text=wanted)
    rows = tuple((button,) for button in buttons[:_MOST_HITS])
    return Screen(title, (*rows, (Button(t.plain("button-rent"), RentAccounts()),), back(t)))


def countries(view: RentCountriesView, wanted: RentCountries, t: Translator, catalog: Catalog) -> Screen:
    """Draw the countries of an account; where one was named that is not among them, say so."""
    house = view.account.provider.title
    away: Row = (Button(t.plain("button-rent-accounts"), RentAccounts(service=wanted.service, wanted=True)),)
    account_id = view.account.account.id
    buttons = []
    for choice in view.choices:
        data = _after_country(account_id, choice.country, wanted.service)
        if fits(data):
            buttons.append(Button(rented_country(choice.country, t, catalog, choice.name), data))
    if not buttons:
        return Screen(t.t("rent-countries-none", provider=house), (away,))
    rows, page, pages = page_of(paired(buttons), wanted.page, _ROWS_A_PAGE)
    nav = turning(page, pages, lambda turned: wanted.model_copy(update={"page": turned, "country": ""}))
    missing = ""
    if wanted.country:
        place = rented_country(wanted.country, t, catalog)
        missing = t.t("rent-country-missing", provider=house, country=place)
    title = t.t("rent-countries-title", account=account_name(view.account))
    return Screen(paragraphs(missing, title), (*rows, *nav, away))


def _after_country(account_id: int, country: str, service: str) -> CallbackData:
    if service:
        return RentPeriods(account_id=account_id, country=country, service=service)
    return RentServices(account_id=account_id, country=country)


def operators(names: Sequence[str], wanted: RentOperators, t: Translator) -> Screen:
    """Draw the operators of a country; each leads back to what it is chosen for.

    Args:
        names: as the provider calls them.
        wanted: the country, the page, and the service where one is chosen already.
        t: the reader's language.
    """

    def to(operator: str) -> CallbackData:
        here = {"account_id": wanted.account_id, "country": wanted.country, "operator": operator}
        return RentPeriods(**here, service=wanted.service) if wanted.service else RentServices(**here)

    buttons = [Button(cut(name, _LONGEST_OPERATOR), to(name)) for name in names if fits(to(name))]
    rows, page, pages = page_of(paired(buttons), wanted.page, _ROWS_A_PAGE)
    nav = turning(page, pages, lambda turned: wanted.model_copy(update={"page": turned}))
    text = t.t("operators-title") if buttons else t.t("operators-none")
    return Screen(text, (*rows, *nav, (Button(t.plain("button-any-operator"), to("")),)))


def trouble(
    error: ProviderError, house: ProviderFacts | None, account_id: int, again: CallbackData, t: Translator
) -> Screen:
    """Draw that the provider could not be asked, with another try and the way back."""
    mend = (Button(t.plain("button-replace"), ReplaceKey(account_id=account_id)),)
    once_more = (Button(t.plain("button-try-again"), again, style=Style.PRIMARY),)
    away = (Button(t.plain("button-rent-accounts"), RentAccounts(wanted=True)),)
    return failed(error, t, house, *((mend,) if isinstance(error, KeyRejected) else ()), once_more, away)
