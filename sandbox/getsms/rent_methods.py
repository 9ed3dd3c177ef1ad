"""The seven methods of Get-SMS's rent API v2, as the document tells them, on the simulated shop."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

from sandbox.getsms import goods
from sandbox.getsms.rent_replies import RentReply, done, refusal
from sandbox.getsms.rent_shop import MOST_DAYS, WEEK, Rental, RentShop, RentState
from sandbox.getsms.replies import Prints
from sandbox.keys import Key

# The document prints 1702981048 beside 2023-12-19 13:17:29: times without a zone are Moscow's.
_MOSCOW = timezone(timedelta(hours=3))
_UNITS = {"day": 1, "week": WEEK}
_SHOWN = {RentState.WAITING: 1, RentState.RECEIVED: 1, RentState.CANCELED: 2}  # all others: 0, over

RentMethod = Callable[[RentShop, Prints, Key, Mapping[str, str]], RentReply]


def answer(shop: RentShop, prints: Prints, form: Mapping[str, str]) -> RentReply:
    """Do what the form asks for and return the answer: 404 for the method first, then 401 for the key."""
    name = form.get("method", "")
    method = _METHODS.get(name)
    if method is None:
        return refusal(name, 404)
    key = shop.keys.get(form.get("userkey", ""))
    if key is None:
        return refusal(name, 401)
    return method(shop, prints, key, form)


def _getcountprices(shop: RentShop, prints: Prints, _key: Key, form: Mapping[str, str]) -> RentReply:
    """Tell stock and prices; a country that does not exist has neither, for there is no status for it."""
    country = form.get("country") or "ru"
    return done(
        {
            service: {
                "count": prints.count(shelf.count, quoted=True),
                "price": {f"{days}day": prints.price(shelf.price_of(days)) for days in range(1, WEEK + 1)},
            }
            for (service, place), shelf in shop.shelves.items()
            if place == country
        }
    )


def _getnumber(shop: RentShop, prints: Prints, key: Key, form: Mapping[str, str]) -> RentReply:
    service, country = form.get("service", ""), form.get("country") or "ru"
    days = _days(form)
    status = 0
    if service not in shop.services:
        status = 502
    elif country not in goods.COUNTRIES:
        status = 505
    elif days is None:
        status = 506
    if status or days is None:
        return refusal("getnumber", status)
    shelf = shop.shelves.get((service, country))
    if shelf is not None and key.balance < shelf.price_of(days):
        return refusal("getnumber", 504)
    rental = shop.rent(key, service, country, days)
    if rental is None:
        return refusal("getnumber", 500)
    return done(
        {
            "order_id": prints.count(int(rental.id), quoted=False),
            "phone": rental.phone,
            "end_time_timestamp": prints.count(int(rental.expires_at.timestamp()), quoted=False),
            "end_time": _plain(rental.expires_at),
            "start_timestamp": prints.count(int(rental.created_at.timestamp()), quoted=False),
        }
    )


def _getcode(shop: RentShop, _prints: Prints, key: Key, form: Mapping[str, str]) -> RentReply:
    """Hand out every SMS, oldest first, while the rental lives; its table has no "ID not provided"."""
    rental = _rental_of(shop, key, form)
    if rental is None:
        return refusal("getcode", 503)
    if not rental.alive:
        return refusal("getcode", 502 if rental.state is RentState.COMPLETED else 501)
    if not rental.sms:
        return refusal("getcode", 400)
    sms = [{"date": _plain(one.at), "text": one.text} for one in rental.sms]
    return done({"msg": "List of all SMS", "sms_list": sms})


def _prolong(shop: RentShop, _prints: Prints, key: Key, form: Mapping[str, str]) -> RentReply:
    rental, days = _rental_of(shop, key, form), _days(form)
    if rental is None:
        return refusal("prolong", 502)
    if days is None:
        return refusal("prolong", 504)
    price = shop.prolong_price(rental, days)
    if price is None:
        return refusal("prolong", 506)
    if key.balance < price:
        return refusal("prolong", 505)
    shop.prolong(rental, days, price)
    return done({"phone": rental.phone, "msg": "You have extended the rental of the number"})


def _refuse(shop: RentShop, _prints: Prints, key: Key, form: Mapping[str, str]) -> RentReply:
    """Give a number back; what is over in whichever way but by cancelling is "completed"."""
    rental = _rental_of(shop, key, form)
    status = 0
    if not form.get("rentid"):
        status = 500
    elif rental is None:
        status = 503
    elif rental.state is RentState.CANCELED:
        status = 501
    elif not rental.alive:
        status = 502
    elif rental.paid:
        status = 400
    if status or rental is None:
        return refusal("refuse", status)
    shop.end(rental, RentState.CANCELED)
    advice = "Your phone number rental order is canceled. The money is refunded."
    return done({"msg": "Rental canceled", "advice": advice})


def _delete(shop: RentShop, _prints: Prints, key: Key, form: Mapping[str, str]) -> RentReply:
    """Remove a rental; 500 also for one that there is not, the only status that its table has."""
    rental = _rental_of(shop, key, form)
    if rental is None:
        return refusal("delete", 500)
    shop.delete(rental)
    advice = "The phone number rental order has been deleted from the system"
    return done({"msg": "Order deleted", "advice": advice})


def _getorders(shop: RentShop, prints: Prints, key: Key, _form: Mapping[str, str]) -> RentReply:
    return RentReply(
        200,
        [
            {
                "id": prints.count(int(rental.id), quoted=True),
                "phone": rental.phone,
                "status": prints.count(_SHOWN.get(rental.state, 0), quoted=True),
                "date_at": _plain(rental.expires_at),
            }
            for rental in shop.of(key)
        ],
    )


def _rental_of(shop: RentShop, key: Key, form: Mapping[str, str]) -> Rental | None:
    rental = shop.rentals.get(form.get("rentid", ""))
    return rental if rental is not None and rental.key == key.key and not rental.deleted else None


def _days(form: Mapping[str, str]) -> int | None:
    """Return the days of ``type`` and ``period``, None where they are missing or make no sense."""
    unit, written = _UNITS.get(form.get("type", "")), form.get("period", "")
    if unit is None or not (written.isascii() and written.isdecimal()) or len(written) > len(str(MOST_DAYS)):
        return None
    days = unit * int(written)
    return days if 1 <= days <= MOST_DAYS else None


def _plain(moment: datetime) -> str:
    return moment.astimezone(_MOSCOW).strftime("%Y-%m-%d %H:%M:%S")


_METHODS: dict[str, RentMethod] = {
    "getcountprices": _getcountprices,
    "getnumber": _getnumber,
    "getcode": _getcode,
    "prolong": _prolong,
    "refuse": _refuse,
    "delete": _delete,
    "getorders": _getorders,
}
