"""The record of every call to the simulated Bot API, for assertions and for the curious."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.telegram.schema import Json

_KEPT = 20_000


@dataclass(slots=True)
class RecordedCall:
    """One call.

    Attributes:
        method: its name as the API spells it.
        params: the parameters, converted where the call was valid.
        at: when it came.
        result: what was answered, once it was.
        error: code and description of a refusal, or what else befell it.
    """

    method: str
    params: Json
    at: datetime
    result: Any = None
    error: tuple[int, str] | None = None


class CallLog:
    """The newest calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[RecordedCall] = deque(maxlen=_KEPT)

    def __iter__(self) -> Iterator[RecordedCall]:
        return iter(tuple(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def of(self, *methods: str) -> list[RecordedCall]:
        """Return the calls of these methods, oldest first."""
        return [call for call in self._calls if call.method in methods]

    def add(self, call: RecordedCall) -> None:
        """Keep a call."""
        self._calls.append(call)

    def clear(self) -> None:
        """Forget everything so far."""
        self._calls.clear()
