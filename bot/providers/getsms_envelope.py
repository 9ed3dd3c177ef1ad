"""The envelope of Get-SMS's own APIs: ``{"status": …, "data": {…}}``, and a table of statuses a method.

Source: the provider's page, "Get-SMS's own API" and "API for renting a phone number for an extended period".
What the page does not say is never guessed: an unknown status is no information, and after a purchase it is
an unknown outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.errors import BadRequest, KeyRejected, ProviderError
from bot.providers import values
from bot.providers.calls import Answer, Call

OK = "200"
NOT_YET = "400"
NO_CONTENT = 204

_HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the page.

    Attributes:
        name: as it is sent.
        errors: its own table "Error codes (status)".
        sentences: messages that overrule the status, in lower case.
    """

    name: str
    errors: Mapping[str, type[ProviderError]]
    sentences: Mapping[str, type[ProviderError]] = field(default_factory=dict)


KEY_AND_METHOD: Mapping[str, type[ProviderError]] = {"401": KeyRejected, "404": BadRequest}
"""What every table of the page begins with."""


def envelope_of(call: Call, answer: Answer) -> Mapping[str, Any]:
    """Return the envelope of an answer; its ``status`` is a string."""
    body = call.json(answer)
    # Proxies describe their own failures as {"status": 502, "title": …} nowadays. Under an HTTP error a body
    # is the vendor's only if it has the vendor's shape; otherwise 502 would become "no such service".
    foreign = answer.status != _HTTP_OK and isinstance(body, dict) and "data" not in body
    if not isinstance(body, dict) or not isinstance(body.get("status"), str) or foreign:
        raise call.unreadable(answer)
    return body


def data_of(call: Call, answer: Answer, method: Method) -> Mapping[str, Any]:
    """Return ``data`` of an answer with status 200, or raise what the method's table says."""
    return accepted(call, answer, method, envelope_of(call, answer))


def accepted(call: Call, answer: Answer, method: Method, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return ``data`` of an envelope with status 200, or raise what the method's table says."""
    status: str = envelope["status"]
    data = envelope.get("data")
    if status == OK:
        if data == []:  # PHP writes an empty object as an empty list
            return {}
        if isinstance(data, dict):
            return data
        raise call.unreadable(answer)
    text = values.sentence(data.get("msg")) if isinstance(data, dict) else None
    error = method.sentences.get((text or "").casefold()) or method.errors.get(status)
    if error is None:
        raise call.unreadable(answer, status, text)
    raise call.error(error, status, text)
