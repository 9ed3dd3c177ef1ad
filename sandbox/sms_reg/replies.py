"""Answers of the simulated API #2: the document's words, and those of the service that it imitates."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.sms_reg.shop import Operation, State

Reply = dict[str, Any]
"""An answer before it is printed; numbers are strings, as in the document."""

# "RESPONSE can contain"
_DOCUMENT = {
    State.POOL: "TZ_INPOOL",  # not in the document, which has no word for a number that is not there yet
    State.NO_NUMBERS: "WARNING_NO_NUMS",
    State.PREPARE: "TZ_NUM_PREPARE",
    State.WAIT: "TZ_NUM_WAIT",
    State.ANSWER: "TZ_NUM_ANSWER",
    State.WAIT2: "TZ_NUM_WAIT2",
    State.OK: "TZ_OVER_OK",
    State.EMPTY: "TZ_OVER_EMPTY",
    State.NOT_READY: "TZ_OVER_EMPTY",
    State.OK2: "TZ_OVER_OK",
    State.EMPTY2: "TZ_OVER_OK",
    State.USED: "TZ_OVER_EMPTY",
}

# further words, which services of this dialect are known to use
_ORIGINAL = _DOCUMENT | {
    State.NOT_READY: "TZ_OVER_NR",
    State.OK2: "TZ_OVER2_OK",
    State.EMPTY2: "TZ_OVER2_EMPTY",
    State.USED: "TZ_DELETED",
}
_SECOND_ANSWER = "TZ_NUM_ANSWER2"

NO_KEY = "ERROR_NO_KEY"
WRONG_KEY = "ERROR_WRONG_KEY"
LOW_BALANCE = "WARNING_LOW_BALANCE"
NO_SERVICE = "Service not define"
NO_TZID = "There is no TZID value"


@dataclass(frozen=True, slots=True)
class Prints:
    """How answers look on the wire.

    Attributes:
        words: the document's, or those of the service that it imitates, which tells more ends apart.
        numbers: whether whole numbers are printed without quotes.
        listed: whether ``getState`` answers with an array that holds the one object.
        plus: whether phone numbers begin with a plus sign.
    """

    words: Literal["document", "original"] = "document"
    numbers: bool = False
    listed: bool = False
    plus: bool = False

    def state(self, operation: Operation) -> Reply:
        """Return the answer of ``getState``."""
        told = operation.phone if operation.state is not State.POOL else ""
        sms = operation.sms[operation.shown - 1] if operation.shown else None
        answered = sms is not None and operation.state is not State.WAIT2
        return {
            "response": self._word(operation),
            "service": operation.service,
            "number": f"+{told}" if told and self.plus else told,
            "msg": (sms.code or sms.text) if answered and sms else "",
        }

    def body(self, method: str, reply: Reply) -> str:
        """Return the text of an answer."""
        shown = {name: self._number(name, value) for name, value in reply.items()}
        return json.dumps([shown] if self.listed and method == "getState" else shown, ensure_ascii=False)

    def _word(self, operation: Operation) -> str:
        if self.words == "document":
            return _DOCUMENT[operation.state]
        second = operation.state is State.ANSWER and operation.revised
        return _SECOND_ANSWER if second else _ORIGINAL[operation.state]

    def _number(self, name: str, value: Any) -> Any:
        bare = self.numbers and name in ("response", "tzid") and value.isdigit()
        return int(value) if bare else value


def error(message: str) -> Reply:
    """Return the answer of a refusal."""
    return {"response": "ERROR", "error_msg": message}


def not_applicable(method: str) -> Reply:
    """Return the refusal of a method that does not fit the operation's state."""
    return error(f"{method} to this TZID not applicable")


def missing(parameter: str) -> Reply:
    """Return the refusal of a request without a parameter."""
    return error(f"There is no {parameter} value")
