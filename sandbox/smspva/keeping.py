"""The methods of SMSPVA's rent API for numbers that are rented: list, read, wake, prolong, end, restore."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sandbox.smspva import methods, replies
from sandbox.smspva.methods import Ask, Method
from sandbox.smspva.rents import Presence, Rent, Sms
from sandbox.smspva.replies import Refused
from sandbox.smspva.world import PROLONGABLE, RESTORED_DAYS, days_until

_BRANCH = 1235  # the number that the page prints
_TAKEN = 50  # how many of the archive are shown where the request does not say


def orders(ask: Ask) -> list[dict[str, Any]]:
    """``orders``."""
    return [_order(ask, rent) for rent in ask.world.of(ask.key)]


def sms(ask: Ask) -> dict[str, Any]:
    """``sms``: those of the order, newest first, and those of other orders on the same number."""
    rent = ask.rent
    rent.unread = False
    others = [
        one
        for other in ask.world.of(ask.key)
        if other.line is rent.line and other is not rent
        for one in other.sms
    ]
    return {"SmsList": _texts(rent.sms), "OtherSms": _texts(others)}


def activate(ask: Ask) -> dict[str, Any]:
    """``activate``."""
    rent = ask.rent
    if rent.line.missing:
        raise Refused(replies.GONE)
    ask.world.wake(rent)
    return {"id": int(rent.id)}


def prolong(ask: Ask) -> dict[str, Any]:
    """``prolong``."""
    rent, days = ask.rent, ask.days
    if rent.line.missing:
        raise Refused(replies.GONE)
    if rent.until - ask.world.clock.now() > PROLONGABLE:
        raise Refused(replies.NOT_YET)
    if rent.until + timedelta(days=days) > ask.world.longest_end():
        raise Refused(replies.TOO_LONG)
    ask.afford(rent.price * days)
    ask.world.prolong(rent, days)
    return {"id": int(rent.id)}


def delete(ask: Ask) -> dict[str, Any]:
    """``delete``."""
    rent = ask.rent
    ask.world.close(rent, deleted=True)
    return {"id": int(rent.id)}


def get_rent_history(ask: Ask) -> list[dict[str, Any]]:
    """``get_rent_history``."""
    skip, take = (int(given) if given.isdecimal() else None for given in (ask.get("skip"), ask.get("take")))
    skip, take = skip or 0, _TAKEN if take is None else take
    return [
        {
            "orderId": int(rent.id),
            "resourceCode": rent.service,
            "number": rent.line.phone,
            "branchId": _BRANCH,
            "haveSms": bool(rent.sms),
            "days": rent.days,
            "country": rent.line.country,
            "begin": _unix(rent.begin),
            "end": _unix(rent.until),
            "closed": _unix(rent.closed or rent.until),
        }
        for rent in ask.world.archive(ask.key)[skip : skip + take]
    ]


def restore_user_precalc(ask: Ask) -> dict[str, Any]:
    """``restore_user_precalc``: refuses with the words in capitals."""
    rent, price = _restorable(ask, "NOTOWNER", "NOSERVICEDATA")
    if ask.key.balance < price:
        raise Refused("NOBALANCE", f"{price:f}")
    return {
        "ccode": rent.line.country,
        "scode": rent.service,
        "price": price,
        "sname": ask.world.services[rent.service],
        "pnumber": rent.line.phone,
        "outdays": days_until(rent.until, ask.world.clock.now()),
        "orderid": int(rent.id),
        "prolongTo": RESTORED_DAYS,
    }


def restore_user(ask: Ask) -> bool:
    """``restore_user``: refuses with the sentences in small letters where there are two for one reason."""
    rent, price = _restorable(ask, replies.NOT_YOURS, replies.NO_SERVICE)
    ask.afford(price)
    ask.world.restore(rent, price)
    return True


def _restorable(ask: Ask, not_yours: str, no_service: str) -> tuple[Rent, Decimal]:
    """Return an archived rent and what it costs to restore: the days that were missed, and 30 more."""
    key, world = ask.key, ask.world
    rent = world.rents.get(ask.get("id").strip())  # the page prints a blank before the id
    if rent is None:
        raise Refused("NOREMOTEDATA")
    if rent.key != key.key:
        raise Refused(not_yours)
    if rent.alive or rent.until > world.clock.now():
        raise Refused("DATEDIFFINVERT")
    if rent.line.country not in world.countries:
        raise Refused("NOORDERCOUNTRY")
    if rent.service not in world.services:
        raise Refused(no_service)
    if rent.line.missing:
        raise Refused("NOAVAILDAYS")
    return rent, rent.price * (days_until(rent.until, world.clock.now()) + RESTORED_DAYS)


def _order(ask: Ask, rent: Rent) -> dict[str, Any]:
    world, line = ask.world, rent.line
    presence = world.presence(line)
    shown = {
        "id": int(rent.id),
        "scode": rent.service,
        "sname": world.services.get(rent.service, rent.service),
        "state": int(presence),
        "pnumber": line.local,
        "ccode": f"+{line.dial}",
        "cname": line.country,
        "hasnewsms": rent.unread,
        "until": _unix(rent.until),
        "canprolong": presence is not Presence.MISSING and rent.until - world.clock.now() <= PROLONGABLE,
        "canprolongmax": max(0, (world.longest_end() - rent.until).days),
        "canprolonguntil": _unix(world.longest_end()),
        "lastonline": _unix(world.last_online(line)),
    }
    return shown | {"provider": line.operator} if ask.prints.extra else shown


def _texts(received: list[Sms]) -> list[dict[str, Any]]:
    newest = sorted(received, key=lambda one: one.at)[::-1]
    return [{"text": one.text, "sender": one.sender, "date": _unix(one.at)} for one in newest]


def _unix(moment: datetime) -> int:
    return int(moment.timestamp())


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "getcountries": methods.get_countries,
        "getdata": methods.get_data,
        "getdataWithProviders": methods.get_data_with_providers,
        "getCountWithProviders": methods.get_count_with_providers,
        "create": methods.create,
        "create_multi": methods.create_multi,
        "add_service_to_order": methods.add_service_to_order,
        "orders": orders,
        "sms": sms,
        "prolong": prolong,
        "activate": activate,
        "delete": delete,
        "get_rent_history": get_rent_history,
        "restore_user_precalc": restore_user_precalc,
        "restore_user": restore_user,
    }
)
