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
        earlier: told while another SMS is awaited: it is that of an earlier round, and worth telling only
            where it was never told.
        is_call: no SMS, but a call: ``text`` is the phone number that has called.
    """

    text: str
    code: str | None = None
    remote_id: str | None = None
    sender: str | None = None
    received_at: datetime | None = None
    earlier: bool = False
    is_call: bool = False

    def identity(self, round_: int) -> str:
        """Return what makes this SMS the same one when it is read again: a digest of 64 characters.

        The id alone would not do: Get-SMS says of it that it is almost always the order's. Where there is no
        id, the same text after another SMS was asked for is another SMS.

        Args:
            round_: how often another SMS was asked for when this one was read.
        """
        moment = self.received_at.isoformat() if self.received_at else ""
        source = "call" if self.is_call else self.remote_id or f"round {round_}"
        content = "\0".join((source, moment, self.code or "", self.text))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
