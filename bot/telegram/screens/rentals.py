"""Lists of rentals: running and past ones, the providers' archives, and what was rented elsewhere."""

from collections.abc import Callable, Sequence

from bot.catalog import Catalog
from bot.domain.rental_views import (
    ArchivedRental,
    ArchiveView,
    ForeignRental,
    RentalsPage,
    RentalView,
    RentImportsView,
)
from bot.domain.rentals import Rental
from bot.domain.views import AccountView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import LAST_PAGE, ShowOrders, Still, fits
from bot.telegram.rent_callbacks import (
    AdoptRental,
    RentAccounts,
    RestoreRental,
    ShowArchive,
    ShowArchives,
    ShowRental,
    ShowRentals,
    ShowRentImports,
)
from bot.telegram.screens.failures import replace_rows, troubles
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.rent_words import (
    rental_goods,
    rental_service,
    rented_country,
    rented_goods,
    rented_service,
)
from bot.telegram.screens.rental import ended, ends
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paired, paragraphs, stacked
from bot.telegram.screens.words import account_name, cut, number, whole

_IMPORTS_A_PAGE = 5
_ACCOUNTS_A_PAGE = 6
_LONGEST_ID = 24


def rentals(page: RentalsPage, t: Translator, catalog: Catalog, *, has_archives: bool = False) -> Screen:
    """Draw a page of rentals: a paragraph and a button each, newest first.

    Args:
        page: what runs, or what has ended.
        t: the reader's language.
        catalog: names.
        has_archives: whether some provider keeps an archive of the past ones.
    """
    title = t.t("rentals-open") if page.is_open else t.t("rentals-past")
    told = [_entry(view, t, catalog) for view in page.rentals]
    if not told:
        told = [t.t("rentals-none-open") if page.is_open else t.t("rentals-none-past")]
    buttons = [_button(view.rental, t, catalog) for view in page.rentals]
    nav = turning(
        page.page, page.pages, lambda to: ShowRentals(is_open=page.is_open, page=min(to, LAST_PAGE))
    )
    more: tuple[Row, ...] = ()
    if page.is_open:
        more = ((Button(t.plain("button-rent-imports"), ShowRentImports()),),)
    elif has_archives:
        more = ((Button(t.plain("button-rent-archives"), ShowArchives()),),)
    other = Button(
        t.plain("button-past-rentals") if page.is_open else t.plain("button-open-rentals"),
        ShowRentals(is_open=not page.is_open),
    )
    rent = Button(t.plain("button-rent"), RentAccounts(), style=Style.PRIMARY)
    away = (Button(t.plain("button-back"), ShowOrders()),)
    return Screen(paragraphs(title, *told), (*stacked(buttons), *nav, *more, (other, rent), away))


def archives(accounts: Sequence[AccountView], page: int, t: Translator) -> Screen:
    """Draw the accounts whose provider keeps an archive."""
    away = (Button(t.plain("button-back"), ShowRentals(is_open=False)),)
    if not accounts:
        return Screen(t.t("archives-none"), (away,))
    shown, page, pages = page_of(accounts, page, _ACCOUNTS_A_PAGE)
    rows = tuple((Button(account_name(view), ShowArchive(account_id=view.account.id)),) for view in shown)
    nav = turning(page, pages, lambda to: ShowArchives(page=to))
    return Screen(t.t("archives-title"), (*rows, *nav, away))


def archive(view: ArchiveView, t: Translator, catalog: Catalog) -> Screen:
    """Draw a page of what a provider keeps, with a button that asks what bringing a number back costs."""
    account_id = view.account.account.id
    told = [_past(item, t, catalog) for item in view.items] or [t.t("archive-none")]
    buttons = []
    for item in view.items:
        data = RestoreRental(account_id=account_id, remote_id=item.remote_id)
        if item.can_restore and fits(data):
            tail = f"…{item.phone[-4:]}"
            buttons.append(
                Button(
                    _label(lambda of: t.plain("button-restore-this", tail=of), item, None, tail, t, catalog),
                    data,
                )
            )
    nav: tuple[Row, ...] = ()
    if view.page or view.has_more:
        to = [
            ShowArchive(account_id=account_id, page=page) for page in (max(view.page - 1, 0), view.page + 1)
        ]
        ahead = Button("›", to[1]) if view.has_more and view.page < LAST_PAGE else Button("·", Still())
        behind = Button("‹", to[0]) if view.page else Button("·", Still())
        nav = ((behind, Button(str(view.page + 1), Still()), ahead),)
    away = (Button(t.plain("button-back"), ShowRentals(is_open=False)),)
    title = t.t("archive-title", account=account_name(view.account))
    return Screen(paragraphs(title, *told), (*paired(buttons), *nav, away))


