"""Two processes on one database: what one does while the other is in the middle of its transaction."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select, text

from bot.domain.faults import Source
from bot.domain.orders import Action, State
from bot.domain.people import Account
from bot.domain.rentals import Rental
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.storage import (
    accounts,
    faults,
    hosts,
    orders,
    people,
    prompts,
    rentals,
    sealing,
    settings,
    updates,
    wishes,
)
from bot.storage.database import Database, Transaction
from bot.storage.prompts import Prompt
from bot.storage.tables import AccountRow
from bot.storage.vault import Vault, new_secret
from tests.storage.conftest import USER
from tests.storage.makers import draft, placed, rented, waiting
from tests.support.clock import START

A = TypeVar("A")
B = TypeVar("B")

_LOOK = 0.002
_LOOKS = 2000

NEWCOMER = 3003


@pytest.fixture
async def other(database: Database) -> AsyncIterator[Database]:
    """The same database, as another process has it open."""
    other = Database(database.url.render_as_string(hide_password=False))
    yield other
    await other.close()


async def overlap(
    database: Database,
    other: Database,
    first: Callable[[Transaction], Awaitable[A]],
    second: Callable[[Transaction], Awaitable[B]],
) -> tuple[A, B | BaseException]:
    """Carry ``second`` out while ``first`` is done and not committed; return what both came to."""

    async def beside() -> B:
        async with other.write() as tx:
            return await second(tx)

    async with database.write() as tx:
        done = await first(tx)
        task = asyncio.ensure_future(beside())
        await _until_it_waits(database, task)
    (outcome,) = await asyncio.gather(task, return_exceptions=True)
    return done, outcome


async def _until_it_waits(database: Database, task: asyncio.Future[B]) -> None:
    """Return once the other transaction waits for a lock, or is through; on SQLite it waits to begin."""
    if database.is_sqlite:
        return
    asked = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(_LOOKS):
        async with database.read() as tx:
            if task.done() or (await tx.execute(asked)).scalar_one():
                return
        await asyncio.wait({task}, timeout=_LOOK)
    raise AssertionError("the other transaction neither waits nor ends")


async def test_an_update_is_begun_once_for_the_first_time(database: Database, other: Database) -> None:
    """Of two replicas that take the same update one hears that it is the first try, the other the second."""
    assert await overlap(
        database, other, lambda tx: updates.begin(tx, 7, START), lambda tx: updates.begin(tx, 7, START)
    ) == (1, 2)


async def test_an_update_that_ends_meanwhile_is_not_begun(database: Database, other: Database) -> None:
    """Whoever begins an update while its end is written down hears of the end."""
    async with database.write() as tx:
        await updates.begin(tx, 7, START)
    assert (
        await overlap(
            database, other, lambda tx: updates.end(tx, 7, START), lambda tx: updates.begin(tx, 7, START)
        )
    )[1] == 0


async def test_a_person_who_is_seen_twice_at_once_is_one(database: Database, other: Database) -> None:
    """Two first messages at two replicas make one person, with the language of the one that was quicker."""
    first, second = await overlap(
        database,
        other,
        lambda tx: people.first_seen(tx, NEWCOMER, "ru", START),
        lambda tx: people.first_seen(tx, NEWCOMER, "tr", START),
    )
    assert first == second
    assert first.language == "ru"


async def test_a_host_is_kept_once(database: Database, other: Database) -> None:
    """A host that is added twice at once is one, and both hear of the same."""

    def add(tx: Transaction) -> Awaitable[hosts.Host]:
        return hosts.add(tx, user_id=USER, url="https://sms.example", title="sms", currency="USD", now=START)

    first, second = await overlap(database, other, add, add)
    assert first == second


async def test_a_fault_is_news_once(database: Database, other: Database) -> None:
    """A fault that befalls two replicas at once is news for one of them, and counted twice."""

    def note(tx: Transaction) -> Awaitable[bool]:
        return faults.note(tx, Source.MESSAGE, "5", "KeyError", START)

    assert await overlap(database, other, note, note) == (True, False)
    async with database.read() as tx:
        assert [fault.times for fault in await faults.page(tx, limit=9, offset=0)] == [2]


async def test_of_two_questions_at_once_one_stays(database: Database, other: Database) -> None:
    """A person who is asked two things at once in a chat answers the one that was asked last."""

    def ask(message_id: int) -> Callable[[Transaction], Awaitable[None]]:
        asked = Prompt(USER, message_id, USER, "key", f"question {message_id}")
        return lambda tx: prompts.add(tx, asked, START + timedelta(seconds=message_id))

    await overlap(database, other, ask(1), ask(2))
    async with database.write() as tx:
        found = await prompts.find(tx, USER, USER)
        assert found is not None
        assert found.argument == "question 2"
        assert (await tx.execute(text("SELECT count(*) FROM prompts"))).scalar_one() == 1


async def test_two_first_settings_are_both_kept(database: Database, other: Database) -> None:
    """A person's first two settings, made at once, end in one row that has both."""
    await overlap(
        database,
        other,
        lambda tx: settings.change(tx, USER, open_orders_most=3),
        lambda tx: settings.change(tx, USER, auto_cancel_minutes=5),
    )
    async with database.read() as tx:
        assert await settings.open_orders_most(tx, USER) == 3
        assert await settings.auto_cancel_minutes(tx, USER) == 5


async def test_an_sms_that_two_read_is_recorded_once(
    database: Database, other: Database, account: Account
) -> None:
    """Two replicas that read the same SMS at once record it once, whatever face it shows to each."""
    order = await waiting(database, account)
    whole, bare = Sms("Your code is 12345", "12345"), Sms("12345", "12345")
    first, second = await overlap(
        database,
        other,
        lambda tx: orders.record_sms(tx, order.id, whole, START),
        lambda tx: orders.record_sms(tx, order.id, bare, START),
    )
    assert first is not None
    assert second is None


