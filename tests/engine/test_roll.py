"""Lists in place of checks: where they are worth it, what they bring, and that nothing hangs on them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest

from bot.domain.orders import Order, State
from sandbox.handler_api import HandlerApiSimulator, course, serve
from sandbox.handler_api.replies import Refused
from tests.engine.houses import buy_at, house, record_of, settle_in
from tests.engine.world import Builder, World
from tests.support.clock import ManualClock

LIST, CHECK = "getActiveActivations", "getStatus"
CODE = "Your code: 24680"


@dataclass
class Account:
    """An account at a house, with orders that wait.

    Attributes:
        world: the engine.
        sim: the house.
        orders: oldest first.
    """

    world: World
    sim: HandlerApiSimulator
    orders: list[Order]

    def asked(self, method: str, at: int | None = None) -> int:
        """Return how often a method was called; for one order where it is named."""
        return self.sim.ledger.count(method, *(() if at is None else (self.remote(at),)))

    def remote(self, at: int) -> str:
        """Return the house's id of an order."""
        remote_id = self.orders[at].remote_id
        assert remote_id is not None
        return remote_id

    async def settled(self) -> None:
        """Let the list be told once, and the checks that were set before it pass."""
        await self.world.pass_(15)


async def open_account(
    builder: Builder, sim: HandlerApiSimulator, url: str, number: int
) -> AsyncIterator[Account]:
    """Open a world with so many orders at a house."""
    async with builder.world(further=(record_of("new", url),)) as world:
        account_id = await settle_in(world, "new")
        await world.start()
        yield Account(world, sim, [await buy_at(world, account_id) for _ in range(number)])


@pytest.fixture
async def account(builder: Builder, clock: ManualClock) -> AsyncIterator[Account]:
    """Three orders that wait, at a house whose page shows SMS in its list."""
    sim = house(clock)
    async with serve(sim) as url:
        async for account in open_account(builder, sim, url, 3):
            yield account


@pytest.fixture
async def lone(builder: Builder, clock: ManualClock) -> AsyncIterator[Account]:
    """One order that waits there."""
    sim = house(clock)
    async with serve(sim) as url:
        async for account in open_account(builder, sim, url, 1):
            yield account


def listing(**changes: Any) -> Any:
    """Have the house list its orders otherwise than it does."""
    real = course._listed
    return patch.object(course, "_listed", lambda ask, one: {**real(ask, one), **changes})


async def test_one_list_stands_in_for_all_checks(account: Account) -> None:
    """Three orders cost one list in five seconds, and a check of each once or twice a minute."""
    await account.settled()
    lists, checks = account.asked(LIST), account.asked(CHECK)
    await account.world.pass_(120)
    assert account.asked(LIST) - lists == 24
    assert 6 <= account.asked(CHECK) - checks <= 12


async def test_a_code_comes_by_the_list_once(account: Account) -> None:
    """What the list shows is told at once, and not again when the order is asked for by itself."""
    await account.settled()
    checks = account.asked(CHECK, 1)
    account.sim.deliver(account.remote(1), CODE, "24680")
    await account.world.pass_(5)
    assert await account.world.codes() == [CODE]
    assert account.asked(CHECK, 1) == checks
    assert (await account.world.order(account.orders[1].id)).state is State.RECEIVED
    await account.world.pass_(180)
    assert account.asked(CHECK, 1) > checks
    assert await account.world.codes() == [CODE]


async def test_a_single_order_is_asked_for_by_itself(lone: Account) -> None:
    """A list costs as much as a check."""
    await lone.world.pass_(60)
    assert (lone.asked(LIST) <= 1, lone.asked(CHECK)) == (True, 12)


async def test_a_list_that_fails_stands_in_for_nothing(account: Account) -> None:
    """While the list is refused, every order is asked for as often as without one."""
    await account.settled()
    with patch.object(course, "_listed", side_effect=Refused("ERROR_SQL")):
        await account.world.pass_(20)
        checks = account.asked(CHECK)
        await account.world.pass_(30)
    assert account.asked(CHECK) - checks == 18


async def test_an_order_that_the_list_lacks_is_asked_for_by_itself(account: Account) -> None:
    """Absence closes nothing: the order stays open, is asked for as ever, and its code comes."""
    await account.settled()
    hidden, real = account.remote(0), course._listed

    def listed(ask: Any, one: Any) -> dict[str, Any]:
        return {**real(ask, one), **({"activationId": "1"} if one.id == hidden else {})}

    with patch.object(course, "_listed", listed):
        await account.world.pass_(10)
        checks = account.asked(CHECK, 0)
        await account.world.pass_(30)
        assert account.asked(CHECK, 0) - checks == 6
        account.sim.deliver(hidden, CODE, "24680")
        await account.world.pass_(5)
    assert await account.world.codes() == ["24680"]


async def test_a_list_without_codes_is_found_out(account: Account) -> None:
    """A code that the list keeps back comes with the next check, after which lists are believed no more."""
    await account.settled()
    with listing(smsCode=None, smsText=None):
        account.sim.deliver(account.remote(1), CODE, "24680")
        await account.world.pass_(65)
        assert await account.world.codes() == ["24680"]
        await account.world.pass_(10)
        lists, checks = account.asked(LIST), account.asked(CHECK, 0)
        await account.world.pass_(60)
    assert (account.asked(LIST) - lists, account.asked(CHECK, 0) - checks) == (0, 12)


async def test_a_text_without_its_code_is_left_to_the_check(account: Account) -> None:
    """A check tells the code alone: told by both, it would come twice."""
    await account.settled()
    with listing(smsCode=None):
        account.sim.deliver(account.remote(1), CODE, "24680")
        await account.world.pass_(10)
        assert await account.world.codes() == ["24680"]


async def test_a_house_that_is_not_known_to_show_sms_must_show_one_first(
    builder: Builder, clock: ManualClock
) -> None:
    """Until a list has shown a code, every order there is asked for by itself."""
    sim = house(clock)
    record = {"quirks": {"dialect": "hero_sms"}}
    async with serve(sim) as url, builder.world(further=(record_of("new", url, **record),)) as world:
        account_id = await settle_in(world, "new")
        await world.start()
        account = Account(world, sim, [await buy_at(world, account_id) for _ in range(3)])
        await world.pass_(60)
        assert account.asked(CHECK) == 36
        account.sim.deliver(account.remote(1), CODE, "24680")
        await world.pass_(45)
        lists, checks = account.asked(LIST), account.asked(CHECK, 0)
        await world.pass_(60)
        assert account.asked(LIST) - lists == 12
        assert 1 <= account.asked(CHECK, 0) - checks <= 2
