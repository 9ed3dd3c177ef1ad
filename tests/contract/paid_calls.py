"""Every call that costs money, of every adapter that ships: what the harness of *at most once* plays.

Which calls are paid is read from the abstract classes, which adapters there are from the registry. A new paid
call, or an adapter's first one, without a row in ``WAYS`` makes the tests fail.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.secrets import Key
from bot.providers.activations import Activations
from bot.providers.base import Limits, Record
from bot.providers.http import Http
from bot.providers.lease import Held, RentalCapability, RentWant
from bot.providers.presets import build_presets
from bot.providers.registry import PROTOCOLS, RENTALS, build_records
from bot.providers.rentals import Rentals
from bot.providers.trade import Want, Watched

KEY = Key("testapikey")
Adapter = Activations | Rentals
Way = Callable[[Any], Awaitable[Any]]

_ORDER, _PHONE = Watched("635468021"), "79251234567"
_HELD = Held("1049", "79959707564")
_WANT = Want("tg", "0")
_SIDES: tuple[tuple[type[Adapter], Mapping[str, Callable[[Record, Http], Adapter]]], ...] = (
    (Activations, PROTOCOLS),
    (Rentals, RENTALS),
)


def _rent_want(adapter: Rentals) -> RentWant:
    whole = RentalCapability.WHOLE in adapter.capabilities
    return RentWant(None if whole else "tg", "0", adapter.terms.periods[0])


WAYS: dict[type[Adapter], dict[str, Way]] = {
    Activations: {
        "buy": lambda a: a.buy(KEY, _WANT),
        "repeat": lambda a: a.repeat(KEY, _ORDER, phone=_PHONE, service="tg"),
        "additional": lambda a: a.additional(KEY, _ORDER, service="tg"),
        "buy_several": lambda a: a.buy_several(KEY, _WANT, ("tg", "wa")),
    },
    Rentals: {
        "rent": lambda a: a.rent(KEY, _rent_want(a)),
        "rent_several": lambda a: a.rent_several(KEY, _rent_want(a), ("tg", "wa")),
        "prolong": lambda a: a.prolong(KEY, _HELD, a.terms.periods[0]),
        "add_service": lambda a: a.add_service(KEY, _HELD, "tg"),
        "restore": lambda a: a.restore(KEY, "1049"),
    },
}
"""How each paid call is made, whoever the provider is: codes are not looked at before the request."""


@dataclass(frozen=True, slots=True)
class PaidCall:
    """One paid call of one provider.

    Attributes:
        side: the abstract class that it stands in.
        name: the method.
        record: the provider.
    """

    side: type[Adapter]
    name: str
    record: Record

    def __str__(self) -> str:
        return f"{self.protocol}-{self.record.slug}-{self.name}"

    @property
    def protocol(self) -> str:
        """The key in the registry of the class that makes the call."""
        spoken = self.record.protocol if self.side is Activations else self.record.rentals
        assert spoken is not None
        return spoken

    def adapter(self, http: Http, url: str) -> Adapter:
        """Return the adapter, pointed at an address, without its limits: no test waits for a turn."""
        record = replace(self.record, url=url, limits=Limits())
        return dict(_SIDES)[self.side][self.protocol](record, http)

    async def make(self, adapter: Adapter) -> object:
        """Make the call."""
        return await WAYS[self.side][self.name](adapter)


def documented(side: type[Adapter]) -> set[str]:
    """Return the calls that an abstract class documents as paid."""
    return {name for name, method in vars(side).items() if "Paid" in (getattr(method, "__doc__", "") or "")}


def overridden(side: type[Adapter], adapter: type) -> set[str]:
    """Return the paid calls that an adapter has."""
    return {name for name in documented(side) if getattr(adapter, name) is not getattr(side, name)}


def shipped() -> tuple[Record, ...]:
    """Return every record that ships, in both languages where a house speaks two; each manner once."""
    records = [
        *build_records(getsms_api="native"),
        *build_records(getsms_api="compatible"),
        *build_presets(getsms_online_api="handler"),
        *build_presets(getsms_online_api="sms_reg"),
    ]

    def manner(one: Record) -> tuple[object, ...]:
        return one.protocol, one.rentals, tuple(sorted(one.quirks.items()))

    return tuple({manner(one): one for one in reversed(records)}.values())


def paid_calls() -> Iterator[PaidCall]:
    """Return every paid call that an adapter of a shipped record has and declares; each rental once."""
    seen: set[tuple[str, str]] = set()
    for record in shipped():
        for side, adapters in _SIDES:
            spoken = record.protocol if side is Activations else record.rentals
            if spoken is None:
                continue
            for name in sorted(documented(side)):
                call = PaidCall(side, name, record)
                if side is Rentals and (spoken, name) in seen:
                    continue
                if _offers(adapters[spoken], side, record, name):
                    seen.add((spoken, name))
                    yield call


def _offers(make: Callable[[Record, Http], Adapter], side: type[Adapter], record: Record, name: str) -> bool:
    adapter = make(record, _NO_DOOR)
    abstract = name in side.__abstractmethods__
    return abstract or _DECLARED.get(name, name) in {one.value for one in adapter.capabilities}


_DECLARED = {"buy_several": "several", "rent_several": "several"}
"""Capabilities by another name than their call's."""

_NO_DOOR: Any = None  # an adapter that is only asked what it can do needs no door
