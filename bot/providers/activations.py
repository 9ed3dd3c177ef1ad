"""What every protocol that sells activations looks like from the engine."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime

from bot.domain.errors import NotOffered
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.base import Capability, Record
from bot.providers.trade import Active, Bought, Outgoing, Past, Place, Rate, Want, Watched


class Activations(ABC):
    """A protocol that sells activations.

    Every call raises a ``ProviderError`` and nothing else, or ``NotOffered`` where the adapter has no such
    capability. Paid calls (``buy``, ``buy_several``, ``repeat``, ``additional``) are sent at most once, and
    raise ``OutcomeUnknown`` whenever the provider may have carried them out.

    Attributes:
        record: which provider speaks.
        capabilities: exactly the methods beyond the abstract ones that this adapter overrides.
        lists_sms: whether its document shows the SMS of each order in the answer to ``active``.
    """

    record: Record
    capabilities: frozenset[Capability]
    lists_sms: bool = False

    @abstractmethod
    async def balance(self, key: Key) -> Money:
        """Return what the account holds. Free; proves a key."""

    @abstractmethod
    async def quotes(
        self, key: Key, *, service: str | None = None, country: str | None = None
    ) -> tuple[Quote, ...]:
        """Return prices and stock for a service in all countries, for a country, or for everything. Free."""

    @abstractmethod
    async def buy(self, key: Key, want: Want) -> Bought:
        """Buy one number. Paid: sent once, never retried.

        Raises:
            PriceTooLow: ``want.max_price`` is below what the provider accepts.
        """

    @abstractmethod
    async def check(self, key: Key, order: Watched) -> Sms | None:
        """Return the next SMS that we do not have yet, or None while there is none.

        Where the provider tells no ids of SMS, the current SMS is returned again and again; the caller knows
        it by its identity.

        Raises:
            OrderExpired: the lifetime is over and nothing more will come.
            OrderClosed: the order was canceled or completed; whether money came back is not said.
            OrderGone: the provider does not know the order.
        """

    async def number(self, key: Key, order: Watched) -> str | None:
        """Return the phone of an order whose number comes later, None while there is none (``LATE_NUMBER``).

        Raises:
            NoNumbers: there will be none; nothing is charged.
        """
        raise NotOffered

    async def ready(self, key: Key, order: Watched, *, forward_to: str | None = None) -> None:
        """Say that the SMS was requested from the service (``READY``).

        Args:
            key: the account's.
            order: which one.
            forward_to: for a number that was bought with forwarding: digits of the phone to forward to.
        """
        raise NotOffered

    async def retry(self, key: Key, order: Watched) -> Sms | None:
        """Ask for another SMS (``RETRY``); an SMS that is already there is returned at once."""
        raise NotOffered

    async def cancel(self, key: Key, order: Watched) -> Sms | None:
        """Give the number back (``CANCEL``). Free, harmless when repeated.

        Returns:
            None when it was given back; an SMS where the refusal carries one, and then nothing was canceled.

        Raises:
            SmsIsThere: refused because an SMS has come, which ``check`` will return.
        """
        raise NotOffered

    async def ban(self, key: Key, order: Watched) -> Sms | None:
        """Say that the number is unusable (``BAN``). Free, harmless when repeated; answers as ``cancel``."""
        raise NotOffered

    async def finish(self, key: Key, order: Watched) -> None:
        """Complete the order (``FINISH``). Free, harmless when repeated."""
        raise NotOffered

    async def repeat(self, key: Key, order: Watched, *, phone: str, service: str) -> Bought:
        """Activate the same number once more (``REPEAT``). Paid."""
        raise NotOffered

    async def repeat_price(self, key: Key, order: Watched) -> Money:
        """Return what ``repeat`` would cost (``REPEAT_PRICE``). Free."""
        raise NotOffered

    def additional_price(self) -> Money | None:
        """Return what ``additional`` costs, as the provider's document says; None where it does not."""
        return None

    async def additional(self, key: Key, order: Watched, *, service: str) -> Bought:
        """Buy another service on a forwarded number (``ADDITIONAL``). Paid."""
        raise NotOffered

    async def buy_several(self, key: Key, want: Want, services: tuple[str, ...]) -> tuple[Bought, ...]:
        """Buy one number for several services (``SEVERAL``), an order each. Paid."""
        raise NotOffered

    async def operators(self, key: Key, country: str) -> tuple[str, ...]:
        """Return the operator codes of a country, without "any" (``OPERATORS``). Free."""
        raise NotOffered

    async def voice_quotes(self, key: Key, service: str) -> tuple[Quote, ...]:
        """Return prices of numbers that can take a call (``VOICE``). Free."""
        raise NotOffered

    def forwards(self, service: str) -> bool:
        """Whether numbers for a service can be had with forwarding, as far as is known (``FORWARD``)."""
        del service
        return False

    async def forward_quotes(self, key: Key, service: str, country: str) -> tuple[Quote, ...]:
        """Return the stock of numbers that forward; what they cost is not told (``FORWARD``). Free."""
        raise NotOffered

    async def active(self, key: Key) -> tuple[Active, ...]:
        """Return every open activation of the account, at most one answer (``ACTIVE``). Free."""
        raise NotOffered

    async def shown(self, key: Key) -> Mapping[str, tuple[Sms, ...]]:
        """Return the SMS of every open activation by its id: what ``active`` says, read for nothing else.

        It is asked every few seconds for accounts with many orders. Free.
        """
        return {one.remote_id: one.sms for one in await self.active(key)}

    async def history(self, key: Key, *, since: datetime, until: datetime) -> tuple[Past, ...]:
        """Return the provider's own history (``HISTORY``). Free."""
        raise NotOffered

    async def countries(self, key: Key) -> tuple[Place, ...]:
        """Return what the provider calls its countries (``COUNTRIES``). Free."""
        raise NotOffered

    async def rates(self, key: Key, service: str) -> tuple[Rate, ...]:
        """Return how well a service works by country (``RATES``). Free."""
        raise NotOffered

    async def number_balance(self, key: Key, phone: str) -> Money | None:
        """Return what a phone number's own account holds (``NUMBER_BALANCE``). Free.

        None while the provider finds out: ask again after ten seconds.
        """
        raise NotOffered

    async def clean_blacklist(self, key: Key) -> None:
        """Forget which numbers were banned (``CLEAN_BLACKLIST``). Free."""
        raise NotOffered

    async def call_status(self, key: Key, order: Watched) -> str | None:
        """Return the phone number that has called, None while nobody has (``CALL_STATUS``). Free."""
        raise NotOffered

    async def call_out(self, key: Key, order: Watched, phone: str) -> None:
        """Have the number call somebody (``CALL_OUT``): digits in international format."""
        raise NotOffered

    async def outgoing(self, key: Key, order: Watched) -> tuple[Outgoing, ...]:
        """Return the calls that the number has made (``CALL_OUT``). Free."""
        raise NotOffered
