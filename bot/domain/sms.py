"""One SMS, as a provider reports it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS that reached a number.

    Attributes:
        text: the whole text; equals ``code`` where the provider tells nothing more.
        code: the code as the provider found it, or None where it found none.
        remote_id: the provider's id of this SMS, or None where it has none.
        sender: who sent it, or None.
        received_at: when the provider got it (aware, UTC), or None where it does not say with a zone.
    """

    text: str
    code: str | None = None
    remote_id: str | None = None
    sender: str | None = None
    received_at: datetime | None = None

    @property
    def identity(self) -> str:
        """What makes this SMS the same one when it is read again: a digest of all but its sender.

        The id alone would not do: Get-SMS says of it that it is almost always the order's.
        """
        moment = self.received_at.isoformat() if self.received_at else ""
        content = "\0".join((self.remote_id or "", moment, self.code or "", self.text))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
