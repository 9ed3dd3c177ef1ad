"""What the simulated Get-SMS can refuse with, besides what can befall every provider."""

from sandbox.faults import Kind
from sandbox.getsms import compatible, rent_replies
from sandbox.wild import wild

METHODS = (
    "getbalance",
    "getcount",
    "getnumber",
    "getcode",
    "wrongcode",
    "refusenumber",
    "bannumber",
    "getallcount",
)

_INTERNAL = {"getbalance": 500, "getcount": 500} | dict.fromkeys(
    ("getcode", "wrongcode", "refusenumber", "bannumber", "getallcount"), 502
)

KINDS = (
    Kind(
        "maintenance",
        "Technical work in progress (507)",
        refusals={"getnumber": 507} | rent_replies.MAINTENANCE,
    ),
    Kind(
        "banned",
        "You are blocked until the next day (506)",
        refusals={"getnumber": 506, "getNumber": "YOU_TEMPORARY_BANNED"},
    ),
    Kind(
        "internal-error",
        "Internal error (the status that is documented per method)",
        refusals=_INTERNAL | rent_replies.INTERNAL,
    ),
    Kind(
        "unknown-status",
        "A status that no document names",
        refusals=dict.fromkeys(METHODS, 799) | rent_replies.UNKNOWN,
    ),
    Kind("sql-error", "ERROR_SQL (compatible API)", refusals=dict.fromkeys(compatible.METHODS, "ERROR_SQL")),
    *wild("getsms", METHODS),
    *rent_replies.seen(),
)
"""The statuses of the document's error tables that no request brings about."""
