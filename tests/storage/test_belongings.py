"""What is kept of a person, in every table there is: all of it is in the copy, and none outlives them."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
)

from bot.domain.leaving import copy_of
from bot.storage import belongings, scrubbing
from bot.storage.all_tables import METADATA
from bot.storage.database import Database, Transaction
from bot.storage.types import Amount, UtcDateTime
from tests.storage.conftest import ON_SQLITE, STRANGER, USER
from tests.support.clock import START

USERS = METADATA.tables["users"]

NO_PERSONS = {
    "groups.chat_id",
    "groups.topic_id",
    "leases.ref",  # deleted with its account or chat
    "orders.card_chat_id",
    "orders.card_message_id",
    "orders.card_topic_id",
    "outbox.alert_id",  # ours
    "outbox.group_id",  # ours
    "outbox.message_thread_id",
    "prompts.message_id",
    "rentals.card_chat_id",
    "rentals.card_message_id",
    "updates.id",
}
"""Wide numbers that are no person's id; what a person owns is found by other columns of these tables."""


def tables_but_users() -> list[Table]:
    """Return every table that can be somebody's, parents first."""
    return [one for one in METADATA.sorted_tables if one is not USERS and one.name not in belongings.NOBODYS]


class Filler:
    """Writes a row of a person into every table, whatever columns it has or will have."""

    def __init__(self, person: int, word: str) -> None:
        self.person = person
        self.word = word
        self._number = person * 100
        self._ids: dict[str, Any] = {"users.id": person}

    async def fill(self, tx: Transaction) -> None:
        """Write one row into each."""
        for table in tables_but_users():
            row = {column.name: self._value(table, column) for column in table.columns}
            row = {name: value for name, value in row.items() if value is not None}
            made = (await tx.execute(insert(table).values(row).returning(*table.primary_key.columns))).one()
            for key, value in zip(table.primary_key.columns, made, strict=True):
                self._ids[f"{table.name}.{key.name}"] = value

    def _value(self, table: Table, column: Column[Any]) -> Any:
        if column is table.autoincrement_column:
            return None  # the database numbers it
        for key in column.foreign_keys:
            return None if key.column.table is table else self._ids[key.target_fullname]
        if belongings.NAMED.get(f"{table.name}.{column.name}"):
            return self.person
        self._number += 1
        return self._plain(column)

    def _plain(self, column: Column[Any]) -> Any:
        text = f"{self.word}-{self._number}"
        kinds: dict[type, Any] = {
            UtcDateTime: START + timedelta(seconds=self._number % 1000),
            Amount: Decimal(self._number),
            Boolean: False,
            LargeBinary: text.encode(),
            JSON: [text],
            Integer: self._number,  # wider ones are its children
            String: text[: getattr(column.type, "length", None)],
        }
        return next(value for kind, value in kinds.items() if isinstance(column.type, kind))


async def full(database: Database) -> None:
    """Have both persons own a row of every table."""
    async with database.write() as tx:
        await Filler(USER, "mine").fill(tx)
        await Filler(STRANGER, "theirs").fill(tx)


async def counted(database: Database) -> Mapping[str, int]:
    """Return how many rows there are in each table."""
    async with database.read() as tx:
        return {
            table.name: int((await tx.execute(select(func.count()).select_from(table))).scalar_one())
            for table in [USERS, *tables_but_users()]
        }


def test_every_table_is_somebodys_or_nobodys() -> None:
    """A new table has a foreign key that leads to its person, or says that it holds nothing of anybody."""
    owned = {table.name for table in belongings.owned(USER)}
    assert owned | belongings.NOBODYS.keys() == set(METADATA.tables)
    assert not owned & belongings.NOBODYS.keys()
    for name, columns in belongings.NOBODYS.items():
        assert {column.name for column in METADATA.tables[name].columns} == columns, name


def test_a_table_that_nobody_thought_of_is_noticed() -> None:
    """The guard is not blind: a table without a way to its person is neither owned nor excused."""
    strange = MetaData()
    Table("diaries", strange, Column("id", Integer, primary_key=True), Column("about", BigInteger))
    names = {table.name for table in belongings.owned(USER)} | belongings.NOBODYS.keys()
    assert not {table.name for table in strange.sorted_tables} & names


