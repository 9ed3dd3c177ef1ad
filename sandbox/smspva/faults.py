"""What the simulated SMSPVA can refuse with, besides what can befall every provider."""

import re

from sandbox.faults import Kind
from sandbox.smspva.replies import INCORRECT_METHOD, RESTORE
from sandbox.wild import wild

METHODS = (
    "getcountries",
    "getdata",
    "getdataWithProviders",
    "getCountWithProviders",
    "create",
    "create_multi",
    "orders",
    "add_service_to_order",
    "sms",
    "prolong",
    "activate",
    "delete",
    "get_rent_history",
    "restore_user_precalc",
    "restore_user",
)
_RESTORING = ("restore_user_precalc", "restore_user")


def _name(word: str) -> str:
    return re.sub(r"\W+", "-", word.lower())


KINDS = (
    *(
        Kind(f"restore-{_name(word)}", f"No restoring: {word}", refusals=dict.fromkeys(_RESTORING, word))
        for word in RESTORE
    ),
    Kind(
        "no-numbers",
        "“Incorrect method”, though it is a lack of numbers",
        refusals=dict.fromkeys(("create", "create_multi"), INCORRECT_METHOD),
    ),
    Kind(
        "unknown-word",
        "A refusal that no document names",
        refusals=dict.fromkeys(METHODS, "The moon is full"),
    ),
    *wild("smspva", METHODS),
)
"""Each documented refusal for whoever wants it at once; all but the last can be brought about by requests."""
