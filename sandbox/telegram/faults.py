"""Things that go wrong on demand: refusals, lost connections, rubbish, calls that hang."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.telegram.refusal import Refusal
from sandbox.telegram.schema import Json

EVERY_METHOD = "*"
Kind = Literal["refuse", "cut_before", "cut_after", "garble", "hold"]

_SENTENCES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Cut(Exception):
    """The connection ends here, without an answer."""


class Garbled(Exception):
    """Somebody on the way answers, with a page for people."""


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        method: whose calls are hit; ``*`` for every method but getUpdates.
        kind: refuse; cut the connection before anything happened; cut it after the call took effect, so that
            the answer is lost; answer with a page of HTML before anything happened; or hold the call until
            ``release``.
        times: how many calls are hit; None for all until it is removed.
        when: hits only calls whose parameters it accepts.
        refusal: what the caller gets, for ``refuse``.
        hits: how many calls were hit so far.
    """

    method: str
    kind: Kind
    times: int | None = 1
    when: Callable[[Json], bool] | None = None
    refusal: Refusal | None = None
    hits: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def meets(self, method: str, params: Json) -> bool:
        """Say whether this call is hit."""
        named = self.method.lower() == method.lower()
        named = named or (self.method == EVERY_METHOD and method != "getUpdates")
        return (
            named and (self.times is None or self.hits < self.times) and (not self.when or self.when(params))
        )

    def hit(self) -> None:
        """Count a call that is hit."""
        self.hits += 1
        self._arrived.set()

    async def arrival(self) -> None:
        """Wait until a call was hit."""
        await self._arrived.wait()

    def release(self) -> None:
        """Let held calls go on."""
        self._released.set()

    async def before(self) -> None:
        """Strike before the call takes effect.

        Raises:
            Refusal: the answer, for ``refuse``.
            Cut: for ``cut_before``.
            Garbled: for ``garble``.
        """
        if self.kind == "hold":
            await self._released.wait()
        if self.kind == "cut_before":
            raise Cut
        if self.kind == "garble":
            raise Garbled
        if self.refusal is not None:
            raise self.refusal

    def after(self) -> None:
        """Strike after the call took effect.

        Raises:
            Cut: for ``cut_after``.
        """
        if self.kind == "cut_after":
            raise Cut


class Faults:
    """What goes wrong next; the first fault that meets a call hits it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(
        self,
        method: str = EVERY_METHOD,
        *,
        error_code: int = 400,
        description: str | None = None,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
        times: int | None = 1,
        when: Callable[[Json], bool] | None = None,
    ) -> Fault:
        """Refuse the next calls; a plain description is made up from the code where none is given."""
        if description is None:
            description = f"Too Many Requests: retry after {retry_after}" if retry_after is not None else None
        description = description or _SENTENCES.get(error_code, f"Error {error_code}")
        refusal = Refusal(
            error_code, description, retry_after=retry_after, migrate_to_chat_id=migrate_to_chat_id
        )
        return self._put(Fault(method, "refuse", times, when, refusal))

    def cut_before(self, method: str = EVERY_METHOD, *, times: int | None = 1) -> Fault:
        """Close the connection of the next calls before they took effect."""
        return self._put(Fault(method, "cut_before", times))

    def garble(self, method: str = EVERY_METHOD, *, times: int | None = 1) -> Fault:
        """Answer the next calls with a proxy's page of HTML; they take no effect."""
        return self._put(Fault(method, "garble", times))

    def lose_answer(self, method: str = EVERY_METHOD, *, times: int | None = 1) -> Fault:
        """Let the next calls take effect and close the connection without an answer."""
        return self._put(Fault(method, "cut_after", times))

    def hold(self, method: str = EVERY_METHOD, *, times: int | None = 1) -> Fault:
        """Keep the next calls waiting, before they take effect, until ``release`` of what is returned."""
        return self._put(Fault(method, "hold", times))

    def clear(self) -> None:
        """Everything works again; held calls go on."""
        for fault in self._faults:
            fault.release()
        self._faults.clear()

    def take(self, method: str, params: Json) -> Fault | None:
        """Return the fault that hits this call, and count it."""
        for fault in self._faults:
            if fault.meets(method, params):
                fault.hit()
                return fault
        return None

    def _put(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault
