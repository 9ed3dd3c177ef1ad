"""Which replica writes to a chat: one at a time, and nobody twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from bot.domain.outbox import Message, Notice
from bot.engine.chats import LEASE_SECONDS, AllChats, Chats, LeasedChats
from bot.engine.faults import Faults
from bot.engine.outbox import Outbox
from bot.storage import leases, outbox, people
from bot.storage.database import Database
from bot.storage.leases import Leased
from tests.support.clock import START, ManualClock
from tests.support.migrated import lay

CHAT, OTHER_CHAT = 5, 6
_USER = 1001


@dataclass(frozen=True, slots=True)
class Replica:
    """One of several, with a clock and connections of its own."""

    clock: ManualClock
    database: Database
    chats: Chats
    outbox: Outbox

    async def take(self) -> list[Message]:
        """Take up to two chats with what waits for them."""
        return list(await self.outbox.take(50, (), 2))


def _replica(url: str, name: str) -> Replica:
    clock, database = ManualClock(), Database(url)
    chats = AllChats(database) if database.is_sqlite else LeasedChats(database, clock, name)
    return Replica(clock, database, chats, Outbox(database, clock, Faults(database, clock), chats))


async def _write(database: Database, *chats: int) -> None:
    """Write a notice for each of these chats."""
    async with database.write() as tx:
        await people.first_seen(tx, _USER, "en", START)
        for chat in chats:
            await outbox.add_notice(tx, Notice.EXPIRED, chat_id=chat, user_id=_USER, now=START)


async def _run_out(database: Database) -> None:
    """Have every lease run out, as it does when nobody renews it."""
    async with database.write() as tx:
        await tx.execute(text("UPDATE leases SET until = clock_timestamp() - interval '1 s'"))


async def _holder(database: Database, chat: int) -> str | None:
    async with database.read() as tx:
        return await leases.holder(tx, Leased.CHAT, chat)


@pytest.fixture
async def pair(postgres: str) -> AsyncIterator[tuple[Replica, Replica]]:
    """Two replicas on one PostgreSQL."""
    one, two = _replica(postgres, "one"), _replica(postgres, "two")
    yield one, two
    await one.database.close()
    await two.database.close()


async def test_two_that_look_at_once_share_the_chats_out(pair: tuple[Replica, Replica]) -> None:
    """Whoever looks at the same moment, each row is taken by one."""
    one, two = pair
    await _write(one.database, *range(1, 9))
    ours, theirs = await asyncio.gather(one.take(), two.take())
    assert len(ours) == 2
    assert not {row.id for row in ours} & {row.id for row in theirs}


async def test_a_chat_under_way_is_left_alone(pair: tuple[Replica, Replica]) -> None:
    """Until it is told and given back, also what is written to it meanwhile waits for its holder."""
    one, two = pair
    await _write(one.database, CHAT)
    [row] = await one.take()
    await _write(two.database, CHAT)
    assert await two.take() == []
    assert one.outbox.holds(CHAT)
    await one.outbox.told(CHAT, [row.id], "sent")
    assert not one.outbox.holds(CHAT)
    [later] = await two.take()
    assert later.id > row.id


async def test_a_chat_to_which_nothing_could_be_told_is_free(pair: tuple[Replica, Replica]) -> None:
    """Who cannot reach Telegram lets another replica try."""
    one, two = pair
    await _write(one.database, CHAT)
    taken = await one.take()
    await one.outbox.leave(CHAT)
    assert await two.take() == taken


async def test_a_frozen_replica_stands_back(pair: tuple[Replica, Replica]) -> None:
    """Beyond its lease it holds no chat by its own clock, and reads anew what another has told meanwhile."""
    one, two = pair
    await _write(one.database, CHAT, OTHER_CHAT)
    first, _ = await one.take()
    one.clock.skip(LEASE_SECONDS)
    await _run_out(one.database)
    assert not one.outbox.holds(CHAT)
    assert first in await two.take()
    await two.outbox.told(CHAT, [first.id], "sent")
    await one.outbox.leave(CHAT)
    assert [row.chat_id for row in await one.take()] == []
    assert await _holder(one.database, OTHER_CHAT) == "two"


async def test_a_lease_is_believed_for_less_long_than_it_lasts(pair: tuple[Replica, Replica]) -> None:
    """A call that begins at the last moment still reaches Telegram before somebody else may call."""
    one, _ = pair
    await _write(one.database, CHAT)
    await one.take()
    one.clock.skip(LEASE_SECONDS * 0.79)
    assert one.outbox.holds(CHAT)
    one.clock.skip(LEASE_SECONDS * 0.02)
    assert not one.outbox.holds(CHAT)


async def test_who_waits_for_telegram_keeps_the_chat(pair: tuple[Replica, Replica]) -> None:
    """A wait of a minute that Telegram asks for is longer than a lease, which is prolonged meanwhile."""
    one, two = pair
    await _write(one.database, CHAT)
    await one.take()
    one.clock.skip(LEASE_SECONDS / 2)
    await one.outbox.keep()
    one.clock.skip(LEASE_SECONDS / 2)
    assert one.outbox.holds(CHAT)
    assert await two.take() == []


async def test_what_was_told_is_ticked_off_after_the_database_was_away(
    pair: tuple[Replica, Replica],
) -> None:
    """Its chat is taken again where it is free, so that nobody tells it twice; nothing else is told there."""
    one, two = pair
    await _write(one.database, CHAT)
    [row] = await one.take()
    one.clock.skip(LEASE_SECONDS)
    await _run_out(one.database)
    await one.outbox.keep()
    assert not one.outbox.holds(CHAT)
    assert await two.take() == []
    await one.outbox.told(CHAT, [row.id], "sent")
    assert await two.take() == []
    assert await _holder(two.database, CHAT) is None


async def test_after_the_database_was_away_others_come_first(pair: tuple[Replica, Replica]) -> None:
    """Whoever could not ask leaves others' chats alone, run out or not, for the time of a lease."""
    one, two = pair
    await _write(one.database, CHAT)
    taken = await one.take()
    await _lock_out(two)
    await _run_out(one.database)
    assert await two.take() == []
    two.clock.skip(LEASE_SECONDS)
    assert await two.take() == taken


