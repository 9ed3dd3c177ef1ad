"""What there is to show: plain records from the engine, from which screens are drawn."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.domain.caps import Tally
from bot.domain.deals import Choice, Deal, Tool
from bot.domain.errors import CodebellError, ProviderError
from bot.domain.faults import Fault
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Action, Order
from bot.domain.people import Account, User
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
        only_rents: whether it rents numbers out, and sells no activations.
    """

    slug: str
    title: str
    site: str
    minutes: int
    closed: bool = False
    only_rents: bool = False


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
        open_orders: how many orders and rentals would be watched there from then on.
    """

    account: AccountView
    target: ProviderFacts
    open_orders: int


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What one account answered: a balance or an error, never both.

    Neither means that its provider took the key, and tells no balances.
    """

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
        prices: the best price in each currency, by the currency's name; that of ``cheapest`` among them, if
            it has one.
        rate: percentage of activations that brought an SMS, the best that a provider tells; None for none.
    """

    country: str
    cheapest: Offer
    stock: int | None
    prices: tuple[Money, ...] = ()
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CountriesView:
    """The countries of one service: in stock first, then cheapest first, those without a price behind.

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
class OwnService:
    """A service that only its provider has a word for.

    Attributes:
        id: ``provider:code``.
        name: the provider's own, or the code where it tells none.
        provider: who sells it.
    """

    id: str
    name: str
    provider: ProviderFacts


@dataclass(frozen=True, slots=True)
class OwnServicesView:
    """What a provider sells under its own names alone.

    Attributes:
        account: who was asked.
        services: by name.
        asking: whether the answer has not come yet.
        trouble: why there is no answer, or None.
    """

    account: AccountView
    services: tuple[OwnService, ...]
    asking: bool = False
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class OwnServicesFound:
    """What a text may mean in the providers' own words.

    Attributes:
        services: best first.
        country: the id of the country that stands beside the name in the text; empty where none does.
        exact: how many of the services, from the first on, have exactly that name or code.
        troubles: accounts that could not be asked.
        asking: accounts that have not answered yet.
    """

    services: tuple[OwnService, ...] = ()
    country: str = ""
    exact: int = 0
    troubles: tuple[Trouble, ...] = ()
    asking: tuple[AccountView, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer, ready to be confirmed: pressing the button with its token buys it once.

    Attributes:
        draft: what the button buys.
        account: which key pays.
        choices: what can be chosen otherwise.
        tally: how the account stands against its daily cap, and how its last numbers ended; None where that
            was not asked.
    """

    draft: Draft
    account: AccountView
    choices: frozenset[Choice] = frozenset()
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class OffersView:
    """The offers of all the user's accounts for a service and country: in stock first, then cheapest first.

    Currencies are never compared: the offers of each stand together. Those without a price stand behind.

    Attributes:
        service: canonical id, or ``provider:code``.
        country: canonical id, or ``provider:code``.
        offers: each with a live confirm button.
        troubles: accounts that could not be asked.
        asking: accounts that have not answered yet.
        first: whose offers stand before all others, as its person has set; None for nobody's.
    """

    service: str
    country: str
    offers: tuple[OfferView, ...]
    troubles: tuple[Trouble, ...]
    asking: tuple[AccountView, ...] = ()
    first: AccountView | None = None

    def with_first(self, account_id: int) -> "OffersView":
        """Return the offers with those of one account before the others; their order stays."""
        ranked = sorted(self.offers, key=lambda one: one.account.account.id != account_id)
        is_first = bool(ranked) and ranked[0].account.account.id == account_id
        return replace(self, offers=tuple(ranked), first=ranked[0].account if is_first else None)


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
        ready_first: whether the provider awaits no SMS before it was told that one was requested.
        is_slow: whether its first SMS has been awaited for three minutes.
    """

    order: Order
    account: AccountView
    sms: tuple[Sms, ...]
    actions: tuple[Action, ...]
    deals: tuple[Deal, ...]
    tools: tuple[Tool, ...]
    silent_since: datetime | None
    ready_first: bool = False
    is_slow: bool = False


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
        offer: what it is; without a price where the provider does not tell it.
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


@dataclass(frozen=True, slots=True)
class ProviderHealth:
    """How a provider is.

    Attributes:
        title: the name people know.
        open_orders: of all users.
        silent_since: since when it does not answer (UTC), or None while it does.
    """

    title: str
    open_orders: int
    silent_since: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """How the bot is, for its admin.

    Attributes:
        users: how many people ever wrote to it.
        open_orders: of all users.
        providers: those that anybody has an account or an open order at.
        waiting: messages that were not told yet.
        waiting_for: how long the oldest of them has waited.
        faults: how many things were put aside.
    """

    users: int
    open_orders: int
    providers: tuple[ProviderHealth, ...]
    waiting: int
    waiting_for: timedelta | None
    faults: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of users, the newest first; pages count from 0.

    Attributes:
        users: those whose rows can be read.
        page: from 0.
        pages: how many there are.
        unreadable: how many of this page cannot be read.
    """

    users: tuple[User, ...]
    page: int
    pages: int
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class PersonView:
    """A user, as the admin sees one: how many accounts and open orders, and nothing of what is in them."""

    user: User
    accounts: int
    open_orders: int


@dataclass(frozen=True, slots=True)
class FaultsPage:
    """A page of what was put aside, the newest first; pages count from 0."""

    faults: tuple[Fault, ...]
    page: int
    pages: int
