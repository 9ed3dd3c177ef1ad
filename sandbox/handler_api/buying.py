"""Methods that buy: a number, a number for several services, and further activations of a held number."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.handler_api.records import Activation, Stage, Variant
from sandbox.handler_api.replies import Ask, Refused
from sandbox.handler_api.world import Pick, Wish

_TRUE = ("true", "1")
_PREFIX = re.compile(r"7\d{3,6}")
_ANYWHERE = "or"
_CENT = Decimal("0.01")


def get_number(ask: Ask) -> str:
    """``getNumber`` of SMS-Activate."""
    return _access(_buy(ask))


def get_number_v2(ask: Ask) -> dict[str, Any]:
    """``getNumberV2``: the same as JSON."""
    bought = _buy(ask)
    return {
        "activationId": int(bought.id),
        "phoneNumber": bought.phone,
        "activationCost": f"{bought.price:.2f}",
        "countryCode": bought.country,
        "canGetAnotherSms": "1",
        "activationTime": ask.local(bought.created_at),
        "activationOperator": bought.operator or "any",
    }


def get_multi_service_number(ask: Ask) -> Any:
    """``getMultiServiceNumber``: one number, an activation for each service."""
    services = [ask.world.service(code) for code in ask.get("multiService").split(",")]
    if None in services or len(set(services)) < len(services):
        raise Refused("BAD_SERVICE")
    flags = (ask.get("multiForward") or ",".join("0" * len(services))).split(",")
    if len(flags) != len(services) or set(flags) - {"0", "1"} or flags.count("1") > 1:
        raise Refused("ERROR_SQL")
    country = ask.get("country", "0")
    if country not in ask.house.several:
        raise Refused("NO_NUMBERS")
    picks: list[Pick] = []
    operators = _operators(ask)
    for service, flag in zip(services, flags, strict=True):
        wish = Wish(str(service), country, Variant(flag), operators)
        pick = ask.world.find(ask.key, wish)
        if pick is None:
            raise Refused("NO_NUMBERS")
        picks.append(pick)
        operators = [pick.operator]  # one number has one operator
    ask.afford(sum((pick.tier.price for pick in picks), Decimal(0)))
    made = [ask.world.sell(ask.key, pick, picks[0].phone) for pick in picks]
    several = [{"phone": one.phone, "activation": int(one.id), "service": one.service} for one in made]
    if ask.prints.json == "document":
        return "{" + ",".join(repr(one) for one in several) + "}"
    return several


def get_number_online(ask: Ask) -> str:
    """``getNumber`` of GetSMS.ONLINE: the country's code may carry the operator."""
    service = ask.service()
    code, _, operator = ask.get("country", _ANYWHERE).partition("_")
    if code != _ANYWHERE and code not in ask.house.places:
        raise Refused(ask.house.words.bad_country)
    if operator and operator not in ask.world.operators(code):
        raise Refused(ask.house.words.bad_country)
    count = ask.get("count", "1")
    if not count.isdecimal() or not int(count):
        raise Refused(ask.house.words.no_numbers)
    variant = Variant.FORWARD if ask.get("forward") == "1" else Variant.SMS
    countries = ask.house.places if code == _ANYWHERE else [code]
    wishes = (Wish(service, country, variant, [operator] if operator else []) for country in countries)
    found = [pick for pick in (ask.world.find(ask.key, wish) for wish in wishes) if pick is not None]
    if not found:
        raise Refused(ask.house.words.no_numbers)
    pick = min(found, key=lambda one: one.tier.price)
    ask.afford(pick.tier.price * int(count))
    bought = ask.world.sell(ask.key, pick)
    bought.further = int(count) - 1
    return _access(bought)


def get_repeat(ask: Ask) -> str:
    """``getRepeat``: another SMS to a number that was paid for, for nothing."""
    service = ask.service()
    used = [one for one in ask.world.of(ask.key) if one.phone == ask.get("number") and one.service == service]
    if any(one.alive for one in used):
        raise Refused("DOUBLE_RETRY")
    paid = [one for one in used if one.sms]
    if not paid or paid[-1].phone in ask.world.unrepeatable:
        raise Refused(ask.house.words.no_numbers)
    ask.afford(Decimal(0))
    return _access(_again(ask, paid[-1], Decimal(0)))


