"""Which providers there are, and which class speaks which protocol.

A new provider on a known protocol is one more ``Record`` here or in ``presets``; a new protocol is one more
entry in ``PROTOCOLS`` beside its adapter.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from bot.domain.errors import UnknownProvider
from bot.providers.activations import Activations
from bot.providers.addresses import Addresses
from bot.providers.base import Capability, Limits, Record
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.sms_reg import SmsReg

PROTOCOLS: Mapping[str, Callable[[Record, Http], Activations]] = MappingProxyType(
    {"getsms_v1": GetSmsV1, "handler_api": HandlerApi, "sms_reg": SmsReg}
)

GETSMS_URL = "https://get-sms.com"
_USUAL = Limits()

GetSmsApi = Literal["native", "compatible"]


def build_records(getsms_url: str = GETSMS_URL, getsms_api: GetSmsApi = "native") -> tuple[Record, ...]:
    """Return the record of Get-SMS; ``presets.build_presets`` has the other houses.

    Args:
        getsms_url: scheme, host and optional path prefix of Get-SMS.
        getsms_api: which of its two languages it is spoken to in.
    """
    native = getsms_api == "native"
    return (
        Record(
            slug="getsms",
            title="Get-SMS",
            url=getsms_url.rstrip("/"),
            protocol="getsms_v1" if native else "handler_api",
            # The page on the compatible language calls the balance dollars. It is the same account's, and its
            # prices are of the size of those in roubles.
            currency="RUB",
            codes="getsms" if native else "getsms_compatible",
            site="https://get-sms.com",
            # its page: an SMS is asked for every 5 s, a number lives for 15 minutes, no rate is named
            limits=Limits(check_every=5.0, lifetime=timedelta(minutes=15)),
            quirks={} if native else {"dialect": "getsms"},
        ),
    )


class Providers:
    """The adapters, one a record, in the order of the records; hosts that users add come behind them."""

    def __init__(self, records: Iterable[Record], http: Http) -> None:
        self._http = http
        self._adapters = {record.slug: self.make(record) for record in records}

    @property
    def addresses(self) -> Addresses:
        """Where hosts that users add may be."""
        return self._http.addresses

    def make(self, record: Record) -> Activations:
        """Return an adapter for a record, without adding it: to try a host out."""
        return PROTOCOLS[record.protocol](record, self._http)

    def add(self, record: Record) -> None:
        """Know one more provider from now on."""
        self._adapters[record.slug] = self.make(record)

    def get(self, slug: str) -> Activations:
        """Return a provider's adapter.

        Raises:
            UnknownProvider: no record has this slug.
        """
        adapter = self._adapters.get(slug)
        if adapter is None:
            raise UnknownProvider(slug)
        return adapter

    def find(self, slug: str) -> Activations | None:
        """Return a provider's adapter, or None: its entry may have gone from the configuration."""
        return self._adapters.get(slug)

    def capabilities(self, slug: str) -> frozenset[Capability]:
        """Return what can be done at a provider; nothing at one that is not known."""
        adapter = self._adapters.get(slug)
        return adapter.capabilities if adapter else frozenset()

    def limits(self, slug: str) -> Limits:
        """Return a provider's limits; the usual ones for one that is not known."""
        adapter = self._adapters.get(slug)
        return adapter.record.limits if adapter else _USUAL

    def of(self, user_id: int) -> tuple[Activations, ...]:
        """Return everybody's providers, then the user's own hosts."""
        owners = {None, user_id}
        return tuple(adapter for adapter in self._adapters.values() if adapter.record.owner in owners)

    def all(self) -> tuple[Activations, ...]:
        """Return every provider's adapter, the hosts of all users among them."""
        return tuple(self._adapters.values())
