"""The last look at an order that is said to be over: what it has brought, and whether that is so at all."""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.errors import Maintenance, ProviderFault, Refused
from bot.domain.orders import Order
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.activations import Activations
from bot.providers.base import Capability
from bot.providers.trade import Active, Watched

_SLACK = timedelta(minutes=1)  # whole seconds are sent, and clocks differ
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Left:
    """What a provider still tells of an order.

    Attributes:
        sms: what was not told before, oldest first.
        is_open: whether the provider lists it as open after all.
    """

    sms: tuple[Sms, ...]
    is_open: bool


async def left_behind(
    adapter: Activations, key: Key, order: Order, told: Iterable[Sms], now: datetime
) -> Left:
    """Return what can still be had of an order: from the list of open ones, else from the history.

    Args:
        adapter: the order's provider.
        key: the account's.
        order: which one.
        told: the SMS of it that are known.
        now: UTC.

    Raises:
        ProviderError: the provider does not answer, so that nothing is known. What it refuses, it has not.
    """
    known = tuple(told)
    here: tuple[Active, ...] = ()
    if Capability.ACTIVE in adapter.capabilities:
        listed = await _unless_refused(adapter.active(key))
        here = tuple(one for one in listed if one.remote_id == order.remote_id)
    found = [sms for one in here for sms in one.sms]
    if not here and Capability.HISTORY in adapter.capabilities:
        since = order.created_at - adapter.record.limits.lifetime  # it may have been bought elsewhere before
        past = await _unless_refused(adapter.history(key, since=since, until=now + _SLACK))
        found = [sms for one in past if one.remote_id == order.remote_id for sms in one.sms]
    call = await call_to(adapter, key, order) if order.voice else None
    found += [call] if call else []
    return Left(tuple(sms for sms in found if not _is_told(sms, known)), is_open=bool(here))


async def call_to(adapter: Activations, key: Key, order: Order | Watched) -> Sms | None:
    """Return the call that an order's number has taken, None while there is none or nobody tells.

    Raises:
        ProviderError: the provider does not answer.
    """
    if Capability.CALL_STATUS not in adapter.capabilities:
        return None
    try:
        caller = await adapter.call_status(key, Watched(order.remote_id or ""))
    except (Maintenance, ProviderFault):
        raise
    except Refused:  # whether the order lives is not to be learned here
        return None
    return Sms(caller, is_call=True) if caller else None


async def _unless_refused(asked: Awaitable[tuple[_T, ...]]) -> tuple[_T, ...]:
    try:
        return await asked
    except (Maintenance, ProviderFault):  # later it may tell
        raise
    except Refused:
        return ()


def _is_told(sms: Sms, known: tuple[Sms, ...]) -> bool:
    """Whether an SMS is known, be it by its code alone: lists show whole texts, checks often only codes."""
    return any(
        one.text == sms.text
        or (one.code is not None and (one.code == sms.code if sms.code else one.code in sms.text))
        for one in known
    )
