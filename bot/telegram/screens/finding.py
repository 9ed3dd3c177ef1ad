"""Favourites, what was bought last, the same again: rows for other screens, and what stands above them."""

from collections.abc import Sequence

from bot.catalog import Catalog
from bot.domain.finding import Goods, Kept
from bot.domain.views import OfferView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import ShowCountries, ShowOffers, fits
from bot.telegram.finding_callbacks import BuyAgain, Star
from bot.telegram.screens.screen import Button, Row, Screen, paragraphs
from bot.telegram.screens.words import cut, goods, service_name

_BESIDE = 18
"""Characters of a label that shares its row with one other."""


def kept_rows(entries: Sequence[Kept], t: Translator, catalog: Catalog) -> tuple[Row, ...]:
    """Return a row for each favourite and each of the goods bought last; beside it, the same in one tap."""
    return tuple(_kept_row(one, t, catalog) for one in entries if fits(_leading(one.goods)))


def legend(entries: Sequence[Kept], t: Translator) -> Html:
    """Return what the second button of such a row does; nothing where there is none."""
    return t.t("again-legend") if any(one.again for one in entries) else Html("")


def star(goods: Goods, t: Translator, *, is_favourite: bool) -> Row:
    """Return the button that makes goods a favourite, or no more; none where it has no room."""
    label = t.plain("button-starred") if is_favourite else t.plain("button-star")
    data = Star(service=goods.service, country=goods.country, wanted=not is_favourite)
    return (Button(label, data),) if fits(data) else ()


def share(url: str, t: Translator) -> Button:
    """Return the button that sends a link to goods to another chat."""
    return Button(t.plain("button-share"), url=url)


def looking(view: OfferView, t: Translator, catalog: Catalog) -> Screen:
    """Draw what becomes the card of a repeated purchase, while its price is asked."""
    sold = view.draft.offer
    return Screen(paragraphs(goods(catalog, sold.service, sold.country, t), t.t("again-looking")))


def _kept_row(one: Kept, t: Translator, catalog: Catalog) -> Row:
    mark = "★" if one.is_favourite else "↺"
    flag = catalog.countries.flag(one.goods.country) if one.goods.country else ""
    label = " ".join(part for part in (mark, flag, service_name(catalog, one.goods.service, t)) if part)
    if one.again is None:
        return (Button(label, _leading(one.goods)),)
    repeat = cut(t.plain("button-again", price=t.money(one.again.price)), _BESIDE)
    again = Button(repeat, BuyAgain(order_id=one.again.order_id))
    return (Button(cut(label, _BESIDE), _leading(one.goods)), again)


def _leading(wanted: Goods) -> ShowOffers | ShowCountries:
    if wanted.country:
        return ShowOffers(service=wanted.service, country=wanted.country)
    return ShowCountries(service=wanted.service)
