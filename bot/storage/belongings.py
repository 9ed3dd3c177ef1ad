"""All that is kept of a person, in whichever table: found by following the foreign keys to the user.

A new table is covered as soon as a foreign key leads from it to ``users``, over other tables or not. What
names a person in any other way is declared here; a test reads all tables and fails where nothing is said.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, delete, func, or_, select, update

from bot.domain.faults import Source
from bot.domain.leaving import Holdings, Rows
from bot.domain.orders import State
from bot.domain.rentals import BillState, RentalState
from bot.storage import accounts, caps
from bot.storage.all_tables import METADATA
from bot.storage.database import Transaction
from bot.storage.lease_tables import LeaseRow
from bot.storage.leases import Leased
from bot.storage.rental_tables import BillRow, RentalRow
from bot.storage.tables import FaultRow, OrderRow, OutboxRow

_DOUBTFUL = (State.PLACING.value, State.UNCERTAIN.value)


class Fate(Enum):
    """What becomes of a row of somebody else's that names a person who leaves."""

    ROW = "the row goes"
    NAME = "the name goes, the row stays"


NAMED: Mapping[str, Fate] = {
    "drafts.buyer_id": Fate.ROW,
    "group_members.user_id": Fate.ROW,
    "orders.buyer_id": Fate.NAME,  # the order is its owner's, who has paid for it
    "outbox.chat_id": Fate.ROW,  # on its way into the private chat
    "prompts.chat_id": Fate.ROW,
}
"""Columns that hold a person's id without being a foreign key."""

SECRET = frozenset({"accounts.sealed", "accounts.fingerprint"})
"""Columns that no copy may hold."""

NOBODYS: Mapping[str, frozenset[str]] = {
    "faults": frozenset({"source", "ref", "reason", "times", "created_at"}),  # refs of ours: see _traces
    "leases": frozenset({"kind", "ref", "worker", "until"}),  # the same
    "updates": frozenset({"id", "tries", "begun_at", "ended_at"}),  # Telegram's counter, without a person
    "workers": frozenset({"id", "seen_at"}),  # processes of ours
}
"""Tables that say nothing of a person, with all their columns: a new one has to be judged anew."""


def owned(user_id: int) -> dict[Table, ColumnElement[bool]]:
    """Return which rows of which tables are a person's, parents before children."""
    users = METADATA.tables["users"]
    found: dict[Table, ColumnElement[bool]] = {users: users.c.id == user_id}
    for table in METADATA.sorted_tables:
        if table is users:
            continue
        ways: list[ColumnElement[bool]] = []
        for column in table.columns:
            if NAMED.get(f"{table.name}.{column.name}") is Fate.ROW:
                ways.append(column == user_id)
            for key in column.foreign_keys:
                parent = key.column.table
                if parent is users:
                    ways.append(column == user_id)
                elif parent in found:  # not where a table points at itself: both rows are the same person's
                    ways.append(column.in_(select(key.column).where(found[parent])))
        if ways:
            found[table] = or_(*ways)
    return found


async def read(tx: Transaction, user_id: int) -> dict[str, Rows]:
    """Return every row of a person by table, without what no copy may hold."""
    found: dict[str, Rows] = {}
    for table, whose in owned(user_id).items():
        columns = [one for one in table.columns if f"{table.name}.{one.name}" not in SECRET]
        rows = await tx.execute(select(*columns).where(whose).order_by(*table.primary_key.columns))
        found[table.name] = tuple(dict(row._mapping) for row in rows)  # noqa: SLF001 - public in spite of its name
    return found


async def holdings(tx: Transaction, user_id: int) -> Holdings:
    """Return what there is of a person, for the question whether it is to go."""
    doubtful_bills = (BillState.PLACING.value, BillState.UNCERTAIN.value)
    doubtful_rentals = (RentalState.PLACING.value, RentalState.UNCERTAIN.value)
    orders = await _count(tx, OrderRow.user_id == user_id, OrderRow.state.in_(_DOUBTFUL))
    bills = await _count(tx, BillRow.user_id == user_id, BillRow.state.in_(doubtful_bills))
    rentals = await _count(tx, RentalRow.user_id == user_id, RentalRow.state.in_(doubtful_rentals))
    return Holdings(
        in_doubt=orders + max(bills, rentals),  # a rental in doubt has its bill
        open_numbers=await caps.count_open(tx, user_id),
        keys=len(await accounts.of_user(tx, user_id)),
        purchases=await _count(tx, OrderRow.user_id == user_id)
        + await _count(tx, RentalRow.user_id == user_id),
    )


async def account_ids(tx: Transaction, user_id: int) -> tuple[int, ...]:
    """Return the ids of all accounts of a person, removed ones included."""
    table = METADATA.tables["accounts"]
    return tuple((await tx.execute(select(table.c.id).where(table.c.user_id == user_id))).scalars())


async def host_ids(tx: Transaction, user_id: int) -> tuple[int, ...]:
    """Return the ids of the hosts that a person added."""
    table = METADATA.tables["hosts"]
    return tuple((await tx.execute(select(table.c.id).where(table.c.user_id == user_id))).scalars())


async def lock(tx: Transaction, user_id: int) -> None:
    """Let nobody add anything of a person's to the end of the transaction; SQLite has one writer anyway."""
    users = METADATA.tables["users"]
    await tx.execute(select(users.c.id).where(users.c.id == user_id).with_for_update())


async def delete_all(tx: Transaction, user_id: int) -> None:
    """Delete every row of a person, and the name of theirs in rows of others."""
    found = owned(user_id)
    await _delete_traces(tx, found, user_id)
    for name, fate in NAMED.items():
        table_name, _, column = name.partition(".")
        table = METADATA.tables[table_name]
        if fate is Fate.NAME:
            same = table.c[column] == user_id
            await tx.execute(update(table).where(same).values({column: None}))
    for table in reversed(found):
        await tx.execute(delete(table).where(found[table]))


async def _delete_traces(tx: Transaction, found: Mapping[Table, ColumnElement[bool]], user_id: int) -> None:
    """Delete what points at rows of a person by a number that is no foreign key."""

    def refs(row: Any) -> Any:
        return select(cast(row.id, String)).where(found[row.__table__])

    accounts_ = METADATA.tables["accounts"]
    for source, row in ((Source.ORDER, OrderRow), (Source.MESSAGE, OutboxRow)):
        await tx.execute(delete(FaultRow).where(FaultRow.source == source.value, FaultRow.ref.in_(refs(row))))
    mine = LeaseRow.ref.in_(select(accounts_.c.id).where(found[accounts_]))
    await tx.execute(delete(LeaseRow).where(LeaseRow.kind == Leased.ACCOUNT.value, mine))
    await tx.execute(delete(LeaseRow).where(LeaseRow.kind == Leased.CHAT.value, LeaseRow.ref == user_id))


async def _count(tx: Transaction, *those: ColumnElement[bool]) -> int:
    return int((await tx.execute(select(func.count()).where(*those))).scalar_one())
