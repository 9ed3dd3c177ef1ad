"""Answers of the simulated Get-SMS: the error tables of the document, and how bodies are printed.

The document prints ``"balance": 100,00``, which is no JSON, counts as numbers in one method and as strings in
another. The first is reproduced by default; all variants that clients should survive can be chosen.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

_CENT = Decimal("0.01")
_BALANCE = "<balance>"
_KEY = {401: "User API KEY is not specified or incorrect", 404: "Incorrect method parameter"}
_LIFETIME = {500: "The order lifetime has expired"}
_INTERNAL = {502: "Internal error, try the request again"}
_ORDER_MISSING = {506: "The order_id parameter is not specified"}
_UNHEARD_OF = "Something that no document names"
NO_NUMBER_ADVICE = "Please try to retrieve the phone number later, after new numbers become available"
NO_SMS_ADVICE = "The SMS has probably not been received yet. Please try the request again in 10 seconds"

# The tables "Error codes (status)" under each method, and the statuses printed beside them. The wording
# is the document's where it prints a body.
REFUSALS: dict[str, dict[int, str]] = {
    "getbalance": _KEY | {500: "Query processing error"},
    "getcount": _KEY | {500: "Failed to generate a service count"},
    "getnumber": _KEY
    | {
        500: "No phone number was found for this request",
        502: "The service does not exist",
        503: "The operator does not exist",
        504: "Insufficient funds",
        505: "The country does not exist",
        506: "You are temporarily blocked until the next day",
        507: "Technical work in progress",
    },
    "getcode": _KEY
    | _LIFETIME
    | _INTERNAL
    | _ORDER_MISSING
    | {
        400: "The SMS has not been found yet",
        504: "Insufficient funds",
        505: "The order was not found in the system",
    },
    "wrongcode": _KEY
    | _LIFETIME
    | _INTERNAL
    | _ORDER_MISSING
    | {
        400: "The SMS has not been found yet",
        501: "A parameter of the method is incorrect",
        504: "You have not yet received the first sms from the getcode method",
        505: "The order was not found in the system",
    },
    "refusenumber": _KEY | _LIFETIME | _INTERNAL | _ORDER_MISSING,
    "bannumber": _KEY | _LIFETIME | _INTERNAL | _ORDER_MISSING,
    "getallcount": _KEY | _INTERNAL,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is printed.

    Attributes:
        status: what stands, or would stand, under the key ``status``.
        data: JSON values; ``Decimal`` under ``balance`` is printed by ``Prints.balance``.
        enveloped: whether ``status`` and ``data`` are printed around it (getallcount has none).
    """

    status: int
    data: dict[str, Any]
    enveloped: bool = True

    @property
    def payload(self) -> dict[str, Any]:
        """The whole JSON value."""
        return {"status": self.status, "data": self.data} if self.enveloped else self.data


@dataclass(frozen=True, slots=True)
class Prints:
    """How values look on the wire.

    Attributes:
        balance: ``100,00`` as the document has it, ``100.00``, or ``"100.00"``.
        numbers: counts and prices as the document prints them per method, or all numbers, or all strings.
        http_status: whether the HTTP status repeats the one in the body; otherwise it is 200.
    """

    balance: Literal["comma", "point", "string"] = "comma"
    numbers: Literal["document", "numbers", "strings"] = "document"
    http_status: bool = False

    def count(self, count: int, *, quoted: bool) -> int | str:
        """Return a count as a JSON value; ``quoted`` is the document's habit at this place."""
        as_string = quoted if self.numbers == "document" else self.numbers == "strings"
        return str(count) if as_string else count

    def price(self, price: Decimal) -> float | str:
        """Return a price as a JSON value: ``"62.3"``, ``"5"``, or the number."""
        return float(price) if self.numbers == "numbers" else f"{price.normalize():f}"

    def body(self, reply: Reply) -> str:
        """Return the text of the answer."""
        balance = reply.data.get("balance")
        if not isinstance(balance, Decimal):
            return json.dumps(reply.payload, ensure_ascii=False)
        printed = f"{balance.quantize(_CENT):f}"
        shown = {"comma": printed.replace(".", ","), "point": printed, "string": f'"{printed}"'}
        text = json.dumps({"status": reply.status, "data": reply.data | {"balance": _BALANCE}})
        return text.replace(f'"{_BALANCE}"', shown[self.balance])


def refusal(method: str, status: int) -> Reply:
    """Return the answer for a status: in the words of the method's table, where the table has it."""
    data = {"msg": REFUSALS.get(method, _KEY).get(status, _UNHEARD_OF)}
    if status == 400:  # noqa: PLR2004 - the document's "not yet"
        data["advice"] = NO_SMS_ADVICE
    elif (method, status) == ("getnumber", 500):
        data["advice"] = NO_NUMBER_ADVICE
    return Reply(status, data)
