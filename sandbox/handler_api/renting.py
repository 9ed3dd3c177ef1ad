"""The rental methods of SMS-Activate."""

from typing import Any

from sandbox.handler_api.records import Lease, Rental
from sandbox.handler_api.rentals import BASE_HOURS, CANCELLABLE, MOST_HOURS, RENEWABLE, WHOLE, Stock
from sandbox.handler_api.replies import Ask, rent_error

_HOUR = 3600
_HALF, _DAY = 12, 24
_RENEWED_PRICE_ONLY = "mtt"
_END = "%Y-%m-%dT%H:%M:%S"


def get_rent_services_and_countries(ask: Ask) -> dict[str, Any]:
    """``getRentServicesAndCountries``: what can be rented in a country, priced for the hours asked for."""
    hours = _period(ask, "SQL_ERROR")
    country = ask.get("country", "0")
    wanted = _operators(ask)
    countries = sorted({place for _, place in ask.rentals.stocked}, key=int)
    return {
        "countries": {str(rank): int(place) for rank, place in enumerate(countries)},
        "operators": {
            str(rank): name for rank, name in enumerate(sorted({"any", *ask.world.operators(country)} - {""}))
        },
        "services": {
            service: {
                "cost": ask.rentals.price(stock, hours),
                "quant": sum(count for name, count in stock.counts.items() if not wanted or name in wanted),
            }
            for (service, place), stock in ask.rentals.stocked.items()
            if place == country
        },
    }


def get_rent_number(ask: Ask) -> dict[str, Any]:
    """``getRentNumber``."""
    service, country = ask.get("service"), ask.get("country", "0")
    if service != WHOLE and ask.world.service(service) is None:
        raise rent_error("BAD_SERVICE")
    hours = _period(ask, "SQL_ERROR")
    stock = ask.rentals.stocked.get((service, country))
    operator = _operator(ask, stock)
    if stock is None or operator is None:
        raise rent_error("NO_NUMBERS")
    price = ask.rentals.price(stock, hours)
    _afford(ask, price)
    url = ask.get("url") or None
    return _rented(ask, ask.rentals.rent(ask.key, (service, country, operator), hours, price, url))


def get_rent_status(ask: Ask) -> dict[str, Any]:
    """``getRentStatus``: the SMS, newest first."""
    rental = _rental(ask)
    word = {
        Lease.OVER: "STATUS_FINISH",
        Lease.CANCELED: "STATUS_CANCEL",
        Lease.REVOKED: "STATUS_REVOKE",
        Lease.WAITING: "STATUS_WAIT_CODE",
    }.get(rental.lease)
    if word:
        raise rent_error(word)
    values = {
        str(rank): {
            "phoneFrom": sms.sender,
            "text": sms.text,
            "service": sms.service,
            "date": ask.local(sms.at),
        }
        for rank, sms in enumerate(reversed(rental.sms))
    }
    return {"status": "success", "quantity": str(len(values)), "values": values}


def set_rent_status(ask: Ask) -> dict[str, Any]:
    """``setRentStatus``: 1 finishes, 2 cancels."""
    rental = _rental(ask)
    status = ask.get("status")
    if status not in ("1", "2"):
        raise rent_error("INCORECT_STATUS")
    if rental.lease in (Lease.CANCELED, Lease.REVOKED):
        raise rent_error("ALREADY_CANCEL")
    if rental.lease is Lease.OVER:
        raise rent_error("ALREADY_FINISH")
    if status == "2" and (rental.sms or ask.world.clock.now() >= rental.created_at + CANCELLABLE):
        raise rent_error("CANT_CANCEL")
    ask.rentals.end(rental, Lease.OVER if status == "1" else Lease.CANCELED)
    return {"status": "success"}


def get_rent_list(ask: Ask) -> dict[str, Any]:
    """``getRentList``."""
    rented = [one for one in ask.rentals.of(ask.key) if one.alive]
    if not rented:
        raise rent_error("NO_NUMBERS")
    values = {str(rank): {"id": one.id, "phone": one.phone} for rank, one in enumerate(rented)}
    return {"status": "success", "values": values}


def continue_rent_number(ask: Ask) -> dict[str, Any]:
    """``continueRentNumber``: a rental that is over is ordered anew, under a new id."""
    rental, hours, stock = _renewal(ask)
    price = ask.rentals.price(stock, hours)
    _afford(ask, price)
    if rental.alive:
        ask.rentals.prolong(rental, hours, price)
    else:
        rental = ask.rentals.again(ask.key, rental, hours, price)
    return _rented(ask, rental)


def get_continue_rent_price_number(ask: Ask) -> dict[str, Any]:
    """``getContinueRentPriceNumber``: for numbers of the operator MTT alone."""
    rental, hours, stock = _renewal(ask)
    if rental.operator != _RENEWED_PRICE_ONLY:
        raise rent_error("WRONG_OPERATOR")  # the page has no word for it; the provider's own client does
    return {"status": "success", "price": ask.rentals.price(stock, hours)}


def _renewal(ask: Ask) -> tuple[Rental, int, Stock]:
    rental = _rental(ask)
    written = ask.get("rent_time", str(BASE_HOURS))
    if not written.isdecimal() or not BASE_HOURS <= int(written) <= MOST_HOURS:
        raise rent_error("INVALID_TIME")
    hours = int(written)
    now = ask.world.clock.now()
    stock = ask.rentals.stocked.get((rental.service, rental.country))
    gone = rental.lease in (Lease.CANCELED, Lease.REVOKED) or now > rental.expires_at + RENEWABLE
    if gone or stock is None:
        raise rent_error("RENT_DIE")
    left = max(0, int((rental.expires_at - now).total_seconds()) // _HOUR) if rental.alive else 0
    if left + hours > MOST_HOURS:
        raise rent_error("MAX_HOURS_EXCEED", max=MOST_HOURS - left)
    return rental, hours, stock


def _rental(ask: Ask) -> Rental:
    if not ask.get("id"):
        raise rent_error("NO_ID_RENT")
    found = ask.rentals.rentals.get(ask.get("id"))
    if found is None or found.key != ask.key.key:
        raise rent_error("INVALID_PHONE")
    return found


def _period(ask: Ask, refusal: str) -> int:
    """Return the hours asked for: 4, 12, 24, 48 …; below a day, the next of them."""
    written = ask.get("rent_time", str(BASE_HOURS))
    hours = int(written) if written.isdecimal() else 0
    if not 0 < hours <= MOST_HOURS or (hours > _DAY and hours % _DAY):
        raise rent_error(refusal)
    return next((step for step in (BASE_HOURS, _HALF, _DAY) if hours <= step), hours)


def _operators(ask: Ask) -> set[str]:
    wanted = {name for name in ask.get("operator").split(",") if name}
    return set() if "any" in wanted else wanted


def _operator(ask: Ask, stock: Stock | None) -> str | None:
    """Return an operator that has a number left and is wanted, the best stocked one."""
    counts = {} if stock is None else stock.counts
    wanted = _operators(ask)
    fit = [name for name, count in counts.items() if count and (not wanted or name in wanted)]
    return max(fit, key=lambda name: counts[name], default=None)


def _afford(ask: Ask, price: Any) -> None:
    if ask.key.balance < price:
        raise rent_error("NO_BALANCE")


def _rented(ask: Ask, rental: Rental) -> dict[str, Any]:
    phone = {"id": int(rental.id), "endDate": ask.local(rental.expires_at, _END), "number": rental.phone}
    return {"status": "success", "phone": phone}
