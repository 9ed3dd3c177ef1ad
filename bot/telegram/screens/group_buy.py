"""Buying in a group with somebody else's money: short, since everybody looks on."""

from bot.catalog import Catalog
from bot.domain.money import Money
from bot.domain.views import CountriesView, OffersView, OfferView
from bot.i18n import Translator
from bot.telegram.callbacks import Confirm, ShowCountries, ShowOffer, ShowOffers, fits
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import bold, country_name, goods, price_of, service_name, stock

_MOST_COUNTRIES = 6


def group_countries(view: CountriesView, t: Translator, catalog: Catalog) -> Screen:
    """Draw the cheapest countries of a service."""
    found = [one for one in view.choices if one.cheapest.stock != 0 and one.cheapest.price is not None]
    rows = tuple(
        (Button(f"{country_name(catalog, one.country, t)} · {price_of(one.cheapest.price, t)}", data),)
        for one in found
        if fits(data := ShowOffers(service=view.service, country=one.country))
    )[:_MOST_COUNTRIES]
    told = "" if rows else t.t("group-buy-nothing")
    return Screen(paragraphs(bold(service_name(catalog, view.service, t)), told), rows)


def group_offers(view: OffersView, t: Translator, catalog: Catalog) -> Screen:
    """Draw what may be bought, cheapest first; whose accounts they are is said at the confirm button."""
    rows: tuple[Row, ...] = tuple(
        (Button(_facts(one, t), ShowOffer(token=one.draft.token)),) for one in view.offers
    )
    away: Row = (Button(t.plain("button-countries"), ShowCountries(service=view.service)),)
    told = t.t("offers-choose") if rows else t.t("group-buy-nothing")
    return Screen(paragraphs(goods(catalog, view.service, view.country, t), told), (*rows, away))


def group_offer(view: OfferView, left: Money | None, owner: str, t: Translator, catalog: Catalog) -> Screen:
    """Draw one offer with its confirm button, and whose money it costs.

    Args:
        view: the offer.
        left: what the buyer may still spend of the account; None where they may not.
        owner: what the owner is called.
        t: the buyer's language.
        catalog: names.
    """
    sold, price = view.draft.offer, price_of(view.draft.price, t)
    money = t.t("group-buy-whose", owner=owner)
    rest = t.t("group-buy-left", left=t.money(left)) if left is not None else ""
    confirm = Button(
        t.plain("button-confirm", price=price), Confirm(token=view.draft.token), style=Style.SUCCESS
    )
    back: Row = (Button(t.plain("button-back"), ShowOffers(service=sold.service, country=sold.country)),)
    text = paragraphs(
        goods(catalog, sold.service, sold.country, t), lines(t.t("offer-price", price=price), money, rest)
    )
    return Screen(text, ((confirm,), back))


def _facts(view: OfferView, t: Translator) -> str:
    sold = view.draft.offer
    parts = (price_of(view.draft.price, t), view.account.provider.title, stock(sold.stock, t))
    return " · ".join(part for part in parts if part)