async def _lock_out(replica: Replica) -> None:
    """Have a replica look while its database takes no connections."""
    url = replica.database.url
    server = Database(url.set(database="postgres").render_as_string(hide_password=False))
    async with server.write() as tx:
        await tx.execute(text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS false"))
    async with server.write() as tx:
        await tx.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": url.database},
        )
    with pytest.raises(OperationalError):
        await replica.take()
    async with server.write() as tx:
        await tx.execute(text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS true"))
    await server.close()


async def test_what_could_not_be_given_back_is_freed_later(pair: tuple[Replica, Replica]) -> None:
    """A lease that nobody of us needs any more is not prolonged with the others."""
    one, two = pair
    await _write(one.database, CHAT, OTHER_CHAT)
    await one.take()
    one.chats.left(CHAT)  # the database was away as it was to be freed
    await one.outbox.keep()
    assert await _holder(one.database, CHAT) is None
    assert await _holder(one.database, OTHER_CHAT) == "one"
    assert [row.chat_id for row in await two.take()] == [CHAT]


async def test_the_one_process_of_a_file_pays_nothing(tmp_path: Path) -> None:
    """On SQLite a message costs one statement to look and one to tick it off, and nothing is leased."""
    lay(tmp_path / "codebell.db")
    alone = _replica(f"sqlite+aiosqlite:///{tmp_path / 'codebell.db'}", "alone")
    await _write(alone.database, CHAT)
    said: list[str] = []
    event.listen(
        alone.database.engine.sync_engine,
        "before_cursor_execute",
        lambda *given: said.append(given[2].split()[0]),
    )
    [row] = await alone.take()
    assert alone.outbox.holds(CHAT)
    await alone.outbox.told(CHAT, [row.id], "sent")
    await alone.outbox.leave(CHAT)
    await alone.outbox.keep()
    assert alone.outbox.beat_seconds is None
    assert said == ["BEGIN", "SELECT", "BEGIN", "UPDATE"]
    await alone.database.close()
