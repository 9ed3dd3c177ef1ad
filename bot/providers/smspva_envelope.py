"""The envelope of SMSPVA's rent API: ``{"status": 1, "data": …}``, or ``{"status": 0, "msg": …}``.

Sources: the provider's page "Rent", in an older English and a newer Turkish state; shapes that only the
servers know are marked *as served*.

The page lists messages for ``restore_user`` alone, so a message that no table knows is still a refusal, told
in the provider's own words: status 0 means that the request failed. An answer without a status of 1 or 0 is
no information.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

from bot.domain.errors import (
    BadRequest,
    BadService,
    KeyRejected,
    LowBalance,
    NoNumbers,
    NotRepeatable,
    OrderGone,
    ProviderError,
    ProviderFault,
    RateLimited,
    Refused,
    StillRunning,
)
from bot.providers import values
from bot.providers.calls import Answer, Call

_OK, _FAILED = "1", "0"
_AMOUNT_NEEDED = re.compile(r"\. today need.*$")

_T = TypeVar("_T")

Refusals: TypeAlias = Mapping[str, type[ProviderError]]
"""What a message means: by its word before a colon, or by the whole sentence, in lower case."""

ANYWHERE: Refusals = {
    # "Possible errors in the request …restore_user": words, each with the sentence that explains it
    "noavaildays": NotRepeatable,
    "phone number is unavalible for automatically restoring. "
    "there are not enough working days for the phone number": NotRepeatable,
    "notowner": OrderGone,
    "the user had not this order": OrderGone,
    "looks like the order is not your. check it and try again": OrderGone,
    "noremotedata": OrderGone,
    "we could not find information about your order in archive. "
    "check that your rental order was expired": OrderGone,
    "datediffinvert": StillRunning,
    "looks like your order was not expired. check that your rental order was expired": StillRunning,
    "noordercountry": ProviderFault,
    "we could not find all info about order. "
    "please, write in live-chat on the website for restoring order": ProviderFault,
    "noservicedata": ProviderFault,
    "could not load information about service. "
    "please, write in live-chat on the website for restoring order": ProviderFault,
    "nobalance": LowBalance,
    "balance is not enough": LowBalance,
    "your balance is not enough for restoring rental order": LowBalance,
    # as served
    "api key not found": KeyRejected,
    "service not found": BadService,
    "incorrect method": BadRequest,
    "превышено количество попыток": RateLimited,
}

RENTING: Refusals = {**ANYWHERE, "incorrect method": NoNumbers}  # as served: it can mean that there are none
RESTORING: Refusals = {**ANYWHERE, "service not found": ProviderFault}  # explained there as a fault of theirs


def data_of(call: Call, answer: Answer, refusals: Refusals = ANYWHERE, *, needed: bool = True) -> Any:
    """Return ``data`` of an answer with status 1, or raise what its message says.

    Args:
        call: what was asked.
        answer: what came.
        refusals: what messages mean for this method.
        needed: whether an answer without ``data`` is no answer.
    """
    said = values.decode(answer.body)
    if not said.startswith("{") and _meaning(said, refusals):  # as served: a bare sentence instead of JSON
        raise _refusal(call, said, refusals)
    body = call.json(answer)
    status = body.get("status") if isinstance(body, dict) else None
    if status == _FAILED:
        raise _refusal(call, values.sentence(body.get("msg")) or "", refusals)
    if status != _OK or (needed and body.get("data") is None):
        raise call.unreadable(answer)
    return body.get("data")


def rows_of(call: Call, answer: Answer, data: Any, mark: str) -> list[Mapping[str, Any]]:
    """Return the objects in a list, in an object of objects, or in the one object that has the mark.

    What is no object stands as an empty one, so that nonsense is not taken for an empty list.
    """
    if isinstance(data, dict):
        data = [data] if mark in data else list(data.values())
    if not isinstance(data, list):
        raise call.unreadable(answer)
    return [row if isinstance(row, dict) else {} for row in data]


def readable(call: Call, answer: Answer, rows: list[Any], read: list[_T]) -> tuple[_T, ...]:
    """Return what was read; rows without any readable one among them are no answer."""
    if rows and not read:
        raise call.unreadable(answer)
    return tuple(read)


def _refusal(call: Call, message: str, refusals: Refusals) -> ProviderError:
    head, _, rest = message.partition(":")
    word = head.strip()
    if word.isupper() or _plain(word) in refusals:
        return call.error(_meaning(message, refusals) or Refused, word, rest)
    return call.error(_meaning(message, refusals) or Refused, None, message)


def _meaning(message: str, refusals: Refusals) -> type[ProviderError] | None:
    return refusals.get(_plain(message)) or refusals.get(_plain(message.partition(":")[0]))


def _plain(said: str) -> str:
    return _AMOUNT_NEEDED.sub("", " ".join(said.casefold().split()).strip(" .;!"))
