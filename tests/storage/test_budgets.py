"""What a member of a group may spend: counted in the intent's transaction, on every engine."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.errors import BudgetReached, NotLetIn
from bot.domain.groups import GroupState
from bot.domain.money import Money
from bot.domain.orders import State
from bot.domain.people import Account
from bot.engine.budgets import Budgets
from bot.storage import groups, orders
from bot.storage.database import Database
from tests.storage.conftest import STRANGER, USER
from tests.storage.makers import draft
from tests.support.clock import START, ManualClock

PLACE = (-1001, 7)


async def let_in(database: Database, account: Account, amount: str) -> None:
    """Let the stranger spend so many roubles of the account."""
    async with database.write() as tx:
        group = await groups.add(
            tx, owner_id=USER, place=PLACE, title="Team", state=GroupState.ACTIVE, now=START
        )
        member = await groups.name(tx, group.id, STRANGER, "Boris")
        await groups.set_budget(tx, member.id, account.id, Money(Decimal(amount), "RUB"))


async def intend(database: Database, account: Account, token: str, place: tuple[int, int] = PLACE) -> None:
    """Write down the intent to buy for 12.50 with the owner's money."""
    wanted = replace(draft(account, token), buyer_id=STRANGER)
    budgets = Budgets(database, ManualClock())
    async with database.write() as tx, budgets.kept(tx, wanted, place):
        await orders.place(tx, wanted, balance_before=None, card=(place[0], 1), now=START)


async def test_parallel_taps_do_not_pass_a_budget(database: Database, account: Account) -> None:
    """Of ten intents at once those go through that the budget pays for; the others leave no row."""
    await let_in(database, account, "50")
    tries = (intend(database, account, f"t-{number}") for number in range(10))
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(end, BudgetReached) for end in ends) == 6
    async with database.read() as tx:
        assert await orders.count_of_user(tx, USER, is_open=True) == 4


async def test_the_intent_carries_its_buyer(database: Database, account: Account) -> None:
    """The order is its owner's, and names who bought it."""
    await let_in(database, account, "50")
    await intend(database, account, "t")
    async with database.read() as tx:
        order = await orders.by_token(tx, "t")
    assert order is not None
    assert (order.user_id, order.buyer_id) == (USER, STRANGER)


async def test_what_was_given_back_can_be_spent_again(database: Database, account: Account) -> None:
    """A number that was canceled without an SMS counts no more; what its owner buys counts never."""
    await let_in(database, account, "13")
    async with database.write() as tx:
        await orders.place(tx, draft(account, "own"), balance_before=None, card=(1, 1), now=START)
    await intend(database, account, "first")
    with pytest.raises(BudgetReached):
        await intend(database, account, "second")
    async with database.write() as tx:
        order = await orders.by_token(tx, "first")
        assert order is not None
        await orders.move(tx, order.id, of={State.PLACING}, to=State.CANCELED)
    await intend(database, account, "second")


@pytest.mark.parametrize("place", [(-1001, 0), (-2002, 7)])
async def test_a_budget_is_for_its_place(
    database: Database, account: Account, place: tuple[int, int]
) -> None:
    """In another topic or group nothing may be bought."""
    await let_in(database, account, "50")
    with pytest.raises(NotLetIn):
        await intend(database, account, "t", place)


async def test_a_budget_that_was_taken_away_pays_nothing(database: Database, account: Account) -> None:
    """A button drawn before buys nothing afterwards; neither where the group is paused."""
    await let_in(database, account, "50")
    async with database.write() as tx:
        (group,) = await groups.of_owner(tx, USER)
        await groups.change(tx, group.id, state=GroupState.PAUSED.value)
    with pytest.raises(NotLetIn):
        await intend(database, account, "t")
    async with database.write() as tx:
        await groups.change(tx, group.id, state=GroupState.ACTIVE.value)
        (member,) = await groups.members(tx, group.id)
        await groups.set_budget(tx, member.id, account.id, None)
    with pytest.raises(NotLetIn):
        await intend(database, account, "t")
