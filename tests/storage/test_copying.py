"""Copying a database into another one, of the same or of the other engine."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.money import Money
from bot.domain.orders import Candidate, State
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.storage import accounts, candidates, leases, orders, people
from bot.storage.copying import Compared, NotEmpty, copy_rows
from bot.storage.database import Database
from bot.storage.leases import Leased
from tests.storage.conftest import ENGINES, ON_SQLITE, USER
from tests.storage.makers import placed, rented, waiting
from tests.support.clock import START

CANDIDATE = Candidate(
    "900", "79001234567", "telegram", "RU", opened=None, price=Money(Decimal("12.50"), "RUB")
)


@pytest.fixture(params=sorted(ENGINES))
async def target(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database at the newest revision, of either engine."""
    (tmp_path / "target").mkdir()
    async with ENGINES[request.param](tmp_path / "target", migrated=True) as url:
        target = Database(url)
        yield target
        await target.close()


async def fill(database: Database, account: Account) -> None:
    """Commit rows with every kind of value: NULL, JSON, bytes, amounts, times, a parent, any text."""
    first = await waiting(database, account, "first")
    second = await placed(database, account, "second")
    await rented(database, account)
    async with database.write() as tx:
        await orders.record_sms(tx, first.id, Sms("Код: 12345 🔑\n\t'\"\\", "12345", "9"), START)
        await orders.move(
            tx,
            second.id,
            of={State.PLACING},
            to=State.UNCERTAIN,
            parent_id=first.id,
            candidates=candidates.column([CANDIDATE]),
            balance_after=Decimal("87.50"),
        )


def of(table: str, compared: tuple[Compared, ...]) -> Compared:
    """Return how one table stands."""
    return next(one for one in compared if one.table == table)


async def test_everything_arrives(database: Database, account: Account, target: Database) -> None:
    """Each row is read in the target as it is in the source, from and to either engine."""
    await fill(database, account)
    compared = await copy_rows(database, target)
    assert all(one.is_same for one in compared)
    assert of("orders", compared).source.rows == 2
    assert of("orders", compared).target.money["amount"] == Decimal("25.00")
    async with database.read() as here, target.read() as there:
        for order_id in (1, 2):
            assert await orders.find(there, order_id) == await orders.find(here, order_id)
            assert await orders.sms_of(there, order_id) == await orders.sms_of(here, order_id)
        found = await orders.find(there, 2)
        assert found is not None
        assert found.candidates == (CANDIDATE,)
        assert await accounts.sealed_key(there, account.id) == await accounts.sealed_key(here, account.id)


async def test_the_next_row_gets_a_new_id(database: Database, account: Account, target: Database) -> None:
    """After a copy the target goes on counting where the source is: no id is given twice."""
    await fill(database, account)
    await copy_rows(database, target)
    assert (await placed(target, account, "third")).id == 3


async def test_a_copy_can_be_repeated(database: Database, account: Account, target: Database) -> None:
    """A target that holds the copy already is compared, and left alone."""
    await fill(database, account)
    first = await copy_rows(database, target)
    assert await copy_rows(database, target) == first


async def test_other_data_is_not_touched(database: Database, account: Account, target: Database) -> None:
    """A target in which somebody else's row lies is refused, and stays as it is."""
    await fill(database, account)
    async with target.write() as tx:
        await people.first_seen(tx, 4004, "tr", START)
    with pytest.raises(NotEmpty):
        await copy_rows(database, target)
    async with target.read() as tx:
        assert await people.count(tx) == 1
        assert await orders.find(tx, 1) is None


async def test_an_interrupted_copy_leaves_nothing(
    database: Database, account: Account, target: Database
) -> None:
    """A copy that breaks off half way has put nothing into the target, and can be done again."""
    await fill(database, account)
    broken = await _break(target)
    with pytest.raises(Exception, match="broken on purpose"):
        await copy_rows(database, target)
    async with target.write() as tx:
        assert await people.count(tx) == 0
        for statement in broken:
            await tx.exec_driver_sql(statement)
    assert all(one.is_same for one in await copy_rows(database, target))


async def _break(target: Database) -> list[str]:
    """Have a server or a file refuse SMS; return the statements that mend it."""
    if target.is_sqlite:
        make = [
            "CREATE TRIGGER refuse BEFORE INSERT ON sms BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END"
        ]
        mend = ["DROP TRIGGER refuse"]
    else:
        body = "$$ BEGIN RAISE EXCEPTION 'broken on purpose'; END $$"
        make = [
            f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS {body}",
            "CREATE TRIGGER refuse BEFORE INSERT ON sms FOR EACH ROW EXECUTE FUNCTION refuse()",
        ]
        mend = ["DROP TRIGGER refuse ON sms", "DROP FUNCTION refuse"]
    async with target.write() as tx:
        for statement in make:
            await tx.exec_driver_sql(statement)
    return mend


@ON_SQLITE
async def test_a_difference_is_found_and_undone(database: Database, account: Account, tmp_path: Path) -> None:
    """A target that changes what is put into it is caught at one wrong letter, and keeps nothing of it."""
    await fill(database, account)
    (tmp_path / "target").mkdir()
    async with ENGINES["sqlite"](tmp_path / "target", migrated=True) as url:
        target = Database(url)
        async with target.write() as tx:
            await tx.exec_driver_sql(
                "CREATE TRIGGER change AFTER INSERT ON sms BEGIN UPDATE sms SET code = '12346'; END"
            )
        compared = await copy_rows(database, target)
        assert [one.table for one in compared if not one.is_same] == ["sms"]
        async with target.read() as tx:
            assert await people.count(tx) == 0
        await target.close()


async def test_leases_stay_where_they_are(postgres: str, tmp_path: Path) -> None:
    """What replicas hold at this moment is no data: it is neither copied nor compared."""
    source = Database(postgres)
    async with source.write() as tx:
        await people.first_seen(tx, USER, "en", START)
        await leases.seen(tx, "one")
        await leases.claim(tx, Leased.CHAT, [USER], "one", 60)
    async with ENGINES["sqlite"](tmp_path, migrated=True) as url:
        target = Database(url)
        assert all(one.is_same for one in await copy_rows(source, target))
        async with target.read() as tx:
            assert (await tx.execute(text("SELECT count(*) FROM leases"))).scalar_one() == 0
        await target.close()
    await source.close()
