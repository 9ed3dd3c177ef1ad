"""Open work: which accounts have something that must be looked after, and what it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    cast,
    delete,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from bot.domain.orders import OPEN, State
from bot.domain.rentals import HELD, OPEN_RENTALS, BillState
from bot.storage.database import Transaction
from bot.storage.lease_tables import LeaseRow
from bot.storage.leases import Leased
from bot.storage.rental_tables import BillRow, RentalRow
from bot.storage.tables import OrderRow

_OPEN = sorted(state.value for state in OPEN)
_HELD = sorted(state.value for state in HELD)
_UNSETTLED = sorted(state.value for state in OPEN_RENTALS - HELD)
_IN_DOUBT = [BillState.PLACING.value, BillState.UNCERTAIN.value]


class Kind(StrEnum):
    """What a piece of work is."""

    ORDER = "order"
    RENTAL = "rental"
    BILL = "bill"


@dataclass(frozen=True, slots=True)
class Work:
    """Something open.

    Attributes:
        kind: what it is.
        ref: our id of an order or a rental; the token of a bill.
        account_id: whose key asks for it.
        state: as the table has it.
        provider: who answers for it; None for a bill.
        is_wished: whether something is wished of an order.
    """

    kind: Kind
    ref: str
    account_id: int
    state: str
    provider: str | None
    is_wished: bool


def accounts() -> Select[Any]:
    """Return the query of the accounts with open work, each once."""
    everything = union(
        select(OrderRow.account_id).where(OrderRow.state.in_(_OPEN)),
        select(RentalRow.account_id).where(RentalRow.state.in_(_HELD + _UNSETTLED)),
        select(BillRow.account_id).where(BillRow.state.in_(_IN_DOUBT)),
    ).subquery()
    return select(everything.c.account_id)


async def count_accounts(tx: Transaction) -> int:
    """Return how many accounts have open work."""
    return int((await tx.execute(select(func.count()).select_from(accounts().subquery()))).scalar_one())


async def release_idle(tx: Transaction, worker: str) -> frozenset[int]:
    """Give up a worker's accounts without open work; return which ones. PostgreSQL only."""
    statement = delete(LeaseRow).where(
        LeaseRow.kind == Leased.ACCOUNT.value, LeaseRow.worker == worker, LeaseRow.ref.not_in(accounts())
    )
    return frozenset((await tx.execute(statement.returning(LeaseRow.ref))).scalars())


async def of_worker(tx: Transaction, worker: str, live: frozenset[str]) -> tuple[Work, ...]:
    """Return what is open of a worker's accounts, in one statement.

    Args:
        tx: a transaction.
        worker: whose accounts.
        live: the workers that live: a paid call of one of them is under way, and not open to anybody else.
    """
    rows = await tx.execute(_everything(worker, live))
    return tuple(Work(Kind(row[0]), row[1], row[2], row[3], row[4], bool(row[5])) for row in rows)


def interrupted(table: type[OrderRow | BillRow], live: frozenset[str]) -> ColumnElement[bool]:
    """Return the condition that nobody waits for the answer to a row's paid call any more."""
    return or_(table.worker.is_(None), table.worker.not_in(sorted(live)))


def _everything(worker: str, live: frozenset[str]) -> CompoundSelect[Any]:
    mine = select(LeaseRow.ref).where(LeaseRow.kind == Leased.ACCOUNT.value, LeaseRow.worker == worker)
    placing = State.PLACING.value
    nobody = cast(null(), String)
    return union_all(
        select(
            literal(Kind.ORDER.value, String),
            cast(OrderRow.id, String),
            OrderRow.account_id,
            OrderRow.state,
            OrderRow.provider,
            OrderRow.wish.is_not(None),
        ).where(
            OrderRow.state.in_(_OPEN),
            OrderRow.account_id.in_(mine),
            or_(OrderRow.state != placing, interrupted(OrderRow, live)),
        ),
        select(
            literal(Kind.RENTAL.value, String),
            cast(RentalRow.id, String),
            RentalRow.account_id,
            RentalRow.state,
            RentalRow.provider,
            false(),
        ).where(RentalRow.state.in_(_HELD), RentalRow.account_id.in_(mine)),
        select(
            literal(Kind.BILL.value, String),
            BillRow.token,
            BillRow.account_id,
            BillRow.state,
            nobody,
            false(),
        ).where(
            BillRow.state.in_(_IN_DOUBT),
            BillRow.account_id.in_(mine),
            or_(BillRow.state != BillState.PLACING.value, interrupted(BillRow, live)),
        ),
        # Paid for, and the rental's id is not known yet.
        select(
            literal(Kind.BILL.value, String),
            BillRow.token,
            BillRow.account_id,
            BillRow.state,
            nobody,
            false(),
        )
        .join(RentalRow, RentalRow.bill == BillRow.token)
        .where(
            RentalRow.state.in_(_UNSETTLED),
            RentalRow.account_id.in_(mine),
            BillRow.state == BillState.PAID.value,
        ),
    )
