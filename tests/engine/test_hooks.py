"""Webhooks: a provider's call has the bot look at once, and nobody else's does anything."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from bot.engine.hooks import Hooks
from bot.web import serving
from sandbox.handler_api import HandlerApiSimulator
from tests.engine import lettings
from tests.engine.lettings import FOUR_HOURS, RENTAL_KEY, asked_at, letting, pushed, settle
from tests.engine.tenancy import rent
from tests.engine.world import Builder, World, until
from tests.support.clock import ManualClock

STATUS = "getRentStatus"


@dataclass
class Reached:
    """A world whose HTTP server can be reached.

    Attributes:
        world: it, running.
        sim: an SMS-Activate in it.
        account_id: of the user's key there.
        port: of the server.
    """

    world: World
    sim: HandlerApiSimulator
    account_id: int
    port: int

    @property
    def url(self) -> str:
        """The address that the provider is told."""
        found = self.world.engine.hooks.url(self.account_id)
        assert found is not None
        return found

    async def call(self, url: str, method: str = "POST", body: bytes = b"") -> int:
        """Call an address; return the status. Everything that it answers is empty."""
        async with aiohttp.request(method, url, data=body or None) as answer:
            assert await answer.read() == b""
            return answer.status


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def reached(builder: Builder, clock: ManualClock) -> AsyncIterator[Reached]:
    """Open a world with an SMS-Activate and a server that it can call."""
    sim, port = lettings.handler(clock, "sms-activate"), free_port()
    async with (
        letting(builder, sim, public_url=f"http://127.0.0.1:{port}") as world,
        serving("127.0.0.1", port, alive=lambda: True, hooks=world.engine.hooks),
    ):
        account_id = await settle(world, "sms-activate")
        await world.start()
        yield Reached(world, sim, account_id, port)


@pytest.fixture
async def house(builder: Builder, clock: ManualClock) -> AsyncIterator[Reached]:
    """Such a world."""
    async with reached(builder, clock) as found:
        yield found


async def _rented(house: Reached) -> str:
    """Rent a number by the shop's button; return the provider's id, after its first checks."""
    rental = await rent(house.world, house.account_id, FOUR_HOURS, country="RU")
    await house.world.pass_(31)
    assert rental.remote_id is not None
    return rental.remote_id


async def test_an_sms_is_told_at_once_by_the_providers_call(house: Reached) -> None:
    """Who rents has the address told to the provider, and an SMS is read without waiting for a check."""
    remote_id = await _rented(house)
    assert house.sim.rental(remote_id).url == house.url
    before = house.world.clock.now()
    house.sim.deliver(remote_id, "Your code is 12345")
    await until(lambda: house.account_id in house.world.engine.hooks._looks)
    await house.world.pass_(0)
    assert [text for *_, text in await pushed(house.world)] == ["Your code is 12345"]
    assert house.world.clock.now() == before


async def test_a_call_that_names_no_number_has_all_looked_at(house: Reached) -> None:
    """A call with an empty, foreign or huge body, by GET or POST, is a reason to look like any other."""
    remote_id = await _rented(house)
    for method, body in (
        ("GET", b""),
        ("POST", b"{\xff not json"),
        ("POST", b'{"activationId": 999}'),
        ("POST", b"x" * 300_000),
    ):
        before = len(asked_at(house.sim, STATUS, remote_id))
        assert await house.call(house.url, method, body) == 200
        await house.world.pass_(1, step=1)
        assert len(asked_at(house.sim, STATUS, remote_id)) == before + 1


async def test_a_wrong_address_is_not_found_and_nobody_looks(house: Reached) -> None:
    """Another account's mac, a changed one, a cut one, another path or method: 404, and no look."""
    await _rented(house)
    hooks, base = house.world.engine.hooks, f"http://127.0.0.1:{house.port}/hooks"
    before = house.sim.ledger.count(STATUS)
    mac = house.url.rsplit("/", 1)[1]
    changed = ("B" if mac[0] == "A" else "A") + mac[1:]
    assert await house.call(f"{base}/{house.account_id + 1}/{mac}") == 404
    assert await house.call(f"{base}/{house.account_id}/{changed}") == 404
    assert await house.call(house.url, "PUT") == 404
    for path in (f"/{house.account_id}/{mac[:-1]}", f"/{house.account_id}", "", f"/x/{mac}", f"/-1/{mac}"):
        async with aiohttp.request("POST", base + path) as answer:
            assert answer.status == 404
    assert hooks._looks == {}
    await house.world.pass_(0)
    assert house.sim.ledger.count(STATUS) == before


async def test_a_flood_of_calls_is_one_look_a_second(house: Reached) -> None:
    """Sixty calls within two seconds ask the provider three times, and the last of them is not forgotten."""
    remote_id = await _rented(house)
    before = len(asked_at(house.sim, STATUS, remote_id))
    for _ in range(2):
        for _ in range(30):
            assert await house.call(house.url) == 200
        await house.world.pass_(1, step=0.5)
    assert 2 <= len(asked_at(house.sim, STATUS, remote_id)) - before <= 3
    house.sim.rental(remote_id).url = None
    house.sim.deliver(remote_id, "Hello")
    assert await house.call(house.url) == 200
    await house.world.pass_(1, step=0.5)
    assert [text for *_, text in await pushed(house.world)] == ["Hello"]


async def test_an_activation_is_looked_at_too(house: Reached) -> None:
    """A call for the account of an order that waits has that order checked, out of its turn."""
    await house.world.add_account()
    order = await house.world.buy()
    await house.world.pass_(6, step=1)
    house.world.deliver(order, "code 1", "1")
    hooks = house.world.engine.hooks
    url = hooks.url(order.account_id)
    assert url is not None
    assert await house.call(url) == 200
    await house.world.pass_(0)
    assert await house.world.codes() == ["code 1"]


async def test_without_a_public_url_there_are_no_webhooks(builder: Builder, clock: ManualClock) -> None:
    """Where nobody reaches the bot, no provider is told an address, and none is accepted."""
    sim = lettings.handler(clock, "sms-activate", RENTAL_KEY)
    async with letting(builder, sim) as world:
        account_id = await settle(world, "sms-activate")
        await world.start()
        rental = await rent(world, account_id, FOUR_HOURS, country="RU")
        assert sim.rental(rental.remote_id or "").url is None
        hooks: Hooks = world.engine.hooks
        assert hooks.url(account_id) is None
        assert not hooks.accepts(account_id, hooks._vault.hook_mac(account_id))
