"""What each house can refuse with that no request brings about."""

import json
from collections.abc import Collection

from sandbox.faults import Kind
from sandbox.handler_api.getsms_online import GETSMS_ONLINE
from sandbox.handler_api.house import House
from sandbox.handler_api.methods import METHODS
from sandbox.handler_api.sms_activate import SMS_ACTIVATE
from sandbox.wild import wild

UNTIL = "{until}"
"""Where a refusal names the end of a ban, an hour from now."""

_RENT = frozenset(
    {
        "getRentServicesAndCountries",
        "getRentNumber",
        "getRentStatus",
        "setRentStatus",
        "getRentList",
        "continueRentNumber",
        "getContinueRentPriceNumber",
    }
)
_SELLING = ("getNumber", "getNumberV2", "getMultiServiceNumber")
_RENEWING = ("continueRentNumber", "getContinueRentPriceNumber")


def kinds(house: House) -> tuple[Kind, ...]:
    """Return the house's own faults: its documented words, an unheard-of one, bodies seen in the wild."""
    methods = METHODS[house.slug]
    return (
        Kind("sql-error", "Error of the SQL server", refusals=_sql(house, methods)),
        Kind(
            "unknown-word",
            "A word that no document names",
            refusals=dict.fromkeys(methods, "ALL_GONE_FISHING"),
        ),
        *_OWN[house.slug],
        *wild("handler_api", methods),
    )


def _sql(house: House, methods: Collection[str]) -> dict[str, str]:
    rental = _RENT if house.slug == SMS_ACTIVATE.slug else frozenset()
    return {name: _rent_error("SQL_ERROR") if name in rental else "ERROR_SQL" for name in methods}


def _rent_error(message: str) -> str:
    return json.dumps({"status": "error", "message": message})


_OWN = {
    SMS_ACTIVATE.slug: (
        Kind("banned", "Account blocked for an hour", refusals=dict.fromkeys(_SELLING, f"BANNED:{UNTIL}")),
        Kind(
            "account-inactive",
            "Nothing for rent (ACCOUNT_INACTIVE)",
            refusals={"getRentNumber": _rent_error("ACCOUNT_INACTIVE")},
        ),
        Kind(
            "server-error",
            "Server error when a rental is prolonged",
            refusals=dict.fromkeys(_RENEWING, _rent_error("SERVER_ERROR")),
        ),
    ),
    GETSMS_ONLINE.slug: (
        Kind("status-error", "Unknown error instead of a status", refusals={"getStatus": "STATUS_ERROR"}),
        Kind("number-error", "Problems with the number", refusals={"getStatus": "STATUS_ERROR_NUMBER"}),
        Kind("bad-status", "BAD_STATUS instead of a status", refusals={"getStatus": "BAD_STATUS"}),
        Kind(
            "no-number-balance",
            "A number's own balance cannot be had",
            refusals={"getNumberBalance": "CANT_GET_BALANCE_FROM_THIS_NUMBER"},
        ),
        Kind(
            "number-balance-later",
            "A number's own balance cannot be had for ten minutes",
            refusals={"getNumberBalance": "TEMPORARY_ERROR"},
        ),
        Kind(
            "rent-error",
            "A number cannot be rented just now",
            refusals={"getRentOneDay": "error, please try again"},
        ),
    ),
}
