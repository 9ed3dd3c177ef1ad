"""Methods about calls, in and out, and about the money on a number itself."""

from datetime import date, timedelta
from typing import Any

from sandbox.handler_api.records import Activation, Call, Stage, Variant
from sandbox.handler_api.replies import Ask, Refused

_NEW, _CLOSED, _CANCELED, _RETURNED = "2", "3", "4", "5"
_SHORTEST, _LONGEST = 10, 15
_FINDING_OUT = timedelta(seconds=20)
_ON_THE_NUMBER = "100.00"


def get_incoming_call_status(ask: Ask) -> dict[str, Any]:
    """``getIncomingCallStatus``: who called a number that was bought to take a call."""
    activation = ask.activation("activationId", "INVALID_ACTIVATION_ID")
    if activation.variant is not Variant.VOICE:
        raise Refused("INVALID_ACTIVATION_ID")
    return {"status": _call_status(activation), "phone": activation.caller or False}


def create_task_for_call(ask: Ask) -> Any:
    """``createTaskForCall``: have the number call somebody."""
    activation = ask.activation("activationId", "WRONG_ACTIVATION_ID")
    if not activation.alive:
        raise Refused("WRONG_ACTIVATION_ID")
    if any(call.activation == activation.id for call in ask.world.calls):
        raise Refused("CALL_TASK_ALREADY_EXIST")
    to = ask.get("phone").removeprefix("+")
    if not to.isdecimal() or not _SHORTEST <= len(to) <= _LONGEST:
        raise Refused("NUMBER_NOT_EXIST")
    ask.world.calls.append(Call(activation.id, to, ask.world.clock.now()))
    return ask.prints.like_python({"status": "success", "msg": "Call request successfully created."})


def get_outgoing_calls(ask: Ask) -> dict[str, Any]:
    """``getOutgoingCalls``: those of a day, today unless told."""
    today = ask.local(ask.world.clock.now(), "%Y-%m-%d")
    try:
        day = date.fromisoformat(ask.get("date", today)).isoformat()
    except ValueError:
        raise Refused("ERROR_SQL") from None
    wanted = ask.get("activationId")
    mine = {one.id: one for one in ask.world.of(ask.key)}
    return {
        call.activation: {
            "date": ask.local(call.at),
            "phoneFrom": mine[call.activation].phone,
            "status": call.status,
        }
        for call in ask.world.calls
        if call.activation in mine
        and wanted in ("", call.activation)
        and ask.local(call.at, "%Y-%m-%d") == day
    }


def get_number_balance(ask: Ask) -> str:
    """``getNumberBalance``: it takes a while to find out, and is to be asked for again and again."""
    number = ask.get("num")
    used = any(one.phone == number and one.variant is Variant.FORWARD for one in ask.world.of(ask.key))
    if not used:
        raise Refused("WRONG_NUMBER")
    now = ask.world.clock.now()
    if now < ask.world.inquiries.setdefault(number, now) + _FINDING_OUT:
        return "ORDER_ACCEPTED"
    return f"NUM_BALANCE: {_ON_THE_NUMBER}"


def _call_status(activation: Activation) -> str:
    if activation.alive:
        return _NEW
    if activation.stage is Stage.FINISHED:
        return _CLOSED
    return _RETURNED if activation.timed_out else _CANCELED
