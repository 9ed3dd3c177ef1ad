"""One request to a provider and its answer, before any meaning is read into them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import quote, quote_plus

from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, Unreachable
from bot.domain.secrets import Key
from bot.providers import values
from bot.providers.base import Record

_LONGEST_TEXT = 300
_SERVER_FAULT = 500


class Kind(StrEnum):
    """What a call costs, and so how often it may be sent."""

    POLL = "poll"
    """A check for an SMS: free, and made again in seconds anyway, so hardly worth repeating."""

    READ = "read"
    """Free, and a person waits for it: repeated when the network fails."""

    ACTION = "action"
    """Free and harmless when repeated, but the person decides about that: sent once."""

    PAID = "paid"
    """Costs money: sent once, and every lost answer is an unknown outcome."""


class Loss(StrEnum):
    """Why there is no answer."""

    NOT_SENT = "not-connected"
    RESET = "connection-lost"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP.

    Attributes:
        status: HTTP status code.
        body: decoded from any content encoding, at most the door's limit; kept out of ``repr``.
        headers: looked up in lower case.
    """

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One request.

    Attributes:
        record: the provider that is asked.
        operation: our word for it, for errors (``balance``, ``buy`` …).
        path: what follows the record's URL, with a leading slash.
        form: the fields; a key stays a ``Key`` until the request is written.
        kind: see ``Kind``.
        method: ``POST`` (fields in the body) or, where a document allows nothing else, ``GET`` (in the URL).
    """

    record: Record
    operation: str
    path: str
    form: Mapping[str, str | Key] = field(repr=False)
    kind: Kind
    method: str = "POST"

    def fields(self) -> dict[str, str]:
        """Return the form with the key revealed; only for the request itself."""
        return {name: v.reveal() if isinstance(v, Key) else v for name, v in self.form.items()}

    def error(
        self, error: type[ProviderError], code: str | None = None, text: str | None = None
    ) -> ProviderError:
        """Return an error of this call, its vendor's words redacted, on one line and of bearable length."""
        return error(self.record.slug, self.operation, self._quote(code), self._quote(text))

    def lost(self, loss: Loss) -> ProviderError:
        """Return the error for a call that got no answer.

        Only a connection that was never made proves that a paid call did nothing.
        """
        if self.kind is Kind.PAID and loss is not Loss.NOT_SENT:
            return self.error(OutcomeUnknown, loss)
        return self.error(Malformed if loss is Loss.TOO_LARGE else Unreachable, loss)

    def unreadable(self, answer: Answer, code: str | None = None, text: str | None = None) -> ProviderError:
        """Return the error for an answer that does not follow the provider's document.

        Args:
            answer: as it came.
            code: the vendor's code where there is one; else the HTTP status names the trouble.
            text: the vendor's sentence, where there is one.
        """
        if self.kind is Kind.PAID:
            kind: type[ProviderError] = OutcomeUnknown
        else:
            kind = Unreachable if code is None and answer.status >= _SERVER_FAULT else Malformed
        return self.error(kind, code or f"http-{answer.status}", text)

    def json(self, answer: Answer) -> Any:
        """Return the JSON value of an answer, its numbers as strings.

        Raises:
            ProviderError: it is not JSON, as in ``unreadable``.
        """
        try:
            return values.parse_json(values.decode(answer.body))
        except ValueError:
            failure = self.unreadable(answer)
        raise failure  # outside the handler, so that no piece of the body hangs on the error

    def _quote(self, said: str | None) -> str | None:
        """Return a vendor's words fit to be shown and logged: without the key, on one line, cut to length."""
        said = values.sentence(said) or ""
        for field_value in self.form.values():
            if isinstance(field_value, Key) and (key := field_value.reveal()):
                for shape in (key, quote_plus(key), quote(key, safe="")):
                    said = said.replace(shape, "…")
        return " ".join(said.split())[:_LONGEST_TEXT] or None
