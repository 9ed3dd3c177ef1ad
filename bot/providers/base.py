"""What every provider looks like from the engine: records, capabilities, and the calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms


class Capability(StrEnum):
    """What a protocol can do beyond balance, offers, buy and check."""

    CANCEL = "cancel"
    BAN = "ban"
    RETRY = "retry"
    FOLLOW_UP = "follow_up"  # further SMS can be read without asking for them first


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider's document allows, in seconds.

    Attributes:
        check_every: between two checks of one order that waits for an SMS.
        follow_up_every: between two checks of an order whose first SMS has come.
        lifetime: of an activation, from the purchase.
        requests_per_second: from one address; None where the document names no limit.
        at_once: how many requests may be under way to the host.
    """

    check_every: float = 5.0
    follow_up_every: float = 30.0
    lifetime: timedelta = timedelta(minutes=15)
    requests_per_second: float | None = None
    at_once: int = 200


@dataclass(frozen=True, slots=True)
class Record:
    """A provider: a name and a place for a protocol.

    Attributes:
        slug: short name, ``[a-z0-9-]``, kept in the database and in buttons.
        title: the name people know.
        url: scheme, host and optional path prefix, without a slash at the end.
        protocol: the key of the protocol class in the registry.
        currency: ISO 4217 code of its prices and balances.
        codes: which table of the catalogue translates its services and countries.
        site: the page where a person tops up or finds the key.
        limits: what its document allows.
        quirks: declared deviations from the protocol, by name.
    """

    slug: str
    title: str
    url: str
    protocol: str
    currency: str
    codes: str
    site: str
    limits: Limits = field(default_factory=Limits)
    quirks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bought:
    """What a purchase returned.

    Attributes:
        remote_id: the provider's order id.
        phone: digits in international format, without plus; None where the number comes later.
        started_at: the provider's own start time (aware, UTC), or None where it tells none with a zone.
    """

    remote_id: str
    phone: str | None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What a check needs to know of an order.

    Attributes:
        remote_id: the provider's order id.
        last_sms_id: the provider's id of the newest SMS that we have, or None before the first.
    """

    remote_id: str
    last_sms_id: str | None = None


class Activations(Protocol):
    """A protocol that sells activations.

    Every call raises a ``ProviderError`` and nothing else. ``buy`` raises ``OutcomeUnknown`` whenever the
    provider may have carried it out; it is sent at most once.
    """

    record: Record
    capabilities: frozenset[Capability]

    async def balance(self, key: Key) -> Money:
        """Return what the account holds. Free; proves a key."""
        ...

    async def quotes(
        self, key: Key, *, service: str | None = None, country: str | None = None
    ) -> tuple[Quote, ...]:
        """Return prices and stock for a service in all countries, for a country, or for everything. Free."""
        ...

    async def buy(self, key: Key, *, service: str, country: str, operator: str | None = None) -> Bought:
        """Buy one number. Paid: sent once, never retried."""
        ...

    async def check(self, key: Key, order: Watched) -> Sms | None:
        """Return the next SMS that we do not have yet, or None while there is none.

        Raises:
            OrderExpired: the lifetime is over and nothing more will come.
            OrderGone: the provider does not know the order.
        """
        ...

    async def retry(self, key: Key, order: Watched) -> Sms | None:
        """Ask for another SMS (``Capability.RETRY``); an SMS that is already there is returned at once."""
        ...

    async def cancel(self, key: Key, order: Watched) -> None:
        """Give the number back (``Capability.CANCEL``). Free, harmless when repeated."""
        ...

    async def ban(self, key: Key, order: Watched) -> None:
        """Say that the number is unusable (``Capability.BAN``). Free, harmless when repeated."""
        ...
