"""Offers for one service in one country, and the confirm button."""

from collections.abc import Sequence

from bot.catalog import Catalog
from bot.domain.finding import Goods
from bot.domain.views import CountryChoice, OffersView, OfferView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import Confirm, ShowCountries, ShowOffer, ShowOffers
from bot.telegram.screens.alerts import tell_me
from bot.telegram.screens.caps import risk, tally_lines
from bot.telegram.screens.choices import choice_rows, chosen, further
from bot.telegram.screens.countries import choice_labels
from bot.telegram.screens.failures import asking, replace_rows, troubles
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, goods, offer_facts, price_of, stock

_A_PAGE = 5  # with the rows that turn pages and lead away, 8
_MOST_ALTERNATIVES = 4


def in_stock(view: OffersView) -> tuple[OfferView, ...]:
    """Return the offers that can be bought now."""
    return tuple(offer for offer in view.offers if offer.draft.offer.stock != 0)


def offers(
    view: OffersView,
    page: int,
    alternatives: Sequence[CountryChoice],
    t: Translator,
    catalog: Catalog,
    beside: Row = (),
) -> Screen:
    """Draw the offers: none with alternatives, one ready to be confirmed, several as a list.

    Args:
        view: what the accounts sell, cheapest first.
        page: of the list, from 0.
        alternatives: other countries for the same service, best first; used where nothing is in stock here.
        t: the reader's language.
        catalog: names.
        beside: what else can be done with these goods; stands by the way back.
    """
    available = in_stock(view)
    told = lines(troubles(view.troubles, t), asking(view.asking, t))
    if view.asking and not available:
        return Screen(
            paragraphs(goods(catalog, view.service, view.country, t), told), ((*_away(view, t), *beside),)
        )
    if told and not view.offers:
        return _unanswered(view, t, catalog)
    if not available:
        screen = sold_out(view.service, view.country, alternatives, t, catalog, beside)
        return Screen(paragraphs(screen.text, told), screen.rows)
    if len(available) == 1 and not view.asking:
        screen = offer(available[0], t, catalog, (*_away(view, t), *beside))
        return Screen(paragraphs(screen.text, told), screen.rows)
    shown, page, pages = page_of(available, page, _A_PAGE)
    rows = tuple(
        (Button(offer_facts(one.draft.offer, one.account, t), ShowOffer(token=one.draft.token)),)
        for one in shown
    )
    nav = turning(
        page,
        pages,
        lambda number: ShowOffers(service=view.service, country=view.country, page=number),
    )
    title = goods(catalog, view.service, view.country, t)
    return Screen(paragraphs(title, _order(view, t), told), (*rows, *nav, (*_away(view, t), *beside)))


def _order(view: OffersView, t: Translator) -> Html:
    if view.first is None:
        return t.t("offers-choose")
    return t.t("offers-choose-first", account=account_name(view.first))


def offer(view: OfferView, t: Translator, catalog: Catalog, away: Row | None = None) -> Screen:
    """Draw one offer with its confirm button, and with what can be chosen otherwise.

    Args:
        view: the offer.
        t: the reader's language.
        catalog: names.
        away: where else to go; the list of offers, unless told otherwise.
    """
    sold = view.draft.offer
    facts = (
        price_line(view, t),
        t.t("offer-account", account=account_name(view.account)),
        chosen(view, t),
        t.t("offer-stock", stock=stock(sold.stock, t)) if sold.stock is not None else "",
        t.t("offer-minutes", count=view.account.provider.minutes),
        tally_lines(view.tally, t),
    )
    price = (
        t.plain("price-up-to", price=t.money(sold.highest)) if sold.highest else price_of(view.draft.price, t)
    )
    confirm = Button(
        t.plain("button-confirm", price=price), Confirm(token=view.draft.token), style=Style.SUCCESS
    )
    back = (Button(t.plain("button-back"), ShowOffers(service=sold.service, country=sold.country)),)
    title = goods(catalog, sold.service, sold.country, t)
    text = paragraphs(title, further(view, t, catalog), lines(*facts), t.t("offer-rule"), risk(view.tally, t))
    return Screen(text, ((confirm,), *choice_rows(view, t), away or back))


def price_line(view: OfferView, t: Translator) -> Html:
    """Return what an offer costs, and at most, or that only the balance will tell."""
    price, highest = view.draft.price, view.draft.offer.highest
    if price is not None and highest is not None:
        return t.t("offer-at-most", price=t.money(price), highest=t.money(highest))
    if price is None:
        title = view.account.provider.title
        forward = view.draft.offer.forward
        untold = t.t("offer-forward", provider=title) if forward else t.t("offer-unpriced", provider=title)
        return lines(untold, t.t("offer-limit", highest=t.money(highest)) if highest else "")
    return t.t("offer-price", price=price_of(price, t))


def changed(view: OfferView, before: str, t: Translator, catalog: Catalog) -> Screen:
    """Draw an offer after a choice, with the way back to the confirm button before it."""
    back = (Button(t.plain("button-back"), ShowOffer(token=before)),)
    return offer(view, t, catalog, back)


def dearer(view: OffersView, t: Translator, catalog: Catalog) -> Screen:
    """Draw the offers anew, saying that the price has risen and that nothing was bought."""
    screen = offers(view, 0, (), t, catalog)
    return Screen(paragraphs(t.t("error-price-rose"), screen.text), screen.rows)


def sold_out(
    service: str,
    country: str,
    alternatives: Sequence[CountryChoice],
    t: Translator,
    catalog: Catalog,
    beside: Row = (),
) -> Screen:
    """Draw that nothing is left here, with other countries for the same service, best first."""
    elsewhere = [other for other in alternatives if other.country != country and other.cheapest.stock != 0]
    shown = elsewhere[:_MOST_ALTERNATIVES]
    rows = tuple(
        (Button(label, ShowOffers(service=service, country=other.country)),)
        for label, other in zip(choice_labels(shown, t, catalog), shown, strict=True)
    )
    again = Button(t.plain("button-refresh"), ShowOffers(service=service, country=country))
    away = (again, Button(t.plain("button-countries"), ShowCountries(service=service)))
    advice = t.t("offers-elsewhere") if rows else Html("")
    title = goods(catalog, service, country, t)
    return Screen(
        paragraphs(title, t.t("offers-none"), advice),
        (*rows, tell_me(Goods(service, country), t), away, beside),
    )


def _unanswered(view: OffersView, t: Translator, catalog: Catalog) -> Screen:
    """Draw that no account could be asked, with another try."""
    data = ShowOffers(service=view.service, country=view.country)
    again: Row = (Button(t.plain("button-try-again"), data, style=Style.PRIMARY),)
    title = goods(catalog, view.service, view.country, t)
    return Screen(
        paragraphs(title, troubles(view.troubles, t)),
        (*replace_rows(view.troubles, t), again, _away(view, t)),
    )


def _away(view: OffersView, t: Translator) -> Row:
    return (Button(t.plain("button-countries"), ShowCountries(service=view.service)),)
