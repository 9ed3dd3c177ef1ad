"""How the simulated Get-SMS can misbehave: each way has a name for tests and a title for people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandbox.provider import NotPossible

METHODS = (
    "getbalance",
    "getcount",
    "getnumber",
    "getcode",
    "wrongcode",
    "refusenumber",
    "bannumber",
    "getallcount",
)

_INTERNAL = {"getbalance": 500, "getcount": 500} | dict.fromkeys(
    ("getcode", "wrongcode", "refusenumber", "bannumber", "getallcount"), 502
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to misbehave.

    Attributes:
        name: what tests and the panel's requests call it.
        title: what a person reads.
        applied: whether the request still has its effect (an order is made, a number given back).
        statuses: for refusals in the body: status by method; other methods are not touched.
        seconds: how long the answer is kept back.
    """

    name: str
    title: str
    applied: bool = False
    statuses: Mapping[str, int] | None = None
    seconds: float = 0


KINDS = {
    kind.name: kind
    for kind in (
        Kind("html-200", "An HTML page with status 200"),
        Kind("empty", "An empty answer; the request had its effect", applied=True),
        Kind("cut-off", "Half an answer; the request had its effect", applied=True),
        Kind("cut-off-stream", "Connection lost in mid-answer; the request had its effect", applied=True),
        Kind("wrong-types", "Lists where values belong; the request had its effect", applied=True),
        Kind("http-502", "502 Bad Gateway"),
        Kind("http-500", "500 Internal Server Error"),
        Kind("429", "429 Too Many Requests, Retry-After 7"),
        Kind("cloudflare-403", "Cloudflare's 403 page"),
        Kind("cloudflare-1020", "Cloudflare's text “error code: 1020”"),
        Kind("reset-before", "Connection closed before the request had its effect"),
        Kind("reset-after", "Connection closed after the request had its effect", applied=True),
        Kind("slow", "The honest answer, 20 seconds late", applied=True, seconds=20),
        Kind("hang", "No answer for 2 minutes, no effect", seconds=120),
        Kind("hang-after", "No answer for 2 minutes; the request had its effect", applied=True, seconds=120),
        Kind("maintenance", "Technical work in progress (507)", statuses={"getnumber": 507}),
        Kind("banned", "You are blocked until the next day (506)", statuses={"getnumber": 506}),
        Kind("internal-error", "Internal error (500 or 502, as documented per method)", statuses=_INTERNAL),
        Kind("unknown-status", "A status that no document names", statuses=dict.fromkeys(METHODS, 799)),
    )
}


@dataclass(slots=True)
class Planned:
    """A fault that waits for its requests; ``times`` None never runs out."""

    kind: Kind
    method: str
    times: int | None

    def concerns(self, method: str) -> bool:
        """Whether a request with this method meets the fault."""
        if self.method not in ("*", method):
            return False
        return self.kind.statuses is None or method in self.kind.statuses


class Faults:
    """The faults that are planned, in the order in which they will be met."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    @property
    def current(self) -> str | None:
        """The name of the fault that is met next, None when all is well."""
        return self._planned[0].kind.name if self._planned else None

    def plan(
        self,
        name: str,
        method: str = "*",
        times: int | None = 1,
        *,
        applied: bool | None = None,
        seconds: float | None = None,
    ) -> None:
        """Plan a fault after those already planned.

        Args:
            name: a key of ``KINDS``.
            method: the method it is for, ``*`` for every one.
            times: how many requests meet it; None: all until ``clear``.
            applied: overrides whether the request has its effect all the same.
            seconds: overrides how long the answer is kept back.

        Raises:
            NotPossible: an unknown name or method, or a count below one.
        """
        if name not in KINDS:
            raise NotPossible(f"There is no fault named “{name}”.")
        if method not in ("*", *METHODS):
            raise NotPossible(f"Get-SMS has no method “{method}”.")
        if times is not None and times < 1:
            raise NotPossible("A fault happens at least once.")
        kind = KINDS[name]
        kind = replace(
            kind,
            applied=kind.applied if applied is None else applied,
            seconds=kind.seconds if seconds is None else seconds,
        )
        self._planned.append(Planned(kind, method, times))

    def clear(self) -> None:
        """Forget every planned fault."""
        self._planned.clear()

    def take(self, method: str) -> Kind | None:
        """Return the fault that a request with this method meets, and use it up by one."""
        for planned in self._planned:
            if planned.concerns(method):
                if planned.times is not None:
                    planned.times -= 1
                    if not planned.times:
                        self._planned.remove(planned)
                return planned.kind
        return None
