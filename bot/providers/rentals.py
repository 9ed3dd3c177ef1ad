# ruff: noqa: ARG002 - defaults that refuse do not look at what they refuse
"""What every protocol that rents numbers out looks like from the engine."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from bot.domain.errors import NotOffered
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.base import Record
from bot.providers.lease import (
    Archived,
    Held,
    Listed,
    RentalCapability,
    RentCountry,
    Rented,
    RentQuote,
    RentStock,
    RentWant,
    RestoreQuote,
    Terms,
)


class Rentals(ABC):
    """A protocol that rents numbers out.

    Every call raises a ``ProviderError`` and nothing else, or ``NotOffered`` where the adapter has no such
    capability. Paid calls (``rent``, ``rent_several``, ``prolong``, ``add_service``, ``restore``) are sent at
    most once, and raise ``OutcomeUnknown`` whenever the provider may have carried them out; ``listed`` then
    tells what there is.

    Attributes:
        record: which provider speaks.
        capabilities: exactly what this adapter can do beyond its abstract methods.
        terms: periods and time limits of the provider's document.
    """

    record: Record
    capabilities: frozenset[RentalCapability]
    terms: Terms

    @abstractmethod
    async def prove(self, key: Key) -> None:
        """Return if the provider accepts the key. Free."""

    @abstractmethod
    async def rent(self, key: Key, want: RentWant) -> Rented:
        """Rent one number. Paid: sent once, never retried.

        Raises:
            BadPeriod: it cannot be had for so long.
            NotOffered: the protocol has no such period, or rents no whole numbers.
        """

    @abstractmethod
    async def listed(self, key: Key) -> tuple[Listed, ...]:
        """Return the account's rentals, in one answer; those that ended may be among them. Free."""

    @abstractmethod
    async def sms(self, key: Key, rental: Held) -> tuple[Sms, ...]:
        """Return every SMS that the provider still has, oldest first; nothing while none came. Free.

        Where SMS have no id of their own, ``Sms.remote_id`` is the provider's date of it, so that the same
        text sent twice is two SMS.

        Raises:
            OrderExpired: the rental is over.
            OrderClosed: it was canceled or completed.
            OrderGone: the provider does not know it.
        """

    async def countries(self, key: Key) -> tuple[RentCountry, ...]:
        """Return where numbers are rented out (``COUNTRIES``). Free."""
        raise NotOffered

    async def quotes(
        self, key: Key, country: str, *, period: Period | None = None, operator: str | None = None
    ) -> tuple[RentQuote, ...]:
        """Return prices and stock in a country (``QUOTES``). Free.

        Args:
            key: the account.
            country: the provider's country code.
            period: for how long; None: whichever the provider tells without being asked.
            operator: the provider's operator code (``OPERATORS``), or None for any.

        Raises:
            NotOffered: the protocol has no such period or no operators.
        """
        raise NotOffered

    async def operators(self, key: Key, country: str, *, period: Period | None = None) -> tuple[str, ...]:
        """Return the operator codes of a country, without "any" (``OPERATORS``). Free."""
        raise NotOffered

    async def stock(self, key: Key, country: str, *, period: Period | None = None) -> tuple[RentStock, ...]:
        """Return how many numbers there are by service and operator (``STOCK``). Free."""
        raise NotOffered

    async def rent_several(self, key: Key, want: RentWant, services: Sequence[str]) -> tuple[Rented, ...]:
        """Rent one number for several services (``SEVERAL``), a rental each. Paid.

        ``want.service`` is not looked at.
        """
        raise NotOffered

    async def prolong(self, key: Key, rental: Held, period: Period) -> Rented:
        """Make a rental longer (``PROLONG``). Paid. The provider may answer with a new id.

        Raises:
            BadPeriod: not for so long.
            OrderExpired: it is over, and too late.
        """
        raise NotOffered

    async def prolong_price(self, key: Key, rental: Held, period: Period) -> Money:
        """Return what prolonging would cost (``PROLONG_PRICE``). Free."""
        raise NotOffered

    async def cancel(self, key: Key, rental: Held) -> None:
        """Give a number back that got no SMS (``CANCEL``): the provider says that the money returns. Free.

        Raises:
            TooLateToCancel: the time for that is over, or an SMS has come.
            AlreadyDone: it was canceled before.
        """
        raise NotOffered

    async def finish(self, key: Key, rental: Held) -> None:
        """End a rental before its time, without money back (``FINISH``). Free."""
        raise NotOffered

    async def delete(self, key: Key, rental: Held) -> None:
        """Remove a rental from the provider's list (``DELETE``); money comes back only at its grace. Free."""
        raise NotOffered

    async def activate(self, key: Key, rental: Held) -> None:
        """Wake a sleeping number (``ACTIVATE``); ``listed`` tells when it is awake. Free."""
        raise NotOffered

    async def add_service(self, key: Key, rental: Held, service: str) -> None:
        """Rent the same number for one more service (``ADD_SERVICE``). Paid; ``listed`` tells of it."""
        raise NotOffered

    async def archive(self, key: Key, *, skip: int, take: int) -> tuple[Archived, ...]:
        """Return rentals of the past, ``take`` at most, after the first ``skip`` (``ARCHIVE``). Free."""
        raise NotOffered

    async def restore_price(self, key: Key, remote_id: str) -> RestoreQuote:
        """Return what bringing an archived rental back would cost (``RESTORE``). Free.

        Raises:
            NotRepeatable: the number cannot be had again.
            StillRunning: it has not ended yet.
            OrderGone: the archive has no such rental of this account.
        """
        raise NotOffered

    async def restore(self, key: Key, remote_id: str) -> None:
        """Bring an archived rental back (``RESTORE``). Paid; raises what ``restore_price`` raises.

        ``listed`` tells the rental.
        """
        raise NotOffered
