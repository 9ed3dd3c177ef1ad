"""Methods about an activation's course: setStatus, getStatus, the lists of present and past ones."""

import json
from datetime import UTC, datetime
from typing import Any

from sandbox.handler_api.buying import next_of_several
from sandbox.handler_api.house import Move
from sandbox.handler_api.records import Activation, Stage, Variant
from sandbox.handler_api.replies import Ask, Refused

_FORWARDED = "ACCESS_READY"
_NUMBERS = {Stage.FINISHED: "6", Stage.CANCELED: "8", Stage.REFUSED: "8"}  # others: "4"


def set_status(ask: Ask) -> str:
    """``setStatus``."""
    activation = ask.activation()
    move = _move(ask, activation)
    if move.word == _FORWARDED and activation.variant is Variant.FORWARD:
        activation.forward_to = ask.get("forward") or activation.forward_to
        if activation.forward_to is None:
            raise Refused("BAD_STATUS")
    gives_back = move.stage in (Stage.CANCELED, Stage.REFUSED)
    if gives_back and ask.world.clock.now() < activation.created_at + ask.house.grace:
        raise Refused("EARLY_CANCEL_DENIED")
    ask.world.enter(activation, move.stage)
    if move.stage is Stage.REFUSED and ask.house.blacklists:
        ask.world.blacklists[activation.key].add(activation.phone)
    if move.stage is Stage.FINISHED:
        return next_of_several(ask, activation) or move.word
    return move.word


def get_status(ask: Ask) -> str:
    """``getStatus``."""
    activation = ask.activation()
    word, _, value = ask.house.statuses[activation.stage].partition(":")
    if not value:
        return word
    return ask.prints.word(word, activation.sms[-1].shown if activation.sms else "")


def get_full_sms(ask: Ask) -> str:
    """``getFullSms``: the whole text; the page lists it under its Java library alone."""
    activation = ask.activation()
    if activation.stage is not Stage.RECEIVED:
        return get_status(ask)
    return ask.prints.word("FULL_SMS", activation.sms[-1].text)


def get_active_activations(ask: Ask) -> dict[str, Any]:
    """``getActiveActivations``."""
    active = [_listed(ask, one) for one in ask.world.of(ask.key) if one.alive]
    if not active:
        raise ask.prints.none("NO_ACTIVATIONS")
    return {"status": "success", "activeActivations": active}


def get_history(ask: Ask) -> list[dict[str, Any]]:
    """``getHistory``: newest first; an activation that was not completed cost nothing."""
    start, end = _moment(ask, "start"), _moment(ask, "end")
    listed = [
        one
        for one in ask.world.of(ask.key)
        if (start is None or one.created_at >= start) and (end is None or one.created_at <= end)
    ]
    return [
        {
            "id": int(one.id),
            "date": ask.local(one.created_at),
            "phone": one.phone,
            "sms": json.dumps([sms.text for sms in one.sms], ensure_ascii=False),
            "cost": one.price if one.stage is Stage.FINISHED else 0,
            "status": _NUMBERS.get(one.stage, "4"),
        }
        for one in reversed(listed)
    ]


def clean_blacklist(ask: Ask) -> str:
    """``cleanblacklist``."""
    ask.world.blacklists[ask.key.key].clear()
    return "OK"


def _move(ask: Ask, activation: Activation) -> Move:
    """Return what the number in ``status`` does now; an arrived call leaves nothing to be done."""
    number = ask.get("status")
    known = int(number) if number.removeprefix("-").isdecimal() else 0
    move = ask.house.moves.get((activation.stage, known))
    if move is None or activation.caller is not None:
        raise Refused("BAD_STATUS")
    return move


def _listed(ask: Ask, one: Activation) -> dict[str, Any]:
    last = one.sms[-1] if one.sms else None
    return {
        "activationId": one.id,
        "serviceCode": one.service,
        "phoneNumber": one.phone,
        "activationCost": f"{one.price:.2f}",
        "activationStatus": "4",
        "smsCode": [sms.shown for sms in one.sms] or None,
        "smsText": last.text if last else None,
        "activationTime": ask.local(one.created_at),
        "discount": "0.00",
        "repeated": str(int(one.parent is not None)),
        "countryCode": one.country,
        "countryName": ask.house.places[one.country].names[0],
        "canGetAnotherSms": "1",
    }


def _moment(ask: Ask, name: str) -> datetime | None:
    written = ask.get(name)
    if not written:
        return None
    try:
        return datetime.fromtimestamp(int(written), UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("ERROR_SQL") from None
