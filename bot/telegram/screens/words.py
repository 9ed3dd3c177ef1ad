"""Names of things, as every screen writes them."""

from collections.abc import Callable

from bot.catalog import Catalog
from bot.domain.money import Money
from bot.domain.offers import Offer
from bot.domain.orders import Order
from bot.domain.views import AccountView, ProviderFacts
from bot.i18n import Html, Translator
from bot.telegram.screens.screen import WIDEST_ALONE

_LONGEST_NAME = 48
_LONGEST_LABEL = 24


def length(text: str) -> int:
    """Return how long a text is as Telegram counts: in UTF-16 units, so that most pictographs are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, longest: int) -> str:
    """Return a plain text of at most so many UTF-16 units, with an ellipsis where something is missing."""
    if length(text) <= longest:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (longest - 1)]
    return kept.decode("utf-16-le", "ignore").rstrip() + "…"  # half a pair at the end is left out


def whole(name: str, label: Callable[[str], str]) -> str:
    """Return a label that a button alone in its row shows to its end: only the name in it gives way.

    Args:
        name: plain.
        label: the label with a name in it.
    """
    room = WIDEST_ALONE - length(label(""))
    return label(cut(name, max(room, 1)))


def service_name(catalog: Catalog, service: str, t: Translator) -> str:
    """Return a service's name, plain."""
    own = catalog.own.get(service, t.language)
    return cut(catalog.services.title(service, t.language, own), _LONGEST_NAME)


def country_name(catalog: Catalog, country: str, t: Translator) -> str:
    """Return a country with its flag, plain."""
    own = catalog.own.get(country, t.language)
    name = cut(catalog.countries.title(country, t.language, own), _LONGEST_NAME)
    return f"{catalog.countries.flag(country)} {name}"


def goods(catalog: Catalog, service: str, country: str, t: Translator) -> Html:
    """Return ``Telegram · 🇷🇺 Russia`` with the service in bold."""
    return bold(service_name(catalog, service, t)) + " · " + country_name(catalog, country, t)


def account_name(view: AccountView) -> str:
    """Return what a person calls an account, plain: ``Get-SMS 2``, or ``Get-SMS · work``."""
    label, title = cut(view.account.label, _LONGEST_LABEL), cut(view.provider.title, _LONGEST_NAME)
    return label if label.startswith(title) else f"{title} · {label}"


def provider_name(provider: ProviderFacts, t: Translator) -> str:
    """Return a provider's title, plain; that it has closed is said."""
    return t.plain("button-closed-provider", provider=provider.title) if provider.closed else provider.title


def key_tail(view: AccountView) -> str:
    """Return the end of the key, by which it is recognised."""
    return f"…{view.account.tail}"


def stock(number: int | None, t: Translator) -> str:
    """Return how many numbers there are, plain; empty where nobody says."""
    return "" if number is None else t.plain("stock", count=number)


def stock_in_short(number: int | None, t: Translator) -> str:
    """Return the same for a button that is full already."""
    return "" if number is None else t.plain("stock-short", count=number)


def price_of(price: Money | None, t: Translator) -> str:
    """Return a price, plain; in words where it is free, or is told with the purchase alone."""
    if price is None:
        return t.plain("price-untold")
    return t.money(price) if price.amount else t.plain("price-free")


def offer_facts(offer: Offer, account: AccountView, t: Translator) -> str:
    """Return an offer in one line for a button: price, account, operator, stock."""
    parts = (price_of(offer.price, t), account_name(account), offer.operator or "", stock(offer.stock, t))
    return " · ".join(part for part in parts if part)


def order_name(catalog: Catalog, order: Order, t: Translator) -> str:
    """Return an order in a few words for a button: flag, service, the end of the number."""
    tail = f" …{order.phone[-4:]}" if order.phone else ""
    return f"{catalog.countries.flag(order.country)} {service_name(catalog, order.service, t)}{tail}"


def number(phone: str, t: Translator) -> Html:
    """Return a phone number in monospace."""
    return Html("<code>") + t.phone(phone) + Html("</code>")


def code(text: str) -> Html:
    """Return a code in monospace."""
    return Html("<code>") + text + Html("</code>")


def bold(text: str) -> Html:
    """Return a text in bold."""
    return Html("<b>") + text + Html("</b>")


def quote(text: str) -> Html:
    """Return somebody's words as a quotation."""
    return Html("<blockquote>") + text + Html("</blockquote>")


def folded(text: str) -> Html:
    """Return a long text as a quotation that opens when it is pressed."""
    return Html("<blockquote expandable>") + text + Html("</blockquote>")
