"""Everything that can go wrong and has a name.

::

    CodebellError
    ├── ProviderError(provider, operation, code, text)
    │   ├── Unreachable            the network failed and nothing was bought
    │   ├── RateLimited            the provider asks for a pause (retry_after seconds)
    │   ├── Malformed              the answer cannot be read
    │   ├── NoAnswer               the provider was silent until an order's time was over
    │   ├── OutcomeUnknown         a paid call went out and its answer was lost
    │   ├── KeyRejected            the API key is wrong or blocked
    │   │   └── KeyUnreadable      the stored key cannot be opened, so that nothing was asked
    │   └── Refused                the provider understood and said no
    │       ├── NoNumbers  LowBalance  BadService  BadCountry  BadOperator
    │       ├── Banned(until)  Maintenance  ProviderFault  BadRequest
    │       ├── TooEarlyToCancel  TooLateToCancel  NoSmsYet  SmsIsThere
    │       ├── PriceTooLow(minimum)  NotRepeatable  NumberBusy  AlreadyDone
    │       ├── BadNumber  NumberTrouble  BadPeriod(longest)  StillRunning
    │       └── OrderExpired  OrderClosed  OrderGone
    └── Denied                     the bot itself says no; nothing was sent to a provider
        ├── OutOfDate              the button belongs to a screen of the past
        ├── NotYours               somebody else's order or account
        ├── PriceRose(offer)       dearer than on the screen: ask again
        ├── BillRose(bill)         the same of a rental
        ├── NotProlongable(since)  a rental cannot be prolonged yet
        ├── PaymentOpen            a payment for the same rental is under way or in doubt
        ├── CapReached(cap, most, now)  beyond a limit that the person has set
        ├── BudgetReached  NotLetIn        what the owner of a group's keys allows its members
        ├── SmsCameFirst           a code came before the number was given back
        ├── UnknownService  UnknownCountry  UnknownProvider
        ├── NotOffered             this account cannot do that
        ├── KeyUnusable  KeyKnown  AccountInUse  NumberUnusable
        ├── HostUnusable  HostPrivate      an address that cannot be a provider's
        └── MoveTooEarly  OrdersStay(open_orders)   a key cannot change its host now

Every leaf has a text in ``locales/`` under ``error-`` and its name in kebab case (see ``slug``).
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from bot.domain.caps import Cap
from bot.domain.money import Money
from bot.domain.offers import Offer
from bot.domain.rentals import Bill

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class CodebellError(Exception):
    """The root of every error with a name."""

    slug: ClassVar[str] = "codebell-error"

    def __init_subclass__(cls) -> None:
        """Derive the locale key from the class name: ``NoNumbers`` → ``no-numbers``."""
        cls.slug = _HUMP.sub("-", cls.__name__).lower()


class ProviderError(CodebellError):
    """A provider, or the way to it, failed us.

    Attributes:
        provider: the provider's slug.
        operation: our word for what was asked (``balance``, ``buy`` …).
        code: the vendor's own code or word, or None.
        text: the vendor's own sentence, unescaped, or None; never holds a key.
    """

    def __init__(
        self, provider: str, operation: str, code: str | None = None, text: str | None = None
    ) -> None:
        super().__init__(provider, operation, code, text)
        self.provider = provider
        self.operation = operation
        self.code = code
        self.text = text

    def __str__(self) -> str:
        said = " ".join(part for part in (self.code, self.text) if part)
        return f"{self.provider} {self.operation}: {self.slug}" + (f" ({said})" if said else "")


class Unreachable(ProviderError):
    """No answer, and it is certain that nothing was bought by this call."""


class RateLimited(ProviderError):
    """Too many requests.

    Attributes:
        retry_after: seconds to keep quiet, as the provider says or as we assume.
    """

    def __init__(
        self,
        provider: str,
        operation: str,
        code: str | None = None,
        text: str | None = None,
        retry_after: float = 60.0,
    ) -> None:
        super().__init__(provider, operation, code, text)
        self.retry_after = retry_after


class Malformed(ProviderError):
    """The answer does not follow the provider's document: no information."""


class NoAnswer(ProviderError):
    """The provider was silent until an order's time was over: how it ended is not known."""


class OutcomeUnknown(ProviderError):
    """A paid call may have been carried out; it must not be sent again."""


class KeyRejected(ProviderError):
    """The provider does not accept the API key."""


class KeyUnreadable(KeyRejected):
    """The bot cannot open the stored key (its secret is gone, or it is damaged): nothing was sent."""


class Refused(ProviderError):
    """The provider understood the request and said no."""


class NoNumbers(Refused):
    """There is no number for this service and country now."""


class LowBalance(Refused):
    """The account's balance is too small."""


class BadService(Refused):
    """The provider does not know the service."""


class BadCountry(Refused):
    """The provider does not know the country."""


class BadOperator(Refused):
    """The provider does not know the mobile operator."""


class Banned(Refused):
    """The provider has blocked the account for a while.

    Attributes:
        until: when the block ends (UTC), or None where the provider does not say.
    """

    until: datetime | None = None


class Maintenance(Refused):
    """The provider is closed for maintenance."""


class ProviderFault(Refused):
    """The provider reports a fault of its own."""


