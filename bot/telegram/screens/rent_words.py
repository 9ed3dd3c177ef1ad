"""Names of what is rented, for how long and for how much, as every screen of rentals writes them."""

from bot.catalog import Catalog
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.rentals import Bill, Rental
from bot.i18n import Html, Translator
from bot.telegram.screens.words import bold, cut, price_of

_LONGEST_NAME = 48


def period_name(period: Period, t: Translator) -> str:
    """Return a period in words, plain: ``2 weeks``."""
    return t.plain(f"period-{period.unit.value}", count=period.count)


def rented_service(service: str | None, t: Translator, catalog: Catalog, name: str | None = None) -> str:
    """Return what a number is rented for, plain.

    Args:
        service: canonical id, ``provider:code``, or None for the whole number.
        t: the reader's language.
        catalog: names.
        name: the provider's own name, used where the catalogue has none.
    """
    if service is None:
        return t.plain("rent-whole")
    return cut(catalog.services.title(service, t.language, name), _LONGEST_NAME)


def rented_country(country: str, t: Translator, catalog: Catalog, name: str | None = None) -> str:
    """Return a country with its flag, plain; by the provider's own name where the catalogue has none."""
    title = cut(catalog.countries.title(country, t.language, name), _LONGEST_NAME)
    return f"{catalog.countries.flag(country)} {title}"


def rented_goods(
    service: str | None, country: str | None, t: Translator, catalog: Catalog, name: str | None = None
) -> Html:
    """Return ``Telegram · 🇷🇺 Russia`` with the service in bold, without a country where none is known."""
    told = bold(rented_service(service, t, catalog, name))
    return told + " · " + rented_country(country, t, catalog) if country else told


def rental_service(rental: Rental, t: Translator, catalog: Catalog) -> str:
    """Return what a rental is for, plain; where it was made elsewhere and nobody tells, only what it is."""
    if rental.service is None and rental.name is None and rental.bill is None:
        return t.plain("rental-untold")
    return rented_service(rental.service, t, catalog, rental.name)


def rental_goods(rental: Rental, t: Translator, catalog: Catalog) -> Html:
    """Return what a rental is for, in bold, and its country, as far as they are known."""
    told = bold(rental_service(rental, t, catalog))
    return told + " · " + rented_country(rental.country, t, catalog) if rental.country else told


def bill_price(bill: Bill, t: Translator) -> str:
    """Return what an act costs, plain; with a word where it was worked out, or is not told."""
    price = price_of(bill.price, t)
    return t.plain("rent-about", price=price) if bill.estimated else price


def bill_price_line(bill: Bill, t: Translator) -> Html:
    """Return ``Price: ₽350``, said to be about right where it was worked out; empty where it is not told."""
    if bill.price is None:
        return Html("")
    if bill.estimated:
        return t.t("bill-estimated", price=t.money(bill.price))
    return t.t("offer-price", price=t.money(bill.price))


def label_price(price: Money, t: Translator, *, estimated: bool) -> str:
    """Return a price for a button among others, plain; short where it was worked out."""
    return f"≈ {t.money(price)}" if estimated else t.money(price)
