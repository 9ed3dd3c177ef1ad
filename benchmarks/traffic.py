"""What the simulators see of a bot: when it asks for which order, and when Telegram hears what.

All times are those of this process's ``time.perf_counter``, at the moment when a request is answered.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sandbox.ledger import Asked, Ledger
from sandbox.telegram.calls import CallLog, RecordedCall

_CHECKS = frozenset({"getcode", "getStatus"})
_LISTS = frozenset({"getActiveActivations"})
_CODE = re.compile(r"(?<!\d)1\d{5}(?!\d)")
_TOO_MANY = 429


class Request(NamedTuple):
    """One request to a provider; ``order`` and ``key`` are empty where it names none."""

    at: float
    method: str
    order: str
    key: str


class Requests(Ledger):
    """A provider's ledger that keeps the time of each request, and nothing of the others' bodies.

    Attributes:
        log: every request, oldest first.
        asked: when each order was last asked for, by its own check.
        listed: when all orders of a key were last asked for together.
        on_check: called with an order and the time, before the answer is on its way.
    """

    def __init__(self) -> None:
        super().__init__(limit=1)
        self.log: list[Request] = []
        self.on_check: Callable[[Request], None] | None = None

    def asked(self, asked: Asked) -> None:
        """Note the request."""
        key = asked.form.get("userkey") or asked.form.get("api_key", "")
        request = Request(time.perf_counter(), asked.method, asked.order_id, key)
        self.log.append(request)
        if self.on_check is not None and is_check(request):
            self.on_check(request)


def is_check(request: Request) -> bool:
    """Whether it asks for SMS, of one order or of a whole account."""
    return request.method in _CHECKS or request.method in _LISTS


def checks_of(log: Iterable[Request], keys: dict[str, str]) -> dict[str, list[float]]:
    """Return when each order was asked for, by itself or with all of its account.

    Args:
        log: what the provider heard.
        keys: the key of each order.
    """
    of_key: defaultdict[str, list[str]] = defaultdict(list)
    for order, key in keys.items():
        of_key[key].append(order)
    times: dict[str, list[float]] = {order: [] for order in keys}
    for request in log:
        if request.method in _LISTS:
            for order in of_key[request.key]:
                times[order].append(request.at)
        elif request.method in _CHECKS and request.order in times:
            times[request.order].append(request.at)
    return times


@dataclass(frozen=True, slots=True)
class Heard:
    """One call of the Bot API, with the time at which it came."""

    at: float
    call: RecordedCall

    @property
    def is_accepted(self) -> bool:
        """Whether Telegram did what was asked."""
        return self.call.error is None

    @property
    def is_refused(self) -> bool:
        """Whether it was too much for Telegram's limits."""
        return self.call.error is not None and self.call.error[0] == _TOO_MANY


class Calls(CallLog):
    """Telegram's record, with times."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Heard] = []

    def add(self, call: RecordedCall) -> None:
        """Note the call."""
        if call.method != "getUpdates":
            self.heard.append(Heard(time.perf_counter(), call))

    def told(self) -> dict[str, float]:
        """Return when each code was accepted in a new message, first."""
        found: dict[str, float] = {}
        for one in self.heard:
            if one.call.method == "sendMessage" and one.is_accepted:
                for code in _CODE.findall(str(one.call.params.get("text", ""))):
                    found.setdefault(code, one.at)
        return found