class BadRequest(Refused):
    """The provider calls our request wrong: its document and its server disagree."""


class TooEarlyToCancel(Refused):
    """The order is too young to be given back."""


class TooLateToCancel(Refused):
    """The order can no longer be given back."""


class NoSmsYet(Refused):
    """Another SMS was asked for before the first one came."""


class SmsIsThere(Refused):
    """The order cannot be given back, because an SMS has come."""


class PriceTooLow(Refused):
    """The highest price that was named is below what the provider accepts.

    Attributes:
        minimum: the least that it accepts, in the provider's currency, or None where it does not say.
    """

    minimum: Decimal | None = None


class NotRepeatable(Refused):
    """The same number cannot be had again."""


class NumberBusy(Refused):
    """The number is in use; it may be free later."""


class AlreadyDone(Refused):
    """What was asked for has been asked for before."""


class BadNumber(Refused):
    """The phone number does not exist, or is not ours."""


class NumberTrouble(Refused):
    """Something is wrong with the number of this order; whether for good is not said."""


class BadPeriod(Refused):
    """A number cannot be rented, or a rental cannot be prolonged, for so long.

    Attributes:
        longest: the longest that the provider accepts, or None where it does not say.
    """

    def __init__(
        self,
        provider: str,
        operation: str,
        code: str | None = None,
        text: str | None = None,
        longest: timedelta | None = None,
    ) -> None:
        super().__init__(provider, operation, code, text)
        self.longest = longest


class StillRunning(Refused):
    """A rental that has not ended cannot be brought back from the archive."""


class OrderClosed(Refused):
    """The order was canceled or completed; the provider does not say which, nor what became of the money."""


class OrderExpired(Refused):
    """The order's lifetime is over."""


class OrderGone(Refused):
    """The provider does not know the order."""


class Denied(CodebellError):
    """The bot itself says no; no provider was asked to do anything."""


class OutOfDate(Denied):
    """The button belongs to a screen of the past, or was pressed before."""


class NotYours(Denied):
    """The order or account belongs to somebody else."""


class PriceRose(Denied):
    """The number became dearer between the screen and the tap.

    Attributes:
        offer: the offer as it stands now.
    """

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer)
        self.offer = offer


class BillRose(Denied):
    """What was to be paid for a rental became dearer between the screen and the tap; nothing was paid.

    Attributes:
        bill: the same act at the price of now, with a live button of its own.
    """

    def __init__(self, bill: Bill) -> None:
        super().__init__(bill)
        self.bill = bill


class NotProlongable(Denied):
    """The rental cannot be prolonged yet.

    Attributes:
        since: from when on it can be (UTC), or None where that is not known.
    """

    def __init__(self, since: datetime | None = None) -> None:
        super().__init__(since)
        self.since = since


class PaymentOpen(Denied):
    """A payment for the same rental is under way, or its answer was just lost: a second could pay twice."""


class CapReached(Denied):
    """This would go beyond a limit that the person has set; nothing was sent to a provider.

    Attributes:
        cap: which limit.
        most: what it allows: numbers for ``OPEN``, else money.
        now: what counts against it already, without what was denied.
        account_id: whose limit it is, for those of one account.
    """

    def __init__(self, cap: Cap, most: int | Money, now: int | Money, account_id: int | None = None) -> None:
        super().__init__(cap, most, now, account_id)
        self.cap = cap
        self.most = most
        self.now = now
        self.account_id = account_id


class BudgetReached(Denied):
    """This would go beyond what the owner of the money lets a member of a group spend; nothing was bought."""


class NotLetIn(Denied):
    """In this group only people whom the owner of the codes has named may do that."""


class SmsCameFirst(Denied):
    """The number was to be given back, but an SMS was there: it is delivered, nothing was canceled."""


class UnknownService(Denied):
    """No service of that name."""


class UnknownCountry(Denied):
    """No country of that name."""


class UnknownProvider(Denied):
    """No provider of that name."""


class NotOffered(Denied):
    """This account's protocol has no such action."""


class KeyUnusable(Denied):
    """The text cannot be an API key: blanks inside, control characters, or far too long."""


class KeyKnown(Denied):
    """The same key is already kept for this user and provider."""


class AccountInUse(Denied):
    """The account still has open orders or rentals; their codes would be lost.

    Attributes:
        open_orders: how many of both.
    """

    def __init__(self, open_orders: int) -> None:
        super().__init__(open_orders)
        self.open_orders = open_orders


class NumberUnusable(Denied):
    """The text is no phone number with its country code: too few or too many digits."""


class HostUnusable(Denied):
    """The text is not the address of a host: not HTTPS, more than a host and a path, or unknown to DNS."""


class HostPrivate(Denied):
    """The address leads into a private network, or to this very machine."""


class MoveTooEarly(Denied):
    """A purchase on the account is under way or in doubt: only the old host can tell how it ends."""


class OrdersStay(Denied):
    """The new host does not know all open orders and rentals of the account; their codes would be lost.

    Attributes:
        open_orders: how many of both it does not know.
    """

    def __init__(self, open_orders: int) -> None:
        super().__init__(open_orders)
        self.open_orders = open_orders
