"""Purchases looked back at: the list, what narrows it down, and the caption of the picture."""

from collections.abc import Sequence
from datetime import date

from bot.catalog import Catalog
from bot.domain.history import Bought, Facet, HistoryPage, Purchase, Stats, Wanted
from bot.domain.orders import OPEN
from bot.domain.statement import Format
from bot.domain.views import AccountView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import ShowServices, fits
from bot.telegram.finding_callbacks import BuyAgain
from bot.telegram.history_callbacks import (
    Export,
    OpenHistory,
    ShowFilters,
    ShowHistory,
    ShowStats,
    ShowValues,
    filtered,
)
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paired, paragraphs, stacked
from bot.telegram.screens.start import back
from bot.telegram.screens.words import account_name, bold, country_name, cut, number, price_of, service_name

PERIODS = (7, 30, 90)
_A_PAGE = 6
_BESIDE = 18
"""Characters of a label that shares its row with one other."""

_MINUTE, _HOUR = 60, 3600
_IN_DOUBT = frozenset({"placing", "uncertain"})


def history(page: HistoryPage, t: Translator, catalog: Catalog) -> Screen:
    """Draw a page of purchases, a paragraph each."""
    wanted, shared = page.wanted, filtered(page.wanted)
    told = [
        Html(f"{place}. ") + _entry(one, page.accounts.get(one.account_id), t, catalog)
        for place, one in enumerate(page.purchases, 1)
    ]
    chosen = Html(" · ").join(
        _value(facet, value, page.account, t, catalog)
        for facet in Facet
        if (value := value_of(wanted, facet))
    )
    head = lines(
        t.t("purchases-title"), chosen, t.t("purchases-total", count=page.total) if page.total else ""
    )
    if not told:
        told = [t.t("purchases-none") if wanted == Wanted() else t.t("purchases-none-such")]
    rows: list[Row] = [
        *paired(_again(page, t)),
        *turning(page.page, page.pages, lambda to: ShowHistory.model_validate({**shared, "page": to})),
    ]
    if page.purchases or wanted != Wanted():
        rows.append(
            (
                Button(t.plain("button-filter"), ShowFilters.model_validate(shared)),
                Button(t.plain("button-stats"), ShowStats()),
            )
        )
    if page.purchases:
        rows.append(
            tuple(
                Button(format_.value.upper(), Export.model_validate({**shared, "format": format_}))
                for format_ in Format
            )
        )
    else:
        rows.append((Button(t.plain("button-buy"), ShowServices(), style=Style.PRIMARY),))
    return Screen(paragraphs(head, *told), (*rows, back(t)))


def filters(page: HistoryPage, t: Translator, catalog: Catalog) -> Screen:
    """Draw by what the list is narrowed down, and how many purchases that leaves."""
    wanted, shared = page.wanted, filtered(page.wanted)
    buttons = []
    for facet in Facet:
        value = value_of(wanted, facet)
        said = _value(facet, value, page.account, t, catalog) if value else t.plain("filter-any")
        label = t.plain(f"facet-{facet.name.lower()}", value=said)
        data = ShowValues.model_validate({**shared, "facet": facet})
        if fits(data):
            buttons.append(Button(label, data, style=Style.SUCCESS if value else None))
    show = Button(
        t.plain("button-filter-show", many=t.number(page.total)),
        ShowHistory.model_validate(shared),
        style=Style.PRIMARY,
    )
    off = ((Button(t.plain("button-filter-off"), ShowFilters()),),) if wanted != Wanted() else ()
    return Screen(t.t("filter-title"), (*stacked(buttons), *off, (show,)))


def values(
    wanted: Wanted,
    facet: Facet,
    found: Sequence[str],
    page: int,
    accounts: dict[int, AccountView],
    t: Translator,
    catalog: Catalog,
) -> Screen:
    """Draw what a facet can be set to; the one that is set is marked."""
    shown, page, pages = page_of(found, page, _A_PAGE - 1)
    now = value_of(wanted, facet)
    buttons = [
        Button(t.plain("filter-any"), _with(wanted, facet, ""), style=Style.SUCCESS if not now else None)
    ]
    for one in shown:
        data = _with(wanted, facet, one)
        if fits(data):  # a provider's own code may be too long beside all other choices
            account = accounts.get(int(one)) if facet is Facet.ACCOUNT else None
            label = _value(facet, one, account, t, catalog)
            buttons.append(Button(label, data, style=Style.SUCCESS if one == now else None))
    shared = filtered(wanted)
    nav = turning(page, pages, lambda to: ShowValues.model_validate({**shared, "facet": facet, "page": to}))
    way_back = Button(t.plain("button-back"), ShowFilters.model_validate(shared))
    title = bold(t.plain(f"facet-{facet.name.lower()}", value="").rstrip(" :"))
    return Screen(title, (*stacked(buttons), *nav, (way_back,)))


