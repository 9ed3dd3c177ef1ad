"""Methods that tell what there is: numbers, prices, countries, operators, money."""

import zlib
from decimal import Decimal
from typing import Any

from sandbox.handler_api.records import Shelf, Variant
from sandbox.handler_api.replies import Ask

_RETAIL = 2  # what a number costs those who buy few, as a multiple
_TOP = 10


def get_balance(ask: Ask) -> str:
    """``getBalance``."""
    return ask.prints.word("ACCESS_BALANCE", f"{ask.key.balance:.2f}")


def get_balance_and_cash_back(ask: Ask) -> str:
    """``getBalanceAndCashBack``: the balance with the cashback that is spent on activations."""
    bonus = ask.world.bonuses.get(ask.key.key, Decimal(0))
    return ask.prints.word("ACCESS_BALANCE", f"{ask.key.balance + bonus:.2f}")


def get_numbers_status(ask: Ask) -> dict[str, int]:
    """``getNumbersStatus``: counts by service, ``_1`` for numbers that forward."""
    country = ask.get("country", next(iter(ask.house.places)))
    operators = _operators(ask)
    return {
        f"{service}_{variant}": sum(
            count for name, count in shelf.tiers[0].counts.items() if not operators or name in operators
        )
        for (service, place, variant), shelf in ask.world.shelves.items()
        if place == country and variant is not Variant.VOICE
    }


def get_prices(ask: Ask) -> dict[str, Any]:
    """``getPrices``: country, service, cost and count."""
    prices: dict[str, Any] = {}
    for (service, country), shelf in _shelves(ask, Variant.SMS).items():
        offer = {"cost": shelf.price, "count": shelf.tiers[0].total}
        prices.setdefault(country, {})[service] = offer
    return prices


def get_prices_verification(ask: Ask) -> dict[str, Any]:
    """``getPricesVerification``: service, country, count and price, the price as text."""
    prices: dict[str, Any] = {}
    for (service, country), shelf in _shelves(ask, Variant.VOICE).items():
        offer = {"count": shelf.tiers[0].total, "price": f"{shelf.price:.2f}"}
        prices.setdefault(service, {})[country] = offer
    return prices


def get_top_countries_by_service(ask: Ask) -> dict[str, Any]:
    """``getTopCountriesByService``: places of one service by stock; of all services where none is named."""
    if not ask.get("service"):
        named = {service for service, _, variant in ask.world.shelves if variant is Variant.SMS}
        return {service: _top(ask, service) for service in sorted(named)}
    return _top(ask, ask.service())


def get_list_of_top_countries_by_service(ask: Ask) -> list[dict[str, int]]:
    """``getListOfTopCountriesByService``: the countries that a service is mostly bought from."""
    service = ask.service(word="WRONG_SERVICE")
    weights = {
        country: zlib.crc32(f"{service}:{country}".encode()) % 1000 + 1
        for code, country, variant in ask.world.shelves
        if code == service and variant is Variant.SMS
    }
    best = sorted(weights, key=lambda country: -weights[country])[:_TOP]
    return [
        {
            "country": int(country),
            "share": round(100 * weights[country] / sum(weights.values())),
            "rate": 30 + weights[country] % 65,
        }
        for country in best
    ]


def get_operators(ask: Ask) -> dict[str, Any]:
    """``getOperators``."""
    country = ask.get("country")
    operators = {place: list(names) for place, names in ask.house.operators.items() if country in ("", place)}
    if not operators:
        raise ask.prints.none("OPERATORS_NOT_FOUND")
    return {"status": "success", "countryOperators": operators}


def get_countries(ask: Ask) -> Any:
    """``getCountries``."""
    return ask.prints.like_python(
        {
            code: {
                "id": int(code),
                "rus": place.names[1],
                "eng": place.names[0],
                "chn": place.names[2],
                "visible": 1,
                "retry": 1,
                "rent": int(any(country == code for _, country in ask.rentals.stocked)),
                "multiService": int(code in ask.house.several),
            }
            for code, place in ask.house.places.items()
        }
    )


def _operators(ask: Ask) -> set[str]:
    """Return the operators that are asked for; none where any will do."""
    wanted = {name for name in ask.get("operator").split(",") if name}
    return set() if "any" in wanted else wanted


def _shelves(ask: Ask, variant: Variant) -> dict[tuple[str, str], Shelf]:
    """Return the shelves of this kind that the request asks for, by service and country."""
    service, country = ask.get("service"), ask.get("country")
    known = ask.world.service(service)
    return {
        (code, place): shelf
        for (code, place, kind), shelf in ask.world.shelves.items()
        if kind is variant and (not service or code == known) and country in ("", place)
    }


def _top(ask: Ask, service: str) -> dict[str, Any]:
    rows = [
        (country, shelf)
        for (code, country, variant), shelf in ask.world.shelves.items()
        if code == service and variant is Variant.SMS
    ]
    rows.sort(key=lambda row: -row[1].tiers[0].total)
    return {str(rank): _place(ask, country, shelf) for rank, (country, shelf) in enumerate(rows)}


def _place(ask: Ask, country: str, shelf: Shelf) -> dict[str, Any]:
    shown = {
        "country": int(country),
        "count": shelf.tiers[0].total,
        "price": shelf.price,
        "retail_price": shelf.price * _RETAIL,
    }
    if ask.get("freePrice") in ("true", "1"):
        shown["freePriceMap"] = {f"{tier.price:.2f}": tier.total for tier in shelf.tiers}
    return shown
