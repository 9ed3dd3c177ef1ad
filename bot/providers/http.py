"""The door to the providers: every request to them goes through here, over ``transports``."""

import random
import ssl
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from bot.clock import Clock
from bot.domain.errors import OutcomeUnknown, ProviderError, RateLimited
from bot.providers.addresses import Addresses
from bot.providers.base import Record
from bot.providers.calls import Answer, Call, Kind, Loss
from bot.providers.pauses import pause_asked, retry_after
from bot.providers.throttle import Paused, Shared, Throttle
from bot.providers.transports import open_guarded, open_transports
from bot.providers.wires import BODY_LIMIT, Patience, Wire

__all__ = ["BODY_LIMIT", "PATIENCE", "Http", "Patience"]

PATIENCE: Mapping[Kind, Patience] = MappingProxyType(
    {
        Kind.POLL: Patience(connect=5, read=10, total=10),
        Kind.READ: Patience(connect=5, read=15, total=30),
        Kind.ACTION: Patience(connect=5, read=15, total=30),
        Kind.PAID: Patience(connect=5, read=60, total=90),  # a late answer is better than an unknown outcome
    }
)

_TRIES = 3
_FIRST_DELAY = 0.4  # seconds; doubles with every try, and up to as much again is added at random
_LONGEST_DELAY = 10.0  # a person waits for a read: beyond this the failure is the better answer
_PASSING = frozenset({502, 503, 504})


class Http:
    """Sends calls; open it with ``async with``.

    Args:
        clock: for delays and pauses between calls; time-outs of a call are the event loop's.
        patience: time-outs by kind of call.
        tls: whom to trust; without it, the authorities that certifi lists, or ``SSL_CERT_FILE``.
        addresses: where hosts that users added may be; the public internet where None.
        share: returns what the replicas know together about a host; None where there are none.
    """

    def __init__(
        self,
        clock: Clock,
        patience: Mapping[Kind, Patience] = PATIENCE,
        tls: ssl.SSLContext | None = None,
        addresses: Addresses | None = None,
        share: Callable[[str], Shared] | None = None,
    ) -> None:
        self.addresses = addresses or Addresses()
        self._clock = clock
        self._share = share
        self._tls = tls or httpx.create_ssl_context()
        self._patience = patience
        self._throttles: dict[str, Throttle] = {}  # by slug; one object for all records of a host
        self._hosts: dict[str, Throttle] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._trusted = await self._stack.enter_async_context(open_transports(self._tls))
        self._guarded = await self._stack.enter_async_context(open_guarded(self._tls, self.addresses))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for throttle in self._hosts.values():
            throttle.close()
        await self._stack.aclose()

    async def send(self, call: Call) -> Answer:
        """Send a call and return its answer, whatever the HTTP status: vendors put errors under any.

        Reads are tried three times at most. A poll is sent once more, at once, where its connection was lost.
        Actions and paid calls are sent once. A host that asks for quiet is left alone.

        Raises:
            Unreachable: no answer, and nothing was bought.
            RateLimited: the host wants a pause, or is in one; a paid call was not sent.
            Malformed: the answer is longer than ``BODY_LIMIT``.
            OutcomeUnknown: a paid call went out, and what became of it is not known.
        """
        throttle = self._throttle(call.record)
        tries = 0
        while True:
            tries += 1
            outcome = await self._in_turn(call, throttle)
            if isinstance(outcome, ProviderError):
                raise outcome
            delay = self._delay(call, outcome, tries)
            if delay is not None:
                await self._clock.sleep(delay)
            elif isinstance(outcome, Loss):
                raise call.lost(outcome)
            else:
                return outcome

    def _throttle(self, record: Record) -> Throttle:
        throttle = self._throttles.get(record.slug)
        if throttle is None:
            host = httpx.URL(record.url).netloc.decode("ascii")
            throttle = self._hosts.get(host)
            if throttle is None:
                shared = self._share(host) if self._share is not None else None
                throttle = self._hosts[host] = Throttle(self._clock, record.limits, shared)
            throttle.tighten(record.limits)
            self._throttles[record.slug] = throttle
        return throttle

    async def _in_turn(self, call: Call, throttle: Throttle) -> Answer | Loss | ProviderError:
        """Wait for the host's turn and make one try."""
        poll = call.kind is Kind.POLL
        try:
            await throttle.acquire(poll=poll)
        except Paused as paused:
            return _limited(call, None, paused.remaining)
        try:
            outcome = await self._wire(call).send(call, self._patience[call.kind])
        finally:
            throttle.release(poll=poll)
        if isinstance(outcome, Answer):
            pause = pause_asked(outcome, self._clock.now())
            if pause is not None:
                throttle.pause(pause)
                if call.kind is Kind.PAID:
                    # The refusal most likely came before the purchase, but the documents promise nothing of
                    # the kind, and whoever is told "nothing was bought" buys again. So it is not claimed.
                    return call.error(OutcomeUnknown, f"http-{outcome.status}")
                return _limited(call, f"http-{outcome.status}", pause)
        return outcome

    def _wire(self, call: Call) -> Wire:
        pair = self._trusted if call.record.owner is None else self._guarded
        return pair.paid if call.kind is Kind.PAID else pair.free

    def _delay(self, call: Call, outcome: Answer | Loss, tries: int) -> float | None:
        """Return the seconds until the next try, or None where this one was the last."""
        if call.kind is Kind.POLL and outcome is Loss.RESET and tries == 1:
            return 0.0  # most often a kept connection that the server was closing: the code must not wait
        if call.kind is not Kind.READ or tries >= _TRIES:
            return None
        delay = _FIRST_DELAY * 2 ** (tries - 1)
        delay += random.uniform(0, delay)  # noqa: S311 - spreads retries, guards nothing
        if isinstance(outcome, Loss):
            return None if outcome is Loss.TOO_LARGE else delay
        if outcome.status not in _PASSING:
            return None
        asked = retry_after(outcome, self._clock.now())
        delay = delay if asked is None else asked
        return delay if delay <= _LONGEST_DELAY else None


def _limited(call: Call, code: str | None, seconds: float) -> RateLimited:
    return RateLimited(call.record.slug, call.operation, code, retry_after=seconds)
