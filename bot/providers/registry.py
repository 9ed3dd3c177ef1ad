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
from bot.providers.base import Limits, Record
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.sms_reg import SmsReg

PROTOCOLS: Mapping[str, Callable[[Record, Http], Activations]] = MappingProxyType(
    {"getsms_v1": GetSmsV1, "handler_api": HandlerApi, "sms_reg": SmsReg}
)

GETSMS_URL = "https://get-sms.com"


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
    """The adapters, one a record, in the order of the records."""

    def __init__(self, records: Iterable[Record], http: Http) -> None:
        self._adapters = {record.slug: PROTOCOLS[record.protocol](record, http) for record in records}

    def get(self, slug: str) -> Activations:
        """Return a provider's adapter.

        Raises:
            UnknownProvider: no record has this slug.
        """
        adapter = self._adapters.get(slug)
        if adapter is None:
            raise UnknownProvider(slug)
        return adapter

    def all(self) -> tuple[Activations, ...]:
        """Return every provider's adapter."""
        return tuple(self._adapters.values())
