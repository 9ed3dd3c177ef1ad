"""What there is to show: plain records from the engine, from which screens are drawn."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deals import Choice, Deal, Tool
from bot.domain.errors import CodebellError, ProviderError
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Action, Order
from bot.domain.people import Account
from bot.domain.sms import Sms


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What a person should know of a provider.

    Attributes:
        slug: short name, used in buttons.
        title: the name people know.
        site: the page where to find the key and to top up; empty where none is known.
        minutes: how long an activation lives.
        closed: whether the house has shut; keys of it can be moved to another host.
    """

    slug: str
    title: str
    site: str
    minutes: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class HostFacts:
    """A host that a person named.

    Attributes:
        url: scheme, host and optional path prefix, in one spelling.
        title: what it would be called.
        known: the provider that is at this address already, everybody's or the person's own; else None.
    """

    url: str
    title: str
    known: ProviderFacts | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account and its provider."""

    account: Account
    provider: ProviderFacts


@dataclass(frozen=True, slots=True)
class MoveView:
    """A key that could be moved to another provider.

    Attributes:
        account: where it is now.
        target: where it would be.
        open_orders: how many orders would be watched there from then on.
    """

    account: AccountView
    target: ProviderFacts
    open_orders: int


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What one account answered: a balance or an error, never both."""

    account: AccountView
    balance: Money | None
    error: CodebellError | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """An account that could not be asked, and why."""

    account: AccountView
    error: ProviderError


@dataclass(frozen=True, slots=True)
class CountryChoice:
    """A country in which a service can be bought: its cheapest offer, and the stock of all accounts.

    Attributes:
        country: ISO alpha-2, a variant of it, or ``provider:code``.
        cheapest: the cheapest offer that has stock, else the cheapest at all.
        stock: numbers over all accounts; None where no provider says.
        prices: the best price in each currency, by the currency's name; those of ``cheapest`` among them.
    """

    country: str
    cheapest: Offer
    stock: int | None
    prices: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class CountriesView:
    """The countries of one service: in stock first, then cheapest first.

    Attributes:
        service: canonical id, or ``provider:code``.
        choices: the countries.
        troubles: accounts that could not be asked.
        asking: accounts that have not answered yet.
    """

    service: str
    choices: tuple[CountryChoice, ...]
    troubles: tuple[Trouble, ...]
    asking: tuple[AccountView, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer, ready to be confirmed: pressing the button with its token buys it once.

    Attributes:
        draft: what the button buys.
        account: which key pays.
        choices: what can be chosen otherwise.
    """

    draft: Draft
    account: AccountView
    choices: frozenset[Choice] = frozenset()


@dataclass(frozen=True, slots=True)
class OffersView:
    """The offers of all the user's accounts for a service and country: in stock first, then cheapest first.

    Currencies are never compared: the offers of each stand together.

    Attributes:
        service: canonical id, or ``provider:code``.
        country: canonical id, or ``provider:code``.
        offers: each with a live confirm button.
        troubles: accounts that could not be asked.
        asking: accounts that have not answered yet.
    """

    service: str
    country: str
    offers: tuple[OfferView, ...]
    troubles: tuple[Trouble, ...]
    asking: tuple[AccountView, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with all that its card shows.

    Attributes:
        order: the row.
        account: which key pays; its account may have been removed since.
        sms: all SMS so far, oldest first.
        actions: what can be done now.
        deals: how the same number can be used again now.
        tools: what else can be asked of its number now.
        silent_since: since when the provider does not answer (UTC), or None while it does.
    """

    order: Order
    account: AccountView
    sms: tuple[Sms, ...]
    actions: tuple[Action, ...]
    deals: tuple[Deal, ...]
    tools: tuple[Tool, ...]
    silent_since: datetime | None


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """A page of a user's orders, newest first.

    Attributes:
        orders: those of this page.
        page: from 0.
        pages: how many there are, at least 1.
        is_open: whether these are the open orders or the archive.
        total: over all pages.
    """

    orders: tuple[OrderView, ...]
    page: int
    pages: int
    is_open: bool
    total: int


@dataclass(frozen=True, slots=True)
class ForeignOrder:
    """An open activation that was bought elsewhere with one of the user's keys.

    Attributes:
        account: which key.
        offer: what it is; the price is zero where the provider does not tell it.
        remote_id: the provider's order id.
        phone: digits, or None where the provider masks it.
    """

    account: AccountView
    offer: Offer
    remote_id: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class ImportsView:
    """What could be adopted.

    Attributes:
        orders: open activations that the bot does not know.
        troubles: accounts that could not be asked.
        asked: how many accounts can tell at all.
        silent: accounts whose protocol cannot tell.
    """

    orders: tuple[ForeignOrder, ...]
    troubles: tuple[Trouble, ...]
    asked: int
    silent: tuple[AccountView, ...] = ()
