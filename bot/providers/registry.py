"""Which providers there are, and which class speaks which protocol.

A new provider on a known protocol is one more ``Record`` here or in ``presets``; a new protocol is one more
entry in ``PROTOCOLS`` or ``RENTALS`` beside its adapter.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from bot.domain.errors import NotOffered, UnknownProvider
from bot.domain.money import Money
from bot.domain.secrets import Key
from bot.providers.activations import Activations
from bot.providers.addresses import Addresses
from bot.providers.base import Capability, Limits, Record
from bot.providers.getsms_online_rent import GetSmsOnlineRent
from bot.providers.getsms_rent import GetSmsRent
from bot.providers.getsms_v1 import GetSmsV1
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.rentals import Rentals
from bot.providers.sms_activate_rent import SmsActivateRent
from bot.providers.sms_reg import SmsReg
from bot.providers.smspva import Smspva

PROTOCOLS: Mapping[str, Callable[[Record, Http], Activations]] = MappingProxyType(
    {"getsms_v1": GetSmsV1, "handler_api": HandlerApi, "sms_reg": SmsReg}
)

RENTALS: Mapping[str, Callable[[Record, Http], Rentals]] = MappingProxyType(
    {
        "getsms_rent": GetSmsRent,
        "getsms_online_rent": GetSmsOnlineRent,
        "sms_activate_rent": SmsActivateRent,
        "smspva": Smspva,
    }
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
            rentals="getsms_rent",
        ),
    )


class Providers:
    """The adapters of every record, in the order of the records; hosts that users add come behind them.

    A house may sell activations, rent numbers out, or both: it has an adapter for each.
    """

    def __init__(self, records: Iterable[Record], http: Http) -> None:
        self._http = http
        self._records: dict[str, Record] = {}
        self._activations: dict[str, Activations] = {}
        self._rentals: dict[str, Rentals] = {}
        for record in records:
            self.add(record)

    @property
    def addresses(self) -> Addresses:
        """Where hosts that users add may be."""
        return self._http.addresses

    def make(self, record: Record) -> Activations:
        """Return an adapter for a record, without adding it: to try a host out.

        Raises:
            NotOffered: the house sells no activations.
        """
        if record.protocol is None:
            raise NotOffered
        return PROTOCOLS[record.protocol](record, self._http)

    def add(self, record: Record) -> None:
        """Know one more provider from now on."""
        self._records[record.slug] = record
        if record.protocol is not None:
            self._activations[record.slug] = self.make(record)
        if record.rentals is not None:
            self._rentals[record.slug] = RENTALS[record.rentals](record, self._http)

    def remove(self, slug: str) -> None:
        """Know a provider no more: the host of somebody who has left."""
        for known in (self._records, self._activations, self._rentals):
            known.pop(slug, None)

    def record(self, slug: str) -> Record | None:
        """Return a provider's record, or None: its entry may have gone from the configuration."""
        return self._records.get(slug)

    def records(self, user_id: int) -> tuple[Record, ...]:
        """Return the records of everybody's providers, then those of the user's own hosts."""
        owners = {None, user_id}
        return tuple(record for record in self._records.values() if record.owner in owners)

    def get(self, slug: str) -> Activations:
        """Return the adapter for a provider's activations.

        Raises:
            UnknownProvider: no record has this slug, or the house sells no activations.
        """
        adapter = self._activations.get(slug)
        if adapter is None:
            raise UnknownProvider(slug)
        return adapter

    def find(self, slug: str) -> Activations | None:
        """Return the adapter for a provider's activations, or None where there is none."""
        return self._activations.get(slug)

    def rentals(self, slug: str) -> Rentals:
        """Return the adapter for a provider's rentals.

        Raises:
            UnknownProvider: no record has this slug, or the house rents no numbers out.
        """
        adapter = self._rentals.get(slug)
        if adapter is None:
            raise UnknownProvider(slug)
        return adapter

    def find_rentals(self, slug: str) -> Rentals | None:
        """Return the adapter for a provider's rentals, or None where there is none."""
        return self._rentals.get(slug)

    async def prove(self, slug: str, key: Key) -> Money | None:
        """Return what an account holds, once its key was accepted; None where its provider tells no balance.

        Raises:
            UnknownProvider: no record has this slug.
            ProviderError: the provider refuses the key, or does not answer.
        """
        seller = self.find(slug)
        if seller is not None:
            return await seller.balance(key)
        await self.rentals(slug).prove(key)
        return None

    def capabilities(self, slug: str) -> frozenset[Capability]:
        """Return what can be done with activations of a provider; nothing at one that is not known."""
        adapter = self._activations.get(slug)
        return adapter.capabilities if adapter else frozenset()

    def limits(self, slug: str) -> Limits:
        """Return a provider's limits; the usual ones for one that is not known."""
        record = self._records.get(slug)
        return record.limits if record else _USUAL

    def of(self, user_id: int) -> tuple[Activations, ...]:
        """Return those who sell activations: everybody's providers, then the user's own hosts."""
        records = self.records(user_id)
        return tuple(self._activations[one.slug] for one in records if one.slug in self._activations)

    def all(self) -> tuple[Activations, ...]:
        """Return everyone who sells activations, the hosts of all users among them."""
        return tuple(self._activations.values())
