"""What there is to show of rentals: plain records from the engine, from which screens are drawn."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.caps import Tally
from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.rentals import Bill, Rental, RentalAction
from bot.domain.sms import Sms
from bot.domain.views import AccountView, Trouble


@dataclass(frozen=True, slots=True)
class RentCountryChoice:
    """A country in which an account rents numbers out.

    Attributes:
        country: canonical id, or ``provider:code``.
        name: the provider's own name of it, or None.
    """

    country: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class RentCountriesView:
    """Where an account rents numbers out.

    Attributes:
        account: who was asked.
        choices: the most wanted first; empty where nobody can choose.
    """

    account: AccountView
    choices: tuple[RentCountryChoice, ...]


@dataclass(frozen=True, slots=True)
class RentServiceChoice:
    """What a number can be rented for.

    Attributes:
        service: canonical id, or ``provider:code``; None for the whole number.
        name: the provider's own name of it, or None.
        price: for ``period``; None where none is told.
        period: what the price is for: the shortest that the provider tells of.
        stock: how many numbers there are; None where it is not told.
        estimated: the price was worked out from that of a day.
    """

    service: str | None
    name: str | None
    price: Money | None
    period: Period
    stock: int | None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class RentServicesView:
    """What numbers of a country can be rented for.

    Attributes:
        account: who was asked.
        country: canonical id, or ``provider:code``; None where nobody can choose.
        choices: the whole number first, then those in stock, cheapest first.
        operator: the provider's operator code that was asked for, or None for any.
        has_operators: whether an operator can be chosen.
    """

    account: AccountView
    country: str | None
    choices: tuple[RentServiceChoice, ...]
    operator: str | None = None
    has_operators: bool = False


@dataclass(frozen=True, slots=True)
class BillView:
    """A paid act with what belongs to it.

    Attributes:
        bill: the act: its ``token`` pays once.
        account: which key pays.
        rental: that is prolonged, gets a service, is restored, or was made; None before.
        name: the provider's own name of the service, or None.
        days: how many days a restoration gives; None elsewhere, and where it is not told.
        overdue_days: how many missed days a restoration charges for; None elsewhere and where not told.
        refund_within: how long the number can be given back while no SMS has come; None: no such promise.
        sleeps: whether the number must be woken before an SMS is sent to it.
        tally: how the account stands against its daily cap; None where that was not asked.
    """

    bill: Bill
    account: AccountView
    rental: Rental | None = None
    name: str | None = None
    days: int | None = None
    overdue_days: int | None = None
    refund_within: timedelta | None = None
    sleeps: bool = False
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class RentBillsView:
    """For how long a number can be had, each with a live button.

    Attributes:
        account: which key would pay.
        bills: one for each period, shortest first.
        rental: that would be prolonged; None where a number would be rented.
        has_operators: whether an operator can be chosen.
        has_several: whether the same number can be rented for several services at once.
    """

    account: AccountView
    bills: tuple[BillView, ...]
    rental: Rental | None = None
    has_operators: bool = False
    has_several: bool = False


@dataclass(frozen=True, slots=True)
class RentalView:
    """A rental with all that its card shows.

    Attributes:
        rental: the row.
        account: which key pays; its account may have been removed since.
        sms_count: how many SMS were recorded.
        newest: the last of them, or None.
        actions: what can be done now for nothing.
        can_prolong: whether it can be prolonged now, as far as is known.
        can_add_service: whether its number can be rented for one more service.
        cancel_until: until when it can be given back (UTC); None where it cannot, or no end of that is told.
        silent_since: since when the provider does not answer (UTC), or None while it does.
        bills: what was paid, or tried to be paid, after it was rented; oldest first.
        made_by: the paid act that made it; None for one that was rented elsewhere.
        can_restore: whether the provider can be asked to bring it back.
        auto_periods: by which it can be prolonged without asking, shortest first; empty where it cannot.
    """

    rental: Rental
    account: AccountView
    sms_count: int
    newest: Sms | None
    actions: tuple[RentalAction, ...]
    can_prolong: bool
    can_add_service: bool
    cancel_until: datetime | None
    silent_since: datetime | None
    bills: tuple[Bill, ...] = ()
    made_by: Bill | None = None
    can_restore: bool = False
    auto_periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class RentalsPage:
    """A page of a user's rentals, newest first.

    Attributes:
        rentals: those of this page.
        page: from 0.
        pages: how many there are, at least 1.
        is_open: whether these are the open rentals or the ended ones.
        total: over all pages.
    """

    rentals: tuple[RentalView, ...]
    page: int
    pages: int
    is_open: bool
    total: int


@dataclass(frozen=True, slots=True)
class InboxView:
    """A page of a rental's SMS.

    Attributes:
        view: the rental.
        sms: those of this page, newest first.
        page: from 0.
        pages: how many there are, at least 1.
    """

    view: RentalView
    sms: tuple[Sms, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ArchivedRental:
    """A rental of the past, as the provider keeps it, in canonical words.

    Attributes:
        remote_id: the provider's id.
        phone: digits in international format, without plus.
        service: canonical id, ``provider:code``, or None where it is not told.
        country: canonical id, ``provider:code``, or None where it is not told.
        days: for how many days it was rented, or None.
        has_sms: whether SMS came, or None where it is not told.
        began: when it began (UTC), or None.
        ended: when it was to end (UTC), or None.
        closed: when it was closed (UTC), or None.
        can_restore: whether the provider can be asked to bring it back.
    """

    remote_id: str
    phone: str
    service: str | None
    country: str | None
    days: int | None
    has_sms: bool | None
    began: datetime | None
    ended: datetime | None
    closed: datetime | None
    can_restore: bool


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """A page of a provider's archive.

    Attributes:
        account: whose archive.
        items: those of this page, in the provider's order.
        page: from 0.
        has_more: whether there is a page behind it.
    """

    account: AccountView
    items: tuple[ArchivedRental, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class ForeignRental:
    """A rental that was made elsewhere with one of the user's keys.

    Attributes:
        account: which key.
        service: canonical id, ``provider:code``, or None where it is not told.
        name: the provider's own name of the service, or None.
        country: canonical id, ``provider:code``, or None where it is not told.
        remote_id: the provider's id.
        phone: digits in international format, without plus.
        until: when it ends (UTC), or None where it is not told.
    """

    account: AccountView
    service: str | None
    name: str | None
    country: str | None
    remote_id: str
    phone: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class RentImportsView:
    """Rentals that could be adopted.

    Attributes:
        rentals: those that run and that the bot does not know.
        troubles: accounts that could not be asked.
        asked: how many accounts can tell at all.
        silent: accounts whose provider rents no numbers out.
    """

    rentals: tuple[ForeignRental, ...]
    troubles: tuple[Trouble, ...]
    asked: int
    silent: tuple[AccountView, ...] = ()
