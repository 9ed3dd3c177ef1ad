"""Rows without a price: kept as such, filled in once, and no older row is lost on the way to them."""

from dataclasses import replace
from decimal import Decimal

from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bot.domain.money import Money
from bot.domain.orders import Order, State
from bot.domain.people import Account
from bot.storage import drafts, orders
from bot.storage.database import Database
from bot.storage.schema import _config, drift, migrate
from tests.storage.makers import TOKEN, draft
from tests.support.clock import START

COST = Money(Decimal("49.00"), "RUB")


async def place(database: Database, account: Account, balance: Money | None, token: str = TOKEN) -> Order:
    """Commit an order without a price that waits for its SMS."""
    untold = draft(account, token)
    untold = replace(untold, offer=replace(untold.offer, price=None))
    async with database.write() as tx:
        order = await orders.place(tx, untold, balance_before=balance, card=(5, 6), now=START)
        moved = await orders.move(tx, order.id, of={State.PLACING}, to=State.WAITING)
    assert moved is not None
    return moved


async def test_a_draft_without_a_price_comes_back_without_one(database: Database, account: Account) -> None:
    """Neither it nor what the same number is bought for beside gets a price on the way."""
    priced = draft(account)
    untold = replace(priced.offer, price=None)
    async with database.write() as tx:
        await drafts.add(
            tx, replace(priced, offer=untold, further=(replace(untold, service="viber"),)), START
        )
    async with database.read() as tx:
        found = await drafts.find(tx, priced.token)
    assert found is not None
    assert [(offer.service, offer.price) for offer in found.offers] == [("telegram", None), ("viber", None)]
    assert found.price is None


async def test_an_order_keeps_the_currency_of_its_balance(database: Database, account: Account) -> None:
    """Without a price the balance names the currency; without both, the first amount that is known does."""
    known = await place(database, account, Money(Decimal(100), "USD"))
    assert (known.price, known.balance_before) == (None, Money(Decimal(100), "USD"))
    unknown = await place(database, account, None, "other")
    assert (unknown.price, unknown.balance_before) == (None, None)
    async with database.write() as tx:
        told = await orders.set_cost(tx, unknown.id, COST)
    assert told is not None
    assert (told.price, told.is_worked_out) == (COST, True)


async def test_a_cost_is_set_once_and_while_it_counts(database: Database, account: Account) -> None:
    """A price that is known stays; an order that is over, whose money may be back, gets none."""
    order = await place(database, account, None)
    ended = await place(database, account, None, "ended")
    async with database.write() as tx:
        assert await orders.set_cost(tx, order.id, COST) is not None
        assert await orders.set_cost(tx, order.id, Money(Decimal(1), "RUB")) is None
        await orders.move(tx, ended.id, of={State.WAITING}, to=State.BANNED)
        assert await orders.set_cost(tx, ended.id, COST) is None
        found = await orders.find(tx, order.id)
    assert found is not None
    assert found.price == COST


async def test_who_is_alone(database: Database, account: Account) -> None:
    """An account is idle without an open order; an order is alone until another one is placed beside it."""
    async with database.write() as tx:
        assert await orders.idle_since(tx, account.id) == 0
    first = await place(database, account, None)
    async with database.write() as tx:
        assert await orders.idle_since(tx, account.id) is None
        assert await orders.is_alone(tx, first, 0)
        await orders.move(tx, first.id, of={State.WAITING}, to=State.EXPIRED)
        assert await orders.idle_since(tx, account.id) == first.id
    second = await place(database, account, None, "second")
    async with database.read() as tx:
        assert await orders.is_alone(tx, second, first.id)
        assert not await orders.is_alone(tx, second, 0)
        assert not await orders.is_alone(tx, first, 0)


async def test_older_rows_live_through_the_migration(empty: Database) -> None:
    """Tables are copied to allow for no price: orders, what points at them, and the partial index stay."""
    rows = (
        "INSERT INTO users (id, language, reachable, created_at) VALUES (1, 'en', true, '2026-01-01')",
        """INSERT INTO accounts (id, user_id, provider, label, tail, rejected, created_at)
        VALUES (1, 1, 'getsms', 'Get-SMS', 'tail', false, '2026-01-01')""",
        """INSERT INTO orders (id, token, user_id, account_id, provider, service, country, state, amount,
        currency, remote_id, created_at, card_chat_id, parent_id) VALUES
        (1, 'a', 1, 1, 'getsms', 'telegram', 'RU', 'finished', '5', 'RUB', 'r', '2026-01-01', 1, NULL),
        (2, 'b', 1, 1, 'getsms', 'telegram', 'RU', 'finished', '12.50', 'RUB', 'r', '2026-01-01', 1, 1)""",
        "INSERT INTO sms (order_id, identity, text, recorded_at) VALUES (2, 'i', '1234', '2026-01-01')",
    )

    def upgrade(connection: Connection) -> None:
        command.upgrade(_config(connection), "0005")

    async with empty.alter() as tx:
        await tx.run_sync(upgrade)
        for row in rows:
            await tx.execute(text(row))
    await migrate(empty)
    assert await drift(empty) == []
    async with empty.read() as tx:
        found = await orders.find(tx, 2)
        assert found is not None
        assert (found.price, found.is_worked_out, found.parent_id) == (
            Money(Decimal("12.50"), "RUB"),
            False,
            1,
        )
        assert [sms.text for sms in await orders.sms_of(tx, 2)] == ["1234"]

        def partial(connection: Connection) -> str:
            indices = {index["name"]: index for index in inspect(connection).get_indexes("orders")}
            options = indices["ix_orders_account_remote"]["dialect_options"]
            return str(options[f"{connection.dialect.name}_where"])

        assert "waiting_again" in await tx.run_sync(partial)
