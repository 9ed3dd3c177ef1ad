"""Leases: one holder at a time, by the database server's clock, whoever else tries."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import BigInteger, column, select, text, update

from bot.storage import leases
from bot.storage.database import Database
from bot.storage.lease_tables import LeaseRow
from bot.storage.leases import Leased
from tests.support.servers import postgres

__all__ = ["postgres"]

LONG = 60.0


@pytest.fixture
async def server(postgres: str) -> AsyncIterator[Database]:
    """A migrated database on a PostgreSQL server."""
    database = Database(postgres)
    yield database
    await database.close()


async def claim(database: Database, worker: str, *refs: int, seconds: float = LONG) -> set[int]:
    """Claim accounts in a transaction of its own."""
    async with database.write() as tx:
        return set(await leases.claim(tx, Leased.ACCOUNT, refs, worker, seconds))


async def run_out(database: Database, *refs: int) -> None:
    """Have leases run out, as they do when nobody renews them."""
    async with database.write() as tx:
        await tx.execute(
            update(LeaseRow)
            .where(LeaseRow.ref.in_(refs))
            .values(until=text("clock_timestamp() - interval '1 s'"))
        )


async def test_one_holds_what_several_claim(server: Database) -> None:
    """What one holds, another does not get; of the rest it gets all; who holds it gets it again."""
    assert await claim(server, "a", 1, 2) == {1, 2}
    assert await claim(server, "b", 2, 3) == {3}
    assert await claim(server, "a", 1, 2, 3) == {1, 2}
    assert await claim(server, "a") == set()
    async with server.read() as tx:
        held = [await leases.holder(tx, Leased.ACCOUNT, ref) for ref in (1, 2, 3, 4)]
    assert held == ["a", "a", "b", None]


async def test_kinds_are_apart(server: Database) -> None:
    """An account and a chat of the same number are two leases."""
    assert await claim(server, "a", 7) == {7}
    async with server.write() as tx:
        assert await leases.claim(tx, Leased.CHAT, [7, -100], "b", LONG) == {7, -100}
    async with server.write() as tx:
        assert await leases.renew(tx, Leased.CHAT, "b", LONG) == {7, -100}


async def test_claims_at_the_same_moment_have_one_winner(server: Database) -> None:
    """Of claims for the same accounts at once, in whatever order they name them, each has one winner."""
    orders = [range(50), reversed(range(50)), range(50), reversed(range(50))]
    won = await asyncio.gather(*(claim(server, f"w{n}", *refs) for n, refs in enumerate(orders)))
    assert sum(map(len, won)) == len(set().union(*won)) == 50


async def test_what_ran_out_is_anybodys(server: Database) -> None:
    """A lease that ran out is not renewed, not even by who held it; whoever claims it first has it."""
    await claim(server, "a", 1, 2)
    await run_out(server, 1)
    async with server.write() as tx:
        assert await leases.renew(tx, Leased.ACCOUNT, "a", LONG) == {2}
        assert await leases.holder(tx, Leased.ACCOUNT, 1) is None
    assert await claim(server, "b", 1, 2) == {1}
    assert await claim(server, "a", 1, 2) == {2}


async def test_some_are_drawn_of_what_is_free(server: Database) -> None:
    """A claim for a few takes only what nobody holds, and no more than it asks for; two at once share."""
    wanted = select(column("n", BigInteger)).select_from(text("generate_series(1, 10) AS n"))

    async def some(worker: str, most: int) -> frozenset[int]:
        async with server.write() as tx:
            got, before = await leases.claim_some(tx, Leased.ACCOUNT, wanted, worker, LONG, most=most)
            taken_over.append(before)
            return got

    taken_over: list[int] = []
    await claim(server, "a", 1, 2, 3)
    await run_out(server, 3)
    three = await some("b", 3)
    assert len(three) == 3
    assert three <= set(range(3, 11))
    one, other = await asyncio.gather(some("c", 10), some("d", 10))
    assert not one & other
    assert one | other | three == set(range(3, 11))
    assert sum(taken_over) == 1


async def test_release_frees_only_what_is_ones_own(server: Database) -> None:
    """Giving up what somebody else holds meanwhile takes nothing from them."""
    await claim(server, "a", 1, 2)
    await run_out(server, 1)
    await claim(server, "b", 1)
    async with server.write() as tx:
        await leases.release(tx, Leased.ACCOUNT, [1, 2], "a")
    assert await claim(server, "c", 1, 2) == {2}


async def test_workers_live_while_they_are_seen(server: Database) -> None:
    """A worker lives for so many seconds after it was seen; one that leaves frees what it holds."""
    async with server.write() as tx:
        await leases.seen(tx, "a")
        await leases.seen(tx, "b")
        await leases.seen(tx, "a")
        assert await leases.live(tx, LONG) == {"a", "b"}
        await tx.execute(text("UPDATE workers SET seen_at = seen_at - interval '2 minutes' WHERE id = 'b'"))
        assert await leases.live(tx, LONG) == {"a"}
    await claim(server, "a", 1)
    async with server.write() as tx:
        await leases.leave(tx, "a")
        assert await leases.live(tx, LONG) == frozenset()
    assert await claim(server, "c", 1) == {1}


async def test_what_was_not_heard_of_is_forgotten(server: Database) -> None:
    """Leases and workers of more than an hour ago go; younger ones stay."""
    await claim(server, "a", 1, 2)
    async with server.write() as tx:
        await leases.seen(tx, "a")
        await leases.seen(tx, "b")
        await tx.execute(text("UPDATE leases SET until = until - interval '2 hours' WHERE ref = 1"))
        await tx.execute(text("UPDATE workers SET seen_at = seen_at - interval '2 hours' WHERE id = 'b'"))
        await leases.forget(tx)
        left = (await tx.execute(select(LeaseRow.ref))).scalars().all()
        workers = (await tx.execute(text("SELECT id FROM workers"))).scalars().all()
    assert left == [2]
    assert workers == ["a"]
