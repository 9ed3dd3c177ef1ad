"""What every adapter of activations or rentals must bear: the faults that each simulated provider can play.

Free calls alone: what costs money is in ``test_at_most_once.py``.
"""

import ssl
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import pytest

from bot.domain.errors import Malformed, ProviderError, RateLimited, Unreachable
from bot.providers.calls import Kind
from bot.providers.http import Patience
from sandbox.simulator import Simulator
from tests.support.clock import ManualClock
from tests.support.pace import in_time

T = TypeVar("T")

TLS = ssl.create_default_context()
HASTE = {kind: Patience(connect=0.4, read=0.3, total=0.6) for kind in Kind}
"""Patience of a test with a provider that does not answer."""

UGLY: Mapping[str, type[ProviderError]] = MappingProxyType(
    {
        "html-200": Malformed,
        "empty": Malformed,
        "cut-off": Malformed,
        "cut-off-stream": Unreachable,
        "wrong-types": Malformed,
        "http-502": Unreachable,
        "http-500": Unreachable,
        "429": RateLimited,
        "cloudflare-403": RateLimited,
        "cloudflare-1020": RateLimited,
        "reset-before": Unreachable,
        "reset-after": Unreachable,
        "hang": Unreachable,
        "hang-after": Unreachable,
    }
)
"""What can befall any provider, by the fault's name, and what it is called; each adds words of its own."""


async def borne(
    sim: Simulator,
    clock: ManualClock,
    bad: tuple[str, str, type[ProviderError]],
    ask: Callable[[], Awaitable[T]],
) -> T:
    """Ask on a bad day and again when it is over; return the second answer.

    Args:
        sim: the provider.
        clock: its time and the adapter's.
        bad: the fault, the method that meets it, and the error that it must be.
        ask: the question; what it raises once all is well again is for the caller to judge.
    """
    fault, method, error = bad
    sim.break_with(fault, method)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, ask())
    assert type(told.value) is error
    sim.break_with(None)
    await clock.advance(60)
    return await in_time(clock, ask())
