"""What a provider's list tells of a paid act whose answer was lost, or told no id."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.catalog import split_foreign
from bot.domain.rentals import Act, Bill, Rental, RentalState
from bot.engine.rent_names import RentNames
from bot.providers.base import Record
from bot.providers.lease import LeaseState, Listed, Rented

_ENDED = frozenset({LeaseState.OVER, LeaseState.CANCELED})
_UNSETTLED = frozenset({RentalState.PLACING, RentalState.UNCERTAIN})
_BEYOND = timedelta(minutes=10)  # what runs so long after its former end was prolonged; clocks differ by less


class Verdict(Enum):
    """What the list says."""

    FOUND = "found"
    NOTHING = "nothing"  # it would be there
    SEVERAL = "several"  # more than one rental can be meant
    UNTOLD = "untold"  # the list cannot tell


@dataclass(frozen=True, slots=True)
class Trace:
    """What the list says of one act.

    Attributes:
        verdict: what it comes to.
        rented: where it was found: for each of the act's rentals, or None for one without a trace.
    """

    verdict: Verdict
    rented: tuple[Rented | None, ...] = ()


class Traces:
    """Reads one list for one act.

    Args:
        names: canonical words.
        record: whose list it is.
        listed: the list.
        taken: the provider's ids that stand for another rental of the account.
    """

    def __init__(
        self, names: RentNames, record: Record, listed: Iterable[Listed], taken: Collection[str]
    ) -> None:
        self._names = names
        self._record = record
        self._running = [item for item in listed if item.state not in _ENDED]
        self._taken = taken

    def of(self, bill: Bill, rows: Sequence[Rental], now: datetime, *, is_last: bool) -> Trace:
        """Return what the list says.

        Args:
            bill: the act.
            rows: its rentals.
            now: UTC.
            is_last: there will be no other look: a part of what was paid for is taken, too.
        """
        if bill.act is Act.PROLONG:
            return self._of_prolonging(bill, rows[0], now) if rows else Trace(Verdict.NOTHING)
        if bill.act is Act.RESTORE:
            return self._of_restoring(bill, rows)
        return self._of_making(bill, rows, is_last=is_last)

    def _of_making(self, bill: Bill, rows: Sequence[Rental], *, is_last: bool) -> Trace:
        """Look for a number that is new in the list and has all that is missing."""
        if bill.listed_before is None:
            return Trace(Verdict.UNTOLD)
        missing = [row for row in rows if row.state in _UNSETTLED]
        new = self._new(bill)
        whole: list[dict[int, Listed]] = []
        parts: list[dict[int, Listed]] = []
        for phone in dict.fromkeys(item.phone for item in new):
            fits = {
                row.id: [item for item in new if item.phone == phone and self._fits(item, row)]
                for row in missing
            }
            if any(len(found) > 1 for found in fits.values()):
                return Trace(Verdict.SEVERAL)
            found = {row_id: items[0] for row_id, items in fits.items() if items}
            if found:
                (whole if len(found) == len(missing) else parts).append(found)
        found_here = whole or (parts if is_last else [])
        if len(found_here) > 1:
            return Trace(Verdict.SEVERAL)
        if not found_here:
            return Trace(Verdict.NOTHING)
        return Trace(Verdict.FOUND, tuple(_rented(found_here[0].get(row.id)) for row in rows))

    def _of_prolonging(self, bill: Bill, row: Rental, now: datetime) -> Trace:
        """Look for a later end, or for a new id on the same number."""
        moved = [item for item in self._new(bill) if item.phone == row.phone]
        if len(moved) == 1 and bill.listed_before is not None:
            return Trace(Verdict.FOUND, (_rented(moved[0]),))
        here = next((item for item in self._running if item.remote_id == row.remote_id), None)
        if here is None:
            return Trace(Verdict.NOTHING)
        before, length = bill.until_before, bill.period.length if bill.period else timedelta()
        if before is None:
            return Trace(Verdict.UNTOLD)
        if here.until is not None:
            longer = here.until - before >= length / 2  # a provider's month is not ours to the day
            return Trace(Verdict.FOUND, (_rented(here),)) if longer else Trace(Verdict.NOTHING)
        if now > before + _BEYOND and length > _BEYOND:
            return Trace(Verdict.FOUND, (_rented(here),))
        return Trace(Verdict.UNTOLD)

    def _of_restoring(self, bill: Bill, rows: Sequence[Rental]) -> Trace:
        """Look for the archive's id, running again, or for a new one on the same number."""
        here = [
            item
            for item in self._running
            if item.remote_id == bill.remote_id and item.remote_id not in (bill.listed_before or ())
        ]
        if not here and bill.listed_before is not None and rows:
            here = [
                item
                for item in self._new(bill)
                if item.phone == bill.phone and self._fits_service(item, bill.service)
            ]
        if len(here) > 1:
            return Trace(Verdict.SEVERAL)
        return Trace(Verdict.FOUND, (_rented(here[0]),)) if here else Trace(Verdict.NOTHING)

    def _new(self, bill: Bill) -> list[Listed]:
        before = bill.listed_before or frozenset()
        return [
            item
            for item in self._running
            if item.remote_id not in before and item.remote_id not in self._taken
        ]

    def _fits(self, item: Listed, row: Rental) -> bool:
        country = self._names.country(self._record, item.country)
        is_elsewhere = None not in {country, row.country} and country != row.country
        # A code that no table knows says nothing: some lists print other words than the shop understands.
        is_told = country is not None and split_foreign(country) is None
        return (
            self._fits_service(item, row.service)
            and not (is_elsewhere and is_told)
            and row.phone in {None, item.phone}
        )

    def _fits_service(self, item: Listed, service: str | None) -> bool:
        if item.service is None:
            return True
        return service in {
            self._names.service(self._record, item.service),
            self._names.own_service(self._record, item.service),
        }


def _rented(item: Listed | None) -> Rented | None:
    return None if item is None else Rented(item.remote_id, item.phone, item.until, item.service)
