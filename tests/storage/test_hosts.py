"""Hosts of users, and accounts that move to them."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import OutOfDate
from bot.domain.orders import State
from bot.domain.people import Account
from bot.storage import accounts, drafts, hosts, orders
from bot.storage.accounts import FingerprintTaken
from bot.storage.database import Database
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import draft, placed, waiting
from tests.support.clock import START

HOST: dict[str, Any] = {
    "url": "https://numbers.example",
    "title": "numbers.example",
    "currency": "USD",
    "now": START,
}


async def test_a_host_is_kept_once_for_each_person(database: Database, account: Account) -> None:
    """The same URL again is the same host with its first currency; another person's is another host."""
    del account  # its owner is there
    async with database.write() as tx:
        first = await hosts.add(tx, user_id=USER, **HOST)
        again = await hosts.add(tx, user_id=USER, **{**HOST, "currency": "RUB"})
        others = await hosts.add(tx, user_id=STRANGER, **HOST)
    assert again == first
    assert (others.id != first.id, others.user_id, others.url) == (True, STRANGER, first.url)
    async with database.read() as tx:
        assert await hosts.everybodys(tx) == (first, others)


async def test_an_account_moves_with_all_its_orders(database: Database, account: Account) -> None:
    """Afterwards account, key and orders, open and ended, are the new provider's; the rejection is over."""
    open_order = await waiting(database, account)
    ended = await waiting(database, account, "token-2", "r-2")
    async with database.write() as tx:
        await orders.move(tx, ended.id, of={State.WAITING}, to=State.EXPIRED)
        await accounts.set_rejected(tx, account.id, rejected=True)
        await accounts.move(tx, account.id, provider="host-1", sealed=b"sealed anew")
        await orders.move_account(tx, account.id, "host-1")
    async with database.read() as tx:
        assert await accounts.find(tx, account.id) == replace(account, provider="host-1", rejected=False)
        key = await accounts.sealed_key(tx, account.id)
        assert key is not None
        assert (key.provider, key.sealed) == ("host-1", b"sealed anew")
        assert await orders.open_of_account(tx, account.id) == (replace(open_order, provider="host-1"),)
        moved = await orders.find(tx, ended.id)
    assert moved is not None
    assert (moved.provider, moved.state) == ("host-1", State.EXPIRED)


async def test_a_key_does_not_move_onto_itself(database: Database, account: Account) -> None:
    """Where the same key is kept at the new provider already, the account stays where it is."""
    async with database.write() as tx:
        await accounts.add(
            tx,
            user_id=USER,
            provider="host-1",
            label="other",
            tail="c71a",
            sealed=b"other",
            fingerprint="f" * 64,
            now=START,
        )
    with pytest.raises(FingerprintTaken):
        async with database.write() as tx:
            await accounts.move(tx, account.id, provider="host-1", sealed=b"anew")
    async with database.read() as tx:
        assert await accounts.find(tx, account.id) == account


async def test_nothing_is_placed_on_an_account_that_moved(database: Database, account: Account) -> None:
    """A button from before the move buys nothing: neither at the old host nor at the new one."""
    async with database.write() as tx:
        await accounts.move(tx, account.id, provider="host-1", sealed=b"anew")
    with pytest.raises(OutOfDate):
        await placed(database, account)
    await placed(database, replace(account, provider="host-1"))


async def test_nothing_is_placed_on_an_account_that_is_gone(database: Database, account: Account) -> None:
    """A tap that comes after the removal leaves no order without a key."""
    async with database.write() as tx:
        await accounts.remove(tx, account.id, START)
    with pytest.raises(OutOfDate):
        await placed(database, account)


async def test_an_accounts_buttons_are_forgotten(database: Database, account: Account) -> None:
    """Only those of the account: their prices are of the old host."""
    async with database.write() as tx:
        other = await accounts.add(
            tx,
            user_id=USER,
            provider="other",
            label="other",
            tail="c71a",
            sealed=b"other",
            fingerprint="f" * 64,
            now=START,
        )
        await drafts.add(tx, draft(account, "mine"), START)
        await drafts.add(tx, draft(other, "others"), START)
        await drafts.forget_account(tx, account.id)
    async with database.read() as tx:
        assert await drafts.find(tx, "mine") is None
        assert await drafts.find(tx, "others") is not None