async def test_a_token_buys_once(database: Database, other: Database, account: Account) -> None:
    """Two taps on one button at two replicas write down one intent."""

    def place(tx: Transaction) -> Awaitable[object]:
        return orders.place(tx, draft(account), balance_before=None, card=(5, 6), now=START)

    _, second = await overlap(database, other, place, place)
    assert isinstance(second, orders.TokenUsed)


async def test_an_account_that_is_removed_is_not_bought_with(
    database: Database, other: Database, account: Account
) -> None:
    """A purchase that begins while its account is removed is refused: nobody could fetch its code."""

    async def remove(tx: Transaction) -> None:
        await accounts.lock(tx, account.id)
        assert await orders.count_open_of_account(tx, account.id) == 0
        await accounts.remove(tx, account.id, START)

    _, second = await overlap(
        database,
        other,
        remove,
        lambda tx: orders.place(tx, draft(account), balance_before=None, card=(5, 6), now=START),
    )
    assert type(second).__name__ == "OutOfDate"


async def test_an_account_that_is_bought_with_is_seen_in_use(
    database: Database, other: Database, account: Account
) -> None:
    """Whoever wants to remove an account waits for the purchase that is being written down, and sees it."""

    async def in_use(tx: Transaction) -> int:
        await accounts.lock(tx, account.id)
        return await orders.count_open_of_account(tx, account.id)

    _, second = await overlap(
        database,
        other,
        lambda tx: orders.place(tx, draft(account), balance_before=None, card=(5, 6), now=START),
        in_use,
    )
    assert second == 1


async def test_a_key_is_not_put_into_an_account_that_moves(
    database: Database, other: Database, account: Account
) -> None:
    """A new key that is sealed for the old provider is refused: at the new one it would not open."""
    _, second = await overlap(
        database,
        other,
        lambda tx: accounts.move(tx, account.id, provider="elsewhere", sealed=b"for elsewhere"),
        lambda tx: accounts.replace_key(
            tx, account.id, provider=account.provider, sealed=b"for here", fingerprint="a" * 64, tail="-new"
        ),
    )
    assert second is False
    async with database.read() as tx:
        assert (await tx.execute(select(AccountRow.sealed))).scalar_one() == b"for elsewhere"


async def test_of_two_moves_of_an_order_one_wins(
    database: Database, other: Database, account: Account
) -> None:
    """An order that is cancelled and gets its code at the same moment comes to one of the two."""
    order = await waiting(database, account)
    first, second = await overlap(
        database,
        other,
        lambda tx: orders.move(tx, order.id, of={State.WAITING}, to=State.RECEIVED),
        lambda tx: orders.move(tx, order.id, of={State.WAITING}, to=State.CANCELED),
    )
    assert first is not None
    assert second is None


async def test_of_two_wishes_one_stands(database: Database, other: Database, account: Account) -> None:
    """Cancel and Ban that are pressed at once: the provider is asked for one of them."""
    order = await waiting(database, account)
    first, second = await overlap(
        database,
        other,
        lambda tx: wishes.make(tx, order.id, Action.CANCEL, START, of=State.WAITING),
        lambda tx: wishes.make(tx, order.id, Action.BAN, START, of=State.WAITING),
    )
    assert first is not None
    assert second is None


async def test_one_number_of_the_provider_is_one_open_order(
    database: Database, other: Database, account: Account
) -> None:
    """Two uncertain purchases that find the same number at once: one of them gets it."""
    one, two = await placed(database, account, "one"), await placed(database, account, "two")

    def take(order_id: int) -> Callable[[Transaction], Awaitable[object]]:
        return lambda tx: orders.move(
            tx, order_id, of={State.PLACING}, to=State.WAITING, remote_id="900", phone="79001234567"
        )

    first, second = await overlap(database, other, take(one.id), take(two.id))
    assert first is not None
    assert isinstance(second, orders.RemoteIdTaken)


async def test_an_sms_of_a_number_with_two_services_is_told_once(
    database: Database, other: Database, account: Account
) -> None:
    """The same SMS, read for both rentals of one number at once, is known to whoever comes second."""
    one = await rented(database, account)
    two = await rented(database, account, service="telegram", remote_id="rent-2")
    sms = Sms("Your code is 12345", "12345", "900")

    def record(rental: Rental) -> Callable[[Transaction], Awaitable[bool]]:
        async def is_news(tx: Transaction) -> bool:
            assert await rentals.record_sms(tx, rental.id, sms, START) is not None
            return not await rentals.is_known_beside(tx, rental, sms)

        return is_news

    assert await overlap(database, other, record(one), record(two)) == (True, False)


async def test_a_key_that_is_replaced_during_a_rotation_stays(
    database: Database, other: Database, account: Account
) -> None:
    """Sealing anew never brings back a key that its owner has just replaced."""
    old = new_secret()
    key = Key("the-old-key")
    sealed = Vault([old]).seal(key, account_id=account.id, user_id=USER, provider=account.provider)
    async with database.write() as tx:
        await sealing.put(tx, account.id, sealed)
    found = accounts.SealedKey(account.id, USER, account.provider, sealed)
    _, second = await overlap(
        database,
        other,
        lambda tx: accounts.replace_key(
            tx, account.id, provider=account.provider, sealed=b"new", fingerprint="a" * 64, tail="-new"
        ),
        lambda tx: sealing._reseal_one(tx, Vault([new_secret(), old]), found),
    )
    assert second is False
    async with database.read() as tx:
        assert (await tx.execute(select(AccountRow.sealed))).scalar_one() == b"new"