def imports(view: RentImportsView, page: int, t: Translator, catalog: Catalog) -> Screen:
    """Draw what was rented elsewhere and could be watched here, and who could not be asked.

    Args:
        view: all of it.
        page: from 0.
        t: the reader's language.
        catalog: names.
    """
    found = tuple(one for one in view.rentals if fits(_adopt(one)))
    shown, page, pages = page_of(found, page, _IMPORTS_A_PAGE)
    told = [_foreign(one, t, catalog) for one in shown]
    if not told:
        told = [t.t("rent-imports-none") if view.asked else t.t("rent-imports-nobody")]
    rows = tuple((_adopting(one, t, catalog),) for one in shown)
    nav = turning(page, pages, lambda to: ShowRentImports(page=min(to, LAST_PAGE)))
    away: Row = (
        Button(t.plain("button-back"), ShowRentals()),
        Button(t.plain("button-refresh"), ShowRentImports()),
    )
    text = paragraphs(t.t("rent-imports-title"), *told, troubles(view.troubles, t))
    mend = replace_rows(view.troubles, t)
    return Screen(text, (*rows, *nav, *mend, away))


def _entry(view: RentalView, t: Translator, catalog: Catalog) -> Html:
    rental = view.rental
    return lines(
        rental_goods(rental, t, catalog),
        number(rental.phone, t) if rental.phone else "",
        Html.escape(t.plain(f"rental-state-{rental.state.value}")),
        ends(rental, t) if rental.is_held else ended(rental, t),
    )


def _button(rental: Rental, t: Translator, catalog: Catalog) -> Button:
    flag = f"{catalog.countries.flag(rental.country)} " if rental.country else ""
    tail = f" …{rental.phone[-4:]}" if rental.phone else ""
    name = rental_service(rental, t, catalog)
    return Button(f"{flag}{name}{tail}", ShowRental(rental_id=rental.id))


def _past(item: ArchivedRental, t: Translator, catalog: Catalog) -> Html:
    goods = _goods(item.service, item.country, None, t, catalog)
    days = [t.plain("period-day", count=item.days)] if item.days else []
    ended = item.closed or item.ended
    span = [t.date_time(moment, "d") for moment in (item.began, ended) if moment is not None]
    came = ""
    if item.has_sms is not None:
        came = t.plain("archive-has-sms") if item.has_sms else t.plain("archive-no-sms")
    facts = (*days, Html(" – ").join(span), came)
    return lines(goods, number(item.phone, t), Html(" · ").join(part for part in facts if part))


def _foreign(one: ForeignRental, t: Translator, catalog: Catalog) -> Html:
    until = t.t("bill-lasts", until=t.date_time(one.until, "Dt")) if one.until else ""
    goods = _goods(one.service, one.country, one.name, t, catalog)
    return lines(
        goods,
        number(one.phone, t),
        until,
        Html.escape(account_name(one.account)),
    )


def _goods(
    service: str | None, country: str | None, name: str | None, t: Translator, catalog: Catalog
) -> Html:
    """Return what a provider tells of a number: no service in its answer is not a number for all of them."""
    if service is not None or name is not None:
        return rented_goods(service or "", country, t, catalog, name)
    return Html.escape(rented_country(country, t, catalog)) if country else Html("")


def _adopting(one: ForeignRental, t: Translator, catalog: Catalog) -> Button:
    tail = f"…{one.phone[-4:]}" if one.phone else cut(one.remote_id, _LONGEST_ID)
    label = _label(lambda of: t.plain("button-adopt", tail=of), one, one.name, tail, t, catalog)
    return Button(label, _adopt(one), style=Style.PRIMARY)


def _label(
    act: Callable[[str], str],
    of: ArchivedRental | ForeignRental,
    name: str | None,
    tail: str,
    t: Translator,
    catalog: Catalog,
) -> str:
    """Return what to do with which rental: by number and service, as a number may be rented for several."""
    flag = f"{catalog.countries.flag(of.country)} " if of.country else ""
    if of.service is None and name is None:
        return act(f"{flag}{tail}")
    service = rented_service(of.service or "", t, catalog, name)
    return whole(service, lambda shown: act(f"{flag}{shown} {tail}"))


def _adopt(one: ForeignRental) -> AdoptRental:
    return AdoptRental(account_id=one.account.account.id, remote_id=one.remote_id)
