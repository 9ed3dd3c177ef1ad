"""SMSPVA's rent API: which method is sent for which operation.

Sources: the provider's page "Rent" in its older and its newer state. It accepts GET and nothing else, so keys
do stand in URLs here; paid calls go over the transport that sends a GET once.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.errors import NotOffered
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers import smspva_answers as answers
from bot.providers.base import Record
from bot.providers.calls import Answer, Call, Kind
from bot.providers.http import Http
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
from bot.providers.rentals import Rentals

_PATH = "/api/rent.php"  # once the newer page prints "/rent.php", for getCountWithProviders: a slip
_WEEK = Period(Unit.WEEK, 1)


class Smspva(Rentals):
    """``Rentals`` over this protocol; prices are in the record's currency."""

    capabilities = frozenset(
        {
            RentalCapability.COUNTRIES,
            RentalCapability.QUOTES,
            RentalCapability.STOCK,
            RentalCapability.OPERATORS,
            RentalCapability.SEVERAL,
            RentalCapability.PROLONG,
            RentalCapability.DELETE,
            RentalCapability.ACTIVATE,
            RentalCapability.ADD_SERVICE,
            RentalCapability.NEWS,
            RentalCapability.ARCHIVE,
            RentalCapability.RESTORE,
        }
    )
    terms = Terms(
        periods=(
            _WEEK,
            Period(Unit.WEEK, 2),
            Period(Unit.WEEK, 3),
            Period(Unit.MONTH, 1),
            Period(Unit.MONTH, 2),
            Period(Unit.MONTH, 3),
        ),
        check_every=30.0,  # "Data updating automatically every 30 seconds"
        prolong_within=timedelta(days=7),
        longest=timedelta(days=90),
    )

    def __init__(self, record: Record, http: Http) -> None:
        self.record = record
        self._http = http

    async def prove(self, key: Key) -> None:
        """Return if the provider accepts the key: there is no balance, so ``orders`` is asked for."""
        answers.read_listed(*await self._ask("prove", Kind.READ, "orders", key))

    async def countries(self, key: Key) -> tuple[RentCountry, ...]:
        """Return where numbers are rented out (``getcountries``)."""
        return answers.read_countries(*await self._ask("countries", Kind.READ, "getcountries", key))

    async def quotes(
        self, key: Key, country: str, *, period: Period | None = None, operator: str | None = None
    ) -> tuple[RentQuote, ...]:
        """Return prices and stock (``getdata``, or ``getdataWithProviders`` for one operator).

        The provider tells a price per day; without a period it is asked for a week.
        """
        asked = period or _WEEK
        method = "getdata" if operator is None else "getdataWithProviders"
        said = await self._ask("quotes", Kind.READ, method, key, country=country, **_counted(asked))
        return answers.read_quotes(*said, country, asked, operator)

    async def operators(self, key: Key, country: str, *, period: Period | None = None) -> tuple[str, ...]:
        """Return a country's operators (``getdataWithProviders``)."""
        named = {"country": country, **_counted(period or _WEEK)}
        said = await self._ask("operators", Kind.READ, "getdataWithProviders", key, **named)
        return answers.read_operators(*said)

    async def stock(self, key: Key, country: str, *, period: Period | None = None) -> tuple[RentStock, ...]:
        """Return counts by service and operator (``getCountWithProviders``)."""
        named = {"country": country, **_counted(period or _WEEK)}
        return answers.read_stock(*await self._ask("stock", Kind.READ, "getCountWithProviders", key, **named))

    async def rent(self, key: Key, want: RentWant) -> Rented:
        """Rent a number for one service (``create``)."""
        if want.service is None:
            raise NotOffered
        said = await self._ask("rent", Kind.PAID, "create", key, service=want.service, **_wanted(want))
        return answers.read_rented(*said)[0]

    async def rent_several(self, key: Key, want: RentWant, services: Sequence[str]) -> tuple[Rented, ...]:
        """Rent one number for several services (``create_multi``)."""
        named = {"services": ",".join(services), **_wanted(want)}
        return answers.read_rented(*await self._ask("rent", Kind.PAID, "create_multi", key, **named))

    async def listed(self, key: Key) -> tuple[Listed, ...]:
        """Return the account's rentals (``orders``), which tell of SMS not read yet."""
        return answers.read_listed(*await self._ask("listed", Kind.POLL, "orders", key))

    async def sms(self, key: Key, rental: Held) -> tuple[Sms, ...]:
        """Return the SMS of a rental (``sms``)."""
        return answers.read_sms(*await self._ask("sms", Kind.POLL, "sms", key, id=rental.remote_id))

    async def prolong(self, key: Key, rental: Held, period: Period) -> Rented:
        """Make a rental longer (``prolong``); until when, the list tells."""
        named = {"id": rental.remote_id, **_counted(period)}
        remote_id = answers.read_prolonged(*await self._ask("prolong", Kind.PAID, "prolong", key, **named))
        return Rented(remote_id or rental.remote_id, rental.phone)

    async def delete(self, key: Key, rental: Held) -> None:
        """Remove a rental (``delete``); money comes back only where the provider's staff finds it due."""
        answers.read_done(*await self._ask("delete", Kind.ACTION, "delete", key, id=rental.remote_id))

    async def activate(self, key: Key, rental: Held) -> None:
        """Wake a number (``activate``): it takes 10-15 minutes and lasts 10-30."""
        answers.read_done(*await self._ask("activate", Kind.ACTION, "activate", key, id=rental.remote_id))

    async def add_service(self, key: Key, rental: Held, service: str) -> None:
        """Rent the number for one more service (``add_service_to_order``)."""
        named = {"id": rental.remote_id, "service": service, "pnumber": rental.phone}
        said = await self._ask("add_service", Kind.PAID, "add_service_to_order", key, **named)
        answers.read_done(*said)

    async def archive(self, key: Key, *, skip: int, take: int) -> tuple[Archived, ...]:
        """Return rentals of the past (``get_rent_history``)."""
        named = {"skip": str(skip), "take": str(take)}
        return answers.read_archive(*await self._ask("archive", Kind.READ, "get_rent_history", key, **named))

    async def restore_price(self, key: Key, remote_id: str) -> RestoreQuote:
        """Return the price of a restoration (``restore_user_precalc``)."""
        said = await self._ask("restore_price", Kind.READ, "restore_user_precalc", key, id=remote_id)
        return answers.read_restore_price(*said)

    async def restore(self, key: Key, remote_id: str) -> None:
        """Bring a rental back (``restore_user``)."""
        answers.read_restored(*await self._ask("restore", Kind.PAID, "restore_user", key, id=remote_id))

    async def _ask(
        self, operation: str, kind: Kind, method: str, key: Key, **named: str
    ) -> tuple[Call, Answer]:
        form: dict[str, str | Key] = {"method": method, **named}
        if method not in _WITHOUT_KEY:
            form["apikey"] = key
        call = Call(self.record, operation, _PATH, form, kind, method="GET")
        return call, await self._http.send(call)


_WITHOUT_KEY = frozenset({"getcountries", "getdata", "getdataWithProviders", "getCountWithProviders"})


def _counted(period: Period) -> dict[str, str]:
    """Return a period in the protocol's words.

    Raises:
        NotOffered: it is counted in neither weeks nor months.
    """
    if period.unit not in (Unit.WEEK, Unit.MONTH):
        raise NotOffered
    return {"dtype": period.unit.value, "dcount": str(period.count)}


def _wanted(want: RentWant) -> dict[str, str]:
    operator = {} if want.operator is None else {"provider": want.operator}
    return {**_counted(want.period), "country": want.country, **operator}
