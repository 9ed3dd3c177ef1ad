"""Hosts that users add: proved by free calls before anything is kept, theirs alone, there after a restart."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.domain.errors import (
    HostUnusable,
    KeyKnown,
    KeyRejected,
    KeyUnusable,
    Malformed,
    ProviderError,
    UnknownProvider,
    Unreachable,
)
from bot.domain.orders import State
from sandbox.handler_api import HandlerApiSimulator, serve
from tests.engine.houses import KEY, buy_at, house, record_of, settle_in
from tests.engine.world import STRANGER, USER, Builder, World
from tests.support.clock import ManualClock


@dataclass
class Place:
    """A host that nobody has added yet, and a running engine."""

    world: World
    sim: HandlerApiSimulator
    url: str

    def kept(self) -> tuple[int, int]:
        """Return how many hosts and accounts are in the database."""
        (hosts,) = self.world.rows("SELECT count(*) FROM hosts")
        (accounts,) = self.world.rows("SELECT count(*) FROM accounts")
        return hosts[0], accounts[0]


@pytest.fixture
async def place(builder: Builder, clock: ManualClock) -> AsyncIterator[Place]:
    """A host that nobody has added yet; a user and a stranger, without keys."""
    sim = house(clock)
    async with serve(sim) as url, builder.world() as world:
        for person in (USER, STRANGER):
            await world.engine.people.arrive(person, "en")
        await world.start()
        yield Place(world, sim, url)


async def test_a_host_is_kept_once_it_is_proved(place: Place) -> None:
    """Balance and prices are asked, both free; then host and key are kept, the key sealed."""
    hosts = place.world.engine.hosts
    seen = await hosts.look_at(USER, f" {place.url}/ ")
    assert (seen.url, seen.known, place.kept()) == (place.url, None, (0, 0))
    assert len(place.sim.ledger.requests) == 0
    view = await hosts.add(USER, seen.url, "USD", KEY)
    assert [asked.method for asked in place.sim.ledger.requests] == ["getBalance", "getPrices"]
    assert view.balance is not None
    assert (view.balance.currency, view.account.provider.slug) == ("USD", "host-1")
    assert (view.account.provider.title, view.account.account.label) == (seen.title, seen.title)
    assert place.kept() == (1, 1)
    assert KEY.encode() not in place.world.path.read_bytes()


async def test_a_host_is_its_owners_alone(place: Place) -> None:
    """Others neither see it nor use it, also with a slug made up by hand; they may add it themselves."""
    engine = place.world.engine
    await engine.hosts.add(USER, place.url, "USD", KEY)
    assert [facts.slug for facts in engine.accounts.providers(USER)] == ["getsms", "host-1"]
    assert [facts.slug for facts in engine.accounts.providers(STRANGER)] == ["getsms"]
    with pytest.raises(UnknownProvider):
        engine.accounts.provider(STRANGER, "host-1")
    with pytest.raises(UnknownProvider):
        await engine.accounts.add(STRANGER, "host-1", KEY)
    assert (await engine.hosts.look_at(STRANGER, place.url)).known is None
    view = await engine.hosts.add(STRANGER, place.url, "EUR", KEY)
    assert view.account.provider.slug == "host-2"


async def test_a_host_is_there_after_a_restart(place: Place, builder: Builder) -> None:
    """A number that was bought at a host of one's own brings its code after a restart."""
    world = place.world
    view = await world.engine.hosts.add(USER, place.url, "USD", KEY)
    order = await buy_at(world, view.account.account.id)
    assert (order.state, order.provider) == (State.WAITING, "host-1")
    assert order.price is not None
    assert order.price.currency == "USD"
    await world.stop()
    async with builder.world() as again:
        await again.start()
        place.sim.deliver(order.remote_id or "", "Your code: 24680")
        await again.pass_(10)
        assert await again.codes() == ["Your code: 24680"]
        listed = await again.engine.accounts.list(USER)
    assert [account.provider.title for account in listed] == [view.account.provider.title]