def test_every_number_that_can_be_a_person_is_judged() -> None:
    """A column as wide as Telegram's ids is a foreign key, names somebody, or is said to be nobody's id."""
    wide = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if type(column.type) is BigInteger and not column.foreign_keys and not column.type._variant_mapping
    }
    assert wide - {"users.id"} == set(belongings.NAMED) | NO_PERSONS


def test_what_is_sealed_is_in_no_copy() -> None:
    """Every column of bytes is a secret, since only keys are kept as bytes; so is every fingerprint."""
    sealed = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) or "fingerprint" in column.name
    }
    assert sealed == belongings.SECRET


async def test_a_copy_has_a_row_of_every_table(database: Database) -> None:
    """All that is the person's is in the file, and nothing that is another's, nor a secret."""
    await full(database)
    async with database.read() as tx:
        found = await belongings.read(tx, USER)
    assert {name for name, rows in found.items() if rows} == {
        "users",
        *(one.name for one in tables_but_users()),
    }
    content = copy_of(found, USER, START).decode()
    assert "mine" in content
    assert "theirs" not in content
    assert "sealed" not in content
    assert "fingerprint" not in content


async def test_leaving_empties_every_table_of_one_person_alone(database: Database) -> None:
    """Of each table the person's row goes; the other's stays, and none points nowhere."""
    await full(database)
    before = await counted(database)
    async with database.write() as tx:
        await belongings.lock(tx, USER)
        await belongings.delete_all(tx, USER)
    assert await counted(database) == {name: number - 1 for name, number in before.items()}
    async with database.read() as tx:
        assert not any((await belongings.read(tx, USER)).values())
        theirs = await belongings.read(tx, STRANGER)
    assert all(len(rows) == 1 for rows in theirs.values())


async def test_who_bought_for_somebody_else_is_forgotten_there(database: Database) -> None:
    """An order that a person bought on another's account stays its owner's, without the name."""
    await full(database)
    orders = METADATA.tables["orders"]
    async with database.write() as tx:
        await tx.execute(orders.update().where(orders.c.user_id == STRANGER).values(buyer_id=USER))
        await belongings.delete_all(tx, USER)
    async with database.read() as tx:
        (row,) = (await tx.execute(select(orders))).all()
    assert (row.user_id, row.buyer_id) == (STRANGER, None)


def files(database: Database) -> bytes:
    """Return the bytes of the database's files."""
    path = Path(str(database.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


@ON_SQLITE
async def test_no_byte_of_it_stays_in_the_files(database: Database) -> None:
    """After many rows, split pages and a deletion, neither the file nor its log holds a word of theirs."""
    sms, orders = METADATA.tables["sms"], METADATA.tables["orders"]
    await full(database)
    async with database.write() as tx:
        mine = (await tx.execute(select(orders.c.id).where(orders.c.user_id == USER))).scalar_one()
        theirs = (await tx.execute(select(orders.c.id).where(orders.c.user_id == STRANGER))).scalar_one()
        for number in range(600):
            order, word = (mine, "mine") if number % 3 else (theirs, "theirs")
            row = {"order_id": order, "identity": f"{word}-{number}", "text": f"{word} {number} " * 20}
            await tx.execute(insert(sms).values({**row, "recorded_at": START}))
    assert b"mine" in files(database)
    async with database.write() as tx:
        await belongings.delete_all(tx, USER)
        await scrubbing.mark(tx)
    assert await scrubbing.scrub(database)
    left = files(database)
    assert b"mine" not in left
    assert b"theirs" in left


@ON_SQLITE
async def test_an_interrupted_scrubbing_is_done_at_the_next_start(database: Database) -> None:
    """Killed between the deletion and the scrubbing, the next start finds the mark, and leaves none."""
    await full(database)
    async with database.write() as tx:
        await belongings.delete_all(tx, USER)
        await scrubbing.mark(tx)
    await scrubbing.resume(database)
    assert b"mine" not in files(database)
    async with database.read() as tx:
        assert (await tx.exec_driver_sql("PRAGMA user_version")).scalar_one() == 0


@ON_SQLITE
async def test_a_deletion_that_is_rolled_back_leaves_no_mark(database: Database) -> None:
    """The mark is of the transaction: nothing deleted, nothing to scrub."""

    async def fail() -> None:
        async with database.write() as tx:
            await scrubbing.mark(tx)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.read() as tx:
        assert (await tx.exec_driver_sql("PRAGMA user_version")).scalar_one() == 0