def get_additional_service(ask: Ask) -> str:
    """``getAdditionalService``: a further service on a number that forwards, once its first SMS came."""
    service = ask.world.service(ask.get("service"))
    if service not in ask.house.additional:
        raise Refused("WRONG_ADDITIONAL_SERVICE")
    parent = ask.activation(word="WRONG_ACTIVATION_ID")
    if parent.variant is not Variant.FORWARD or not parent.alive or not parent.sms:
        raise Refused("WRONG_SECURITY")
    if service in {parent.service, *(one.service for one in _children(ask, parent))}:
        raise Refused("REPEAT_ADDITIONAL_SERVICE")
    price = ask.house.additional_price
    ask.afford(price)
    made = ask.world.open(
        ask.key, parent.phone, (str(service), parent.country, parent.operator, Variant.SMS), price
    )
    made.parent = parent.id
    return f"ADDITIONAL:{made.id}:{made.phone}"


def check_extra_activation(ask: Ask) -> Any:
    """``checkExtraActivation``: what another activation of a number would cost."""
    parent = _renewable(ask)
    return ask.prints.like_python(
        {
            "status": "success",
            "cost": _extra_price(ask, parent),
            "service": parent.service,
            "phone": int(parent.phone),
            "country": int(parent.country),
        }
    )


def get_extra_activation(ask: Ask) -> str:
    """``getExtraActivation``: another activation of a number that was of use."""
    parent = _renewable(ask)
    if any(one.alive and one.phone == parent.phone for one in ask.world.activations.values()):
        raise Refused("NEW_ACTIVATION_IMPOSSIBLE")
    price = _extra_price(ask, parent)
    ask.afford(price)
    return _access(_again(ask, parent, price))


def next_of_several(ask: Ask, done: Activation) -> str | None:
    """Return the answer that opens the next of several SMS that were ordered; None where that was the last.

    An account that cannot pay for it any more gets none.
    """
    if not done.further or ask.key.balance < done.price:
        return None
    made = _again(ask, done, done.price)
    made.further = done.further - 1
    return _access(made)


def _buy(ask: Ask) -> Activation:
    service = ask.service()
    country = ask.get("country", "0")
    wish = Wish(service, country, _variant(ask), _operators(ask), _ceiling(ask), _without(ask))
    shelf = ask.world.shelf(service, country, wish.variant)
    if shelf is not None and wish.ceiling is not None and wish.ceiling < shelf.price:
        raise Refused(f"WRONG_MAX_PRICE:{shelf.price:.2f}")
    pick = ask.world.find(ask.key, wish)
    if pick is None:
        raise Refused("NO_NUMBERS")
    plain = ask.world.shelf(service, country)
    if wish.variant is Variant.FORWARD and plain is not None and ask.key.balance >= plain.price:
        ask.afford(pick.tier.price, "NO_BALANCE_FORWARD")
    ask.afford(pick.tier.price)
    return ask.world.sell(ask.key, pick)


def _variant(ask: Ask) -> Variant:
    if ask.get("verification") in _TRUE:
        return Variant.VOICE
    return Variant.FORWARD if ask.get("forward") in _TRUE else Variant.SMS


def _operators(ask: Ask) -> list[str]:
    return [name for name in ask.get("operator").split(",") if name]


def _ceiling(ask: Ask) -> Decimal | None:
    written = ask.get("maxPrice")
    if not written:
        return None
    try:
        ceiling = Decimal(written)
    except InvalidOperation:
        raise Refused("ERROR_SQL") from None
    return ceiling


def _without(ask: Ask) -> tuple[str, ...]:
    prefixes = tuple(part for part in ask.get("phoneException").split(",") if part)
    if any(not _PREFIX.fullmatch(prefix) for prefix in prefixes):
        raise Refused("WRONG_EXCEPTION_PHONE")
    return prefixes


def _renewable(ask: Ask) -> Activation:
    parent = ask.activation("activationId", "WRONG_ACTIVATION_ID")
    if parent.stage is not Stage.FINISHED or not parent.sms or parent.phone in ask.world.unrepeatable:
        raise Refused("RENEW_ACTIVATION_NOT_AVAILABLE")
    return parent


def _extra_price(ask: Ask, parent: Activation) -> Decimal:
    """Half of what a new number would cost, or of what this one did where none is for sale."""
    shelf = ask.world.shelf(parent.service, parent.country)
    return ((parent.price if shelf is None else shelf.price) / 2).quantize(_CENT)


def _again(ask: Ask, parent: Activation, price: Decimal) -> Activation:
    """Open another activation of the same number; forwarding is not repeated."""
    what = (parent.service, parent.country, parent.operator, Variant.SMS)
    made = ask.world.open(ask.key, parent.phone, what, price)
    made.parent = parent.id
    return made


def _children(ask: Ask, parent: Activation) -> list[Activation]:
    return [one for one in ask.world.of(ask.key) if one.parent == parent.id]


def _access(bought: Activation) -> str:
    return f"ACCESS_NUMBER:{bought.id}:{bought.phone}"
