"""Names of things, as every screen writes them."""

from bot.catalog import Catalog
from bot.domain.offers import Offer
from bot.domain.orders import Order
from bot.domain.views import AccountView, ProviderFacts
from bot.i18n import Html, Translator

_LONGEST_NAME = 48
_LONGEST_LABEL = 24


def cut(text: str, longest: int) -> str:
    """Return a plain text of at most so many characters, with an ellipsis where something is missing."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def service_name(catalog: Catalog, service: str, t: Translator) -> str:
    """Return a service's name, plain."""
    return cut(catalog.services.title(service, t.language), _LONGEST_NAME)


def country_name(catalog: Catalog, country: str, t: Translator) -> str:
    """Return a country with its flag, plain."""
    name = cut(catalog.countries.title(country, t.language), _LONGEST_NAME)
    return f"{catalog.countries.flag(country)} {name}"


def goods(catalog: Catalog, service: str, country: str, t: Translator) -> Html:
    """Return ``Telegram · 🇷🇺 Russia`` with the service in bold."""
    return bold(service_name(catalog, service, t)) + " · " + country_name(catalog, country, t)


def account_name(view: AccountView) -> str:
    """Return what a person calls an account, plain: ``Get-SMS 2``, or ``Get-SMS · work``."""
    label, title = cut(view.account.label, _LONGEST_LABEL), view.provider.title
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


def offer_facts(offer: Offer, account: AccountView, t: Translator) -> str:
    """Return an offer in one line for a button: price, account, operator, stock."""
    parts = (t.money(offer.price), account_name(account), offer.operator or "", stock(offer.stock, t))
    return " · ".join(part for part in parts if part)


def order_name(catalog: Catalog, order: Order, t: Translator) -> str:
    """Return an order in a few words for a button: flag, service, the end of the number."""
    tail = f" …{order.phone[-4:]}" if order.phone else ""
    return f"{catalog.countries.flag(order.country)} {service_name(catalog, order.service, t)}{tail}"


def sound(text: str) -> str:
    """Return somebody's text without what would keep a message from being sent at all."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8


def number(phone: str, t: Translator) -> Html:
    """Return a phone number in monospace."""
    return Html("<code>") + t.phone(phone) + Html("</code>")


def code(text: str) -> Html:
    """Return a code in monospace."""
    return Html("<code>") + sound(text) + Html("</code>")


def bold(text: str) -> Html:
    """Return a text in bold."""
    return Html("<b>") + sound(text) + Html("</b>")


def quote(text: str) -> Html:
    """Return somebody's words as a quotation."""
    return Html("<blockquote>") + sound(text) + Html("</blockquote>")


def folded(text: str) -> Html:
    """Return a long text as a quotation that opens when it is pressed."""
    return Html("<blockquote expandable>") + sound(text) + Html("</blockquote>")
