"""What a purchase begins with, and the question before one that is dear."""

from decimal import Decimal

from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.defaults import DefaultsView
from bot.domain.money import Money
from bot.i18n import Translator
from bot.telegram.cap_callbacks import ShowSettings
from bot.telegram.default_callbacks import (
    AskDear,
    SetDear,
    SetDefaultAccount,
    SetDefaultCountry,
    ShowDear,
    ShowDefaultAccounts,
    ShowDefaultCountries,
    ShowDefaults,
)
from bot.telegram.screens.amounts import CHEAP
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, paragraphs, stacked
from bot.telegram.screens.words import account_name, country_name, whole

_MOST_CURRENCIES = 4
_ACCOUNTS_A_PAGE = 5
_COUNTRIES_A_PAGE = 6
_SMALL = (1, 2, 5, 10)
_LARGE = (50, 100, 200, 500)


def defaults(view: DefaultsView, t: Translator, catalog: Catalog) -> Screen:
    """Draw what a purchase begins with, a button for each."""
    none = t.plain("default-none")
    account = account_name(view.account) if view.account else none
    country = country_name(catalog, view.country, t) if view.country else none
    dear = tuple(
        (
            Button(
                t.plain("button-dear", currency=one, most=t.money(view.dear[one]))
                if one in view.dear
                else t.plain("button-dear-never", currency=one),
                ShowDear(currency=one),
            ),
        )
        for one in view.currencies[:_MOST_CURRENCIES]
    )
    rows: tuple[Row, ...] = (
        (
            Button(
                whole(account, lambda name: t.plain("button-default-account", account=name)),
                ShowDefaultAccounts(),
            ),
        ),
        (
            Button(
                whole(country, lambda name: t.plain("button-default-country", country=name)),
                ShowDefaultCountries(),
            ),
        ),
        *dear,
        (Button(t.plain("button-back"), ShowSettings()),),
    )
    return Screen(paragraphs(t.t("defaults-title"), t.t("defaults-text")), rows)


def accounts(view: DefaultsView, page: int, t: Translator) -> Screen:
    """Draw the accounts of which one can be asked first."""
    shown, page, pages = page_of(view.accounts, page, _ACCOUNTS_A_PAGE)
    chosen = view.account.account.id if view.account else 0
    rows = stacked(
        Button(
            account_name(one),
            SetDefaultAccount(account_id=one.account.id),
            style=_mark(one.account.id == chosen),
        )
        for one in shown
    )
    nav = turning(page, pages, lambda number: ShowDefaultAccounts(page=number))
    none = Button(t.plain("button-default-none"), SetDefaultAccount(account_id=0), style=_mark(not chosen))
    return Screen(t.t("default-account-title"), (*rows, *nav, (none, _back(t))))


def countries(view: DefaultsView, page: int, t: Translator, catalog: Catalog) -> Screen:
    """Draw the countries, the most wanted first."""
    shown, page, pages = page_of([one.id for one in catalog.countries], page, _COUNTRIES_A_PAGE)
    rows = stacked(
        Button(
            country_name(catalog, id_, t), SetDefaultCountry(country=id_), style=_mark(id_ == view.country)
        )
        for id_ in shown
    )
    nav = turning(page, pages, lambda number: ShowDefaultCountries(page=number))
    none = Button(t.plain("button-default-none"), SetDefaultCountry(), style=_mark(view.country is None))
    return Screen(t.t("default-country-title"), (*rows, *nav, (none, _back(t))))


def dear(view: DefaultsView, currency: str, t: Translator) -> Screen:
    """Draw above which price a purchase is asked about once more, with the choice of another."""
    now = view.dear.get(currency)
    amounts = [Money(Decimal(one), currency) for one in (_LARGE if currency in CHEAP else _SMALL)]
    presets = tuple(
        Button(t.money(one), SetDear(currency=currency, amount=one.amount), style=_mark(one == now))
        for one in amounts
    )
    other = Button(t.plain("button-cap-other"), AskDear(currency=currency))
    never = Button(
        t.plain("button-never-ask"), SetDear(currency=currency, amount=Decimal(0)), style=_mark(now is None)
    )
    told = t.t("dear-never") if now is None else t.t("dear-above", most=t.money(now))
    text = paragraphs(t.t("dear-title", currency=currency), t.t("dear-text"), told)
    return Screen(text, (presets[:2], presets[2:], (other,), (never,), (_back(t),)))


def dear_prompt(currency: str, t: Translator) -> Screen:
    """Ask for another amount."""
    return Screen(t.t("dear-prompt", currency=currency), asks=t.plain("cap-prompt-placeholder"))


def is_dear(
    view: DefaultsView, price: Money | None, go_on: CallbackData, back: CallbackData, t: Translator
) -> Screen:
    """Ask whether something that costs more than usual is to be bought; nothing was bought yet."""
    if price is None:
        told = t.t("dear-untold")
        label = t.plain("button-dear-untold")
    else:
        told = t.t("dear-question", price=t.money(price), most=t.money(view.dear[price.currency]))
        label = t.plain("button-dear-buy", price=t.money(price))
    text = paragraphs(told, t.t("dear-nothing-yet"))
    away = Button(t.plain("button-back"), back, style=Style.SUCCESS)
    return Screen(text, ((away,), (Button(label, go_on, style=Style.DANGER),)))


def _mark(is_set: bool) -> Style | None:  # noqa: FBT001 - whether a button is the choice of now
    return Style.SUCCESS if is_set else None


def _back(t: Translator) -> Button:
    return Button(t.plain("button-back"), ShowDefaults())
