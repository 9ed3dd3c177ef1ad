"""The methods of SMSPVA's rent API that look and rent, as its page tells them, on the simulated world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.keys import Key
from sandbox.smspva import replies
from sandbox.smspva.rents import Rent, Shelf
from sandbox.smspva.replies import Prints, Refused
from sandbox.smspva.world import LONGEST, World, days_until

_DAYS = {"week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and the world that it is put to."""

    world: World
    prints: Prints
    form: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a parameter, empty where there is none."""
        return self.form.get(name, "")

    @property
    def key(self) -> Key:
        """The key; the methods that tell nothing of an account do without."""
        key = self.world.keys.get(self.get("apikey"))
        if key is None:
            raise Refused(replies.NO_KEY)
        return key

    @property
    def rent(self) -> Rent:
        """The key's living rent that the request is about."""
        rent = self.world.rents.get(self.get("id"))
        if rent is None or not rent.alive or rent.key != self.key.key:
            raise Refused(replies.NOT_YOURS)
        return rent

    @property
    def days(self) -> int:
        """The period asked for, in days."""
        count = self.get("dcount")
        if self.get("dtype") not in _DAYS or not count.isdecimal() or not int(count):
            raise Refused(replies.BAD_PERIOD)
        return _DAYS[self.get("dtype")] * int(count)

    def afford(self, price: Decimal) -> None:
        """Refuse where the key cannot pay this."""
        if self.key.balance < price:
            raise Refused(replies.NO_BALANCE)


Method = Callable[[Ask], Any]


def get_countries(ask: Ask) -> list[dict[str, Any]]:
    """``getcountries``: those where anything is on a shelf."""
    stocked = {country for _, country in ask.world.shelves}
    more = {True: "FAST", False: "QUEUE"}
    return [
        {"name": f"{country.name} ", "code": code, "rent_switch_type": more[country.always_on]}
        if ask.prints.extra
        else {"name": country.name, "code": code}
        for code, country in ask.world.countries.items()
        if code in stocked
    ]


def get_data(ask: Ask) -> list[dict[str, Any]]:
    """``getdata``."""
    return [
        {
            "name": ask.world.services[service],
            "service": service,
            "price_day": shelf.price,
            "count": shelf.total,
        }
        for service, shelf in _shelves(ask)
    ]


def get_data_with_providers(ask: Ask) -> dict[str, Any]:
    """``getdataWithProviders``."""
    shelves = _shelves(ask)
    services = [
        {
            "name": ask.world.services[service],
            "service": service,
            "price_day": shelf.price,
            "img": f"images/ico/{service}.ico",
            "procent_days": 0,
            "procent": 0,
            "day_step": 0,
            "count": _in_stock(shelf),
            "totalCount": shelf.total,
        }
        for service, shelf in shelves
    ]
    operators = sorted({name for _, shelf in shelves for name in _in_stock(shelf)})
    return {
        "services": services,
        "totalAmount": sum(shelf.total for _, shelf in shelves),
        "allOperators": operators,
    }


def get_count_with_providers(ask: Ask) -> dict[str, Any]:
    """``getCountWithProviders``."""
    return {service: {"Amount": _in_stock(shelf), "Total": shelf.total} for service, shelf in _shelves(ask)}


def create(ask: Ask) -> dict[str, Any]:
    """``create``."""
    (rent,) = _rented(ask, [ask.get("service")])
    return _created(rent)


def create_multi(ask: Ask) -> list[dict[str, Any]]:
    """``create_multi``: one number for several services, an order each."""
    services = list(dict.fromkeys(code for code in ask.get("services").split(",") if code))
    return [_created(rent) for rent in _rented(ask, services or [""])]


def add_service_to_order(ask: Ask) -> None:
    """``add_service_to_order``: paid for each day that is left, begun ones whole."""
    rent = ask.rent
    service = ask.get("service")
    shelf = ask.world.shelves.get((service, rent.line.country))
    if shelf is None:
        raise Refused(replies.NO_SERVICE)
    if ask.get("pnumber") != rent.line.phone:
        raise Refused(replies.BAD_PHONE)
    ask.afford(shelf.price * days_until(ask.world.clock.now(), rent.until))
    ask.world.add_service(ask.key, rent, service, shelf.price)


def _shelves(ask: Ask) -> list[tuple[str, Shelf]]:
    """Return the shelves of the country asked for; a period is looked at only where one is named."""
    if ask.get("dtype") or ask.get("dcount"):
        _ = ask.days
    return [
        (service, shelf)
        for (service, country), shelf in ask.world.shelves.items()
        if country == ask.get("country")
    ]


def _rented(ask: Ask, services: list[str]) -> list[Rent]:
    key, world, country, days = ask.key, ask.world, ask.get("country"), ask.days
    if country not in world.countries:
        raise Refused(replies.NO_COUNTRY)
    if any(service not in world.services for service in services):
        raise Refused(replies.NO_SERVICE)
    if days > LONGEST.days:
        raise Refused(replies.TOO_LONG)
    if ask.get("provider") not in ("", *world.countries[country].operators):
        raise Refused(replies.NO_OPERATOR)
    shelves = [world.shelves.get((service, country), Shelf(Decimal(0), {})) for service in services]
    operator = (
        None if any(not shelf.total for shelf in shelves) else world.operator(shelves, ask.get("provider"))
    )
    if operator is None:
        raise Refused(replies.INCORRECT_METHOD)
    ask.afford(sum((shelf.price for shelf in shelves), Decimal(0)) * days)
    return world.rent(key, services, country, operator, days)


def _created(rent: Rent) -> dict[str, Any]:
    return {
        "id": int(rent.id),
        "pnumber": rent.line.local,
        "ccode": f"+{rent.line.dial}",
        "service": rent.service,
        "until": int(rent.until.timestamp()),
    }


def _in_stock(shelf: Shelf) -> dict[str, int]:
    return {operator: count for operator, count in shelf.counts.items() if count}
