"""Answers of the simulated rent API v2: the error tables of the document, and faults of its own.

The rent API and v1 have methods of the same names, so here and in the ledger these begin with ``rent/``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sandbox.faults import Kind
from sandbox.wild import wild

PREFIX = "rent/"
_NAMES = ("getcountprices", "getnumber", "getcode", "prolong", "refuse", "delete", "getorders")
METHODS = tuple(PREFIX + name for name in _NAMES)
CHANGING = frozenset(PREFIX + name for name in ("getnumber", "prolong", "refuse", "delete"))

_KEY = {401: "User API KEY not provided", 404: "Incorrectly specified 'method' parameter"}
_NO_SMS = "No SMS received on this number yet"
_UNHEARD_OF = "Something that no document names"

# "Error codes (status)" under each method; getcountprices and getorders have no table of their own.
REFUSALS: dict[str, dict[int, str]] = {
    "getcountprices": _KEY,
    "getnumber": _KEY
    | {
        500: "No available numbers for rental",
        502: "Service does not exist",
        503: "Internal error, please try to order a number later",
        504: "Insufficient funds",
        505: "Country does not exist",
        506: "Incorrectly specified period or period type",
        507: "Technical maintenance in progress",
    },
    "getcode": _KEY
    | {
        400: _NO_SMS,
        501: "Rental was canceled or the rental order time has expired",
        502: "Rental completed",
        503: "Order not found",
    },
    "prolong": _KEY
    | {
        502: "Rent ID not provided or no such order in the system",
        504: "Incorrectly specified period or period type",
        505: "Insufficient funds to extend the rental",
        506: "Unable to extend the rental for the specified period",
        507: "Internal error, please try to resend the request",
    },
    "refuse": _KEY
    | {
        400: "Unable to cancel the rental of this number, "
        "as more than 20 minutes have passed or SMS has already been received",
        500: "Rent ID not provided",
        501: "Rental has already been canceled",
        502: "Rental is completed",
        503: "Order not found",
    },
    "delete": _KEY | {500: "Rent ID not provided"},
    "getorders": _KEY,
}

MAINTENANCE = {PREFIX + "getnumber": 507}
INTERNAL = {PREFIX + "getnumber": 503, PREFIX + "prolong": 507}
UNKNOWN = dict.fromkeys(METHODS, 799)
"""What these faults, which v1 has as well, answer here."""


@dataclass(frozen=True, slots=True)
class RentReply:
    """An answer before it is printed.

    Attributes:
        status: what stands under the key ``status``; 200 for the bare array of getorders.
        payload: the whole JSON value.
    """

    status: int
    payload: Any


def done(data: Mapping[str, Any]) -> RentReply:
    """Return the answer of a success."""
    return RentReply(200, {"status": 200, "data": dict(data)})


def refusal(name: str, status: int) -> RentReply:
    """Return the answer for a status, in the words of the method's table where it has it."""
    data = {"msg": REFUSALS.get(name, _KEY).get(status, _UNHEARD_OF)}
    if (name, status) == ("getcode", 400):
        data["advice"] = _NO_SMS
    return RentReply(status, {"status": status, "data": data})


def seen() -> Iterable[Kind]:
    """Return the bodies that were met in the wild, each for the rent methods that it concerns."""
    for kind in wild("getsms_rent", _NAMES):
        yield replace(kind, methods=frozenset(PREFIX + name for name in kind.methods or _NAMES))
