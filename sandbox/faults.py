"""How a simulated provider can misbehave: each way has a name for tests and a title for people.

``COMMON`` is what can befall any of them; a provider adds the refusals of its own documents.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sandbox.provider import NotPossible


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to misbehave.

    Attributes:
        name: what tests and the panel's requests call it.
        title: what a person reads.
        applied: whether the request still has its effect (an order is made, a number given back).
        refusals: for refusals in the provider's own words: what stands for the answer, by method; other
            methods are not touched.
        body: this very text instead of the answer.
        status: the HTTP status that goes with ``body``.
        methods: the methods that can meet it; None: all.
        seconds: how long the answer is kept back.
    """

    name: str
    title: str
    applied: bool = False
    refusals: Mapping[str, Any] | None = None
    body: str | None = None
    status: int = 200
    methods: Collection[str] | None = None
    seconds: float = 0

    def concerns(self, method: str) -> bool:
        """Whether a request with this method can meet it."""
        return all(method in these for these in (self.methods, self.refusals) if these is not None)


BODY = "body"
"""The name for a body that the caller gives; not in the panel's list, which has nowhere to write one."""

COMMON = (
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
)


@dataclass(slots=True)
class Planned:
    """A fault that waits for its requests; ``times`` None never runs out."""

    kind: Kind
    method: str
    times: int | None

    def concerns(self, method: str) -> bool:
        """Whether a request with this method meets the fault."""
        return self.method in ("*", method) and self.kind.concerns(method)


class Faults:
    """The faults that are planned, in the order in which they will be met.

    Args:
        title: the provider's name, for sentences.
        methods: the methods that a fault can be planned for.
        own: the provider's own ways to misbehave, besides ``COMMON``.
    """

    def __init__(self, title: str, methods: Collection[str], own: Iterable[Kind] = ()) -> None:
        self.kinds = {kind.name: kind for kind in (*COMMON, *own)}
        self._title = title
        self._methods = methods
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
        body: str | None = None,
        status: int = 200,
    ) -> None:
        """Plan a fault after those already planned.

        Args:
            name: a key of ``kinds``, or ``body`` for a text of the caller's.
            method: the method it is for, ``*`` for every one.
            times: how many requests meet it; None: all until ``clear``.
            applied: overrides whether the request has its effect all the same.
            seconds: overrides how long the answer is kept back.
            body: the text to answer, for the name ``body`` and for no other.
            status: the HTTP status that goes with it.

        Raises:
            NotPossible: an unknown name or method, a count below one, a body where none belongs or none
                where one does.
        """
        if (name == BODY) != (body is not None):
            raise NotPossible("A text to answer goes with the fault “body”, and with no other.")
        kind = Kind(BODY, "This text", body=body, status=status) if name == BODY else self.kinds.get(name)
        if kind is None:
            raise NotPossible(f"There is no fault named “{name}”.")
        if method not in ("*", *self._methods):
            raise NotPossible(f"{self._title} has no method “{method}”.")
        if times is not None and times < 1:
            raise NotPossible("A fault happens at least once.")
        kind = replace(
            kind,
            applied=kind.applied if applied is None else applied,
            seconds=kind.seconds if seconds is None else seconds,
        )
        self._planned.append(Planned(kind, method, times))

    def only(self, name: str | None, method: str, times: int | None) -> None:
        """Plan this fault and forget all others; None: forget all. Arguments and errors as in ``plan``."""
        before = len(self._planned)
        if name is not None:
            self.plan(name, method, times)
        del self._planned[:before]

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