async def test_an_address_that_is_known_leads_to_its_provider(builder: Builder, clock: ManualClock) -> None:
    """Everybody's provider or an own host at the same address is recognised, however it is written."""
    sim = house(clock)
    async with serve(sim) as url, builder.world(further=(record_of("public", url),)) as world:
        await settle_in(world, "public")
        own = url.replace("127.0.0.1", "localhost")
        await world.engine.hosts.add(USER, own, "USD", KEY)
        told = [await world.engine.hosts.look_at(USER, text) for text in (f"{url}/", own.upper())]
        assert [seen.known and seen.known.slug for seen in told] == ["public", "host-1"]


async def test_the_same_host_again_takes_a_second_key(place: Place) -> None:
    """Added twice it is one host with two keys; the same key twice is refused."""
    hosts = place.world.engine.hosts
    place.sim.add_key("second-key", balance="1.00")
    await hosts.add(USER, place.url, "USD", KEY)
    with pytest.raises(KeyKnown):
        await hosts.add(USER, place.url, "USD", KEY)
    second = await hosts.add(USER, place.url, "USD", "second-key")
    assert second.account.provider.slug == "host-1"
    assert second.account.account.label.endswith(" 2")
    assert place.kept() == (1, 2)


@pytest.mark.parametrize(
    ("fault", "method", "error"),
    [
        ("html-200", "getBalance", Malformed),
        ("html-200", "getPrices", Malformed),
        ("unknown-word", "getPrices", Malformed),
        ("wrong-types", "getPrices", Malformed),
        ("cut-off", "getPrices", ProviderError),
        ("http-500", "getBalance", Unreachable),
        ("cloudflare-403", "getBalance", ProviderError),
        ("429", "getPrices", ProviderError),
    ],
)
async def test_nothing_is_kept_of_a_host_that_is_not_proved(
    place: Place, fault: str, method: str, error: type[ProviderError]
) -> None:
    """A web page, another language or no answer: nothing is stored, and the key is not quoted."""
    place.sim.fault(fault, method, times=None)
    with pytest.raises(error) as caught:
        await place.world.while_time_passes(place.world.engine.hosts.add(USER, place.url, "USD", KEY))
    assert KEY not in f"{caught.value!r}{caught.value}"
    assert place.kept() == (0, 0)
    assert [facts.slug for facts in place.world.engine.accounts.providers(USER)] == ["getsms"]


async def test_a_wrong_key_keeps_nothing(place: Place) -> None:
    """A host that refuses the key is not added either."""
    with pytest.raises(KeyRejected):
        await place.world.engine.hosts.add(USER, place.url, "USD", "not-a-key-there")
    with pytest.raises(KeyUnusable):
        await place.world.engine.hosts.add(USER, place.url, "USD", "two words")
    assert place.kept() == (0, 0)


async def test_a_house_without_the_sampled_service_is_proved_all_the_same(place: Place) -> None:
    """It understood the question about prices; that it sells nothing of the kind today is no fault."""
    place.sim.stock("tg", "0", count=0, price="3")
    await place.world.engine.hosts.add(USER, place.url, "USD", KEY)
    assert place.kept() == (1, 1)


async def test_an_address_is_judged_again_with_the_key(place: Place) -> None:
    """What is no address at all is refused before anything is sent."""
    with pytest.raises(HostUnusable):
        await place.world.engine.hosts.look_at(USER, KEY)
    assert len(place.sim.ledger.requests) == 0


async def test_a_host_is_added_for_a_key_that_moves_there(place: Place) -> None:
    """The account's own key proves the new host; then the key can move there."""
    engine = place.world.engine
    view = await engine.hosts.add(USER, place.url, "USD", KEY)
    account_id = view.account.account.id
    elsewhere = place.url.replace("127.0.0.1", "localhost")
    there = await engine.hosts.add_for(USER, elsewhere, "USD", account_id)
    moved = await engine.moves.move(USER, account_id, there.slug)
    assert (there.slug, moved.account.provider.slug, place.kept()) == ("host-2", "host-2", (2, 1))
