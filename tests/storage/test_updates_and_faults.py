"""Updates that were handled, and faults that were put aside."""

from datetime import timedelta

from bot.domain.faults import Source
from bot.domain.people import Standing
from bot.storage import faults, people, updates
from bot.storage.database import Database
from tests.storage.conftest import ON_SQLITE, STRANGER, USER
from tests.support.clock import START


async def test_an_update_is_begun_again_until_it_was_ended(database: Database) -> None:
    """Each try is counted, and after the end there is none."""
    async with database.write() as tx:
        tries = [await updates.begin(tx, 7, START) for _ in range(2)]
        await updates.end(tx, 7, START)
        assert await updates.ended(tx, limit=9) == (7,)
        assert [*tries, await updates.begin(tx, 7, START), await updates.begin(tx, 8, START)] == [1, 2, 0, 1]


async def test_updates_are_forgotten_by_age(database: Database) -> None:
    """What was begun before the moment is gone, what came later is not."""
    async with database.write() as tx:
        for number in range(2):
            await updates.begin(tx, number, START + timedelta(days=number))
            await updates.end(tx, number, START)
        await updates.forget(tx, START + timedelta(hours=1))
        assert [await updates.begin(tx, number, START) for number in range(2)] == [1, 0]


async def test_a_fault_is_news_once(database: Database) -> None:
    """The second time a fault is counted; the same number of another source is another fault."""
    async with database.write() as tx:
        news = [
            await faults.note(tx, source, "7", "ValueError at x" * 99, START)
            for source in (Source.UPDATE, Source.UPDATE, Source.ORDER)
        ]
        assert news == [True, False, True]
        page = await faults.page(tx, limit=5, offset=0)
        assert {(fault.source, fault.times) for fault in page} == {(Source.UPDATE, 2), (Source.ORDER, 1)}
        assert {len(fault.reason) for fault in page} == {200}
        await faults.forget(tx, START)
        assert await faults.count(tx) == 2
        await faults.forget(tx)
        assert await faults.count(tx) == 0


async def test_standing_is_kept(database: Database) -> None:
    """A decision about a user stays with that user, and the list has everybody."""
    async with database.write() as tx:
        await people.set_standing(tx, USER, Standing.BLOCKED)
        found, broken = await people.page(tx, limit=9, offset=0)
        assert broken == {}
        assert {user.id: user.standing for user in found} == {
            USER: Standing.BLOCKED,
            STRANGER: Standing.USUAL,
        }
        assert await people.count(tx) == 2


@ON_SQLITE
async def test_people_who_cannot_be_read_are_counted(database: Database) -> None:
    """A row that no reader understands hides nobody else, and is told apart instead of left out silently."""
    async with database.write() as tx:
        await tx.exec_driver_sql("UPDATE users SET standing = 'odd' WHERE id = ?", (USER,))
    async with database.read() as tx:
        found, broken = await people.page(tx, limit=9, offset=0)
    assert [user.id for user in found] == [STRANGER]
    assert list(broken) == [USER]
