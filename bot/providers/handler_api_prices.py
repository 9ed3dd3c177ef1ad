"""The prices of ``handler_api.php``, in every shape that a house was seen to give them.

Sources: Get-SMS's page, "Get all prices for services": ``{country: {service: {price: count}}}``;
SMS-Activate's page: ``{country: {service: {cost, count}}}``, ``{service: {country: {count, price}}}`` for
numbers that take calls, and ``{n: {country, count, price, freePriceMap: {price: count}}}`` for a service.
Running houses add a ``price`` beside lists of suppliers, suppliers alone, a bare price, and objects that lack
one of the two outer keys, because it was asked for.

A service that is sold at several prices becomes several quotes, the cheapest first, each with the stock at
that price. Whoever names the price as the highest one buys from that stock.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.providers import values
from bot.providers.handler_api_dialects import Outer
from bot.providers.handler_api_reply import Reply, rows

_Tier: TypeAlias = tuple[Decimal, int | None]
_Row: TypeAlias = tuple[str, str, Any]
"""Service, country, and what is told of them."""

_PRICE = ("cost", "price", "retail_price")
_TIERS = ("freePriceMap", "map")


def read_prices(reply: Reply, outer: Outer, service: str | None, country: str | None) -> tuple[Quote, ...]:
    """Return the quotes of ``getPrices`` and ``getPricesVerification``.

    Args:
        reply: the answer.
        outer: what its outer keys are.
        service: the service that was asked for, if it was one.
        country: the country that was asked for, if it was one.
    """
    found: list[_Row] = []
    for key, inside in _pairs(reply.data()):
        if _is_leaf(inside, outer):
            found.append(_placed(key, inside, service, country))
        else:
            pairs = list(_pairs(inside))
            by_country = outer is Outer.COUNTRY
            found.extend(
                (inner, key, leaf) if by_country else (key, inner, leaf)
                for inner, leaf in pairs
                if leaf not in ({}, [])  # known, but not on offer
            )
    return _quotes(reply, found)


def read_top_countries(reply: Reply, service: str) -> tuple[Quote, ...]:
    """Return the quotes of ``getTopCountriesByService``."""
    found = [
        (service, country if isinstance(country, str) else "", row)
        for row in rows(reply.data())
        for country in [row.get("country") if isinstance(row, dict) else None]
    ]
    return _quotes(reply, found)


def _placed(key: str, leaf: Any, service: str | None, country: str | None) -> _Row:
    """Return the row of an object that lacks a key: the one that was asked for is the one that is missing."""
    if service is not None and key != service:
        return service, key, leaf
    return key, country or "", leaf


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what an object, or a list of them, holds by key; nonsense becomes a row that cannot be read."""
    for part in value if isinstance(value, list) else [value]:
        yield from part.items() if isinstance(part, dict) else [("", part)]


def _is_leaf(value: Any, outer: Outer) -> bool:
    """Return whether prices are here: named, or as ``{price: count}`` that cannot be ``{country: price}``."""
    if not isinstance(value, dict) or not value:
        return False
    if any(isinstance(value.get(name), str) for name in _PRICE):
        return True
    mapped = all(values.number(key) is not None and isinstance(at, str) for key, at in value.items())
    return mapped and outer is Outer.COUNTRY


def _tiers(leaf: Any) -> list[_Tier]:
    """Return the prices in a leaf, the cheapest first, with the stock at each; none if it cannot be read."""
    if isinstance(leaf, str):
        price = values.number(leaf)
        return [] if price is None else [(price, None)]
    if not isinstance(leaf, dict):
        return []
    for name in _TIERS:
        if isinstance(leaf.get(name), dict) and leaf[name]:
            return _mapped(leaf[name])
    return _single(leaf) if any(name in leaf for name in _PRICE) else _mapped(leaf)


def _single(leaf: dict[str, Any]) -> list[_Tier]:
    """Return the price that is named; of ``price`` and ``retail_price`` the first is what is charged."""
    named = next((leaf[name] for name in _PRICE if name in leaf), None)
    price = values.number(named)
    return [] if price is None else [(price, values.count(leaf.get("count")))]


def _mapped(leaf: dict[str, Any]) -> list[_Tier]:
    """Return the tiers of ``{price: count}``, or of ``{supplier: {price, count}}``, put together by price."""
    stock: defaultdict[Decimal, int] = defaultdict(int)
    for key, inside in leaf.items():
        if isinstance(inside, dict):
            for price, count in _single(inside):
                stock[price] += count or 0
        else:
            named, count = values.number(key), values.count(inside)
            if named is not None and count is not None:
                stock[named] += count
    return sorted(stock.items())


def _quotes(reply: Reply, found: list[_Row]) -> tuple[Quote, ...]:
    """Return the rows that have a price; rows without any readable one among them are no answer."""
    currency = reply.call.record.currency
    quotes = []
    for service, country, leaf in found:
        if not (values.identifier(service) and values.identifier(country)):
            continue
        name = values.sentence(leaf.get("name")) if isinstance(leaf, dict) else None
        for price, stock in _tiers(leaf):
            if price >= 0:
                quotes.append(Quote(service, country, Money(price, currency), stock, name=name))
    if found and not quotes:
        raise reply.unreadable()
    return tuple(quotes)
