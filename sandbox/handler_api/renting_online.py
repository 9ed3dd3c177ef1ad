"""The rental methods of GetSMS.ONLINE: numbers for a day, known by the number itself."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sandbox.handler_api.rentals import WHOLE
from sandbox.handler_api.replies import Ask, Refused

_DAY = 24
_COUNTRY = "ru"


def get_rent_one_day(ask: Ask) -> str:
    """``getRentOneDay``: refusals are sentences."""
    stock = ask.rentals.stocked.get((WHOLE, _COUNTRY))
    operator = max(stock.counts, key=lambda name: stock.counts[name]) if stock else ""
    if stock is None or not stock.counts[operator]:
        raise Refused("no numbers")
    price = ask.rentals.price(stock, _DAY).quantize(Decimal("0.01"))
    ask.afford(price, "too low balance")
    return f"success: {ask.rentals.rent(ask.key, (WHOLE, _COUNTRY, operator), _DAY, price).phone}"


def get_rent_list(ask: Ask) -> str:
    """``getRentList``: the document prints bare names in objects."""
    rents = [
        {
            "number": int(one.phone),
            "time_start": int(one.created_at.timestamp()),
            "time_end": int(one.expires_at.timestamp()),
        }
        for one in ask.rentals.of(ask.key)
        if one.alive
    ]
    if not rents:
        raise Refused("RENT_LIST_EMPTY")
    listed = ", ".join(_object(ask, rent) for rent in rents)
    return f'{{"response":"0","description": "success","data": {{ "rents":[{listed}]}}}}'


def get_rent_number_sms(ask: Ask) -> str:
    """``getRentNumberSMS``: newest first, ``count`` at most; all but the first lack a comma."""
    found = [one for one in ask.rentals.of(ask.key) if one.phone == ask.get("number") and one.alive]
    if not found:
        raise Refused("WRONG_NUMBER")
    newest = list(reversed(found[-1].sms))
    count = ask.get("count")
    if count.isdecimal():
        newest = newest[: int(count)]
    items = [
        {"id_message": sms.id, "date": str(int(sms.at.timestamp())), "sender": sms.sender, "text": sms.text}
        for sms in newest
    ]
    written = ", ".join(_object(ask, item, careless=rank > 0) for rank, item in enumerate(items))
    return f'{{"response":"0","items":[{written}]}}'


def _object(ask: Ask, fields: dict[str, Any], *, careless: bool = False) -> str:
    """Return an object as the house writes it: with bare names, or as JSON."""
    if ask.prints.json == "proper":
        return json.dumps(fields, ensure_ascii=False)
    parts: Sequence[str] = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()
    ]
    if careless:
        *start, sender, text = parts
        parts = [*start, f"{sender.replace(': ', ':', 1)} {text}"]
    return "{ " + ", ".join(parts) + " }"
