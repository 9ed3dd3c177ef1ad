"""What the simulated API #2 can refuse with, besides what can befall every provider."""

from sandbox.faults import Kind
from sandbox.sms_reg.methods import METHODS
from sandbox.sms_reg.replies import LOW_BALANCE, WRONG_KEY, error, missing, not_applicable
from sandbox.wild import wild

_ON_OPERATIONS = tuple(method for method in METHODS if method not in ("getBalance", "getNum"))

OWN = (
    Kind(
        "key-rejected", "The key is wrong all of a sudden", refusals=dict.fromkeys(METHODS, error(WRONG_KEY))
    ),
    Kind("low-balance", "Not enough money", refusals={"getNum": error(LOW_BALANCE)}),
    Kind("no-parameter", "A parameter is said to be missing", refusals={"getNum": missing("country")}),
    Kind(
        "not-applicable",
        "The method is said not to fit the operation",
        refusals={method: not_applicable(method) for method in _ON_OPERATIONS},
    ),
    Kind(
        "wait-15-min",
        "Too many open operations: wait 15 minutes",
        refusals={"getNum": error("WARNING_WAIT15MIN")},
    ),
    Kind("no-numbers", "No numbers at once", refusals={"getNum": {"response": "WARNING_NO_NUMS"}}),
    Kind(
        "unknown-error",
        "An error that no document names",
        refusals=dict.fromkeys(METHODS, error("SOMETHING_NEW")),
    ),
    Kind(
        "unknown-word",
        "A state that no document names",
        refusals={"getState": {"response": "TZ_SOMETHING_NEW"}},
    ),
)
"""The document's refusals that no request brings about, and words that services of the dialect use."""

KINDS = (*OWN, *wild("sms_reg", METHODS))