def export_caption(total: int, t: Translator) -> Screen:
    """Draw what stands under an exported file."""
    return Screen(t.t("export-caption", count=total))


def stats_caption(stats: Stats, days: int, t: Translator, *, is_drawn: bool) -> Screen:
    """Draw what stands under the picture: the sums, in words for whoever cannot see it.

    Args:
        stats: what is told.
        days: how many days it is about.
        t: the reader's language.
        is_drawn: whether there is a picture above.
    """
    ended, brought = sum(one.ended for one in stats.results), sum(one.brought for one in stats.results)
    is_empty = not (stats.spend or stats.untold or ended)
    spent = Html(" · ").join(t.money(paid) for paid in stats.totals)
    text = paragraphs(
        t.t("stats-title", count=days),
        lines(
            t.t("stats-none") if is_empty else "",
            t.t("stats-spent", spent=spent) if spent else "",
            t.t("stats-brought", brought=t.number(brought), ended=t.number(ended)) if ended else "",
            t.t("cap-untold", count=stats.untold) if stats.untold else "",
        ),
        "" if is_drawn or is_empty else t.t("stats-no-picture"),
    )
    periods = tuple(
        Button(
            t.plain("button-days", count=many),
            ShowStats(days=many),
            style=Style.SUCCESS if many == days else None,
        )
        for many in PERIODS
    )
    return Screen(text, (periods, (Button(t.plain("button-purchases"), OpenHistory()),)))


def duration(seconds: float) -> str:
    """Return a stretch of time as on a stopwatch: ``0:24``, ``1:02:03``."""
    whole = round(seconds)
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def value_of(wanted: Wanted, facet: Facet) -> str:
    """Return what a facet is set to, as its buttons carry it; empty where it is not."""
    match facet:
        case Facet.KIND:
            return wanted.kind.value
        case Facet.ACCOUNT:
            return str(wanted.account_id) if wanted.account_id else ""
        case Facet.SERVICE:
            return wanted.service
        case Facet.COUNTRY:
            return wanted.country
        case Facet.MONTH:
            return f"{wanted.month:04}" if wanted.month else ""


def _with(wanted: Wanted, facet: Facet, value: str) -> ShowFilters:
    return ShowFilters.model_validate(filtered(wanted.with_(facet, value)))


def _value(facet: Facet, value: str, account: AccountView | None, t: Translator, catalog: Catalog) -> str:
    match facet:
        case Facet.KIND:
            return t.plain("purchases-rentals" if value == Bought.RENTAL else "purchases-activations")
        case Facet.ACCOUNT:
            return account_name(account) if account else f"#{value}"
        case Facet.SERVICE:
            return service_name(catalog, value, t)
        case Facet.COUNTRY:
            return country_name(catalog, value, t)
        case Facet.MONTH:
            return t.month(date(2000 + int(value[:2]), int(value[2:]), 1))


def _again(page: HistoryPage, t: Translator) -> list[Button]:
    """Return the buttons that buy the same again in one tap, by the places of the purchases on the page."""
    return [
        Button(
            cut(t.plain("button-again-place", place=t.number(place), price=t.money(one.price)), _BESIDE),
            BuyAgain(order_id=one.id),
        )
        for place, one in enumerate(page.purchases, 1)
        if one.kind is Bought.ACTIVATION and one.id in page.again and one.id and one.price
    ]


def _entry(one: Purchase, account: AccountView | None, t: Translator, catalog: Catalog) -> Html:
    service = service_name(catalog, one.service, t) if one.service else t.plain("rental-untold")
    country = country_name(catalog, one.country, t) if one.country else ""
    price = t.plain("purchases-unpriced") if one.price is None else price_of(one.price, t)
    return lines(
        Html(" · ").join(part for part in (bold(service), country) if part),
        number(one.phone, t) if one.phone else "",
        Html(" · ").join(part for part in (price, account_name(account) if account else "") if part),
        Html(" · ").join((t.date_time(one.made_at, "dt"), _outcome(one, t))),
    )


def _outcome(one: Purchase, t: Translator) -> str:
    """Return what became of a purchase, in a word or three."""
    if one.state in _IN_DOUBT:
        return t.plain("purchases-doubt")
    if one.is_returned:
        return t.plain("purchases-returned")
    if one.kind is Bought.RENTAL:
        return t.plain(f"purchases-act-{one.act}")
    if one.first_sms_at is not None:
        waited = (one.first_sms_at - one.made_at).total_seconds()
        return t.plain("purchases-sms", after=duration(max(0.0, waited)))
    return t.plain("purchases-open" if one.state in OPEN else "purchases-no-sms")
