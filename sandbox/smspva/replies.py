"""Answers of the simulated SMSPVA: what its refusals say, and how bodies are printed.

The page prints one shape for each answer, and the service is known to serve others; all that clients should
survive can be chosen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

# "Possible errors in the request": what stands before the colon, and what stands behind it.
RESTORE: Mapping[str, str] = {
    "NOAVAILDAYS": "Phone number is unavalible for automatically restoring. "
    "There are not enough working days for the phone number",
    "NOTOWNER": "Looks like the order is not your. Check it and try again",
    "NOREMOTEDATA": "We could not find information about your order in archive. "
    "Check that your rental order was expired",
    "NOORDERCOUNTRY": "We could not find all info about order. "
    "Please, write in live-chat on the website for restoring order",
    "DATEDIFFINVERT": "Looks like your order was not expired. Check that your rental order was expired",
    "NOSERVICEDATA": "Could not load information about service. "
    "Please, write in live-chat on the website for restoring order",
    "NOBALANCE": "Your balance is not enough for restoring rental order. Today need",
    "the user had not this order": "Looks like the order is not your. Check it and try again",
    "Service not found": "Could not load information about service. "
    "Please, write in live-chat on the website for restoring order",
    "Balance is not enough": "Your balance is not enough for restoring rental order",
}
NO_BALANCE = "Balance is not enough"
NO_SERVICE = "Service not found"
NOT_YOURS = "the user had not this order"
# What the page says to people beside the buttons, where it names no error for the request.
NOT_YET = "You can prolong number only if before expiring date left less 7 days"
TOO_LONG = "Max guarantee period for the rent - 90 days"
# What clients have met: it is said for a method that does not exist and where there are no numbers.
INCORRECT_METHOD = "Incorrect method"
# Nothing is printed for these.
NO_KEY = "API KEY not found"
NO_COUNTRY = "Country not found"
NO_OPERATOR = "Provider not found"
BAD_PERIOD = "Incorrect period"
BAD_PHONE = "Incorrect phone number"
GONE = "Phone number is not in the system"


class Refused(Exception):
    """The request is answered with ``status`` 0.

    Args:
        word: what stands in ``msg``, or before its colon.
        more: what ends the sentence.
    """

    def __init__(self, word: str, more: str = "") -> None:
        super().__init__(word, more)
        self.word = word
        self.more = more


@dataclass(frozen=True, slots=True)
class Prints:
    """How answers look on the wire.

    Attributes:
        getdata: services in an array, as printed, or under ``services``.
        create: one order as an object, as printed, or in an array.
        sms: an array, as printed, or the order's own under ``SmsList`` and its number's under ``OtherSms``.
        numbers: ids, counts, prices and times as numbers, as printed, or as strings.
        refusals: the word alone, or the word with its sentence after a colon.
        extra: fields that are not printed, and blanks round names.
    """

    getdata: Literal["array", "services"] = "array"
    create: Literal["object", "array"] = "object"
    sms: Literal["array", "SmsList"] = "array"
    numbers: Literal["numbers", "strings"] = "numbers"
    refusals: Literal["word", "sentence"] = "word"
    extra: bool = False

    def refusal(self, refused: Refused) -> str:
        """Return the text of an answer that says no."""
        words = refused.word
        if self.refusals == "sentence" and words in RESTORE:
            words = " ".join(part for part in (f"{words}: {RESTORE[words]}", refused.more) if part)
        return json.dumps({"status": 0, "msg": words}, ensure_ascii=False)

    def body(self, method: str, data: Any) -> str:
        """Return the text of an answer that says yes; ``data`` None: there is none to tell."""
        if method == "getdata" and self.getdata == "services":
            data = {"services": data}
        elif method == "create" and self.create == "array":
            data = [data]
        elif method == "sms":
            data = data if self.sms == "SmsList" else data["SmsList"]
        payload = {"status": 1} if data is None else {"status": 1, "data": self._value(data)}
        return json.dumps(payload, ensure_ascii=False)

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):  # PHP writes an empty object as an empty list
            return {name: self._value(part) for name, part in value.items()} or []
        if isinstance(value, list):
            return [self._value(part) for part in value]
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return value
        if self.numbers == "strings":
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        return int(value) if value == int(value) else float(value)
